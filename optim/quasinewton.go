package optim

import (
	"slices"
	"strings"
)

// bfgs is the method of Broyden, Fletcher, Goldfarb and Shanno: it learns the
// inverse of the Hessian from the changes of the gradient. Nocedal and Wright,
// algorithm 6.1, with the first scaling (6.20).
type bfgs struct {
	search      wolfe
	weightDecay float64
}

func (bfgs) Memory(dim int) []Part {
	return []Part{{"s", "last step", dim}, {"g", "gradient", dim}, {"H⁻¹", "inverse Hessian, learned", dim * dim}}
}

func (r bfgs) Step(p *Point, state []float64) {
	y, first := r.aim(p, state)
	n := len(p.Theta)
	s, g := state[:n], state[n:2*n]
	copy(g, y.gradient)
	step(&y, r.search.search(&y, first, nil), s)
}

// step moves and keeps in s by how much.
func step(y *ray, alpha float64, s []float64) {
	copy(s, y.point.Theta)
	y.move(alpha)
	for i, theta := range y.point.Theta {
		s[i] = theta - s[i]
	}
}

// aim brings the inverse Hessian in the state up to date and answers the ray
// to search and the length to try first.
func (r bfgs) aim(p *Point, state []float64) (y ray, first float64) {
	n := len(p.Theta)
	s, last, h := state[:n], state[n:2*n], state[2*n:]
	y = newRay(p, r.weightDecay)
	if p.K == 0 || isZero(s) {
		identity(h, n) // the last search found nothing, so what was learned is wrong
		return y, y.cautious()
	}
	change, hy := y.trial, y.slopes // free until the search
	for i, g := range y.gradient {
		change[i] = g - last[i]
	}
	if curved(s, change) {
		if p.K == 1 {
			scale(h, dot(s, change)/dot(change, change))
		}
		updateInverse(h, s, change, hy)
	}
	for i := range n {
		y.direction[i] = -dot(h[i*n:(i+1)*n], y.gradient)
	}
	if y.slope = dot(y.gradient, y.direction); !(y.slope < 0) {
		identity(h, n)
		y.descend()
		return y, y.cautious()
	}
	return y, p.Eta
}

// cautious is the length to try first along the gradient: η, but no step that
// is longer than η, however steep it is.
func (y *ray) cautious() float64 { return y.point.Eta / max(1, y.oneNorm()) }

// curved says whether the gradient has changed along the step as it does where
// the objective curves upwards.
func curved(s, change []float64) bool {
	return dot(s, change) > 0x1p-40*Norm(s)*Norm(change)
}

// updateInverse makes h the inverse Hessian (I − ρsyᵀ)h(I − ρysᵀ) + ρssᵀ with
// ρ = 1/sᵀy, equation 6.17; hy is scratch space.
func updateInverse(h, s, y, hy []float64) {
	n := len(s)
	for i := range n {
		hy[i] = dot(h[i*n:(i+1)*n], y)
	}
	sy := dot(s, y)
	own := (1 + dot(y, hy)/sy) / sy
	for i := range n {
		for j := range n {
			h[i*n+j] += own*s[i]*s[j] - (hy[i]*s[j]+s[i]*hy[j])/sy
		}
	}
}

func identity(h []float64, n int) {
	clear(h)
	for i := range n {
		h[i*n+i] = 1
	}
}

func scale(v []float64, factor float64) {
	for i := range v {
		v[i] *= factor
	}
}

func isZero(v []float64) bool {
	for _, x := range v {
		if x != 0 {
			return false
		}
	}
	return true
}

func (r bfgs) Explain(w *Workings) {
	state := slices.Clone(w.before)
	g := w.gradient(r.weightDecay)
	y, first := r.aim(w.point, state)
	s, change, learns := w.pair(g, part(w.parts, w.before, "s"), part(w.parts, w.before, "g"))
	h := part(w.parts, state, "H⁻¹")
	symbol, before := "H⁻¹"+subscript(w.t), "H⁻¹"+subscript(w.t-1)
	switch {
	case w.t == 1 || y.steepest():
		w.matrix(symbol, "I", h, "nothing is learned yet")
	case !learns:
		w.matrix(symbol, before, h, "")
	default:
		w.add("ρ", one.over(s.dot(change)), "")
		v := "(I − ρ·s·yᵀ)"
		note := ""
		if w.t == 2 {
			before, note = "(sᵀy/yᵀy)·I", "the first step sets the scale"
		}
		w.matrix(symbol, v+"·"+before+"·(I − ρ·y·sᵀ) + ρ·s·sᵀ", h, note)
	}
	n := w.dim()
	d := term{symbol: written{minusSign + symbol + "·" + g.symbol.text, bindsProduct}}
	for i := range n {
		row := w.vector("", h[i*n:(i+1)*n]).dot(g).negated()
		d.numbers, d.values = append(d.numbers, row.numbers[0]), append(d.values, row.values[0])
	}
	d = w.line("d", d, "")
	w.next(w.theta().plus(w.search(&y, first, g, d, r.search).times(d)))
}

// pair adds the lines of the last step s and of the change y of the gradient,
// and says whether they are fit to learn from.
func (w *Workings) pair(g term, step, last []float64) (s, y term, fit bool) {
	if w.t == 1 || isZero(step) {
		return s, y, false
	}
	s = w.vector("θ"+subscript(w.t-1), w.point.Theta).minus(w.vector("θ"+subscript(w.t-2), w.run.Theta(w.t-2)))
	s.values = step
	s = w.add("s", s, "the last step")
	y = w.add("y", g.minus(w.vector(strings.TrimSuffix(g.symbol.text, subscript(w.t))+subscript(w.t-1), last)), "how the gradient changed")
	if !curved(s.values, y.values) {
		w.add("sᵀy", s.dot(y), "no upward curvature: nothing is learned")
		return s, y, false
	}
	return s, y, true
}
