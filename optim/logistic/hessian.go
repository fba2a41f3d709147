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
	x := make([]float64, m.dim)
	for i := range m.rows {
		e := math.Exp(-math.Abs(m.score(i, theta)))
		addOuter(h, m.withBias(i, x), e/((1+e)*(1+e)))
	}
	m.mirror(h)
	for j := 1; j < m.dim; j++ {
		h[j*m.dim+j] += m.l2
	}
}

// addOuter adds weight·xxᵀ to the upper triangle of h.
func addOuter(h, x []float64, weight float64) {
	for j, v := range x {
		out := h[j*len(x) : (j+1)*len(x)]
		for k := j; k < len(x); k++ {
			out[k] += weight * v * x[k]
		}
	}
}

// mirror copies the upper triangle of h to the lower one.
func (m *Model) mirror(h []float64) {
	for j := range m.dim {
		for k := range j {
			h[j*m.dim+k] = h[k*m.dim+j]
		}
	}
}

// Lipschitz is λmax(XᵀX)/4 + λ, a bound on the Hessian's largest eigenvalue for
// every θ, because p(1−p) ≤ 1/4: gradient descent on J cannot rise when η is
// below 2/Lipschitz. +Inf when XᵀX overflows. It costs Rows·Dim² each time.
func (m *Model) Lipschitz() float64 {
	gram := make([]float64, m.dim*m.dim)
	x := make([]float64, m.dim)
	for i := range m.rows {
		addOuter(gram, m.withBias(i, x), 1)
	}
	m.mirror(gram)
	sym := mat.NewSymDense(m.dim, gram)
	trace := sym.Trace()
	if !allFinite(gram) || math.IsInf(trace, 1) {
		return math.Inf(1) // an eigenvalue solver may not return from such a matrix
	}
	// gonum's solver (v0.17) panics on blocks of very small or large norm, so it is
	// given 1 + XᵀX/trace, whose eigenvalues lie between 1 and 2.
	floats.Scale(1/trace, gram)
	for j := range m.dim {
		gram[j*m.dim+j]++
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(sym, false) {
		return trace/4 + m.l2 // the trace bounds λmax
	}
	return trace*(floats.Max(eigen.Values(nil))-1)/4 + m.l2
}
