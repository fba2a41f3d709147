package optim

import (
	"math"
	"slices"
)

// A newtonSearch runs Newton's method on the gradient; it belongs to one
// goroutine.
type newtonSearch struct {
	obj  Objective
	hess *hessian
	size float64 // the window's diagonal
	cost int     // of one iteration, in nanoseconds

	quadratic bool // the Hessian is the same everywhere

	iterations int // made so far
}

func newSearch(f *Function, w Window) *newtonSearch {
	return &newtonSearch{obj: f.Objective(), hess: f.borrowHessian(), size: w.Diagonal(), cost: f.Cost() + f.hessianCost(), quadratic: f.Quadratic()}
}

// mostIterations suffices for a degenerate minimum such as that of x⁴, to which
// Newton's method converges only linearly.
const mostIterations = 100

// exhausted reports whether the search has cost what it may.
func (s *newtonSearch) exhausted() bool { return float64(s.iterations)*float64(s.cost) > searchCost }

// starts is how many starts to make along each side so that the search keeps
// to its price: a start takes some ten iterations, and up to a hundred where
// points are degenerate.
func (s *newtonSearch) starts(most int) int {
	const iterations = 40
	affordable := searchCost / float64(iterations*s.cost)
	if s.hess.dim == 2 {
		affordable = math.Sqrt(affordable)
	}
	return max(leastStarts, min(most, int(affordable)))
}

// from runs damped Newton on ∇J = 0. Steps are at most a tenth of the window,
// so that a start finds a point near it.
func (s *newtonSearch) from(start []float64) (CriticalPoint, bool) {
	n := len(start)
	theta, g, step := slices.Clone(start), make([]float64, n), make([]float64, n)
	h, spoilt := make([]float64, n*n), make([]float64, n*n)
	first := math.Inf(1)
	for i := range mostIterations {
		s.iterations++
		loss := s.obj.Eval(theta, g)
		norm := Norm(g)
		if !finite(loss) || !finite(norm) {
			return CriticalPoint{}, false
		}
		if i == 0 {
			first = norm
		}
		s.hess.at(theta, h)
		if norm == 0 {
			return s.point(theta, loss, h)
		}
		copy(step, g)
		copy(spoilt, h)
		if solve(spoilt, step); !allFinite(step) {
			return CriticalPoint{}, false
		}
		length := Norm(step)
		arrived := length <= 1e-10*(s.size+Norm(theta)) && norm <= 1e-6*(1+first)
		shrink := min(1, s.size/10/length)
		for j := range theta {
			theta[j] -= shrink * step[j]
		}
		if arrived {
			s.hess.at(theta, h)
			return s.point(theta, s.obj.Eval(theta, nil), h)
		}
	}
	return CriticalPoint{}, false
}

// point classifies what was found. Where an eigenvalue is zero the Hessian
// does not decide, and the values around do.
func (s *newtonSearch) point(theta []float64, loss float64, h []float64) (CriticalPoint, bool) {
	eigenvalues := Eigenvalues(h, len(theta))
	if eigenvalues == nil {
		return CriticalPoint{}, false
	}
	for j := range theta {
		theta[j] += 0 // no -0 on the page
	}
	kind := Classify(eigenvalues)
	if s.quadratic {
		kind = classifyExact(eigenvalues)
	}
	if kind == Flat {
		kind = look(s.obj, theta, loss, 1e-2*s.size)
	}
	return CriticalPoint{theta, loss, eigenvalues, kind}, true
}

// look compares the values on a small circle with that in its middle.
func look(obj Objective, theta []float64, loss, radius float64) string {
	directions := 16
	if len(theta) == 1 {
		directions = 2
	}
	above, below := 0, 0
	near := make([]float64, len(theta))
	for i := range directions {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(directions))
		near[0] = theta[0] + radius*cos
		if len(theta) == 2 {
			near[1] = theta[1] + radius*sin
		}
		switch v := obj.Eval(near, nil); {
		case v > loss:
			above++
		case v < loss:
			below++
		default:
			return Flat
		}
	}
	switch {
	case below == 0:
		return Minimum
	case above == 0:
		return Maximum
	}
	return Saddle
}

// NearestCritical follows Newton's method from θ to a critical point close by,
// within half the window.
func (f *Function) NearestCritical(theta []float64, w Window) (CriticalPoint, bool) {
	s := newSearch(f, w)
	defer f.spare.Put(s.hess)
	p, ok := s.from(theta)
	return p, ok && Distance(p.Theta, theta) <= s.size/2
}
