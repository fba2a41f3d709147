package handlers

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"descent/classroom"
)

func TestWorkCookie(t *testing.T) {
	s := newSchool(t)
	for _, tt := range []struct {
		proto, name string
		secure      bool
	}{{"http", "descent-work", false}, {"https", "__Host-descent-work", true}} {
		v := s.pupil()
		if tt.secure {
			v.header.Set("X-Forwarded-Proto", "https")
		}
		w := v.press(sumAddress, "draft", 0, "answer", "1")
		cookies := w.Result().Cookies()
		if len(cookies) != 1 {
			t.Fatalf("%s: %d cookies", tt.proto, len(cookies))
		}
		c := cookies[0]
		if c.Name != tt.name || c.Secure != tt.secure || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || c.MaxAge != 365*24*3600 || len(c.Value) != 22 {
			t.Errorf("%s: %+v", tt.proto, c)
		}
		// The second one keeps the cookie.
		if again := v.press(sumAddress, "draft", 0, "answer", "2"); len(again.Result().Cookies()) != 0 {
			t.Errorf("%s: a second cookie", tt.proto)
		}
		if strings.Contains(s.log.String(), c.Value) {
			t.Error("the token is logged")
		}
	}
	// A cookie that the server did not give is nobody's, and not taken over.
	v := s.pupil()
	made := strings.Repeat("A", 22)
	v.cookies["descent-work"] = made
	v.read(sumAddress)
	v.done(sumAddress, "draft", 0, "answer", "1")
	if v.cookies["descent-work"] == made {
		t.Error("a made-up token is taken")
	}
}

// A thousand may begin at once, and then one a second: a hall is let in, a flood is not, and nothing is lost in the page.
func TestNewcomersAreBounded(t *testing.T) {
	b := bucket{size: newcomersAtOnce, every: newcomersEvery}
	start := time.Unix(1000, 0)
	for i := range newcomersAtOnce {
		if ok, _ := b.take(start); !ok {
			t.Fatalf("the %dth is not let in", i+1)
		}
	}
	ok, wait := b.take(start)
	if ok || wait != newcomersEvery {
		t.Errorf("one more: %v, wait %v", ok, wait)
	}
	if ok, _ := b.take(start.Add(newcomersEvery)); !ok {
		t.Error("after a second nobody is let in")
	}
	if ok, _ := b.take(start.Add(newcomersEvery)); ok {
		t.Error("after a second two are let in")
	}

	s := newSchool(t)
	full := s.prepared(s.store)
	full.newcomers = bucket{size: 1, every: time.Hour}
	s.site = full.routes()
	s.pupil().done(singleAddress, "draft", 0, "answer", "1")
	v := s.pupil()
	w := v.press(singleAddress, "check", 0, "answer", "1.25")
	if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") == "" || !strings.Contains(w.Body.String(), "Nothing was saved") || !strings.Contains(w.Body.String(), `value="1.25"`) {
		t.Errorf("one too many: %d", w.Code)
	}
}

func TestPersonalLink(t *testing.T) {
	s := newSchool(t)
	s.room("r", "CODE")
	v := s.pupil()
	v.send(http.MethodPost, "/join", url.Values{"code": {"CODE"}, "name": {"Ada"}})
	v.done(sumAddress, "draft", 0, "answer", "123")
	first := personalLink(t, v)
	second := personalLink(t, v)
	if strings.Contains(v.read("/work"), "/work/link/") {
		t.Error("the link is shown again")
	}
	if strings.Contains(s.log.String(), strings.TrimPrefix(second, "/work/link/")) {
		t.Error("the token of the link is logged")
	}
	other := s.pupil()
	if w := other.send(http.MethodGet, first, nil); w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "void") {
		t.Errorf("the first link: %d", w.Code)
	}
	w := other.send(http.MethodGet, second, nil)
	if w.Code != http.StatusOK || !strings.Contains(shownWords(w.Body.String()), "Carry on as Ada?") || len(w.Result().Cookies()) > 0 || w.Header().Get("Referrer-Policy") != "no-referrer" {
		t.Errorf("the second link: %d", w.Code)
	}
	if w := other.send(http.MethodPost, second, url.Values{}); w.Code != http.StatusSeeOther {
		t.Fatalf("carrying on: %d", w.Code)
	}
	if other.cookies["descent-work"] == v.cookies["descent-work"] || !strings.Contains(other.read(sumAddress), `value="123"`) {
		t.Error("the other device does not carry on, or with the same token")
	}
	// Ended on one device, it goes on at the other.
	v.send(http.MethodPost, "/work/end", url.Values{})
	if len(v.cookies) > 0 || strings.Contains(v.read(sumAddress), `value="123"`) {
		t.Error("ended, it is still shown")
	}
	if !strings.Contains(other.read(sumAddress), `value="123"`) {
		t.Error("it ended on the other device, too")
	}
	// A browser with other work forgets that one.
	third := s.pupil()
	third.done(sumAddress, "draft", 0, "answer", "9")
	before := third.cookies["descent-work"]
	if !strings.Contains(shownWords(third.read(second)), "This browser shows other work now") {
		t.Error("nothing is said of the work that is here")
	}
	third.send(http.MethodPost, second, url.Values{})
	if _, err := s.store.StudentOfSession(context.Background(), classroom.Hash(before)); !errors.Is(err, classroom.ErrNotFound) {
		t.Errorf("the session before: %v", err)
	}
	if strings.Contains(s.log.String(), strings.TrimPrefix(second, "/work/link/")) {
		t.Error("the token of the link is logged")
	}
}

