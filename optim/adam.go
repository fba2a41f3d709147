package optim

import "math"

// Adam and its relatives divide moments by 1 − βᵗ, since these start at 0.
// That number c is kept in the memory and follows c ← βc + (1−β), which costs
// less than a power and cancels no digits.

// adam is Adam and, by its switches, AMSGrad and AdamW: ε is added after the
// bias correction, outside the root; AMSGrad takes the largest v so far before
// it is corrected; a decoupled weight decay shrinks θ before the step.
type adam struct {
	beta1, beta2, eps, weightDecay float64
	largest, decoupled             bool
}

func (r adam) Memory(dim int) []Part {
	parts := []Part{
		{"1 − β₁ᵗ", "bias correction of m", 1}, {"1 − β₂ᵗ", biasOfV, 1},
		{"m", firstMoment, dim}, {"v", secondMoment, dim},
	}
	if r.largest {
		parts = append(parts, Part{"vmax", largestMoment, dim})
	}
	return parts
}

func (r adam) Step(p *Point, state []float64) {
	n := len(p.Theta)
	m, v := state[2:2+n], state[2+n:2+2*n]
	scale := v
	if r.largest {
		scale = state[2+2*n:]
	}
	state[0] = r.beta1*state[0] + (1 - r.beta1)
	state[1] = r.beta2*state[1] + (1 - r.beta2)
	eta, correction := p.Eta/state[0], 1/math.Sqrt(state[1])
	joined, shrink := r.weightDecay, 1.0
	if r.decoupled {
		joined, shrink = 0, 1-p.Eta*r.weightDecay
	}
	for i, g := range p.Gradient {
		g += joined * p.Theta[i]
		m[i] = r.beta1*m[i] + (1-r.beta1)*g
		v[i] = r.beta2*v[i] + (1-r.beta2)*g*g
		if r.largest {
			scale[i] = max(scale[i], v[i])
		}
		p.Theta[i] = shrink*p.Theta[i] - eta*m[i]/(math.Sqrt(scale[i])*correction+r.eps)
	}
}

func (r adam) Explain(w *Workings) {
	joined := r.weightDecay
	if r.decoupled {
		joined = 0
	}
	g := w.gradient(joined)
	m := w.fading("m", r.beta1, g)
	v := w.fading("v", r.beta2, g.squared())
	if r.largest {
		v = w.line("vmax", w.memory("vmax").larger(v), "")
	}
	m = w.line("m̂", m.over(w.bias("β₁", r.beta1)), "")
	v = w.line("v̂", v.over(w.bias("β₂", r.beta2)), "")
	theta := w.theta()
	if r.decoupled && r.weightDecay != 0 {
		theta = one.minus(w.eta().times(literal(r.weightDecay))).times(theta)
	}
	w.next(theta.minus(w.eta().times(m).over(v.root().plus(literal(r.eps)))))
}

// bias is the line of 1 − βᵗ.
func (w *Workings) bias(symbol string, beta float64) term {
	// Expm1 keeps the digits that 1 − Pow cancels.
	value := -math.Expm1(float64(w.t) * math.Log(beta))
	power := written{param12(beta) + superscript(w.t), bindsPower}
	return w.named("1 − "+symbol+superscript(w.t), difference(one.symbol, power), value)
}

// adamax is Adam with the largest gradient, fading, instead of the root of v;
// ε is inside the maximum, as in PyTorch.
type adamax struct{ beta1, beta2, eps, weightDecay float64 }

func (adamax) Memory(dim int) []Part {
	return []Part{{"1 − β₁ᵗ", "bias correction of m", 1}, {"m", firstMoment, dim}, {"u", largestSlope, dim}}
}

func (r adamax) Step(p *Point, state []float64) {
	n := len(p.Theta)
	m, u := state[1:1+n], state[1+n:]
	state[0] = r.beta1*state[0] + (1 - r.beta1)
	eta := p.Eta / state[0]
	for i, g := range p.Gradient {
		g += r.weightDecay * p.Theta[i]
		m[i] = r.beta1*m[i] + (1-r.beta1)*g
		u[i] = max(r.beta2*u[i], math.Abs(g)+r.eps)
		p.Theta[i] -= eta * m[i] / u[i]
	}
}

func (r adamax) Explain(w *Workings) {
	g := w.gradient(r.weightDecay)
	m := w.fading("m", r.beta1, g)
	u := w.line("u", literal(r.beta2).times(w.memory("u")).larger(g.abs().plus(literal(r.eps))), "")
	m = w.line("m̂", m.over(w.bias("β₁", r.beta1)), "")
	w.next(w.theta().minus(w.eta().times(m).over(u)))
}
