package dataset

import (
	"bytes"
	_ "embed"
	"sync"
)

//go:embed data/iris.csv
var irisCSV []byte

// The file is part of the binary: failing to read it is a programmer's error.
var iris = sync.OnceValue(func() *Set {
	t, err := readTable(bytes.NewReader(irisCSV))
	if err != nil {
		panic("dataset: data/iris.csv: " + err.Error())
	}
	s := t.pair(1, 2)
	s.Name = "iris"
	s.Title = "Iris: versicolor or virginica?"
	s.Features = []string{"sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)"}
	s.Origin = "R. A. Fisher’s 150 irises, as shipped with scikit-learn 1.2.1 (iris.csv); the 100 rows of versicolor and virginica"
	s.Licence = "BSD-3-Clause (scikit-learn developers)"
	s.Citation = "R. A. Fisher, The use of multiple measurements in taxonomic problems, Annals of Eugenics 7(2), 179–188, 1936"
	return s
})

// Iris returns versicolor (label 0) against virginica (label 1): 100 rows, 50 of
// each and all of versicolor first, with four lengths in centimetres. The two
// are not linearly separable. The Set is shared: do not modify it.
func Iris() *Set { return iris() }