func personalLink(t *testing.T, v *pupil) string {
	t.Helper()
	w := v.send(http.MethodPost, "/work/link", url.Values{})
	_, rest, ok := strings.Cut(w.Body.String(), `value="http://example.com/work/link/`)
	token, _, _ := strings.Cut(rest, `"`)
	if w.Code != http.StatusOK || !ok || len(token) != 22 || w.Header().Get("Cache-Control") != privately {
		t.Fatalf("no link: %d %.300s", w.Code, shownWords(w.Body.String()))
	}
	return "/work/link/" + token
}

func TestExportAndDelete(t *testing.T) {
	s := newSchool(t)
	s.room("r", "CODE")
	v := s.pupil()
	v.send(http.MethodPost, "/join", url.Values{"code": {"CODE"}, "name": {"Ada"}})
	v.done(sumAddress, "check", variantNumber(t, v), "answer", "1")
	v.done(singleAddress, "draft", 0, "answer", "12")
	link := personalLink(t, v)
	w := v.send(http.MethodGet, "/work.json", nil)
	var out exportedWork
	if err := json.Unmarshal(w.Body.Bytes(), &out); err != nil {
		t.Fatal(err)
	}
	if out.Name != "Ada" || out.Classroom != "Course r" || len(out.Exercises) != 2 || out.Exercises[0].Draft.Get("answer") != "12" || out.Exercises[1].Attempts[0].Answer.Get("answer") != "1" || !strings.Contains(w.Header().Get("Content-Disposition"), "attachment") {
		t.Errorf("exported: %s", w.Body)
	}
	if !strings.Contains(shownWords(v.read("/work/delete")), "your work at 2 exercises") {
		t.Error("it is not said what is deleted")
	}
	student := v.student()
	if w := v.send(http.MethodPost, "/work/delete", url.Values{}); w.Code != http.StatusSeeOther || len(v.cookies) > 0 {
		t.Errorf("deleting: %d", w.Code)
	}
	if _, err := s.store.Student(context.Background(), student.ID); !errors.Is(err, classroom.ErrNotFound) {
		t.Errorf("the student is still there: %v", err)
	}
	if w := s.pupil().send(http.MethodGet, link, nil); w.Code != http.StatusNotFound {
		t.Errorf("the link of a deleted student: %d", w.Code)
	}
	if got := shownWords(v.read("/work?done=deleted")); !strings.Contains(got, "Everything of yours is deleted.") {
		t.Errorf("afterwards: %s", got)
	}
	if w := v.send(http.MethodGet, "/work.json", nil); w.Code != http.StatusNotFound {
		t.Errorf("the export of nobody: %d", w.Code)
	}
}

func variantNumber(t *testing.T, v *pupil) int { return number(variantOf(t, v.read(sumAddress))) }

func TestClassroomNameAndLeaving(t *testing.T) {
	s := newSchool(t)
	s.room("r", "CODE")
	v := s.pupil()
	if w := v.send(http.MethodPost, "/join", url.Values{"code": {"CODE"}, "name": {"  Ada \u202e\x00 Lovelace "}}); w.Code != http.StatusSeeOther {
		t.Fatalf("joining: %d", w.Code)
	}
	if got := v.student(); got.Name != "Ada Lovelace" || got.Classroom != "r" {
		t.Errorf("joined as %+v", got)
	}
	for name, mistake := range map[string]string{"": "Type a name", " \u200b ": "Type a name", strings.Repeat("é", 61): "at most 60 characters; this one has 61"} {
		w := v.send(http.MethodPost, "/work/name", url.Values{"name": {name}})
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), mistake) || !strings.Contains(w.Body.String(), `aria-invalid="true"`) {
			t.Errorf("name %q: %d", name, w.Code)
		}
	}
	if w := v.send(http.MethodPost, "/work/name", url.Values{"name": {strings.Repeat("é", 60)}}); w.Code != http.StatusSeeOther || v.student().Name != strings.Repeat("é", 60) {
		t.Errorf("another name: %d", w.Code)
	}
	if w := v.send(http.MethodPost, "/work/leave", url.Values{}); w.Code != http.StatusSeeOther || v.student().Classroom != "" || v.student().Name != "" {
		t.Errorf("leaving: %d, %+v", w.Code, v.student())
	}
	if w := v.send(http.MethodPost, "/work/name", url.Values{"name": {"Ada"}}); w.Code != http.StatusNotFound {
		t.Errorf("a name outside of a classroom: %d", w.Code)
	}
}

