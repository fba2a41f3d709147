package handlers

import (
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// These tests drive the site in a real browser. They need Chromium; with
// DESCENT_BROWSER=required its absence is a failure instead of a skip.

// browser serves the site and starts Chromium; the context is the browser's.
func browser(t testing.TB) (ctx context.Context, url string) { return browserOf(t, newSite(t)) }

// browserOf is browser for another site.
func browserOf(t testing.TB, site http.Handler) (ctx context.Context, url string) {
	t.Helper()
	ctx = chromium(t)
	server := httptest.NewServer(site)
	t.Cleanup(server.Close)
	return ctx, server.URL
}

// chromium starts a browser.
func chromium(t testing.TB) context.Context {
	t.Helper()
	path, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv("DESCENT_BROWSER") == "required" {
			t.Fatal("Chromium is required and not installed")
		}
		t.Skip("needs Chromium")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-background-networking", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-sync", true),
		chromedp.UserDataDir(filepath.Join(t.TempDir(), "profile")), chromedp.WindowSize(1440, 900))
	allocator, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	return ctx
}

func TestBrowser(t *testing.T) {
	ctx, url := browser(t)
	for _, test := range []struct {
		name string
		run  func(*testing.T, page)
	}{
		{"slider changes picture and address", sliderTest},
		{"slider keys", sliderKeysTest},
		{"typed objective", typedTest},
		{"error beside the field", errorTest},
		{"another data set", dataTest},
		{"tables follow when open", tableTest},
		{"presets", presetTest},
		{"method shows its parameters", methodTest},
		{"walk with the slider asks once", walkTest},
		{"walk with keys and play", playTest},
		{"turn a surface", turnTest},
		{"walk without script", walkNoScriptTest},
		{"start by mouse", dragTest},
		{"start by finger", touchTest},
		{"start by keys", handleKeysTest},
		{"step by a click on the loss", lossHandleTest},
		{"the last value wins", lastWinsTest},
		{"an example by hovering", hoverTest},
		{"an example by keys", pointKeysTest},
		{"an example by finger", pointTouchTest},
		{"the boundary by hand", boundaryTest},
		{"an example from the list", pullListTest},
		{"an example without script", linkNoScriptTest},
		{"copy the link", copyTest},
		{"a link that hides controls", concealTest},
		{"in a frame", frameTest},
		{"methods are compared", compareTest},
		{"what is compared", varyTest},
		{"a table is sorted", sortTest},
		{"a table is sorted without script", sortNoScriptTest},
		{"a sketch, then the fine map", sketchTest},
		{"a tweak wins over the fine map", sketchGivesWayTest},
		{"a start over the basins", basinsStartTest},
		{"a click runs a point of a map", sweepTest},
		{"permalink restores", permalinkTest},
		{"slides by keyboard", slidesTest},
		{"notes follow the slides", notesTest},
		{"predict by mouse", predictMouseTest},
		{"predict by keyboard", predictKeysTest},
		{"predict with a mistake", predictErrorTest},
		{"predict without script", predictNoScriptTest},
		{"predict on a slide", predictSlideTest},
		{"a race over a million examples", raceTest},
		{"a race with keys", raceKeysTest},
		{"a race without script", raceNoScriptTest},
		{"a race that is left", raceLeftTest},
		{"own data", ownDataTest},
		{"own data that are script", hostileDataTest},
		{"theme", themeTest},
		{"progress", progressTest},
		{"every cell answers", everyCellTest},
		{"without script", noScriptTest},
	} {
		inTab(t, ctx, url, test.name, test.run)
	}
}

// inTab runs a test in a tab of its own.
func inTab(t *testing.T, browser context.Context, url, name string, test func(*testing.T, page), options ...chromedp.ContextOption) {
	t.Run(name, func(t *testing.T) {
		tab, closeTab := chromedp.NewContext(browser, options...)
		defer closeTab()
		timed, cancel := context.WithTimeout(tab, 2*time.Minute)
		defer cancel()
		test(t, page{t, timed, url})
	})
}

