package views

import (
	"context"
	"strings"
	"testing"

	"descent/optim/derive"
)

// Every symbol writes what its task understands, and so does each way to type it.
func TestSymbolsAreUnderstood(t *testing.T) {
	operands := map[string]string{"sigmoid-derivative": "z", "softmax-two-classes": "a"}
	for _, task := range derive.Tasks {
		operand := operands[task.ID]
		if operand == "" {
			operand = "y_i"
		}
		for _, s := range symbols(task) {
			for _, text := range []string{s.insert, s.typed, s.shown(), s.also} {
				if text == "" {
					continue
				}
				text = strings.NewReplacer("‸", operand, "…", operand).Replace(text)
				understood := false
				for _, line := range []string{text, text + operand, operand + text} {
					if strings.Contains(line, "_i") && !strings.HasPrefix(text, "Σ_i") && !strings.HasPrefix(text, "sum") {
						line = "Σ_i (" + strings.Trim(line, "= ") + ")"
					}
					if _, err := task.Read(line); err == nil {
						understood = true
					}
				}
				if !understood {
					t.Errorf("%s: %s: %q is not understood", task.ID, s.name, text)
				}
			}
		}
	}
}

func report(t *testing.T, task, text string) *derive.Report {
	t.Helper()
	goal, _ := derive.LookupTask(task)
	r, err := derive.Check(context.Background(), goal, text)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func rendered(t *testing.T, r *derive.Report) string {
	t.Helper()
	var html strings.Builder
	if err := derivationReport("test", r).Render(context.Background(), &html); err != nil {
		t.Fatal(err)
	}
	return html.String()
}

// The picture shows the first break with its words, what changed, and numbers.
func TestReportOfABreak(t *testing.T) {
	html := rendered(t, report(t, "logistic-gradient", "D(theta_j, NLL)\n= -Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] D(theta_j, h_i)\n= -Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] h_i^2 x_ij\n= foo < 3"))
	for _, want := range []string{
		`class="proof-line is-start"`, `class="proof-line is-follows"`, `class="proof-line is-breaks first-break"`, `class="proof-line is-not-understood"`,
		"does not follow", "σ′ is not a square", `<mrow class="changed">`, "<mark>h_i^2 x_ij</mark>", "feature 3", "row 3", "line 2", "Steps that did not occur yet", "&lt;",
	} {
		if !strings.Contains(html, want) {
			t.Errorf("there is no %s in %s", want, html)
		}
	}
	if strings.Count(html, "first-break") != 1 {
		t.Error("more than one line is the first")
	}
}

func TestReportNumbersDiffer(t *testing.T) {
	for _, c := range []derive.Counterexample{{A: 1, B: 2}, {A: 1.00001, B: 1.00002}, {A: -3e-20, B: 3e-20}} {
		if a, b := comparedNumbers(&c); a == b {
			t.Errorf("%v and %v are both written %s", c.A, c.B, a)
		}
	}
}

func TestReportSummaries(t *testing.T) {
	for _, d := range []struct{ text, want string }{
		{"", "no line"},
		{"D(theta_j, NLL)", "go on from line 1"},
		{"Σ_i y_i", "not yet the task"},
		{"D(theta_j, NLL)\n= foo", "Line 2 is not understood"},
		{"D(theta_j, NLL)\n\n= Σ_i y_i", "Line 3 is the first"},
		{"D(theta_j, NLL)\n= Σ_i (h_i - y_i) x_ij", "Complete"},
	} {
		if got := reportSummary(report(t, "logistic-gradient", d.text)); !strings.Contains(got, d.want) {
			t.Errorf("%q: %s", d.text, got)
		}
	}
}

// Lines keep their places: a sheet has at least as many as it shows, and one for each of the text.
func TestEchoKeepsPlaces(t *testing.T) {
	task := derive.Tasks[0]
	for _, text := range []string{"", "D(theta_j, NLL)", strings.Repeat("\n", 20) + "= foo"} {
		d := &DerivationEditor{ID: "e", Task: task, Text: text}
		var html strings.Builder
		if err := DerivationEcho(d.echoes()).Render(context.Background(), &html); err != nil {
			t.Fatal(err)
		}
		if n, want := strings.Count(html.String(), "<li"), max(leastRows, strings.Count(text, "\n")+1); n != want {
			t.Errorf("%d places for %d lines", n, want)
		}
	}
}

func BenchmarkEchoHTML(b *testing.B) {
	d := &DerivationEditor{ID: "e", Task: derive.Tasks[0], Text: "D(theta_j, NLL)\n" + strings.Repeat("= -Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] h_i (1-h_i) D(theta_j, z_i)\n", 11)}
	for b.Loop() {
		if err := DerivationEcho(d.echoes()).Render(context.Background(), &strings.Builder{}); err != nil {
			b.Fatal(err)
		}
	}
}
