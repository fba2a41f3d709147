package expr

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strings"
	"testing"
	"unicode/utf8"
)

var spellings = []string{
	"((((", "x+", "2 3", "foo(x)", "θ1 + x", "|x||y|", "sin^-1 x", "½√x²", "max(,)", "x2", "1,5x", "f(x)=x", "θ²", "x^1/2", "9^9^9", "1/0",
	"log_3 x", "sqrt[3](x)", "e^-x^2/2", "010/3", "x\u200f1", "2ex", "-log(1-σ(x))", "(x-1)(x-2)(x-3)(x-4)(x-5)(x-6)(x-7)(x-8)y",
}

// FuzzParse checks that a text is either refused with a reason at a place in it, or read, echoed and read again alike.
func FuzzParse(f *testing.F) {
	for _, source := range append(sources, spellings...) {
		f.Add(source)
	}
	f.Fuzz(func(t *testing.T, source string) {
		e, err := Parse(source)
		if err != nil {
			syntax := err.(*SyntaxError)
			if syntax.Position < 0 || syntax.Position > utf8.RuneCountInString(source) || !utf8.ValidString(syntax.Message) || syntax.Message == "" {
				t.Fatalf("Parse(%q): %+v", source, syntax)
			}
			return
		}
		if utf8.RuneCountInString(source) > MaxLength {
			t.Fatalf("%q is too long, yet accepted", source)
		}
		checkParsesBack(t, e)
		checkPrinters(t, e)
	})
}

// FuzzDerivatives checks that first and second derivatives stay within bounds, print, and evaluate without a panic.
func FuzzDerivatives(f *testing.F) {
	for _, source := range append(sources, spellings...) {
		f.Add(source, 0.3, -1.7)
	}
	f.Fuzz(func(t *testing.T, source string, x, y float64) {
		e, err := Parse(source)
		if err != nil {
			return
		}
		theta, grad := []float64{x, y}, make([]float64, 2)
		formulas := e.Gradient()
		for _, row := range e.Hessian() {
			formulas = append(formulas, row...)
		}
		for _, g := range formulas {
			text := g.String()
			if len(text) > longestDerivative {
				t.Fatalf("a derivative of %q has %d characters", source, len(text))
			}
			if len(text) < 2000 { // the rest would only slow the search
				checkPrinters(t, g)
				g.Compile().NewEvaluator().Eval(theta, grad)
			}
			if len(text) <= MaxLength {
				checkParsesBack(t, g)
			}
		}
	})
}

// longestDerivative bounds the text of a second derivative; the longest that is known, of sigmas nested 31 deep, takes a
// third of it.
const longestDerivative = 2 << 20

func checkPrinters(t *testing.T, e *Expr) {
	t.Helper()
	for _, text := range []string{e.String(), e.MathML(), e.LaTeX(), e.Go(), e.Python()} {
		if !utf8.ValidString(text) || text == "" || strings.Contains(text, "style") {
			t.Fatalf("%q is printed as %q", e.Source(), text)
		}
	}
	for _, code := range []string{e.Go(), e.Python()} {
		if strings.Count(code, "(") != strings.Count(code, ")") {
			t.Fatalf("brackets of %q do not balance: %s", e.Source(), code)
		}
	}
	checkLaTeX(t, e)
	checkMathML(t, e)
}

// checkMathML checks that the elements nest.
func checkMathML(t *testing.T, e *Expr) {
	t.Helper()
	m := e.MathML()
	if !strings.HasPrefix(m, `<math display="inline"`) {
		t.Fatalf("%s: %s", e, m)
	}
	for d := xml.NewDecoder(strings.NewReader(m)); ; {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v in %s", e, err, m)
		}
	}
}

// checkParsesBack checks that a formula's text gives the same formula, text and values.
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
	if len(again.vars) != len(e.vars) {
		return // a derivative has the variables of its formula
	}
	ev, evAgain := e.Compile().NewEvaluator(), again.Compile().NewEvaluator()
	for _, theta := range [][]float64{{0.3, -1.7}, {0, 0}, {-2, 700}, {math.Inf(1), 1e-300}} {
		if a, b := ev.Eval(theta, nil), evAgain.Eval(theta, nil); !same(a, b) {
			t.Fatalf("%q at %v is %v, its echo %s %v", e.Source(), theta, a, again, b)
		}
	}
}
