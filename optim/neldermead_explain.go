package optim

import (
	"cmp"
	"slices"
)

// Explain names the vertices x₁ (best) to x₃ (worst), the mean m of all but the
// worst, the reflected point r, and e or c where the simplex is expanded or
// contracted.
func (r neldermead) Explain(w *Workings) {
	n := w.dim()
	s := r.simplex(w.point, slices.Clone(w.before))
	points := w.vertices(&s, r)
	losses := slices.Clone(s.losses)
	done := s.improve()

	last := "x" + subscript(n+1)
	mean := points[0]
	for _, x := range points[1:n] {
		mean = mean.plus(x)
	}
	mean = w.add("m", mean.over(count(n)), "the mean of all but the worst")
	away := mean.minus(points[n])
	points = append(points, w.add("r", count(2).times(mean).minus(points[n]), "reflected"))
	reflected := w.vector("J(r)", []float64{done.reflected})
	loss := func(i int) term { return w.vector("J(x"+subscript(i+1)+")", losses[i:i+1]) }
	switch {
	case done.reflected < losses[0]:
		w.compare("J(r)", done.reflected, "<", loss(0), "the best so far: try to go further")
		points = append(points, w.add("e", mean.plus(count(2).times(away)), "expanded"))
		w.choose("J(e)", done.further, "<", "≥", reflected, done.kind == expand, "e takes the place of "+last, "r takes the place of "+last)
	case done.kind == reflect:
		w.compare("J(r)", done.reflected, "<", loss(n-1), "r takes the place of "+last)
	case done.reflected < losses[n]:
		w.compare("J(r)", done.reflected, "<", loss(n), "only better than the worst: contract outside")
		points = append(points, w.add("c", mean.plus(literal(0.5).times(away)), "contracted outside"))
		w.choose("J(c)", done.further, "≤", ">", reflected, done.kind == contractOutside, "c takes the place of "+last, "no help: shrink")
	default:
		w.compare("J(r)", done.reflected, "≥", loss(n), "no better than the worst: contract inside")
		points = append(points, w.add("c", mean.minus(literal(0.5).times(away)), "contracted inside"))
		w.choose("J(c)", done.further, "<", "≥", loss(n), done.kind == contractInside, "c takes the place of "+last, "no help: shrink")
	}
	if done.kind == shrink {
		for _, x := range points[1 : n+1] {
			points = append(points, w.add(x.symbol.text+"′", points[0].plus(literal(0.5).times(x.minus(points[0]))), "halfway to the best vertex"))
		}
	}
	best := slices.MinFunc(points, func(a, b term) int {
		return cmp.Compare(Distance(a.values, s.vertex(0)), Distance(b.values, s.vertex(0)))
	})
	w.line("θ", best, "the best vertex")
}

// vertices adds the lines of the simplex before the step.
func (w *Workings) vertices(s *simplex, r neldermead) []term {
	formula, loss := "vertex of the simplex", "J = "
	if w.t == 1 {
		formula = "vertex of the first simplex, of size " + param12(r.size)
	}
	if r.weightDecay != 0 {
		loss = "J with weight decay = "
	}
	var list []term
	for i, value := range s.losses {
		x := w.vector("x"+subscript(i+1), slices.Clone(s.vertex(i)))
		note := loss + numeral(w.say(value)).text
		switch i {
		case 0:
			note += ", the best"
		case w.dim():
			note += ", the worst"
		}
		w.lines = append(w.lines, Equation{Symbol: x.symbol.text, Relation: "=", Formula: formula, Values: x.values, Note: note})
		list = append(list, x)
	}
	return list
}

// choose adds the line of a comparison that decides between two ways.
func (w *Workings) choose(symbol string, left float64, yes, no string, right term, taken bool, then, otherwise string) {
	if taken {
		w.compare(symbol, left, yes, right, then)
	} else {
		w.compare(symbol, left, no, right, otherwise)
	}
}
