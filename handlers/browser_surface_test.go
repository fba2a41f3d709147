package handlers

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

const surfacePicture = "#cell-descent [data-figure=surface]"

// Dragging a surface turns it, and so do arrow keys; the run stays as it is, and its steps are walked along on the surface.
func turnTest(t *testing.T, p page) {
	p.open("/lab/descent?f=himmelblau&x=0&y=0&eta=0.01&azimuth=30&elevation=40")
	const seen = `document.querySelector('#cell-descent-fig-surface-backdrop path').getAttribute('d')`
	before := eval[string](p, seen)
	p.drag(surfacePicture, 0.5, 0.5, 0.3, 0.6, 6)
	p.wait(`Number(document.querySelector('#cell-descent-azimuth').value) > 50 && Number(document.querySelector('#cell-descent-elevation').value) < 35`)
	p.wait(`/azimuth=(5|6|7|8|9)/.test(location.search) && location.search.includes('x=0&y=0')`)
	p.wait(seen + ` !== ` + "`" + before + "`")
	p.open("/lab/descent?f=himmelblau&x=0&y=0&eta=0.01&azimuth=175&elevation=85")
	p.do(chromedp.Focus(chromedp.CSS(surfacePicture + " .handle")))
	p.keys(kb.ArrowRight, kb.ArrowUp, kb.ArrowUp)
	p.wait(`location.search.includes('azimuth=-180&elevation=90')`)
	if !eval[bool](p, `document.activeElement.matches('.handle')`) {
		t.Error("the focus is lost")
	}
	p.do(chromedp.Focus(chromedp.CSS(`#cell-descent-scrub`)))
	p.keys(kb.ArrowRight, kb.ArrowRight)
	p.wait(`document.querySelector('` + surfacePicture + ` .marks').textContent.includes('θ₂')`)
	// A function of one variable has no surface, and the page goes on without.
	p.set("#cell-descent-f", "x^2")
	p.wait(`document.querySelector('` + surfacePicture + `').textContent.includes('One variable')`)
	p.set("#cell-descent-f", "x^2 + y^2")
	p.wait(`document.querySelectorAll('` + surfacePicture + ` .backdrop .mesh').length > 20 && document.querySelector('` + surfacePicture + ` .handle')`)
}
