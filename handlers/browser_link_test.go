package handlers

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// What a reader does with the linked pictures of a logistic regression: pointing at an example, choosing one, and moving
// the boundary by hand.

const (
	dataPicture = "#cell-logistic [data-figure=data]"
	nllPicture  = "#cell-logistic [data-figure=nll]"
	pointField  = `document.querySelector('#cell-logistic-point').value`
	startField  = `document.querySelector('#cell-logistic-theta0').value`
	pointWords  = `document.querySelector('#cell-logistic-readout').textContent`
	petals      = "/lab/logistic?features=3,4&steps=3&eta=0.01"
)

// spot is where example row, from 1, is on the screen.
func (p page) spot(row int) (x, y float64) {
	p.t.Helper()
	eval[bool](p, `(document.querySelector('`+dataPicture+`').scrollIntoView({block: 'center', behavior: 'instant'}), true)`)
	at := eval[[]float64](p, fmt.Sprintf(`(() => {
		const svg = document.querySelector('%s .backdrop'), r = svg.getBoundingClientRect(), k = r.width / svg.viewBox.baseVal.width / 10;
		const [x, y] = svg.dataset.places.split(',')[%d].split(' ').map(Number);
		return [r.x + k * x, r.y + k * y] })()`, dataPicture, row-1))
	return at[0], at[1]
}

// pulled waits until both pictures and the words show an example.
func (p page) pulled(row int) {
	p.t.Helper()
	for _, picture := range []string{dataPicture, nllPicture} {
		p.wait(fmt.Sprintf(`[...document.querySelectorAll('%s .overlay text')].some((t) => t.textContent.endsWith('flower %d'))`, picture, row))
	}
	p.wait(fmt.Sprintf(pointWords+`.includes('Flower %d:') && `+pointField+` === '%d'`, row, row))
}

// Hovering shows an example for as long as it lasts, and the backdrops are not sent again.
func hoverTest(t *testing.T, p page) {
	p.open(petals)
	eval[bool](p, `(window.backdrop = document.querySelector('`+nllPicture+` .backdrop'), true)`)
	x, y := p.spot(7)
	p.do(chromedp.MouseEvent(chromedp.MouseMoved, x+1, y+1))
	p.pulled(7)
	if !eval[bool](p, `document.querySelector('`+nllPicture+` .backdrop') === backdrop`) {
		t.Error("the contours were drawn again")
	}
	x, y = p.spot(60)
	p.do(chromedp.MouseEvent(chromedp.MouseMoved, x, y))
	p.pulled(60)
	p.do(chromedp.MouseEvent(chromedp.MouseMoved, 2, 2))
	p.wait(pointField + ` === '' && !` + pointWords + `.includes('Flower') && !location.search.includes('point=')`)
	// A click keeps it.
	x, y = p.spot(60)
	p.do(chromedp.MouseEvent(chromedp.MouseMoved, x, y), chromedp.MouseEvent(chromedp.MousePressed, x, y, chromedp.ButtonLeft), chromedp.MouseEvent(chromedp.MouseReleased, x, y, chromedp.ButtonLeft))
	p.pulled(60)
	x, y = p.spot(3)
	p.do(chromedp.MouseEvent(chromedp.MouseMoved, x, y))
	p.pulled(3)
	p.do(chromedp.MouseEvent(chromedp.MouseMoved, 2, 2))
	p.pulled(60)
	p.wait(`location.search.includes('point=60')`)
	if got := eval[string](p, startField); got != "" {
		t.Errorf("pointing has moved the start to %q", got)
	}
}

func pointKeysTest(t *testing.T, p page) {
	p.open(petals)
	p.do(chromedp.Focus(chromedp.CSS(dataPicture + " .examples")))
	p.keys(kb.Home)
	p.pulled(1)
	p.keys(kb.ArrowRight)
	p.wait(`Number(` + pointField + `) > 1`)
	p.keys(kb.End)
	p.pulled(100)
	if got := eval[string](p, `document.activeElement.getAttribute('aria-valuetext')`); got != "flower 100 of 100" {
		t.Errorf("the stop says %q", got)
	}
	p.keys(kb.Escape)
	p.wait(pointField + ` === '' && !` + pointWords + `.includes('Flower')`)
	// Every example is reached by arrows alone: up and right end where nothing lies farther.
	p.keys(kb.Home, kb.ArrowUp, kb.ArrowUp, kb.ArrowUp)
	p.wait(`document.activeElement.matches('.examples') && Number(` + pointField + `) > 1`)
}

