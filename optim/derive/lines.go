package derive

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// An Echo is a line of a text as it is understood while it is typed: nothing is judged.
type Echo struct {
	N       int          // its number in the text, from 1
	Text    string       // as typed
	Formula *Formula     // nil: empty or not understood
	Err     *SyntaxError // why it was not understood; nil: it was, or is empty
}

// Echoes reads every line of a text, the empty ones too, by themselves. The error is an
// [*InputError] for a text beyond the limits. It takes some 25 µs a line.
func Echoes(task *Task, text string) ([]Echo, error) {
	lines, err := split(text)
	if err != nil {
		return nil, err
	}
	echoes := make([]Echo, len(lines))
	for i, line := range lines {
		echoes[i] = Echo{N: i + 1, Text: line}
		if strings.TrimSpace(line) == "" {
			continue
		}
		f, err := parse(line, task.read())
		if err != nil {
			echoes[i].Err = err
			continue
		}
		echoes[i].Formula = f
	}
	return echoes, nil
}

// split is a text's lines. The error is an [*InputError] for a text beyond the limits.
func split(text string) ([]string, error) {
	if n := utf8.RuneCountInString(text); n > MaxText || len(text) > utf8.UTFMax*MaxText {
		return nil, &InputError{"lines", MaxText, "the text has more than the " + strconv.Itoa(MaxText) + " characters allowed"}
	}
	if !utf8.ValidString(text) {
		return nil, &InputError{"lines", -1, "the text is not valid UTF-8"}
	}
	lines := strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n")
	start, count := 0, 0
	for i, line := range lines {
		length := utf8.RuneCountInString(line)
		if length > MaxLine {
			return nil, &InputError{"lines", start + MaxLine, "line " + strconv.Itoa(i+1) + " has more than the " + strconv.Itoa(MaxLine) + " characters allowed"}
		}
		if strings.TrimSpace(line) != "" {
			count++
		}
		if count > MaxLines {
			return nil, &InputError{"lines", start, "the derivation has more than the " + strconv.Itoa(MaxLines) + " lines allowed"}
		}
		start += length + 1
	}
	return lines, nil
}
