package views

import (
	"unicode"

	"descent/optim/derive"
	"descent/optim/param"
)

// EchoAddress is where a text is sent while it is typed.
const EchoAddress = "/lab/derivation/echo"

// leastRows is how many lines a sheet shows however few are written.
const leastRows = 8

// A DerivationEditor is the sheet on which a derivation is written: the text, and beside each line what it was understood as.
type DerivationEditor struct {
	ID   string // of the field; prefix of all ids inside
	Form string // id of the form it belongs to; "": the one around it
	Name string // of the field
	Task *derive.Task
	Text string
	Err  *param.FieldError // of the text; nil: none
}

// echoes are the sheet's lines, those that are empty at its end too. A text beyond the limits has none.
func (d *DerivationEditor) echoes() []derive.Echo {
	lines, err := derive.Echoes(d.Task, d.Text)
	if err != nil {
		lines = nil
	}
	return PaddedEchoes(lines)
}

// PaddedEchoes are a text's lines, filled up with empty ones to those that a sheet shows at least.
func PaddedEchoes(lines []derive.Echo) []derive.Echo {
	for n := len(lines); n < leastRows; n++ {
		lines = append(lines, derive.Echo{N: n + 1})
	}
	return lines
}

// rows is the height of the field without script.
func (d *DerivationEditor) rows() int { return min(max(len(d.echoes())+1, leastRows), 24) }

// beforeAfter parts a line at the place, in characters, where it stopped making sense.
func beforeAfter(text string, position int) (before, after string) {
	runes := []rune(text)
	position = min(max(position, 0), len(runes))
	return string(runes[:position]), string(runes[position:])
}

// atToken parts a line at the place where it stopped making sense: the name or sign there, "␣" at the end, stands in the middle.
func atToken(text string, position int) (before, token, after string) {
	before, after = beforeAfter(text, position)
	runes := []rune(after)
	if len(runes) == 0 {
		return before, "␣", ""
	}
	n := 1
	for isNamed(runes[0]) && n < len(runes) && isNamed(runes[n]) {
		n++
	}
	return before, string(runes[:n]), string(runes[n:])
}

func isNamed(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' }

// marked parts a line into what stands before a mark, at it and after it.
func marked(text string, mark [2]int) (before, at, after string) {
	before, rest := beforeAfter(text, mark[0])
	at, after = beforeAfter(rest, mark[1]-mark[0])
	return before, at, after
}
