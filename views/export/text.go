package export

import (
	"math"
	"strconv"
	"strings"
	"unicode"
)

// number writes v as a literal of both languages that is a float: "4.0", "1e-08".
// It must be finite.
func number(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		panic("export: no literal for " + strconv.FormatFloat(v, 'g', -1, 64))
	}
	text := strconv.FormatFloat(v, 'g', -1, 64)
	if !strings.ContainsAny(text, ".e") {
		text += ".0"
	}
	return text
}

// numbers writes them between commas.
func numbers(list []float64) string {
	texts := make([]string, len(list))
	for i, v := range list {
		texts[i] = number(v)
	}
	return strings.Join(texts, ", ")
}

// table writes a row-major matrix a row to a line, each row between the given
// brackets with a comma behind it.
func table(left, right string, list []float64, columns int) string {
	var b strings.Builder
	for i := 0; i < len(list); i += columns {
		b.WriteString(left + numbers(list[i:i+columns]) + right + ",\n")
	}
	return b.String()
}

// quiet makes a text safe for a comment or a docstring of one line: control
// characters and line separators become spaces, quotes and backslashes, which
// could end a string, become their typographic cousins, and so does "*/".
func quiet(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsControl(r), r == '\u2028', r == '\u2029', unicode.Is(unicode.Cf, r):
			return ' '
		case r == '"':
			return '”'
		case r == '\\':
			return '∖'
		case r == unicode.ReplacementChar:
			return '?'
		}
		return r
	}, text)
	return strings.ReplaceAll(text, "*/", "∗/")
}

// wrap breaks a quiet text into lines of at most width characters where it has
// spaces, each after the first with the prefix.
func wrap(text, prefix string, width int) string {
	var b strings.Builder
	column := 0
	for i, word := range strings.Fields(quiet(text)) {
		length := len([]rune(word))
		switch {
		case i == 0:
		case column+1+length > width:
			b.WriteString("\n" + prefix)
			column = 0
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += length
	}
	return b.String()
}

// tidy takes the blanks that templates leave: spaces at the ends of lines, more
// than two empty lines, and empty ones at the ends of the text.
func tidy(text string) string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " \t")
	}
	text = strings.Join(lines, "\n")
	for strings.Contains(text, "\n\n\n\n") {
		text = strings.ReplaceAll(text, "\n\n\n\n", "\n\n\n")
	}
	return strings.Trim(text, "\n") + "\n"
}

// camel is a parameter's name as Go spells it: weight_decay is weightDecay.
func camel(name string) string {
	parts := strings.Split(name, "_")
	for i := range parts[1:] {
		parts[1+i] = strings.ToUpper(parts[1+i][:1]) + parts[1+i][1:]
	}
	return strings.Join(parts, "")
}
