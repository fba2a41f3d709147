package logistic

import (
	"context"
	"fmt"
	"math"

	"descent/optim/logistic/kernel"
)

// What a pass over rows computes besides the gradient.
type figures int

const (
	gradientAlone figures = iota
	withLoss              // the NLL
	withAccuracy          // the NLL and the number of rows predicted right
)

// fetchAhead is how many rows before its use a row is fetched into the cache.
const fetchAhead = 16

// visit is the rows that a pass goes over: count rows from the first one on, or,
// when list is not nil, the first count numbers in list. Those after them are what
// the next pass is expected to go over.
type visit struct {
	list        []int
	from, count int
}

// part is count rows of v after the first from.
func (v visit) part(from, count int) visit {
	if v.list != nil {
		return visit{list: v.list[from:], count: count}
	}
	return visit{from: v.from + from, count: count}
}

// pass goes over rows once: the NLL, the number of rows predicted right and, unless
// grad is nil, the gradient of the NLL.
func (m *Model) pass(v visit, theta, grad []float64, want figures) (nll float64, right int) {
	clear(grad)
	switch {
	case v.count <= 4:
		return m.few(v, theta, grad, want)
	case v.count <= chunkRows:
		return m.chunk(v, theta, grad, want)
	}
	if v.list != nil {
		m.mustHave(v.list[:v.count]) // here, as a panic on a worker could not be recovered
	}
	// The last two sums are the NLL and the number of rows predicted right.
	sums := make([]float64, len(grad)+2)
	_ = sumChunks(context.Background(), v.count, sums, func(from, count int, sum []float64) {
		nll, right := m.chunk(v.part(from, count), theta, sum[:len(grad)], want)
		sum[len(grad)], sum[len(grad)+1] = nll, float64(right)
	})
	copy(grad, sums)
	return sums[len(grad)], int(sums[len(grad)+1])
}

func (m *Model) mustHave(rows []int) {
	for _, i := range rows {
		if uint(i) >= uint(m.rows) {
			panic(fmt.Sprintf("logistic: there is no row %d among %d", i, m.rows))
		}
	}
}

// labels stores the labels of the rows.
func (m *Model) labels(rows []int, labels []float64) {
	m.mustHave(rows)
	for k, i := range rows {
		labels[k] = float64(m.ones[uint(i)/64] >> (uint(i) % 64) & 1)
	}
}

// few is chunk for up to four rows, without its long buffers.
func (m *Model) few(v visit, theta, grad []float64, want figures) (nll float64, right int) {
	var (
		scores, labels, residuals [4]float64
		sums                      [8]float64
	)
	right = m.block(v, theta, grad, want, scores[:], labels[:], residuals[:], &sums)
	if len(grad) > 0 {
		grad[0] += (sums[0] + sums[1]) + (sums[2] + sums[3])
	}
	return (sums[4] + sums[5]) + (sums[6] + sums[7]), right
}

// chunk adds the gradient over the rows of v to grad unless that is empty.
func (m *Model) chunk(v visit, theta, grad []float64, want figures) (nll float64, right int) {
	var (
		scores, labels, residuals [maxBlock]float64
		sums                      [8]float64
		size                      = m.blockRows()
	)
	for from := 0; from < v.count; from += size {
		right += m.block(v.part(from, min(size, v.count-from)), theta, grad, want,
			scores[:], labels[:], residuals[:], &sums)
	}
	if len(grad) > 0 {
		grad[0] += (sums[0] + sums[1]) + (sums[2] + sums[3])
	}
	return (sums[4] + sums[5]) + (sums[6] + sums[7]), right
}

// block adds to sums, and to grad but for the bias, what rows that fit in the
// buffers make.
func (m *Model) block(v visit, theta, grad []float64, want figures,
	scores, labels, residuals []float64, sums *[8]float64) (right int) {
	features := m.dim - 1
	x, rows := m.x, inOrder[:]
	var ahead []int
	if v.list == nil {
		x, rows = m.x[v.from*features:], rows[:v.count]
		copy(labels, m.y[v.from:v.from+v.count])
	} else {
		rows = v.list[:v.count]
		m.labels(rows, labels)
		if len(v.list) >= v.count+fetchAhead {
			ahead = v.list[fetchAhead : fetchAhead+v.count]
		}
	}
	padded := (v.count + 3) &^ 3
	scores, labels, residuals = scores[:padded], labels[:padded], residuals[:padded]
	kernel.Dots(x, rows, ahead, theta, scores)
	for k := v.count; k < padded; k++ {
		scores[k], labels[k] = math.Inf(-1), 0
	}
	if want == gradientAlone {
		kernel.Residuals(scores, labels, residuals, sums)
	} else {
		kernel.Losses(scores, labels, residuals, sums)
	}
	if len(grad) > 0 {
		kernel.Accumulate(x, features, rows, residuals, grad[1:])
	}
	if want == withAccuracy {
		for k := range rows {
			if (scores[k] >= 0) == (labels[k] == 1) {
				right++
			}
		}
	}
	return right
}
