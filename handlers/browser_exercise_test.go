package handlers

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	cdpage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"descent/classroom"
)

// What a student does with exercises, in a real browser over a real database.
func TestExercisesInTheBrowser(t *testing.T) {
	ctx := chromium(t)
	for _, test := range []struct {
		name string
		run  func(*testing.T, desktop)
	}{
		{"worked out on the lesson's page", workedOutTest},
		{"by keyboard", exerciseKeysTest},
		{"without script", exerciseNoScriptTest},
		{"drafts", draftTest},
		{"drafts while the server is down", draftDownTest},
		{"two windows", twoWindowsTest},
		{"joining and carrying on elsewhere", joinTest},
		{"hostile names and answers", hostileExerciseTest},
		{"axe", exerciseAxeTest},
	} {
		inTab(t, ctx, "", test.name, func(t *testing.T, p page) { test.run(t, newSchool(t).desktop(p)) })
	}
}

func typed(text string) url.Values { return url.Values{"answer": {text}} }

// focusIn waits until the focus is in a part of an exercise.
func (e driven) focusIn(part string) {
	e.t.Helper()
	e.wait(`document.activeElement?.id === '` + e.id + "-" + part + `'`)
}

// Wrong with feedback, a hint, right, another one, given up: in place, with the focus where the news is.
func workedOutTest(t *testing.T, d desktop) {
	d.open("/lessons/practice")
	eval[bool](d.page, `(window.here = true)`)
	e := d.exercise("sum")
	e.fill(typed("0"))
	e.press("check")
	e.is("wrong")
	e.says("Not right yet.")
	e.focusIn("verdict")
	if got := e.value("answer"); got != "0" {
		t.Errorf("what was typed becomes %q", got)
	}
	product := d.s.list[0].Exercises()[0]
	e.fill(product.Task.Mistakes(product.Variant(e.variant()))[0].Answer)
	e.press("check")
	e.says("You multiplied.")
	e.press("hint")
	e.says("Count from")
	e.focusIn("hints")
	e.says("A right answer is worth 70 % now, after 2 wrong tries and one hint.")
	e.fill(typed("five"))
	e.press("check")
	e.wait(`document.querySelector('#exercise-sum-answer').getAttribute('aria-invalid') === 'true'`)
	e.focusIn("answer")
	e.fill(d.s.model(sumAddress, e.variant()))
	e.press("check")
	e.is("solved")
	e.says("Your score: 70 %.")
	e.says("One way to do it")
	const marked = `[...document.querySelectorAll('.toc .overview-solved')].map(mark => mark.hidden).join()`
	if got := eval[string](d.page, marked); got != "false,true" {
		t.Errorf("marks hidden in the list of sections: %s", got)
	}
	first := e.variant()
	e.press("another")
	e.is("open")
	e.focusIn("title")
	if e.variant() == first || e.value("answer") != "" {
		t.Error("the other version is the same, or is answered already")
	}
	e.press("give-up")
	e.is("gave-up")
	e.focusIn("solution")
	e.press("another")
	e.fill(d.s.model(sumAddress, e.variant()))
	e.press("check")
	e.says("Your score: 100 %.")
	if !eval[bool](d.page, `window.here === true`) {
		t.Error("the page was left")
	}
	d.open("/lessons/practice")
	if got := eval[string](d.page, marked); got != "false,true" {
		t.Errorf("marks hidden when the page comes again: %s", got)
	}
	d.open("/")
	if got := d.text(`[data-lesson="practice"] .progress`); got != "1 of 2 exercises solved" {
		t.Errorf("the contents say %q", got)
	}
	d.open("/work")
	if got := d.text(".work-solved .work-state"); got != "Solved: 100 %" {
		t.Errorf("the work says %q", got)
	}
}

