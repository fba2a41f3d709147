package dataset

import (
	"math"

	"gonum.org/v1/gonum/stat"
)

// Scale names a way to bring features to comparable size.
type Scale string

// The scales. Figures are taken over the rows of the set at hand.
const (
	Raw      Scale = "raw"      // as measured
	Standard Scale = "standard" // (x − mean)/deviation, the deviation with divisor Rows (ddof 0)
	Unit     Scale = "unit"     // x over the largest value that the set states, else over the feature's largest absolute value
)

// Scaling maps raw features to scaled ones, z = (x − Shift)/Divisor for each
// feature, and back. Divisor is never 0: a feature that Standard finds constant
// has divisor 1 and so becomes 0, one that Unit finds all 0 stays 0.
type Scaling struct {
	Shift, Divisor []float64 // Cols each
}

// Apply scales one row of raw features in place.
func (s Scaling) Apply(row []float64) {
	for j := range row {
		row[j] = (row[j] - s.Shift[j]) / s.Divisor[j]
	}
}

// Invert returns one row of scaled features to raw units, in place.
func (s Scaling) Invert(row []float64) {
	for j := range row {
		row[j] = row[j]*s.Divisor[j] + s.Shift[j]
	}
}

// RawTheta returns the weights (bias first) that give raw features the same θᵀx
// as theta gives scaled ones. The boundary they describe is the same plane.
func (s Scaling) RawTheta(theta []float64) []float64 {
	raw := make([]float64, len(theta))
	raw[0] = theta[0]
	for j, divisor := range s.Divisor {
		raw[j+1] = theta[j+1] / divisor
		raw[0] -= raw[j+1] * s.Shift[j]
	}
	return raw
}

// Scaled returns the set with scaled features, and the scaling that was used. It
// panics when kind is none of the three scales.
func (s *Set) Scaled(kind Scale) (*Set, Scaling) {
	scaling := Scaling{Shift: make([]float64, s.Cols), Divisor: make([]float64, s.Cols)}
	column := make([]float64, s.Rows)
	for j := range s.Cols {
		for i := range column {
			column[i] = s.X[i*s.Cols+j]
		}
		scaling.Shift[j], scaling.Divisor[j] = s.shiftAndDivisor(kind, column)
	}
	out := *s
	out.X = append([]float64(nil), s.X...)
	for i := range out.Rows {
		scaling.Apply(out.Row(i))
	}
	return &out, scaling
}

func (s *Set) shiftAndDivisor(kind Scale, column []float64) (shift, divisor float64) {
	switch kind {
	case Raw:
		return 0, 1
	case Standard:
		// Equal values need their own test: the mean of m equal numbers is not always
		// that number, and the deviation then is a rounding error to divide by. Values
		// below 1e-160 or so have a deviation whose square underflows.
		mean, deviation := stat.PopMeanStdDev(column, nil)
		if constant(column) || !(deviation > 0) {
			return column[0], 1
		}
		return mean, deviation
	case Unit:
		if s.Unit > 0 {
			return 0, s.Unit
		}
		for _, v := range column {
			divisor = max(divisor, math.Abs(v))
		}
		if divisor == 0 {
			divisor = 1
		}
		return 0, divisor
	}
	panic("dataset: unknown scale " + string(kind))
}

func constant(column []float64) bool {
	for _, v := range column {
		if v != column[0] {
			return false
		}
	}
	return true
}
