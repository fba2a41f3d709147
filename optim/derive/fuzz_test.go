package derive

import (
	"context"
	"strings"
	"testing"
	"time"
)

// slow is far beyond what any text within the limits may take, on any machine that runs the tests.
const slow = 5 * time.Second

// Whatever is typed as a derivation is answered, soon, and its echo is read back as itself.
func FuzzCheck(f *testing.F) {
	for _, d := range rightDerivations {
		f.Add(d.task, d.text)
	}
	for _, m := range logisticMistakes {
		f.Add("logistic-gradient", lineNLL+"\n"+m.from+"\n"+m.to)
	}
	f.Add("logistic-gradient", "D(theta_j, "+strings.Repeat("D(theta_j, ", 40)+"NLL^NLL^NLL"+strings.Repeat(")", 41))
	f.Add("logistic-gradient", strings.Repeat("Σ_i ", 3)+strings.Repeat("(y_i+h_i)", 200))
	f.Add("gaussian-nll", "D(mu, NLL)\n= D(mu, "+strings.Repeat("exp(", 50)+"mu"+strings.Repeat(")", 51))
	f.Add("sigmoid-derivative", "d/dz ∂σ(z)/∂z^z |z|| {½²⁻³ₓ")
	f.Fuzz(func(t *testing.T, id, text string) {
		task, ok := LookupTask(id)
		if !ok {
			task = Tasks[len(text)%len(Tasks)]
		}
		ctx, cancel := context.WithTimeout(context.Background(), slow)
		defer cancel()
		start := time.Now()
		r, err := Check(ctx, task, text)
		if took := time.Since(start); took > slow {
			t.Fatalf("%v", took)
		}
		if err != nil {
			if _, ok := err.(*InputError); !ok {
				t.Fatal(err)
			}
			return
		}
		for _, l := range r.Lines {
			if (l.Formula == nil) != (l.Verdict == NotUnderstood) || l.Position > len([]rune(l.Text)) {
				t.Fatalf("%+v", l)
			}
			if l.Mark[1] > len([]rune(l.Text)) || l.Mark[0] > l.Mark[1] {
				t.Fatalf("marked %v of %q", l.Mark, l.Text)
			}
			if l.Formula == nil || len(l.Formula.String()) > MaxLine {
				continue
			}
			again, err := task.Read(l.Formula.String())
			if err != nil {
				if e := err.(*SyntaxError); strings.Contains(e.Message, "deep") || strings.Contains(e.Message, "captured") {
					continue
				}
				t.Fatalf("%q is echoed as %q: %v", l.Text, l.Formula, err)
			}
			if again.String() != l.Formula.String() {
				t.Fatalf("%q is echoed as %q, then as %q", l.Text, l.Formula, again)
			}
		}
	})
}

// Whatever is compared gets a verdict soon, the same in both orders.
func FuzzEqual(f *testing.F) {
	for _, p := range pairs {
		f.Add(p.a, p.b, p.vars)
	}
	f.Add("x^(x^(x^x))", "D(x, D(x, D(x, D(x, x^x^x^x))))", "x:pos")
	f.Add("(((x+1)^1000000)^1000000)^1000000", "1e300*1e300^x", "")
	f.Add("Σ_i Σ_k Σ_l exp(h_i*h_k*h_l)", "0", "")
	f.Fuzz(func(t *testing.T, a, b, declared string) {
		vars, err := ParseVariables(declared)
		if err != nil {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), slow)
		defer cancel()
		start := time.Now()
		c, err := Equal(ctx, a, b, vars)
		if took := time.Since(start); took > slow {
			t.Fatalf("%v", took)
		}
		if err != nil {
			if e, ok := err.(*InputError); !ok || e.Position > len([]rune(a))+len([]rune(b)) {
				t.Fatal(err)
			}
			return
		}
		if same, err := Equal(ctx, a, a, vars); err == nil && same.Verdict != Same { // whether ab is a product depends on the other formula
			t.Fatalf("%q is not equal to itself: %s", a, same.Verdict)
		}
		if c.Verdict == Different && c.Counterexample == nil {
			t.Fatalf("%q against %q: no counterexample", a, b)
		}
		back, err := Equal(ctx, b, a, vars)
		if err != nil {
			t.Fatal(err)
		}
		if c.Verdict == Different && (back.Verdict == Same || back.Verdict == SameWhereDefined) {
			t.Fatalf("%q against %q: %s, the other way round %s", a, b, c.Verdict, back.Verdict)
		}
	})
}
