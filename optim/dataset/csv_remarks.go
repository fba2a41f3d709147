package dataset

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

const (
	outlying   = 1e4 // how far beyond the usual size of its column a number is remarked on
	mostlyText = 0.9 // the share of numbers from which a word among them is remarked on
	mostNamed  = 6   // columns named in a sentence
)

// remark says what is unusual about a column.
func (s *Sheet) remark(g *grid, j int, found *survey) {
	c := s.Columns[j]
	where := fmt.Sprintf("Column %d “%s”", j+1, c.Name)
	if found.formulas > 0 {
		s.Remarks = append(s.Remarks, fmt.Sprintf("%s has %s that %s like a formula. Here %s text: nothing is computed.",
			where, count(found.formulas, "cell"), verb(found.formulas, "looks", "look"), verb(found.formulas, "it is", "they are")))
	}
	numbers := g.rows() - c.Missing - found.words
	if c.Kind == Words && float64(numbers) >= mostlyText*float64(numbers+found.words) && found.word >= 0 {
		s.Remarks = append(s.Remarks, fmt.Sprintf("%s would be numbers but for %s, the first in line %d: “%s”. So it counts as text. Leave such cells empty, and it is a feature.",
			where, count(found.words, "cell"), c.wordLine, c.word))
	}
	if c.Kind == Numbers {
		if row, times := c.outlier(); row >= 0 {
			s.Remarks = append(s.Remarks, fmt.Sprintf("%s, line %d: “%s” is more than %s times as large as the column’s median size. It is kept; if it is a slip, mend it, for it makes all others look alike.",
				where, g.lines[row], shorten(g.cell(row, j)), inWords(times)))
		}
	}
	if c.Kind == Empty {
		s.Remarks = append(s.Remarks, where+" is empty.")
	}
}

// outlier finds the row of a number that is outlying times as large as the
// column’s median size or more; −1: none.
func (c *Column) outlier() (row int, times float64) {
	var sizes []float64
	for _, v := range c.values {
		if v != 0 && !math.IsNaN(v) {
			sizes = append(sizes, math.Abs(v))
		}
	}
	if len(sizes) < 3 {
		return -1, 0
	}
	slices.Sort(sizes)
	usual, largest := sizes[len(sizes)/2], sizes[len(sizes)-1]
	// Of numbers spread over many orders, each is near the next one below it.
	if largest/outlying < usual || largest/100 < sizes[len(sizes)*9/10-1] {
		return -1, 0
	}
	return slices.IndexFunc(c.values, func(v float64) bool { return math.Abs(v) == largest }), largest / usual
}

// inWords is the power of ten at or below times, from outlying.
func inWords(times float64) string {
	powers := [...]string{"ten thousand", "a hundred thousand", "a million", "ten million", "a hundred million"}
	return powers[min(len(powers)-1, int(math.Log10(times/outlying)))]
}

// missingFacts says how many cells are missing, and where.
func (s *Sheet) missingFacts(surveys []survey) []Fact {
	total, named := 0, []string{}
	for j, c := range s.Columns {
		if total += c.Missing; c.Missing > 0 {
			named = append(named, fmt.Sprintf("%d in column %d “%s”", c.Missing, j+1, c.Name))
		}
	}
	if total == 0 {
		return []Fact{{"Missing values", "none"}}
	}
	if len(named) > mostNamed {
		named = append(named[:mostNamed], fmt.Sprintf("the rest in %d more columns", len(named)-mostNamed))
	}
	return []Fact{{"Missing values", fmt.Sprintf("%s: %s", count(total, "cell"), strings.Join(named, ", "))}}
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func verb(n int, one, several string) string {
	if n == 1 {
		return one
	}
	return several
}
