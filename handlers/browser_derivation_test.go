package handlers

import (
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Derivations are written, echoed and checked in a real browser: on the page of the lab, and in the lesson's exercises.
func TestDerivationsInTheBrowser(t *testing.T) {
	ctx := chromium(t)
	for _, test := range []struct {
		name string
		run  func(*testing.T, desktop)
	}{
		{"written on the sheet", sheetTest},
		{"without script", sheetNoScriptTest},
		{"an exercise", deriveTest},
		{"the wrong line", wrongLineTest},
		{"which fact", whichFactTest},
		{"axe", derivationAxeTest},
	} {
		inTab(t, ctx, "", test.name, func(t *testing.T, p page) { test.run(t, schoolOf(t, builtInLessons(t)).desktop(p)) })
	}
}

const (
	sheet     = "#derivation-lines"
	echoed    = `document.querySelector('#derivation-lines-echo')`
	written   = `document.querySelector('#derivation-lines')`
	firstLine = "D(theta_j, NLL)\n"
)

// write types a text into the sheet that is open.
func (p page) write(field, text string) {
	p.t.Helper()
	p.do(chromedp.Focus(chromedp.CSS(field)))
	for _, r := range text {
		if r == '\n' {
			p.keys(kb.Enter)
			continue
		}
		p.keys(string(r))
	}
}

func sheetTest(t *testing.T, d desktop) {
	d.open("/lab")
	d.do(chromedp.Click(chromedp.CSS(`.instruments a[href="/lab/derivation/check"]`)))
	d.wait(`location.pathname === '/lab/derivation/check' && ` + written)
	eval[bool](d.page, `(window.here = true)`)
	height := eval[float64](d.page, echoed+`.offsetHeight`)
	// Typing is echoed line by line, each in its place.
	d.write(sheet, firstLine+"= foo")
	d.wait(echoed + `.children[0].querySelector('math') && ` + echoed + `.children[1].querySelector('mark').textContent === 'foo'`)
	if got := eval[float64](d.page, echoed+`.offsetHeight`); got != height {
		t.Errorf("the echo grows from %v to %v", height, got)
	}
	d.keys(kb.Backspace, kb.Backspace, kb.Backspace)
	// A symbol by the mouse, at the caret; then by the keyboard, with the arrows along the buttons.
	d.do(chromedp.Click(chromedp.CSS(`.symbols [data-insert="Σ_i "]`)))
	d.wait(`document.activeElement.id === 'derivation-lines' && ` + written + `.value.endsWith('= Σ_i ')`)
	d.write(sheet, "(")
	d.do(chromedp.Focus(chromedp.CSS(`.symbols button[tabindex="0"]`)))
	for eval[string](d.page, `document.activeElement.dataset.insert`) != "h_i" {
		d.keys(kb.ArrowRight)
	}
	if got := eval[int](d.page, `document.querySelectorAll('.symbols button:not([tabindex="-1"])').length`); got != 1 {
		t.Errorf("%d buttons are in the tab order", got)
	}
	d.keys(kb.Enter)
	d.wait(`document.activeElement.id === 'derivation-lines' && ` + written + `.value.endsWith('(h_i')`)
	d.write(sheet, " + y_i) x_ij")
	d.wait(echoed + `.children[1].querySelector('math').getAttribute('alttext').includes('h_i + y_i')`)
	// The first break is marked, with what changed and numbers.
	d.do(chromedp.Click(chromedp.CSS(".derivation-send button")))
	d.wait(`document.querySelector('#derivation-line-2.first-break.is-breaks')`)
	if got := d.text("#derivation-answer"); !strings.Contains(got, "Line 2 is the first") || !strings.Contains(got, "does not follow") || !strings.Contains(got, "row 3") {
		t.Errorf("it is said: %s", got)
	}
	// Corrected, it is complete.
	d.do(chromedp.Focus(chromedp.CSS(sheet)))
	eval[bool](d.page, `(() => { const at = `+written+`.value.indexOf('+'); `+written+`.setSelectionRange(at, at + 1); return true })()`)
	d.keys("-")
	d.do(chromedp.Click(chromedp.CSS(".derivation-send button")))
	d.wait(`document.querySelector('.proof-summary.is-complete') && !document.querySelector('.first-break')`)
	// What is selected goes between the brackets, and can be undone.
	eval[bool](d.page, `(() => { const v = `+written+`.value, at = v.indexOf('(h_i'); `+written+`.focus(); `+written+`.setSelectionRange(at + 1, at + 4); return true })()`)
	d.do(chromedp.Click(chromedp.CSS(`.symbols [data-insert="log(‸)"]`)))
	d.wait(written + `.value.includes('(log(h_i) - y_i)')`)
	eval[bool](d.page, `document.execCommand('undo')`)
	d.wait(written + `.value.includes('(h_i - y_i)')`)
	// A text beyond the limits is refused beside the sheet.
	d.set(sheet, strings.Repeat("m", 2001))
	d.wait(echoed + `.textContent.includes('allowed')`)
	d.do(chromedp.Click(chromedp.CSS(".derivation-send button")))
	d.wait(`document.querySelector('#derivation-lines-error').textContent.includes('allowed')`)
	if !eval[bool](d.page, `window.here === true`) {
		t.Error("the page was left")
	}
}

func sheetNoScriptTest(t *testing.T, d desktop) {
	d.withoutScript()
	d.do(chromedp.Navigate(d.url + "/lab/derivation/check?task=softmax-two-classes"))
	d.wait(written)
	if !eval[bool](d.page, `getComputedStyle(document.querySelector('.symbols')).display === 'none'`) {
		t.Error("buttons are shown that do nothing")
	}
	send := func(text, want string) {
		t.Helper()
		d.do(chromedp.SetValue(chromedp.CSS(sheet), text))
		d.do(chromedp.Click(chromedp.CSS(".derivation-send button")))
		d.wait(`document.querySelector('#derivation-answer').textContent.includes('` + want + `')`)
		if got := eval[string](d.page, written+`.value`); got != text {
			t.Errorf("what was typed becomes %q", got)
		}
	}
	send("exp(a)/(exp(a)+exp(b))\n= 1/(1+exp(b))", "does not cancel")
	send("exp(a)/(exp(a)+exp(b))\n= 1/(1+exp(b-a))\n= σ(a-b)", "Complete")
}

const deriveAddress = "/lessons/logistic-derivation/exercises/derive-logistic"

func deriveTest(t *testing.T, d desktop) {
	d.open(deriveAddress)
	e := d.exercise("derive-logistic")
	field := "#exercise-derive-logistic-lines"
	e.fill(url.Values{"lines": {firstLine + "= -Σ_i foo"}})
	e.press("check")
	d.wait(`document.querySelector('` + field + `').getAttribute('aria-invalid') === 'true'`)
	e.says("line 2, character 8")
	e.fill(url.Values{"lines": {firstLine + "= -Σ_i [y_i/h_i + (1-y_i)/(1-h_i)] D(theta_j, h_i)"}})
	e.press("check")
	e.is("wrong")
	e.says("This is the place where most derivations go wrong")
	d.wait(`document.querySelector('#exercise-derive-logistic .first-break .counter-data')`)
	// The sheet still echoes and its buttons still write after the swap.
	d.do(chromedp.Focus(chromedp.CSS(field)))
	eval[bool](d.page, `(() => { const f = document.querySelector('`+field+`'), at = f.value.indexOf('+'); f.setSelectionRange(at, at + 1); return true })()`)
	d.keys("-")
	eval[bool](d.page, `(() => { const f = document.querySelector('`+field+`'); f.setSelectionRange(f.value.length, f.value.length); return true })()`)
	d.keys(kb.Enter)
	d.do(chromedp.Click(chromedp.CSS(`#exercise-derive-logistic .symbols [data-insert="= "]`)))
	d.write(field, "Σ_i (h_i - y_i) x_ij")
	d.wait(`document.querySelector('` + field + `-echo').children[2].querySelector('math')`)
	e.press("check")
	e.is("solved")
	e.says("One way to write it")
	e.says("Your score: 95 %.")
}

func wrongLineTest(t *testing.T, d desktop) {
	d.open("/lessons/logistic-derivation/exercises/wrong-line")
	e := d.exercise("wrong-line")
	task := e.wrongLine()
	e.press("check")
	e.says("choose the line that does not follow")
	e.fill(url.Values{"line": {"1"}})
	e.press("check")
	e.is("wrong")
	e.fill(url.Values{"line": {task.Get("line")}, "correction": {"= -Σ_i (y_i - 5 h_i) x_ij"}})
	e.press("check")
	e.says("is the wrong one, yes")
	e.fill(task)
	e.press("check")
	e.is("solved")
	e.press("another")
	e.is("open")
	e.fill(e.wrongLine())
	e.press("check")
	e.is("solved")
}

// wrongLine is the answer to the variant that is shown, found as a student would: by the line before which all is right.
func (e driven) wrongLine() url.Values {
	e.t.Helper()
	for _, l := range []struct{ has, line, correction string }{
		{"y_i/h_i + (1 - y_i)/(1 - h_i)", "3", "= -Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] D(theta_j, h_i)"},
		{"-sum(i,1,m, y_i - h_i)", "4", "= Σ_i (h_i - y_i) x_ij"},
		{"2*y_i*h_i", "6", "= -Σ_i (y_i - h_i) x_ij"},
		{"(1 - h_i)*D(theta_j, z_i)", "3", "= -Σ_i (y_i - h_i) x_ij"},
		{"y_i - (1 - y_i)*h_i", "4", "= -Σ_i (y_i - h_i) x_ij"},
	} {
		if eval[bool](e.page, e.element()+`.querySelector('math[alttext*="`+l.has+`"]') !== null`) {
			return url.Values{"line": {l.line}, "correction": {l.correction}}
		}
	}
	e.t.Fatal("no derivation that is known")
	return nil
}

// Steps are justified without script, by menus.
func whichFactTest(t *testing.T, d desktop) {
	d.withoutScript()
	d.do(chromedp.Navigate(d.url + "/lessons/logistic-derivation/exercises/which-fact"))
	e := d.exercise("which-fact")
	choose := func(facts ...string) {
		t.Helper()
		for i, line := range []string{"2", "4", "5", "6", "7"} {
			d.do(chromedp.SetValue(chromedp.CSS("#exercise-which-fact-fact-"+line), facts[i]))
		}
		e.press("check")
	}
	choose("2", "4", "", "5", "6")
	e.says("choose a fact for the step to line 5")
	choose("2", "4", "3", "5", "6")
	e.says("No derivative was taken here")
	d.wait(`document.querySelectorAll('.fact-field .is-follows').length === 4 && document.querySelectorAll('.fact-field .is-breaks').length === 1`)
	choose("2", "4", "0", "5", "6")
	e.is("solved")
}

func derivationAxeTest(t *testing.T, d desktop) {
	for _, by := range [...]struct{ theme, rules string }{{"light", axeAll}, {"dark", axeColors}} {
		d.prefer(by.theme)
		d.open("/lab/derivation/check?task=gaussian-nll")
		d.set(sheet, `D(mu, NLL)\n= Σ_i (y_i - μ)/exp(s)\n= foo`)
		d.wait(echoed + `.children[2].querySelector('mark')`)
		d.do(chromedp.Click(chromedp.CSS(".derivation-send button")))
		d.wait(`document.querySelector('.first-break')`)
		d.axe(by.theme+", a broken derivation", by.rules)
		for _, id := range []string{"which-fact", "wrong-line", "derive-logistic"} {
			d.open("/lessons/logistic-derivation/exercises/" + id)
			d.axe(by.theme+", "+id, by.rules)
		}
	}
}
