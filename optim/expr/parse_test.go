package expr

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestReadings(t *testing.T) {
	for _, c := range []struct {
		source, want string
		noted        bool
	}{
		{"2x", "2*x", false},
		{"x y", "x*y", false},
		{"xy", "x*y", false},
		{"3 sin(x)", "3*sin(x)", false},
		{"x(y+1)", "x*(y + 1)", false},
		{"(x+1)(x-1)", "(x + 1)*(x - 1)", false},
		{"x^2y", "x^2*y", false},
		{"-x^2", "-x^2", false},
		{"(-x)^2", "(-x)^2", false},
		{"2^-x", "2^(-x)", false},
		{"2^-x^2", "2^(-x^2)", false},
		{"2^3^x", "2^3^x", true},
		{"-x y", "-x*y", false},
		{"x - -y", "x - (-y)", false},
		{"+x", "x", false},
		{"x*-y", "x*(-y)", false},
		{"x - (y - 1)", "x - (y - 1)", false},
		{"x/y/2", "x/y/2", false},
		{"x/(y/2)", "x/(y/2)", false},
		{"1/2x", "1/2*x", true},
		{"1/2 x", "1/2*x", true},
		{"x/2sin(x)", "x/2*sin(x)", true},
		{"1/(2x)", "1/(2*x)", false},
		{"e^2x", "e^2*x", true},
		{"2e^x", "2*e^x", false},
		{"2e3", "2e3", false},
		{"2e3x", "2e3*x", true},
		{"1e-3", "1e-3", false},
		{"e(x)", "e*x", false},
		{"xe^x", "x*e^x", false},
		{"0.10x", "0.10*x", false},
		{".5x", ".5*x", false},
		{"(x+1)2", "(x + 1)*2", true},
		{"sin x", "sin(x)", false},
		{"sin 2x", "sin(2*x)", true},
		{"sin2x", "sin(2*x)", true},
		{"sin x cos x", "sin(x)*cos(x)", false},
		{"sin x/2", "sin(x)/2", true},
		{"sin x^2", "sin(x^2)", true},
		{"sin(x)^2", "sin(x)^2", false},
		{"sin^2(x)", "sin(x)^2", false},
		{"sin^2 x", "sin(x)^2", false},
		{"sin²x", "sin(x)^2", false},
		{"sin^-1(x)", "asin(x)", true},
		{"sin⁻¹(x)", "asin(x)", true},
		{"cos sin x", "cos(sin(x))", false},
		{"exp -x", "exp(-x)", true},
		{"sinx", "sin(x)", true},
		{"xsin(x)", "x*sin(x)", true},
		{"2pix", "2*pi*x", true},
		{"ln x", "log(x)", false},
		{"log_2(x) + log10(x)", "log2(x) + log10(x)", false},
		{"log20x", "log(20*x)", true},
		{"σ(x) + sigma(x) + sigmoid(x)", "sigma(x) + sigma(x) + sigma(x)", false},
		{"arctan(x)", "atan(x)", false},
		{"max(x, y, 1)", "max(max(x, y), 1)", false},
		{"|x|", "abs(x)", false},
		{"2|x|", "2*abs(x)", false},
		{"|x||y|", "abs(x)*abs(y)", false},
		{"||x|-1|", "abs(abs(x) - 1)", false},
		{"|2(|x|+1)|", "abs(2*(abs(x) + 1))", false},
		{"√(x+1)", "sqrt(x + 1)", false},
		{"√2x", "sqrt(2)*x", true},
		{"½x^2", "1/2*x^2", false},
		{"x² + x⁻¹", "x^2 + x^(-1)", false},
		{"x**2", "x^2", false},
		{"−x × 2 ÷ 3 · x", "-x*2/3*x", false},
		{"2[x+{y-1}]", "2*(x + (y - 1))", false},
		{"θ1 theta1 theta_1 θ_1 θ₁ θ_{1}", "θ1*θ1*θ1*θ1*θ1*θ1", false},
		{"3θ_1^2 - θ_2", "3*θ1^2 - θ2", false},
		{"θ1²θ2", "θ1^2*θ2", false},
		{"2πx", "2*pi*x", false},
		{"θ² - 2theta", "θ1^2 - 2*θ1", false},
		{"θ + θ1", "θ1 + θ1", false},
		{"x^1/2", "x^1/2", true},
		{"e^-x^2/2", "e^(-x^2)/2", true},
		{"x^2/2 + e^x/2", "x^2/2 + e^x/2", false},
		{"x∙y•x — 1 （＋ 2）", "x*y*x - 1*2", false},
		{"\u200ex\u200b + \ufeff1", "x + 1", false},
	} {
		e := mustParse(t, c.source)
		if e.String() != c.want {
			t.Errorf("%q is read as %s, want %s", c.source, e, c.want)
		}
		if noted := len(e.Notes()) > 0; noted != c.noted {
			t.Errorf("%q has notes %q, want some: %v", c.source, e.Notes(), c.noted)
		}
		if e.Source() != c.source {
			t.Errorf("Source of %q is %q", c.source, e.Source())
		}
	}
}

