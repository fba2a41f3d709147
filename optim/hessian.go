package optim

import (
	"math"

	"descent/optim/expr"
)

// A hessian evaluates second derivatives; it belongs to one goroutine.
type hessian struct {
	dim     int
	entries []*expr.Evaluator // upper triangle, row by row
}

func (f *Function) hessian() *hessian {
	h := &hessian{dim: f.Dim()}
	for _, p := range f.second() {
		h.entries = append(h.entries, p.NewEvaluator())
	}
	return h
}

// borrowHessian is hessian for a moment: it goes back with f.spare.Put.
func (f *Function) borrowHessian() *hessian { return f.spare.Get().(*hessian) }

// hessianCost is a rough price of one evaluation of the Hessian, in
// nanoseconds.
func (f *Function) hessianCost() int {
	cost := 0
	for _, p := range f.second() {
		cost += p.Cost()
	}
	return cost
}

// at fills the dim×dim matrix out with the Hessian at θ.
func (h *hessian) at(theta, out []float64) {
	e := 0
	for i := range h.dim {
		for j := i; j < h.dim; j++ {
			v := h.entries[e].Eval(theta, nil)
			out[i*h.dim+j], out[j*h.dim+i] = v, v
			e++
		}
	}
}

// Hessian is the matrix of second derivatives at θ, Dim×Dim, from the
// symbolic derivatives.
func (f *Function) Hessian(theta []float64) []float64 {
	out := make([]float64, f.Dim()*f.Dim())
	h := f.borrowHessian()
	defer f.spare.Put(h)
	h.at(theta, out)
	return out
}

// Eigenvalues of a symmetric 1×1 or 2×2 matrix, ascending; nil when an entry
// is not finite or an eigenvalue overflows. In closed form: gonum 0.17's
// EigenSym panics on finite matrices of very uneven scale.
func Eigenvalues(h []float64, n int) []float64 {
	lo, hi := spectrum(h, n)
	switch {
	case !finite(lo) || !finite(hi):
		return nil
	case n == 1:
		return []float64{lo}
	}
	return []float64{lo, hi}
}

// spectrum is the least and the largest eigenvalue of a symmetric 1×1 or 2×2
// matrix; not both finite where [Eigenvalues] is nil.
func spectrum(h []float64, n int) (lo, hi float64) {
	if n == 1 {
		return h[0], h[0]
	}
	middle, radius := h[0]/2+h[3]/2, math.Hypot(h[0]/2-h[3]/2, h[1])
	lo, hi = middle-radius, middle+radius
	if !finite(lo) || !finite(hi) {
		return lo, hi
	}
	// The one of smaller magnitude loses its digits in the difference. A diagonal
	// has it exactly; else it is the determinant over the other one.
	if h[1] == 0 {
		return min(h[0], h[3]), max(h[0], h[3])
	}
	if det := determinant(h); finite(det) && det != 0 {
		if middle > 0 {
			lo = det / hi
		} else if middle < 0 {
			hi = det / lo
		}
	}
	return lo, hi
}

// determinant of a symmetric 2×2 matrix, to about an ulp (Kahan's difference of
// products); not finite where a product overflows.
func determinant(h []float64) float64 {
	square := h[1] * h[1]
	rounding := math.FMA(-h[1], h[1], square)
	return math.FMA(h[0], h[3], -square) + rounding
}

// alongEigenvectors is a vector's parts along the unit eigenvectors of a
// symmetric 1×1 or 2×2 matrix, in the order of [Eigenvalues].
func alongEigenvectors(h, v []float64) []float64 {
	if len(v) == 1 {
		return []float64{v[0]}
	}
	// The eigenvector of the larger eigenvalue has this angle to the first axis,
	// the other one is at a right angle to it.
	sin, cos := math.Sincos(math.Atan2(2*h[1], h[0]-h[3]) / 2)
	return []float64{cos*v[1] - sin*v[0], cos*v[0] + sin*v[1]}
}
