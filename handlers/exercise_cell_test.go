package handlers

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"

	"descent/lessons"
	"descent/lessons/cell"
)

// hidden is a lesson whose answers can be told from all else on its page: the step lands at 3.6, the slope is 7.5.
const hidden = `---
title: Hidden
question: What next?
summary: Instruments.
---
## Steps {#steps}

` + "```exercise" + `
kind: predict
id: step
title: A step
question: Where to?
cell: {kind: descent, set: {f: "0.5*x^2 + 2*y^2", eta: 0.1, x: 4, y: 1, steps: 1}}
ask: next-point
hints: [{text: Down., cost: 0.1}]
solution: There.
` + "```" + `

` + "```exercise" + `
kind: predict
id: line
title: A line
question: How steep?
cell: {kind: slope, set: {f: "2.5*x^3", x: 1}}
ask: slope
hints: [{text: Down., cost: 0.1}]
solution: There.
` + "```" + `

` + "```exercise" + `
kind: tune
id: rate
title: A rate
question: Which rate?
cell: {kind: descent, set: {f: "x^2", eta: 0.01, x: 4, steps: 20}, show: [eta]}
require: [{that: "loss < 0.001", say: It is low.}]
solution_values: {eta: 0.4}
hints: [{text: More., cost: 0.1}]
solution: More.
` + "```" + `
`

func hiddenSchool(t *testing.T) *pupil {
	t.Helper()
	s := newSchool(t)
	var err error
	if s.list, err = lessons.Load(fstest.MapFS{"01-hidden.md": {Data: []byte(hidden)}}, cell.Check); err != nil {
		t.Fatal(err)
	}
	s.restart()
	return s.pupil()
}

const hiddenAddress = "/lessons/hidden/exercises/"

// Until it is answered or given up nothing of a prediction's truth is in a page, whatever is asked for.
func TestExerciseKeepsItsTruth(t *testing.T) {
	b := hiddenSchool(t)
	for _, address := range []string{
		hiddenAddress + "step", hiddenAddress + "step/cell?guess_x=1&guess_y=2", hiddenAddress + "step/cell?predict=show&reveal=show&guess_x=1&guess_y=2", hiddenAddress + "step/cell?steps=3&x=2",
		hiddenAddress + "line", hiddenAddress + "line/cell?guess_y=2", hiddenAddress + "line/cell?predict=show&eps=0.001", "/lessons/hidden", "/lessons/hidden?slides=steps",
	} {
		for _, htmx := range []string{"", "true"} {
			b.header = http.Header{}
			if htmx != "" && strings.Contains(address, "/exercises/") {
				b.header.Set("HX-Request", htmx)
			}
			body := b.read(address)
			for _, truth := range []string{"(3.6", ">3.6<", `"3.6"`, ">7.5", "= 7.5", `"7.5"`, "lands at", "f′(1)"} {
				if strings.Contains(body, truth) {
					t.Errorf("%s (htmx %q) has %q", address, htmx, truth)
				}
			}
		}
	}
	b.header = http.Header{}
	if w := b.press(hiddenAddress+"step", "check", 0, "guess_x", "1", "guess_y", "2"); w.Code != http.StatusSeeOther {
		t.Fatalf("a wrong guess answers %d", w.Code)
	}
	if body := b.read(hiddenAddress + "step"); !strings.Contains(body, "Not right yet.") || strings.Contains(body, "(3.6") {
		t.Error("after a wrong guess the truth is in the page, or no verdict")
	}
	b.press(hiddenAddress+"step", "give-up", 0, "guess_x", "1", "guess_y", "2")
	if body := b.read(hiddenAddress + "step"); !strings.Contains(body, "Step 1 lands at (3.6, 0.6).") || !strings.Contains(body, "Your guess") {
		t.Error("given up it does not show the truth beside the guess")
	}
}

// A tweak is drawn, what the student cannot turn stays, and a mistake stands at its field.
func TestExerciseCell(t *testing.T) {
	b := hiddenSchool(t)
	b.header.Set("HX-Request", "true")
	w := b.send(http.MethodGet, hiddenAddress+"rate/cell?variant=0&eta=0.4&x=0&steps=9000", nil)
	if body := w.Body.String(); w.Code != http.StatusOK || !strings.Contains(body, "After 20 steps") || w.Header().Get("HX-Replace-Url") != "" {
		t.Errorf("a tweak answers %d, %.300s", w.Code, body)
	}
	w = b.send(http.MethodGet, hiddenAddress+"rate/cell?variant=99&eta=fast", nil)
	if body := w.Body.String(); w.Code != http.StatusUnprocessableEntity || !strings.Contains(body, "rate-cell-eta-error") {
		t.Errorf("a mistake answers %d, %.300s", w.Code, body)
	}
	b.header = http.Header{}
	if body := b.read(hiddenAddress + "rate/cell?eta=0.4"); !strings.Contains(body, `value="0.4"`) || !strings.Contains(body, "<h1") {
		t.Error("without htmx it is not the exercise's page with those values")
	}
	w = b.press(hiddenAddress+"rate", "check", 0, "eta", "fast")
	if body := w.Body.String(); w.Code != http.StatusUnprocessableEntity || !strings.Contains(body, `value="fast"`) || !strings.Contains(body, "must be a number") {
		t.Errorf("a refused answer is answered with %d and does not keep what was typed", w.Code)
	}
	if w := b.send(http.MethodGet, "/lessons/hidden/exercises/nothing/cell", nil); w.Code != http.StatusNotFound {
		t.Errorf("no such exercise: %d", w.Code)
	}
}

// The draft of an instrument is where its controls stand.
func TestExerciseCellDraft(t *testing.T) {
	b := hiddenSchool(t)
	b.press(hiddenAddress+"rate", "draft", 0, "eta", "0.23")
	if body := b.read(hiddenAddress + "rate"); !strings.Contains(body, `name="eta" value="0.23"`) {
		t.Error("the draft is lost")
	}
	if w := b.press(hiddenAddress+"rate", "check", 0, "eta", "0.4", "steps", "1"); w.Code != http.StatusSeeOther {
		t.Fatalf("a right answer: %d", w.Code)
	}
	if body := b.read(hiddenAddress + "rate"); !strings.Contains(body, "Right.") || !strings.Contains(body, "J at the end is") {
		t.Error("the verdict lacks its numbers")
	}
	answer := url.Values{"action": {"check"}, "variant": {"0"}, "eta": {strings.Repeat("9", 30_000)}}
	if w := b.send(http.MethodPost, hiddenAddress+"rate", answer); w.Code >= 500 {
		t.Errorf("a long answer: %d", w.Code)
	}
}
