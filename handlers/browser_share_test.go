package handlers

import (
	"strings"
	"testing"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/chromedp"
)

// The button under a cell copies its address with the values of the moment, on a page of its own and in a frame.
func copyTest(t *testing.T, p page) {
	for _, name := range []string{"clipboard-read", "clipboard-write"} {
		call(p, cdpbrowser.SetPermission, cdpbrowser.SetPermissionParams{Permission: &cdpbrowser.PermissionDescriptor{Name: name}, Setting: cdpbrowser.PermissionSettingGranted})
	}
	p.open("/lessons/steepest-descent")
	p.set("#cell-valley-eta", "0.17")
	p.wait(`location.search.includes('eta=0.17')`)
	eval[bool](p, `(document.querySelector('#cell-valley .walk .on').click(), true)`)
	p.wait(`location.search.includes('k=0')`)
	p.do(chromedp.Click(chromedp.CSS("#cell-valley .copy")))
	p.wait(`(window.clicked ??= Date.now(), document.querySelector('#cell-valley .copied').textContent !== '' || Date.now() - clicked > 2000)`)
	if p.text("#cell-valley .copied") == "" { // the page moved under the pointer
		p.do(chromedp.Click(chromedp.CSS("#cell-valley .copy")))
	}
	p.wait(`document.querySelector('#cell-valley .copied').textContent === 'Copied.'`)
	copied := eval[string](p, `navigator.clipboard.readText()`, chromedp.EvalAwaitPromise)
	if here := eval[string](p, `location.href`); copied != here || !strings.Contains(copied, "eta=0.17") || !strings.Contains(copied, "k=0") {
		t.Errorf("copied %s at %s", copied, here)
	}
}

// A class gets a link without the controls that were chosen, made without script.
func concealTest(t *testing.T, p page) {
	p.open("/lab/descent.share?eta=0.15&k=3")
	eval[bool](p, `(document.querySelector('.conceal [value=eta]').click(), document.querySelector('.conceal [value=k]').click(), document.querySelector('.conceal button').click(), true)`)
	p.wait(`location.search.includes('=eta') && document.readyState === 'complete'`)
	link := eval[string](p, `document.querySelector('#share-address').value`)
	p.open(strings.TrimPrefix(link, p.url))
	if eval[bool](p, `document.querySelector('#cell-descent-eta') !== null || document.querySelector('.walk') !== null`) {
		t.Errorf("%s shows what it should hide", link)
	}
	p.set("#cell-descent-steps", "50")
	p.wait(`location.search.includes('steps=50') && location.search.includes('eta=0.15') && location.search.includes('hide=eta') && location.search.includes('k=3')`)
}

func frameTest(t *testing.T, p page) {
	p.open("/embed/lessons/steepest-descent/cells/valley?eta=0.05&x=4&y=2&steps=60")
	p.set("#cell-valley-eta", "0.21")
	p.wait(`document.querySelector('#cell-valley-readout').textContent.includes('Diverges')`)
	p.wait(`location.pathname.startsWith('/embed/') && location.search.includes('eta=0.21')`)
	if out := eval[string](p, `document.querySelector('[data-permalink]').getAttribute('href')`); !strings.HasPrefix(out, "/lessons/") || !strings.Contains(out, "eta=0.21") {
		t.Errorf("the way out of the frame leads to %s", out)
	}
	eval[bool](p, `(document.querySelector('.walk .on').click(), true)`)
	p.wait(`location.pathname.startsWith('/embed/') && location.search.includes('k=0')`)
}
