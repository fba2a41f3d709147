package optim

import "math"

// radam is Adam that waits with the division by √v̂ until enough gradients have
// been seen to trust v, and then lets it in gradually.
type radam struct{ beta1, beta2, eps, weightDecay float64 }

func (radam) Memory(dim int) []Part {
	return []Part{
		{"1 − β₁ᵗ", "bias correction of m", 1}, {"1 − β₂ᵗ", biasOfV, 1},
		{"m", firstMoment, dim}, {"v", secondMoment, dim},
	}
}

// rho is the length of the mean that v is, now and in the long run; c2 is
// 1 − β₂ᵗ.
func (r radam) rho(t int, c2 float64) (now, limit float64) {
	limit = 2/(1-r.beta2) - 1
	return limit - 2*float64(t)*(1-c2)/c2, limit
}

// trusted is the length from which v is used.
const trusted = 5

func rectify(now, limit float64) float64 {
	return math.Sqrt((now - 4) * (now - 2) * limit / ((limit - 4) * (limit - 2) * now))
}

func (r radam) Step(p *Point, state []float64) {
	n := len(p.Theta)
	m, v := state[2:2+n], state[2+n:]
	state[0] = r.beta1*state[0] + (1 - r.beta1)
	state[1] = r.beta2*state[1] + (1 - r.beta2)
	now, limit := r.rho(p.K+1, state[1])
	eta, rectified := p.Eta/state[0], now > trusted
	if rectified {
		eta *= rectify(now, limit) * math.Sqrt(state[1])
	}
	for i, g := range p.Gradient {
		g += r.weightDecay * p.Theta[i]
		m[i] = r.beta1*m[i] + (1-r.beta1)*g
		v[i] = r.beta2*v[i] + (1-r.beta2)*g*g
		if rectified {
			p.Theta[i] -= eta * m[i] / (math.Sqrt(v[i]) + r.eps)
		} else {
			p.Theta[i] -= eta * m[i]
		}
	}
}

func (r radam) Explain(w *Workings) {
	g := w.gradient(r.weightDecay)
	m := w.fading("m", r.beta1, g)
	v := w.fading("v", r.beta2, g.squared())
	m = w.line("m̂", m.over(w.bias("β₁", r.beta1)), "")
	c2 := w.bias("β₂", r.beta2)
	now, limit := r.rho(w.t, c2.values[0])
	power := written{param12(r.beta2) + superscript(w.t), bindsPower}
	rho := literal(limit).minus(count(2 * w.t).times(term{power, []written{power}, []float64{1 - c2.values[0]}}).over(c2))
	if now <= trusted {
		w.line("ρ", rho, "not above 5: v is not trusted yet")
		w.next(w.theta().minus(w.eta().times(m)))
		return
	}
	rho = w.line("ρ", rho, "above 5: v is used")
	whole := (limit - 4) * (limit - 2) / limit
	fraction := rho.minus(count(4)).times(rho.minus(count(2))).over(literal(whole).times(rho))
	rect := w.line("r", fraction.root(), "")
	w.next(w.theta().minus(w.eta().times(m).times(rect).times(c2.root()).over(v.root().plus(literal(r.eps)))))
}
