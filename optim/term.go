package optim

import (
	"math"
	"strconv"
	"strings"

	"descent/optim/param"
)

// A term is a quantity in three forms that are built together, so that they
// cannot disagree: as text with symbols, as text with numbers put in, and as
// values.
type term struct {
	symbol  written   // "0.9·m₂"
	numbers []written // "0.9·(−0.2)": one per value, or one for all
	values  []float64 // one per coordinate, or one for a scalar
}

// How tightly the outermost operation of a text binds.
const (
	bindsSum = iota
	bindsProduct
	bindsPower
	bindsAll  // a number or a symbol
	bindsUnit // the number 1 of a formula: a factor that is left out
)

// A written is a text that knows when it needs brackets.
type written struct {
	text  string
	binds int
}

const minusSign = "−"

// within is the text as an operand of something that binds so tightly; only
// the first operand of a sum or a quotient may begin with a minus sign.
func (w written) within(binds int, first bool) string {
	if w.binds < binds || strings.HasPrefix(w.text, minusSign) && (!first || binds == bindsPower) {
		return "(" + w.text + ")"
	}
	return w.text
}

func sum(a, b written) written {
	return written{a.within(bindsSum, true) + " + " + b.within(bindsSum, false), bindsSum}
}

func difference(a, b written) written {
	return written{a.within(bindsSum, true) + " − " + b.within(bindsProduct, false), bindsSum}
}

func product(a, b written) written {
	if a.binds == bindsUnit {
		return b
	}
	if b.binds == bindsUnit {
		return a
	}
	return written{a.within(bindsProduct, false) + "·" + b.within(bindsProduct, false), bindsProduct}
}

func quotient(a, b written) written {
	if b.binds == bindsUnit {
		return a
	}
	return written{a.within(bindsProduct, true) + "/" + b.within(bindsPower, false), bindsProduct}
}

func negative(a written) written {
	return written{minusSign + a.within(bindsProduct, false), bindsProduct}
}

func square(a written) written { return written{a.within(bindsAll, false) + "²", bindsPower} }

func root(a written) written { return written{"√" + a.within(bindsAll, false), bindsPower} }

func bars(a written) written { return written{"|" + a.text + "|", bindsAll} }

func maximum(a, b written) written { return written{"max(" + a.text + ", " + b.text + ")", bindsAll} }

// literal is a hyper-parameter: it stands as a number in both texts.
func literal(v float64) term {
	w := numeral(param12(v))
	if w.text == "1" {
		w.binds = bindsUnit
	}
	return term{w, []written{w}, []float64{v}}
}

func count(n int) term { return literal(float64(n)) }

var one = count(1)

// numeral wraps the text of one number: "1.2·10⁻⁶" is a product.
func numeral(text string) written {
	text = strings.ReplaceAll(text, "-", minusSign)
	switch {
	case strings.Contains(text, "·"):
		return written{text, bindsProduct}
	case strings.HasPrefix(text, "10") && strings.ContainsAny(text, superscripts):
		return written{text, bindsPower}
	}
	return written{text, bindsAll}
}

// param12 writes a hyper-parameter as it was typed: 12 digits hide the rounding
// of 1 − 0.9.
func param12(v float64) string {
	short, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 12, 64), 64)
	text := strings.ReplaceAll(param.Format(short), "-", minusSign)
	mantissa, exponent, ok := strings.Cut(text, "e")
	if !ok {
		return text
	}
	e, _ := strconv.Atoi(strings.Replace(exponent, minusSign, "-", 1))
	if mantissa == "1" {
		return "10" + superscript(e)
	}
	return mantissa + "·10" + superscript(e)
}

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹⁻"

var (
	subscriptDigits   = strings.NewReplacer("0", "₀", "1", "₁", "2", "₂", "3", "₃", "4", "₄", "5", "₅", "6", "₆", "7", "₇", "8", "₈", "9", "₉", "-", "₋")
	superscriptDigits = strings.NewReplacer("0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹", "-", "⁻")
)

func subscript(n int) string   { return subscriptDigits.Replace(strconv.Itoa(n)) }
func superscript(n int) string { return superscriptDigits.Replace(strconv.Itoa(n)) }

func (a term) plus(b term) term {
	return join(a, b, sum, func(x, y float64) float64 { return x + y })
}

func (a term) minus(b term) term {
	return join(a, b, difference, func(x, y float64) float64 { return x - y })
}

// times is the product, coordinate by coordinate.
func (a term) times(b term) term {
	return join(a, b, product, func(x, y float64) float64 { return x * y })
}

// over is the quotient, coordinate by coordinate.
func (a term) over(b term) term {
	return join(a, b, quotient, func(x, y float64) float64 { return x / y })
}

func (a term) larger(b term) term {
	return join(a, b, maximum, func(x, y float64) float64 { return max(x, y) })
}

func (a term) negated() term { return a.each(negative, func(x float64) float64 { return -x }) }
func (a term) squared() term { return a.each(square, func(x float64) float64 { return x * x }) }
func (a term) root() term    { return a.each(root, math.Sqrt) }
func (a term) abs() term     { return a.each(bars, math.Abs) }

// atLeast cuts the values off below without a word.
func (a term) atLeast(floor float64) term {
	return a.each(func(w written) written { return w }, func(x float64) float64 { return max(x, floor) })
}

// dot is the scalar product of two vectors.
func (a term) dot(b term) term {
	t := term{symbol: written{a.symbol.within(bindsPower, false) + "ᵀ" + b.symbol.within(bindsPower, false), bindsProduct}, values: []float64{0}}
	for i := range a.values {
		t.values[0] += a.values[i] * b.values[i]
		p := product(a.numbers[i], b.numbers[i])
		if i > 0 {
			p = sum(t.numbers[0], p)
		}
		t.numbers = []written{p}
	}
	return t
}

// join combines two terms; a scalar joins every coordinate of a vector.
func join(a, b term, write func(a, b written) written, calculate func(x, y float64) float64) term {
	t := term{symbol: write(a.symbol, b.symbol)}
	for i := range max(len(a.values), len(b.values)) {
		t.values = append(t.values, calculate(at(a.values, i), at(b.values, i)))
		t.numbers = append(t.numbers, write(at(a.numbers, i), at(b.numbers, i)))
	}
	return t
}

func (a term) each(write func(written) written, calculate func(float64) float64) term {
	t := term{symbol: write(a.symbol)}
	for i, x := range a.values {
		t.values = append(t.values, calculate(x))
		t.numbers = append(t.numbers, write(at(a.numbers, i)))
	}
	return t
}

// at is coordinate i, or the only one.
func at[T any](list []T, i int) T {
	if len(list) == 1 {
		return list[0]
	}
	return list[i]
}
