package dataset

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// A survey is what the cells of one column look like.
type survey struct {
	forms    [threeComma + 1]int // how many cells have each form
	example  [threeComma + 1]int // a row with that form
	words    int                 // cells that are neither numbers nor missing
	word     int                 // the first row with one
	infinite int                 // of these, cells that name ∞
	at       int                 // the first row with one of those
	formulas int                 // of the words, cells that a spreadsheet would compute
	grouped  int                 // numbers whose thousands are parted by spaces or apostrophes
}

func (s *survey) points() int { return s.forms[withPoint] }
func (s *survey) commas() int { return s.forms[withComma] }

// readColumns finds each column's kind and values, and says how numbers are
// written and what is missing.
func (s *Sheet) readColumns(g *grid) ([]Fact, error) {
	surveys := make([]survey, g.cols())
	points, commas := 0, 0
	for j := range surveys {
		surveys[j] = g.survey(j)
		if surveys[j].words == surveys[j].infinite { // evidence is in columns of numbers
			points += surveys[j].points()
			commas += surveys[j].commas()
		}
	}
	usual := commas > points
	style := numberStyle{}
	for j := range surveys {
		c := &Column{Name: g.names[j]}
		s.Columns = append(s.Columns, c)
		if err := c.read(g, j, &surveys[j], usual, commas+points > 0, &style); err != nil {
			return nil, err
		}
		s.remark(g, j, &surveys[j])
	}
	return append(style.facts(), s.missingFacts(surveys)...), nil
}

func (g *grid) survey(j int) survey {
	s := survey{word: -1, at: -1}
	for r := range g.rows() {
		cell := g.cell(r, j)
		if missing(cell) {
			continue
		}
		form := formOf(cell)
		if form == notNumber {
			if s.words++; s.word < 0 {
				s.word = r
			}
			if infinite(cell) {
				if s.infinite++; s.at < 0 {
					s.at = r
				}
			}
			if strings.IndexByte("=@+-", cell[0]) >= 0 && len(cell) > 1 {
				s.formulas++
			}
			continue
		}
		if s.forms[form] == 0 {
			s.example[form] = r
		}
		s.forms[form]++
		if strings.ContainsAny(cell, groupMarks) || form == withPoint && strings.Contains(cell, ",") || form == withComma && strings.Contains(cell, ".") {
			s.grouped++
		}
	}
	return s
}

// A numberStyle is how the numbers of a file are written.
type numberStyle struct {
	points, commas, grouped bool
	guessed                 string // a number that could be read in two ways, and how it was
}

func (n *numberStyle) facts() []Fact {
	var facts []Fact
	switch {
	case n.commas && n.points:
		facts = append(facts, Fact{"Decimal sign", "comma in some columns, point in others"})
	case n.commas:
		facts = append(facts, Fact{"Decimal sign", "comma"})
	case n.points:
		facts = append(facts, Fact{"Decimal sign", "point"})
	}
	if n.grouped {
		facts = append(facts, Fact{"Thousands", "parted; the marks were left out"})
	}
	if n.guessed != "" {
		facts = append(facts, Fact{"Please check", n.guessed})
	}
	return facts
}

// read fills a column from its cells. usual says whether most numbers of the
// file have decimal commas, known whether any shows its sign.
func (c *Column) read(g *grid, j int, s *survey, usual, known bool, style *numberStyle) error {
	plusMinus := c.plusMinus(g, j)
	numbers := 0
	for _, n := range s.forms {
		numbers += n
	}
	switch {
	case plusMinus || s.words > s.infinite || numbers == 0 && s.words > 0:
		c.Kind = Words
		c.readWords(g, j, s, numbers, plusMinus)
		return nil
	case numbers == 0:
		c.Kind = Empty
		c.Missing = g.rows()
		return nil
	case s.infinite > 0:
		return g.fault(s.at, j, "“%s” is not a finite number. Write a number, or leave the cell empty.", shorten(g.cell(s.at, j)))
	case s.points() > 0 && s.commas() > 0:
		row := max(s.example[withPoint], s.example[withComma])
		other := min(s.example[withPoint], s.example[withComma])
		return g.fault(row, j, "“%s” and “%s” in line %d have different decimal signs. Use one of them in the column.",
			shorten(g.cell(row, j)), shorten(g.cell(other, j)), g.lines[other])
	}
	commas := usual
	switch {
	case s.commas() > 0:
		commas = true
	case s.points() > 0:
		commas = false
	case s.forms[threeComma] > 0 && !known:
		// Nothing in the file tells 1,234 from 1234. Who parts thousands by commas is as likely
		// to send whole numbers without any; a decimal comma is what is left.
		commas = true
		cell := g.cell(s.example[threeComma], j)
		style.guessed = fmt.Sprintf("“%s” in line %d, column %d “%s”, was read as a decimal comma. If it parts thousands, write the number without it.",
			shorten(cell), g.lines[s.example[threeComma]], j+1, c.Name)
	}
	style.note(s, commas)
	return c.readNumbers(g, j, commas)
}

