package exercise

import (
	"net/url"
	"strings"
	"testing"
)

// picturedHead begins a block; a test adds the kind and its keys.
const picturedHead = `id: one
title: One
question: What?
hints:
  - {text: Look., cost: 0.1}
solution: So.
`

const valleyCell = `cell: {kind: descent, set: {f: "0.5*x^2 + 2*y^2", eta: "@{eta}", x: 4, y: 1, steps: 30, xmin: -5, xmax: 5, ymin: -4, ymax: 4}, show: [eta]}
vary: {eta: [0.01]}
`

type judgement struct {
	answer  string // as a query
	outcome Outcome
	says    string // in diagnosis, feedback or errors
}

func judgeAll(t *testing.T, block string, tests []judgement) {
	t.Helper()
	e, problems := readBlock(t, picturedHead+block)
	if e == nil || len(problems) > 0 {
		t.Fatal(problems)
	}
	v := e.Variant(0)
	for _, tt := range tests {
		answer, _ := url.ParseQuery(tt.answer)
		got, err := v.Task.Check(t.Context(), v, answer)
		said := got.Diagnosis + " " + strings.Join(got.Feedback, " ") + got.Errors.Error()
		if err != nil || got.Outcome != tt.outcome || !strings.Contains(said, tt.says) {
			t.Errorf("%q: %s, %q, %v; want %s, %q", tt.answer, got.Outcome, said, err, tt.outcome, tt.says)
		}
	}
}

func TestTune(t *testing.T) {
	judgeAll(t, "kind: tune\n"+valleyCell+`
require:
  - {that: "loss < 0.001", say: low}
  - {that: "rises == 0 and diverged == 0", say: calm}
solution_values: {eta: 0.4}
mistakes:
  - {id: wild, try: {eta: 0.6}, when: "eta*4 > 2", feedback: Too far.}
`, []judgement{
		{"eta=0.4", Right, ""},
		{"eta=0.6", Wrong, "wild"},
		{"eta=0.02", Wrong, "not do what it should"},
		{"", Wrong, "not do"},
		{"eta=0.02&steps=9000&x=0&y=0", Wrong, "not do"}, // only the knobs that are shown can be turned
		{"eta=fast", "", "eta: must be a number"},
		{"eta=1e9", "", "eta: must be between"},
	})
}

func TestTuneSaysItsNumbers(t *testing.T) {
	e, problems := readBlock(t, picturedHead+"kind: tune\n"+valleyCell+`
require: [{that: "loss < 0.001 and steps <= 30", say: low}]
solution_values: {eta: 0.4}
`)
	if e == nil {
		t.Fatal(problems)
	}
	v := e.Variant(0)
	got, err := v.Task.Check(t.Context(), v, url.Values{"eta": {"0.4"}})
	list, _ := got.Detail.([]Required)
	if err != nil || len(list) != 1 || !list[0].Holds || !strings.Contains(list[0].Numbers, "J at the end is ") || !strings.Contains(list[0].Numbers, "the number of steps made is 30") {
		t.Errorf("%+v, %v", got.Detail, err)
	}
}

func TestPoint(t *testing.T) {
	judgeAll(t, `kind: point
cell: {kind: objective, set: {f: "(x-1)^2", xmin: -4, xmax: 4}}
answer: {x: "1"}
tolerance: {absolute: 0.1}
mistakes:
  - {id: mirror, answer: {x: "-1"}, feedback: The other side.}
`, []judgement{
		{"guess_x=1.1", Right, ""},
		{"guess_x=1.12", Wrong, "Nearly: it lies a little to the left"},
		{"guess_x=-3", Wrong, "Far off: it lies to the right"},
		{"guess_x=-0.95", Wrong, "mirror"},
		{"", "", "guess_x: type a number"},
		{"guess_x=here", "", "guess_x: must be a number"},
		{"guess_x=1e7", "", "guess_x: must be between"},
	})
	judgeAll(t, `kind: point
cell: {kind: function, set: {f: "x^2 + y^2", xmin: -4, xmax: 4, ymin: -2, ymax: 2}}
answer: {x: "1", y: "1"}
tolerance: {window: 0.1}
`, []judgement{ // a tenth of the picture is 0.8 to the side and 0.4 up
		{"guess_x=1.7&guess_y=1", Right, ""},
		{"guess_x=1&guess_y=1.5", Wrong, "lower"},
		{"guess_x=-3&guess_y=-2", Wrong, "higher and to the right"},
		{"guess_x=1", "", "guess_y: type a number"},
	})
}

