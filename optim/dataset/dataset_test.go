package dataset_test

import (
	"slices"
	"testing"

	"descent/optim/dataset"
)

func positives(s *dataset.Set) int {
	n := 0
	for _, y := range s.Y {
		n += int(y)
	}
	return n
}

// What is shipped is whole: shapes fit, captions are there, values are finite.
func TestShipped(t *testing.T) {
	keys := map[string]bool{}
	for _, test := range []struct {
		name            string
		rows, cols, pos int
		classes         [2]string
	}{
		{"iris", 100, 4, 50, [2]string{"versicolor", "virginica"}},
		{"breast-cancer", 569, 30, 357, [2]string{"malignant", "benign"}},
		{"digits-3-8", 357, 64, 174, [2]string{"3", "8"}},
		{"wine/0", 178, 13, 59, [2]string{"other growers", "grower 0"}},
		{"wine/1", 178, 13, 71, [2]string{"other growers", "grower 1"}},
		{"wine/2", 178, 13, 48, [2]string{"other growers", "grower 2"}},
	} {
		s := named(t, test.name)
		if s.Rows != test.rows || s.Cols != test.cols || positives(s) != test.pos || s.Classes != test.classes {
			t.Errorf("%s: %d×%d with %d positives, classes %q", test.name, s.Rows, s.Cols, positives(s), s.Classes)
		}
		if len(s.X) != s.Rows*s.Cols || len(s.Y) != s.Rows || len(s.Features) != s.Cols {
			t.Errorf("%s: %d values, %d labels, %d names do not fit %d×%d", test.name, len(s.X), len(s.Y), len(s.Features), s.Rows, s.Cols)
		}
		if s.Title == "" || s.Noun == "" || s.Origin == "" || s.Licence == "" || s.Citation == "" {
			t.Errorf("%s: a caption is missing", test.name)
		}
		if keys[s.Key] {
			t.Errorf("two sets have the key %s", s.Key)
		}
		keys[s.Key] = true
	}
	if s, ok := dataset.Shipped("wine"); !ok || s != dataset.Wine(dataset.DefaultWine) {
		t.Error("wine without a class is not that of the default class")
	}
	if _, ok := dataset.Shipped("mnist"); ok {
		t.Error("a set that is not shipped is found")
	}
}

func TestDigitsArePictures(t *testing.T) {
	s := named(t, "digits-3-8")
	if s.Unit != 16 || s.Image != [2]int{8, 8} || s.Features[26] != "pixel_3_2" {
		t.Errorf("unit %g, picture %v, column 26 is %s", s.Unit, s.Image, s.Features[26])
	}
	all := make([]int, s.Cols)
	for j := range all {
		all[j] = j
	}
	for _, test := range []struct {
		columns []int
		image   [2]int
	}{{all, s.Image}, {all[1:], [2]int{}}, {append([]int{1, 0}, all[2:]...), [2]int{}}} {
		part, err := s.Select(test.columns)
		if err != nil || part.Image != test.image {
			t.Errorf("columns %v: a picture of %v, want %v", test.columns, part.Image, test.image)
		}
	}
	scaled, _ := s.Scaled(dataset.Unit)
	for i, v := range s.X {
		if scaled.X[i] != v/16 {
			t.Fatalf("value %d is scaled from %g to %g, want a sixteenth", i, v, scaled.X[i])
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