// note remembers how a column's numbers are written.
func (n *numberStyle) note(s *survey, commas bool) {
	if commas {
		n.commas = n.commas || s.commas()+s.forms[threeComma] > 0
		n.grouped = n.grouped || s.grouped+s.forms[threePoint] > 0
	} else {
		n.points = n.points || s.points()+s.forms[threePoint] > 0
		n.grouped = n.grouped || s.grouped+s.forms[threeComma] > 0
	}
}

// plusMinus reports a column of + and −, where − is a value and not a missing one.
func (c *Column) plusMinus(g *grid, j int) bool {
	plus := false
	for r := range g.rows() {
		switch cell := g.cell(r, j); {
		case cell == "+":
			plus = true
		case cell == "-" || missing(cell):
		default:
			return false
		}
	}
	return plus
}

func (c *Column) readNumbers(g *grid, j int, commas bool) error {
	c.values = make([]float64, g.rows())
	c.Min, c.Max = math.Inf(1), math.Inf(-1)
	c.Counts = g.rows() > 2
	for r := range c.values {
		cell := g.cell(r, j)
		if missing(cell) {
			c.values[r], c.Counts = math.NaN(), false
			c.Missing++
			continue
		}
		v := parseNumber(cell, formOf(cell), commas) + 0 // no −0
		if !(math.Abs(v) <= maxMagnitude) {
			return g.fault(r, j, "“%s” is too large. Numbers may reach ±1e140.", shorten(cell))
		}
		c.values[r] = v
		c.Min, c.Max = min(c.Min, v), max(c.Max, v)
		c.Counts = c.Counts && v == c.values[0]+float64(r)
	}
	c.Counts = c.Counts && (c.Min == 0 || c.Min == 1)
	classify(c, func(r int) (float64, bool) { return c.values[r], !math.IsNaN(c.values[r]) }, func(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) })
	return nil
}

func (c *Column) readWords(g *grid, j int, s *survey, numbers int, plusMinus bool) {
	c.values, c.wordLine, c.word = make([]float64, g.rows()), 1, ""
	if s.word >= 0 {
		c.wordLine, c.word = g.lines[s.word], shorten(g.cell(s.word, j))
	}
	gone := func(cell string) bool { return missing(cell) && !(plusMinus && cell == "-") }
	for r := range g.rows() {
		if gone(g.cell(r, j)) {
			c.Missing++
		}
	}
	classify(c, func(r int) (string, bool) { cell := g.cell(r, j); return cell, !gone(cell) }, shorten)
	c.values = nil
}

// classify lists the different values of a column, and numbers the rows by them,
// if they are at most MaxClasses. say shows one.
func classify[T cmp.Ordered](c *Column, value func(row int) (T, bool), say func(T) string) {
	counts := map[T]int{}
	rows := len(c.values)
	for r := range rows {
		v, ok := value(r)
		if !ok {
			continue
		}
		if counts[v]++; len(counts) > MaxClasses {
			return
		}
	}
	var order []T
	for v := range counts {
		order = append(order, v)
	}
	slices.Sort(order)
	c.codes = make([]uint8, rows)
	for r := range rows {
		c.codes[r] = noCode
		if v, ok := value(r); ok {
			at, _ := slices.BinarySearch(order, v)
			c.codes[r] = uint8(at)
		}
	}
	for _, v := range order {
		c.Classes = append(c.Classes, Class{strings.Clone(say(v)), counts[v]})
	}
}
