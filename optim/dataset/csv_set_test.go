package dataset

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"descent/optim/param"
)

func TestSheetSet(t *testing.T) {
	for _, test := range []struct {
		file       string
		label, one int
		features   []int
		want       string // the set; "": refused
		say        string // in the notes or the refusal; "": no notes
	}{
		{"comma", 2, 1, []int{0, 1}, "[height weight] a/b [1.5 2.25 2.5 3.25 3 4] [0 1 0]", ""},
		{"comma", 2, 0, []int{1}, "[weight] b/a [2.25 3.25 4] [1 0 1]", ""},
		{"comma", 2, 1, []int{2, 1, 1}, "[weight] a/b [2.25 3.25 4] [0 1 0]", "“kind” is the label, so it is no feature"},
		{"text-columns", 1, 2, []int{2, 3}, "[x y] not Rome/Rome [1.5 2 2.5 3 3.5 4] [0 1 0]", ""},
		{"bar", 2, 1, []int{0, 1}, "[x y] 0/1 [1 2 3 4] [0 1]", ""},
		{"missing", 6, 1, []int{0, 1}, "", "label: has one class only, “x”, in the 1 row without a missing value"},
		{"missing", 6, 1, []int{1, 2}, "[b c] x/y [2 3 8 9 1 1] [1 0 1]", "1 row of 4 was left out: a value was missing"},
		{"plus-minus", 2, 1, []int{0, 1}, "[x y] +/- [1 2 3 4 7 8] [0 1 0]", "1 row of 4 was left out"},
		{"constant", 3, 1, []int{0, 2}, "[x one] a/b [1 7 3 7 5 7] [0 1 0]", "The same in every row: “one”"},
		{"wide", 5, 1, []int{0, 1, 2, 3, 4}, "[a b c d e] x/y [1 2 3 4 5 2 1 4 3 6 3 3 3 3 1] [0 1 0]", "fewer rows (3) than features (5)"},
		{"one-class", 2, 0, []int{0, 1}, "", "label: cannot be column 3 “label”: it has one class only, “a”"},
		{"text-columns", 4, 0, []int{1, 2}, "", "features: cannot have column 2 “city”: it holds text, the first in line 2: “Berlin”"},
		{"trailing-separators", 2, 0, []int{0, 3}, "", "features: cannot have column 4 “column 4”: it is empty"},
		{"trailing-separators", 3, 0, []int{0}, "", "label: cannot be column 4 “column 4”: it is empty"},
		{"never-complete", 2, 0, []int{0, 1}, "", "features: leave no rows"},
		{"comma", 2, 0, nil, "", "features: must be at least one column"},
		{"comma", 2, 0, []int{2}, "", "features: must be at least one column"},
		{"comma", 2, 0, []int{3}, "", "features: must be columns between 1 and 3"},
		{"comma", 9, 0, []int{0}, "", "label: must be one of the columns"},
		{"comma", 2, 2, []int{0}, "", "label: must name one of the values"},
	} {
		s, err := ReadCSV(corpus(t, test.file))
		if err != nil {
			t.Fatal(err)
		}
		set, notes, err := s.Set(test.label, test.one, test.features)
		text := strings.Join(notes, "\n")
		if err != nil {
			var errs param.Errors
			if !errors.As(err, &errs) || len(errs) != 1 {
				t.Fatalf("error %#v", err)
			}
			text = errs[0].Field + ": " + errs[0].Message
		} else if got := fmt.Sprint(set.Features, " ", set.Classes[0], "/", set.Classes[1], " ", set.X, " ", set.Y); got != test.want {
			t.Errorf("%s: got %s, want %s", test.file, got, test.want)
		}
		if (err != nil) != (test.want == "") || !strings.Contains(text, test.say) || test.say == "" && text != "" {
			t.Errorf("%s, label %d, features %v: said %q, want %q", test.file, test.label, test.features, text, test.say)
		}
	}
}

func TestSheetSetLimits(t *testing.T) {
	wide := strings.Repeat("1.5,", MaxFeatures+1)
	s, err := ReadCSV([]byte(wide + "a\n" + wide + "b\n"))
	if err != nil {
		t.Fatal(err)
	}
	all := make([]int, MaxFeatures+1)
	for i := range all {
		all[i] = i
	}
	if _, _, err := s.Set(MaxFeatures+1, 0, all); err == nil || !strings.Contains(err.Error(), "at most 200") {
		t.Errorf("201 features: %v", err)
	}
	if set, _, err := s.Set(MaxFeatures+1, 0, all[1:]); err != nil || set.Cols != MaxFeatures {
		t.Errorf("200 features: %v", err)
	}
	var many strings.Builder
	for i := range MaxClasses + 1 {
		fmt.Fprintf(&many, "%d,value%d\n", i, i)
	}
	if s, err = ReadCSV([]byte(many.String())); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Set(1, 0, []int{0}); err == nil || !strings.Contains(err.Error(), "more than 20 different values") {
		t.Errorf("21 classes: %v", err)
	}
}

// Of a long table rows are drawn, the same ones each time, of both classes though
// these take turns.
func TestSheetSetDraws(t *testing.T) {
	var long strings.Builder
	for i := range 2 * MaxSetRows {
		fmt.Fprintf(&long, "%d.5,%c\n", i, 'a'+rune(i%2))
	}
	s, err := ReadCSV([]byte(long.String()))
	if err != nil {
		t.Fatal(err)
	}
	first, notes, err := s.Set(1, 0, []int{0})
	if err != nil {
		t.Fatal(err)
	}
	again, _, _ := s.Set(1, 0, []int{0})
	if first.Rows != MaxSetRows || !slices.IsSorted(first.X) || !slices.Equal(first.X, again.X) || !strings.Contains(strings.Join(notes, ""), "Of 20000 rows 10000 were drawn") {
		t.Errorf("%d rows, notes %q", first.Rows, notes)
	}
	ones := 0.0
	for _, y := range first.Y {
		ones += y
	}
	if ones < 0.48*MaxSetRows || ones > 0.52*MaxSetRows {
		t.Errorf("%g of %d are of class 1", ones, MaxSetRows)
	}
}

func TestSuggest(t *testing.T) {
	for _, test := range []struct {
		file, label, one string
		features         []int
	}{
		{"comma", "kind", "b", []int{0, 1}},
		{"text-columns", "label", "b", []int{2, 3}},
		{"bar", "label", "1", []int{0, 1}},
		{"constant", "label", "b", []int{0, 1}},
		{"no-header", "column 3", "virginica", []int{0, 1}},
	} {
		s, err := ReadCSV(corpus(t, test.file))
		if err != nil {
			t.Fatal(err)
		}
		label, one, features := s.Suggest()
		if c := s.Columns[label]; c.Name != test.label || c.Classes[one].Text != test.one || !slices.Equal(features, test.features) {
			t.Errorf("%s: label %s, class %s, features %v", test.file, c.Name, c.Classes[one].Text, features)
		}
	}
}
