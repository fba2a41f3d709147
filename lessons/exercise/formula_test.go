package exercise

import (
	"math"
	"strings"
	"testing"
)

func TestFormulaValue(t *testing.T) {
	values := map[string]float64{"a": 3, "x": -2, "eta": 0.1}
	names := sortedKeys(values)
	tests := []struct {
		text string
		want float64
	}{
		{"x - eta*2*a*x", -2 + 0.1*2*3*2}, {"1/2", 0.5}, {"7 // 2", 3}, {"-7 % 3", 2}, {"pow(x, 2)", 4}, {"sqrt(a + 1)", 2}, {"log(e)", 1}, {"sigmoid(0)", 0.5}, {"sin(pi/2)", 1}, {"cos(0)", 1},
		{"exp(0)", 1}, {"abs(x)", 2}, {"min(a, x, 0)", -2}, {"max(a, x)", 3}, {"round(2.5)", 3}, {"round(1.23456, 2)", 1.23}, {"floor(-1.5)", -2}, {"a if x > 0 else -a", -3}, {"1e-3", 0.001}, {"(a\n + 1)", 4},
		{"max(0, x) if not (a == 3 and x < 0) else 7", 7}, {"1 if x in_range else 2", math.NaN()},
	}
	for _, tt := range tests {
		f, err := ParseFormula(tt.text, names)
		if math.IsNaN(tt.want) {
			if err == nil {
				t.Errorf("%s is understood", tt.text)
			}
			continue
		}
		if err != nil {
			t.Errorf("%s: %v", tt.text, err)
			continue
		}
		if got, err := f.Value(values); err != nil || math.Abs(got-tt.want) > 1e-15*math.Abs(tt.want) {
			t.Errorf("%s: %v, %v; want %v", tt.text, got, err, tt.want)
		}
	}
}

// A formula holds numbers only and cannot do anything else, whoever writes it.
func TestFormulaThatIsRefused(t *testing.T) {
	tests := []struct{ text, want string }{
		{"", `"" is not understood: got end of file, want primary expression`},
		{"2*", `"2*" is not understood: got end of file, want primary expression`},
		{"x^2", `"x^2": powers are written pow(x, 2) or x*x`},
		{"x**2", `"x**2": powers are written pow(x, 2) or x*x`},
		{"etta", `"etta": etta is no value; did you mean "eta"?`},
		{"sqroot(x)", `"sqroot(x)": there is no function sqroot; there are abs, cos, exp, floor, log, max, min, pow, round, sigmoid, sin, sqrt`},
		{"sqrt", `"sqrt": sqrt is a function: write sqrt(…)`},
		{"pi(2)", `"pi(2)": there is no function pi; there are abs, cos`},
		{"'a' * 1000000000", `"'a' * 1000000000": 'a' is not a number`},
		{"[x] * 1000000000", `"[x] * 1000000000": only numbers, names, arithmetic, comparisons, “… if … else …” and functions belong into a formula`},
		{"[x for x in (1, 2)]", `"[x for x in (1, 2)]": only numbers, names, arithmetic, comparisons, “… if … else …” and functions belong into a formula`},
		{"(lambda: x)()", `"(lambda: x)()": only functions by name can be called`},
		{"1 << 500", `"1 << 500": “<<” does not belong into a formula`},
		{"x.real", `"x.real": only numbers, names, arithmetic, comparisons, “… if … else …” and functions belong into a formula`},
		{"x) + (x", `"x) + (x" is not understood: unexpected ')'`},
		{"load(x)", `"load(x)" is not understood`},
		{"print(x)", `"print(x)": there is no function print; `},
		{strings.Repeat("x", maxFormula+1), "the formula has 1001 characters; at most 1000 are allowed"},
		{strings.Repeat("(", 900), `is not understood`},
	}
	for _, tt := range tests {
		if _, err := ParseFormula(tt.text, []string{"eta", "x"}); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%.50s: %v; want %s", tt.text, err, tt.want)
		}
	}
}

func TestFormulaWithoutValue(t *testing.T) {
	values := map[string]float64{"x": 0, "big": 1e300}
	tests := []struct{ text, want string }{
		{"1/x", `"1/x": floating-point division by zero`},
		{"log(x - 1)", `"log(x - 1)": log is not defined at -1.0`},
		{"exp(big)", `not defined`},
		{"big*big", `"big*big" is not a finite number`},
		{"x > 1", `"x > 1" is False, not a number`},
		{"pow(x)", `pow takes 2 arguments, not 1`},
		{"sqrt(x > 1)", `sqrt takes numbers, not False`},
		{"max(x=1)", `"max(x=1)": `},
		{strings.Repeat("9", 900) + "*1.0", `int too large to convert to float`},
	}
	for _, tt := range tests {
		f, err := ParseFormula(tt.text, []string{"x", "big"})
		if err == nil {
			_, err = f.Value(values)
		}
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%.50s: %v; want %s", tt.text, err, tt.want)
		}
	}
	f, err := ParseFormula("x + 1", []string{"x"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.True(values); err == nil {
		t.Error("a number is true or false")
	}
	if _, err := f.Value(nil); err == nil {
		t.Error("a name without a value has one")
	}
}

func TestFormulaTrue(t *testing.T) {
	f, err := ParseFormula("a > 0 and a != x or not (x < 1e9)", []string{"a", "x"})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		a, x float64
		want bool
	}{{1, 2, true}, {1, 1, false}, {-1, 2, false}, {-1, 1e9, true}} {
		if got, err := f.True(map[string]float64{"a": tt.a, "x": tt.x}); err != nil || got != tt.want {
			t.Errorf("%v, %v: %v, %v", tt.a, tt.x, got, err)
		}
	}
}

func BenchmarkFormula(b *testing.B) {
	f, err := ParseFormula("x - eta*2*a*x", []string{"x", "eta", "a"})
	if err != nil {
		b.Fatal(err)
	}
	values := map[string]float64{"x": 1, "eta": 0.1, "a": 2}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := f.Value(values); err != nil {
			b.Fatal(err)
		}
	}
}
