package logistic

import (
	"fmt"
	"math"
	"math/rand/v2"
)

// Order says in which order mini-batches visit the rows.
type Order string

// The orders.
const (
	Shuffled    Order = "shuffled"    // each epoch goes through a new permutation
	Replacement Order = "replacement" // each example is drawn from all rows, independently
	Sequential  Order = "sequential"  // each epoch goes through the rows as they stand
)

// batchStream sets the draws of batches apart from those of data made with the
// same seed.
const batchStream = 1

func (o Order) valid() bool { return o == Shuffled || o == Replacement || o == Sequential }

// windowRows is how many row numbers are made at a time, when batches are small.
const windowRows = 512

// Batches deals the rows of a data set out in mini-batches, for ever. The same
// arguments give the same batches.
type Batches struct {
	order       Order
	batch, rows int
	permutation []int32 // of this epoch, when shuffled
	made        int     // rows of this epoch that have been put in the window
	left        int     // rows of this epoch that have not been dealt
	window      []int   // row numbers from start to end are the next to be dealt
	start, end  int
	source      *rand.PCG
	rng         *rand.Rand // draws from source
}

// NewBatches deals m rows in batches of batch examples. The seed is of no
// account when the order is Sequential. It panics unless 1 ≤ batch ≤ m and order
// is one of the three.
func NewBatches(m, batch int, order Order, seed uint64) *Batches {
	if batch < 1 || batch > m || m > math.MaxInt32 || !order.valid() {
		panic(fmt.Sprintf("logistic: batches of %d from %d rows in order %q", batch, m, order))
	}
	b := &Batches{
		order:  order,
		batch:  batch,
		rows:   m,
		window: make([]int, max(batch+fetchAhead, min(m, windowRows))),
		source: rand.NewPCG(seed, batchStream),
	}
	b.rng = rand.New(b.source)
	if order == Shuffled {
		b.permutation = make([]int32, m)
		for i := range b.permutation {
			b.permutation[i] = int32(i)
		}
	}
	return b
}

// Next returns the row numbers of the next mini-batch. The last batch of an
// epoch is smaller when batch does not divide m, except with replacement, which
// has no epochs. The slice is reused by the next call.
func (b *Batches) Next() []int {
	list, count := b.next()
	return list[:count:count]
}

// next is Next as the first count of a list; after them come those that will be
// dealt next, if they are in this epoch, at least fetchAhead.
func (b *Batches) next() (list []int, count int) {
	if b.left == 0 {
		b.startEpoch()
	}
	count = min(b.batch, b.left)
	if b.end-b.start < min(count+fetchAhead, b.left) {
		b.end = copy(b.window, b.window[b.start:b.end])
		b.start = 0
		b.fill()
	}
	list = b.window[b.start:b.end]
	b.start += count
	b.left -= count
	return list, count
}

// nextRows deals up to most rows in batches of one: some of them, at least one, as
// the first of a list that goes on like that of next.
func (b *Batches) nextRows(most int) (list []int, count int) {
	list, count = b.next()
	more := min(most-count, len(list)-count-fetchAhead)
	if more > 0 {
		b.start += more
		b.left -= more
		count += more
	}
	return list, count
}

func (b *Batches) startEpoch() {
	b.made, b.left = 0, b.rows
	switch b.order {
	case Shuffled:
		b.shuffle()
	case Replacement:
		b.left = math.MaxInt // one epoch for ever
	}
}

// fill puts row numbers in the window, up to its length or the end of the epoch.
func (b *Batches) fill() {
	free := b.window[b.end:]
	free = free[:min(len(free), b.left-b.end)]
	switch b.order {
	case Shuffled:
		for k, i := range b.permutation[b.made : b.made+len(free)] {
			free[k] = int(i)
		}
	case Sequential:
		for k := range free {
			free[k] = b.made + k
		}
	case Replacement:
		for k := range free {
			free[k] = b.rng.IntN(b.rows)
		}
	}
	b.made += len(free)
	b.end += len(free)
}
