package dataset

import (
	"math"

	"gonum.org/v1/gonum/mat"
)

// Principal returns the mean of the rows and the two directions in which they vary
// most, the first two principal components: unit vectors of length Cols, at right
// angles to each other, the entry that is largest in size being positive. explained
// is the share of the whole variance along each, 0 to 1. Where the rows vary in
// fewer than two directions, the missing ones are zero vectors. Features in
// different units should be scaled first ([Set.Scaled]).
//
// The point of a row x in the plane of the two is (cᵀ(x − mean) for each c). Time is
// Rows·Cols² + Cols³ (I. T. Jolliffe, Principal Component Analysis, 2nd edition, 2002).
func Principal(s *Set) (mean []float64, components [2][]float64, explained [2]float64) {
	mean = make([]float64, s.Cols)
	for i := range s.Rows {
		for j, v := range s.Row(i) {
			mean[j] += v / float64(s.Rows)
		}
	}
	components = [2][]float64{make([]float64, s.Cols), make([]float64, s.Cols)}
	var eigen mat.EigenSym
	if !eigen.Factorize(s.covariance(mean), true) {
		return mean, components, explained
	}
	values := eigen.Values(nil) // ascending
	var vectors mat.Dense
	eigen.VectorsTo(&vectors)
	total := 0.0
	for _, v := range values {
		total += max(v, 0)
	}
	for k := range min(2, s.Cols) {
		at := s.Cols - 1 - k
		if !(values[at] > 1e-12*total) {
			break // what is left is rounding
		}
		explained[k] = values[at] / total
		mat.Col(components[k], at, &vectors)
		orient(components[k])
	}
	return mean, components, explained
}

// covariance is that of the columns, with divisor Rows.
func (s *Set) covariance(mean []float64) *mat.SymDense {
	c := mat.NewSymDense(s.Cols, nil)
	dense := c.RawSymmetric().Data
	centred := make([]float64, s.Cols)
	for i := range s.Rows {
		for j, v := range s.Row(i) {
			centred[j] = v - mean[j]
		}
		for j, v := range centred {
			v /= float64(s.Rows)
			for k, w := range centred[j:] {
				dense[j*s.Cols+j+k] += v * w
			}
		}
	}
	return c
}

// orient chooses between v and −v. Entries that differ by rounding alone count as
// equal in size; the first of them decides.
func orient(v []float64) {
	largest := 0.0
	for _, x := range v {
		largest = max(largest, math.Abs(x))
	}
	for _, x := range v {
		if math.Abs(x) < largest*(1-1e-9) {
			continue
		}
		if x < 0 {
			for j := range v {
				v[j] = -v[j]
			}
		}
		return
	}
}
