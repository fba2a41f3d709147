package logistic

import (
	"context"
	"math"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/mat"
)

// Lipschitz is λmax(XᵀX)/4 + λ, a bound on the Hessian's largest eigenvalue for
// every θ, because p(1−p) ≤ 1/4: gradient descent on J cannot rise when η is
// below 2/Lipschitz. +Inf when XᵀX overflows. It costs Rows·Dim² each time.
func (m *Model) Lipschitz() float64 {
	gram := make([]float64, m.dim*m.dim)
	_ = m.gram(context.Background(), gram, func(_ int, w []float64) {
		for k := range w {
			w[k] = 1
		}
	})
	return largestEigenvalue(gram, m.dim)/4 + m.l2
}

// Condition is the condition number of the Hessian of J at θ, its largest
// eigenvalue over its smallest, at least 1. The larger it is, the narrower is the
// valley and the slower gradient descent. It is +Inf where the Hessian is
// singular, overflows or is so nearly singular that rounding hides the smallest
// eigenvalue.
func (m *Model) Condition(theta []float64) float64 {
	c := newCurvature(m.dim)
	m.Hessian(theta, c.dense)
	largest := largestEigenvalue(append([]float64(nil), c.dense...), m.dim)
	if math.IsInf(largest, 0) || !c.factorize() {
		return math.Inf(1)
	}
	// The smallest eigenvalue is the inverse's largest; the inverse of the scaled
	// matrix is right where features have different units, which a solver for all
	// eigenvalues at once would lose in the rounding of the largest.
	var inverse mat.SymDense
	if err := c.chol.InverseTo(&inverse); err != nil {
		return math.Inf(1)
	}
	dense := make([]float64, 0, m.dim*m.dim)
	for j := range m.dim {
		for k := range m.dim {
			dense = append(dense, c.scale[j]*inverse.At(j, k)*c.scale[k])
		}
	}
	return max(1, largest*largestEigenvalue(dense, m.dim))
}

// largestEigenvalue is that of h, n×n and positive semidefinite, which it
// overwrites; +Inf when h is not finite.
func largestEigenvalue(h []float64, n int) float64 {
	sym := mat.NewSymDense(n, h)
	trace := sym.Trace()
	switch {
	case !allFinite(h) || math.IsInf(trace, 1):
		return math.Inf(1) // an eigenvalue solver may not return from such a matrix
	case trace <= 0:
		return 0
	}
	// gonum's solver (v0.17) panics on blocks of very small or large norm, so it is
	// given 1 + H/trace, whose eigenvalues lie between 1 and 2.
	for i := range h {
		h[i] /= trace
	}
	for j := range n {
		h[j*n+j]++
	}
	var eigen mat.EigenSym
	if !eigen.Factorize(sym, false) {
		return trace // it bounds the largest
	}
	return trace * (floats.Max(eigen.Values(nil)) - 1)
}
