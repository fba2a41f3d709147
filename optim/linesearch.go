package optim

import "math"

// mostTrials bounds a line search. Halving reaches the last digit of θ before.
const mostTrials = 100

// backtrack tries α, shrink·α, … until the loss falls enough, and tells seen,
// if not nil, of each trial and of what it is compared with. 0 when no trial does, as where rounding drowns the
// loss.
func (y *ray) backtrack(alpha, c1, shrink float64, seen func(t, low trial)) float64 {
	if !finite(y.slope) {
		return alpha // no length can help: the run ends with this step
	}
	low := trial{0, y.loss, y.slope}
	for range mostTrials {
		t := y.look(alpha)
		if !y.moved {
			return 0
		}
		if seen != nil {
			seen(t, low)
		}
		if y.enough(t, c1) { // false for NaN
			return alpha
		}
		alpha *= shrink
	}
	return 0
}

// A wolfe is a line search for the strong Wolfe conditions: the loss falls
// enough (c1) and the slope has flattened to the share c2. J. Nocedal and
// S. Wright, Numerical Optimization (2006), algorithms 3.5 and 3.6.
type wolfe struct{ c1, c2 float64 }

// search starts with the length alpha > 0, doubles it until an interval holds
// what is sought, and narrows that down. A trial that is not finite counts as
// too long. When the trials run out, the answer is the best length whose loss
// has fallen enough, 0 if there is none. seen, if not nil, is told of each
// trial and of the best one before it.
func (c wolfe) search(y *ray, alpha float64, seen func(t, low trial)) float64 {
	if y.slope == 0 {
		return 0 // at rest
	}
	if !finite(y.slope) {
		return alpha // no length can help: the run ends with this step
	}
	low, high := trial{0, y.loss, y.slope}, trial{}
	bracketed := false
	for range mostTrials {
		if bracketed {
			if alpha = cubicMinimum(low, high); alpha == low.alpha || alpha == high.alpha {
				break // no number lies between
			}
		}
		t := y.look(alpha)
		if !y.moved {
			if bracketed {
				break
			}
			alpha *= 2
			continue
		}
		if seen != nil {
			seen(t, low)
		}
		switch {
		case c.tooLong(y, t, low):
			high, bracketed = t, true
		case c.flat(y, t):
			return alpha
		case !bracketed && t.slope < 0:
			low, alpha = t, 2*alpha
		default: // the minimum lies between t and that end towards which it falls
			if !bracketed || t.slope*(high.alpha-low.alpha) >= 0 {
				high = low
			}
			low, bracketed = t, true
		}
	}
	return low.alpha
}

// tooLong says that the loss has not fallen enough, or is above the best one.
func (c wolfe) tooLong(y *ray, t, low trial) bool {
	return !y.enough(t, c.c1) || !(t.loss <= low.loss+0x1p-50*math.Abs(y.loss)) || math.IsNaN(t.slope)
}

func (c wolfe) flat(y *ray, t trial) bool { return math.Abs(t.slope) <= c.c2*math.Abs(y.slope) }

// cubicMinimum is where the cubic through losses and slopes of both ends has its
// minimum (equation 3.59), or the middle where that is no use or too near to
// an end.
func cubicMinimum(a, b trial) float64 {
	d1 := a.slope + b.slope - 3*(a.loss-b.loss)/(a.alpha-b.alpha)
	d2 := math.Copysign(math.Sqrt(d1*d1-a.slope*b.slope), b.alpha-a.alpha)
	alpha := b.alpha - (b.alpha-a.alpha)*(b.slope+d2-d1)/(b.slope-a.slope+2*d2)
	lo, hi := min(a.alpha, b.alpha), max(a.alpha, b.alpha)
	if margin := (hi - lo) / 10; alpha >= lo+margin && alpha <= hi-margin {
		return alpha
	}
	return lo + (hi-lo)/2
}

// steepest is gradient descent whose step is shortened until the loss falls
// enough.
type steepest struct{ c1, shrink, weightDecay float64 }

func (steepest) Memory(int) []Part { return nil }

func (r steepest) Step(p *Point, _ []float64) {
	y := newRay(p, r.weightDecay)
	y.move(y.backtrack(p.Eta, r.c1, r.shrink, nil))
}

func (r steepest) Explain(w *Workings) {
	g := w.gradient(r.weightDecay)
	y := newRay(w.point, r.weightDecay)
	d := w.line("d", g.negated(), "")
	w.startSearch(&y, g, d)
	alpha := w.length(y.backtrack(w.point.Eta, r.c1, r.shrink, func(t, _ trial) { w.armijo(&y, t, r.c1) }))
	w.next(w.theta().plus(alpha.times(d)))
}