// A page is a tab of the browser at work on one test.
type page struct {
	t   testing.TB
	ctx context.Context
	url string
}

func (p page) open(address string) {
	p.t.Helper()
	p.do(chromedp.Navigate(p.url + address))
	p.wait(`document.readyState === 'complete'`)
}

func (p page) do(steps ...chromedp.Action[chromedp.Void]) {
	p.t.Helper()
	if err := chromedp.Do(p.ctx, steps...); err != nil {
		p.t.Fatal(err)
	}
}

// wait waits until an expression is true on a page that has arrived. While the
// page gives way to another one it is not.
func (p page) wait(expression string) {
	p.t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for {
		ok, err := chromedp.Run(p.ctx, chromedp.Evaluate[bool]("document.readyState === 'complete' && !!("+expression+")"))
		switch {
		case ok:
			return
		case time.Now().After(deadline):
			p.t.Fatalf("never true: %s\nat %s (%v)", expression, eval[string](p, "location.href"), err)
		}
		time.Sleep(10 * time.Millisecond)
	}
}

func eval[T any](p page, expression string, options ...chromedp.EvaluateOption) T {
	p.t.Helper()
	v, err := chromedp.Run(p.ctx, chromedp.Evaluate[T](expression, options...))
	if err != nil {
		p.t.Fatalf("%s: %v", expression, err)
	}
	return v
}

func (p page) text(selector string) string {
	p.t.Helper()
	return eval[string](p, `document.querySelector('`+selector+`').textContent`)
}

func (p page) keys(keys ...string) {
	p.t.Helper()
	for _, k := range keys {
		p.do(chromedp.KeyEvent(k))
	}
}

// set types a value into a field as a reader would: all at once, with the
// event that a browser sends.
func (p page) set(selector, value string) {
	p.t.Helper()
	eval[bool](p, `(() => { const e = document.querySelector('`+selector+`'); e.focus(); e.value = '`+value+`';
		e.dispatchEvent(new Event('input', {bubbles: true})); return true })()`)
}

const valley = "/lessons/steepest-descent/cells/valley"

func (p page) slide() string {
	return eval[string](p, `document.querySelector('.current').dataset.slide`)
}

func slidesTest(t *testing.T, p page) {
	p.open("/lessons/steepest-descent")
	p.keys("s")
	p.wait(`document.body?.classList.contains('lecture')`)
	p.open("/lessons/steepest-descent?slides")
	order := eval[[]string](p, `[...document.querySelectorAll('[data-slide]')].map(s => s.dataset.slide)`)
	right, left, pageDown, pageUp := kb.ArrowRight, kb.ArrowLeft, kb.PageDown, kb.PageUp
	at := 0
	for _, step := range []struct {
		key string
		by  int
	}{{right, 1}, {" ", 1}, {pageDown, 1}, {left, -1}, {pageUp, -1}, {pageDown, 1}} {
		p.keys(step.key)
		at += step.by
		if got := p.slide(); got != order[at] {
			t.Fatalf("after key %q slide %s, want %s", step.key, got, order[at])
		}
		if got := eval[string](p, `new URLSearchParams(location.search).get('slides')`); got != order[at] {
			t.Errorf("the address names %q", got)
		}
	}
	// A live cell works on its slide, and its address comes back to the slide.
	p.open("/lessons/steepest-descent?slides=learning-rate")
	p.set("#cell-valley-eta", "0.12")
	p.wait(`location.search.includes('eta=0.12') && location.search.includes('slides=learning-rate')`)
	p.do(chromedp.Reload())
	p.wait(`document.readyState === 'complete' && document.querySelector('.current')`)
	if p.slide() != "learning-rate" || eval[string](p, `document.querySelector('#cell-valley-eta').value`) != "0.12" {
		t.Error("reloading loses the slide or the value")
	}
	// While a field has the focus, arrows belong to it and a clicker still moves on.
	eval[bool](p, `(document.querySelector('#cell-valley-eta').focus(), true)`)
	p.keys(right)
	if p.slide() != "learning-rate" {
		t.Error("an arrow in a field must not leave the slide")
	}
	p.keys(pageDown)
	if p.slide() != "divergence" {
		t.Error("a clicker must move on from a field")
	}
}

