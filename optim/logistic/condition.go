package logistic

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// Condition is the condition number of the Hessian of J at theta, its largest
// eigenvalue over its smallest: how much longer than wide the valley is there. It
// is at least 1, and +Inf where the Hessian is singular within rounding or not
// finite. It costs Rows·Dim² and an eigenvalue problem of size Dim.
func (m *Model) Condition(theta []float64) float64 {
	h := make([]float64, m.dim*m.dim)
	m.Hessian(theta, h)
	sym := mat.NewSymDense(m.dim, h)
	trace := sym.Trace()
	if !allFinite(h) || !(trace > 0) || math.IsInf(trace, 1) {
		return math.Inf(1)
	}
	floats.Scale(1/trace, h) // gonum's solver (v0.17) panics on matrices of extreme norm
	var eigen mat.EigenSym
	if !eigen.Factorize(sym, false) {
		return math.Inf(1)
	}
	values := eigen.Values(nil)
	least, most := floats.Min(values), floats.Max(values)
	if !(least > float64(m.dim)*0x1p-52*most) {
		return math.Inf(1)
	}
	return most / least
}
