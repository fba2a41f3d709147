package exercise

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A hole is a place in an author's text where a value goes: @{name}, or @{+name}
// for the value with its sign.
type hole struct {
	text, name string // name is "" if the hole is not well formed
	signed     bool
	start, end int // in bytes
}

var (
	holeMark = regexp.MustCompile(`@\{[^}\n]*\}?`)
	holeForm = regexp.MustCompile(`^@\{(\+?)([A-Za-z][A-Za-z0-9_]*)\}$`)
)

func findHoles(text string) []hole {
	var list []hole
	for _, at := range holeMark.FindAllStringIndex(text, -1) {
		h := hole{text: text[at[0]:at[1]], start: at[0], end: at[1]}
		if m := holeForm.FindStringSubmatch(h.text); m != nil {
			h.signed, h.name = m[1] != "", m[2]
		}
		list = append(list, h)
	}
	return list
}

// maxHoles is how many different holes a formula may have.
const maxHoles = 99

// sentinel is the number that stands in TeX for the kth hole of a formula. No author writes
// it, and Temml keeps its digits together.
func sentinel(k int) string { return fmt.Sprintf("975310%02d86420", k) }

// Holes sets TeX with holes: render gets it with a number in the place of each, and in
// the MathML each number becomes a mark that [Text] fills with a variant's value. So a
// formula is set once for all variants, ahead of time. Besides render's, the error
// is that a hole stands where no number of its own is seen.
func Holes(tex string, display bool, render func(tex string, display bool) (string, error)) (string, error) {
	holes := findHoles(tex)
	if len(holes) == 0 {
		return render(tex, display)
	}
	var marks []string // the different holes, in order
	var out strings.Builder
	at := 0
	for _, h := range holes {
		if h.name == "" {
			continue // reported by the reader of the text
		}
		k := slices.Index(marks, h.text)
		if k < 0 {
			k, marks = len(marks), append(marks, h.text)
		}
		out.WriteString(tex[at:h.start])
		if strings.HasSuffix(tex[:h.start], ",") {
			out.WriteByte(' ') // without it Temml reads 1,2 as one number
		}
		if h.signed {
			out.WriteByte('+')
		}
		out.WriteString("{" + sentinel(k) + "}") // in braces: the argument of ^ or \frac
		if at = h.end; digitAfterComma.MatchString(tex[at:]) {
			out.WriteString(", ")
			at++
		}
	}
	if len(marks) > maxHoles {
		return "", fmt.Errorf("more than %d different holes", maxHoles)
	}
	out.WriteString(tex[at:])
	markup, err := render(out.String(), display)
	if err != nil || markup == "" {
		return markup, err
	}
	for k, mark := range marks {
		if markup, err = markHole(markup, mark, sentinel(k), strings.Count(tex, mark)); err != nil {
			return "", err
		}
	}
	return markup, nil
}

var digitAfterComma = regexp.MustCompile(`^,\d`)

// markHole puts the mark of a hole, which stands so many times in the TeX, into MathML: <mn>@{name}</mn>, after a sign
// <mo>@{sign name}</mo> … <mn>@{abs name}</mn>, and in text @{name}.
func markHole(markup, mark, number string, times int) (string, error) {
	if strings.Count(markup, number) < times {
		return "", fmt.Errorf("the hole %s stands where no number is seen", mark)
	}
	if name, signed := strings.CutPrefix(mark, "@{+"); signed {
		sign := regexp.MustCompile(`(<mo[^>]*>)\+(</mo>(?:<m(?:row|sup|sub|subsup)[^>]*>)*<mn[^>]*>)` + number + `(\.?</mn>)`)
		markup = sign.ReplaceAllString(markup, "${1}@{sign "+name+"${2}@{abs "+name+"${3}")
		if strings.Contains(markup, number) {
			return "", fmt.Errorf("the hole %s stands where no sign can stand", mark)
		}
		return markup, nil
	}
	markup = regexp.MustCompile(`(<mn[^>]*>)`+number+`(\.?</mn>)`).ReplaceAllString(markup, "${1}"+mark+"${2}")
	if regexp.MustCompile(`<mn[^>]*>[^<]*` + number).MatchString(markup) {
		return "", fmt.Errorf("the hole %s stands beside another number; write \\cdot between them", mark)
	}
	return strings.ReplaceAll(markup, number, mark), nil
}

// digits is how many significant digits of a value are shown.
const digits = 10

// decimal is a value in plain digits, and its power of ten where it is too large or small for them.
func decimal(v float64, digits int) (mantissa string, exponent int) {
	text := strconv.FormatFloat(v, 'e', digits-1, 64)
	mantissa, e, _ := strings.Cut(text, "e")
	exponent, _ = strconv.Atoi(e)
	if v == 0 {
		return "0", 0
	}
	if exponent < -4 || exponent >= digits {
		return trimZeros(mantissa), exponent
	}
	rounded, _ := strconv.ParseFloat(text, 64)
	return strconv.FormatFloat(rounded, 'f', -1, 64), 0
}

func trimZeros(text string) string {
	if strings.Contains(text, ".") {
		text = strings.TrimRight(strings.TrimRight(text, "0"), ".")
	}
	return text
}
