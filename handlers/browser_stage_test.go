package handlers

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// What a reader does with the pictures themselves: walking along a run, and moving points by hand.

// requests counts what the page asks for from now on.
const countRequests = `(window.asked = [], new PerformanceObserver((l) => asked.push(...l.getEntries().map((e) => e.name))).observe({type: 'resource'}), true)`

const (
	here  = `document.querySelector('#cell-descent-here').textContent`
	work  = `document.querySelector('#cell-descent-work').textContent`
	marks = `document.querySelector('[data-figure=path] .marks').innerHTML`
	ways  = `document.querySelector('[data-figure=path] .way path').getAttribute('d').split('L').length`
)

// The slider walks along the run: point, arrows, memory, loss, words and arithmetic follow, and once the film is there
// nothing is asked for.
func walkTest(t *testing.T, p page) {
	p.open("/lab/descent?method=adam&eta=0.3&steps=40")
	p.wait(work + `.includes('Update 1, worked out')`)
	p.do(chromedp.Focus(chromedp.CSS(`#cell-descent-scrub`)))
	p.keys(kb.ArrowRight, kb.ArrowRight)
	p.wait(here + `.includes('θ = ')`)
	p.wait(work + `.includes('m₃ = 0.9·m₂')`)
	p.wait(marks + `.includes('gradient broad')`)
	eval[bool](p, countRequests)
	said := p.text("#cell-descent-here")
	for range 6 {
		p.keys(kb.ArrowRight)
	}
	p.wait(work + `.includes('Update 9, worked out')`)
	p.wait(ways + ` === 9`)
	p.wait(`document.querySelector('[data-figure=loss] .marks text') && location.search.includes('k=8')`)
	if p.text("#cell-descent-here") == said {
		t.Error("the words have not changed")
	}
	for _, sign := range []string{"memory thin dash", "₈</text>", "f memory"} {
		if !strings.Contains(eval[string](p, marks), sign) {
			t.Errorf("at step 8 of Adam the picture lacks %q: %s", sign, eval[string](p, marks))
		}
	}
	p.keys(kb.End)
	p.wait(work + `.includes('The run ends here') && location.search.includes('k=40')`)
	if asked := eval[string](p, `asked.join(' ')`); asked != "" {
		t.Errorf("walking asked for %s", asked)
	}
	// The picture of the script is the picture of the server.
	drawn := eval[string](p, marks)
	p.open(eval[string](p, `location.pathname + location.search`))
	if got := eval[string](p, marks); got != drawn {
		t.Errorf("the server draws step 40 as\n%s\nthe script as\n%s", got, drawn)
	}
	eval[bool](p, `(document.querySelector('.walk .whole').click(), true)`)
	p.wait(`!location.search.includes('k=') && ` + marks + ` === ''`)
	// A tweak keeps the step.
	eval[bool](p, `(document.querySelector('.walk .on').click(), document.querySelector('.walk .on').click(), true)`)
	p.wait(`location.search.includes('k=1')`)
	p.set("#cell-descent-eta", "0.2")
	p.wait(`location.search.includes('eta=0.2') && location.search.includes('k=1') && ` + work + `.includes('0.2·')`)
}

func playTest(t *testing.T, p page) {
	p.open("/lab/descent?steps=20")
	eval[bool](p, `(document.querySelector('.walk .play').click(), true)`)
	p.wait(`location.search.includes('k=3')`)
	if got := p.text(".walk .play"); got != "Pause" {
		t.Errorf("the button says %q while it plays", got)
	}
	eval[bool](p, `(document.querySelector('.walk .play').click(), true)`)
	at := eval[string](p, `document.querySelector('#cell-descent-k').value`)
	p.do(chromedp.Focus(chromedp.CSS(`#cell-descent-scrub`)))
	p.keys(".")
	p.wait(fmt.Sprintf(`Number(document.querySelector('#cell-descent-k').value) === %s + 1`, at))
	p.keys(",", ",")
	p.wait(fmt.Sprintf(`Number(document.querySelector('#cell-descent-k').value) === %s - 1`, at))
	p.keys(" ")
	p.wait(`document.querySelector('#cell-descent-k').value === '20' && document.querySelector('.walk .play').textContent === 'Play'`)
	// A typed step; an empty field is the whole run.
	p.set(".walk .typed", "7")
	p.wait(`location.search.includes('k=7')`)
	p.set(".walk .typed", "")
	p.wait(`!location.search.includes('k=')`)
}

func walkNoScriptTest(t *testing.T, p page) {
	call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	p.open("/lessons/steepest-descent/cells/valley?k=3")
	here := `document.querySelector('#cell-valley-here')?.textContent ?? ''`
	said := eval[string](p, here)
	p.do(chromedp.Click(chromedp.CSS("#cell-valley .walk .on")))
	p.wait(`location.search.includes('k=4') && document.readyState === 'complete'`)
	if now := eval[string](p, here); now == said || !strings.Contains(now, "θ = ") {
		t.Errorf("after a step on the page says %q, before %q", now, said)
	}
	p.wait(`document.querySelector('#cell-valley-work')?.textContent.includes('Update 5, worked out')`)
	p.do(chromedp.Click(chromedp.CSS("#cell-valley .walk .whole")))
	p.wait(`!location.search.includes('k=')`)
}