// From the field, Enter checks; Tab leads to every button, and Enter presses it.
func exerciseKeysTest(t *testing.T, d desktop) {
	d.open(sumAddress)
	e := d.exercise("sum")
	d.do(chromedp.Focus(chromedp.CSS("#exercise-sum-answer")))
	d.keys("1", kb.Enter)
	e.is("wrong")
	e.focusIn("verdict")
	d.keys(kb.Tab)
	for range 2 {
		if eval[string](d.page, `document.activeElement.value`) == "hint" {
			break
		}
		d.keys(kb.Tab)
	}
	d.keys(kb.Enter)
	e.focusIn("hints")
	e.says("Count from")
	d.do(chromedp.Focus(chromedp.CSS("#exercise-sum-answer")))
	d.keys(kb.Delete)
	eval[bool](d.page, `(document.activeElement.select(), true)`)
	for _, key := range d.s.model(sumAddress, e.variant()).Get("answer") {
		d.keys(string(key))
	}
	d.keys(kb.Enter)
	e.is("solved")
	e.focusIn("verdict")
	d.keys(kb.Tab)
	if got := eval[string](d.page, `document.activeElement.value`); got != "another" {
		t.Errorf("after the verdict of a solved exercise the focus is on %q", got)
	}
	d.keys(kb.Enter)
	e.focusIn("title")
}

func exerciseNoScriptTest(t *testing.T, d desktop) {
	d.withoutScript()
	d.do(chromedp.Navigate(d.url + "/lessons/practice"))
	e := d.exercise("sum")
	type step struct{ field, action, says string }
	send := func(s step) {
		t.Helper()
		if s.field != "" {
			d.do(chromedp.SetValue(chromedp.CSS("#exercise-sum-answer"), s.field))
		}
		e.press(s.action)
		e.says(s.says)
	}
	send(step{"0", "check", "Not right yet."})
	if got := eval[string](d.page, `location.pathname`); got != sumAddress {
		t.Errorf("the answer is shown at %s", got)
	}
	send(step{"11", "hint", "Count from"})
	send(step{"12", "draft", "Saved"})
	if got := e.value("answer"); got != "12" {
		t.Errorf("the draft shows %q", got)
	}
	send(step{"a dozen", "check", "A sum"})
	if got := e.value("answer"); got != "a dozen" {
		t.Errorf("a refused answer becomes %q", got)
	}
	send(step{"12", "give-up", "The solution"})
	send(step{"", "another", "A wrong try costs 10 %."})
	send(step{d.s.model(sumAddress, e.variant()).Get("answer"), "check", "Your score: 100 %."})
	d.do(chromedp.Navigate(d.url + "/lessons/practice"))
	e.is("solved")
}

// Typing is saved by itself, once at each pause, and is there after a restart, on every page.
func draftTest(t *testing.T, d desktop) {
	d.open("/lessons/practice")
	e := d.exercise("sum")
	d.do(chromedp.Focus(chromedp.CSS("#exercise-sum-answer")))
	d.keys("1", "2", ".", "5")
	e.says("Saved ")
	d.s.restart()
	d.open(sumAddress)
	if got := e.value("answer"); got != "12.5" {
		t.Errorf("after a restart the draft is %q", got)
	}
	// Left in the middle of typing, at once.
	d.do(chromedp.Focus(chromedp.CSS("#exercise-sum-answer")))
	d.keys("7")
	d.open("/work")
	d.wait(`document.querySelector('.work-begun') !== null`)
	d.open("/lessons/practice")
	d.wait(`document.querySelector('#exercise-sum-answer').value.length === 5`)
	// A draft of another exercise belongs to the same student.
	d.exercise("single").fill(typed("3"))
	d.exercise("single").says("Saved ")
	d.open("/work")
	if got := eval[int](d.page, `document.querySelectorAll('.work-begun').length`); got != 2 {
		t.Errorf("%d exercises are begun", got)
	}
	// Once checked, the draft is gone and the answer stands.
	d.open(sumAddress)
	e.press("check")
	e.is("wrong")
	time.Sleep(700 * time.Millisecond) // longer than a pause in typing
	d.do(chromedp.Reload())
	e.is("wrong")
	if eval[bool](d.page, e.element()+`.querySelector('.verdict-stale') !== null`) {
		t.Error("the checked answer was saved as a draft again")
	}
}

