package logistic

import "math"

// Plane is J over two of the weights: at θ with θ[j] = xs[a] and θ[k] = ys[b],
// j ≠ k, for each b and a, row by row (len(xs)·len(ys) values, xs varying faster).
// The other weights are those of theta, which is not changed. What they add to
// θᵀx is computed once per row, so that a value costs Rows exponentials whatever
// Dim is.
func (m *Model) Plane(theta []float64, j, k int, xs, ys []float64) []float64 {
	at := append([]float64(nil), theta...)
	at[j], at[k] = 0, 0
	fixed, u, v := make([]float64, m.rows), make([]float64, m.rows), make([]float64, m.rows)
	for i := range m.rows {
		sign := 1 - 2*m.y[i] // the loss of a row with label 1 is that of −θᵀx
		fixed[i], u[i], v[i] = sign*m.score(i, at), sign*m.at(i, j), sign*m.at(i, k)
	}
	values := make([]float64, 0, len(xs)*len(ys))
	row := make([]float64, m.rows)
	for _, y := range ys {
		for i := range row {
			row[i] = fixed[i] + y*v[i]
		}
		for _, x := range xs {
			at[j], at[k] = x, y
			values = append(values, sumLosses(row, u, x)+m.penalty(at, nil, 1))
		}
	}
	return values
}

// sumLosses is Σ log(1 + exp(zᵢ)) with zᵢ = rowᵢ + x·uᵢ.
func sumLosses(row, u []float64, x float64) float64 {
	// The logarithms of a block are one of its product: each factor is at most 2, so
	// that 512 of them stay far from overflow.
	const block = 512
	sum := 0.0
	for from := 0; from < len(row); from += block {
		product := 1.0
		for i := from; i < min(from+block, len(row)); i++ {
			z := row[i] + x*u[i]
			sum += max(z, 0)
			product *= 1 + math.Exp(-math.Abs(z))
		}
		sum += math.Log(product)
	}
	return sum
}
