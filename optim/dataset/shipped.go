package dataset

import (
	"bytes"
	_ "embed"
	"fmt"
	"io"
	"strings"
	"sync"
)

var (
	//go:embed data/iris.csv
	irisCSV []byte
	//go:embed data/breast_cancer.csv
	breastCancerCSV []byte
	//go:embed data/digits.csv
	digitsCSV []byte
	//go:embed data/wine_data.csv
	wineCSV []byte
)

// digitsHeader is the header that the file of the digits lacks.
const digitsHeader = "1797,64,0,1,2,3,4,5,6,7,8,9\n"

const (
	shippedWith = ", as shipped with scikit-learn 1.2.1"
	licence     = "BSD-3-Clause (scikit-learn developers)"
	uciLicence  = licence + "; the UCI Machine Learning Repository publishes the data under CC BY 4.0"
)

// Shipped returns a set that is part of the program: "iris", "breast-cancer",
// "digits-3-8" or "wine", the last with [DefaultWine] as label 1. The Set is shared:
// do not modify it.
func Shipped(id string) (*Set, bool) {
	switch id {
	case "iris":
		return iris(), true
	case "breast-cancer":
		return breastCancer(), true
	case "digits-3-8":
		return digits38(), true
	case "wine":
		return Wine(DefaultWine), true
	}
	return nil, false
}

// Iris returns versicolor (label 0) against virginica (label 1): 100 rows, 50 of
// each and all of versicolor first, with four lengths in centimetres. The two
// are not linearly separable. The Set is shared: do not modify it.
func Iris() *Set { return iris() }

var iris = sync.OnceValue(func() *Set {
	s := mustRead("data/iris.csv", bytes.NewReader(irisCSV)).pair(1, 2)
	s.Name, s.Key = "iris", "iris"
	s.Title = "Iris: versicolor or virginica?"
	s.Noun = "flowers"
	s.Features = []string{"sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)"}
	s.Origin = "R. A. Fisher’s 150 irises" + shippedWith + " (iris.csv); the 100 rows of versicolor and virginica"
	s.Licence = licence
	s.Citation = "R. A. Fisher, The use of multiple measurements in taxonomic problems, Annals of Eugenics 7(2), 179–188, 1936"
	return s
})

// breastCancer is malignant (label 0) against benign (label 1): 569 cell samples,
// each with the mean, the standard error and the worst value of ten measures. All
// thirty together separate the classes.
var breastCancer = sync.OnceValue(func() *Set {
	s := mustRead("data/breast_cancer.csv", bytes.NewReader(breastCancerCSV)).pair(0, 1)
	s.Name, s.Key = "breast-cancer", "breast-cancer"
	s.Title = "Breast cancer: malignant or benign?"
	s.Noun = "samples"
	measures := []string{"radius", "texture", "perimeter", "area", "smoothness", "compactness", "concavity", "concave points", "symmetry", "fractal dimension"}
	for _, pattern := range []string{"mean %s", "%s error", "worst %s"} {
		for _, measure := range measures {
			s.Features = append(s.Features, fmt.Sprintf(pattern, measure))
		}
	}
	s.Origin = "Breast Cancer Wisconsin (Diagnostic) of the UCI Machine Learning Repository" + shippedWith + " (breast_cancer.csv); all 569 rows"
	s.Licence = uciLicence
	s.Citation = "W. N. Street, W. H. Wolberg and O. L. Mangasarian, Nuclear feature extraction for breast tumor diagnosis, IS&T/SPIE 1993 International Symposium on Electronic Imaging: Science and Technology, volume 1905, 861–870"
	return s
})

// digits38 is the digit 3 (label 0) against 8 (label 1): 357 pictures of 8×8
// pixels from 0 to 16, row by row. Ten pixels are the same in all pictures.
var digits38 = sync.OnceValue(func() *Set {
	s := mustRead("data/digits.csv", io.MultiReader(strings.NewReader(digitsHeader), bytes.NewReader(digitsCSV))).pair(3, 8)
	s.Name, s.Key = "digits-3-8", "digits-3-8"
	s.Title = "Handwritten digits: 3 or 8?"
	s.Noun = "digits"
	s.Unit, s.Image = 16, [2]int{8, 8}
	for row := range s.Image[0] {
		for column := range s.Image[1] {
			s.Features = append(s.Features, fmt.Sprintf("pixel_%d_%d", row, column))
		}
	}
	s.Origin = "the test set of Optical Recognition of Handwritten Digits of the UCI Machine Learning Repository" + shippedWith + " (digits.csv.gz); the 357 rows of 3 and 8"
	s.Licence = uciLicence
	s.Citation = "E. Alpaydin and C. Kaynak, Cascading classifiers, Kybernetika 34(4), 369–374, 1998"
	return s
})

// Wines and the one that is label 1 where none is named: the one in the middle,
// which the thirteen measures together separate and no two of them do.
const (
	Wines       = 3
	DefaultWine = 1
)

// Wine returns the wines of one grower (label 1) against those of the two others
// (label 0): 178 rows with 13 measures; the growers 0, 1 and 2 have 59, 71 and 48. It
// panics for any other class. The Set is shared: do not modify it.
func Wine(class int) *Set { return wines()[class] }

var wines = sync.OnceValue(func() []*Set {
	t := mustRead("data/wine_data.csv", bytes.NewReader(wineCSV))
	sets := make([]*Set, Wines)
	for class := range sets {
		s := t.against(class)
		s.Name, s.Key = "wine", fmt.Sprint("wine/", class)
		s.Title = fmt.Sprintf("Wine: from grower %d or another?", class)
		s.Noun = "wines"
		s.Classes = [2]string{"other growers", fmt.Sprint("grower ", class)}
		s.Features = []string{"alcohol", "malic_acid", "ash", "alcalinity_of_ash", "magnesium", "total_phenols", "flavanoids", "nonflavanoid_phenols",
			"proanthocyanins", "color_intensity", "hue", "od280/od315_of_diluted_wines", "proline"}
		s.Origin = "Wine of the UCI Machine Learning Repository" + shippedWith + " (wine_data.csv); all 178 rows"
		s.Licence = uciLicence
		s.Citation = "M. Forina et al., PARVUS: An extendible package for data exploration, classification and correlation, Institute of Pharmaceutical and Food Analysis and Technologies, Genoa"
		sets[class] = s
	}
	return sets
})

// mustRead reads a file that is part of the binary: failing is a programmer's
// error.
func mustRead(name string, r io.Reader) *table {
	t, err := readTable(r)
	if err != nil {
		panic("dataset: " + name + ": " + err.Error())
	}
	return t
}
