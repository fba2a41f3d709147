package optim

// How a line search is written down. φ(α) = J(θ + αd), with the weight decay if
// there is one.

// startSearch adds the lines of φ and its slope at 0.
func (w *Workings) startSearch(y *ray, g, d term) {
	theta := w.theta()
	loss := w.vector("J("+theta.symbol.text+")", []float64{w.point.Loss})
	if y.decay != 0 {
		square := theta.dot(theta)
		square.symbol = written{"‖" + theta.symbol.text + "‖²", bindsPower}
		loss = loss.plus(literal(y.decay / 2).times(square))
	}
	w.add("φ(0)", loss, "φ(α) = J("+theta.symbol.text+" + α·"+d.symbol.text+")")
	w.add("φ′(0)", g.dot(d), "the slope along "+d.symbol.text)
}

// armijo adds the line that says whether a trial's loss has fallen enough.
func (w *Workings) armijo(y *ray, t trial, c1 float64) (enough bool) {
	alpha := numeral(w.say(t.alpha))
	right := w.vector("φ(0)", []float64{y.loss}).plus(literal(c1).times(term{alpha, []written{alpha}, []float64{t.alpha}}).times(w.vector("φ′(0)", []float64{y.slope})))
	phi := "φ(" + alpha.text + ")"
	switch {
	case y.enough(t, c1):
		w.compare(phi, t.loss, "≤", right, "falls enough")
		return true
	case t.loss > right.values[0]:
		w.compare(phi, t.loss, ">", right, "too long: the loss does not fall enough")
	default:
		w.compare(phi, t.loss, "≰", right, "too long: J is not defined there")
	}
	return false
}

// length adds the line of the accepted length.
func (w *Workings) length(alpha float64) term {
	e := Equation{Symbol: "α" + subscript(w.t), Relation: "=", Formula: "the accepted length", Values: []float64{alpha}}
	if alpha == 0 {
		e.Formula, e.Note = "0", "no length was found that lowers the loss: θ stays"
	}
	w.lines = append(w.lines, e)
	return w.vector(e.Symbol, e.Values)
}

// search adds the lines of a search for the strong Wolfe conditions.
func (w *Workings) search(y *ray, first float64, g, d term, c wolfe) (alpha term) {
	w.startSearch(y, g, d)
	return w.length(c.search(y, first, func(t, low trial) {
		if !w.armijo(y, t, c.c1) {
			return
		}
		text := w.say(t.alpha)
		if c.tooLong(y, t, low) {
			best := w.vector("φ("+numeral(w.say(low.alpha)).text+")", []float64{low.loss})
			w.compare("φ("+text+")", t.loss, ">", best, "too long: it was lower before")
			return
		}
		right := literal(c.c2).times(w.vector("φ′(0)", []float64{y.slope}).abs())
		left := max(t.slope, -t.slope)
		switch {
		case c.flat(y, t):
			w.compare("|φ′("+text+")|", left, "≤", right, "flat enough")
		case t.slope < 0:
			w.compare("|φ′("+text+")|", left, ">", right, "too short: it still falls")
		default:
			w.compare("|φ′("+text+")|", left, ">", right, "too long: it rises again")
		}
	}))
}
