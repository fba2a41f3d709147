package formula

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
)

func TestMathML(t *testing.T) {
	tests := []struct {
		name, tex string
		display   bool
		want      string
	}{
		{"a letter", `x`, false, `<math><mi>x</mi></math>`},
		{"space around it does not matter", " x\n", false, `<math><mi>x</mi></math>`},
		{"displayed", `x`, true, `<math display="block"><mi>x</mi></math>`},
		{"a vector's arrow is an accent that stretches", `\vec{\theta}_t`, false,
			`<math><msub><mover accent="true"><mi>θ</mi><mo stretchy="true">&#x20D7;</mo></mover><mi>t</mi></msub></math>`},
		{"an arrow set over a sign is not", `\stackrel{\rightarrow}{=}`, false,
			`<math><mrow><mover><mo>=</mo><mo stretchy="false" lspace="0em" rspace="0em">→</mo></mover></mrow></math>`},
		{"other accents", `\hat{x}`, false, `<math><mover accent="true"><mi>x</mi><mo stretchy="false">&#x302;</mo></mover></math>`},
		{"a line above", `\overline{x}`, false, `<math><mover accent="true"><mi>x</mi><mo stretchy="true">&#x305;</mo></mover></math>`},
		{"a brace below", `\underbrace{x}_n`, false,
			`<math><mrow><munder><munder accentunder="true"><mi>x</mi><mo stretchy="true">⏟</mo></munder><mi>n</mi></munder></mrow></math>`},
		{"a negative space", `a\!b`, false, `<math><mrow><mi>a</mi><mrow class="tml-back"></mrow><mi>b</mi></mrow></math>`},
		{"a colour", `\color{red}x`, false, `<math><mrow><mi mathcolor="#ff0000">x</mi></mrow></math>`},
		{"a prime stands beside its letter", `f''`, false,
			`<math><mrow><mi>f</mi><mo lspace="0.08em" rspace="0em">′</mo><mo lspace="0em" rspace="0em">′</mo></mrow></math>`},
		{"no space in scripts", `x_{t+1}`, false, `<math><msub><mi>x</mi><mrow><mi>t</mi><mo lspace="0em" rspace="0em">+</mo><mn>1</mn></mrow></msub></math>`},
		{"a space before the name of a function", `y^2\log z`, false,
			`<math><mrow><msup><mi>y</mi><mn class="tml-sml-pad">2</mn></msup><mspace width="0.1667em"></mspace><mrow><mi>log</mi><mo>` + "\u2061" + `</mo><mspace width="0.1667em"></mspace></mrow><mi>z</mi></mrow></math>`},
		{"what HTML would take for a tag", `a<b`, false, `<math><mrow><mi>a</mi><mo>&lt;</mo><mi>b</mi></mrow></math>`},
		{"aligned lines", `\begin{split} a &= b \end{split}`, true,
			`<math display="block"><mtable displaystyle="true" class="tml-jot"><mtr><mtd class="tml-right tml-l0 tml-r0"><mi>a</mi></mtd>` +
				`<mtd class="tml-left tml-l0 tml-r0"><mrow><mo>=</mo><mi>b</mi></mrow></mtd></mtr></mtable></math>`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := MathML(tt.tex, tt.display)
			if err != nil {
				t.Fatal(err)
			}
			if got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestMathMLRefuses(t *testing.T) {
	tests := []struct{ name, tex, want string }{
		{"an unknown command", `a + \foo{b}`, `Unsupported function name: \foo at position 5`},
		{"an open group", `\frac{1}{`, `Unexpected end of input in a macro argument, expected '}' at end of input`},
		{"a second superscript", `x^2^3`, `Double superscript at position 4`},
		{"strokes", `\cancel{x}`, `strokes and frames around a part (updiagonalstrike) are not supported`},
		{"a style that pages do not have", `x\hspace{3em}y\kern-1em z`, `a construction that needs the style "margin-left:-1em" is not supported`},
		{"nothing", ` `, `the formula is empty`},
		{"too much", strings.Repeat("x", maxLength+1), `the formula has 4001 bytes; at most 4000 are allowed`},
		{"a macro that never ends", `\def\a{\a\a}\a`, `Too many expansions: infinite loop or need to increase maxExpand setting`},
		{"deep nesting", strings.Repeat("{", maxLength/2) + strings.Repeat("}", maxLength/2), `the formula is nested too deeply`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := MathML(tt.tex, false)
			if err == nil {
				t.Fatalf("no error; got %.300s", got)
			}
			if err.Error() != tt.want {
				t.Errorf("got  %q\nwant %q", err.Error(), tt.want)
			}
		})
	}
	if _, err := MathML("x", false); err != nil {
		t.Errorf("after the mistakes: %v", err)
	}
}

var classes = regexp.MustCompile(`class="([^"]*)"`)

func TestCacheFitsThePages(t *testing.T) {
	if len(cached()) < 300 {
		t.Fatalf("only %d formulas in the cache", len(cached()))
	}
	for f, markup := range cached() {
		for _, bad := range []string{" style=", "<menclose", "merror", "xmlns"} {
			if strings.Contains(markup, bad) {
				t.Errorf("%s has %s", f.TeX, bad)
			}
		}
		for _, m := range classes.FindAllStringSubmatch(markup, -1) {
			for class := range strings.FieldsSeq(m[1]) {
				checkClass(t, class)
			}
		}
	}
}

func TestEveryClassHasARule(t *testing.T) {
	for _, class := range kept {
		checkClass(t, class)
	}
	for _, class := range styles {
		if class != "" {
			checkClass(t, class)
		}
	}
}

func checkClass(t *testing.T, class string) {
	t.Helper()
	if !strings.Contains(string(Stylesheet()), "."+class+" ") {
		t.Errorf("formula.css has no rule for %s", class)
	}
}

func TestCacheIsSortedAndHasEachOnce(t *testing.T) {
	got, err := Cache([]Formula{{"y", false}, {"x", true}, {" x", false}, {"y", false}})
	if err != nil {
		t.Fatal(err)
	}
	want := `[
{"tex":"x","mathml":"<math><mi>x</mi></math>"}
,{"tex":"x","display":true,"mathml":"<math display=\"block\"><mi>x</mi></math>"}
,{"tex":"y","mathml":"<math><mi>y</mi></math>"}
]
`
	if string(got) != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
}

func TestConcurrentUse(t *testing.T) {
	var group sync.WaitGroup
	results := make([]string, 8)
	for i := range results {
		group.Go(func() { results[i], _ = MathML(`\sqrt{x_0}`, false) })
	}
	group.Wait()
	if got := slices.Compact(results); len(got) != 1 || got[0] == "" {
		t.Errorf("different answers: %q", got)
	}
}

func BenchmarkCached(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := MathML(`\vec{\theta}`, false); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRender(b *testing.B) {
	f := Formula{`\vec{\theta}_{t+1} \leftarrow \vec{\theta}_t - \eta \nabla_{\vec{\theta}} J(\vec{\theta}_t)`, true}
	loaded()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := f.render(); err != nil {
			b.Fatal(err)
		}
	}
}
