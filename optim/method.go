package optim

import (
	"math"

	"descent/optim/param"
)

// A Point is where a run stands when it asks its rule for a step.
type Point struct {
	K        int       // how many updates were made before this one, from 0
	Theta    []float64 // θ_k; the rule writes θ_{k+1} into it
	Gradient []float64 // ∇J(θ_k), read only
	Loss     float64   // J(θ_k)
	Eta      float64   // the learning rate of this update
}

// A Rule is one update. Its memory is a flat state vector, zero at the start,
// so that a run can record it, a figure can draw it and a replay can start
// anywhere. A step allocates nothing; a Rule is immutable and may be shared.
type Rule interface {
	// StateLen is the length of the state for a parameter of length dim.
	StateLen(dim int) int
	// Step replaces p.Theta and the state by their successors.
	Step(p *Point, state []float64)
}

// A Method is one catalogue entry: all that a form, an address, a lesson or a
// test may ask about a method.
type Method struct {
	ID      string
	Title   string
	Formula string      // TeX of the update
	Source  string      // where the method and this variant of it come from
	Params  param.Table // hyper-parameters besides the learning rate
	New     func(param.Values) Rule
	// StableEta is the rate below which the method converges on a quadratic
	// whose largest eigenvalue is lambdaMax > 0; nil where there is no such bound.
	StableEta func(v param.Values, lambdaMax float64) float64
}

// Methods is the catalogue in teaching order.
var Methods = []*Method{
	{
		ID: "gd", Title: "gradient descent",
		Formula: `\vec{\theta}_{t+1} = \vec{\theta}_t - \eta\, \nabla J(\vec{\theta}_t)`,
		Source:  "A. Cauchy, Comptes Rendus 25 (1847), 536–538",
		Params:  param.Table{weightDecay},
		New:     func(v param.Values) Rule { return gd{v.Float("weight_decay")} },
		StableEta: func(v param.Values, lambdaMax float64) float64 {
			return 2 / (lambdaMax + v.Float("weight_decay"))
		},
	},
	{
		ID: "momentum", Title: "momentum (heavy ball)",
		Formula: `\vec{b}_t = \mu\, \vec{b}_{t-1} + (1 - d)\, \vec{g}_t, \quad \vec{\theta}_{t+1} = \vec{\theta}_t - \eta\, \vec{b}_t`,
		Source:  "B. T. Polyak, USSR Comp. Math. Math. Phys. 4 (1964), 1–17, in PyTorch’s variant: the rate stands outside the buffer, and the first buffer is the plain gradient",
		Params: param.Table{
			{Name: "momentum", Label: "momentum", Symbol: "μ", Help: "How much of the last velocity is kept.", Min: 0, Max: 2, SoftMax: 1, Step: 0.01, Default: "0.9"},
			{Name: "dampening", Label: "dampening", Symbol: "d", Help: "Shrinks the new gradient’s share to 1 − d.", Min: 0, Max: 1, Step: 0.01, Default: "0"},
			weightDecay,
		},
		New: func(v param.Values) Rule {
			return momentum{v.Float("momentum"), v.Float("dampening"), v.Float("weight_decay")}
		},
		// From z² − (1 + μ − η(1−d)λ)z + μ: both roots lie inside the unit circle
		// while μ < 1 and η(1−d)λ < 2(1 + μ).
		StableEta: func(v param.Values, lambdaMax float64) float64 {
			mu := v.Float("momentum")
			if mu >= 1 {
				return 0
			}
			return 2 * (1 + mu) / ((1 - v.Float("dampening")) * (lambdaMax + v.Float("weight_decay")))
		},
	},
	{
		ID: "adam", Title: "Adam",
		Formula: `\vec{m}_t = \beta_1 \vec{m}_{t-1} + (1-\beta_1)\,\vec{g}_t, \quad \vec{v}_t = \beta_2 \vec{v}_{t-1} + (1-\beta_2)\,\vec{g}_t^2, \quad \vec{\theta}_{t+1} = \vec{\theta}_t - \eta\, \frac{\vec{m}_t / (1-\beta_1^t)}{\sqrt{\vec{v}_t / (1-\beta_2^t)} + \epsilon}`,
		Source:  "D. P. Kingma and J. Ba, arXiv:1412.6980 (2014), algorithm 1",
		Params: param.Table{
			{Name: "beta1", Label: "first-moment decay", Symbol: "β₁", Help: "How slowly the mean of the gradients forgets.", Min: 0, Max: 0.9999, Step: 0.01, Default: "0.9"},
			{Name: "beta2", Label: "second-moment decay", Symbol: "β₂", Help: "How slowly the mean of the squared gradients forgets.", Min: 0, Max: 0.999999, Step: 0.001, Default: "0.999"},
			{Name: "eps", Label: "stabiliser", Symbol: "ε", Help: "Keeps the division away from zero.", Min: 0, Max: 1, Step: 1e-8, Default: "1e-8"},
			weightDecay,
		},
		New: func(v param.Values) Rule {
			return adam{v.Float("beta1"), v.Float("beta2"), v.Float("eps"), v.Float("weight_decay")}
		},
	},
}

var weightDecay = param.Param{
	Name: "weight_decay", Label: "weight decay", Symbol: "λ", Help: "Adds λθ to the gradient: pulls θ towards 0.",
	Min: 0, Max: 100, SoftMax: 1, Step: 0.01, Default: "0",
}

// FindMethod finds a method by its id; nil when there is none.
func FindMethod(id string) *Method {
	for _, m := range Methods {
		if m.ID == id {
			return m
		}
	}
	return nil
}

// gd is θ ← θ − η(g + λθ).
type gd struct{ weightDecay float64 }

func (gd) StateLen(int) int { return 0 }

func (r gd) Step(p *Point, _ []float64) {
	for i, g := range p.Gradient {
		p.Theta[i] -= p.Eta * (g + r.weightDecay*p.Theta[i])
	}
}

// momentum is PyTorch's SGD with momentum: b ← μb + (1−d)g, θ ← θ − ηb, where
// the very first b is g itself, without dampening.
type momentum struct{ mu, dampening, weightDecay float64 }

func (momentum) StateLen(dim int) int { return dim }

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

// adam is Adam with bias correction; ε is added after it, outside the root.
type adam struct{ beta1, beta2, eps, weightDecay float64 }

func (adam) StateLen(dim int) int { return 2 * dim }

func (r adam) Step(p *Point, state []float64) {
	n := len(p.Theta)
	m, v := state[:n], state[n:]
	t := float64(p.K + 1)
	correct1, correct2 := 1-math.Pow(r.beta1, t), 1-math.Pow(r.beta2, t)
	for i, g := range p.Gradient {
		g += r.weightDecay * p.Theta[i]
		m[i] = r.beta1*m[i] + (1-r.beta1)*g
		v[i] = r.beta2*v[i] + (1-r.beta2)*g*g
		p.Theta[i] -= p.Eta / correct1 * m[i] / (math.Sqrt(v[i]/correct2) + r.eps)
	}
}
