package handlers

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync/atomic"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// A desktop is a page that drives exercises of a school, whose server can be stopped and started anew.
type desktop struct {
	page
	s    *school
	down *atomic.Bool // the server does not answer
}

// desktop opens a fresh browser session, without cookies, on a server with the school's site.
func (s *school) desktop(p page) desktop {
	s.tb.Helper()
	d := desktop{p, s, &atomic.Bool{}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if d.down.Load() {
			panic(http.ErrAbortHandler)
		}
		s.site.ServeHTTP(w, r)
	}))
	s.tb.Cleanup(server.Close)
	d.url = server.URL
	call(p, network.ClearBrowserCookies, cdp.Empty{})
	return d
}

// withoutScript has the pages run none.
func (p page) withoutScript() {
	call(p, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
}

// A driven exercise is one of the page that is open.
type driven struct {
	page
	id string // of its element
}

// exercise is the exercise with an id on the page that is open.
func (p page) exercise(id string) driven { return driven{p, "exercise-" + id} }

func (e driven) element() string { return "document.getElementById('" + e.id + "')" }

// fill types an answer as a form would send it: texts into their fields, values of choices and boxes as chosen.
func (e driven) fill(answer url.Values) {
	e.t.Helper()
	form, err := json.Marshal(answer)
	if err != nil {
		e.t.Fatal(err)
	}
	eval[bool](e.page, fmt.Sprintf(`(() => {
		const exercise = %s, form = exercise.querySelector('[name=variant]').form, answer = %s;
		for (const field of form.elements) {
			if (!field.name || field.type === 'hidden' || field.tagName === 'BUTTON' || field.closest('[hidden]')) continue;
			const values = answer[field.name] ?? [];
			if (field.type === 'checkbox' || field.type === 'radio') {
				if (field.checked !== values.includes(field.value)) field.click();
			} else if (field.name in answer && field.value !== values[0]) {
				field.focus();
				field.value = values[0];
				field.dispatchEvent(new Event('input', {bubbles: true}));
			}
		}
		return true;
	})()`, e.element(), form))
}

// press clicks the button of an action and waits for the exercise that answers it, in place or on its page.
func (e driven) press(action string) {
	e.t.Helper()
	eval[bool](e.page, e.element()+`.dataset.before = '', true`)
	e.do(chromedp.Click(chromedp.CSS("#" + e.id + " button[value=" + action + "]")))
	e.wait(e.element() + ` && !('before' in ` + e.element() + `.dataset)`)
}

// says waits until the exercise says something.
func (e driven) says(words string) {
	e.t.Helper()
	e.wait(fmt.Sprintf(`%s.textContent.replace(/\s+/g, ' ').includes(%q)`, e.element(), words))
}

// is waits until the exercise is in a state: "open", "right", "wrong", "undecided", "solved", "gave-up".
func (e driven) is(state string) {
	e.t.Helper()
	e.wait(fmt.Sprintf(`%s.dataset.state === %q`, e.element(), state))
}

// value is what a field shows.
func (e driven) value(name string) string {
	e.t.Helper()
	return eval[string](e.page, e.element()+`.querySelector('[name=`+name+`]').value`)
}

// variant is the version that the page shows.
func (e driven) variant() int { return number(e.value("variant")) }

// reported has the page note what the content policy stops, which is then in window.reported.
func (d desktop) reported() []string {
	d.t.Helper()
	return eval[[]string](d.page, `window.reported ?? []`)
}

// hostileIn is where a page has an element or a script that no page of the site has.
func (d desktop) hostileIn() string {
	d.t.Helper()
	return eval[string](d.page, `document.title.includes('hit') ? 'the title' : [...document.querySelectorAll('body script, main img, main svg[onload], main base, main style, [onerror], [onfocus], [onload]')].map(e => e.outerHTML).join(' ')`)
}
