package expr

import (
	"strings"
	"testing"
)

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

func checkParsesBack(t *testing.T, e *Expr) {
	t.Helper()
	again, err := Parse(e.String())
	if err != nil {
		if strings.Contains(err.Error(), "more than") { // brackets and signs written out may pass a limit
			return
		}
		t.Fatalf("%q is read as %s, which is refused: %v", e.Source(), e, err)
	}
	if !equal(again.root, e.root) || again.String() != e.String() {
		t.Fatalf("%q is read as %s, which is read as %s", e.Source(), e, again)
	}
}

func FuzzParse(f *testing.F) {
	for _, source := range sources {
		f.Add(source)
	}
	for _, source := range []string{"((((", "x+", "2 3", "foo(x)", "θ1 + x", "|x||y|", "sin^-1 x", "½√x²", "max(,)", "x2"} {
		f.Add(source)
	}
	f.Fuzz(func(t *testing.T, source string) {
		e, err := Parse(source)
		if err != nil {
			syntax := err.(*SyntaxError)
			if syntax.Position < 0 || syntax.Position > len([]rune(source)) || syntax.Message == "" {
				t.Fatalf("Parse(%q): %+v", source, syntax)
			}
			return
		}
		checkParsesBack(t, e)
		if m := e.MathML(); strings.Contains(m, "style") {
			t.Fatalf("MathML of %q: %s", source, m)
		}
		grad, theta := make([]float64, e.Dim()), []float64{0.3, -1.7}
		for _, g := range append(e.Gradient(), e) {
			g.Compile().NewEvaluator().Eval(theta, grad)
		}
	})
}
