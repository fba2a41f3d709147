package exercise

import (
	"html"
	"math"
	"regexp"
	"strconv"
	"strings"
)

// A Text is rendered Markdown with holes. It is read only.
type Text struct {
	pieces []piece
}

// A piece of a text is markup, and the value that follows it; name "" for none.
type piece struct {
	markup string
	name   string
	form   form
	tag    string // attributes of a number in MathML
	stop   string // a full stop within the number's element
}

// A form is how a value is written.
type form int

const (
	inProse     form = iota // −3
	withSign                // + 3, − 3
	inFormula               // <mn>3</mn>, <mrow><mo>−</mo><mn>3</mn></mrow>
	asOperand               // the same, a negative one in brackets
	signAlone               // + or −
	withoutSign             // <mn>3</mn>
)

var marks = regexp.MustCompile(`<mn([^>]*)>@\{(abs )?(\w+)\}(\.?)</mn>|@\{(\+|sign )?(\w+)\}`)

// beforeOperand ends what stands before a number that is an operand or the base of a power.
var beforeOperand = regexp.MustCompile(`(?:<mo[^>]*>[+−⋅·×∗/]</mo>|<msup[^>]*>)$`)

func newText(markup string) *Text {
	t := &Text{}
	at := 0
	for _, m := range marks.FindAllStringSubmatchIndex(markup, -1) {
		p := piece{markup: markup[at:m[0]]}
		group := func(k int) string {
			if m[2*k] < 0 {
				return ""
			}
			return markup[m[2*k]:m[2*k+1]]
		}
		if p.name = group(3); p.name != "" {
			p.tag, p.stop = group(1), group(4)
			p.form = inFormula
			switch {
			case group(2) != "":
				p.form = withoutSign
			case beforeOperand.MatchString(p.markup):
				p.form = asOperand
			}
		} else {
			p.name = group(6)
			p.form = map[string]form{"": inProse, "+": withSign, "sign ": signAlone}[group(5)]
		}
		t.pieces = append(t.pieces, p)
		at = m[1]
	}
	t.pieces = append(t.pieces, piece{markup: markup[at:]})
	return t
}

// HTML is the text with a variant's values. It is safe to put into a page as it is; nil is "".
func (t *Text) HTML(values map[string]float64) string {
	if t == nil {
		return ""
	}
	var out strings.Builder
	for _, p := range t.pieces {
		out.WriteString(p.markup)
		if p.name != "" {
			out.WriteString(p.write(values[p.name]))
		}
	}
	return out.String()
}

func (p piece) write(v float64) string {
	switch p.form {
	case inFormula:
		return mathNumber(v, p.tag, p.stop)
	case asOperand:
		number := mathNumber(v, p.tag, "")
		if v < 0 {
			number = `<mrow><mo form="prefix" stretchy="false">(</mo>` + number + `<mo form="postfix" stretchy="false">)</mo></mrow>`
		}
		if p.stop != "" {
			number = "<mrow>" + number + "<mi>" + p.stop + "</mi></mrow>"
		}
		return number
	case withoutSign:
		return mathNumber(math.Abs(v), p.tag, p.stop)
	case signAlone:
		return sign(v)
	case withSign:
		return sign(v) + "\u00a0" + Number(math.Abs(v))
	}
	return Number(v)
}

func sign(v float64) string {
	if v < 0 {
		return "−"
	}
	return "+"
}

// Number writes a value for people: at most ten significant digits, a true minus
// sign, powers of ten as 3.2·10⁻⁷. It needs no escaping.
func Number(v float64) string { return numberTo(v, digits) }

func numberTo(v float64, digits int) string {
	mantissa, exponent := decimal(v, digits)
	mantissa = strings.Replace(mantissa, "-", "−", 1)
	if exponent == 0 {
		return mantissa
	}
	raised := strings.NewReplacer("-", "⁻", "0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹").
		Replace(strconv.Itoa(exponent))
	switch mantissa {
	case "1":
		return "10" + raised
	case "−1":
		return "−10" + raised
	}
	return mantissa + "·10" + raised
}

// mathNumber is [Number] in MathML, with attributes for its outer element and what follows the last digit.
func mathNumber(v float64, attributes, stop string) string {
	mantissa, exponent := decimal(math.Abs(v), digits)
	minus := ""
	if v < 0 && mantissa != "0" {
		minus = `<mo form="prefix" lspace="0em" rspace="0em">−</mo>`
	}
	if exponent == 0 && minus == "" {
		return "<mn" + attributes + ">" + mantissa + stop + "</mn>"
	}
	number := "<mn>" + mantissa + stop + "</mn>"
	if exponent != 0 {
		number = "<mn>" + mantissa + "</mn>"
		power := "<msup><mn>10</mn>" + mathNumber(float64(exponent), "", "") + "</msup>"
		if stop != "" {
			power += "<mi>" + stop + "</mi>"
		}
		number += "<mo>·</mo>" + power
		if mantissa == "1" {
			number = power
		}
	}
	return "<mrow" + attributes + ">" + minus + number + "</mrow>"
}

// A Template is plain text with holes, such as a formula that is to be parsed. It is read only.
type Template struct {
	text  string
	holes []hole
}

func newTemplate(text string) *Template { return &Template{text, findHoles(text)} }

// Fill is the text with a variant's values, to 15 significant digits. A negative one that
// stands in the middle of a formula gets brackets.
func (t *Template) Fill(values map[string]float64) string {
	var out strings.Builder
	at := 0
	for _, h := range t.holes {
		out.WriteString(t.text[at:h.start])
		v := values[h.name]
		switch number := plainNumber(v); {
		case h.signed && v < 0:
			out.WriteString("- " + number[1:])
		case h.signed:
			out.WriteString("+ " + number)
		case v < 0 && t.within(h, at):
			out.WriteString("(" + number + ")")
		default:
			out.WriteString(number)
		}
		at = h.end
	}
	out.WriteString(t.text[at:])
	return out.String()
}

// within says whether a hole is an operand: an operator, a name or a number stands before it, or a power after it.
// before is where the hole before it ends: what stands side by side is a list.
func (t *Template) within(h hole, before int) bool {
	left := strings.TrimRight(t.text[before:h.start], " ")
	right := strings.TrimLeft(t.text[h.end:], " ")
	if strings.HasPrefix(right, "^") {
		return true
	}
	return left != "" && !strings.ContainsAny(left[len(left)-1:], "(,=[")
}

func plainNumber(v float64) string {
	mantissa, exponent := decimal(v, 15)
	if exponent != 0 {
		mantissa += "e" + strconv.Itoa(exponent)
	}
	return mantissa
}

// Inline is [Text.HTML] for a label: a text of one paragraph, without the paragraph.
func (t *Text) Inline(values map[string]float64) string {
	return strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(t.HTML(values)), "<p>"), "</p>")
}

// Escape makes plain text fit for a verdict's feedback, as one paragraph.
func Escape(text string) string { return "<p>" + escape(text) + "</p>\n" }

func escape(text string) string { return html.EscapeString(text) }
