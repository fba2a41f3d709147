package logistic

import (
	"fmt"
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

// Batches deals the rows of a data set out in mini-batches, for ever. The same
// arguments give the same batches.
type Batches struct {
	order Order
	batch int
	rows  []int // what is left of this epoch starts at next
	next  int
	out   []int
	rng   *rand.Rand
}

// NewBatches deals m rows in batches of batch examples. The seed is of no
// account when the order is Sequential. It panics unless 1 ≤ batch ≤ m and order
// is one of the three.
func NewBatches(m, batch int, order Order, seed uint64) *Batches {
	if batch < 1 || batch > m || !order.valid() {
		panic(fmt.Sprintf("logistic: batches of %d from %d rows in order %q", batch, m, order))
	}
	b := &Batches{
		order: order,
		batch: batch,
		rows:  make([]int, m),
		next:  m,
		out:   make([]int, batch),
		rng:   rand.New(rand.NewPCG(seed, batchStream)),
	}
	for i := range b.rows {
		b.rows[i] = i
	}
	return b
}

// Next returns the row numbers of the next mini-batch. The last batch of an
// epoch is smaller when batch does not divide m, except with replacement, which
// has no epochs. The slice is reused by the next call.
func (b *Batches) Next() []int {
	m := len(b.rows)
	if b.order == Replacement {
		for k := range b.out {
			b.out[k] = b.rng.IntN(m)
		}
		return b.out
	}
	if b.next == m {
		b.next = 0
		if b.order == Shuffled {
			b.rng.Shuffle(m, func(i, j int) { b.rows[i], b.rows[j] = b.rows[j], b.rows[i] })
		}
	}
	n := copy(b.out, b.rows[b.next:])
	b.next += n
	return b.out[:n]
}
