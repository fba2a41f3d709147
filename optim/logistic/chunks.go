package logistic

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"

	"gonum.org/v1/gonum/floats"
)

const (
	// chunkRows is how many rows are summed before the sum is added to the others'.
	// It is fixed, so that the same sums are formed whatever the number of cores.
	chunkRows = 4096
	// Blocks of rows are small enough to stay in the first cache while they are gone
	// over several times.
	maxBlock    = 128
	blockValues = 2048
)

// inOrder lists the rows of a block that lie one after the other.
var inOrder = func() (rows [maxBlock]int) {
	for i := range rows {
		rows[i] = i
	}
	return rows
}()

// blockRows is the number of rows of a block, a multiple of 4.
func (m *Model) blockRows() int {
	return min(max(blockValues/m.dim&^3, 4), maxBlock)
}

// sumChunks adds to out what work makes of each chunk of rows: work is given the
// first row, their number, and zeros to add to, as long as out. Chunks are worked
// on by as many goroutines as there are cores; their sums are added in order. A
// single chunk needs neither. The error is the context's, which is looked at
// between chunks.
func sumChunks(ctx context.Context, rows int, out []float64, work func(from, count int, sum []float64)) error {
	chunks := (rows + chunkRows - 1) / chunkRows
	if chunks <= 1 {
		work(0, rows, out)
		return ctx.Err()
	}
	sums := make([]float64, chunks*len(out))
	sum := func(c int) []float64 { return sums[c*len(out) : (c+1)*len(out)] }
	var next atomic.Int64
	worker := func() {
		for ctx.Err() == nil {
			c := int(next.Add(1)) - 1
			if c >= chunks {
				return
			}
			work(c*chunkRows, min(chunkRows, rows-c*chunkRows), sum(c))
		}
	}
	var others sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), chunks) - 1 {
		others.Go(worker)
	}
	worker()
	others.Wait()
	if err := ctx.Err(); err != nil {
		return err
	}
	for c := range chunks {
		floats.Add(out, sum(c))
	}
	return nil
}
