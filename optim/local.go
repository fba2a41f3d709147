package optim

import "math"

// A Local is what a function is at one point.
type Local struct {
	Theta       []float64 // the point, the caller's own slice
	Value       float64   // J there; NaN or ±Inf outside its domain
	Gradient    []float64 // ∇J there, by the reverse mode
	Hessian     []float64 // Dim×Dim, from the symbolic derivatives
	Eigenvalues []float64 // of the Hessian, ascending; nil where an entry is not finite
	// Kind is Minimum, Maximum, Saddle or Flat where ∇J = 0, by the second
	// derivatives; else NotStationary or Undefined. A point counts as
	// stationary when along each eigenvector of the Hessian Newton's step to
	// where the gradient vanishes is at most 1e-6·(1+‖θ‖): coordinates that were
	// typed with six or seven digits are near enough, whatever J's scale.
	Kind string
	// Around decides, where Kind is Flat, by the values on a circle of radius
	// 1e-3·(1+‖θ‖): Minimum for x⁴ at 0. "" elsewhere.
	Around string
	Check  GradientCheck // Gradient beside differences of values
}

// At looks at a function in one point θ of length Dim.
func (f *Function) At(theta []float64) Local {
	n := f.Dim()
	l := Local{Theta: theta, Gradient: make([]float64, n), Hessian: make([]float64, n*n)}
	obj := f.Objective()
	l.Value = obj.Eval(theta, l.Gradient)
	obj.Hessian(theta, l.Hessian)
	l.Eigenvalues = Eigenvalues(l.Hessian, n)
	l.Check = checkGradient(obj, theta, l.Gradient)
	switch {
	case !finite(l.Value) || !allFinite(l.Gradient) || l.Eigenvalues == nil:
		l.Kind = Undefined
	case !l.stationary():
		l.Kind = NotStationary
	default:
		l.Kind = Classify(l.Eigenvalues)
		if Norm(l.Gradient) == 0 || f.Quadratic() {
			l.Kind = classifyExact(l.Eigenvalues)
		}
		if l.Kind == Flat {
			l.Around = look(obj, theta, l.Value, 1e-3*(1+Norm(theta)))
		}
	}
	return l
}

func (l *Local) stationary() bool {
	const (
		step     = 1e-6  // of 1 + ‖θ‖: a Newton step that is short enough
		rounding = 1e-14 // of ‖H‖: what rounding may leave of a gradient where the curvature is zero
	)
	largest, reach := 0.0, 1+Norm(l.Theta)
	for _, lambda := range l.Eigenvalues {
		largest = max(largest, math.Abs(lambda))
	}
	for i, part := range alongEigenvectors(l.Hessian, l.Gradient) {
		if math.Abs(part) > reach*(step*math.Abs(l.Eigenvalues[i])+rounding*largest) {
			return false
		}
	}
	return true
}

// A GradientCheck compares a gradient with difference quotients, extrapolated to
// step 0 (C. J. F. Ridders, Advances in Engineering Software 4, 1982, 75–76).
type GradientCheck struct {
	Differences   []float64 // NaN where J is not finite nearby
	RelativeError float64   // ‖gradient − differences‖ / max(1, ‖gradient‖); NaN where a difference is
}

func checkGradient(obj Objective, theta, gradient []float64) GradientCheck {
	n := len(theta)
	c := GradientCheck{Differences: make([]float64, n)}
	moved, gap := append([]float64(nil), theta...), make([]float64, n)
	for i := range n {
		along := func(h float64) float64 {
			moved[i] = theta[i] + h
			return obj.Eval(moved, nil)
		}
		c.Differences[i] = ridders(along, 0.1*(1+math.Abs(theta[i])))
		moved[i] = theta[i]
		gap[i] = gradient[i] - c.Differences[i]
	}
	c.RelativeError = Norm(gap) / max(1, Norm(gradient))
	return c
}

// ridders is f′(0) by central differences with steps h, h/2, h/4 …,
// extrapolated to step 0; of all extrapolations it answers the one whose
// neighbours in the tableau differ least from it, so it needs no guess at the
// best step (C. J. F. Ridders, Advances in Engineering Software 4 (1982),
// 75–76). Steps at which f is not finite are skipped; NaN when all are.
func ridders(f func(float64) float64, h float64) float64 {
	const rows = 16
	var last, row [rows]float64
	best, least := math.NaN(), math.Inf(1)
	made := 0
	for range rows {
		row[0] = (f(h) - f(-h)) / (2 * h)
		h /= 2
		if !finite(row[0]) {
			continue
		}
		if made == 0 {
			best = row[0]
		}
		factor := 4.0 // the error's terms are h², h⁴, h⁶ …
		for i := 1; i <= made; i++ {
			row[i] = row[i-1] + (row[i-1]-last[i-1])/(factor-1)
			factor *= 4
			if e := max(math.Abs(row[i]-row[i-1]), math.Abs(row[i]-last[i-1])); e < least {
				best, least = row[i], e
			}
		}
		last = row
		made++
	}
	return best
}