// at is where a point of a picture is on the screen, in shares of its data area from the left and from the bottom.
func (p page) at(picture string, x, y float64) (cx, cy float64) {
	p.t.Helper()
	eval[bool](p, fmt.Sprintf(`(document.querySelector('%s').scrollIntoView({block: 'center', behavior: 'instant'}), true)`, picture))
	c := eval[[]float64](p, fmt.Sprintf(`(() => {
		const svg = document.querySelector('%s .overlay'), r = svg.getBoundingClientRect(), s = JSON.parse(svg.dataset.stage), k = r.width / svg.viewBox.baseVal.width;
		return [r.x + k * (s.x[2] + %g * (s.x[3] - s.x[2])), r.y + k * (s.y[2] + %g * (s.y[3] - s.y[2]))] })()`, picture, x, y))
	return c[0], c[1]
}

// drag moves the mouse from one place of a picture to another, in so many steps.
func (p page) drag(picture string, x0, y0, x1, y1 float64, steps int) {
	p.t.Helper()
	ax, ay := p.at(picture, x0, y0)
	bx, by := p.at(picture, x1, y1)
	p.do(chromedp.MouseEvent(chromedp.MousePressed, ax, ay, chromedp.ButtonLeft))
	for i := 1; i <= steps; i++ {
		share := float64(i) / float64(steps)
		p.do(chromedp.MouseEvent(chromedp.MouseMoved, ax+share*(bx-ax), ay+share*(by-ay), chromedp.ButtonLeft))
	}
	p.do(chromedp.MouseEvent(chromedp.MouseReleased, bx, by, chromedp.ButtonLeft))
}

const planePicture = "#cell-descent [data-figure=path]"

// A press on the picture sets the start there, and dragging takes it along, path and address with it.
func dragTest(t *testing.T, p page) {
	p.open("/lab/descent?xmin=-5&xmax=5&ymin=-4&ymax=4&eta=0.05")
	before := eval[string](p, `document.querySelector('#cell-descent-fig-path-overlay path').getAttribute('d')`)
	p.drag(planePicture, 0.2, 0.8, 0.3, 0.25, 8)
	p.wait(`document.querySelector('#cell-descent-x').value === '-2' && document.querySelector('#cell-descent-y').value === '-2'`)
	p.wait(`location.search.includes('x=-2&y=-2')`)
	if eval[string](p, `document.querySelector('#cell-descent-fig-path-overlay path').getAttribute('d')`) == before {
		t.Error("the path has not moved")
	}
	// On a curve it moves along the axis.
	p.open("/lab/descent?f=x^2&x=1&xmin=-2&xmax=2")
	p.drag(planePicture, 0.75, 0.2, 0.1, 0.9, 4)
	p.wait(`location.search.includes('x=-1.6&')`)
}

func touchTest(t *testing.T, p page) {
	call(p, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true})
	p.open("/lab/descent?xmin=-5&xmax=5&ymin=-4&ymax=4&eta=0.05&x=3&y=2")
	// A tap anywhere.
	x, y := p.at(planePicture, 0.3, 0.75)
	p.touch([2]float64{x, y})
	p.wait(`location.search.includes('x=-2&y=2')`)
	// The handle under the finger.
	tox, toy := p.at(planePicture, 0.6, 0.25)
	p.touch([2]float64{x, y}, [2]float64{(x + tox) / 2, (y + toy) / 2}, [2]float64{tox, toy})
	p.wait(`location.search.includes('x=1&y=-2')`)
}

// touch puts a finger down, moves it from place to place and lifts it.
func (p page) touch(places ...[2]float64) {
	p.t.Helper()
	kind := input.DispatchTouchEventTypeTouchStart
	for _, at := range places {
		call(p, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: kind, TouchPoints: []*input.TouchPoint{{X: at[0], Y: at[1]}}})
		kind = input.DispatchTouchEventTypeTouchMove
	}
	call(p, input.DispatchTouchEvent, input.DispatchTouchEventParams{Type: input.DispatchTouchEventTypeTouchEnd, TouchPoints: []*input.TouchPoint{}})
}

func handleKeysTest(t *testing.T, p page) {
	p.open("/lab/descent?xmin=-5&xmax=5&ymin=-4&ymax=4&eta=0.05&x=3&y=2")
	p.do(chromedp.Focus(chromedp.CSS(planePicture + " .handle")))
	p.keys(kb.ArrowLeft, kb.ArrowLeft, kb.ArrowDown)
	p.wait(`location.search.includes('x=2.8&y=1.9')`)
	if said := eval[string](p, `document.activeElement.getAttribute('aria-valuetext')`); !strings.Contains(said, "2.8") || !strings.Contains(said, "1.9") {
		t.Errorf("the handle says %q", said)
	}
	if !eval[bool](p, `document.activeElement.matches('.handle')`) {
		t.Error("the focus is lost")
	}
}

func lossHandleTest(t *testing.T, p page) {
	p.open("/lab/descent?steps=40")
	p.drag("#cell-descent [data-figure=loss]", 0.25, 0.5, 0.5, 0.5, 3)
	p.wait(`location.search.includes('k=20') && ` + work + `.includes('Update 21, worked out')`)
	p.keys(kb.ArrowRight)
	p.wait(`location.search.includes('k=21')`)
}

// While a value is on its way the next ones wait, and only the last of them is asked for.
func lastWinsTest(t *testing.T, p page) {
	p.open("/lab/descent")
	eval[bool](p, countRequests)
	eval[bool](p, `(() => { const f = document.querySelector('#cell-descent-eta');
		for (let i = 1; i <= 60; i++) { f.value = i / 1000; f.dispatchEvent(new Event('input', {bubbles: true})); } return true })()`)
	p.wait(`location.search.includes('eta=0.06&')`)
	if n := eval[int](p, `asked.length`); n > 5 {
		t.Errorf("%d requests for 60 values at once", n)
	}
}

// call sends one command of the browser's protocol.
func call[P any](p page, command cdp.Command[P, cdp.Empty], params P) {
	p.t.Helper()
	p.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, command, params)
		return err
	}))
}
