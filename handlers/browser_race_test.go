package handlers

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// raceRows are those of the race in the browser: a million, but for the race detector, under which a million take a minute.
const raceRows = 1_000_000 / slowness / slowness

// The race runs over a million examples: progress, rate, remaining time, pause and stop.
func raceTest(t *testing.T, p page) {
	p.open(fmt.Sprintf("/lab/sgd/race?rows=%d&cols=20&seconds=15", raceRows))
	p.do(chromedp.Click(chromedp.CSS(".race-start")))
	p.wait(`document.querySelector('.cell-race').dataset.phase === 'running'`)
	p.wait(`document.querySelector('#race-progress').value > 0.01`)
	if !eval[bool](p, `location.search.includes('seconds=15') && location.pathname === '/lab/sgd/race'`) {
		t.Error("the address does not name the race")
	}
	p.wait(`/\d+ %.*about \d+ s left/s.test(document.querySelector('#race-phase').textContent)`)
	p.wait(`/million|\d,\d/.test(document.querySelector('#race-numbers').textContent)`)
	p.wait(`document.querySelectorAll('#cell-race-fig-loss-overlay path').length > 2`)
	if said := p.text("#race-said"); said == "" {
		t.Error("a screen reader hears nothing")
	}

	p.do(chromedp.Click(chromedp.CSS("[data-command=pause]")))
	p.wait(`document.querySelector('.cell-race').dataset.phase === 'paused'`)
	stood := eval[float64](p, `document.querySelector('#race-progress').value`)
	if !eval[bool](p, `document.activeElement?.dataset.command === 'continue'`) {
		t.Error("the focus is lost when Pause becomes Continue")
	}
	p.keys(kb.Enter)
	p.wait(fmt.Sprintf(`document.querySelector('.cell-race').dataset.phase === 'running' && document.querySelector('#race-progress').value > %g`, stood))
	p.do(chromedp.Click(chromedp.CSS("[data-command=stop]")))
	p.wait(`document.querySelector('.cell-race').dataset.phase === 'stopped'`)
	p.wait(`document.querySelector('#race-numbers').textContent.includes('over all examples')`)
	if words := p.text("#race-words"); len(words) < 100 {
		t.Errorf("the result in words is %q", words)
	}
	if eval[bool](p, `document.querySelector('[data-command=stop]').checkVisibility() || !document.querySelector('.race-start').checkVisibility()`) {
		t.Error("a race that is over can be stopped")
	}
}

// The same with keys alone, and a mistake on the way.
func raceKeysTest(t *testing.T, p page) {
	p.open("/lab/sgd/race?rows=1000&cols=2&seconds=15")
	p.set("#cell-race-batch", "2000")
	p.keys(kb.Enter)
	p.wait(`document.querySelector('#cell-race-batch-error').textContent.includes('between 1 and 1000')`)
	if !eval[bool](p, `document.activeElement.id === 'cell-race-batch'`) {
		t.Error("the focus is not on the mistake")
	}
	p.set("#cell-race-batch", "16")
	p.keys(kb.Enter)
	p.wait(`document.querySelector('.cell-race').dataset.phase === 'running'`)
	if !eval[bool](p, `document.querySelector('#cell-race-batch-error').textContent.trim() === ''`) {
		t.Error("the message stays")
	}
	eval[bool](p, `(document.querySelector('[data-command=pause]').focus(), true)`)
	p.keys(" ")
	p.wait(`document.querySelector('.cell-race').dataset.phase === 'paused'`)
	p.keys(kb.Tab, kb.Enter)
	p.wait(`document.querySelector('.cell-race').dataset.phase === 'stopped'`)
	if !eval[bool](p, `document.activeElement === document.querySelector('.race-start')`) {
		t.Error("the focus is lost when the race is over")
	}
}

// Without script the form leads to a page that offers a short race, and shows its result.
func raceNoScriptTest(t *testing.T, p page) {
	call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	p.do(chromedp.Navigate(p.url + "/lab/sgd/race?rows=1000&cols=2&seconds=0.2"))
	p.do(chromedp.Click(chromedp.CSS(`button[formmethod="post"]`)))
	p.do(chromedp.WaitVisible(chromedp.CSS("#race-words .tone-good")))
	html, err := chromedp.Run(p.ctx, chromedp.OuterHTML(chromedp.CSS("#cell-race")))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"The race is over.", "over all examples", "<svg"} {
		if !strings.Contains(html, want) {
			t.Errorf("the answer lacks %q", want)
		}
	}
}

// Whoever leaves the page takes the race along.
func raceLeftTest(t *testing.T, p page) {
	p.open("/lab/sgd/race?rows=1000&cols=2&seconds=15")
	p.do(chromedp.Click(chromedp.CSS(".race-start")))
	p.wait(`document.querySelector('.cell-race').dataset.phase === 'running'`)
	p.open("/lab")
	p.wait(`(fetch('/metrics').then(r => r.text()).then(t => { window.idle = t.includes('descent_heavy_runs 0') }), window.idle)`)
}
