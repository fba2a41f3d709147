package expr

import "testing"

// sources are formulas of every sort, for tests that hold for all.
var sources = []string{
	rosenbrock, rastrigin,
	"(1.5 - x + xy)^2 + (2.25 - x + xy^2)^2 + (2.625 - x + xy^3)^2",
	"(x^2 + y - 11)^2 + (x + y^2 - 7)^2",
	"(4 - 2.1x^2 + x^4/3)x^2 + xy + (4y^2 - 4)y^2",
	"-20exp(-0.2sqrt(0.5(x^2+y^2))) - exp(0.5(cos(2πx)+cos(2πy))) + e + 20",
	"log(1 + exp(-x)) + 0.1x^2", "log(1 + x^2)", "sigma(2x - 3y + 0.5)^2", "softplus(x) relu(y)", "exp(x)/(1+exp(x))",
	"-log(sigma(x)) - log(1 - sigma(y))", "1/(1+e^(-x y))", "x^y", "(x^2+1)^y", "2^-x", "x^-3 + y^(1/3)", "x^2.5", "x^pi", "x^x", "x^70",
	"tan(x/2)y", "asin(x/4) + acos(y/4) + atan(y/x)", "sinh(x)cosh(y)tanh(xy)", "log2(x) + log10(y) + ln(x)",
	"max(x, y) + min(x^2, 1)", "min(x, max(y, 1), 3)", "|x - |y|| / 3", "sign(x)y + step(y)x",
	"1 - 2/(3 - 4/(x + 5))", "x - (y - (x - 1))", "x/(y/(x/2))", "-(-(-x))", "2*-x", "(-x)^2", "((x^2)^3)^y", "1e-3x + .5y + 5.",
	"3θ_1^2 - θ_2/θ1", "y^2", "5", "e^pi", "sin^2 x + cos²(x)", "9007199254740993x^2/3", "1e300x^3",
}

func TestStringParsesBack(t *testing.T) {
	for _, source := range sources {
		e := mustParse(t, source)
		checkParsesBack(t, e)
		for _, g := range e.Gradient() {
			checkParsesBack(t, g)
			for _, h := range g.Gradient() {
				checkParsesBack(t, h)
			}
		}
	}
}

// TestSpellingsShareTheirText holds String to its use as a key: whatever is one formula has one text.
func TestSpellingsShareTheirText(t *testing.T) {
	for _, group := range [][]string{
		{"2*x", "2x", "2 x", " 2·x ", "2×x", "(2)x", "2(x)", "2⋅(x)"},
		{"x^2", "x**2", "x²", "(x)^(2)", "x^{2}", "+x^2"},
		{"sin(x)^2", "sin^2(x)", "sin²x", "(sin x)^2", "sin^{2} x"},
		{"1/2*x", "(1/2)x", "½x", "1/2 x"},
		{"sigma(x)", "σ(x)", "sigmoid(x)", "σx"},
		{"log(x)", "ln x", "ln(x)"},
		{"abs(x)", "|x|", "abs x"},
		{"sqrt(x)", "√x", "√(x)"},
		{"θ1", "θ", "theta", "theta1", "θ_1", "θ₁"},
		{"x - 1", "x−1", "x–1", "x-1"},
		{"pi*x", "πx", "pi x"},
		{"asin(x)", "arcsin(x)", "sin^-1(x)"},
	} {
		for _, source := range group {
			if got := mustParse(t, source).String(); got != group[0] {
				t.Errorf("%q has the text %s, want %s", source, got, group[0])
			}
		}
	}
}
