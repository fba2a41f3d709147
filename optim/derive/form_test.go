package derive

import (
	"context"
	"slices"
	"testing"
)

func TestForms(t *testing.T) {
	tests := []struct {
		text                         string
		expanded, factored, unsolved bool
		names                        []string
	}{
		{"x^2 + 2x + 1", true, false, false, []string{"x"}},
		{"(x + 1)^2", false, true, false, []string{"x"}},
		{"2(x + 1)", false, true, false, []string{"x"}},
		{"-(x + 1)", true, false, false, []string{"x"}},
		{"2*(-(x + 1))", false, true, false, []string{"x"}},
		{"(x + y)/2", false, true, false, []string{"x", "y"}},
		{"1/(x + 1)", true, true, false, []string{"x"}},
		{"(x + 1)^p", true, true, false, []string{"p", "x"}},
		{"3 exp(x + 1) - μ", true, false, false, []string{"x", "μ"}},
		{"sqrt(x + 1)*x + 1", true, false, false, []string{"x"}},
		{"x + y(1 + y)", false, false, false, []string{"x", "y"}},
		{"D(x, x^2)", true, true, true, []string{"x"}},
		{"7", true, true, false, nil},
		{"Σ_i (h_i - y_i) x_ij", false, true, false, nil},
	}
	for _, tt := range tests {
		c, err := Equal(context.Background(), tt.text, tt.text, nil)
		if err != nil {
			t.Errorf("%s: %v", tt.text, err)
			continue
		}
		f := c.A
		if got := f.IsExpanded(); got != tt.expanded {
			t.Errorf("%s: expanded is %v", tt.text, got)
		}
		if got := f.IsFactored(); got != tt.factored {
			t.Errorf("%s: factored is %v", tt.text, got)
		}
		if got := f.HasDerivative(); got != tt.unsolved {
			t.Errorf("%s: has a derivative is %v", tt.text, got)
		}
		if got := f.Names(); !slices.Equal(got, tt.names) {
			t.Errorf("%s: names %q", tt.text, got)
		}
	}
	c, err := Equal(context.Background(), "ln(x) + σ(z)", "log x + sigmoid(z)", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range []*Formula{c.A, c.B} {
		if !f.Calls("log") || !f.Calls("ln") || !f.Calls("sigma") || f.Calls("exp") || f.Calls("nothing") {
			t.Errorf("%s: calls", f)
		}
	}
}
