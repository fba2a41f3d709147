package expr

import (
	"flag"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func TestMathML(t *testing.T) {
	var b strings.Builder
	write := func(e *Expr) { b.WriteString(e.String() + "\n" + e.MathML() + "\n\n") }
	for _, source := range []string{
		rosenbrock, "1/2x", "sin^2(x) + sigma(y)^2", "sqrt(x^2 + |y|)", "exp(-x^2)/(1 + exp(x/y))", "-(x - 1)*(-2)", "2*3x*4^y",
		"x^(1/3) + (x/y)^2 + (-x)^2", "3θ_1^2 - θ_2", "log2(x) + max(x, pi y)", "1e-3x", "2^x^2", "2*1/3", "e^-x", "x - (y - 1)",
	} {
		write(mustParse(t, source))
	}
	for _, g := range mustParse(t, rosenbrock).Gradient() {
		write(g)
	}
	const golden = "testdata/mathml.golden"
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("MathML has changed; got\n%s", b.String())
	}
}

func TestPrintersAreWellFormed(t *testing.T) {
	for _, source := range sources {
		e := mustParse(t, source)
		for _, f := range append(e.Gradient(), e) {
			checkPrinters(t, f)
		}
	}
}
