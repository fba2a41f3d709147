package logistic

import (
	"context"

	"gonum.org/v1/gonum/floats"

	"descent/optim/logistic/kernel"
)

// Noise describes how the gradients of single rows scatter around their mean at
// one θ: what a mini-batch's gradient is a sample of.
type Noise struct {
	Mean       []float64 // Dim: the mean over the rows, ∇J/Rows
	Covariance []float64 // Dim×Dim, divided by Rows: the rows are the whole population
	Rows, Dim  int       // of the model
}

// Noise computes the mean and covariance of the rows' gradients at θ; each row
// carries its share 1/Rows of the penalty. It costs Rows·Dim².
func (m *Model) Noise(theta []float64) Noise {
	n := Noise{
		Mean:       make([]float64, m.dim),
		Covariance: make([]float64, m.dim*m.dim),
		Rows:       m.rows,
		Dim:        m.dim,
	}
	m.pass(m.all(), theta, n.Mean, gradientAlone)
	floats.Scale(1/float64(m.rows), n.Mean)
	// The penalty is the same for each row and so leaves the covariance as it is.
	size := m.blockRows()
	_ = sumChunks(context.Background(), m.rows, n.Covariance, func(from, count int, sum []float64) {
		around, column := make([]float64, size*m.dim), make([]float64, size)
		for end := from + count; from < end; from += size {
			k := min(size, end-from)
			m.around(n.Mean, from, k, theta, around)
			for j := range m.dim {
				for i := range k {
					column[i] = around[i*m.dim+j]
				}
				first := j &^ 3
				kernel.Accumulate(around[first:], m.dim, inOrder[:k], column, sum[j*m.dim+first:(j+1)*m.dim])
			}
		}
	})
	mirror(n.Covariance, m.dim)
	floats.Scale(1/float64(m.rows), n.Covariance)
	m.penalty(theta, n.Mean, 1/float64(m.rows))
	return n
}

// around stores rᵢx̃ᵢ − mean, row-major, for count rows, no more than a block: how far
// each row's gradient lies from the mean.
func (m *Model) around(mean []float64, from, count int, theta, out []float64) {
	var (
		scores, labels, residuals [maxBlock]float64
		sums                      [8]float64
	)
	m.block(visit{from: from, count: count}, theta, nil, gradientAlone, scores[:], labels[:], residuals[:], &sums)
	for i := range count {
		row := out[i*m.dim : (i+1)*m.dim]
		m.withBias(from+i, row)
		for j, v := range row {
			row[j] = residuals[i]*v - mean[j]
		}
	}
}

// Variance is the trace of Covariance, σ² = E‖∇fᵢ − ∇f‖²: the expected squared
// distance of one row's gradient from the mean.
func (n Noise) Variance() float64 {
	trace := 0.0
	for j := range n.Dim {
		trace += n.Covariance[j*n.Dim+j]
	}
	return trace
}

// BatchVariance is the expected squared distance of the mean gradient over a
// random batch of b rows from the mean over all: σ²/b with replacement, and
// (σ²/b)·(m−b)/(m−1) without, which is 0 for b = m (the finite-population
// correction; W. G. Cochran, Sampling Techniques, 3rd ed., theorem 2.2). The
// variance of the batch's sum is b² times that. b is 1 to Rows.
func (n Noise) BatchVariance(b int, replacement bool) float64 {
	variance := n.Variance() / float64(b)
	switch {
	case replacement:
		return variance
	case b >= n.Rows:
		return 0
	}
	return variance * float64(n.Rows-b) / float64(n.Rows-1)
}
