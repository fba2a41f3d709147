package logistic

import "math"

// A Pull is what one example does to θ: it pulls along its own x, as strongly as
// the model is mistaken about it. The pulls of all rows add up to −∇NLL.
type Pull struct {
	P       float64 // σ(θᵀx), the probability of label 1
	Mistake float64 // y − P, to full relative precision where P is near y
	Loss    float64 // the example's part of the NLL
	Size    float64 // |Mistake|·‖x‖₂, the length of the pull, the bias's 1 counted
}

// Pull is that of row i at theta.
func (m *Model) Pull(i int, theta []float64) Pull {
	score := m.score(i, theta)
	z, sign := score, -1.0
	if m.y[i] == 1 {
		z, sign = -score, 1
	}
	e := math.Exp(-math.Abs(z))
	missed := 1 / (1 + e)
	if z < 0 {
		missed *= e
	}
	length := 1.0
	for _, v := range m.row(i) {
		length += v * v
	}
	p := missed
	if m.y[i] == 1 {
		p = 1 - missed
	}
	return Pull{P: p, Mistake: sign * missed, Loss: max(z, 0) + math.Log1p(e), Size: missed * math.Sqrt(length)}
}

// At is the entry of X in row i and column j, column 0 being the bias's ones.
func (m *Model) At(i, j int) float64 { return m.at(i, j) }