func TestJoinCodes(t *testing.T) {
	s := newSchool(t)
	s.room("r", "AB12CD")
	for _, code := range []string{"AB12CD", "ab12cd", " ab 12-cd ", "AB–12 cd"} {
		v := s.pupil()
		if w := v.send(http.MethodPost, "/join", url.Values{"code": {code}, "name": {"Ada"}}); w.Code != http.StatusSeeOther || v.student().Classroom != "r" {
			t.Errorf("code %q: %d", code, w.Code)
		}
	}
	if !strings.Contains(s.pupil().read("/join/ab12cd"), `value="ab12cd"`) {
		t.Error("the code of the address is not in the form")
	}
	for _, form := range []url.Values{{"name": {"Ada"}}, {"code": {" - "}, "name": {"Ada"}}, {"code": {"AB12CD"}}, {"code": {strings.Repeat("A", 1000)}, "name": {"Ada"}}} {
		v := s.pupil()
		w := v.send(http.MethodPost, "/join", form)
		if w.Code != http.StatusUnprocessableEntity || v.cookies["descent-work"] != "" {
			t.Errorf("%v: %d", form, w.Code)
		}
	}
}

// Wrong codes are limited for a browser; others behind the same address join as ever.
func TestWrongJoinCodesAreLimited(t *testing.T) {
	s := newSchool(t)
	s.room("r", "AB12CD")
	guess := url.Values{"code": {"WRONG"}, "name": {"Eve"}}
	right := url.Values{"code": {"AB12CD"}, "name": {"Eve"}}
	student := s.pupil()
	student.done(sumAddress, "draft", 0, "answer", "1")
	for who, v := range map[string]*pupil{"nobody yet": s.pupil(), "a student": student} {
		for i := range wrongCodes {
			if w := v.send(http.MethodPost, "/join", guess); w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), "No classroom has this code") {
				t.Fatalf("%s, the %dth: %d", who, i+1, w.Code)
			}
		}
		w := v.send(http.MethodPost, "/join", right)
		if w.Code != http.StatusTooManyRequests || w.Header().Get("Retry-After") != "30" || !strings.Contains(w.Body.String(), "too many wrong codes") {
			t.Errorf("%s, after too many: %d, %s", who, w.Code, w.Header().Get("Retry-After"))
		}
		if w := s.pupil().send(http.MethodPost, "/join", right); w.Code != http.StatusSeeOther {
			t.Errorf("%s: a neighbour cannot join: %d", who, w.Code)
		}
	}
	// Who throws cookies away is stopped as well; who works here can still join.
	known := s.pupil()
	known.done(sumAddress, "draft", 0, "answer", "1")
	var last *httptest.ResponseRecorder
	for range allWrong {
		if last = s.pupil().send(http.MethodPost, "/join", guess); last.Code == http.StatusTooManyRequests {
			break
		}
	}
	if last.Code != http.StatusTooManyRequests || last.Header().Get("Retry-After") == "" {
		t.Errorf("%d guesses without a cookie: %d", allWrong, last.Code)
	}
	if w := known.send(http.MethodPost, "/join", right); w.Code != http.StatusSeeOther {
		t.Errorf("a student cannot join any more: %d", w.Code)
	}
}

// failing is a store of which a part fails.
type failing struct {
	classroom.Store
	reads, writes error
}

func (f failing) StudentOfSession(ctx context.Context, hash string) (classroom.Student, error) {
	if f.reads != nil {
		return classroom.Student{}, f.reads
	}
	return f.Store.StudentOfSession(ctx, hash)
}

func (f failing) Submit(context.Context, classroom.Attempt) (classroom.Attempt, bool, error) {
	return classroom.Attempt{}, false, f.writes
}

func (f failing) SaveDraft(context.Context, string, string, int, url.Values, time.Time) error {
	return f.writes
}

func (f failing) Move(context.Context, string, string, int, int, time.Time) error { return f.writes }

func (f failing) AddStudent(context.Context, classroom.Student, string) error { return f.writes }

