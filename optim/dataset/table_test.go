package dataset

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"testing"
)

// The files are those of scikit-learn 1.2.1, byte for byte, with the rows of each
// class that its loaders find.
func TestFilesAreTheOriginals(t *testing.T) {
	for _, test := range []struct {
		name, sum, header string
		bytes             []byte
		classes           []string
		counts            []int
		cols              int
	}{
		{"iris.csv", "f13ffa8fdd56fd8e6c8d16d4081a3fbd3114bcd0aae4256c43205169cd9d1449", "", irisCSV,
			[]string{"setosa", "versicolor", "virginica"}, []int{50, 50, 50}, 4},
		{"breast_cancer.csv", "fed3eb72d0575ef6192293f5093c6e801b1476b577d0386bf4455504522172ed", "", breastCancerCSV,
			[]string{"malignant", "benign"}, []int{212, 357}, 30},
		{"wine_data.csv", "10e8a802908b34f86e5da8ce962f3c806694bc98450a18f61851af59f324bede", "", wineCSV,
			[]string{"class_0", "class_1", "class_2"}, []int{59, 71, 48}, 13},
		{"digits.csv", "6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8", digitsHeader, digitsCSV,
			strings.Split("0123456789", ""), []int{178, 182, 177, 183, 181, 182, 181, 179, 174, 180}, 64},
	} {
		if sum := sha256.Sum256(test.bytes); hex.EncodeToString(sum[:]) != test.sum {
			t.Errorf("data/%s has SHA-256 %x, want %s", test.name, sum, test.sum)
		}
		table, err := readTable(strings.NewReader(test.header + string(test.bytes)))
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		counts := make([]int, len(table.classes))
		for _, label := range table.labels {
			counts[label]++
		}
		if !slices.Equal(counts, test.counts) || !slices.Equal(table.classes, test.classes) || table.cols != test.cols {
			t.Errorf("%s: %v rows of %q with %d features, want %v of %q with %d", test.name, counts, table.classes, table.cols, test.counts, test.classes, test.cols)
		}
	}
}

func TestReadTableRefuses(t *testing.T) {
	for _, test := range []struct{ text, message string }{
		{"", "header"},
		{"2,1,a\n", "3 fields"},
		{"x,1,a,b\n", "not a number of rows"},
		{"2,0,a,b\n", "not a number of features"},
		{"2,1,a,b\n1,0\n", "announces 2 rows"},
		{"1,1,a,b\n1,0\n2,1\n", "announces 1 rows"},
		{"1,2,a,b\n1,0\n", "line 2: 2 fields"},
		{"1,1,a,b\none,0\n", `line 2: "one"`},
		{"1,1,a,b\nNaN,0\n", `line 2: "NaN"`},
		{"1,1,a,b\n1e141,0\n", `line 2: "1e141"`},
		{"1,1,a,b\n1e400,0\n", `line 2: "1e400"`},
		{"1,1,a,b\n1,2\n", `line 2: "2" is not a class`},
		{"1,1,a,b\n1,0.5\n", `line 2: "0.5" is not a class`},
		{"1,1,a,b\n\"1,0\n", "line 2"},
	} {
		_, err := readTable(strings.NewReader(test.text))
		if err == nil || !strings.Contains(err.Error(), test.message) {
			t.Errorf("%q: error %v, want one with %q", test.text, err, test.message)
		}
	}
}
