package race

import (
	"math"
	"time"

	"descent/optim/logistic"
)

// A runner is one of the two methods with its own clock and what it has reached.
type runner struct {
	name    string
	eta     float64
	trainer *logistic.Trainer
	burst   int           // updates between two looks at the clock
	clock   time.Duration // how long it has computed
	updates int
	lost    bool // θ is not finite any more

	// The loss over the sample against the seconds of the clock, and the next time that a point is due.
	seconds, losses []float64
	due             time.Duration
}

// burstRows are visited between two looks at the clock, so that a look costs little beside them.
const burstRows = 256

// run computes until the clock stands at until or later; the last update is made whole. Measuring the loss is off the
// clock.
func (r *runner) run(until time.Duration, now func() time.Time, loss func(theta []float64) float64, limit time.Duration) {
	for r.clock < until && !r.lost {
		begin := now()
		r.trainer.Advance(r.burst)
		r.updates += r.burst
		r.clock += now().Sub(begin)
		if r.clock >= r.due {
			r.measure(loss, limit)
		}
	}
}

// Points of the curve: a tenth apart at first, where much happens, and this share of the race later.
const (
	firstPoint = 200 * time.Microsecond
	mostPoints = 200
)

// measure notes the loss as it is now.
func (r *runner) measure(loss func([]float64) float64, limit time.Duration) {
	for _, v := range r.trainer.Theta() {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			r.lost = true
			return
		}
	}
	r.seconds = append(r.seconds, r.clock.Seconds())
	r.losses = append(r.losses, loss(r.trainer.Theta()))
	r.due = r.clock + min(max(r.clock/10, firstPoint), limit/mostPoints)
}

// last is the loss that was measured last, over the sample.
func (r *runner) last() float64 { return r.losses[len(r.losses)-1] }
