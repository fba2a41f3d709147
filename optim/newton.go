package optim

import (
	"math"
	"slices"

	"descent/optim/param"
)

// newton is Newton's method with a share η of its step and, if damping > 0,
// with damping·I added to the Hessian: θ ← θ − η(H + damping·I)⁻¹g.
type newton struct{ damping, weightDecay float64 }

func (newton) Memory(int) []Part { return nil }

func (r newton) Step(p *Point, _ []float64) {
	n := len(p.Theta)
	step, h := p.Work[:n], p.Work[n:n+n*n]
	r.direction(p, step, h)
	for i, d := range step {
		p.Theta[i] -= p.Eta * d
	}
}

// direction solves (H + damping·I)·step = g. Both carry the weight decay.
func (r newton) direction(p *Point, step, h []float64) {
	p.Hessian(p.Theta, h)
	for i, g := range p.Gradient {
		step[i] = g + r.weightDecay*p.Theta[i]
		h[i*len(step)+i] += r.weightDecay + r.damping
	}
	solve(h, step)
}

// solve replaces b by the solution x of the n×n system a·x = b and spoils a:
// elimination with the largest pivot of each column. A singular matrix gives
// numbers that are not finite.
func solve(a, b []float64) {
	n := len(b)
	for c := range n {
		pivot := c
		for r := c + 1; r < n; r++ {
			if math.Abs(a[r*n+c]) > math.Abs(a[pivot*n+c]) {
				pivot = r
			}
		}
		if pivot != c {
			b[c], b[pivot] = b[pivot], b[c]
			for j := c; j < n; j++ {
				a[c*n+j], a[pivot*n+j] = a[pivot*n+j], a[c*n+j]
			}
		}
		for r := c + 1; r < n; r++ {
			factor := a[r*n+c] / a[c*n+c]
			b[r] -= factor * b[c]
			for j := c + 1; j < n; j++ {
				a[r*n+j] -= factor * a[c*n+j]
			}
		}
	}
	for c := n - 1; c >= 0; c-- {
		for j := c + 1; j < n; j++ {
			b[c] -= a[c*n+j] * b[j]
		}
		b[c] /= a[c*n+c]
	}
}

func (r newton) Explain(w *Workings) {
	n := w.dim()
	w.gradient(r.weightDecay)
	g := w.lines[len(w.lines)-1]
	h := make([]float64, n*n)
	w.point.Hessian(w.point.Theta, h)
	theta := w.theta()
	w.matrix("H"+subscript(w.t), "∇²J("+theta.symbol.text+")", h, "")
	left := "H" + subscript(w.t)
	if added := r.damping + r.weightDecay; added != 0 {
		for i := range n {
			h[i*n+i] += added
		}
		w.matrix("A"+subscript(w.t), left+" + "+param12(added)+"·I", h, "")
		left = "A" + subscript(w.t)
	}
	d := make([]float64, n)
	r.direction(w.point, d, make([]float64, n*n))
	step := w.vector("d"+subscript(w.t), d)
	e := Equation{
		Symbol: "d" + subscript(w.t), Relation: "=", Formula: left + "⁻¹·" + g.Symbol, Values: d,
		Note: "solves " + left + "·d" + subscript(w.t) + " = " + g.Symbol,
	}
	for i := range n {
		row := w.vector(left, h[i*n:(i+1)*n])
		e.Numbers = append(e.Numbers, row.dot(step).numbers[0].text+" = "+numeral(w.say(g.Values[i])).text)
	}
	w.lines = append(w.lines, e)
	w.next(theta.minus(w.eta().times(step)))
}

// matrix adds the line of a square matrix.
func (w *Workings) matrix(symbol, formula string, values []float64, note string) {
	w.lines = append(w.lines, Equation{
		Symbol: symbol, Relation: "=", Formula: formula, Values: slices.Clone(values), Columns: w.dim(), Note: note,
	})
}

// newtonFactor is |1 − ηλ/(λ + damping)|.
func newtonFactor(v param.Values, eta, lambda float64) float64 {
	lambda += v.Float("weight_decay")
	return math.Abs(1 - eta*lambda/(lambda+v.Float("damping")))
}
