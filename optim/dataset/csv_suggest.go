package dataset

import (
	"slices"
	"strings"
)

// labelNames are what people call a label, in lower case.
var labelNames = []string{"label", "class", "target", "species", "diagnosis", "outcome", "result", "category", "group", "kind", "type", "y"}

// CanBeLabel reports whether rows can be told apart by a column: it has from two
// to MaxClasses different values.
func (c *Column) CanBeLabel() bool { return c.Kind != Empty && len(c.Classes) > 1 }

// Suggest proposes a label, −1 where no column can be one, the class that gets the
// label 1, and features, for a form to begin with. The label is the column that is
// called like one, else the last one of text, else the last with two values, else
// the last with few. Columns that are the same in every row or count the rows are
// no features.
func (s *Sheet) Suggest() (label, one int, features []int) {
	label, best := -1, 0
	for j, c := range s.Columns {
		if !c.CanBeLabel() {
			continue
		}
		score := 1
		switch {
		case slices.Contains(labelNames, strings.ToLower(c.Name)):
			score = 4
		case c.Kind == Words:
			score = 3
		case len(c.Classes) == 2:
			score = 2
		}
		if score >= best {
			label, best = j, score
		}
	}
	if label >= 0 {
		one = len(s.Columns[label].Classes) - 1
	}
	for j, c := range s.Columns {
		if j != label && c.Kind == Numbers && c.Min < c.Max && !c.Counts && len(features) < MaxFeatures {
			features = append(features, j)
		}
	}
	return label, one, features
}
