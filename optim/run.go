package optim

import (
	"context"
	"math"
	"slices"
)

// Why a run stopped.
const (
	Converged = "converged" // ‖∇J‖ reached the tolerance
	StepLimit = "steps"     // all steps were made
	Diverged  = "diverged"  // the loss or θ is no longer finite
	Cancelled = "cancelled" // the context ended
)

// A Stop says why and where a run ended.
type Stop struct {
	Reason string // Converged, StepLimit, Diverged or Cancelled
	Step   int    // the last recorded step; when diverged, the first that is not finite
}

// Config says how to run.
type Config struct {
	Start []float64 // θ₀, of the objective's dimension
	Eta   float64   // learning rate η, usually > 0; what a schedule starts from
	Rate  Rate      // schedule of the learning rate; nil: constant
	Steps int       // at most so many updates; 0 records the start alone
	Tol   float64   // stop when ‖∇J‖₂ ≤ Tol; 0: make all steps
}

// rate is the learning rate of the update from step k to k+1.
func (c *Config) rate(k int) float64 {
	if c.Rate == nil {
		return c.Eta
	}
	return c.Rate(c.Eta, k)
}

// A Run is the record of one minimisation: row k of each flat array belongs to
// step k, and row 0 is the start. N is the number of the last recorded step,
// Stop.Step.
type Run struct {
	Dim         int       // length of θ
	Memory      []Part    // what a row of States holds
	Thetas      []float64 // (N+1)×Dim
	Gradients   []float64 // (N+1)×Dim
	States      []float64 // (N+1)×StateLen: the memory before update k
	Losses      []float64 // N+1
	Etas        []float64 // N+1: the learning rate of update k, also of update N, which was not made
	Evaluations int       // of J, with or without its gradient, those of line searches included
	Hessians    int       // evaluations of the second derivatives
	Stop        Stop      // why and where it ended
}

// StateLen is the length of a row of States.
func (r *Run) StateLen() int { return memoryLen(r.Memory) }

// Len is the number of recorded steps, the start included.
func (r *Run) Len() int { return len(r.Losses) }

// Theta is θ_k, a view of the record; k is 0 to Len−1.
func (r *Run) Theta(k int) []float64 { return r.Thetas[k*r.Dim : (k+1)*r.Dim] }

// Gradient is ∇J(θ_k), a view of the record.
func (r *Run) Gradient(k int) []float64 { return r.Gradients[k*r.Dim : (k+1)*r.Dim] }

// State is the method's memory before the update from step k, a view of the
// record: all zero for k = 0, empty where the method remembers nothing.
func (r *Run) State(k int) []float64 {
	s := r.StateLen()
	return r.States[k*s : (k+1)*s]
}

// Coordinate is the i-th coordinate of every θ, from 0, as a new slice of length
// Len.
func (r *Run) Coordinate(i int) []float64 {
	c := make([]float64, r.Len())
	for k := range c {
		c[k] = r.Thetas[k*r.Dim+i]
	}
	return c
}

// LastFinite is the last step whose loss and θ are finite; -1 if none is.
func (r *Run) LastFinite() int {
	for k := r.Len() - 1; k >= 0; k-- {
		if finite(r.Losses[k]) && allFinite(r.Theta(k)) {
			return k
		}
	}
	return -1
}

// WentBelow reports whether some loss is below the one given by more than
// rounding leaves, 1e-9 of it or of 1.
func (r *Run) WentBelow(loss float64) bool {
	edge := loss - 1e-9*(1+math.Abs(loss))
	return slices.ContainsFunc(r.Losses, func(l float64) bool { return l < edge })
}

// FirstRise is the first step whose loss is above the one before it or is NaN;
// -1 if the loss never rises.
func (r *Run) FirstRise() int {
	for k := 1; k < r.Len(); k++ {
		if !(r.Losses[k] <= r.Losses[k-1]) {
			return k
		}
	}
	return -1
}

// checkEvery is how many steps pass between two looks at the context: with
// the longest formula (some 10 µs an evaluation) and a line search (some 10
// evaluations a step, at most 100) a cancelled run ends within 32 ms.
const checkEvery = 32

