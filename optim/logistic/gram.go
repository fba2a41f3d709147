package logistic

import (
	"context"
	"math"

	"descent/optim/logistic/kernel"
)

// gram adds Σ wᵢ x̃ᵢx̃ᵢᵀ to h, Dim×Dim, where x̃ is a row of X with its 1 of the bias
// and wᵢ what weights stores for the rows from, from+1, … .
func (m *Model) gram(ctx context.Context, h []float64, weights func(from int, w []float64)) error {
	features, size := m.dim-1, m.blockRows()
	err := sumChunks(ctx, m.rows, h, func(from, count int, sum []float64) {
		var weightBuffer, factorBuffer [maxBlock]float64
		for end := from + count; from < end; from += size {
			k := min(size, end-from)
			w, factors, rows := weightBuffer[:k], factorBuffer[:k], inOrder[:k]
			x := m.x[from*features:]
			weights(from, w)
			for _, v := range w {
				sum[0] += v
			}
			kernel.Accumulate(x, features, rows, w, sum[1:m.dim])
			for j := range features {
				for i, v := range w {
					factors[i] = v * x[i*features+j]
				}
				// The upper triangle, and as much more as makes whole vectors.
				first := j &^ 3
				kernel.Accumulate(x[first:], features, rows, factors, sum[(j+1)*m.dim+1+first:(j+2)*m.dim])
			}
		}
	})
	mirror(h, m.dim)
	return err
}

// mirror copies the upper triangle of h, n×n, to the lower one.
func mirror(h []float64, n int) {
	for j := range n {
		for k := range j {
			h[j*n+k] = h[k*n+j]
		}
	}
}

// Hessian stores the second derivatives of J at θ in h, Dim×Dim row-major:
// Xᵀ diag(p(1−p)) X, plus λ on the diagonal but for the bias.
func (m *Model) Hessian(theta, h []float64) {
	_ = m.hessian(context.Background(), theta, h)
}

// hessian is Hessian; its error is the context's.
func (m *Model) hessian(ctx context.Context, theta, h []float64) error {
	clear(h)
	err := m.gram(ctx, h, func(from int, w []float64) { m.slopes(from, theta, w) })
	for j := 1; j < m.dim; j++ {
		h[j*m.dim+j] += m.l2
	}
	return err
}

// slopes stores σ′(θᵀx) = p(1−p) of the rows from, from+1, … in w, no more than a
// block.
func (m *Model) slopes(from int, theta, w []float64) {
	var (
		scores, labels, p, q [maxBlock]float64
		sums                 [8]float64
	)
	padded := (len(w) + 3) &^ 3
	kernel.Dots(m.x[from*(m.dim-1):], inOrder[:len(w)], nil, theta, scores[:padded])
	for k := len(w); k < padded; k++ {
		scores[k] = math.Inf(-1)
	}
	// p and p − 1, each to full relative precision.
	kernel.Residuals(scores[:padded], labels[:padded], p[:padded], &sums)
	for k := range labels {
		labels[k] = 1
	}
	kernel.Residuals(scores[:padded], labels[:padded], q[:padded], &sums)
	for k := range w {
		w[k] = -p[k] * q[k]
	}
}
