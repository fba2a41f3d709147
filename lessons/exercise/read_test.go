package exercise

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
)

// read reads a block whose Markdown stays as it is; lines of problems count from the block's first.
func read(text string) (*Exercise, string) {
	var problems []string
	e := Read(Source{
		Text:     text,
		Line:     1,
		Markdown: func(text string, _ int) string { return "<p>" + strings.TrimSpace(text) + "</p>\n" },
		Claim:    func(int, string) {},
		Problem: func(line int, format string, args ...any) {
			problems = append(problems, fmt.Sprintf("%d: ", line)+fmt.Sprintf(format, args...))
		},
	})
	return e, strings.Join(problems, "\n")
}

// common is a block without the kind's own keys: seven lines.
const common = `id: try
title: Try
question: What?
hints: [{text: H, cost: 0.1}]
solution: S
`

func mustRead(t testing.TB, text string) *Exercise {
	t.Helper()
	e, problems := read(text)
	if problems != "" {
		t.Fatal(problems)
	}
	for _, err := range Check(context.Background(), e, e.Variants) {
		t.Error(err)
	}
	return e
}

// judged is what an exercise says of an answer to its first variant, in one line.
func judged(t testing.TB, e *Exercise, answer string) string {
	t.Helper()
	form, err := url.ParseQuery(answer)
	if err != nil {
		t.Fatal(err)
	}
	verdict, err := e.Task.Check(context.Background(), e.Variant(0), form)
	if err != nil {
		t.Fatal(err)
	}
	if len(verdict.Errors) > 0 {
		if verdict.Outcome != "" || len(verdict.Feedback) > 0 {
			t.Errorf("%s: refused and judged: %+v", answer, verdict)
		}
		return "refused: " + verdict.Errors.Error()
	}
	line := string(verdict.Outcome)
	if verdict.Diagnosis != "" {
		line += " " + verdict.Diagnosis
	}
	for _, html := range verdict.Feedback {
		line += ": " + strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(html), "<p>"), "</p>")
	}
	return line
}

func TestScore(t *testing.T) {
	e := &Exercise{PerTry: 0.1}
	hints := []Hint{{Cost: 0.1}, {Cost: 0.2}}
	for _, tt := range []struct {
		wrong int
		hints []Hint
		want  float64
	}{{0, nil, 1}, {1, nil, 0.9}, {2, hints[:1], 0.7}, {1, hints, 0.6}, {12, hints, 0}} {
		if got := e.Score(tt.wrong, tt.hints); got < tt.want-1e-12 || got > tt.want+1e-12 {
			t.Errorf("%d wrong, %d hints: %v", tt.wrong, len(tt.hints), got)
		}
	}
}

// The rule depends on all that decides, and on no words.
func TestRule(t *testing.T) {
	const block = "kind: number\n" + common + `vary: {a: [1, 2]}
answer: 3*a
mistakes: [{id: m, answer: 7*a, feedback: F}]
`
	rule := mustRead(t, block).Rule
	for old, now := range map[string]string{"title: Try": "title: Tried", "question: What?": "question: Why?", "solution: S": "solution: T", "text: H": "text: I", "feedback: F": "feedback: G"} {
		if got := mustRead(t, strings.Replace(block, old, now, 1)).Rule; got != rule {
			t.Errorf("%s makes another rule", now)
		}
	}
	for old, now := range map[string]string{"[1, 2]": "[1, 4]", "3*a": "5*a", "7*a": "8*a", "id: m": "id: n", "cost: 0.1": "cost: 0.2", "id: try": "id: again",
		"answer: 3*a": "tolerance: {digits: 3}\nanswer: 3*a", "solution: S": "solution: S\nper_try: 0.3"} {
		if got := mustRead(t, strings.Replace(block, old, now, 1)).Rule; got == rule {
			t.Errorf("%s makes no other rule", now)
		}
	}
}

