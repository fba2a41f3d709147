package cell

import (
	"math"
	"strconv"
	"strings"

	"descent/optim/param"
)

// say writes a number for a sentence: at most four significant digits, a true
// minus sign, and powers of ten as people write them.
func say(v float64) string { return sayTo(v, 4) }

// Say writes a number as the readouts do: at most four significant digits, a true
// minus sign, powers of ten as 3.2·10⁻⁵, and "undefined", "∞" or "−∞".
func Say(v float64) string { return say(v) }

// sayPrecisely is say with more digits, for arithmetic that a reader follows.
func sayPrecisely(v float64) string { return sayTo(v, 6) }

func sayTo(v float64, digits int) string {
	switch {
	case math.IsNaN(v):
		return "undefined"
	case math.IsInf(v, 1):
		return "∞"
	case math.IsInf(v, -1):
		return "−∞"
	case v == 0:
		return "0"
	}
	a := math.Abs(v)
	if a >= 1e-3 && a < 1e6 {
		return minus(param.Format(roundTo(v, digits)))
	}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(v, 'e', digits-2, 64), "e")
	e, _ := strconv.Atoi(exponent)
	if mantissa = strings.TrimRight(strings.TrimRight(mantissa, "0"), "."); mantissa == "1" {
		return "10" + superscript(e)
	}
	return minus(mantissa) + "·10" + superscript(e)
}

// roundTo rounds to so many significant digits; whole numbers stay whole.
func roundTo(v float64, digits int) float64 {
	if math.Abs(v) >= math.Pow(10, float64(digits)) {
		return math.Round(v)
	}
	r, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', digits, 64), 64)
	return r
}

// floorTo rounds a positive number down to two significant digits, for advice
// that must stay on the safe side.
func floorTo(v float64) float64 {
	e := math.Pow(10, math.Floor(math.Log10(v))-1)
	return roundTo(math.Floor(v/e*(1+1e-12))*e, 2)
}

func minus(s string) string { return strings.Replace(s, "-", "−", 1) }

func superscript(n int) string {
	const digits = "⁰¹²³⁴⁵⁶⁷⁸⁹"
	var b strings.Builder
	for _, r := range strconv.Itoa(n) {
		if r == '-' {
			b.WriteRune('⁻')
		} else {
			b.WriteRune([]rune(digits)[r-'0'])
		}
	}
	return b.String()
}

// sayPoint writes θ as (1, 2), or as a plain number when it has one coordinate.
func sayPoint(theta []float64) string {
	if len(theta) == 1 {
		return say(theta[0])
	}
	parts := make([]string, len(theta))
	for i, v := range theta {
		parts[i] = say(v)
	}
	return "(" + strings.Join(parts, ", ") + ")"
}

// plural writes "1 step", "5 steps".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
