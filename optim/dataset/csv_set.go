package dataset

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"descent/optim/param"
)

// Set makes a data set of some columns: the rows whose column label, from 0, has
// the value numbered one of its Classes get the label 1, the others 0. features
// are columns of Numbers, from 0, at least one and at most MaxFeatures; the label
// is left out of them. Rows without one of these values are left out; of more than
// MaxSetRows, or with more than MaxSetCells values, as many are drawn.
//
// The notes say what was left out and what will be odd about a fit. The error is
// [param.Errors] with the field "label" or "features": a column that cannot be a
// label, one class alone, a feature that is text or empty, no rows left. The set
// has no Name yet.
func (s *Sheet) Set(label, one int, features []int) (*Set, []string, error) {
	if label < 0 || label >= len(s.Columns) {
		return nil, nil, param.Errorf("label", "must be one of the columns")
	}
	c := s.Columns[label]
	switch {
	case c.Kind == Empty:
		return nil, nil, param.Errorf("label", "cannot be column %d “%s”: it is empty", label+1, c.Name)
	case c.Classes == nil:
		return nil, nil, param.Errorf("label", "cannot be column %d “%s”: it has more than %d different values", label+1, c.Name, MaxClasses)
	case len(c.Classes) < 2:
		return nil, nil, param.Errorf("label", "cannot be column %d “%s”: it has one class only, “%s”. Two are needed", label+1, c.Name, c.Classes[0].Text)
	case one < 0 || one >= len(c.Classes):
		return nil, nil, param.Errorf("label", "must name one of the values of column %d “%s”", label+1, c.Name)
	}
	columns, notes, err := s.features(label, features)
	if err != nil {
		return nil, nil, err
	}
	set := &Set{
		Title: "Your own data", Cols: len(columns), Classes: classNames(c, one),
		Origin: fmt.Sprintf("your own table; label “%s”", c.Name), Licence: "your own; kept for this browser session only", Noun: "rows",
	}
	for _, j := range columns {
		set.Features = append(set.Features, s.Columns[j].Name)
	}
	rows := s.complete(label, columns)
	if dropped := s.Rows - len(rows); dropped > 0 {
		notes = append(notes, fmt.Sprintf("%s of %d %s left out: a value was missing.", count(dropped, "row"), s.Rows, verb(dropped, "was", "were")))
	}
	most := min(MaxSetRows, MaxSetCells/len(columns))
	if len(rows) > most {
		notes = append(notes, fmt.Sprintf("Of %d rows %d were drawn at random, the same ones each time: more would make every picture slow.", len(rows), most))
	}
	set.fill(s, label, uint8(one), columns, some(rows, most))
	more, err := set.judge(s)
	if err != nil {
		return nil, nil, err
	}
	return set, append(notes, more...), nil
}

// features checks the columns that are chosen, in the file's order.
func (s *Sheet) features(label int, chosen []int) (columns []int, notes []string, err error) {
	for _, j := range chosen {
		if j < 0 || j >= len(s.Columns) {
			return nil, nil, param.Errorf("features", "must be columns between 1 and %d", len(s.Columns))
		}
		c := s.Columns[j]
		switch {
		case j == label:
			notes = append(notes, fmt.Sprintf("“%s” is the label, so it is no feature.", c.Name))
		case c.Kind == Words:
			return nil, nil, param.Errorf("features", "cannot have column %d “%s”: it holds text, the first in line %d: “%s”. Leave it out", j+1, c.Name, c.wordLine, c.word)
		case c.Kind == Empty:
			return nil, nil, param.Errorf("features", "cannot have column %d “%s”: it is empty. Leave it out", j+1, c.Name)
		case !slices.Contains(columns, j):
			columns = append(columns, j)
		}
	}
	slices.Sort(columns)
	switch {
	case len(columns) == 0:
		return nil, nil, param.Errorf("features", "must be at least one column of numbers besides the label")
	case len(columns) > MaxFeatures:
		return nil, nil, param.Errorf("features", "are %d; at most %d can be used", len(columns), MaxFeatures)
	}
	return columns, notes, nil
}

// classNames names labels 0 and 1.
func classNames(c *Column, one int) [2]string {
	rest := "not " + c.Classes[one].Text
	if len(c.Classes) == 2 {
		rest = c.Classes[1-one].Text
	}
	return [2]string{rest, c.Classes[one].Text}
}

// complete are the rows that lack neither the label nor a feature.
func (s *Sheet) complete(label int, columns []int) []int {
	rows := make([]int, 0, s.Rows)
	for r := range s.Rows {
		ok := s.Columns[label].codes[r] != noCode
		for _, j := range columns {
			ok = ok && !math.IsNaN(s.Columns[j].values[r])
		}
		if ok {
			rows = append(rows, r)
		}
	}
	return rows
}

// some is at most n of the rows, in their order, drawn evenly and always the same.
// Every k-th would be one class alone where classes take turns.
func some(rows []int, n int) []int {
	if len(rows) <= n {
		return rows
	}
	rng := rand.New(rand.NewPCG(1, uint64(len(rows))))
	drawn := make([]int, n)
	for i, at := range rng.Perm(len(rows))[:n] {
		drawn[i] = rows[at]
	}
	slices.Sort(drawn)
	return drawn
}

// fill copies rows.
func (set *Set) fill(s *Sheet, label int, one uint8, columns, rows []int) {
	set.Rows = len(rows)
	set.X = make([]float64, 0, set.Rows*len(columns))
	set.Y = make([]float64, set.Rows)
	for i, r := range rows {
		for _, j := range columns {
			set.X = append(set.X, s.Columns[j].values[r])
		}
		if s.Columns[label].codes[r] == one {
			set.Y[i] = 1
		}
	}
}

// judge refuses a set that nothing can be learned from, and says what is odd
// about one that can.
func (set *Set) judge(s *Sheet) (notes []string, err error) {
	if set.Rows == 0 {
		return nil, param.Errorf("features", "leave no rows: each of the %d lacks a value in one of the chosen columns. Leave out the columns with most of the missing values", s.Rows)
	}
	for value := range 2 {
		if !slices.Contains(set.Y, float64(value)) {
			return nil, param.Errorf("label", "has one class only, “%s”, in the %s without a missing value. Two are needed", set.Classes[1-value], count(set.Rows, "row"))
		}
	}
	var same []string
	for j := range set.Cols {
		if set.constant(j) {
			same = append(same, "“"+set.Features[j]+"”")
		}
	}
	if len(same) > 0 {
		if len(same) > mostNamed {
			same = append(same[:mostNamed], fmt.Sprintf("and %d more", len(same)-mostNamed))
		}
		notes = append(notes, "The same in every row: "+strings.Join(same, ", ")+". Standardised this becomes 0 and its weight stays where it starts; raw, it cannot be told from the bias.")
	}
	if set.Rows < set.Cols {
		notes = append(notes, fmt.Sprintf("There are fewer rows (%d) than features (%d): a plane can separate almost any labels then, and no minimum exists without an L2 penalty.", set.Rows, set.Cols))
	}
	return notes, nil
}

func (set *Set) constant(j int) bool {
	for r := range set.Rows {
		if set.X[r*set.Cols+j] != set.X[j] {
			return false
		}
	}
	return true
}