// Minimize makes a run. It stops at the first step whose loss or θ is not
// finite; that step is recorded. A context that ends stops it within 32 steps.
// Room for the whole record is made at the start, Steps+1 rows of all arrays: who
// takes Steps from outside limits it.
func Minimize(ctx context.Context, obj Objective, rule Rule, c Config) *Run {
	n := obj.Dim()
	r := &Run{Dim: n, Memory: rule.Memory(n)}
	s, rows := r.StateLen(), c.Steps+1
	all := make([]float64, rows*(2*n+s+2))
	cut := func(columns int) (part []float64) {
		part, all = all[:rows*columns:rows*columns], all[rows*columns:]
		return part
	}
	r.Thetas, r.Gradients, r.States, r.Losses, r.Etas = cut(n), cut(n), cut(s), cut(1), cut(1)
	copy(r.Thetas, c.Start)

	p := newPoint(obj)
	for k := 0; ; k++ {
		theta, gradient := r.Thetas[k*n:(k+1)*n], r.Gradients[k*n:(k+1)*n]
		loss := p.Eval(theta, gradient)
		r.Losses[k], r.Etas[k] = loss, c.rate(k)
		switch {
		case !finite(loss) || !allFinite(theta):
			return r.end(Diverged, k, p)
		case c.Tol > 0 && Norm(gradient) <= c.Tol:
			return r.end(Converged, k, p)
		case k == c.Steps:
			return r.end(StepLimit, k, p)
		case k%checkEvery == 0 && ctx.Err() != nil:
			return r.end(Cancelled, k, p)
		}
		next, state := r.Thetas[(k+1)*n:(k+2)*n], r.States[(k+1)*s:(k+2)*s]
		copy(next, theta)
		copy(state, r.States[k*s:(k+1)*s])
		p.K, p.Theta, p.Gradient, p.Loss, p.Eta = k, next, gradient, loss, r.Etas[k]
		rule.Step(p, state)
	}
}

// Cost is a rough price of the run on f, in nanoseconds: line searches evaluate
// J several times a step, Newton's method its Hessian.
func (r *Run) Cost(f *Function) float64 { return price(f, r.Evaluations, r.Hessians) }

func price(f *Function, evaluations, hessians int) float64 {
	const rule = 20 // what a method computes besides
	work := float64(evaluations) * float64(rule+f.Cost())
	if hessians > 0 {
		work += float64(hessians) * float64(f.hessianCost())
	}
	return work
}

// Replay makes the update from step k of a run once more: θ_{k+1} and the
// memory after it, as new slices, the same bits as recorded. obj and rule are
// those of the run. The run need not have made that update: from its last step
// Replay goes one further.
func (r *Run) Replay(obj Objective, rule Rule, k int) (theta, state []float64) {
	theta, state = slices.Clone(r.Theta(k)), slices.Clone(r.State(k))
	p := newPoint(obj)
	p.K, p.Theta, p.Gradient, p.Loss, p.Eta = k, theta, r.Gradient(k), r.Losses[k], r.Etas[k]
	rule.Step(p, state)
	return theta, state
}

func (r *Run) end(reason string, k int, p *Point) *Run {
	s := r.StateLen()
	r.Stop, r.Evaluations, r.Hessians = Stop{reason, k}, p.evaluations, p.hessians
	r.Thetas, r.Gradients = r.Thetas[:(k+1)*r.Dim], r.Gradients[:(k+1)*r.Dim]
	r.States, r.Losses, r.Etas = r.States[:(k+1)*s], r.Losses[:k+1], r.Etas[:k+1]
	return r
}

// Norm is the Euclidean length of v, safe from overflow; NaN or +Inf when a
// coordinate is not finite.
func Norm(v []float64) float64 {
	switch len(v) {
	case 1:
		return math.Abs(v[0])
	case 2:
		return math.Hypot(v[0], v[1])
	}
	scale, sum := 0.0, 1.0
	for _, x := range v {
		if x == 0 {
			continue
		}
		if a := math.Abs(x); a > scale {
			sum = 1 + sum*(scale/a)*(scale/a)
			scale = a
		} else {
			sum += (a / scale) * (a / scale)
		}
	}
	return scale * math.Sqrt(sum)
}

// Distance is the Euclidean distance of two points of the same dimension.
func Distance(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += (a[i] - b[i]) * (a[i] - b[i])
	}
	return math.Sqrt(sum)
}

// finite costs one subtraction: v − v is 0 for finite v alone.
func finite(v float64) bool { return v-v == 0 }

func allFinite(vs []float64) bool {
	for _, v := range vs {
		if !finite(v) {
			return false
		}
	}
	return true
}
