package handlers

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// What a reader does with a cell that asks before it shows.

const (
	firstStepPicture = "#cell-first-step [data-figure=path]"
	pushPicture      = "#cell-push [data-figure=slope]"
)

func said(id string) string {
	return `(document.querySelector('#cell-` + id + `-readout')?.textContent ?? '').replace(/\s+/g, ' ')`
}

// focused is the id of the element that has the focus.
const focused = `document.activeElement.id`

// The guess is set by a press on the picture, shown in place, and asked anew with
// the controls as they are.
func predictMouseTest(t *testing.T, p page) {
	p.open("/lessons/steepest-descent")
	eval[bool](p, `(window.here = true)`)
	x, y := p.at(firstStepPicture, 0.865, 0.611) // (3.8, 1)
	p.do(chromedp.MouseClickXY(x, y))
	p.wait(`Math.abs(document.querySelector('#cell-first-step-guess_x').value - 3.8) < 0.05 && Math.abs(document.querySelector('#cell-first-step-guess_y').value - 1) < 0.05`)
	p.wait(`document.querySelector('#cell-first-step-fig-path-overlay').textContent.includes('your guess')`)
	p.wait(said("first-step") + `.includes('Your guess: (3.')`)
	if strings.Contains(eval[string](p, said("first-step")), "lands at") {
		t.Error("the guess gives the answer away")
	}
	p.do(chromedp.Click(chromedp.CSS("#cell-first-step .predict-go button")))
	p.wait(said("first-step") + `.includes('Step 1 lands at (3.8, 1)')`)
	p.wait(focused + ` === 'cell-first-step-readout'`)
	if got := eval[string](p, said("first-step")); !strings.Contains(got, "Very near.") && !strings.Contains(got, "On the spot.") {
		t.Errorf("the comparison says %q", got)
	}
	p.wait(`location.search.includes('predict=show&guess_x=3.')`)
	// Once shown it is the ordinary instrument: a control keeps it so, and the guess goes with its problem.
	p.set("#cell-first-step-eta", "0.1")
	p.wait(`location.search.includes('eta=0.1&') && location.search.endsWith('predict=show')`)
	if got := eval[string](p, said("first-step")); strings.Contains(got, "our guess") {
		t.Errorf("after a tweak it still says %q", got)
	}
	p.drag(firstStepPicture, 0.8, 0.8, 0.9, 0.9, 2) // the start can be moved now
	p.wait(`location.search.includes('x=4.1')`)
	p.do(chromedp.Click(chromedp.CSS("#cell-first-step .again")))
	p.wait(`location.search.includes('predict=ask') && location.search.includes('eta=0.1&x=4.1')`)
	p.wait(focused + ` === 'cell-first-step-guess_x'`)
	if got := eval[string](p, `document.querySelector('#cell-first-step-guess_x').value`); got != "" {
		t.Errorf("asked anew it still has the guess %s", got)
	}
	p.wait(`document.querySelector('` + firstStepPicture + ` .handle')`)
	x, y = p.at(firstStepPicture, 0.5, 0.5)
	p.do(chromedp.MouseClickXY(x, y))
	p.wait(`location.search.includes('predict=ask&guess_x=0&guess_y=0')`)
	p.do(chromedp.Click(chromedp.CSS("#cell-first-step .predict-go a")))
	p.wait(`location.search.endsWith('predict=show')`)
	if !eval[bool](p, `window.here === true`) {
		t.Error("the page was left")
	}
}

