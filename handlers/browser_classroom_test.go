package handlers

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"descent/classroom"
)

// What a lecturer does with a class of 200, in a real browser over a real database, whose students have hostile names.
func TestClassroomInTheBrowser(t *testing.T) {
	ctx, cancel := context.WithTimeout(chromium(t), 5*time.Minute)
	defer cancel()
	h := newHall(t, 200, 30, 0.25)
	d := h.desktop(page{t, ctx, ""})
	clean := func(where string) {
		t.Helper()
		if at := d.hostileIn(); at != "" {
			t.Errorf("%s: %s", where, at)
		}
	}
	d.open("/owner/" + h.token)
	d.wait(`location.pathname === '/classrooms'`)
	if eval[bool](d.page, `document.documentElement.outerHTML.includes('`+h.token+`')`) {
		t.Error("the token stays in the page")
	}
	d.do(chromedp.Click(chromedp.CSS(".class-table a")))
	d.wait(`document.querySelector('#exercises-title') !== null`)
	clean("the dashboard")
	d.do(chromedp.Click(chromedp.CSS(".class-join summary")))
	d.wait(`document.querySelector('.class-join dd.class-code').offsetHeight > 30`)

	lectureHidden(t, h, d)
	settleInTheBrowser(t, h, d)
	clean("an exercise")

	student := h.class.Students[10] // whose name is a script
	d.open(h.at("/students/" + student.ID))
	clean("a student")
	d.do(chromedp.Click(chromedp.CSS(".class-settings summary")), chromedp.Click(chromedp.CSS(".class-sure input")), chromedp.Click(chromedp.CSS(".class-danger")))
	d.wait(`document.querySelector('#students-title') !== null`)
	if _, err := h.store.Student(t.Context(), student.ID); !isNotFound(err) {
		t.Errorf("the student is still there: %v", err)
	}

	d.open("/classrooms")
	d.do(chromedp.SendKeys(chromedp.CSS("#class-name"), "Another course"), chromedp.Click(chromedp.CSS(".class-main")))
	d.wait(`document.querySelector('h1').textContent === 'Another course' && document.querySelector('.class-join').open`)
	d.open("/classrooms")
	d.do(chromedp.Click(chromedp.CSS(`form[action="/owner/out"] button`)))
	d.wait(`location.pathname === '/'`)
	d.open("/classrooms")
	d.wait(`document.querySelector('h1').textContent.includes('owner')`)
}

// lectureHidden hides the names, and they stay hidden from page to page.
func lectureHidden(t *testing.T, h *hall, d desktop) {
	t.Helper()
	d.do(chromedp.Click(chromedp.CSS(".class-names a")))
	d.wait(`location.search === '?names=hidden'`)
	d.do(chromedp.Click(chromedp.CSS(`#exercises-title ~ .class-table a`)))
	d.wait(`location.pathname.includes('/exercises/') && location.search === '?names=hidden'`)
	source := eval[string](d.page, `document.documentElement.outerHTML`)
	for _, s := range h.class.Students {
		if len(s.Name) > 3 && strings.Contains(source, s.Name) {
			t.Errorf("the name %q is in the page", s.Name)
		}
	}
	d.do(chromedp.Click(chromedp.CSS(".kicker a:last-child")))
	d.wait(`document.querySelector('#students-title') !== null && location.search === '?names=hidden'`)
	d.do(chromedp.Click(chromedp.CSS(".class-names a")))
	d.wait(`location.search === ''`)
}

// settleInTheBrowser settles an answer as right and takes that back.
func settleInTheBrowser(t *testing.T, h *hall, d desktop) {
	t.Helper()
	open := firstOpen(h)
	d.open(h.at("/exercises/" + open.Exercise))
	id := eval[string](d.page, `document.querySelector('.class-settle').id`)
	d.do(chromedp.Click(chromedp.CSS("#" + id + " button[value=right]")))
	d.wait(`location.hash === '#` + id + `' && document.querySelector('#` + id + ` .is-right') !== null`)
	d.do(chromedp.Click(chromedp.CSS("#" + id + ` button[value=""]`)))
	d.wait(`document.querySelector('#` + id + ` button[value=right]') !== null`)
}

func firstOpen(h *hall) classroom.Attempt {
	h.tb.Helper()
	for _, w := range h.class.Works {
		for _, a := range w.Attempts {
			if a.Outcome == classroom.Undecided {
				return a
			}
		}
	}
	h.tb.Fatal("no answer is undecided")
	return classroom.Attempt{}
}

// A changed exercise is judged again without script, after the difference was seen.
func TestRegradeWithoutScript(t *testing.T) {
	ctx, cancel := context.WithTimeout(chromium(t), 2*time.Minute)
	defer cancel()
	h := newDecidedHall(t, 60, 3)
	d := h.desktop(page{t, ctx, ""})
	h.teach(curriculum(3, "How much is", " + 1"))
	d.withoutScript()
	d.do(chromedp.Navigate(d.url+"/owner/"+h.token), chromedp.Navigate(d.url+h.at("")), chromedp.Click(chromedp.CSS(`.class-flag[href*="/regrade"]`)),
		chromedp.WaitVisible(chromedp.CSS("#changes-title")), chromedp.Click(chromedp.CSS(".class-main")), chromedp.WaitVisible(chromedp.CSS("#mistakes-title")))
	if body := h.owner.read(h.at("")); strings.Contains(body, "changed since") {
		t.Error("the exercise is still marked")
	}
}

// The owner's pages have nothing that readers with a screen reader, a magnifier or a keyboard would stumble over.
func TestClassroomAxe(t *testing.T) {
	ctx, cancel := context.WithTimeout(chromium(t), 5*time.Minute)
	defer cancel()
	h := newHall(t, 40, 6, 0.5)
	d := h.desktop(page{t, ctx, ""})
	h.teach(curriculum(6, "How much is", " + 1"))
	d.open("/owner/" + h.token)
	open := firstOpen(h)
	addresses := []string{"/classrooms", h.at(""), h.at("?names=hidden&order=points"), h.at("/exercises/" + open.Exercise), h.at("/students/" + open.Student),
		h.at("/regrade?exercise=" + h.exercises()[0]), h.at("/regrade?exercise=" + h.exercises()[1]), "/owner/wrong", "/classrooms/none"}
	for _, by := range [...]struct{ theme, rules string }{{"light", axeAll}, {"dark", axeColors}} {
		d.prefer(by.theme)
		for _, address := range addresses {
			d.open(address)
			eval[bool](d.page, `(document.querySelectorAll('main details').forEach(e => e.open = true), true)`)
			d.axe(by.theme+" "+address, by.rules)
		}
		d.open("/classrooms")
		d.fill("#class-name", "  ")
		d.do(chromedp.Click(chromedp.CSS(".class-main")))
		d.wait(`document.querySelector('#class-name-error') !== null`)
		d.axe(by.theme+", a refused name", by.rules)
	}
	call(d.page, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: 360, Height: 740, DeviceScaleFactor: 1, Mobile: true})
	for _, address := range addresses {
		d.open(address)
		if wide := eval[int](d.page, `document.documentElement.scrollWidth`); wide > 360 {
			t.Errorf("on a phone %s is %d pixels wide", address, wide)
		}
	}
}
