package handlers

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// What a reader does where runs are compared, and with maps that take long.

// Each mode has its own controls, and a list is refused at its place.
func varyTest(t *testing.T, p page) {
	shown := func() string {
		return eval[string](p, `[...document.querySelectorAll('#cell-compare .control')].filter((c) => c.checkVisibility()).map((c) => c.querySelector('[name]').name).join(' ')`)
	}
	p.open("/lab/compare?steps=60")
	if got := shown(); got != "f vary methods[] rate x y steps" {
		t.Errorf("methods: %s", got)
	}
	p.set("#cell-compare-vary", "rates")
	p.wait(`location.search.includes('vary=rates') && document.querySelector('#cell-compare-readout').textContent.includes('η = 0.18')`)
	if got := shown(); got != "f vary method etas x y steps" {
		t.Errorf("rates: %s", got)
	}
	p.set("#cell-compare-etas", "0.1, 0.1")
	p.wait(`document.querySelector('#cell-compare-etas-error').textContent.includes('“0.1” stands there twice')`)
	p.set("#cell-compare-etas", "0.1, 0.21")
	p.wait(`location.search.includes('etas=0.1,+0.21')`)
	p.set("#cell-compare-vary", "starts")
	p.wait(`location.search.includes('vary=starts')`)
	p.set("#cell-compare-starts", "4 1, -4 2")
	p.wait(`document.querySelector('#cell-compare-readout').textContent.includes('All starts lead to the same minimum.')`)
	p.set("#cell-compare-method", "adam")
	p.wait(`location.search.includes('beta1=0.9')`)
	if got := shown(); got != "f vary method beta1 beta2 eps rate starts steps" {
		t.Errorf("starts of Adam: %s", got)
	}
	p.set("#cell-compare-method", "neldermead")
	p.wait(`location.search.includes('method=neldermead')`)
	if got := shown(); strings.Contains(got, "rate") {
		t.Errorf("Nelder–Mead has no rate: %s", got)
	}
	if n := eval[int](p, `document.querySelectorAll('#cell-compare [data-figure=path] .handle').length`); n != 0 {
		t.Errorf("%d handles, though there is no common start", n)
	}
}

const (
	firstRow = `document.querySelector('.comparison tbody th').textContent.trim()`
	sortedBy = `[...document.querySelectorAll('.comparison [aria-sort]')].map((th) => th.textContent.trim() + ' ' + th.getAttribute('aria-sort')).join()`
)

// A header sorts, and sorts the other way round, by mouse and by keys. It keeps the focus, and the page stays.
func sortTest(t *testing.T, p page) {
	p.open("/lab/compare?vary=rates&etas=0.1,0.18,0.02&steps=30")
	if got := eval[string](p, firstRow); got != "0.1" {
		t.Errorf("as drawn, %s is first", got)
	}
	eval[bool](p, `(window.here = true)`)
	loss := chromedp.CSS("#cell-compare-sort-loss")
	p.do(chromedp.ScrollIntoView(loss), chromedp.Click(loss))
	p.wait(firstRow + ` === '0.18' && ` + sortedBy + ` === 'J after 30 steps ascending' && location.search.includes('sort=loss')`)
	p.keys(kb.Enter) // on the same link
	p.wait(firstRow + ` === '0.02' && ` + sortedBy + ` === 'J after 30 steps descending' && location.search.includes('sort=-loss')`)
	if got := eval[string](p, `document.activeElement.id`); got != "cell-compare-sort-loss" {
		t.Errorf("the focus is on %q", got)
	}
	// Another value keeps the order, and the swatches stay those of the picture.
	p.set("#cell-compare-steps", "40")
	p.wait(sortedBy + ` === 'J after 40 steps descending'`)
	if got := eval[string](p, `[...document.querySelectorAll('.comparison .swatch path:last-child')].map((e) => e.getAttribute('class').split(' ')[1]).join(' ')`); got != "run2 run0 run1" {
		t.Errorf("the rows' swatches are %s", got)
	}
	p.do(chromedp.Focus(chromedp.CSS("#cell-compare-sort-drawn")))
	p.keys(kb.Enter)
	p.wait(firstRow + ` === '0.1' && ` + sortedBy + ` === ''`)
	if !eval[bool](p, `window.here === true`) {
		t.Error("the page was left")
	}
}

