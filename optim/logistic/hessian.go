package logistic

import (
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// Hessian stores the second derivatives of J at θ in h, Dim×Dim row-major:
// Xᵀ diag(p(1−p)) X, plus λ on the diagonal but for the bias.
func (m *Model) Hessian(theta, h []float64) {
	clear(h)
	for i := range m.rows {
		e := math.Exp(-math.Abs(m.score(i, theta)))
		m.addOuter(h, i, e/((1+e)*(1+e)))
	}
	m.mirror(h)
	for j := 1; j < m.cols; j++ {
		h[j*m.cols+j] += m.l2
	}
}

// addOuter adds weight·xᵢxᵢᵀ to the upper triangle of h.
func (m *Model) addOuter(h []float64, i int, weight float64) {
	row := m.row(i)
	for j, v := range row {
		out := h[j*m.cols : (j+1)*m.cols]
		for k := j; k < len(row); k++ {
			out[k] += weight * v * row[k]
		}
	}
}

// mirror copies the upper triangle of h to the lower one.
func (m *Model) mirror(h []float64) {
	for j := range m.cols {
		for k := range j {
			h[j*m.cols+k] = h[k*m.cols+j]
		}
	}
}

// Lipschitz is λmax(XᵀX)/4 + λ, a bound on the Hessian's largest eigenvalue for
// every θ, because p(1−p) ≤ 1/4: gradient descent on J cannot rise when η is
// below 2/Lipschitz. +Inf when XᵀX overflows. It costs Rows·Dim² each time.
func (m *Model) Lipschitz() float64 {
	gram := make([]float64, m.cols*m.cols)
	for i := range m.rows {
		m.addOuter(gram, i, 1)
	}
	m.mirror(gram)
	sym := mat.NewSymDense(m.cols, gram)
	trace := sym.Trace()
	if !allFinite(gram) || math.IsInf(trace, 1) {
		return math.Inf(1) // an eigenvalue solver may not return from such a matrix
	}
	// gonum's solver (v0.17) panics on blocks of very small or large norm, so it is
	// given 1 + XᵀX/trace, whose eigenvalues lie between 1 and 2.
	floats.Scale(1/trace, gram)
	for j := range m.cols {
		gram[j*m.cols+j]++
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(sym, false) {
		return trace/4 + m.l2 // the trace bounds λmax
	}
	return trace*(floats.Max(eigen.Values(nil))-1)/4 + m.l2
}
