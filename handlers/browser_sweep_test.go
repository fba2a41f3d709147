package handlers

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// A press on the picture runs that rate; another kind of sweep takes the place of
// the first, and a press on the map runs that rate and momentum while the map stays.
func sweepTest(t *testing.T, p page) {
	const picture = "#cell-sweep [data-figure=sweep]"
	const readout = `document.querySelector('#cell-sweep-readout').textContent`
	const backdrop = `document.querySelector('#cell-sweep-fig-sweep-backdrop').innerHTML`
	p.open("/lab/sweep?method=momentum&momentum=0.5&eta=0.1&from=0.001&to=10&f=0.5*x^2%2B5*y^2&x=4&y=2")
	p.drag(picture, 0.2, 0.8, 0.25, 0.3, 3) // a quarter of four decades
	p.wait(`location.search.includes('eta=0.01&') && ` + readout + `.includes('η = 0.01:')`)

	choose := func(v string) {
		eval[bool](p, `(() => { const f = document.querySelector('#cell-sweep-over'); f.value = '`+v+`'; f.dispatchEvent(new Event('input', {bubbles: true})); return true })()`)
	}
	choose("plane")
	p.wait(`location.search.includes('over=plane') && ` + backdrop + `.includes('heat0')`)
	drawn := eval[string](p, backdrop)
	x, y := p.at(picture, 0.5, 0.25)
	p.do(chromedp.MouseEvent(chromedp.MousePressed, x, y, chromedp.ButtonLeft))
	p.do(chromedp.MouseEvent(chromedp.MouseReleased, x, y, chromedp.ButtonLeft))
	p.wait(`location.search.includes('momentum=0.25&weight_decay=0&eta=0.1&') && ` + readout + `.includes('η = 0.1, μ = 0.25:')`)
	p.keys(kb.ArrowUp)
	p.wait(`location.search.includes('momentum=0.26&')`)
	if eval[string](p, backdrop) != drawn {
		t.Error("the map was drawn anew")
	}
	// The handle stands on the point.
	apart := eval[float64](p, `(() => { const h = document.querySelector('`+picture+` .handle').getBoundingClientRect(),
		d = [...document.querySelectorAll('`+picture+` .overlay .theta.d5')].at(-1).getBoundingClientRect();
		return Math.hypot(h.x + h.width / 2 - d.x - d.width / 2, h.y + h.height / 2 - d.y - d.height / 2) })()`)
	if apart > 2 {
		t.Errorf("the handle stands %.1f pixels off its point", apart)
	}

	choose("eta")
	p.wait(backdrop + `.includes('grid') && !` + backdrop + `.includes('heat0')`)
	p.set("#cell-sweep-method", "gd")
	choose("plane")
	p.wait(`document.querySelector('#cell-sweep-over-error').textContent.includes('choose momentum')`)
	if strings.Contains(eval[string](p, backdrop), "heat0") {
		t.Error("a refused choice has a picture")
	}
}
