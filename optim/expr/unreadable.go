package expr

import (
	"slices"
	"strings"
	"unicode"
)

// advice says what to write instead of signs that students type and formulas do not have.
var advice = []struct{ signs, message string }{
	{"!", "there is no factorial: write the product out."},
	{"%", "I cannot read “%” in a formula: write /100 for percent."},
	{":", "I cannot read “:” in a formula: division is written /."},
	{"<>≤≥≠≈→", "I expect a formula, not a comparison."},
	{"'’′", "I cannot read a prime: write the formula itself, its derivatives are found for you."},
	{"∂∫∑∏", "I expect a formula without signs for sums, integrals and derivatives."},
	{"\\$", "I do not read LaTeX: write x^2/2, sqrt(x), sin(x)."},
	{"∞", "a formula has no ∞: write a number."},
	{"°", "angles are in radians: 90° is written pi/2."},
	{"±∓", "I expect one sign here, + or -."},
	{"∛∜", "I have √ only: a cube root is written x^(1/3)."},
	{"‖⟨⟩", "brackets are ( ) and bars are |x|."},
	{"\"“”„«»", "a formula stands without quotation marks."},
	{"_", "only θ has an index, as in theta_1."},
	{"=", "I expect a formula without =: write only its right-hand side."},
}

// lookAlikes are letters of other alphabets that look like the variables.
var lookAlikes = map[rune]string{'х': "x", 'Х': "x", 'у': "y", 'У': "y", 'е': "e", 'χ': "x", '𝑥': "x", '𝑦': "y", '𝑒': "e"}

func (l *lexer) unreadable(r rune) *SyntaxError {
	for _, a := range advice {
		if strings.ContainsRune(a.signs, r) {
			return syntaxError(l.at, "%s", a.message)
		}
	}
	if latin := lookAlikes[r]; latin != "" {
		return &SyntaxError{Position: l.at, Suggestion: latin, Message: "this “" + string(r) + "” is a letter of another alphabet: type " + latin + "."}
	}
	switch {
	case unicode.IsLetter(r):
		return syntaxError(l.at, "I do not know “%c”: the variables are x, y or θ1, θ2.", r)
	case !unicode.IsPrint(r):
		return syntaxError(l.at, "there is a character here that cannot be seen (%U): delete it.", r)
	}
	return syntaxError(l.at, "I cannot read “%c” in a formula.", r)
}

// equation explains a name that only introduces a formula, as in f(x) = x^2; nil if there is no equals sign.
func (l *lexer) equation() *SyntaxError {
	if i := slices.Index(l.src, '='); i >= 0 {
		return syntaxError(i, "I expect a formula without =: write only its right-hand side.")
	}
	return nil
}