func TestPointBySlope(t *testing.T) {
	judgeAll(t, `kind: point
cell: {kind: slope, set: {f: "x^2", x: 1, xmin: -2, xmax: 3}}
slope: "3"
tolerance: {absolute: 0.05}
`, []judgement{ // the line is turned at x = 2, one to the right of the point (1, 1)
		{"guess_y=4", Right, ""},
		{"guess_y=2", Wrong, "Too flat"},
		{"guess_y=9", Wrong, "Too steep"},
		{"guess_y=0", Wrong, "other way"},
	})
}

func TestPointWhereARunBegins(t *testing.T) {
	judgeAll(t, `kind: point
cell: {kind: basins, set: {f: "x^4 - 2x^2 + 0.3x", eta: 0.02, steps: 500, xmin: -2, xmax: 2}}
require: [{that: "gap < 0.001", say: "lowest"}]
solution_values: {x: -1.5}
mistakes: [{id: right-valley, try: {x: 1.5}, when: "end_x > 0", feedback: Only a local one.}]
`, []judgement{
		{"guess_x=-0.2", Right, ""},
		{"guess_x=0.2", Wrong, "right-valley"},
	})
}

func TestPredict(t *testing.T) {
	judgeAll(t, `kind: predict
cell: {kind: descent, set: {f: "0.5*x^2 + 2*y^2", eta: 0.1, x: 4, y: 1, steps: 1, xmin: -5, xmax: 5, ymin: -4, ymax: 4}}
ask: next-point
mistakes: [{id: uphill, answer: {x: "4.4", y: "1.4"}, feedback: Subtract it.}]
`, []judgement{ // (3.6, 0.6)
		{"guess_x=3.6&guess_y=0.6", Right, ""},
		{"guess_x=4.4&guess_y=1.4", Wrong, "uphill"},
		{"guess_x=1&guess_y=0.25", Wrong, "You pointed at the minimum."},
		{"guess_x=2&guess_y=-1", Wrong, "too long"},
		{"guess_x=3.6", "", "guess_y"},
	})
	judgeAll(t, `kind: predict
cell: {kind: descent, set: {f: "0.5*x^2 + 2*y^2", eta: 0.6, x: 4, y: 1, steps: 30}}
ask: fate
`, []judgement{
		{"guess=diverges", Right, ""},
		{"guess=slow", Wrong, "“slow” would mean"},
		{"guess=flies", "", "guess: must be one of"},
		{"", "", "guess: choose one"},
	})
	judgeAll(t, `kind: predict
cell: {kind: slope, set: {f: "x^2", x: 1, xmin: -2, xmax: 3}}
ask: slope
mistakes: [{id: value, slope: "1", feedback: That is f.}]
`, []judgement{
		{"guess_y=3.1", Right, ""},
		{"guess_y=2", Wrong, "value"},
		{"guess_y=6", Wrong, "Too steep"},
	})
}

func TestPicturedBlocksRefuse(t *testing.T) {
	for _, tt := range []struct{ block, want string }{
		{"kind: tune\n", "cell is missing"},
		{"kind: tune\ncell: {kind: desent}\n", `there is no "desent"; did you mean "descent"?`},
		{"kind: tune\ncell: {kind: descent, show: [etta]}\nrequire: [{that: \"loss < 1\", say: s}]\nsolution_values: {eta: 1}\n", `did you mean "eta"?`},
		{"kind: tune\ncell: {kind: descent, show: [eta]}\nrequire: [{that: \"los < 1\", say: s}]\nsolution_values: {eta: 1}\n", `los is no value`},
		{"kind: tune\ncell: {kind: descent}\nrequire: [{that: \"loss < 1\", say: s}]\nsolution_values: {}\n", "show names no control"},
		{"kind: point\ncell: {kind: descent}\nslope: \"1\"\n", "only a cell of the kind slope"},
		{"kind: point\ncell: {kind: objective}\nanswer: {x: \"1\"}\ntolerance: {absolute: 1, window: 0.1}\n", "exclude each other"},
		{"kind: predict\ncell: {kind: logistic}\nask: fate\n", "logistic asks nothing"},
		{"kind: predict\ncell: {kind: slope}\nask: fate\n", `there is no "fate"`},
		{"kind: predict\ncell: {kind: descent, show: [eta]}\nask: fate\n", "stands still"},
	} {
		e, problems := readBlock(t, picturedHead+tt.block)
		if e != nil || !strings.Contains(strings.Join(problems, "\n"), tt.want) {
			t.Errorf("%s\nsays %q, want %q", tt.block, problems, tt.want)
		}
	}
}
