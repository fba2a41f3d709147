package exercise

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"descent/lessons/exercise/sandbox"
)

// gdBlock asks for gradient descent on a narrow valley.
const gdBlock = `kind: program
id: own-step
title: Your own step
question: Write it.
vary: {a: [2, 4], x0: [3, -3]}
hints: [{text: Look at the sign., cost: 0.1}]
solution: So.
asks: rule
objective: "0.5*x^2 + @{a}*y^2"
eta: "0.2/a"
start: {x: x0, y: 1}
steps: 30
starter: |
  def step(theta, gradient, eta):
      return theta
model: |
  def step(theta, gradient, eta):
      return theta - eta * gradient
mistakes:
  - id: uphill
    code: |
      def step(theta, gradient, eta):
          return theta + eta * gradient
    feedback: That goes up.
  - id: no-rate
    code: |
      def step(theta, gradient, eta):
          return theta - gradient
    feedback: Without the rate.
`

const momentumBlock = `kind: program
id: own-momentum
title: Momentum
question: Write it.
hints: [{text: What is kept?, cost: 0.1}]
solution: So.
asks: rule
objective: quadratic
method: momentum
set: {momentum: 0.8}
eta: "0.05"
start: {x: 4, y: 1}
starter: |
  def step(theta, gradient, eta, state):
      return theta
model: |
  def step(theta, gradient, eta, state):
      b = 0.8 * state.get("b", zeros(len(theta))) + gradient
      state["b"] = b
      return theta - eta * b
mistakes:
  - id: forgotten
    code: |
      def step(theta, gradient, eta, state):
          return theta - eta * gradient
    feedback: Nothing is kept.
`

const rowsBlock = `kind: program
id: own-gradient
title: The gradient of a loss
question: Write it.
hints: [{text: Row by row., cost: 0.1}]
solution: So.
asks: gradient
rows: ["1, 0.5, 1", "1, -1.5, 0", "1, 2, 1", "1, 1, 0"]
eta: "0.2"
start: {x: 0.5, y: 0}
starter: |
  def gradient(theta, X, y):
      return zeros(len(theta))
model: |
  def gradient(theta, X, y):
      g = zeros(len(theta))
      for x, label in zip(X, y):
          g += (sigmoid(dot(theta, x)) - label) * x
      return g
mistakes:
  - id: likelihood
    code: |
      def gradient(theta, X, y):
          g = zeros(len(theta))
          for x, label in zip(X, y):
              g += (label - sigmoid(dot(theta, x))) * x
          return g
    feedback: That is the likelihood's.
`

func TestProgramBlocks(t *testing.T) {
	for _, block := range []string{gdBlock, momentumBlock, rowsBlock} {
		mustRead(t, block)
	}
}

func TestProgramVerdicts(t *testing.T) {
	rule := func(body string) string { return "def step(theta, gradient, eta, t, state):\n    " + body }
	for _, c := range []struct {
		name, block, code, diagnosis string
		outcome                      Outcome
		says                         string
	}{
		{"written differently", gdBlock, rule("return [x - g*eta for x, g in zip(theta, gradient)]"), "", Right, ""},
		{"mistake in other words", gdBlock, rule("return [x + g*eta for x, g in zip(theta, gradient)]"), "uphill", Wrong, "That goes up."},
		{"opposite without the author", momentumBlock, rule("return theta + eta*gradient"), "opposite", Wrong, "Yours is uphill"},
		{"half as long", gdBlock, rule("return theta - eta*gradient/2"), "length", Wrong, "0.5 times as long"},
		{"nothing", gdBlock, rule("return theta"), "still", Wrong, "no step at all"},
		{"not finite", gdBlock, rule("return theta - eta*gradient if t < 3 else theta*log(-1)"), "not-finite", Wrong, "your step gave (NaN, NaN)"},
		{"the shown rate written down", gdBlock, rule("return theta - 0.1*gradient if norm(theta) < 1000 else theta"), "length", Wrong, ""},
		{"memory forgotten", momentumBlock, rule("g = gradient\n    return theta - eta*g"), "forgotten", Wrong, "step 2 (t = 1) at θ = "},
		{"another factor", momentumBlock, rule("state[\"b\"] = 0.9*state.get(\"b\", zeros(2)) + gradient\n    return theta - eta*state[\"b\"]"), "", Wrong, "The step before agrees: look at what is kept"},
		{"the rate inside", momentumBlock, rule("state[\"v\"] = 0.8*state.get(\"v\", zeros(2)) + eta*gradient\n    return theta - state[\"v\"]"), "", Right, ""},
		{"three steps agree", gdBlock, rule("return theta - eta*gradient if t < 3 else theta - 2*eta*gradient"), "length", Wrong, "The 3 steps before agree.<"},
		{"gradient", rowsBlock, "def gradient(theta, X, y):\n    return sum([(1/(1 + exp(-dot(x, theta))) - l)*x for x, l in zip(X, y)])", "", Right, ""},
		{"one entry", rowsBlock, "def gradient(theta, X, y):\n    g = sum([(sigmoid(dot(x, theta)) - l)*x for x, l in zip(X, y)])\n    return [g[0], 0]", "", Wrong, "Entry 0 agrees, entry 1 does not."},
		{"the mean", rowsBlock, "def gradient(theta, X, y):\n    return sum([(sigmoid(dot(x, theta)) - l)*x for x, l in zip(X, y)])/len(y)", "length", Wrong, "0.25 times as long"},
		{"the author's sign", rowsBlock, "def gradient(theta, X, y):\n    return sum([(l - sigmoid(dot(x, theta)))*x for x, l in zip(X, y)])", "likelihood", Wrong, "That is the likelihood's."},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := mustRead(t, c.block).Variant(0)
			verdict, err := v.Task.Check(t.Context(), v, url.Values{CodeField: {c.code}})
			if err != nil || len(verdict.Errors) > 0 {
				t.Fatal(err, verdict.Errors)
			}
			said := strings.Join(verdict.Feedback, " ")
			if verdict.Outcome != c.outcome || verdict.Diagnosis != c.diagnosis || !strings.Contains(said, c.says) {
				t.Errorf("%s, %q: %s", verdict.Outcome, verdict.Diagnosis, said)
			}
			race := verdict.Detail.(*ProgramReport).Race
			if race == nil || race.Theirs.Len() < 2 || race.Yours.Len() < 2 {
				t.Error("there is no race")
			}
		})
	}
}

