package optim

import "slices"

// mostPairs is the longest memory of lbfgs.
const mostPairs = 20

// lbfgs is BFGS with limited memory: instead of a matrix it keeps the last
// steps and the changes of the gradient over them. Nocedal and Wright,
// algorithms 7.4 and 7.5.
type lbfgs struct {
	search      wolfe
	memory      int // pairs kept, at most mostPairs
	weightDecay float64
}

func (r lbfgs) Memory(dim int) []Part {
	return []Part{
		{"s", "last step", dim}, {"g", "gradient", dim},
		{"S", "steps, the newest first", r.memory * dim}, {"Y", "changes of the gradient, the newest first", r.memory * dim},
	}
}

func (r lbfgs) Step(p *Point, state []float64) {
	y, first := r.aim(p, state)
	n := len(p.Theta)
	s, g := state[:n], state[n:2*n]
	copy(g, y.gradient)
	step(&y, r.search.search(&y, first, nil), s)
}

// aim takes the last pair into the memory and answers the ray to search and
// the length to try first.
func (r lbfgs) aim(p *Point, state []float64) (y ray, first float64) {
	n := len(p.Theta)
	s, last, pairs := state[:n], state[n:2*n], state[2*n:]
	steps, changes := pairs[:r.memory*n], pairs[r.memory*n:]
	y = newRay(p, r.weightDecay)
	if p.K == 0 || isZero(s) {
		clear(pairs) // the last search found nothing, so what was learned is wrong
		return y, y.cautious()
	}
	change := y.trial // free until the search
	for i, g := range y.gradient {
		change[i] = g - last[i]
	}
	if curved(s, change) {
		copy(steps[n:], steps)
		copy(changes[n:], changes)
		copy(steps, s)
		copy(changes, change)
	}
	if isZero(steps[:n]) {
		return y, y.cautious()
	}
	twoLoops(y.direction, steps, changes)
	if y.slope = dot(y.gradient, y.direction); !(y.slope < 0) {
		clear(pairs)
		y.descend()
		return y, y.cautious()
	}
	return y, p.Eta
}

// twoLoops replaces q by the product of the inverse Hessian, as the pairs tell
// it, with q. There is one pair at least; rows of zeros are places not yet
// taken.
func twoLoops(q, steps, changes []float64) {
	n := len(q)
	var factors [mostPairs]float64
	pairs := 0
	for ; pairs*n < len(steps) && !isZero(steps[pairs*n:(pairs+1)*n]); pairs++ {
		s, y := steps[pairs*n:(pairs+1)*n], changes[pairs*n:(pairs+1)*n]
		factors[pairs] = dot(s, q) / dot(s, y)
		add(q, -factors[pairs], y)
	}
	scale(q, dot(steps[:n], changes[:n])/dot(changes[:n], changes[:n]))
	for i := pairs - 1; i >= 0; i-- {
		s, y := steps[i*n:(i+1)*n], changes[i*n:(i+1)*n]
		add(q, factors[i]-dot(y, q)/dot(s, y), s)
	}
}

// add makes v ← v + factor·w.
func add(v []float64, factor float64, w []float64) {
	for i := range v {
		v[i] += factor * w[i]
	}
}

func (r lbfgs) Explain(w *Workings) {
	state := slices.Clone(w.before)
	g := w.gradient(r.weightDecay)
	y, first := r.aim(w.point, state)
	w.pair(g, part(w.parts, w.before, "s"), part(w.parts, w.before, "g"))
	q := w.add("q", g.negated(), "")
	if !y.steepest() {
		q = w.twoLoops(q, part(w.parts, state, "S"), part(w.parts, state, "Y"))
	}
	d := w.line("d", q, "")
	w.next(w.theta().plus(w.search(&y, first, g, d, r.search).times(d)))
}

// twoLoops adds the lines of the direction. Pairs are numbered from the newest,
// 1.
func (w *Workings) twoLoops(q term, steps, changes []float64) term {
	n := w.dim()
	pair := func(i int) (s, y term) {
		return w.vector("s"+subscript(i+1), steps[i*n:(i+1)*n]), w.vector("y"+subscript(i+1), changes[i*n:(i+1)*n])
	}
	var factors []term
	for i := 0; i*n < len(steps) && !isZero(steps[i*n:(i+1)*n]); i++ {
		s, y := pair(i)
		note := ""
		if i == 0 {
			note = "s₁, y₁ are the newest step and change"
		}
		factors = append(factors, w.add("a"+subscript(i+1), s.dot(q).over(s.dot(y)), note))
		q = w.add("q", q.minus(factors[i].times(y)), "")
	}
	s, y := pair(0)
	gamma := w.add("γ", s.dot(y).over(y.dot(y)), "the scale of the inverse Hessian")
	q = w.add("q", gamma.times(q), "")
	for i := len(factors) - 1; i >= 0; i-- {
		s, y := pair(i)
		b := w.add("b"+subscript(i+1), y.dot(q).over(s.dot(y)), "")
		q = w.add("q", q.plus(factors[i].minus(b).times(s)), "")
	}
	return q
}
