package optim

import "math"

// nadam is Adam with Nesterov momentum whose weight μ grows from step to step,
// as PyTorch ≥ 2.0 has it.
type nadam struct{ beta1, beta2, eps, momentumDecay, weightDecay float64 }

func (nadam) Memory(dim int) []Part {
	return []Part{
		{"1 − Πμ", "bias correction of m", 1}, {"1 − β₂ᵗ", biasOfV, 1},
		{"m", firstMoment, dim}, {"v", secondMoment, dim},
	}
}

// mu is β₁(1 − ½·0.96^(tψ)).
func (r nadam) mu(t int) float64 {
	return r.beta1 * (1 - 0.5*math.Exp(float64(t)*r.momentumDecay*math.Log(0.96)))
}

func (r nadam) Step(p *Point, state []float64) {
	n := len(p.Theta)
	m, v := state[2:2+n], state[2+n:]
	mu, ahead := r.mu(p.K+1), r.mu(p.K+2)
	state[0] = mu*state[0] + (1 - mu) // 1 − μ₁···μ_t, by the recurrence above
	state[1] = r.beta2*state[1] + (1 - r.beta2)
	ofMoment, ofGradient := p.Eta*ahead/(ahead*state[0]+(1-ahead)), p.Eta*(1-mu)/state[0]
	correction := 1 / math.Sqrt(state[1])
	for i, g := range p.Gradient {
		g += r.weightDecay * p.Theta[i]
		m[i] = r.beta1*m[i] + (1-r.beta1)*g
		v[i] = r.beta2*v[i] + (1-r.beta2)*g*g
		p.Theta[i] -= (ofMoment*m[i] + ofGradient*g) / (math.Sqrt(v[i])*correction + r.eps)
	}
}

func (r nadam) Explain(w *Workings) {
	g := w.gradient(r.weightDecay)
	m := w.fading("m", r.beta1, g)
	v := w.fading("v", r.beta2, g.squared())
	mu := w.momentumWeight(r, w.t)
	ahead := w.momentumWeight(r, w.t+1)
	before := w.vector("Πμ"+subscript(w.t-1), []float64{1 - w.memory("1 − Πμ").values[0]})
	product := w.line("Πμ", before.times(mu), "the product μ₁·…·μ"+subscript(w.t))
	m = w.line("m̂", ahead.times(m).over(one.minus(product.times(ahead))).plus(one.minus(mu).times(g).over(one.minus(product))), "")
	v = w.line("v̂", v.over(w.bias("β₂", r.beta2)), "")
	w.next(w.theta().minus(w.eta().times(m).over(v.root().plus(literal(r.eps)))))
}

// momentumWeight is the line of μ at update t.
func (w *Workings) momentumWeight(r nadam, t int) term {
	text := param12(r.beta1) + "·(1 − 0.5·0.96^(" + count(t).symbol.text + "·" + param12(r.momentumDecay) + "))"
	return w.named("μ"+subscript(t), written{text, bindsProduct}, r.mu(t))
}
