package dataset

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"testing"
)

func TestIrisFileIsTheOriginal(t *testing.T) {
	const want = "f13ffa8fdd56fd8e6c8d16d4081a3fbd3114bcd0aae4256c43205169cd9d1449"
	sum := sha256.Sum256(irisCSV)
	if got := hex.EncodeToString(sum[:]); got != want {
		t.Errorf("data/iris.csv has SHA-256 %s, want %s", got, want)
	}
}

func TestIrisCounts(t *testing.T) {
	table, err := readTable(strings.NewReader(string(irisCSV)))
	if err != nil {
		t.Fatal(err)
	}
	counts := make([]int, len(table.classes))
	for _, label := range table.labels {
		counts[label]++
	}
	if want := []int{50, 50, 50}; !slices.Equal(counts, want) {
		t.Errorf("%v rows per class, want %v", counts, want)
	}
	if want := []string{"setosa", "versicolor", "virginica"}; !slices.Equal(table.classes, want) {
		t.Errorf("classes %q, want %q", table.classes, want)
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
