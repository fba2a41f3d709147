package optim

import "math"

// adagrad divides by the root of the sum of all squared gradients, as PyTorch
// does: ε outside the root.
type adagrad struct{ lrDecay, initial, eps, weightDecay float64 }

func (adagrad) Memory(dim int) []Part { return []Part{{"s", sumOfSquares, dim}} }

func (r adagrad) Step(p *Point, s []float64) {
	eta := p.Eta / (1 + float64(p.K)*r.lrDecay)
	for i, g := range p.Gradient {
		g += r.weightDecay * p.Theta[i]
		if p.K == 0 {
			s[i] = r.initial
		}
		s[i] += g * g
		p.Theta[i] -= eta * g / (math.Sqrt(s[i]) + r.eps)
	}
}

func (r adagrad) Explain(w *Workings) {
	g := w.gradient(r.weightDecay)
	s := w.memory("s")
	if w.t == 1 {
		s = literal(r.initial)
	}
	s = w.line("s", s.plus(g.squared()), "")
	eta := w.eta()
	if r.lrDecay != 0 {
		eta = w.line("η", eta.over(one.plus(count(w.t-1).times(literal(r.lrDecay)))), "")
	}
	w.next(w.theta().minus(eta.times(g).over(s.root().plus(literal(r.eps)))))
}

// rmsprop divides by the root of a fading mean of the squared gradients, as
// PyTorch does: no bias correction, ε outside the root.
type rmsprop struct {
	alpha, eps, mu, weightDecay float64
	centered                    bool
}

func (r rmsprop) Memory(dim int) []Part {
	parts := []Part{{"v", meanOfSquares, dim}}
	if r.centered {
		parts = append(parts, Part{"ḡ", meanOfGradient, dim})
	}
	if r.mu > 0 {
		parts = append(parts, Part{"b", velocityName, dim})
	}
	return parts
}

func (r rmsprop) Step(p *Point, state []float64) {
	n := len(p.Theta)
	v, rest := state[:n], state[n:]
	var mean []float64
	if r.centered {
		mean, rest = rest[:n], rest[n:]
	}
	for i, g := range p.Gradient {
		g += r.weightDecay * p.Theta[i]
		v[i] = r.alpha*v[i] + (1-r.alpha)*g*g
		spread := v[i]
		if r.centered {
			mean[i] = r.alpha*mean[i] + (1-r.alpha)*g
			spread = max(0, v[i]-mean[i]*mean[i]) // rounding must not make a variance negative
		}
		step := g / (math.Sqrt(spread) + r.eps)
		if r.mu > 0 {
			rest[i] = r.mu*rest[i] + step
			step = rest[i]
		}
		p.Theta[i] -= p.Eta * step
	}
}

func (r rmsprop) Explain(w *Workings) {
	g := w.gradient(r.weightDecay)
	v := w.fading("v", r.alpha, g.squared())
	if r.centered {
		mean := w.fading("ḡ", r.alpha, g)
		v = w.line("σ²", v.minus(mean.squared()), "the variance of the gradients").atLeast(0)
	}
	step := g.over(v.root().plus(literal(r.eps)))
	if r.mu > 0 {
		step = w.line("b", literal(r.mu).times(w.memory("b")).plus(step), "")
	}
	w.next(w.theta().minus(w.eta().times(step)))
}

// adadelta scales the gradient by the ratio of two root mean squares, of its
// own steps and of the gradients; ε is inside both roots.
type adadelta struct{ rho, eps, weightDecay float64 }

func (adadelta) Memory(dim int) []Part {
	return []Part{{"v", meanOfSquares, dim}, {"u", "mean of the squared steps", dim}}
}

func (r adadelta) Step(p *Point, state []float64) {
	n := len(p.Theta)
	v, u := state[:n], state[n:]
	for i, g := range p.Gradient {
		g += r.weightDecay * p.Theta[i]
		v[i] = r.rho*v[i] + (1-r.rho)*g*g
		step := math.Sqrt(u[i]+r.eps) / math.Sqrt(v[i]+r.eps) * g
		u[i] = r.rho*u[i] + (1-r.rho)*step*step
		p.Theta[i] -= p.Eta * step
	}
}

func (r adadelta) Explain(w *Workings) {
	g := w.gradient(r.weightDecay)
	v := w.fading("v", r.rho, g.squared())
	eps := literal(r.eps)
	step := w.line("Δ", w.memory("u").plus(eps).root().over(v.plus(eps).root()).times(g), "")
	w.fading("u", r.rho, step.squared())
	w.next(w.theta().minus(w.eta().times(step)))
}

// fading is the line of an exponentially fading mean: m ← decay·m + (1−decay)·x.
func (w *Workings) fading(part string, decay float64, x term) term {
	return w.line(part, literal(decay).times(w.memory(part)).plus(literal(1-decay).times(x)), "")
}