func TestNotes(t *testing.T) {
	for _, c := range []struct{ source, want string }{
		{"1/2x", "1/2x is read as (1/2)·x; for the other reading write 1/(2*x)."},
		{"e^2x", "e^2x is read as (e^2)·x; a longer exponent needs brackets."},
		{"sin 2x", "an argument without brackets is read as sin(2*x)."},
		{"sin x/2", "the argument of sin ends before “/”: sin(x)."},
		{"2^x^2", "2^x^2 is read as 2^(x^2)."},
	} {
		if got := mustParse(t, c.source).Notes(); !slices.Equal(got, []string{c.want}) {
			t.Errorf("notes of %q: %q, want %q", c.source, got, c.want)
		}
	}
}

func TestVariables(t *testing.T) {
	for _, c := range []struct{ source, want string }{
		{"y + x", "x y"}, {"x", "x"}, {"y^2", "y"}, {"theta2 + theta1", "θ1 θ2"}, {"θ2", "θ2"}, {"3pi", "x"},
	} {
		e := mustParse(t, c.source)
		got := e.Variables()
		if strings.Join(got, " ") != c.want || e.Dim() != len(got) {
			t.Errorf("variables of %q: %v, dimension %d, want %s", c.source, got, e.Dim(), c.want)
		}
		for i := range got {
			if d := e.Derivative(i).Variables(); !slices.Equal(d, got) {
				t.Errorf("a derivative of %q has the variables %v", c.source, d)
			}
		}
	}
}