func sortNoScriptTest(t *testing.T, p page) {
	call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	p.open("/lab/compare?vary=rates&etas=0.1,0.18,0.02&steps=30")
	p.do(chromedp.Click(chromedp.CSS("#cell-compare-sort-loss")))
	p.wait(`location.search.includes('sort=loss') && document.readyState === 'complete'`)
	if got := eval[string](p, firstRow); got != "0.18" {
		t.Errorf("%s is first", got)
	}
	if search := eval[string](p, `location.search`); !strings.Contains(search, "etas=0.1,0.18,0.02") || !strings.Contains(search, "steps=30") {
		t.Errorf("the link forgets the values: %s", search)
	}
}

const (
	dearMap  = "/lab/basins?f=himmelblau&method=adam&steps=300&tol=0&eta="
	mapWords = `document.querySelector('#cell-basins-map').textContent`
	sketched = `document.querySelector('#cell-basins [data-sketch]') !== null`
	mapKey   = `document.querySelector('#cell-basins [data-backdrop]').dataset.backdrop`
)

// After a tweak the map comes as a sketch, and the fine one by itself. It is the one that the whole page has.
func sketchTest(t *testing.T, p page) {
	p.open(dearMap + "0.06")
	want := eval[string](p, `document.querySelector('#cell-basins-fig-basins-backdrop svg').outerHTML`)
	p.open(dearMap + "0.05")
	if eval[bool](p, sketched) {
		t.Error("a page without script would keep its sketch")
	}
	p.set("#cell-basins-eta", "0.06")
	p.wait(sketched + ` && ` + mapWords + `.includes('sketch')`)
	p.wait(`!(` + sketched + `) && !` + mapWords + `.includes('sketch')`)
	if got := eval[string](p, `document.querySelector('#cell-basins-fig-basins-backdrop svg').outerHTML`); got != want {
		t.Error("the fine map is not that of the page")
	}
	if !eval[bool](p, `location.search.includes('eta=0.06')`) {
		t.Error("the address does not follow")
	}
}

// A tweak while the fine map is on its way does not wait for it, and what comes late changes nothing.
func sketchGivesWayTest(t *testing.T, p page) {
	p.open(dearMap + "0.05")
	eval[bool](p, `(window.ends = [], document.addEventListener('htmx:finally:request', (e) => ends.push((e.detail.ctx.sourceElement.matches('.finer') ? 'fine ' : 'tweak ') + e.detail.ctx.status)), true)`)
	eval[bool](p, `(window.began = new Promise((done) => document.addEventListener('htmx:before:request', (e) => e.detail.ctx.sourceElement.matches('.finer') && done(true))), true)`)
	p.set("#cell-basins-eta", "0.06")
	if !eval[bool](p, `began`, chromedp.EvalAwaitPromise) {
		t.Fatal("the fine map is not asked for")
	}
	p.set("#cell-basins-eta", "0.07")
	p.wait(`location.search.includes('eta=0.07')`)
	p.wait(`!(` + sketched + `)`)
	if got := eval[string](p, `ends[1]`); !strings.HasPrefix(got, "fine error") && got != "fine issuing" {
		t.Errorf("the first fine map ended as %q; all: %s", got, eval[string](p, `ends.join(', ')`))
	}
	key := eval[string](p, mapKey)
	p.open(dearMap + "0.07")
	if got := eval[string](p, mapKey); got != key {
		t.Errorf("the map is %s, that of the address %s", key, got)
	}
}

const basinsPicture = "#cell-basins [data-figure=basins]"

// The start moves over the map by mouse and by keys, and the map stays.
func basinsStartTest(t *testing.T, p page) {
	p.open(dearMap + "0.05&xmin=-5&xmax=5&ymin=-5&ymax=5")
	eval[bool](p, `(window.map = document.querySelector('#cell-basins-fig-basins-backdrop').firstElementChild, true)`)
	words := eval[string](p, mapWords)
	p.drag(basinsPicture, 0.2, 0.8, 0.3, 0.25, 6)
	p.wait(`location.search.includes('x=-2&y=-2.5')`)
	p.keys(kb.ArrowRight)
	p.wait(`location.search.includes('x=-1.9&y=-2.5') && document.querySelector('#cell-basins-readout').textContent.includes('(−1.9, −2.5)')`)
	if !eval[bool](p, `document.querySelector('#cell-basins-fig-basins-backdrop').firstElementChild === window.map`) {
		t.Error("the map was drawn again")
	}
	if got := eval[string](p, mapWords); got != words {
		t.Errorf("the map’s words were %q and are %q", words, got)
	}
}
