package optim

import (
	"math"

	"descent/optim/param"
)

// gd is gradient descent: θ ← θ − ηg.
type gd struct{ weightDecay float64 }

func (gd) Memory(int) []Part { return nil }

func (r gd) Step(p *Point, _ []float64) {
	for i, g := range p.Gradient {
		p.Theta[i] -= p.Eta * (g + r.weightDecay*p.Theta[i])
	}
}

func (r gd) Explain(w *Workings) {
	g := w.gradient(r.weightDecay)
	w.next(w.theta().minus(w.eta().times(g)))
}

// momentum is PyTorch's SGD with momentum: b ← μb + (1−d)g, θ ← θ − ηb, where
// the very first b is g itself, without dampening.
type momentum struct{ mu, dampening, weightDecay float64 }

func (momentum) Memory(dim int) []Part { return []Part{{"b", velocityName, dim}} }

func (r momentum) Step(p *Point, b []float64) {
	for i, g := range p.Gradient {
		g += r.weightDecay * p.Theta[i]
		if p.K == 0 {
			b[i] = g
		} else {
			b[i] = r.mu*b[i] + (1-r.dampening)*g
		}
		p.Theta[i] -= p.Eta * b[i]
	}
}

func (r momentum) Explain(w *Workings) {
	g := w.gradient(r.weightDecay)
	b := w.velocity(r.mu, 1-r.dampening, g)
	w.next(w.theta().minus(w.eta().times(b)))
}

// nesterov is PyTorch's SGD with Nesterov momentum: b ← μb + g, θ ← θ − η(g + μb).
type nesterov struct{ mu, weightDecay float64 }

func (nesterov) Memory(dim int) []Part { return []Part{{"b", velocityName, dim}} }

func (r nesterov) Step(p *Point, b []float64) {
	for i, g := range p.Gradient {
		g += r.weightDecay * p.Theta[i]
		b[i] = r.mu*b[i] + g // the first is g, since b is 0
		p.Theta[i] -= p.Eta * (g + r.mu*b[i])
	}
}

func (r nesterov) Explain(w *Workings) {
	g := w.gradient(r.weightDecay)
	b := w.velocity(r.mu, 1, g)
	w.next(w.theta().minus(w.eta().times(g.plus(literal(r.mu).times(b)))))
}

// velocity is the line of the buffer b.
func (w *Workings) velocity(mu, share float64, g term) term {
	if w.t == 1 {
		return w.line("b", g, "the first velocity is the gradient")
	}
	return w.line("b", literal(mu).times(w.memory("b")).plus(literal(share).times(g)), "")
}

// On a quadratic of curvature λ an update of θ and velocity is a 2×2 matrix;
// its characteristic polynomial z² − trace·z + det tells whether it converges:
// |det| < 1 and |trace| < 1 + det.

// momentumRoots are the coefficients z² − (1 + μ − η(1−d)λ)z + μ.
func momentumRoots(v param.Values, eta, lambda float64) (trace, det float64) {
	mu := v.Float("momentum")
	return 1 + mu - eta*(1-v.Float("dampening"))*(lambda+v.Float("weight_decay")), mu
}

// nesterovRoots are the coefficients z² − (1 + μ)(1 − ηλ)z + μ(1 − ηλ), of
// θ ← θ − η(1+μ)λθ − ημ²b, b ← μb + λθ.
func nesterovRoots(v param.Values, eta, lambda float64) (trace, det float64) {
	mu, a := v.Float("momentum"), eta*(lambda+v.Float("weight_decay"))
	return (1 + mu) * (1 - a), mu * (1 - a)
}

// spectralRadius is the larger modulus of the roots of z² − trace·z + det.
func spectralRadius(trace, det float64) float64 {
	if d := trace*trace/4 - det; d >= 0 {
		return math.Abs(trace)/2 + math.Sqrt(d)
	}
	return math.Sqrt(det) // a complex pair
}
