package exercise

import (
	"testing"

	"descent/lessons/formula"
)

// Values are put into what Temml really makes of a formula.
func TestHolesInFormulas(t *testing.T) {
	values := map[string]float64{"a": 3, "b": -2, "tiny": -1.5e-8, "third": 1. / 3}
	const minus = `<mo form="prefix" lspace="0em" rspace="0em">−</mo>`
	const open, shut = `<mrow><mo form="prefix" stretchy="false">(</mo><mrow>`, `<mo form="postfix" stretchy="false">)</mo></mrow>`
	tests := []struct{ tex, want string }{
		{`x`, `<math><mi>x</mi></math>`},
		{`@{a}`, `<math><mn>3</mn></math>`},
		{`@{b}`, `<math><mrow>` + minus + `<mn>2</mn></mrow></math>`},
		{`@{third}`, `<math><mn>0.3333333333</mn></math>`},
		{`@{tiny}`, `<math><mrow>` + minus + `<mn>1.5</mn><mo>·</mo><msup><mn>10</mn><mrow>` + minus + `<mn>8</mn></mrow></msup></mrow></math>`},
		{`@{a}x@{+b}`, `<math><mrow><mn>3</mn><mi>x</mi><mo>−</mo><mn>2</mn></mrow></math>`},
		{`@{b}x @{+a}`, `<math><mrow><mrow>` + minus + `<mn>2</mn></mrow><mi>x</mi><mo>+</mo><mn>3</mn></mrow></math>`},
		{`x @{+b} y @{b}`, `<math><mrow><mi>x</mi><mo>−</mo><mn>2</mn><mi>y</mi><mrow>` + minus + `<mn>2</mn></mrow></mrow></math>`},
		{`x^@{a}`, `<math><msup><mi>x</mi><mn class="tml-sml-pad">3</mn></msup></math>`},
		{`x^{@{b}}`, `<math><msup><mi>x</mi><mrow class="tml-sml-pad">` + minus + `<mn>2</mn></mrow></msup></math>`},
		{`x^{@{+b}}`, `<math><msup><mi>x</mi><mrow class="tml-sml-pad"><mo form="prefix" stretchy="false" lspace="0em" rspace="0em">−</mo><mn>2</mn></mrow></msup></math>`},
		{`x @{+b}^2`, `<math><mrow><mi>x</mi><mo>−</mo><msup><mn>2</mn><mn>2</mn></msup></mrow></math>`},
		{`\frac@{a}@{b}`, `<math><mfrac><mn>3</mn><mrow>` + minus + `<mn>2</mn></mrow></mfrac></math>`},
		{`\text{in @{a} steps}`, "<math><mtext>in\u00a03\u00a0steps</mtext></math>"},
		{`x = @{a}.`, `<math><mrow><mi>x</mi><mo>=</mo><mn>3.</mn></mrow></math>`},
		{`x = @{b}.`, `<math><mrow><mi>x</mi><mo>=</mo><mrow>` + minus + `<mn>2.</mn></mrow></mrow></math>`},
		{`1,@{a},@{a},5`, `<math><mrow><mn>1</mn><mo>,</mo><mn>3</mn><mo>,</mo><mn>3</mn><mo>,</mo><mn>5</mn></mrow></math>`},
		{`x - @{b}`, `<math><mrow><mi>x</mi><mo>−</mo>` + open + minus + `<mn>2</mn></mrow>` + shut + `</mrow></math>`},
		{`2 \cdot @{b}.`, `<math><mrow><mn>2</mn><mo>⋅</mo><mrow>` + open + minus + `<mn>2</mn></mrow>` + shut + `<mi>.</mi></mrow></mrow></math>`},
		{`x - @{a}`, `<math><mrow><mi>x</mi><mo>−</mo><mn>3</mn></mrow></math>`},
		{`@{b}^2`, `<math><msup>` + open + minus + `<mn>2</mn></mrow>` + shut + `<mn>2</mn></msup></math>`},
		{`x - (@{b})`, `<math><mrow><mi>x</mi><mo>−</mo><mrow><mo form="prefix" stretchy="false">(</mo><mrow>` + minus + `<mn>2</mn></mrow><mo form="postfix" stretchy="false">)</mo></mrow></mrow></math>`},
		{`x = @{b}`, `<math><mrow><mi>x</mi><mo>=</mo><mrow>` + minus + `<mn>2</mn></mrow></mrow></math>`},
		{`2\cdot@{a}`, `<math><mrow><mn>2</mn><mo>⋅</mo><mn>3</mn></mrow></math>`},
	}
	for _, tt := range tests {
		markup, err := Holes(tt.tex, false, formula.MathML)
		if err != nil {
			t.Errorf("%s: %v", tt.tex, err)
			continue
		}
		if got := newText(markup).HTML(values); got != tt.want {
			t.Errorf("%s:\ngot  %s\nwant %s", tt.tex, got, tt.want)
		}
	}
}

func TestHolesThatCannotBeFilled(t *testing.T) {
	tests := []struct{ tex, want string }{
		{`2@{a}`, `the hole @{a} stands beside another number; write \cdot between them`},
		{`@{a}@{b}`, `the hole @{a} stands beside another number; write \cdot between them`},
		{`\mathbf{@{a}}`, `the hole @{a} stands where no number is seen`},
		{`\text{a @{+a}}`, `the hole @{+a} stands where no sign can stand`},
		{`\foo@{a}`, `Unsupported function name: \foo at position 1`},
	}
	for _, tt := range tests {
		if markup, err := Holes(tt.tex, false, formula.MathML); err == nil || err.Error() != tt.want {
			t.Errorf("%s: got %q, %v; want %s", tt.tex, markup, err, tt.want)
		}
	}
}

func TestHolesInProse(t *testing.T) {
	values := map[string]float64{"a": 3, "b": -2.50, "sum": 0.1 + 0.2, "big": 1e10, "small": -1e-7, "zero": 0, "least": 0.0001, "less": 0.000025}
	text := newText("<p>@{a}, @{b}, @{+a}, @{+b}, @{sum}, @{big}, @{small}, @{least}, @{less}, @{zero} and @{+zero}</p>\n")
	want := "<p>3, −2.5, +\u00a03, −\u00a02.5, 0.3, 10¹⁰, −10⁻⁷, 0.0001, 2.5·10⁻⁵, 0 and +\u00a00</p>\n"
	if got := text.HTML(values); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got := (*Text)(nil).HTML(values); got != "" {
		t.Errorf("no text: %q", got)
	}
}

func TestTemplates(t *testing.T) {
	values := map[string]float64{"a": 3, "b": -2, "sum": 0.1 + 0.2, "small": -1e-9}
	tests := []struct{ text, want string }{
		{"@{b}", "-2"},
		{"@{b}*x", "-2*x"},
		{"x - @{b}", "x - (-2)"},
		{"2 @{b}", "2 (-2)"},
		{"@{b}^2", "(-2)^2"},
		{"x @{+b} @{+a}", "x - 2 + 3"},
		{"(@{b}, @{b})", "(-2, -2)"},
		{"@{a} @{b}, @{b} @{sum}", "3 -2, -2 0.3"},
		{"@{small}", "-1e-9"},
	}
	for _, tt := range tests {
		if got := newTemplate(tt.text).Fill(values); got != tt.want {
			t.Errorf("%s: got %s, want %s", tt.text, got, tt.want)
		}
	}
}