// The same block has the same variants; each is another combination that where lets through.
func TestVariants(t *testing.T) {
	const block = "kind: number\n" + common + `vary: {a: [1, 2, 3], b: {from: 0.1, to: 0.5, step: 0.1}}
where: c != 3
let: {c: a + 1, d: c*b}
variants: 9
answer: d
`
	e, again := mustRead(t, block), mustRead(t, block)
	if e.Variants != 9 {
		t.Fatalf("%d variants", e.Variants)
	}
	seen := map[string]bool{}
	for n := range e.Variants {
		v := e.Variant(n).Values
		text := say(v)
		if v["a"] == 2 || v["c"] != v["a"]+1 || v["d"] != v["c"]*v["b"] || seen[text] {
			t.Errorf("variant %d: %s", n, text)
		}
		seen[text] = true
		if other := say(again.Variant(n).Values); other != text {
			t.Errorf("variant %d is %s and %s", n, text, other)
		}
	}
	if got, first := say(e.Variant(9).Values), say(e.Variant(0).Values); got != first {
		t.Errorf("after the last comes %s, not the first, %s", got, first)
	}
	if e.Variant(-1).Number != 8 {
		t.Errorf("before the first comes %d", e.Variant(-1).Number)
	}
	ids := strings.Replace(block, "id: try", "id: other", 1)
	same := true
	for n, other := range mustRead(t, ids).values {
		same = same && say(other) == say(e.values[n])
	}
	if same {
		t.Error("two exercises go through their combinations in the same order")
	}
}

// Exercises are read only: many students are at one at the same time.
func TestManyAtOnce(t *testing.T) {
	e := mustRead(t, "kind: number\n"+common+"vary: {a: [1, 2, 3, 4]}\nlet: {b: \"2*a\"}\nanswer: sqrt(b)\nmistakes: [{id: m, answer: b, feedback: F}]\nwhere: a != 0.5 and a != 2\n")
	var group sync.WaitGroup
	for n := range 8 {
		group.Go(func() {
			v := e.Variant(n)
			for range 20 {
				if verdict, err := e.Task.Check(t.Context(), v, e.Task.Model(v)); err != nil || verdict.Outcome != Right {
					t.Errorf("variant %d: %+v, %v", n, verdict, err)
				}
			}
		})
	}
	group.Wait()
}

// Authors find every key of every kind in the manual.
func TestKeysAreDocumented(t *testing.T) {
	manual, err := os.ReadFile("../../docs/authoring.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range Kinds {
		_, section, found := strings.Cut(string(manual), "\n### `"+k.ID+"`")
		if !found {
			continue // not written yet
		}
		section, _, _ = strings.Cut(section, "\n### ")
		section, _, _ = strings.Cut(section, "\n## ")
		for _, key := range k.Keys {
			if !strings.Contains(section, "`"+key+"`") {
				t.Errorf("docs/authoring.md: %s does not mention %s", k.ID, key)
			}
		}
	}
}

func TestWithoutParametersThereIsOneVariant(t *testing.T) {
	if e := mustRead(t, "kind: number\n"+common+"answer: 2+1\n"); e.Variants != 1 {
		t.Errorf("%d variants", e.Variants)
	}
}

