package chart

import (
	"math"
	"strconv"
	"strings"
)

// Number writes v for a reader: four significant digits, a true minus sign, powers of ten written out, as in 0.1235,
// −12.5, 3.2×10⁻⁵. Values that are not finite are "not a number", "∞" and "−∞".
func Number(v float64) string {
	switch {
	case math.IsNaN(v):
		return "not a number"
	case math.IsInf(v, 1):
		return "∞"
	case math.IsInf(v, -1):
		return "−∞"
	case v == 0:
		return "0"
	}
	s := strconv.FormatFloat(v, 'e', 3, 64)
	mantissa, exponent, _ := strings.Cut(s, "e")
	exp, _ := strconv.Atoi(exponent)
	if exp < -3 || exp > 5 {
		if strings.Contains(mantissa, ".") {
			mantissa = strings.TrimRight(strings.TrimRight(mantissa, "0"), ".")
		}
		return minus(mantissa) + "×10" + superscript(exp)
	}
	fixed := strconv.FormatFloat(v, 'f', max(0, 3-exp), 64)
	if strings.Contains(fixed, ".") {
		fixed = strings.TrimRight(strings.TrimRight(fixed, "0"), ".")
	}
	return minus(fixed)
}

// minus gives a number the sign that is as wide as a plus.
func minus(s string) string {
	if rest, negative := strings.CutPrefix(s, "-"); negative {
		return "−" + rest
	}
	return s
}

var raised = strings.NewReplacer("-", "⁻", "0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴",
	"5", "⁵", "6", "⁶", "7", "⁷", "8", "⁸", "9", "⁹")

func superscript(n int) string { return raised.Replace(strconv.Itoa(n)) }

// count writes "1 step", "20 steps".
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// sentence joins words into one that ends in a full stop.
func sentence(parts ...string) string {
	return strings.Join(parts, "") + "."
}
