package optim

import "math"

// What happened to a run that did not end well.
const (
	UndefinedStart    = "undefined" // J has no finite value at the start
	UndefinedGradient = "gradient"  // J has a value but no finite gradient, so no step can be made
	Indeterminate     = "0/0"       // the step divided zero by zero
	LeftDomain        = "domain"    // θ landed where J is not defined
	Overflow          = "overflow"  // the numbers became too large for float64
	Growing           = "grows"     // finite, above its start and still growing
	Risen             = "rose"      // finite and above its start
	Falling           = "falls"     // finite, far below its start and still falling
)

// Why it happened; "" when theory does not know.
const (
	Overshoot    = "overshoot"      // η·λ above its bound: each step overshoots by more than the one before
	NoStableRate = "no stable rate" // μ ≥ 1: the velocity never fades
	Unbounded    = "unbounded"      // J falls without end
)

// A Divergence explains a run that did not settle.
type Divergence struct {
	Event     string
	Cause     string
	Step      int // the first step that is not finite; for a run that stayed finite its last
	FirstRise int // the first step whose loss is above the one before; -1: none

	// Of an Overshoot: the rate of the update that made the first rise, the
	// largest eigenvalue met before it, their product, and what that must stay
	// below (2 for gradient descent).
	Eta, Lambda, Product, Bound float64
}

const (
	ordinary   = 1e100 // numbers below it are not overflowing yet
	bottomless = -1e9  // a loss that fell below it falls without end
)

// divergence finds what happened to a run and why; nil when it ended finite and
// not above its start.
func (t *Theory) divergence(r *Run) *Divergence {
	d := &Divergence{Step: r.Stop.Step, FirstRise: r.FirstRise()}
	last := r.LastFinite()
	if last < 0 {
		d.Event = UndefinedStart
		return d
	}
	d.Eta, d.Lambda = r.Etas[max(d.FirstRise-1, 0)], t.PathCurvature
	d.Product, d.Bound = d.Eta*d.Lambda, t.PathStableEta*d.Lambda
	first, loss := r.Losses[0], r.Losses[last]
	falls := loss < bottomless && loss < first
	switch {
	case r.Stop.Reason == Diverged:
		d.Event = r.breakdown()
	case falls:
		d.Event = Falling
	case !(loss > first+1e-9*(1+math.Abs(first))):
		return nil
	case d.Product > d.Bound && loss > 2*math.Abs(r.Losses[last/2])+1e-9:
		d.Event = Growing
	default:
		d.Event = Risen
	}
	switch {
	case d.Event == UndefinedGradient || d.Event == Indeterminate:
	case falls || d.FirstRise < 0:
		d.Cause = Unbounded
	case t.PathStableEta == 0:
		d.Cause = NoStableRate
	case d.Product > d.Bound:
		d.Cause = Overshoot
	}
	return d
}

// breakdown says what happened at the step that is not finite.
func (r *Run) breakdown() string {
	k := r.Stop.Step
	before := max(k-1, 0)
	calm := Norm(r.Theta(before)) < ordinary && math.Abs(r.Losses[before]) < ordinary
	gradient := Norm(r.Gradient(before))
	switch {
	case calm && !finite(gradient):
		return UndefinedGradient
	case calm && gradient < ordinary && math.IsNaN(Norm(r.Theta(k))):
		return Indeterminate
	case math.IsNaN(r.Losses[k]) && Norm(r.Theta(k)) < ordinary:
		return LeftDomain
	}
	return Overflow
}
