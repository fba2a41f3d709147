package logistic

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// worstCondition is the condition number beyond which a factorised Hessian is
// taken for singular: fewer than two digits of a Newton step would be right.
const worstCondition = 1e14

// curvature is a Hessian factorised for Newton's method. It is scaled to ones on
// the diagonal first, D^(−½) H D^(−½), so that features in small and large units do
// not count as ill-conditioned.
type curvature struct {
	dense  []float64 // n×n: H, for the caller to fill; factorize overwrites it
	scale  []float64 // D^(−½)
	chol   mat.Cholesky
	lower  mat.TriDense
	scaled *mat.SymDense // over dense
}

func newCurvature(n int) *curvature {
	dense := make([]float64, n*n)
	return &curvature{
		dense:  dense,
		scale:  make([]float64, n),
		scaled: mat.NewSymDense(n, dense),
	}
}

// factorize reports false when H is not finite or numerically not positive
// definite.
func (c *curvature) factorize() bool {
	n := len(c.scale)
	for j := range n {
		d := c.dense[j*n+j]
		if !(d > 0) {
			return false
		}
		c.scale[j] = 1 / math.Sqrt(d)
	}
	for j := range n {
		floats.Mul(c.dense[j*n:(j+1)*n], c.scale)
		floats.Scale(c.scale[j], c.dense[j*n:(j+1)*n])
	}
	if !allFinite(c.dense) || !c.chol.Factorize(c.scaled) || !(c.chol.Cond() < worstCondition) {
		return false
	}
	c.chol.LTo(&c.lower)
	return true
}

// newtonStep returns −H⁻¹∇ and the Newton decrement (∇ᵀH⁻¹∇)^½.
func (c *curvature) newtonStep(grad []float64) (step []float64, decrement float64) {
	step = make([]float64, len(grad))
	floats.MulTo(step, grad, c.scale)
	v := mat.NewVecDense(len(step), step)
	if err := c.chol.SolveVecTo(v, v); err != nil {
		return step, math.NaN() // factorize has bounded the condition number
	}
	floats.Mul(step, c.scale)
	floats.Scale(-1, step)
	return step, math.Sqrt(max(0, -floats.Dot(step, grad)))
}

// inverseRoot is L⁻¹D^(−½), n×n row-major, so that xᵀH⁻¹x = ‖L⁻¹D^(−½)x‖².
func (c *curvature) inverseRoot() []float64 {
	n := len(c.scale)
	var inverse mat.TriDense
	// The error tells of a condition number that factorize has bounded.
	_ = inverse.InverseTri(&c.lower)
	root := make([]float64, n*n)
	for j := range n {
		for k := range j + 1 {
			root[j*n+k] = inverse.At(j, k) * c.scale[k]
		}
	}
	return root
}
