package dataset

import (
	"math"
	"strconv"
	"strings"
)

// A numberForm says how a cell writes a number.
type numberForm uint8

const (
	notNumber  numberForm = iota
	plain                 // 12, 1e5: the same with either decimal sign
	withPoint             // 1.5, 1,234.5, 1,234,567
	withComma             // 1,5, 1.234,5, 1.234.567
	threePoint            // 1.234: a decimal point or, beside decimal commas, thousands
	threeComma            // 1,234: a decimal comma or, beside decimal points, thousands
)

// groupMarks part the thousands of a number and nothing else.
const groupMarks = " '’\u00A0\u202F\u2009"

// missing says whether a cell stands for no value.
func missing(cell string) bool {
	if len(cell) > 4 {
		return false
	}
	switch strings.ToLower(cell) {
	case "", "na", "n/a", "#n/a", "nan", "null", "?", "-", "–", "—":
		return true
	}
	return false
}

// infinite says whether a cell is a name of ∞.
func infinite(cell string) bool {
	cell = strings.TrimLeft(strings.ToLower(cell), "+-−")
	return cell == "inf" || cell == "infinity" || cell == "∞"
}

// formOf says how a cell writes a number. It knows decimal digits with a sign,
// an exponent, a decimal sign and groups of three.
func formOf(cell string) numberForm {
	if cell == "" || len(cell) > 64 {
		return notNumber
	}
	if c := cell[0]; c > '9' && c < 0x80 {
		return notNumber
	}
	mantissa, exponent, scientific := unsigned(cell)
	if scientific && !exponentDigits(exponent) {
		return notNumber
	}
	mantissa, ok := ungroup(mantissa)
	if !ok {
		return notNumber
	}
	points, commas, digits := 0, 0, 0
	for i := range len(mantissa) {
		switch c := mantissa[i]; {
		case c == '.':
			points++
		case c == ',':
			commas++
		case c >= '0' && c <= '9':
			digits++
		default:
			return notNumber
		}
	}
	switch {
	case digits == 0:
		return notNumber
	case points == 0 && commas == 0:
		return plain
	case commas == 0:
		return oneSign(mantissa, ".", points, threePoint, withPoint, withComma)
	case points == 0:
		return oneSign(mantissa, ",", commas, threeComma, withComma, withPoint)
	}
	decimal, group, form := ".", ",", withPoint
	if strings.LastIndexByte(mantissa, ',') > strings.LastIndexByte(mantissa, '.') {
		decimal, group, form = ",", ".", withComma
	}
	whole, fraction, _ := strings.Cut(mantissa, decimal)
	if strings.Contains(fraction, decimal) || strings.Contains(fraction, group) || !grouped(whole, group) {
		return notNumber
	}
	return form
}

// oneSign judges a number with one sort of sign: once it is the decimal sign, or
// perhaps one of thousands; more often it parts thousands.
func oneSign(mantissa, sign string, times int, three, decimal, thousands numberForm) numberForm {
	if times > 1 {
		if grouped(mantissa, sign) {
			return thousands
		}
		return notNumber
	}
	if grouped(mantissa, sign) {
		return three
	}
	return decimal
}

// grouped says whether digits stand in groups of three, the first of one to
// three digits and not 0.
func grouped(digits, sign string) bool {
	groups := strings.Split(digits, sign)
	if first := groups[0]; len(groups) < 2 || first == "" || len(first) > 3 || first[0] == '0' {
		return false
	}
	for _, group := range groups[1:] {
		if len(group) != 3 {
			return false
		}
	}
	return true
}

// unsigned parts a number into what follows its sign and its exponent.
func unsigned(cell string) (mantissa, exponent string, scientific bool) {
	for _, sign := range [...]string{"-", "+", "−"} {
		if rest, ok := strings.CutPrefix(cell, sign); ok {
			cell = rest
			break
		}
	}
	if i := strings.IndexAny(cell, "eE"); i >= 0 {
		return cell[:i], cell[i+1:], true
	}
	return cell, "", false
}

func exponentDigits(text string) bool {
	text = strings.TrimPrefix(strings.TrimPrefix(text, "-"), "+")
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return text != ""
}

// ungroup takes the marks out that part thousands, if they stand where
// thousands are parted and are of one sort.
func ungroup(mantissa string) (digits string, ok bool) {
	if !strings.ContainsAny(mantissa, groupMarks) {
		return mantissa, true
	}
	whole := mantissa
	if i := strings.IndexAny(mantissa, ".,"); i >= 0 {
		whole = mantissa[:i]
	}
	i := strings.IndexAny(whole, groupMarks)
	if i < 0 {
		return "", false // in the fraction
	}
	mark := ""
	for _, r := range groupMarks {
		if strings.HasPrefix(whole[i:], string(r)) {
			mark = string(r)
		}
	}
	rest := strings.ReplaceAll(mantissa, mark, "")
	return rest, grouped(whole, mark) && !strings.ContainsAny(rest, groupMarks)
}

// parseNumber reads a cell whose form is a number's, with decimal commas or
// points. A number too large is ±Inf.
func parseNumber(cell string, form numberForm, commas bool) float64 {
	if form == plain || !commas && (form == threePoint || form == withPoint) {
		if v, err := strconv.ParseFloat(cell, 64); err == nil { // as most are written
			return v
		}
	}
	mantissa, exponent, scientific := unsigned(cell)
	mantissa, _ = ungroup(mantissa)
	if commas {
		mantissa = strings.Replace(strings.ReplaceAll(mantissa, ".", ""), ",", ".", 1)
	} else {
		mantissa = strings.ReplaceAll(mantissa, ",", "")
	}
	if scientific {
		mantissa += "e" + exponent
	}
	v, err := strconv.ParseFloat(mantissa, 64)
	if err != nil && !math.IsInf(v, 0) {
		return math.NaN() // formOf and this function disagree: a test's business
	}
	if strings.HasPrefix(cell, "-") || strings.HasPrefix(cell, "−") {
		return -v
	}
	return v
}
