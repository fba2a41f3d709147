package dataset

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// A grid is a file cut into cells, trimmed, still as text.
type grid struct {
	names []string // of the columns, unique
	cells []string // row by row
	lines []int    // where each row begins in the file
	sep   rune     // 0: one column
}

func (g *grid) cols() int                { return len(g.names) }
func (g *grid) rows() int                { return len(g.lines) }
func (g *grid) cell(row, col int) string { return g.cells[row*len(g.names)+col] }

// fault is an error at a cell.
func (g *grid) fault(row, col int, format string, args ...any) error {
	return &CSVError{Line: g.lines[row], Column: col + 1, Name: g.names[col], Message: fmt.Sprintf(format, args...)}
}

// readGrid cuts a text into cells and says how.
func readGrid(text string) (*grid, []Fact, error) {
	g := &grid{}
	var facts []Fact
	text, skipped := g.chooseSeparator(text)
	facts = append(facts, Fact{"Separator", separatorName(g.sep, skipped > 0)})

	lines := newReader(text, g.sep)
	var first []string
	firstLine, cols, shifted, emptied := 0, 0, false, 0
	for {
		record, err := lines.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, nil, quoteFault(err, text, g, skipped)
		}
		line, _ := lines.FieldPos(0)
		line += skipped
		blank := true
		for i := range record {
			record[i] = strings.TrimFunc(record[i], spaces)
			blank = blank && record[i] == ""
		}
		if blank {
			emptied++
			continue
		}
		if first == nil {
			first, firstLine, cols = append(first, record...), line, len(record)
			if cols > MaxCSVColumns+1 {
				return nil, nil, &CSVError{Line: line, Message: fmt.Sprintf("The table has %d columns; at most %d can be read.", cols, MaxCSVColumns)}
			}
			continue
		}
		if len(g.lines) == 0 && len(record) == cols+1 && record[cols] != "" && header(first, nil, 0) {
			shifted = true // as R writes tables: the names of the rows have no heading
			first, cols = append([]string{""}, first...), cols+1
		}
		for len(record) > cols && record[len(record)-1] == "" {
			record = record[:len(record)-1]
		}
		if len(record) != cols {
			return nil, nil, ragged(record, first, firstLine, line)
		}
		g.lines = append(g.lines, line)
		g.cells = append(g.cells, record...)
		if len(g.cells) > MaxCSVCells {
			return nil, nil, tooMany(line)
		}
	}
	switch {
	case cols > MaxCSVColumns:
		return nil, nil, &CSVError{Line: firstLine, Message: fmt.Sprintf("The table has %d columns; at most %d can be read.", cols, MaxCSVColumns)}
	case first == nil:
		return nil, nil, &CSVError{Message: "There is no table: every cell is empty."}
	}
	if header(first, g.cells, cols) {
		says := "names of the columns"
		if shifted {
			says += "; the first column has none and is called “row”"
			first[0] = "row"
		}
		facts = append(facts, Fact{"First line", says})
		g.names = uniqueNames(first)
	} else {
		facts = append(facts, Fact{"First line", "data; the columns are called by their numbers"})
		g.names = uniqueNames(make([]string, cols))
		g.lines = append([]int{firstLine}, g.lines...)
		g.cells = append(append(make([]string, 0, len(g.cells)+cols), first...), g.cells...)
	}
	if g.rows() == 0 {
		return nil, nil, &CSVError{Line: firstLine, Message: "There are names of columns and no rows below them."}
	}
	if len(g.cells) > MaxCSVCells {
		return nil, nil, tooMany(g.lines[len(g.lines)-1])
	}
	if emptied > 0 {
		facts = append(facts, Fact{"Empty lines", fmt.Sprintf("%d, left out", emptied)})
	}
	return g, facts, nil
}

func tooMany(line int) error {
	return &CSVError{Line: line, Message: "Here the table passes 1,000,000 cells. Keep some of its rows or columns."}
}

// spaces are what is cut from the ends of a cell, and what control characters
// old systems leave at the end of a file.
func spaces(r rune) bool { return unicode.IsSpace(r) || r == '\u200B' || r == '\uFEFF' || r == 0x1A }

func newReader(text string, sep rune) *csv.Reader {
	r := csv.NewReader(strings.NewReader(text))
	if r.Comma = sep; sep == 0 {
		r.Comma = '\x1F' // a separator that no text has
	}
	r.FieldsPerRecord = -1
	r.ReuseRecord = true
	r.TrimLeadingSpace = sep != '\t' // it would take empty cells for space
	return r
}

// ragged says which cell is missing or too many.
func ragged(record, first []string, firstLine, line int) error {
	if at := len(record); at < len(first) {
		name := ""
		if header(first, nil, 0) {
			name = shorten(first[at])
		}
		return &CSVError{Line: line, Column: at + 1, Name: name, Message: fmt.Sprintf("The row has %d cells, line %d has %d: this one is missing.", at, firstLine, len(first))}
	}
	return &CSVError{Line: line, Column: len(first) + 1, Message: fmt.Sprintf("The row has %d cells, line %d has %d: “%s” is one too many. A cell that holds the separator is written between quotes.",
		len(record), firstLine, len(first), shorten(record[len(first)]))}
}

// quoteFault says in which cell the quotes are wrong.
func quoteFault(err error, text string, g *grid, skipped int) error {
	var p *csv.ParseError
	if !errors.As(err, &p) {
		return &CSVError{Message: "The table cannot be read."}
	}
	start, end := 0, len(text)
	lines := strings.SplitAfter(text, "\n")
	start = len(strings.Join(lines[:p.StartLine-1], ""))
	if p.Line <= len(lines) {
		end = min(len(strings.Join(lines[:p.Line-1], ""))+max(p.Column-1, 0), len(text))
	}
	column, within := 1, false
	for _, r := range text[start:max(start, end)] {
		switch {
		case r == '"':
			within = !within
		case r == g.sep && !within:
			column++
		}
	}
	message := "A quote stands inside a cell. Put the whole cell between quotes and double those inside: \"5\"\" nail\"."
	if errors.Is(p.Err, csv.ErrQuote) {
		message = "A cell that begins with a quote has no proper end: after the closing quote comes the separator or the end of the line."
	}
	return &CSVError{Line: p.StartLine + skipped, Column: column, Message: message}
}

// uniqueNames makes names that can be shown and told apart.
func uniqueNames(raw []string) []string {
	names := make([]string, len(raw))
	used := map[string]bool{}
	for i, name := range raw {
		name = shorten(name)
		if name == "" {
			name = fmt.Sprintf("column %d", i+1)
		}
		unique := name
		for n := 2; used[unique]; n++ {
			unique = fmt.Sprintf("%s (%d)", name, n)
		}
		used[unique] = true
		names[i] = unique
	}
	return names
}

// shorten makes a cell fit to be shown in a sentence: one line, no control
// characters, at most longestName characters.
func shorten(cell string) string {
	plain := true
	for i := range len(cell) {
		if cell[i] < ' ' || cell[i] >= 0x7F {
			plain = false
			break
		}
	}
	if plain && len(cell) <= longestName {
		return strings.Clone(cell) // the file itself is not kept
	}
	var b strings.Builder
	n := 0
	for _, r := range strings.Join(strings.Fields(cell), " ") {
		if !unicode.IsGraphic(r) {
			continue
		}
		if n++; n > longestName {
			b.WriteRune('…')
			break
		}
		b.WriteRune(r)
	}
	return strings.TrimSpace(b.String())
}
