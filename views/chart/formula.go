package chart

import (
	"strings"
	"unicode/utf8"

	"gonum.org/v1/plot/vg"
)

// A run is a piece of a label in one style: level 1 is raised, −1 lowered.
type run struct {
	text   string
	italic bool
	level  int
}

// runs splits a label at its $formulas$. A dollar without a partner is a dollar.
func runs(s string) []run {
	var list []run
	for {
		open := strings.IndexByte(s, '$')
		if open < 0 {
			break
		}
		length := strings.IndexByte(s[open+1:], '$')
		if length < 0 {
			break
		}
		if open > 0 {
			list = append(list, run{text: s[:open]})
		}
		list = formula(list, s[open+1:open+1+length])
		s = s[open+length+2:]
	}
	if s != "" {
		list = append(list, run{text: s})
	}
	return list
}

// formula appends the runs of one formula.
func formula(list []run, s string) []run {
	for s != "" {
		level := 0
		if len(s) > 1 && (s[0] == '_' || s[0] == '^') {
			level = 1
			if s[0] == '_' {
				level = -1
			}
			s = s[1:]
			inner := ""
			if end := strings.IndexByte(s, '}'); s[0] == '{' && end > 0 {
				inner, s = s[1:end], s[end+1:]
			} else {
				_, n := utf8.DecodeRuneInString(s)
				inner, s = s[:n], s[n:]
			}
			list = append(list, script(inner, level))
			continue
		}
		n := letters(s)
		switch {
		case n == 0: // up to the next letter or script
			n = strings.IndexFunc(s[1:], func(r rune) bool { return isLetter(r) || r == '_' || r == '^' }) + 1
			if n == 0 {
				n = len(s)
			}
			list = append(list, run{text: upright(s[:n])})
		default:
			width := 0
			for range n {
				_, w := utf8.DecodeRuneInString(s[width:])
				width += w
			}
			list = append(list, run{text: s[:width], italic: n == 1})
			n = width
		}
		s = s[n:]
	}
	return list
}

// lowered has the digits' lowered forms, as raised has the raised ones: as
// large as a small screen needs.
var lowered = strings.NewReplacer("0", "₀", "1", "₁", "2", "₂", "3", "₃", "4", "₄", "5", "₅", "6", "₆", "7", "₇", "8", "₈", "9", "₉")

// script is a raised or lowered piece of a formula.
func script(inner string, level int) run {
	digits := strings.Trim(inner, "0123456789") == ""
	switch {
	case level > 0 && (inner == "*" || strings.Trim(inner, "-0123456789") == ""): // the star stands high already
		return run{text: raised.Replace(inner)}
	case level < 0 && digits:
		return run{text: lowered.Replace(inner)}
	}
	return run{text: upright(inner), italic: letters(inner) == 1 && len(inner) <= 2, level: level}
}

func upright(s string) string { return strings.ReplaceAll(s, "-", "−") }

// letters counts the letters that s begins with.
func letters(s string) int {
	n := 0
	for _, r := range s {
		if !isLetter(r) {
			break
		}
		n++
	}
	return n
}

func isLetter(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || 'α' <= r && r <= 'ω'
}

// plain is a label without its markup, for titles and width estimates.
func plain(s string) string {
	if !strings.Contains(s, "$") {
		return s
	}
	var b strings.Builder
	for _, r := range runs(s) {
		b.WriteString(r.text)
	}
	return b.String()
}

// textWidth estimates the width of a label in user units.
func textWidth(s string) vg.Length { return vg.Length(charWidth * utf8.RuneCountInString(plain(s))) }

// class is the CSS class of the run's <tspan>; "" for none.
func (r run) class() string {
	k := ""
	if r.italic {
		k = "i"
	}
	if r.level != 0 {
		k = strings.TrimSpace(k + " sub")
	}
	return k
}

// shift is how far the run's baseline lies below that of the run before it, which was set at the given level: in the em
// of this run, scripts being set at 92 percent; "" where they agree.
func (r run) shift(before int) string {
	switch {
	case r.level == -1:
		return ".3"
	case r.level == 1:
		return "-.5"
	case before == -1:
		return "-.276"
	case before == 1:
		return ".46"
	}
	return ""
}

func appendRuns(b []byte, s string) []byte {
	if !strings.Contains(s, "$") {
		return append(b, escape(s)...)
	}
	level := 0
	for _, r := range runs(s) {
		k, shift := r.class(), r.shift(level)
		level = r.level
		if k == "" && shift == "" {
			b = append(b, escape(r.text)...)
			continue
		}
		b = append(b, `<tspan class="`...)
		b = append(b, k...)
		if shift != "" {
			b = append(b, `" dy="`...)
			b = append(b, shift...)
			b = append(b, `em`...)
		}
		b = append(b, `">`...)
		b = append(b, escape(r.text)...)
		b = append(b, `</tspan>`...)
	}
	return b
}