// While the server does not answer, the page says so and tries again; even a closed browser loses nothing.
func draftDownTest(t *testing.T, d desktop) {
	d.open("/lessons/practice")
	e := d.exercise("sum")
	d.down.Store(true)
	e.fill(typed("41"))
	e.says("Not saved. Trying again")
	e.fill(typed("42"))
	d.do(chromedp.Click(chromedp.CSS("#exercise-sum button[value=check]")))
	e.says("The server does not answer. Nothing was sent; what you typed stays here.")
	if got := e.value("answer"); got != "42" {
		t.Errorf("the field shows %q", got)
	}
	d.down.Store(false)
	e.says("Saved ")
	if got := d.pupilOf().work(sumAddress); got.Draft.Get("answer") != "42" || len(got.Attempts) != 0 {
		t.Errorf("kept: %+v", got)
	}
	d.down.Store(true)
	e.fill(typed("43"))
	e.says("Not saved. Trying again")
	d.do(chromedp.Navigate("about:blank"))
	d.down.Store(false)
	d.open("/lessons/practice")
	e.says("Saved") // by the page that was left, as soon as the server was there, or by this one
	if got := e.value("answer"); got != "43" {
		t.Errorf("after the browser was closed the field shows %q", got)
	}
	if got := eval[int](d.page, `Object.keys(localStorage).filter(k => k.startsWith('draft:')).length`); got != 0 {
		t.Errorf("%d drafts are left in the browser although they are saved", got)
	}
	// A store that cannot write is said, and what was typed stays.
	d.s.serve(failing{Store: d.s.store, writes: errors.New("disk full")}, d.s.log)
	e.fill(typed("44"))
	e.says("Not saved. Trying again")
	e.press("check")
	e.says("Nothing was saved")
	if got := e.value("answer"); got != "44" {
		t.Errorf("the field shows %q", got)
	}
}

// pupilOf is the browser's student as tests of the store see them.
func (d desktop) pupilOf() *pupil {
	d.t.Helper()
	v := d.s.pupil()
	d.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		got, err := chromedp.Call(ctx, network.GetCookies, network.GetCookiesParams{})
		if err == nil {
			for _, c := range got.Cookies {
				v.cookies[c.Name] = c.Value
			}
		}
		return err
	}))
	return v
}

// In a second window the student went on; the first one says so and keeps what was typed.
func twoWindowsTest(t *testing.T, d desktop) {
	d.open(sumAddress)
	e := d.exercise("sum")
	e.fill(typed("1"))
	e.says("Saved ")
	other := d.pupilOf()
	other.done(sumAddress, "another", 0)
	e.fill(typed("12"))
	e.says("in another window you went on")
	e.press("check")
	e.says("went on to other numbers")
	if got := e.value("answer"); got != "12" {
		t.Errorf("what was typed becomes %q", got)
	}
	if e.variant() != 1 {
		t.Errorf("version %d", e.variant())
	}
}

func joinTest(t *testing.T, d desktop) {
	d.s.room("r", "AB12CD")
	d.open("/join/ab12cd")
	d.do(chromedp.Focus(chromedp.CSS("#join-name")))
	d.keys("A", "d", "a", kb.Enter)
	d.wait(`location.pathname === '/work' && document.body.textContent.includes('You work as Ada.')`)
	d.do(chromedp.Click(chromedp.CSS(`form[action="/work/link"] button`)))
	d.wait(`document.querySelector('#personal-link') !== null`)
	link := eval[string](d.page, `document.querySelector('#personal-link').value`)
	call(d.page, network.ClearBrowserCookies, cdp.Empty{})
	d.do(chromedp.Navigate(link))
	d.wait(`document.querySelector('h1').textContent === 'Carry on as Ada?'`)
	d.do(chromedp.Click(chromedp.CSS(".work-form button")))
	d.wait(`location.pathname === '/work' && document.body.textContent.includes('You carry on here.')`)
	d.do(chromedp.Click(chromedp.CSS(`a[href="/work/delete"]`)))
	d.wait(`location.pathname === '/work/delete'`)
	d.do(chromedp.Click(chromedp.CSS(".work-danger")))
	d.wait(`location.pathname === '/work' && document.body.textContent.includes('Everything of yours is deleted.')`)
	if students, err := d.s.store.Students(context.Background(), "r"); err != nil || len(students) != 0 {
		t.Errorf("the classroom still has %v, %v", students, err)
	}
}

