package handlers

import (
	"context"
	_ "embed"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"descent/lessons/cell"
)

//go:embed testdata/axe.min.js
var axe string

// axeRun judges what is shown, with all that can be unfolded unfolded, by some rules. What would take most of its time and
// teach it nothing is taken away: shapes of figures, which are hidden from screen readers and whose colours axe does not
// know, signs of formulas, which are as dark as the text around, rows that are like those before, and of a page's exercises
// those of a kind that it has had.
const axeRun = `(async () => {
	document.querySelectorAll('details').forEach(d => d.open = true);
	document.querySelectorAll('svg[aria-hidden=true]').forEach(s => s.replaceChildren());
	document.querySelectorAll('math').forEach(m => m.replaceWith(m.textContent));
	document.querySelectorAll('tbody tr:nth-child(n+4)').forEach(r => r.remove());
	document.querySelectorAll('.exercise').forEach((e, i, all) => { if ([...all].slice(0, i).some(o => o.className === e.className)) e.remove(); });
	const found = await axe.run(document, {runOnly: %s, resultTypes: ['violations'], iframes: false});
	return found.violations.flatMap(v => v.nodes.slice(0, 5).map(n => v.id + ' at ' + n.target.join(' ') + ': ' + v.help + '. ' + n.failureSummary));
})()`

// The rules of WCAG 2.0 to 2.2, A and AA, and those of them that a theme can break.
const (
	axeAll    = `['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa']`
	axeColors = `['color-contrast', 'link-in-text-block']`
)

// TestAxe has axe-core look for what readers with a screen reader, a magnifier or a keyboard would stumble over: on every
// page, in both themes, and again where htmx has swapped a part.
func TestAxe(t *testing.T) {
	ctx, url := browser(t)
	ctx, cancel := context.WithTimeout(ctx, 10*time.Minute)
	defer cancel()
	p := page{t, ctx, url}

	addresses := []string{"/", "/lab", "/lab/no-such-instrument", "/lab/descent?eta=-1&f=sin(", "/lab/descent?etta=1", "/lab/descent?k=3", "/embed" + valley, "/lab/descent.share", "/lab/sgd/race", "/lab/sgd/race?rows=1", "/data", "/data?example", "/lab/logistic?data=digits-3-8&point=7"}
	for _, slug := range slugs {
		addresses = append(addresses, "/lessons/"+slug, "/lessons/"+slug+"?slides", "/lessons/"+slug+"?notes")
	}
	for _, k := range cell.Kinds {
		addresses = append(addresses, "/lab/"+k.ID)
	}
	for _, by := range [...]struct{ theme, rules string }{{"light", axeAll}, {"dark", axeColors}} {
		theme, rules := by.theme, by.rules
		p.prefer(theme)
		for _, address := range addresses {
			p.open(address)
			p.axe(theme+" "+address, rules)
		}
		p.open("/embed" + valley)
		p.set("#cell-valley-eta", "0.3")
		p.wait(`document.querySelector('#cell-valley-readout').textContent.includes('Diverges')`)
		p.axe(theme+", after a tweak", rules)
		p.set("#cell-valley-eta", "-1")
		p.wait(`document.querySelector('#cell-valley-eta-error').textContent.trim() !== ''`)
		p.axe(theme+", after a mistake", rules)
		p.open("/lab/sgd/race?rows=1000&cols=2&seconds=15")
		p.do(chromedp.Click(chromedp.CSS(".race-start")))
		p.wait(`document.querySelector('.cell-race').dataset.phase === 'running'`)
		p.axe(theme+", during a race", rules)
		p.do(chromedp.Click(chromedp.CSS("[data-command=stop]")))
		p.wait(`document.querySelector('.cell-race').dataset.phase === 'stopped'`)
		p.axe(theme+", after a race", rules)
		p.open("/data?example")
		p.do(chromedp.Click(chromedp.CSS(".table-form button")))
		p.wait(`document.querySelector('.choice-form') !== null`)
		p.axe(theme+", a choice", rules)
		p.do(chromedp.Click(chromedp.CSS(".choice-form button")))
		p.wait(`document.querySelector('#use') !== null`)
		p.axe(theme+", own data", rules)
		eval[bool](p, `(document.querySelectorAll('.columns input').forEach(i => i.checked = false), document.querySelector('.choice-form button').click(), true)`)
		p.wait(`document.querySelector('#features-error') !== null`)
		p.axe(theme+", a refused choice", rules)
		p.open("/data")
		p.fill("#data-text", "x,y,label\n1,2,a\n3,4\n")
		p.do(chromedp.Click(chromedp.CSS(".table-form button")))
		p.wait(`document.querySelector('#data-error') !== null`)
		p.axe(theme+", a refused table", rules)
	}
}

// prefer sets the theme that the reader's system asks for.
func (p page) prefer(theme string) {
	p.t.Helper()
	if _, err := chromedp.Run(p.ctx, chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: theme}, {Name: "prefers-reduced-motion", Value: "reduce"}},
		})
		return err
	})); err != nil {
		p.t.Fatal(err)
	}
}

// axe fails the test for every place of the page that breaks one of the rules.
func (p page) axe(where, rules string) {
	p.t.Helper()
	if !eval[bool](p, `typeof axe === 'object'`) {
		eval[bool](p, axe+"; true")
	}
	for _, v := range eval[[]string](p, fmt.Sprintf(axeRun, rules), chromedp.EvalAwaitPromise) {
		p.t.Errorf("%s: %s", where, strings.Join(strings.Fields(v), " "))
	}
}
