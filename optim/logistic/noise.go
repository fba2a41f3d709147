package logistic

// Noise describes how the gradients of single rows scatter around their mean at
// one θ: what a mini-batch's gradient is a sample of.
type Noise struct {
	Mean       []float64 // Dim: the mean over the rows, ∇J/Rows
	Covariance []float64 // Dim×Dim, divided by Rows: the rows are the whole population
	Rows, Dim  int       // of the model
}

// Noise computes the mean and covariance of the rows' gradients at θ; each row
// carries its share 1/Rows of the penalty.
func (m *Model) Noise(theta []float64) Noise {
	n := Noise{
		Mean:       make([]float64, m.dim),
		Covariance: make([]float64, m.dim*m.dim),
		Rows:       m.rows,
		Dim:        m.dim,
	}
	m.Eval(theta, n.Mean)
	for j := range n.Mean {
		n.Mean[j] /= float64(m.rows)
	}
	gradient := make([]float64, m.dim)
	row := make([]int, 1)
	for i := range m.rows {
		row[0] = i
		m.EvalRows(row, theta, gradient)
		for j := range gradient {
			gradient[j] -= n.Mean[j]
		}
		for j, v := range gradient {
			for k, w := range gradient {
				n.Covariance[j*m.dim+k] += v * w / float64(m.rows)
			}
		}
	}
	return n
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
