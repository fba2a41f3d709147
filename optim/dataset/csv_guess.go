package dataset

import (
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Separators in the order in which one is preferred where two do as well: a comma
// may be a decimal sign as well.
var separators = []struct {
	sep  rune
	name string
}{{'\t', "tab"}, {';', "semicolon (;)"}, {'|', "bar (|)"}, {',', "comma (,)"}}

func separatorName(sep rune, named bool) string {
	for _, s := range separators {
		if s.sep == sep && named {
			return s.name + ", as the first line says"
		} else if s.sep == sep {
			return s.name
		}
	}
	return "none: there is one column"
}

// sample and sampleBytes are how much is looked at to guess a table's form.
const (
	sample      = 60 // rows
	sampleBytes = 200_000
)

// chooseSeparator finds the separator and returns the text without the line that
// names it (`sep=;`, as Excel writes it), and how many lines that were.
func (g *grid) chooseSeparator(text string) (rest string, skipped int) {
	if after, ok := strings.CutPrefix(text, "sep="); ok {
		line, rest, _ := strings.Cut(after, "\n")
		sep, _ := utf8.DecodeRuneInString(line)
		if len(line) == 1 && strings.ContainsRune("\t;|,", sep) {
			g.sep = sep
			return rest, 1
		}
	}
	best := 0.0
	for _, s := range separators {
		if score := fit(text, s.sep); score > best {
			g.sep, best = s.sep, score
		}
	}
	return text, 0
}

// fit says how well a separator cuts the first rows into a table, from 0 to 2:
// the share of rows of the usual length, more where cells are numbers.
func fit(text string, sep rune) float64 {
	lines := newReader(text[:min(len(text), sampleBytes)], sep)
	lengths := map[int]int{}
	rows, cells, numbers := 0, 0, 0
	for rows < sample {
		record, err := lines.Read()
		if errors.Is(err, io.EOF) || err != nil {
			break
		}
		rows++
		lengths[len(record)]++
		for _, cell := range record {
			cell = strings.TrimFunc(cell, spaces)
			cells++
			if formOf(cell) != notNumber || missing(cell) {
				numbers++
			}
		}
	}
	usual, times := 0, 0
	for length, n := range lengths {
		if n > times || n == times && length > usual {
			usual, times = length, n
		}
	}
	if usual < 2 {
		return 0
	}
	return float64(times) / float64(rows) * (1 + float64(numbers)/float64(cells))
}

// header says whether the first row names the columns: none of its cells is a
// number, or its numbers only count the columns, as pandas does. With no rows
// below it judges the row alone.
func header(first, cells []string, cols int) bool {
	numbers, words, below := 0, 0, 0
	counts := true // 0, 1, 2 … or 1, 2, 3 …
	start := 0
	for j, cell := range first {
		number := formOf(cell) != notNumber
		switch {
		case number:
			if numbers == 0 && cell == "1" {
				start = 1
			}
			counts = counts && cell == strconv.Itoa(numbers+start)
			numbers++
		case !missing(cell):
			words++
			if j < cols && j < len(cells) && formOf(cells[j]) != notNumber {
				below++ // a name over numbers
			}
		}
	}
	if numbers == 0 || words == 0 {
		return words > 0
	}
	return counts && len(cells) > 0 && (below > 0 || first[0] == "" || numbers > 2)
}