func TestSyntaxErrors(t *testing.T) {
	for _, c := range []struct {
		source     string
		position   int
		message    string // a part of it
		suggestion string
	}{
		{"", 0, "no formula yet", ""},
		{"  ", 0, "no formula yet", ""},
		{"((((", 4, "after “(” I expect a number, a variable, a function or (", ""},
		{"x+", 2, "after “+” I expect a number", ""},
		{"*x", 0, "cannot begin with “*”", ""},
		{"x^^2", 2, "after “^” I expect", ""},
		{"x ^", 3, "after “^” I expect", ""},
		{"2 3", 2, "two numbers stand side by side", ""},
		{"x2", 0, "A power is written x^2", ""},
		{"x 2", 2, "write * before it for a product", ""},
		{"foo(x)", 0, "I do not know “foo”: the functions are", ""},
		{"x z", 2, "the variables are x, y or θ1, θ2", ""},
		{"sen(x)", 0, "Did you mean sin?", "sin"},
		{"pie", 0, "Did you mean pi?", "pi"},
		{"1 + Sin(x)", 4, "Did you mean sin?", "sin"},
		{"X^2", 0, "Did you mean x?", "x"},
		{"sigmiod(x)", 0, "", "sigmoid"},
		{"sqr(x)", 0, "", "sqrt"},
		{"arctg(x)", 0, "", "atan"},
		{"teta1^2", 0, "", "theta"},
		{"teta^2", 0, "", "theta1"},
		{"cot(x)", 0, "write 1/tan(x)", ""},
		{"θ0", 0, "I expect θ1 or θ2", "θ1"},
		{"2θ + θ2", 1, "θ alone is θ1 only while there is no θ2", "θ1"},
		{"θ_2 theta", 4, "write θ1 here", "θ1"},
		{"θ + x", 4, "not both", ""},
		{"x_1", 0, "I do not know x_1: the variables are", ""},
		{"x₂", 0, "I do not know x₂: the variables are", ""},
		{"2ex", 1, "write * between e and a variable", "e*x"},
		{"f(x) = x^2", 5, "without =", ""},
		{"J(θ)=θ²", 4, "without =", ""},
		{"log_3(x)", 0, "log(x)/log(3)", ""},
		{"log(x, 2)", 5, "log(x)/log(3)", ""},
		{"sqrt[3](x)", 4, "x^(1/3)", ""},
		{"asinh(x)", 0, "I do not have asinh: write log(x + sqrt(x^2 + 1))", ""},
		{"х + 1", 0, "another alphabet", "x"},
		{"λx", 0, "I do not know “λ”", ""},
		{"x\x00", 1, "cannot be seen (U+0000)", ""},
		{"😀", 0, "cannot read “😀”", ""},
		{"5%", 1, "/100", ""},
		{"x:2", 1, "division is written /", ""},
		{"x ≤ 1", 2, "not a comparison", ""},
		{"x'", 1, "derivatives are found for you", ""},
		{`\frac{1}{x}`, 0, "LaTeX", ""},
		{"x + ∞", 4, "no ∞", ""},
		{"sin(90°)", 6, "radians", ""},
		{"x ± 1", 2, "one sign", ""},
		{"∂x", 0, "without signs for sums", ""},
		{"x_", 1, "only θ has an index", ""},
		{"“x”", 0, "quotation marks", ""},
		{"x**", 3, "after “**” I expect", ""},
		{"x]", 1, "this ] has no opening bracket", ""},
		{"arctan", 6, "as in arctan(x)", ""},
		{"ln", 2, "as in ln(x)", ""},
		{"max(x, 1,5, 2;3)", 13, "cannot read “;”", ""},
		{"sin(0,5x)", 5, "0.5", ""},
		{"z + 1", 0, "the variables are x, y", ""},
		{"tg(x)", 0, "Did you mean tan?", "tan"},
		{"θ3", 0, "I expect θ1 or θ2", "θ1"},
		{"θ12", 0, "I expect θ1 or θ2", "θ1"},
		{"θ1 + x", 5, "use either x, y or θ1, θ2", ""},
		{"x + y + θ_2", 8, "use either x, y or θ1, θ2", ""},
		{"sin", 3, "after “sin” I expect (", ""},
		{"sin + 1", 4, "after “sin” I expect (", ""},
		{"sin()", 4, "sin has no argument", ""},
		{"sin(x, y)", 5, "sin takes one argument", ""},
		{"sin^x(x)", 4, "after “sin^” I expect a whole number", ""},
		{"sin^-2(x)", 0, "a negative power of sin is written 1/sin(x)^2", ""},
		{"max(x)", 5, "max takes two arguments", ""},
		{"max x", 4, "as in max(x, 1)", ""},
		{"(x", 2, "I expect ) here", ""},
		{"(x]]", 3, "has no opening bracket before it", ""},
		{"sin(x", 5, "I expect ) here", ""},
		{"|x", 2, "I expect | here", ""},
		{"x)", 1, "has no opening bracket before it", ""},
		{"()", 1, "after “(” I expect", ""},
		{"1,5x", 1, "decimals are written with a point: 1.5.", ""},
		{"x, y", 1, "a comma only separates", ""},
		{"1.5.2", 3, "second point", ""},
		{".", 0, "a digit", ""},
		{"1e999", 0, "too large", ""},
		{"x = 2", 2, "without =", ""},
		{"x! + 1", 1, "no factorial", ""},
		{"θ1 + 2 @", 7, "cannot read “@”", ""},
		{"x\x80", 0, "UTF-8", ""},
		{strings.Repeat("(", 33) + "x", 33, "more than 32 deep", ""},
		{strings.Repeat("-", 33) + "x", 33, "more than 32 deep", ""},
		{strings.Repeat("sin ", 33) + "x", 132, "more than 32 deep", ""},
		{strings.Repeat("x^", 33) + "x", 66, "more than 32 deep", ""},
		{strings.Repeat("xy", 70), 128, "more than 256 numbers", ""},
		{strings.Repeat("+x", 129), 256, "258 characters", ""},
	} {
		e, err := Parse(c.source)
		var syntax *SyntaxError
		if !errors.As(err, &syntax) {
			t.Errorf("Parse(%q) = %v, %v, want a syntax error", c.source, e, err)
			continue
		}
		if syntax.Position != c.position || syntax.Suggestion != c.suggestion || !strings.Contains(syntax.Message, c.message) {
			t.Errorf("Parse(%q): at %d %q, suggestion %q; want at %d “…%s…”, suggestion %q",
				c.source, syntax.Position, syntax.Message, syntax.Suggestion, c.position, c.message, c.suggestion)
		}
	}
}

func TestLimitsAreReachable(t *testing.T) {
	for _, source := range []string{
		strings.Repeat("(", 32) + "x" + strings.Repeat(")", 32),
		strings.Repeat("sin ", 32) + "x",
		strings.Repeat("x+", 127) + "x",
		strings.Repeat("xy", 64),
		strings.Repeat("x", 128) + strings.Repeat(" ", 128),
	} {
		mustParse(t, source)
	}
}

func TestLongestWord(t *testing.T) {
	longest := 0
	for word := range words {
		longest = max(longest, len([]rune(word)))
	}
	if longest != longestWord {
		t.Errorf("the longest word has %d letters, longestWord is %d", longest, longestWord)
	}
}