func TestProblems(t *testing.T) {
	const number = "kind: number\n" + common
	tests := []struct{ name, block, want string }{
		{"no mapping", "- a", "1: exercise: expects “name: value”"},
		{"nothing", "", "1: exercise: expects lines of the form “name: value”"},
		{"without what it must have", "points: 1", "0: exercise: kind is missing\n0: exercise: id is missing\n0: exercise: title is missing"},
		{"unknown kind", "kind: nummer\nid: x\ntitle: T", `1: exercise x: kind: there is no "nummer"; did you mean "number"?`},
		{"unknown key", number + "answer: 1\nanwser: 2", `8: exercise try: unknown name "anwser"; did you mean "answer"?`},
		{"no question", "kind: number\nid: x\ntitle: T\nanswer: 1", "0: exercise x: question is missing\n0: exercise x: solution is missing\n0: exercise x: hints is missing\n0: exercise x: there must be 1 to 6 hints"},
		{"hole without a value", number + "vary: {eta: [1]}\nanswer: 1\nmistakes:\n  - id: m\n    answer: 2\n    feedback: |\n      One\n      and @{etta}.",
			`14: exercise try: mistakes m: the hole @{etta} names no value; did you mean "eta"?`},
		{"malformed hole", strings.Replace(number, "What?", "What is @{2*a}?", 1) + "answer: 1", "4: exercise try: a hole is written @{name} or @{+name}, not @{2*a}"},
		{"formula with an unknown name", number + "vary: {eta: [1]}\nanswer: 2*etta", `8: exercise try: answer: "2*etta": etta is no value; did you mean "eta"?`},
		{"let before its values", number + "let: {a: b + 1, b: 1}\nanswer: a", `7: exercise try: let: a: "b + 1": b is no value; there are none`},
		{"a name twice", number + "vary: {a: [1]}\nlet: {a: \"1\"}\nanswer: a", `8: exercise try: let: the name "a" stands for two values`},
		{"a name that is taken", number + "vary: {exp: [1], lambda: [2], 2a: [3]}\nanswer: 1", "7: exercise try: vary: the name \"exp\" is taken\n7: exercise try: vary: the name \"lambda\" is taken\n" +
			"7: exercise try: vary: the name \"2a\" does not begin with a letter and go on with letters, digits and _"},
		{"a value that is none", number + "vary: {a: [1, x]}\nanswer: 1", `7: exercise try: vary: a: "x" is not a number`},
		{"a span that is none", number + "vary: {a: {from: 2, to: 1}}\nanswer: 1", `7: exercise try: vary: a: there must be 1 to 1000 values; these are 0`},
		{"a span without an end", number + "vary: {a: {from: 2, step: 1}}\nanswer: 1", `7: exercise try: vary: a: to is missing`},
		{"too many combinations", number + "vary: {a: {from: 1, to: 1000}, b: {from: 1, to: 1000}}\nanswer: 1", "7: exercise try: vary: there are more than 100000 combinations"},
		{"where lets nothing through", number + "vary: {a: [1]}\nwhere: a > 1\nanswer: 1", "8: exercise try: where: no combination of the values fulfils it"},
		{"where is a number", number + "vary: {a: [1]}\nwhere: a\nanswer: 1", `8: exercise try: where: "a" is 1.0, not true or false (with a = 1)`},
		{"too few combinations", number + "vary: {a: [1]}\nvariants: 2\nanswer: 1", "8: exercise try: variants: there are only 1 combinations"},
		{"a derived value that is none", number + "vary: {a: [0]}\nlet: {b: 1/a}\nanswer: b", `8: exercise try: let: b: "1/a": floating-point division by zero (with a = 0)`},
		{"points", number + "points: -1\nper_try: much\nvariants: many\nanswer: 1", `9: exercise try: variants: must be a whole number from 1 to 200, not "many"`},
		{"cost", strings.Replace(number, "cost: 0.1", "cost: 2", 1) + "points: -1\nper_try: much\nanswer: 1", "7: exercise try: points: must be a number from 0 to 100, not \"-1\"\n" +
			"8: exercise try: per_try: must be a number from 0 to 1, not \"much\"\n5: exercise try: hints 1: cost: must be a number from 0 to 1, not \"2\""},
		{"hints that cost all", strings.Replace(number, "[{text: H, cost: 0.1}]", "[{text: H, cost: 0.6}, {text: I, cost: 0.6, free: true}]", 1) + "answer: 1",
			"5: exercise try: hints 2: unknown name \"free\"; there are text, cost\n5: exercise try: hints: together the hints cost more than the exercise is worth"},
		{"mistakes", number + "answer: 1\nmistakes:\n  - {id: A, answer: 2, feedback: F}\n  - {id: b, answer: 2, feedback: F}\n  - {id: b, feedback: F}\n  - {id: c, answer: 3}",
			"9: exercise try: mistakes 1: id: \"A\" is not in kebab case, such as forgot-eta\n11: exercise try: mistakes b: id: the mistake \"b\" stands twice\n" +
				"11: exercise try: mistakes b: answer is missing\n12: exercise try: mistakes c: feedback is missing"},
		{"number without an answer", number + "tolerance: {absolute: 1}", "0: exercise try: answer is missing"},
		{"tolerance", number + "answer: 1\ntolerance: {absolute: 1, relative: 1}", "8: exercise try: tolerance: relative: must be a number from 0 to 0.5, not \"1\"\n" +
			"8: exercise try: tolerance: is one of {absolute: 0.01}, {relative: 0.01} and {digits: 3}"},
		{"unit", number + "answer: 1\nunit: 3 m\n", `8: exercise try: unit: "3 m" cannot be a unit: at most 20 characters, and no digit first`},
		{"unit that is asked for and not named", number + "answer: 1\nask_unit: true\n", `8: exercise try: ask_unit: there is no unit to ask for`},
		{"parts", number + "unit: m\nparts:\n  - {name: x, label: X, answer: 1}\n  - {name: x, label: X, answer: 1}\n  - {name: action, label: X, answer: 1}\nmistakes: [{id: m, answers: {z: 1}, feedback: F}]",
			"7: exercise try: unit: stands in each of the parts\n10: exercise try: parts x: name: two parts are named \"x\"\n" +
				"11: exercise try: parts action: name: \"action\" cannot name a field: letters, digits and _, a letter first, and not one of [action variant key]\n" +
				"12: exercise try: mistakes m: answers: z: there is no such part\n12: exercise try: mistakes m: answers: names no part; write answers: {x: …}"},
		{"choice", "kind: choice\n" + common + "several: perhaps\noptions:\n  - {text: A, right: false}\n", "7: exercise try: several: there is no \"perhaps\"; there are false, true\n" +
			"9: exercise try: options 1: an option that can be wrong says why: feedback is missing\n8: exercise try: options: there must be 2 to 12 options"},
		{"choice with mistakes", "kind: choice\n" + common + "options:\n  - {id: a, text: A, right: true, missed: M}\n  - {id: a, text: A, feedback: B}\nmistakes: []",
			"8: exercise try: options a: missed: has a meaning only with several: true\n9: exercise try: options a: id: two options are named \"a\"\n" +
				"10: exercise try: mistakes: have no meaning here: each option has its own feedback"},
		{"expression", "kind: expression\n" + common + "answer: 2x\nvariables: \"x:ral\"\nform: [expandd, no-function foo, factored x]",
			"8: exercise try: variables: I do not know the domain “ral”. Did you mean real?\n9: exercise try: form: there is no form \"expandd\"; did you mean \"expanded\"?\n" +
				"9: exercise try: form: no-function names a function, as in “no-function log”, not \"foo\"\n9: exercise try: form: factored stands alone; several forms make a list"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			e, problems := read(tt.block)
			if problems != tt.want {
				t.Errorf("got\n%s\nwant\n%s", problems, tt.want)
			}
			if e != nil {
				t.Error("the exercise was read all the same")
			}
		})
	}
}

