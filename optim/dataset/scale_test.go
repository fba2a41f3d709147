package dataset_test

import (
	"math"
	"slices"
	"testing"

	"descent/optim/dataset"
)

// numpy's mean and population deviation of the 100 rows.
func TestStandardOfIris(t *testing.T) {
	_, scaling := dataset.Iris().Scaled(dataset.Standard)
	mean := []float64{6.261999999999998, 2.872000000000001, 4.906000000000001, 1.6760000000000006}
	deviation := []float64{0.659511940756193, 0.33108307114680446, 0.8214401986754728, 0.4226393261399133}
	for j := range mean {
		if math.Abs(scaling.Shift[j]-mean[j]) > 1e-13 || math.Abs(scaling.Divisor[j]-deviation[j]) > 1e-13 {
			t.Errorf("feature %d: mean %v, deviation %v; want %v, %v",
				j, scaling.Shift[j], scaling.Divisor[j], mean[j], deviation[j])
		}
	}
}

func TestScaled(t *testing.T) {
	set := &dataset.Set{
		Name: "hand", Rows: 4, Cols: 4, Y: []float64{0, 0, 1, 1},
		Features: []string{"spread", "constant", "zero", "negative"},
		X: []float64{
			2, 0.1, 0, -4,
			4, 0.1, 0, -1,
			4, 0.1, 0, -2,
			6, 0.1, 0, -1,
		},
	}
	root2 := math.Sqrt2
	for _, test := range []struct {
		kind dataset.Scale
		want []float64 // columns one after the other
	}{
		{dataset.Raw, []float64{2, 4, 4, 6, 0.1, 0.1, 0.1, 0.1, 0, 0, 0, 0, -4, -1, -2, -1}},
		{dataset.Standard, []float64{-root2, 0, 0, root2, 0, 0, 0, 0, 0, 0, 0, 0,
			-2 / math.Sqrt(1.5), 1 / math.Sqrt(1.5), 0, 1 / math.Sqrt(1.5)}},
		{dataset.Unit, []float64{1. / 3, 2. / 3, 2. / 3, 1, 1, 1, 1, 1, 0, 0, 0, 0, -1, -0.25, -0.5, -0.25}},
	} {
		before := slices.Clone(set.X)
		scaled, scaling := set.Scaled(test.kind)
		for j := range set.Cols {
			for i := range set.Rows {
				got, want := scaled.Row(i)[j], test.want[j*set.Rows+i]
				if math.Abs(got-want) > 1e-15 {
					t.Errorf("%s: row %d of %q is %v, want %v", test.kind, i, set.Features[j], got, want)
				}
			}
		}
		for i := range set.Rows {
			row := slices.Clone(scaled.Row(i))
			scaling.Invert(row)
			for j := range row {
				if math.Abs(row[j]-set.Row(i)[j]) > 1e-15 {
					t.Errorf("%s: row %d of %q returns as %v, want %v", test.kind, i, set.Features[j], row[j], set.Row(i)[j])
				}
			}
		}
		if !slices.Equal(set.X, before) {
			t.Fatalf("%s: the set itself was changed", test.kind)
		}
	}
}

// A constant feature becomes exactly 0 even where its mean rounds away from it.
func TestConstantFeature(t *testing.T) {
	for _, value := range []float64{0.1, 1. / 3, 1e140, -1e-310} {
		for rows := 1; rows < 40; rows++ {
			set := &dataset.Set{Rows: rows, Cols: 1, Y: make([]float64, rows), X: slices.Repeat([]float64{value}, rows)}
			scaled, _ := set.Scaled(dataset.Standard)
			if !slices.Equal(scaled.X, make([]float64, rows)) {
				t.Fatalf("%d times %g is scaled to %v", rows, value, scaled.X)
			}
		}
	}
}

func TestRawTheta(t *testing.T) {
	set := dataset.Iris()
	for _, kind := range []dataset.Scale{dataset.Raw, dataset.Standard, dataset.Unit} {
		scaled, scaling := set.Scaled(kind)
		theta := []float64{0.5, -0.25, 2, -3, 1}
		raw := scaling.RawTheta(theta)
		for i := range set.Rows {
			a, b := theta[0], raw[0]
			for j := range set.Cols {
				a += theta[j+1] * scaled.Row(i)[j]
				b += raw[j+1] * set.Row(i)[j]
			}
			if math.Abs(a-b) > 1e-12 {
				t.Fatalf("%s: row %d has θᵀx %v scaled and %v raw", kind, i, a, b)
			}
		}
	}
}