func pointTouchTest(t *testing.T, p page) {
	call(p, emulation.SetTouchEmulationEnabled, emulation.SetTouchEmulationEnabledParams{Enabled: true})
	p.open(petals)
	x, y := p.spot(81)
	p.touch([2]float64{x + 2, y - 2})
	p.pulled(81)
	if got := eval[string](p, startField); got != "" {
		t.Errorf("the tap has moved the start to %q", got)
	}
}

// handleAt is the middle of a handle on the screen.
func (p page) handleAt(picture string, i int) (x, y float64) {
	p.t.Helper()
	eval[bool](p, `(document.querySelector('`+picture+`').scrollIntoView({block: 'center', behavior: 'instant'}), true)`)
	at := eval[[]float64](p, fmt.Sprintf(`(() => { const r = document.querySelectorAll('%s .handle')[%d].getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2] })()`, picture, i))
	return at[0], at[1]
}

// Dragging an end of the boundary turns it around the other, and θ moves in the weight plane as well.
func boundaryTest(t *testing.T, p page) {
	p.open("/lab/logistic?features=3,4&steps=0&theta0=-1,2,3")
	x, y := p.handleAt(dataPicture, 0)
	p.do(chromedp.MouseEvent(chromedp.MousePressed, x, y, chromedp.ButtonLeft))
	for i := 1; i <= 5; i++ {
		p.do(chromedp.MouseEvent(chromedp.MouseMoved, x+12*float64(i), y, chromedp.ButtonLeft))
	}
	p.wait(startField + ` !== '-1,2,3'`)
	p.do(chromedp.MouseEvent(chromedp.MouseReleased, x+60, y, chromedp.ButtonLeft))
	answered := `(location.search.includes('theta0=' + encodeURIComponent(` + startField + `)) || location.search.includes('theta0=' + ` + startField + `))`
	p.wait(answered)
	length := `Math.hypot(...` + startField + `.split(',').slice(1).map(Number))`
	if got := eval[float64](p, length); got < 3.604 || got > 3.607 {
		t.Errorf("the weights are %g long, want √13", got)
	}
	// The line that the server draws goes through the place where the handle was let go.
	p.wait(`(() => { const [b, u, v] = ` + startField + `.split(',').map(Number); return u > 0 && v > 0 && b < -1 })()`)
	// By keys, in the data and in the weight plane.
	before := eval[string](p, startField)
	p.do(chromedp.Focus(chromedp.CSS(dataPicture + " .handle")))
	p.keys(kb.ArrowLeft)
	p.wait(startField + ` !== '` + before + `' && ` + answered)
	p.do(chromedp.Focus(chromedp.CSS(nllPicture + " .handle")))
	before = eval[string](p, startField)
	p.keys(kb.ArrowUp)
	p.wait(startField + ` !== '` + before + `'`)
	was, now := strings.Split(before, ","), strings.Split(eval[string](p, startField), ",")
	if len(now) != 3 || now[0] != was[0] || now[2] == was[2] {
		t.Errorf("up in the weight plane leads from %s to %s", was, now)
	}
}

func pullListTest(t *testing.T, p page) {
	p.open(petals)
	link := "#cell-logistic-pulls tbody tr:nth-child(2) a"
	row := p.text(link)
	eval[bool](p, `(document.querySelector('`+link+`').click(), true)`)
	p.wait(pointField + ` === '` + row + `' && ` + pointWords + `.includes('Flower ` + row + `:')`)
	p.wait(`document.querySelector('#cell-logistic-pulls .chosen a').textContent === '` + row + `'`)
	// The safe rate of another scaling.
	eval[bool](p, `(document.querySelector('[data-table=scalings] summary').click(), true)`)
	p.wait(`document.querySelectorAll('#cell-logistic-scalings tbody tr').length === 3`)
	eval[bool](p, `(document.querySelector('#cell-logistic-scalings tbody tr a').click(), true)`)
	p.wait(`location.search.includes('scale=raw') && ` + pointWords + `.includes('raw data')`)
}

func linkNoScriptTest(t *testing.T, p page) {
	call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	p.open(petals)
	link := "#cell-logistic-pulls tbody tr a"
	row := p.text(link)
	p.do(chromedp.Click(chromedp.CSS(link)))
	p.wait(`location.search.includes('point=` + row + `')`)
	p.wait(pointWords + `.includes('Flower ` + row + `:')`)
	// The same by the field.
	p.open("/lessons/logistic-regression/cells/first?point=7")
	if got := p.text("#cell-first-readout"); !strings.Contains(got, "Flower 7: versicolor") {
		t.Errorf("the lesson's cell says %q", got)
	}
	if got := eval[string](p, `document.querySelector('#cell-first-point').value`); got != "7" {
		t.Errorf("its field holds %q", got)
	}
}