func notesTest(t *testing.T, p page) {
	p.open("/lessons/steepest-descent?slides=learning-rate")
	eval[bool](p, `(window.heard = [], new BroadcastChannel('descent-steepest-descent').addEventListener('message', e => heard.push(e.data.slide)), true)`)
	p.keys(kb.ArrowRight)
	p.wait(`heard.includes('divergence')`)
	p.open("/lessons/steepest-descent?notes=learning-rate")
	if eval[bool](p, `document.querySelector('.clock').hidden`) || !strings.Contains(p.text("[data-clock]"), ":") {
		t.Error("the clock does not run")
	}
	eval[bool](p, `(new BroadcastChannel('descent-steepest-descent').postMessage({slide: 'divergence'}), true)`)
	p.wait(`document.querySelector('.current').dataset.slide === 'divergence'`)
}

func themeTest(t *testing.T, p page) {
	p.open("/")
	p.do(chromedp.Click(chromedp.CSS(`.theme input[value="dark"]`)))
	p.wait(`getComputedStyle(document.body).backgroundColor !== 'rgb(255, 255, 255)'`)
	p.open("/lessons/sgd")
	if eval[string](p, `document.documentElement.dataset.theme`) != "dark" {
		t.Error("the next page forgets the theme")
	}
	eval[bool](p, `(localStorage.clear(), true)`)
}

func progressTest(t *testing.T, p page) {
	p.open("/lessons/derivative#secant")
	p.wait(`(localStorage.getItem('read:derivative') ?? '').includes('secant')`)
	p.open("/")
	p.wait(`document.querySelector('[data-lesson="derivative"] [data-read]').checkVisibility()`)
	eval[bool](p, `(localStorage.clear(), true)`)
}

// Every cell of every lesson but those of its exercises answers its first number field.
func everyCellTest(t *testing.T, p page) {
	for _, slug := range slugs {
		p.open("/lessons/" + slug)
		ids := eval[[]string](p, `[...document.querySelectorAll('.cell[id^=cell-]')].map(c => c.id)`)
		if len(ids) < 2 {
			t.Errorf("%s has only the cells %v", slug, ids)
		}
		for _, id := range ids {
			found := eval[bool](p, `(() => { const f = document.querySelector('#`+id+` .slider'); if (!f) return false;
				window.before = location.href; f.value = Number(f.value) > 2 ? Number(f.value) - 1 : Number(f.value) + 1;
				f.dispatchEvent(new Event('input', {bubbles: true})); return true })()`)
			if !found {
				t.Errorf("%s: %s has no slider", slug, id)
				continue
			}
			p.wait(`location.href !== before && location.pathname.endsWith('/` + strings.TrimPrefix(id, "cell-") + `')`)
			if message := eval[string](p, `document.querySelector('#`+id+` .controls').innerText`); strings.Contains(message, "must be") {
				t.Errorf("%s: %s answers with an error", slug, id)
			}
		}
	}
}

func noScriptTest(t *testing.T, p page) {
	if _, err := chromedp.Run(p.ctx, chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	})); err != nil {
		t.Fatal(err)
	}
	p.do(chromedp.Navigate(p.url + "/lessons/steepest-descent"))
	p.do(chromedp.SetValue(chromedp.CSS("#cell-valley-eta"), "0.3"))
	p.do(chromedp.Click(chromedp.CSS("#cell-valley .send button")))
	p.do(chromedp.WaitVisible(chromedp.CSS("#cell-valley .tone-bad")))
	html, err := chromedp.Run(p.ctx, chromedp.OuterHTML(chromedp.CSS("#cell-valley")))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(html, "Diverges") || !strings.Contains(html, "<svg") {
		t.Error("the form's answer lacks the picture or its words")
	}
	location, err := chromedp.Run(p.ctx, chromedp.Location())
	if err != nil || !strings.Contains(location, "eta=0.3") {
		t.Errorf("the address is %s, %v", location, err)
	}
}
