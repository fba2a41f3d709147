package optim

import "slices"

// conjugate is the nonlinear conjugate gradient method: each direction keeps a
// share β of the one before (Polak and Ribière, never below 0), with a search
// for the strong Wolfe conditions along it.
type conjugate struct {
	search      wolfe
	weightDecay float64
}

func (conjugate) Memory(dim int) []Part {
	return []Part{{"d", "direction", dim}, {"g", "gradient", dim}, {"a", "length times slope of the last step", 1}}
}

func (r conjugate) Step(p *Point, state []float64) {
	y, first := r.aim(p, state)
	alpha := r.search.search(&y, first, nil)
	n := len(p.Theta)
	copy(state[:n], y.direction)
	copy(state[n:2*n], y.gradient)
	state[2*n] = alpha * y.slope
	y.move(alpha)
}

// aim is the ray to search and the length to try first: the last length, made
// longer where the slope has become flatter (Nocedal and Wright, section 3.5).
// The first step of all begins with length 1 at most, however steep it is.
func (r conjugate) aim(p *Point, state []float64) (y ray, first float64) {
	n := len(p.Theta)
	last, gradient := state[:n], state[n:2*n]
	y = newRay(p, r.weightDecay)
	if beta := polakRibiere(y.gradient, gradient); beta > 0 {
		for i, d := range last {
			y.direction[i] = beta*d - y.gradient[i]
		}
		if y.slope = dot(y.gradient, y.direction); !(y.slope < 0) {
			y.descend()
		}
	}
	if first = state[2*n] / y.slope; first > 0 && finite(first) {
		return y, p.Eta * first
	}
	return y, p.Eta / max(1, y.oneNorm())
}

// polakRibiere is β = gᵀ(g − g₋)/g₋ᵀg₋; NaN when there is no g₋.
func polakRibiere(g, last []float64) float64 {
	return (dot(g, g) - dot(g, last)) / dot(last, last)
}

func (r conjugate) Explain(w *Workings) {
	state := slices.Clone(w.before)
	g := w.gradient(r.weightDecay)
	y, first := r.aim(w.point, state)
	d := g.negated()
	if w.t > 1 {
		last := w.memory("g")
		beta := w.line("β", g.dot(g.minus(last)).over(last.dot(last)), "").atLeast(0)
		switch {
		case !(beta.values[0] > 0):
			w.lines[len(w.lines)-1].Note = "not above 0: start afresh against the gradient"
		case y.steepest():
			w.lines[len(w.lines)-1].Note = "would lead uphill: start afresh against the gradient"
		default:
			d = beta.times(w.memory("d")).minus(g)
		}
	}
	d = w.line("d", d, "")
	alpha := w.search(&y, first, g, d, r.search)
	w.line("a", alpha.times(g.dot(d)), "for the length to try first in the next step")
	w.next(w.theta().plus(alpha.times(d)))
}