// What holds for some variants only is found by trying them.
func TestCheckFindsWhatDoesNotHold(t *testing.T) {
	tests := []struct{ block, want string }{
		{"kind: number\n" + common + "vary: {a: [3, 1]}\nanswer: a\nmistakes: [{id: squared, answer: a*a, feedback: F}]",
			"the answer map[answer:[1]] of the mistake squared is judged right; leave the variant out with where, or state another mistake (variant 0: a = 1)"},
		{"kind: number\n" + common + "vary: {a: [2]}\nanswer: 7\nmistakes: [{id: doubled, answer: 2*a, feedback: F}, {id: squared, answer: a*a, feedback: F}]",
			`the answer map[answer:[4]] of the mistake squared gets the feedback of "doubled"; leave the variant out with where (variant 0: a = 2)`},
		{"kind: number\n" + common + "vary: {a: [0]}\nanswer: 1/a", `the model answer cannot be judged: "1/a": floating-point division by zero (variant 0: a = 0)`},
		{"kind: choice\n" + common + "vary: {a: [1]}\noptions: [{text: A, right: a > 1, feedback: F}, {text: B, right: a > 2, feedback: F}]",
			"the model answer cannot be judged: 0 of the options are right (variant 0: a = 1)"},
		{"kind: choice\n" + common + "options: [{text: A, right: true}, {text: B, right: true}]", "the model answer cannot be judged: 2 of the options are right (variant 0)"},
		{"kind: expression\n" + common + "answer: (x+1)^2\nvariables: x\nform: expanded", "the model answer map[answer:[(x+1)^2]] is refused: answer: This is equal, but not written as asked: multiply out all brackets. (variant 0)"},
		{"kind: expression\n" + common + "answer: 2x +\nvariables: x", "the model answer cannot be judged: 2x +: a: after “+” I expect a number, a name, a function or (. (variant 0)"},
	}
	for _, tt := range tests {
		e, problems := read(tt.block)
		if problems != "" {
			t.Errorf("%s\n%s", tt.block, problems)
			continue
		}
		var got []string
		for _, err := range Check(context.Background(), e, e.Variants) {
			got = append(got, err.Error())
		}
		if strings.Join(got, "\n") != tt.want {
			t.Errorf("%s\ngot\n%s\nwant\n%s", tt.block, strings.Join(got, "\n"), tt.want)
		}
	}
}
