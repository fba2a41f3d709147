package logistic

import (
	"context"
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/floats"

	"descent/optim"
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

	// Rule makes an update of a mini-batch's gradient, the mean if Mean is set. It is
	// that of an [optim.Method] that is not Exact; nil: gradient descent.
	Rule optim.Rule
	// Rate is the schedule of η, counted in updates; nil: constant.
	Rate optim.Rate
	// Average asks for the mean of the iterates beside them (B. T. Polyak and A. B.
	// Juditsky, SIAM J. Control and Optimization 30 (1992), 838–855). It begins after
	// AverageFrom ≥ 0 updates, as t0 of PyTorch's ASGD: up to update AverageFrom+1 it
	// is θ itself, and then the mean of θ after the updates from that one on.
	Average     bool
	AverageFrom int
}

// checkRows is how many rows are visited between two looks at the context: a
// few milliseconds' worth.
const checkRows = 1 << 15

// Train makes c.Updates updates from Theta0: θ ← θ − η·g, or what c.Rule makes of
// g, the gradient of J over a mini-batch (EvalRows), divided by its number of rows
// if c.Mean. A batch of all rows without replacement is batch gradient descent.
//
// A run ends early at the first update that leaves θ not finite, which is
// recorded even when Every would skip it, or at the first record whose J is not
// finite. Divergence is a result. An error is a Config outside its limits, or the
// context's, which is returned as it is.
//
// A record costs one pass over all rows, two with an average, an update one over
// the batch.
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
			if t.average != nil {
				run.recordAverage(m, t.average, k, t.examples)
				visited += m.rows
			}
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
	average         []float64 // nil: not asked for
	point           optim.Point
	state           []float64 // the rule's memory
	updates         int
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
	if c.Rule != nil {
		memory := 0
		for _, part := range c.Rule.Memory(m.dim) {
			memory += part.Len
		}
		t.state = make([]float64, memory)
		t.point = optim.Point{Theta: t.theta, Gradient: t.gradient}
	}
	if c.Average {
		t.average = append([]float64(nil), c.Theta0...)
	}
	return t, nil
}

// Theta is θ as it is now, a view.
func (t *Trainer) Theta() []float64 { return t.theta }

// Average is the mean of the iterates as it is now, a view; nil unless asked for.
func (t *Trainer) Average() []float64 { return t.average }

// Updates is the number of updates made so far.
func (t *Trainer) Updates() int { return t.updates }

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
	if t.config.Rate != nil {
		rate = t.config.Rate(rate, t.updates)
	}
	switch {
	case t.config.Rule != nil:
		if t.config.Mean {
			floats.Scale(1/float64(size), t.gradient)
		}
		t.point.K, t.point.Eta = t.updates, rate
		t.config.Rule.Step(&t.point, t.state)
	case t.config.Mean:
		floats.AddScaled(t.theta, -rate/float64(size), t.gradient)
	default:
		floats.AddScaled(t.theta, -rate, t.gradient)
	}
	t.updates++
	if t.average != nil {
		share := 1 / float64(max(1, t.updates-t.config.AverageFrom))
		for j, v := range t.theta {
			t.average[j] += share * (v - t.average[j])
		}
	}
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
	case c.Average && c.Updates/c.Every > MaxValues/(3*m.dim):
		return c, fmt.Errorf("logistic: %d updates make too long a record with their average; record fewer of them", c.Updates)
	case c.AverageFrom < 0:
		return c, fmt.Errorf("logistic: the average begins after %d updates; want at least 0", c.AverageFrom)
	case len(c.Theta0) != m.dim:
		return c, fmt.Errorf("logistic: theta0 has %d values; want %d, the bias first", len(c.Theta0), m.dim)
	case !allFinite(c.Theta0):
		return c, errors.New("logistic: theta0 has a value that is not finite")
	}
	return c, nil
}
