package dataset_test

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/floats"

	"descent/optim/dataset"
)

// Points on a line, on a plane and at one place, in three features.
func TestPrincipal(t *testing.T) {
	root := math.Sqrt(0.5)
	for _, test := range []struct {
		name          string
		x             []float64
		mean          []float64
		first, second []float64
		explained     [2]float64
	}{
		{"a line that falls", []float64{0, 0, 1, 2, -2, 1, 4, -4, 1}, []float64{2, -2, 1}, []float64{root, -root, 0}, []float64{0, 0, 0}, [2]float64{1, 0}},
		{"a cross", []float64{0, 2, 0, 0, -2, 0, 1, 0, 0, -1, 0, 0}, []float64{0, 0, 0}, []float64{0, 1, 0}, []float64{1, 0, 0}, [2]float64{0.8, 0.2}},
		{"one place", []float64{0.1, 5, 5, 0.1, 5, 5}, []float64{0.1, 5, 5}, []float64{0, 0, 0}, []float64{0, 0, 0}, [2]float64{}},
		{"one row", []float64{1, 2, 3}, []float64{1, 2, 3}, []float64{0, 0, 0}, []float64{0, 0, 0}, [2]float64{}},
	} {
		s := &dataset.Set{X: test.x, Rows: len(test.x) / 3, Cols: 3}
		mean, components, explained := dataset.Principal(s)
		got := slices.Concat(mean, components[0], components[1], explained[:])
		want := slices.Concat(test.mean, test.first, test.second, test.explained[:])
		if !floats.EqualApprox(got, want, 1e-12) {
			t.Errorf("%s: got %v, want %v", test.name, got, want)
		}
	}
}

func TestPrincipalOfOneFeature(t *testing.T) {
	_, components, explained := dataset.Principal(&dataset.Set{X: []float64{3, 1, 2}, Rows: 3, Cols: 1})
	if explained != [2]float64{1, 0} || components[0][0] != 1 || components[1][0] != 0 {
		t.Errorf("got %v, %v", components, explained)
	}
}

// The components of every set are unit vectors at right angles, the same each time,
// and the rows vary along them as much as is said.
func TestPrincipalOfShipped(t *testing.T) {
	for _, test := range numpyTable {
		s, _ := named(t, test.set).Scaled(dataset.Standard)
		mean, c, explained := dataset.Principal(s)
		if a, b, right := floats.Norm(c[0], 2), floats.Norm(c[1], 2), floats.Dot(c[0], c[1]); math.Abs(a-1)+math.Abs(b-1)+math.Abs(right) > 1e-12 {
			t.Errorf("%s: lengths %g and %g, product %g", s.Key, a, b, right)
		}
		total, along := 0.0, [2]float64{}
		for i := range s.Rows {
			row := slices.Clone(s.Row(i))
			floats.Sub(row, mean)
			total += floats.Dot(row, row)
			for k := range c {
				along[k] += floats.Dot(row, c[k]) * floats.Dot(row, c[k])
			}
		}
		for k := range c {
			if math.Abs(along[k]/total-explained[k]) > 1e-12 {
				t.Errorf("%s: %g of the variance lies along component %d, said is %g", s.Key, along[k]/total, k+1, explained[k])
			}
		}
		if _, again, _ := dataset.Principal(s); !slices.Equal(again[0], c[0]) || !slices.Equal(again[1], c[1]) {
			t.Errorf("%s: another result the second time", s.Key)
		}
	}
}
