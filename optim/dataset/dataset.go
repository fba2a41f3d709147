// Package dataset holds the data that the lessons fit: X, y and what a caption
// needs to say about them.
//
// Four sets are shipped with the program ([Iris], [Wine], [Shipped]); [Generate] draws
// one from a seed. A [Set] may be narrowed to some features ([Set.Select]) and its features brought to
// comparable size ([Set.Scaled]), which makes gradient descent converge in fewer
// steps; the [Scaling] leads back to raw units. Package logistic fits it:
//
//	data, scaling := dataset.Iris().Scaled(dataset.Standard)
//	m := logistic.New(data.X, data.Y, data.Cols, 0)
//
// # Conventions
//
// A Set has two classes, labelled 0 and 1. X is row-major, one row per example,
// without a bias column, in the units that Features name. A Set
// is immutable once made: functions that change something return a new one, so
// one Set may serve many requests at once, and callers must not write to its
// slices. The same seed makes the same data.
//
// # Sources
//
// Each Set says where its figures come from, whom to cite and under what terms they
// are passed on; the files in data/ are described there. The moons, rings and
// exclusive or of [Generate] are drawn as in scikit-learn's make_moons and
// make_circles, and in M. Minsky and S. Papert, Perceptrons (1969).
//
// The package neither splits, shuffles nor imputes, knows no third class, and
// reads no files at run time.
package dataset

import (
	"fmt"
	"slices"
)

// Set is a data set for two-class classification.
type Set struct {
	Name     string    // what a URL calls it: "iris", "generated"
	Key      string    // what tells it from every set with other figures or labels
	Title    string    // what a heading calls it
	Noun     string    // what its examples are called, in the plural: "flowers"
	Features []string  // Cols names with their units, in the file's order
	Classes  [2]string // the names of labels 0 and 1
	X        []float64 // Rows×Cols, row-major, finite
	Y        []float64 // Rows labels, each 0 or 1
	Rows     int       // at least 1
	Cols     int       // at least 1; the bias is not counted

	Unit  float64 // the largest value that the set states for its features, 16 for pixels; 0: none
	Image [2]int  // height and width of a row as a picture, their product Cols; zero: it is none

	Origin   string // where the figures come from
	Licence  string // under what terms they are passed on
	Citation string // the publication to cite; empty for generated data
}

// Row returns the features of example i, a view into X.
func (s *Set) Row(i int) []float64 {
	return s.X[i*s.Cols : (i+1)*s.Cols : (i+1)*s.Cols]
}

// Select returns the set with the given 0-based columns, in the given order. It
// is an error to name no column, one that does not exist, or one twice: a
// repeated column would leave the weights undetermined. What is left of a picture
// is none.
func (s *Set) Select(columns []int) (*Set, error) {
	if len(columns) == 0 {
		return nil, fmt.Errorf("dataset: no column chosen from the %d of %s", s.Cols, s.Name)
	}
	for i, c := range columns {
		switch {
		case c < 0 || c >= s.Cols:
			return nil, fmt.Errorf("dataset: column %d is not among the %d of %s", c, s.Cols, s.Name)
		case slices.Contains(columns[:i], c):
			return nil, fmt.Errorf("dataset: column %d is chosen twice", c)
		}
	}
	out := *s
	out.Cols = len(columns)
	if !inOrder(columns, s.Cols) {
		out.Image = [2]int{}
	}
	out.Features = make([]string, 0, len(columns))
	for _, c := range columns {
		out.Features = append(out.Features, s.Features[c])
	}
	out.X = make([]float64, 0, s.Rows*len(columns))
	for i := range s.Rows {
		row := s.Row(i)
		for _, c := range columns {
			out.X = append(out.X, row[c])
		}
	}
	return &out, nil
}

// inOrder reports whether columns are all n in their order.
func inOrder(columns []int, n int) bool {
	for i, c := range columns {
		if c != i {
			return false
		}
	}
	return len(columns) == n
}
