package logistic

import (
	"context"
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"
)

// Limits of Train.
const (
	MaxUpdates = 5_000_000 // of one run
	MaxValues  = 2_000_000 // numbers of θ and gradient in the record: 16 MB
)

// Config is one run of gradient descent on a Model.
type Config struct {
	Eta     float64   // learning rate η, finite and ≥ 0
	Mean    bool      // divide a batch's gradient by its number of rows; else the slides' sum
	Batch   int       // rows per update, 1 to Rows; 0: all rows, so that Order and Seed do not matter
	Order   Order     // how mini-batches are drawn; empty: Shuffled
	Seed    uint64    // for Shuffled and Replacement
	Updates int       // how many, 0 to MaxUpdates; 0 records the start alone
	Every   int       // record every so many updates, and the last; 0: every one
	Theta0  []float64 // start, Dim finite values; nil: zeros
}

// checkRows is how many rows are visited between two looks at the context: a
// few milliseconds' worth.
const checkRows = 1 << 15

// Train makes c.Updates updates θ ← θ − η·g from Theta0, where g is the gradient
// of J over a mini-batch (EvalRows), divided by its number of rows if c.Mean. A
// batch of all rows without replacement is batch gradient descent.
//
// A run ends early at the first update that leaves θ not finite, which is
// recorded even when Every would skip it, or at the first record whose J is not
// finite. Divergence is a result. An error is a Config outside its limits, or the
// context's, which is returned as it is.
//
// A record costs one pass over all rows, an update one over the batch.
func Train(ctx context.Context, m *Model, c Config) (*Run, error) {
	t, err := NewTrainer(m, c)
	if err != nil {
		return nil, err
	}
	c = t.config
	run := newRun(m.dim, (c.Updates+c.Every-1)/c.Every+1)
	for k, visited := 0, checkRows; ; k++ {
		if visited >= checkRows {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			visited = 0
		}
		broken, last := !allFinite(t.theta), k == c.Updates
		recorded := broken || last || k%c.Every == 0
		if recorded {
			objective := run.record(m, t.theta, k, t.examples)
			visited += m.rows
			copy(t.gradient, run.Gradient(run.Len()-1))
			switch {
			case broken || math.IsNaN(objective) || math.IsInf(objective, 0):
				run.Stop = Stop{Diverged, k}
				return run, nil
			case last:
				run.Stop = Stop{StepLimit, k}
				return run, nil
			}
		}
		visited += t.update(recorded)
	}
}

// A Trainer is a run that its caller advances update by update, without a record.
// It belongs to one goroutine.
type Trainer struct {
	model           *Model
	config          Config
	batches         *Batches // nil: all rows each time
	theta, gradient []float64
	examples        int
}

// NewTrainer is at the start of the run that c describes; c.Updates and c.Every
// are for [Train] alone. The error is a Config outside its limits.
func NewTrainer(m *Model, c Config) (*Trainer, error) {
	c, err := c.filled(m)
	if err != nil {
		return nil, err
	}
	t := &Trainer{model: m, config: c, theta: append([]float64(nil), c.Theta0...), gradient: make([]float64, m.dim)}
	if c.Batch < m.rows || c.Order == Replacement {
		t.batches = NewBatches(m.rows, c.Batch, c.Order, c.Seed)
	}
	return t, nil
}

// Theta is θ as it is now, a view.
func (t *Trainer) Theta() []float64 { return t.theta }

// Examples is the number of rows visited so far, repeats counted.
func (t *Trainer) Examples() int { return t.examples }

// Update moves θ by one mini-batch.
func (t *Trainer) Update() { t.update(false) }

// update moves θ by one mini-batch and returns how many rows that took. known
// says that gradient holds the gradient over all rows already.
func (t *Trainer) update(known bool) int {
	size := t.model.rows
	switch {
	case t.batches == nil && !known:
		t.model.Gradient(t.theta, t.gradient)
	case t.batches != nil:
		var list []int
		list, size = t.batches.next()
		t.model.gradientRows(list, size, t.theta, t.gradient)
	}
	rate := t.config.Eta
	if t.config.Mean {
		rate /= float64(size)
	}
	floats.AddScaled(t.theta, -rate, t.gradient)
	t.examples += size
	return size
}

// filled checks c against m and puts in the defaults.
func (c Config) filled(m *Model) (Config, error) {
	if c.Batch == 0 {
		c.Batch, c.Order = m.rows, Sequential
	}
	if c.Order == "" {
		c.Order = Shuffled
	}
	if c.Every == 0 {
		c.Every = 1
	}
	if c.Theta0 == nil {
		c.Theta0 = make([]float64, m.dim)
	}
	switch {
	case !(c.Eta >= 0) || math.IsInf(c.Eta, 1):
		return c, fmt.Errorf("logistic: eta is %g; want a finite number ≥ 0", c.Eta)
	case c.Batch < 1 || c.Batch > m.rows:
		return c, fmt.Errorf("logistic: batch is %d; want 1 to %d rows, or 0 for all", c.Batch, m.rows)
	case !c.Order.valid():
		return c, fmt.Errorf("logistic: order is %q; want %q, %q or %q", c.Order, Shuffled, Replacement, Sequential)
	case c.Updates < 0 || c.Updates > MaxUpdates:
		return c, fmt.Errorf("logistic: %d updates; want 0 to %d", c.Updates, MaxUpdates)
	case c.Every < 1:
		return c, fmt.Errorf("logistic: record every %d updates; want at least 1", c.Every)
	case c.Updates/c.Every > MaxValues/(2*m.dim):
		return c, fmt.Errorf("logistic: %d updates make too long a record; record fewer of them", c.Updates)
	case len(c.Theta0) != m.dim:
		return c, fmt.Errorf("logistic: theta0 has %d values; want %d, the bias first", len(c.Theta0), m.dim)
	case !allFinite(c.Theta0):
		return c, errors.New("logistic: theta0 has a value that is not finite")
	}
	return c, nil
}