func (f failing) DeleteStudent(context.Context, string) error { return f.writes }

func (f failing) SetLink(context.Context, string, string) error { return f.writes }

func (f failing) Join(context.Context, string, string, string) error { return f.writes }

func (f failing) EndSession(context.Context, string) error { return f.writes }

// Where nothing can be written, readers read on with their work, and who sends something hears that nothing was saved.
func TestStoreThatCannotWrite(t *testing.T) {
	for name, err := range map[string]error{"read only": classroom.ErrReadOnly, "closed": classroom.ErrClosed, "broken": errors.New("disk on fire in room 7")} {
		t.Run(name, func(t *testing.T) {
			s := newSchool(t)
			s.room("r", "CODE")
			v := s.pupil()
			v.done(sumAddress, "draft", 0, "answer", "12")
			good := s.store
			defer func() { s.store = good }()
			s.serve(failing{Store: good, writes: err}, io.Discard)
			if !strings.Contains(v.read("/lessons/practice"), `value="12"`) {
				t.Error("the work is not shown any more")
			}
			for _, who := range []*pupil{v, s.pupil()} {
				for _, action := range []string{"check", "draft", "hint", "give-up", "another"} {
					w := who.press(sumAddress, action, 0, "answer", "12.75")
					body := w.Body.String()
					if w.Code != http.StatusServiceUnavailable || !strings.Contains(body, "Nothing was saved") || !strings.Contains(body, `value="12.75"`) || strings.Contains(body, "on fire") || strings.Contains(body, "Not right yet") {
						t.Errorf("%s: %d %.300s", action, w.Code, shownWords(body))
					}
				}
			}
			for _, address := range []string{"/work/delete", "/work/link"} {
				if w := v.send(http.MethodPost, address, url.Values{}); w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "Nothing was saved") {
					t.Errorf("%s: %d", address, w.Code)
				}
			}
			if w := v.send(http.MethodPost, "/join", url.Values{"code": {"CODE"}, "name": {"Zoë"}}); w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), `value="Zoë"`) {
				t.Errorf("/join: %d", w.Code)
			}
			if v.cookies["descent-work"] == "" {
				t.Error("the cookie is gone although nothing was deleted")
			}
			if w := v.send(http.MethodPost, "/work/end", url.Values{}); w.Code != http.StatusSeeOther || v.cookies["descent-work"] != "" {
				t.Errorf("/work/end: %d, and the browser still shows the work: %q", w.Code, v.cookies)
			}
		})
	}
}

// Where not even the reader can be looked up, the lessons are there, and nobody becomes somebody else.
func TestStoreThatCannotRead(t *testing.T) {
	s := newSchool(t)
	v := s.pupil()
	v.done(sumAddress, "draft", 0, "answer", "12")
	good, cookie := s.store, v.cookies["descent-work"]
	defer func() { s.store = good }()
	s.serve(failing{Store: good, reads: errors.New("no answer")}, io.Discard)
	for _, address := range []string{"/lessons/practice", sumAddress} {
		if body := v.read(address); !strings.Contains(body, "A sum") || !strings.Contains(body, "cannot be reached") {
			t.Errorf("%s does not say what is the matter", address)
		}
	}
	v.read("/")
	if w := v.send(http.MethodGet, "/work", nil); w.Code != http.StatusServiceUnavailable {
		t.Errorf("/work: %d", w.Code)
	}
	if w := v.press(sumAddress, "check", 0, "answer", "12.75"); w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), `value="12.75"`) {
		t.Errorf("check: %d", w.Code)
	}
	if v.cookies["descent-work"] != cookie {
		t.Error("the reader became somebody else")
	}
	if body := s.pupil().read("/lessons/practice"); strings.Contains(body, "cannot be reached") {
		t.Error("who has no work hears of it")
	}
}

// Without a store the site teaches and keeps nothing.
func TestWithoutStore(t *testing.T) {
	s := newSchool(t)
	good := s.store
	defer func() { s.store = good }()
	s.serve(nil, io.Discard)
	v := s.pupil()
	for _, address := range []string{"/", "/lessons/practice", sumAddress, "/work", "/join"} {
		v.read(address)
	}
	if w := v.press(sumAddress, "check", 0, "answer", "12.75"); w.Code != http.StatusServiceUnavailable || !strings.Contains(w.Body.String(), "Nothing was saved") {
		t.Errorf("check: %d", w.Code)
	}
	for _, address := range []string{"/work/end", "/work/delete", "/join", "/work/link", "/work/link/x"} {
		if w := v.send(http.MethodPost, address, url.Values{"code": {"A"}, "name": {"B"}}); w.Code >= 500 {
			t.Errorf("%s: %d", address, w.Code)
		}
	}
}
