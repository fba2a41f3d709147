package dataset_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat"

	"descent/optim/dataset"
)

func generated(t *testing.T, rows int, distance float64, seed uint64) *dataset.Set {
	t.Helper()
	s, err := dataset.Generated(rows, distance, seed)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func positives(s *dataset.Set) int {
	n := 0
	for _, y := range s.Y {
		n += int(y)
	}
	return n
}

func TestShapes(t *testing.T) {
	for _, test := range []struct {
		set             *dataset.Set
		rows, cols, pos int
	}{
		{dataset.Iris(), 100, 4, 50},
		{generated(t, 200, 2, 1), 200, 2, 100},
		{generated(t, 7, 2, 1), 7, 2, 3},
	} {
		s := test.set
		if s.Rows != test.rows || s.Cols != test.cols || positives(s) != test.pos {
			t.Errorf("%s: %d×%d with %d positives; want %d×%d with %d",
				s.Name, s.Rows, s.Cols, positives(s), test.rows, test.cols, test.pos)
		}
		if len(s.X) != s.Rows*s.Cols || len(s.Y) != s.Rows || len(s.Features) != s.Cols {
			t.Errorf("%s: %d values, %d labels, %d names do not fit %d×%d",
				s.Name, len(s.X), len(s.Y), len(s.Features), s.Rows, s.Cols)
		}
		if s.Title == "" || s.Origin == "" || s.Licence == "" || s.Classes[0] == "" || s.Classes[1] == "" {
			t.Errorf("%s: a caption is missing: %+v", s.Name, s)
		}
	}
}

func TestIrisFirstAndLastRow(t *testing.T) {
	s := dataset.Iris()
	if got, want := s.Row(0), []float64{7, 3.2, 4.7, 1.4}; !slices.Equal(got, want) || s.Y[0] != 0 {
		t.Errorf("row 0 is %v, label %g; want %v, label 0", got, s.Y[0], want)
	}
	if got, want := s.Row(99), []float64{5.9, 3, 5.1, 1.8}; !slices.Equal(got, want) || s.Y[99] != 1 {
		t.Errorf("row 99 is %v, label %g; want %v, label 1", got, s.Y[99], want)
	}
	if want := [2]string{"versicolor", "virginica"}; s.Classes != want {
		t.Errorf("classes %v, want %v", s.Classes, want)
	}
}

// The figures of a shared link must not change with a new version of Go.
func TestGeneratedIsPinned(t *testing.T) {
	s := generated(t, 3, 0, 1)
	got := fmt.Sprintf("%.17g", s.X)
	const want = "[-0.80248262411106563 0.42470705294967598 -0.49850709786328151 -0.98727645777458184 0.47701850096709109 -0.37300956589935985]"
	if got != want {
		t.Errorf("seed 1 draws %s, want %s", got, want)
	}
}

func TestGeneratedExtendsAndSlides(t *testing.T) {
	short, long := generated(t, 10, 2, 7), generated(t, 1000, 2, 7)
	if !slices.Equal(short.X, long.X[:len(short.X)]) {
		t.Error("the longer set does not begin with the shorter one")
	}
	apart, together := generated(t, 10, 5, 7), generated(t, 10, 0, 7)
	for i := range apart.Rows {
		side := 2*apart.Y[i] - 1
		for j, direction := range []float64{0.8, 0.6} {
			moved := apart.Row(i)[j] - together.Row(i)[j]
			if math.Abs(moved-side*2.5*direction) > 1e-14 {
				t.Errorf("row %d moved by %g along x%d", i, moved, j+1)
			}
		}
	}
	if other := generated(t, 10, 2, 8); slices.Equal(other.X, short.X) {
		t.Error("another seed draws the same points")
	}
}

func TestGeneratedMoments(t *testing.T) {
	const rows, distance = 20_000, 3
	s := generated(t, rows, distance, 3)
	// Standard errors of a mean and a deviation of 10,000 values are 0.01 and 0.007.
	for label := range 2 {
		for j, direction := range []float64{0.8, 0.6} {
			var column []float64
			for i := label; i < rows; i += 2 {
				column = append(column, s.Row(i)[j])
			}
			mean, deviation := stat.PopMeanStdDev(column, nil)
			if want := (float64(label) - 0.5) * distance * direction; math.Abs(mean-want) > 0.05 {
				t.Errorf("class %d: mean of x%d is %g, want about %g", label, j+1, mean, want)
			}
			if math.Abs(deviation-1) > 0.035 {
				t.Errorf("class %d: deviation of x%d is %g, want about 1", label, j+1, deviation)
			}
		}
	}
}

func TestGeneratedRefuses(t *testing.T) {
	for _, test := range []struct {
		rows     int
		distance float64
	}{{1, 2}, {-3, 2}, {dataset.MaxRows + 1, 2}, {10, -1}, {10, math.NaN()}, {10, math.Inf(1)}, {10, 1001}} {
		if _, err := dataset.Generated(test.rows, test.distance, 1); err == nil {
			t.Errorf("%d rows at distance %g are accepted", test.rows, test.distance)
		}
	}
}

func TestSelect(t *testing.T) {
	s, err := dataset.Iris().Select([]int{3, 1})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"petal width (cm)", "sepal width (cm)"}; !slices.Equal(s.Features, want) {
		t.Errorf("features %q, want %q", s.Features, want)
	}
	if got, want := s.Row(99), []float64{1.8, 3}; !slices.Equal(got, want) {
		t.Errorf("row 99 is %v, want %v", got, want)
	}
	for _, columns := range [][]int{nil, {4}, {-1}, {2, 3, 2}} {
		if _, err := dataset.Iris().Select(columns); err == nil {
			t.Errorf("columns %v are accepted", columns)
		}
	}
}