// What a student types is text on every page that shows it: no script runs, the content policy has nothing to stop, and the
// text is the same.
func hostileExerciseTest(t *testing.T, d desktop) {
	d.s.room("r", "AB12CD")
	call(d.page, cdpage.Enable, cdpage.EnableParams{})
	d.do(chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.Call(ctx, cdpage.AddScriptToEvaluateOnNewDocument, cdpage.AddScriptToEvaluateOnNewDocumentParams{
			Source: `window.reported = []; document.addEventListener('securitypolicyviolation', e => reported.push(e.violatedDirective + ' ' + e.blockedURI))`})
		return err
	}))
	clean := func(where string) {
		t.Helper()
		if at := d.hostileIn(); at != "" {
			t.Errorf("%s: %s", where, at)
		}
		if got := d.reported(); len(got) > 0 {
			t.Errorf("%s: the content policy stopped %v", where, got)
		}
	}
	d.open(sumAddress)
	e := d.exercise("sum")
	for _, text := range hostile {
		e.fill(typed(text))
		e.press("check")
		if got := e.value("answer"); got != text {
			t.Errorf("%q is shown as %q", text, got)
		}
		clean("a refused answer")
	}
	d.open("/lessons/practice")
	clean("a draft")
	for i, text := range hostile {
		name, _ := displayName(text)
		if runes := []rune(name); len(runes) > classroom.MaxName {
			name = strings.TrimSpace(string(runes[:classroom.MaxName]))
		}
		eval[bool](d.page, `(window.old = true)`)
		if i == 0 {
			d.open("/join")
			d.fill("#join-code", "AB12CD")
			d.fill("#join-name", name)
			d.do(chromedp.Click(chromedp.CSS(".work-form button")))
		} else {
			d.fill("#work-name", name)
			d.do(chromedp.Click(chromedp.CSS(`form[action="/work/name"] button`)))
		}
		d.wait(`!window.old && location.pathname === '/work' && document.querySelector('#work-name') !== null`)
		if got := eval[string](d.page, `document.querySelector('#work-name').value`); got != name {
			t.Errorf("the name %q is shown as %q", name, got)
		}
		clean("a name")
	}
}

// What readers with a screen reader or a keyboard would stumble over, in every state of an exercise and on the pages of one's work.
func exerciseAxeTest(t *testing.T, d desktop) {
	d.s.room("r", "AB12CD")
	for _, by := range [...]struct{ theme, rules string }{{"light", axeAll}, {"dark", axeColors}} {
		d.prefer(by.theme)
		call(d.page, network.ClearBrowserCookies, cdp.Empty{})
		d.open(sumAddress)
		e := d.exercise("sum")
		look := func(where string) {
			t.Helper()
			d.axe(by.theme+", "+where, by.rules)
		}
		look("untouched")
		e.fill(typed("five"))
		e.press("check")
		look("refused")
		e.fill(typed("1"))
		e.press("check")
		look("wrong")
		e.press("hint")
		look("a hint")
		e.fill(typed("2"))
		e.says("Saved")
		look("a draft")
		e.fill(d.s.model(sumAddress, e.variant()))
		e.press("check")
		look("solved")
		e.press("another")
		e.press("give-up")
		look("given up")
		for _, address := range []string{"/lessons/practice", "/lessons/practice?slides=sums", "/work", "/work/delete", "/join/XYZ"} {
			d.open(address)
			look(address)
		}
		d.fill("#join-name", "")
		d.do(chromedp.Click(chromedp.CSS(".work-form button")))
		d.wait(`document.querySelector('#join-name[aria-invalid]') !== null`)
		look("a refused name")
		d.open("/join/AB12CD")
		d.fill("#join-name", "Ada")
		d.do(chromedp.Click(chromedp.CSS(".work-form button")))
		d.wait(`location.pathname === '/work' && document.querySelector('#work-name') !== null`)
		look("in a classroom")
		d.do(chromedp.Click(chromedp.CSS(`form[action="/work/link"] button`)))
		d.wait(`document.querySelector('#personal-link') !== null`)
		look("a personal link")
		d.do(chromedp.Navigate(eval[string](d.page, `document.querySelector('#personal-link').value`)))
		d.wait(`location.pathname.startsWith('/work/link/')`)
		look("carrying on")
	}
}
