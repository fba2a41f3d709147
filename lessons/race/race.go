// Package race runs batch gradient descent against SGD on the same data, up to a
// million examples, by the clock.
//
// [Kind] has the parameters, [Store] the data, which all races of the same recipe
// share, [New] makes a [Race] of both. Its caller has it advance turn by turn
// ([Race.Turn]) and asks for its [State] whenever it likes: numbers, curves, words.
//
// # Fairness
//
// The two take turns of a few milliseconds, each with a clock of its own, and the
// one whose clock is behind is next. So each has the whole machine while its clock
// runs: batch GD may split its sums over several cores, SGD cannot. What disturbs one
// disturbs the other. Measuring the loss is off the clock.
//
// # Conventions
//
// Losses are means over the examples, with the penalty's share; gradients are means
// over the batch, so that a learning rate does not depend on the number of examples.
// While the race runs, the loss is measured over a sample, the first [SampleRows]
// rows (rows are drawn independently, so it is a fair one); [Race.Finish] measures it
// over all. θ begins at 0.
//
// The package reads the clock, and so answers differently on every machine and
// every time: nothing else of the project does. It knows no HTTP. A Race belongs to
// one goroutine.
package race

import (
	"math"
	"time"

	"descent/optim/dataset"
	"descent/optim/logistic"
	"descent/optim/param"
)

// SampleRows is over how many rows the loss is measured while the race runs.
const SampleRows = 20_000

// slice is how far a runner's clock may go ahead of the other's before the turn ends. An update over all rows may
// take longer.
const slice = 5 * time.Millisecond

// A Race is two runners on the same data.
type Race struct {
	Values  param.Values
	all     *logistic.Model
	sample  *logistic.Model
	runners [2]*runner // batch GD, SGD
	limit   time.Duration
	busy    time.Duration // spent in turns, the measuring included
	now     func() time.Time
	whole   [2]float64 // the loss over all rows, once Finish has measured it
	known   bool       // it has
}

// New is a race at its start; set is what Recipe(v) makes. It takes some ten
// milliseconds for a million rows. The error is a param.Errors where the two do not
// fit.
func New(v param.Values, set *dataset.Set) (*Race, error) {
	rows := min(set.Rows, SampleRows)
	l2 := 0.0
	if v.Has("l2") {
		l2 = v.Float("l2")
	}
	r := &Race{
		Values: v, limit: time.Duration(v.Float("seconds") * float64(time.Second)), now: time.Now,
		all:    logistic.New(set.X, set.Y, set.Cols, l2),
		sample: logistic.New(set.X[:rows*set.Cols], set.Y[:rows], set.Cols, l2*float64(rows)/float64(set.Rows)),
	}
	eta := float64(rows) / r.sample.Lipschitz()
	if v.Has("eta_batch") {
		eta = v.Float("eta_batch")
	}
	batch := v.Int("batch")
	for i, setup := range [...]struct {
		name   string
		config logistic.Config
	}{
		{"batch GD", logistic.Config{Eta: eta, Mean: true}},
		{"SGD", logistic.Config{Eta: v.Float("eta"), Mean: true, Batch: batch, Seed: uint64(v.Int("seed"))}},
	} {
		trainer, err := logistic.NewTrainer(r.all, setup.config)
		if err != nil {
			return nil, param.Errorf("batch", "%v", err)
		}
		r.runners[i] = &runner{name: setup.name, eta: setup.config.Eta, trainer: trainer, burst: 1}
		r.runners[i].measure(r.loss, r.limit)
	}
	r.runners[1].burst = max(1, burstRows/batch)
	return r, nil
}

// loss is measured over the sample.
func (r *Race) loss(theta []float64) float64 {
	return r.sample.Eval(theta, nil) / float64(r.sample.Rows())
}

// Turn lets the runner whose clock is behind compute for some milliseconds, or for
// one update over all rows. It reports whether the race is over.
func (r *Race) Turn() (over bool) {
	begin := r.now()
	next, other := r.runners[0], r.runners[1]
	if next.done(r.limit) || !other.done(r.limit) && other.clock < next.clock {
		next, other = other, next
	}
	if next.done(r.limit) {
		return true
	}
	until := next.clock + slice
	if !other.done(r.limit) {
		until = max(other.clock+slice, until)
	}
	next.run(min(until, r.limit), r.now, r.loss, r.limit)
	r.busy += r.now().Sub(begin)
	return r.runners[0].done(r.limit) && r.runners[1].done(r.limit)
}

// done reports whether the runner has used up its time or has lost its way.
func (r *runner) done(limit time.Duration) bool { return r.lost || r.clock >= limit }

// Finish measures both losses over all rows: two passes over the data.
func (r *Race) Finish() {
	for i, each := range r.runners {
		if !each.lost && each.seconds[len(each.seconds)-1] < each.clock.Seconds() {
			each.measure(r.loss, r.limit) // the curve ends where the runner does
		}
		r.whole[i] = math.NaN()
		if !each.lost {
			r.whole[i] = r.all.Eval(each.trainer.Theta(), nil) / float64(r.all.Rows())
		}
	}
	r.known = true
}