func predictKeysTest(t *testing.T, p page) {
	// The line is turned with the arrows; the words say its slope.
	p.open("/lessons/derivative")
	p.do(chromedp.Focus(chromedp.CSS(pushPicture + " .handle")))
	p.keys(kb.ArrowUp, kb.ArrowUp, kb.ArrowUp)
	p.wait(said("push") + `.includes('so its slope is')`)
	p.wait(`Number(document.querySelector('#cell-push-guess_y').value) > -1`)
	p.do(chromedp.Focus(chromedp.CSS("#cell-push-guess_y")))
	p.set("#cell-push-guess_y", "0")
	p.wait(said("push") + `.includes('Yours is at 0 there, so its slope is 1.')`)
	// Enter in the field does not show yet; the button does.
	p.keys(kb.Enter)
	p.wait(`location.search.includes('predict=ask&guess_y=0')`)
	p.keys(kb.Tab)
	if got := eval[string](p, `document.activeElement.textContent`); got != "Show" {
		t.Fatalf("after the field the focus is on %q", got)
	}
	p.keys(kb.Enter)
	p.wait(said("push") + `.includes('On the spot. Your line has slope 1; the derivative is f′(1) = 1.')`)
	p.wait(focused + ` === 'cell-push-readout'`)
	// A fate is chosen like any radio button.
	p.open("/lessons/steepest-descent")
	p.do(chromedp.Focus(chromedp.CSS("#cell-edge .fates input")))
	p.keys(kb.ArrowDown, kb.ArrowDown)
	p.wait(`location.search.includes('guess=oscillates')`)
	p.keys(kb.Tab, kb.Enter)
	p.wait(said("edge") + `.includes('You said: it oscillates. It diverges. η·λmax = 2.05 > 2')`)
}

// A mistake stands at its field and the cell goes on asking.
func predictErrorTest(t *testing.T, p page) {
	p.open("/lessons/steepest-descent")
	p.set("#cell-first-step-guess_x", "3")
	p.do(chromedp.Click(chromedp.CSS("#cell-first-step .predict-go button")))
	p.wait(`document.querySelector('#cell-first-step-guess_y-error').textContent.includes('type this coordinate too')`)
	p.wait(`document.querySelector('#cell-first-step-guess_y').getAttribute('aria-invalid') === 'true'`)
	p.set("#cell-first-step-guess_y", "1")
	p.wait(`document.querySelector('#cell-first-step-guess_y-error').textContent.trim() === ''`)
}

func predictNoScriptTest(t *testing.T, p page) {
	call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	p.do(chromedp.Navigate(p.url + "/lessons/steepest-descent"))
	p.do(chromedp.SetValue(chromedp.CSS("#cell-first-step-guess_x"), "3"))
	p.do(chromedp.SetValue(chromedp.CSS("#cell-first-step-guess_y"), "1.5"))
	p.do(chromedp.Click(chromedp.CSS("#cell-first-step .predict-go button")))
	p.wait(`location.search.includes('reveal=show') && ` + said("first-step") + `.includes('You pointed at the minimum.')`)
	p.do(chromedp.Click(chromedp.CSS("#cell-first-step .again")))
	p.wait(`location.search.includes('predict=ask') && !` + said("first-step") + `.includes('lands at')`)
	p.do(chromedp.Click(chromedp.CSS("#cell-edge .fates input[value=diverges]")))
	p.do(chromedp.Click(chromedp.CSS("#cell-edge .predict-go button")))
	p.wait(`location.pathname.endsWith('/edge') && ` + said("edge") + `.includes('Right: it diverges.')`)
	// With the answer shown, a tweak without script keeps it shown.
	p.do(chromedp.SetValue(chromedp.CSS("#cell-edge-eta"), "0.19"))
	p.do(chromedp.Click(chromedp.CSS("#cell-edge .send button")))
	p.wait(`location.search.includes('eta=0.19') && document.querySelector('#cell-edge .again')`)
}

// On a slide the cell asks the hall, and the slide stays.
func predictSlideTest(t *testing.T, p page) {
	p.open("/lessons/steepest-descent?slides=divergence")
	p.do(chromedp.Click(chromedp.CSS("#cell-edge .fates input[value=converges]")))
	p.wait(`location.search.includes('guess=converges') && location.search.includes('slides=divergence')`)
	p.do(chromedp.Click(chromedp.CSS("#cell-edge .predict-go button")))
	p.wait(said("edge") + `.includes('It diverges.') && location.search.includes('predict=show')`)
	p.do(chromedp.Reload())
	p.wait(`document.readyState === 'complete' && document.querySelector('.current')`)
	if p.slide() != "divergence" || !strings.Contains(eval[string](p, said("edge")), "You said: it converges.") {
		t.Error("reloading loses the slide or the comparison")
	}
}
