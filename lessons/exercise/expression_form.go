package exercise

import (
	"math"
	"slices"
	"strings"

	"descent/optim/derive"
)

// A requiredForm is a way in which an answer is to be written: a word of formWords and, with no-function, a function.
type requiredForm struct{ word, function string }

var formWords = []string{"expanded", "factored", "no-derivative", "no-function"}

// readForms reads one form or a list of them.
func readForms(r *Reader) []requiredForm {
	if !r.Has("form") {
		return nil
	}
	var words []string
	if r.isList("form") {
		words = r.Words("form")
	} else {
		words = []string{r.Text("form")}
	}
	var forms []requiredForm
	for _, text := range words {
		word, function, _ := strings.Cut(strings.TrimSpace(text), " ")
		switch {
		case !slices.Contains(formWords, word):
			r.Problem("form", "there is no form %q; %s", word, suggest(word, formWords))
		case word == "no-function" && !derive.IsFunction(function):
			r.Problem("form", "no-function names a function, as in “no-function log”, not %q", function)
		case word != "no-function" && function != "":
			r.Problem("form", "%s stands alone; several forms make a list", word)
		}
		forms = append(forms, requiredForm{word, function})
	}
	return forms
}

// judge says what is missing for the form; "" if a formula has it.
func (f requiredForm) judge(formula *derive.Formula) string {
	const equal = "This is equal, but not written as asked: "
	switch {
	case f.word == "expanded" && !formula.IsExpanded():
		return equal + "multiply out all brackets."
	case f.word == "factored" && !formula.IsFactored():
		return equal + "write it as a product."
	case f.word == "no-derivative" && formula.HasDerivative():
		return equal + "a derivative is left to be taken."
	case f.word == "no-function" && formula.Calls(f.function):
		return equal + "it is to be written without " + f.function + "."
	}
	return ""
}

// sayCounterexample shows two formulas apart: where, and their values there. The point is not empty.
func sayCounterexample(c *derive.Counterexample) string {
	const mostNames = 6
	names := sortedKeys(c.Point)
	yours, right := sayBoth(c.B, c.A)
	if len(names) > mostNames {
		return "With some data, your formula is " + yours + " and the right one " + right + "."
	}
	where := make([]string, len(names))
	for i, name := range names {
		where[i] = strings.ReplaceAll(name, "_", "") + " = " + sayValue(c.Point[name], usualDigits)
	}
	return "At " + strings.Join(where, ", ") + ", your formula is " + yours + " and the right one " + right + "."
}

// usualDigits is how many significant digits of a counterexample's values are written.
const usualDigits = 4

// sayBoth writes two values that differ to as many digits as it takes to see it.
func sayBoth(a, b float64) (string, string) {
	n := usualDigits
	for n < digits && sayValue(a, n) == sayValue(b, n) {
		n++
	}
	return sayValue(a, n), sayValue(b, n)
}

// sayValue writes a value of a counterexample to n significant digits.
func sayValue(v float64, n int) string {
	if math.IsNaN(v) {
		return "not defined"
	}
	if math.IsInf(v, 0) {
		return "not finite"
	}
	return numberTo(v, n)
}
