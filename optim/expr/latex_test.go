package expr

import (
	"regexp"
	"strings"
	"testing"
)

func TestLaTeX(t *testing.T) {
	for _, c := range []struct{ source, want string }{
		{rosenbrock, `(1 - x)^2 + 100(y - x^2)^2`},
		{"1/2x", `\frac{1}{2}x`},
		{"sin^2(x) + sigma(y)^2", `\sin^2(x) + \sigma(y)^2`},
		{"sqrt(x^2 + |y|)", `\sqrt{x^2 + \left|y\right|}`},
		{"exp(-x^2)/(1 + exp(x/y))", `\frac{e^{-x^2}}{1 + \exp\left(\frac{x}{y}\right)}`},
		{"-(x - 1)*(-2)", `-(x - 1)(-2)`},
		{"2*3x*4^y", `2 \cdot 3x \cdot 4^y`},
		{"x^(1/3) + (x/y)^2 + x^10", `x^{1/3} + \left(\frac{x}{y}\right)^2 + x^{10}`},
		{"3θ_1^2 - π θ_2", `3\theta_1^2 - \pi\theta_2`},
		{"2pi x cos(2pi x)", `2\pi x\cos(2\pi x)`},
		{"x σ(x) + arctan(x)", `x\,\sigma(x) + \arctan(x)`},
		{"log2(x) + max(x, pi y)", `\log_{2}(x) + \max(x, \pi y)`},
		{"1e-3x + 2E+5", `1\times 10^{-3}x + 2\times 10^{5}`},
		{"2^x^2 + exp(x)^2", `2^{x^2} + (e^x)^2`},
		{"θ1^θ2", `\theta_1^{\theta_2}`},
		{"softplus(x) + relu(x) + sgn(x) + step(x)",
			`\operatorname{softplus}(x) + \operatorname{relu}(x) + \operatorname{sign}(x) + \operatorname{step}(x)`},
	} {
		if got := mustParse(t, c.source).LaTeX(); got != c.want {
			t.Errorf("%s in LaTeX: %s, want %s", c.source, got, c.want)
		}
	}
}

var (
	latexCommand  = regexp.MustCompile(`\\[a-zA-Z]+`)
	latexCommands = func() map[string]bool {
		known := map[string]bool{}
		for _, command := range strings.Fields(`\operatorname \frac \sqrt \left \right \cdot \times \pi \theta \sigma \log \exp \sin \cos \tan
			\arcsin \arccos \arctan \sinh \cosh \tanh \min \max`) {
			known[command] = true
		}
		return known
	}()
)

// checkLaTeX checks that braces pair up, \left with \right, and that no command runs into a letter.
func checkLaTeX(t *testing.T, e *Expr) {
	t.Helper()
	text, depth := e.LaTeX(), 0
	for _, r := range text {
		switch r {
		case '{':
			depth++
		case '}':
			depth--
		}
		if depth < 0 {
			break
		}
	}
	if depth != 0 || strings.Count(text, `\left`) != strings.Count(text, `\right`) {
		t.Fatalf("LaTeX of %s does not balance: %s", e, text)
	}
	for _, command := range latexCommand.FindAllString(text, -1) {
		if !latexCommands[command] {
			t.Fatalf("LaTeX of %s has %s: %s", e, command, text)
		}
	}
}