func TestProgramFaults(t *testing.T) {
	v := mustRead(t, gdBlock).Variant(0)
	for name, c := range map[string]struct{ code, says string }{
		"unreadable": {"def step(theta)\n    return theta", "Line 1: The line lacks its colon"},
		"stopped":    {"def step(theta, t):\n    if t == 3:\n        return theta/0\n    return theta", "Line 3: This divides by 0."},
		"empty":      {"", "There is no program yet."},
	} {
		t.Run(name, func(t *testing.T) {
			verdict, err := v.Task.Check(t.Context(), v, url.Values{CodeField: {c.code}})
			if err != nil {
				t.Fatal(err)
			}
			if verdict.Outcome != "" || len(verdict.Errors) != 1 || !strings.Contains(verdict.Errors[0].Message, c.says) {
				t.Errorf("got %q, %v", verdict.Outcome, verdict.Errors)
			}
		})
	}
}

// TestProgramBudget shows how far a usual check is from the limits.
func TestProgramBudget(t *testing.T) {
	for _, block := range []string{gdBlock, momentumBlock, rowsBlock} {
		v := mustRead(t, block).Variant(0)
		verdict, err := v.Task.Check(t.Context(), v, v.Task.Model(v))
		if err != nil {
			t.Fatal(err)
		}
		if n := verdict.Detail.(*ProgramReport).Operations; n > 60_000 {
			t.Errorf("%s takes %d operations", v.ID, n)
		}
	}
}

func TestProgramBlockMistakes(t *testing.T) {
	for _, c := range []struct{ name, from, to, says string }{
		{"method", "method: momentum", "method: momentun", `there is no "momentun" that needs a gradient alone; did you mean "momentum"?`},
		{"hyper-parameter", "set: {momentum: 0.8}", "set: {beta: 0.8}", `momentum has no "beta"`},
		{"without a model", "model: |", "modell: |", "model"},
		{"asks", "asks: rule", "asks: step", "there is no \"step\""},
		{"start", "start: {x: 4, y: 1}", "start: {y: 1}", "x is missing"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var said []string
			Read(Source{
				Text: strings.Replace(momentumBlock, c.from, c.to, 1), Line: 1,
				Markdown: func(text string, line int) string { return text },
				Claim:    func(int, string) {},
				Problem:  func(line int, format string, a ...any) { said = append(said, fmt.Sprintf(format, a...)) },
			})
			if !strings.Contains(strings.Join(said, "\n"), c.says) {
				t.Errorf("got %q", said)
			}
		})
	}
}

// BenchmarkProgramCheck is what a wrong answer costs, the author's mistakes and the race included.
func BenchmarkProgramCheck(b *testing.B) {
	for _, block := range []string{gdBlock, momentumBlock, rowsBlock} {
		e := Read(Source{
			Text: block, Line: 1, Markdown: func(text string, line int) string { return text }, Claim: func(int, string) {},
			Problem: func(_ int, format string, a ...any) { b.Errorf(format, a...) },
		})
		v := e.Variant(0)
		answer := v.Task.Mistakes(v)[0].Answer
		b.Run(e.ID, func(b *testing.B) {
			for b.Loop() {
				if _, err := v.Task.Check(b.Context(), v, answer); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkProgramRule is one step of momentum, built in and as a student's program: the same run of 40 steps.
func BenchmarkProgramRule(b *testing.B) {
	e := Read(Source{
		Text: momentumBlock, Line: 1, Markdown: func(text string, line int) string { return text }, Claim: func(int, string) {},
		Problem: func(_ int, format string, a ...any) { b.Errorf(format, a...) },
	})
	v := e.Variant(0)
	t := v.Task.(*ProgramTask)
	bench, err := t.bench(v)
	if err != nil {
		b.Fatal(err)
	}
	run := bench.cases[0]
	b.Run("built-in", func(b *testing.B) {
		for b.Loop() {
			bench.run(run.Theta(0), run.Etas[0], t.Steps)
		}
	})
	b.Run("program", func(b *testing.B) {
		p, err := sandbox.Compile(t.Model(v).Get(CodeField), t.Entry)
		if err != nil {
			b.Fatal(err)
		}
		for b.Loop() {
			if _, err := bench.free(b.Context(), p, sandbox.NewBudget()); err != nil {
				b.Fatal(err)
			}
		}
	})
}
