package exercise

import (
	"errors"
	"fmt"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"descent/optim/derive"
	"descent/optim/expr"
)

const (
	MaxNumber = 100 // characters of an answer
	maxUnit   = 20  // of a unit
)

// A quantity is a number as a student gives it.
type quantity struct {
	value float64
	unit  unitState
}

// unitState is what became of the unit that is asked for.
type unitState int

const (
	unitRight unitState = iota // or none is asked for
	unitMissing
	unitWrong
)

// read reads an answer such as "1.8", "1,8", "−9/5", "1.8e-3", "sqrt(2)/2" or, with a unit, "1.8 m/s". A message says why it
// is not one, with the character where that is seen, or −1.
func (p *NumberPart) read(text string) (q quantity, message string, position int) {
	start := utf8.RuneCountInString(text) - utf8.RuneCountInString(strings.TrimLeft(text, " "))
	text = strings.TrimSpace(text)
	switch {
	case text == "":
		return q, "Type a number here.", -1
	case utf8.RuneCountInString(text) > MaxNumber:
		return q, fmt.Sprintf("This is too long: at most %d characters.", MaxNumber), -1
	}
	if p.Unit != "" {
		text, q.unit = cutUnit(text, p.Unit)
		if q.unit == unitMissing && !p.AskUnit {
			q.unit = unitRight
		}
	}
	q.value, message, position = readNumberText(text)
	if position >= 0 {
		position += start
	}
	return q, message, position
}

var decimalComma = regexp.MustCompile(`^[-+−–]?\d*,\d+(?:[eE][-+−]?\d+)?$`)

// readNumberText reads a number or arithmetic without variables.
func readNumberText(text string) (value float64, message string, position int) {
	if decimalComma.MatchString(text) {
		text = strings.Replace(text, ",", ".", 1)
	}
	plain := strings.NewReplacer("−", "-", "–", "-").Replace(text)
	if v, err := strconv.ParseFloat(plain, 64); err == nil && !strings.ContainsAny(plain, "_xXpPiInN") {
		return v, "", -1
	}
	e, err := expr.Parse(text)
	var syntax *expr.SyntaxError
	switch {
	case errors.As(err, &syntax) && strings.ContainsAny(text, "0123456789"):
		return 0, "This is not a number: " + syntax.Message, syntax.Position
	case err != nil:
		return 0, "This is not a number. Write one as 1.8, −9/5 or 1.8e-3.", -1
	}
	evaluator := e.Compile().NewEvaluator()
	value = evaluator.Eval([]float64{math.NaN(), math.NaN()}, nil) // no variable: it does not matter where
	switch {
	case !math.IsNaN(value) && !math.IsInf(value, 0):
		return value, "", -1
	case math.IsNaN(value) && !math.IsNaN(evaluator.Eval([]float64{0.37, 0.59}, nil)):
		return 0, "A number is asked for here, without variables.", -1
	}
	return 0, "This has no finite value.", -1
}

var unitForm = regexp.MustCompile(`^[^\d\s.,+−-][^,]*$`)

// units are the spellings of a unit that are accepted, in lower case and without spaces; none if it cannot be one.
func units(unit string) []string {
	if !unitForm.MatchString(unit) || utf8.RuneCountInString(unit) > maxUnit {
		return nil
	}
	name := plainUnit(unit)
	list := []string{name}
	for _, same := range spellings {
		if slices.Contains(same, name) {
			list = append(list, same...)
		}
	}
	if s, ok := strings.CutSuffix(name, "s"); ok && len(s) > 2 {
		list = append(list, s)
	} else if len(name) > 2 {
		list = append(list, name+"s")
	}
	return list
}

// spellings are units that people write in several ways.
var spellings = [][]string{
	{"%", "percent", "percents", "pct"},
	{"s", "sec", "secs", "second", "seconds"},
	{"ms", "millisecond", "milliseconds"},
	{"min", "minute", "minutes"},
	{"h", "hour", "hours"},
	{"m", "meter", "meters", "metre", "metres"},
	{"cm", "centimeter", "centimeters", "centimetre", "centimetres"},
	{"km", "kilometer", "kilometers", "kilometre", "kilometres"},
	{"°", "deg", "degree", "degrees"},
	{"rad", "radian", "radians"},
	{"bit", "bits"}, {"nat", "nats"},
	{"€", "eur", "euro", "euros"}, {"$", "usd", "dollar", "dollars"},
}

// plainUnit is a unit without the differences that do not matter.
func plainUnit(text string) string {
	return strings.NewReplacer(" ", "", "\u00a0", "", "·", "*", "⋅", "*", "²", "^2", "³", "^3", "⁻¹", "^-1", "(", "", ")", "").Replace(strings.ToLower(text))
}

// cutUnit takes the unit from the end of an answer.
func cutUnit(text, unit string) (number string, state unitState) {
	runes := []rune(text)
	for at := 1; at < len(runes); at++ { // the longest end that is the unit
		if slices.Contains(units(unit), plainUnit(string(runes[at:]))) && !isLetter(runes[at-1]) {
			return strings.TrimSpace(string(runes[:at])), unitRight
		}
	}
	number, rest := leadingNumber(text)
	switch {
	case rest == "":
		return text, unitMissing
	case number != "" && unitForm.MatchString(rest) && knownUnit(rest):
		return number, unitWrong
	}
	return text, unitMissing
}

var leading = regexp.MustCompile(`^[-+−–]?(?:\d+[.,]?\d*|[.,]\d+)(?:[eE][-+−]?\d+)?(?:/\d+)?`)

// leadingNumber splits an answer after the number with which it begins.
func leadingNumber(text string) (number, rest string) {
	number = leading.FindString(text)
	return number, strings.TrimSpace(text[len(number):])
}

// knownUnit says whether a text is a unit, though another one than asked for: letters with powers and quotients,
// and no function or constant of formulas.
func knownUnit(text string) bool {
	name := plainUnit(text)
	for _, same := range spellings {
		if slices.Contains(same, name) {
			return true
		}
	}
	_, err := expr.Parse(text)
	return err != nil && otherUnit.MatchString(name) && !derive.IsFunction(name)
}

var otherUnit = regexp.MustCompile(`^\p{L}+(?:[*/]\p{L}+)*(?:\^-?\d)?$`)

func isLetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }
