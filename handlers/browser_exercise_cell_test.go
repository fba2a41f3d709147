package handlers

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"descent/lessons/exercise"
)

// What a student does with exercises whose answer is an instrument.

func TestBrowserInstruments(t *testing.T) {
	ctx, url := browserOf(t, schoolOf(t, builtInLessons(t)).site)
	for _, test := range []struct {
		name string
		run  func(*testing.T, page)
	}{
		{"tune with the keyboard", tuneKeysTest},
		{"tune without script", tuneNoScriptTest},
		{"point with the mouse", pointMouseTest},
		{"point with the keyboard", pointAtKeysTest},
		{"a start by mouse", pointStartTest},
		{"predict with the mouse", predictStepTest},
		{"predict without script", predictFateTest},
		{"on the lesson's page", instrumentOnLessonTest},
	} {
		inTab(t, ctx, url, test.name, test.run)
	}
}

// builtIn is an exercise of the built-in lessons.
func builtIn(t testing.TB, slug, id string) *exercise.Exercise {
	t.Helper()
	for _, l := range builtInLessons(t) {
		for _, e := range l.Exercises() {
			if l.Slug == slug && e.ID == id {
				return e
			}
		}
	}
	t.Fatalf("there is no exercise %s/%s", slug, id)
	return nil
}

// model is the right answer to the variant that the page shows.
func (p page) modelOf(e *exercise.Exercise) url.Values {
	p.t.Helper()
	n, err := strconv.Atoi(eval[string](p, `document.querySelector('#exercise-`+e.ID+` [name=variant]').value`))
	if err != nil {
		p.t.Fatal(err)
	}
	v := e.Variant(n)
	return v.Task.Model(v)
}

func state(id string) string {
	return `document.querySelector('#exercise-` + id + `')?.dataset.state`
}

func inCell(id, part string) string { return "#exercise-" + id + "-cell-" + part }

// share is where a value lies between the edges of a picture.
func share(text string, from, to float64) float64 {
	v, _ := strconv.ParseFloat(text, 64)
	return (v - from) / (to - from)
}

func tuneKeysTest(t *testing.T, p page) {
	e := builtIn(t, "steepest-descent", "quick-valley")
	p.open("/lessons/steepest-descent/exercises/quick-valley")
	// A rate that is too large is drawn as soon as it is typed, and judged when it is sent.
	p.do(chromedp.Focus(chromedp.CSS(inCell(e.ID, "eta"))))
	p.set(inCell(e.ID, "eta"), "0.5")
	p.wait(`document.querySelector('` + inCell(e.ID, "readout") + `').textContent.includes('iverge')`)
	if eval[string](p, `location.pathname`) != "/lessons/steepest-descent/exercises/quick-valley" {
		t.Error("a tweak of an exercise changes the address")
	}
	p.do(chromedp.Focus(chromedp.CSS("#exercise-" + e.ID + " .exercise-check")))
	p.keys(kb.Enter)
	p.wait(state(e.ID) + ` === 'wrong'`)
	p.wait(`document.querySelector('#exercise-quick-valley-verdict').textContent.includes('above 2')`)
	if got := p.text("#exercise-" + e.ID + "-verdict .required"); !strings.Contains(got, "not met") || !strings.Contains(got, "J at the end is") {
		t.Errorf("the requirement says %q", got)
	}
	if got := eval[string](p, `document.querySelector('`+inCell(e.ID, "eta")+`').value`); got != "0.5" {
		t.Errorf("after the check the control stands at %s", got)
	}
	p.set(inCell(e.ID, "eta"), p.modelOf(e).Get("eta"))
	p.do(chromedp.Focus(chromedp.CSS("#exercise-" + e.ID + " .exercise-check")))
	p.keys(kb.Enter)
	p.wait(state(e.ID) + ` === 'solved'`)
	p.wait(`document.querySelector('#exercise-quick-valley-verdict').textContent.includes('Right.')`)
}

func tuneNoScriptTest(t *testing.T, p page) {
	e := builtIn(t, "sgd", "spend-the-budget")
	call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	p.do(chromedp.Navigate(p.url + "/lessons/sgd/exercises/spend-the-budget"))
	p.do(chromedp.SetValue(chromedp.CSS(inCell(e.ID, "batch")), "1"))
	p.do(chromedp.Click(chromedp.CSS("#exercise-" + e.ID + " .send button")))
	p.wait(`location.pathname.endsWith('/spend-the-budget/cell') && document.querySelector('` + inCell(e.ID, "readout") + `').textContent.includes('500 updates')`)
	p.do(chromedp.Click(chromedp.CSS("#exercise-" + e.ID + " .exercise-check")))
	p.wait(state(e.ID) + ` === 'wrong' && location.pathname.endsWith('/spend-the-budget')`)
	p.wait(`document.querySelector('#exercise-spend-the-budget-verdict').textContent.includes('a single flower')`)
	p.do(chromedp.SetValue(chromedp.CSS(inCell(e.ID, "batch")), "2"))
	p.do(chromedp.Click(chromedp.CSS("#exercise-" + e.ID + " .exercise-check")))
	p.wait(state(e.ID) + ` === 'solved'`)
}

func pointMouseTest(t *testing.T, p page) {
	e := builtIn(t, "optimization", "lowest-place")
	p.open("/lessons/optimization/exercises/lowest-place")
	picture := inCell(e.ID, "fig-path") + " .stage"
	x, y := p.at(picture, 0.02, 0.5)
	p.do(chromedp.MouseClickXY(x, y))
	p.wait(`document.querySelector('` + inCell(e.ID, "fig-path-overlay") + `').textContent.includes('your place')`)
	p.do(chromedp.Click(chromedp.CSS("#exercise-" + e.ID + " .exercise-check")))
	p.wait(state(e.ID) + ` === 'wrong'`)
	if got := p.text("#exercise-" + e.ID + "-verdict"); !strings.Contains(got, "to the right") {
		t.Errorf("at the left edge it says %q", got)
	}
	p.wait(`document.querySelector('` + picture + ` .handle')`)
	x, y = p.at(picture, share(p.modelOf(e).Get("guess_x"), -4, 4), 0.5)
	p.do(chromedp.MouseClickXY(x, y))
	p.do(chromedp.Click(chromedp.CSS("#exercise-" + e.ID + " .exercise-check")))
	p.wait(state(e.ID) + ` === 'solved'`)
	p.wait(`document.querySelector('` + inCell(e.ID, "fig-path-overlay") + `').textContent.includes('solution')`)
}

func pointAtKeysTest(t *testing.T, p page) {
	e := builtIn(t, "derivative", "slope-to-place")
	p.open("/lessons/derivative/exercises/slope-to-place")
	handle := inCell(e.ID, "fig-path") + " .handle"
	p.do(chromedp.Focus(chromedp.CSS(handle)))
	p.keys(kb.ArrowRight, kb.ArrowRight, kb.ArrowRight)
	p.wait(`Number(document.querySelector('` + inCell(e.ID, "guess_x") + `').value) > 0`)
	// What is left to type is typed.
	p.do(chromedp.Focus(chromedp.CSS(inCell(e.ID, "guess_x"))))
	p.set(inCell(e.ID, "guess_x"), p.modelOf(e).Get("guess_x"))
	p.do(chromedp.Focus(chromedp.CSS("#exercise-" + e.ID + " .exercise-check")))
	p.keys(kb.Enter)
	p.wait(state(e.ID) + ` === 'solved'`)
}

// A start is judged by its run, which the picture then shows.
func pointStartTest(t *testing.T, p page) {
	e := builtIn(t, "local-minima", "near-a-saddle")
	p.open("/lessons/local-minima/exercises/near-a-saddle")
	picture := inCell(e.ID, "fig-path") + " .stage"
	run := `document.querySelector('` + inCell(e.ID, "fig-path-overlay") + ` .run')`
	x, y := p.at(picture, 0.1, 0.95)
	p.do(chromedp.MouseClickXY(x, y))
	p.wait(`document.querySelector('` + inCell(e.ID, "fig-path-overlay") + `').textContent.includes('your place')`)
	if eval[bool](p, run+` !== null`) {
		t.Error("the run is drawn before it is judged")
	}
	p.do(chromedp.Click(chromedp.CSS("#exercise-" + e.ID + " .exercise-check")))
	p.wait(state(e.ID) + ` === 'wrong' && ` + run)
	model := p.modelOf(e)
	p.set(inCell(e.ID, "guess_x"), model.Get("guess_x"))
	p.set(inCell(e.ID, "guess_y"), model.Get("guess_y"))
	p.do(chromedp.Click(chromedp.CSS("#exercise-" + e.ID + " .exercise-check")))
	p.wait(state(e.ID) + ` === 'solved' && ` + run)
}

func predictStepTest(t *testing.T, p page) {
	e := builtIn(t, "steepest-descent", "next-step")
	p.open("/lessons/steepest-descent/exercises/next-step")
	// Half a guess is refused at the field that is blank, and costs nothing.
	p.set(inCell(e.ID, "guess_x"), "1")
	p.do(chromedp.Click(chromedp.CSS("#exercise-" + e.ID + " .exercise-check")))
	p.wait(`document.querySelector('` + inCell(e.ID, "guess_y-error") + `')?.textContent.includes('type a number')`)
	if got := eval[string](p, `document.querySelector('`+inCell(e.ID, "guess_x")+`').value`); got != "1" {
		t.Errorf("the refused guess became %q", got)
	}
	picture := inCell(e.ID, "fig-path") + " .stage"
	p.wait(`document.querySelector('` + picture + ` .handle')`)
	model := p.modelOf(e)
	x, y := p.at(picture, share(model.Get("guess_x"), -5.2, 5.2), share(model.Get("guess_y"), -4.5, 4.5))
	p.do(chromedp.MouseClickXY(x, y))
	p.wait(`document.querySelector('` + inCell(e.ID, "fig-path-overlay") + `').textContent.includes('your guess')`)
	p.do(chromedp.Click(chromedp.CSS("#exercise-" + e.ID + " .exercise-check")))
	p.wait(state(e.ID) + ` === 'solved'`)
	p.wait(`document.querySelector('` + inCell(e.ID, "readout") + `').textContent.includes('lands at')`)
}

func predictFateTest(t *testing.T, p page) {
	e := builtIn(t, "steepest-descent", "fate-of-the-run")
	call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	p.do(chromedp.Navigate(p.url + "/lessons/steepest-descent/exercises/fate-of-the-run"))
	p.do(chromedp.Click(chromedp.CSS("#exercise-" + e.ID + " .exercise-check")))
	p.wait(`document.querySelector('` + inCell(e.ID, "guess-error") + `').textContent.includes('choose one')`)
	p.do(chromedp.Click(chromedp.CSS(fmt.Sprintf("#exercise-%s [name=guess][value=%s]", e.ID, p.modelOf(e).Get("guess")))))
	p.do(chromedp.Click(chromedp.CSS("#exercise-" + e.ID + " .exercise-check")))
	p.wait(state(e.ID) + ` === 'solved'`)
	p.wait(`document.querySelector('` + inCell(e.ID, "readout") + `').textContent.includes('Right: it')`)
}

// On the page of the lesson it is the same exercise, and the page stays.
func instrumentOnLessonTest(t *testing.T, p page) {
	e := builtIn(t, "logistic-regression", "few-steps")
	p.open("/lessons/logistic-regression")
	eval[bool](p, `(window.here = true)`)
	p.set(inCell(e.ID, "eta"), "0.04")
	p.do(chromedp.Click(chromedp.CSS("#exercise-" + e.ID + " .exercise-check")))
	p.wait(state(e.ID) + ` === 'wrong'`)
	p.set(inCell(e.ID, "eta"), "0.12")
	p.do(chromedp.Click(chromedp.CSS("#exercise-" + e.ID + " .exercise-check")))
	p.wait(state(e.ID) + ` === 'solved'`)
	if !eval[bool](p, `window.here === true`) {
		t.Error("the page was left")
	}
}
