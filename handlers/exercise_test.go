package handlers

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"descent/classroom"
	"descent/classroom/sqlite"
	"descent/lessons"
	"descent/lessons/cell"
)

// practice is a lesson with exercises whose answers a test can work out.
const practice = `---
title: Practice
question: Can you?
summary: Exercises.
---
## Sums {#sums}

` + "```exercise" + `
kind: number
id: sum
title: A sum
question: How much is $@{a} + @{b}$?
vary: {a: [2, 3, 4], b: [10, 20]}
let: {c: a + b}
answer: c
hints:
  - {text: "Count from @{b} on.", cost: 0.1}
  - {text: "It is more than @{b}.", cost: 0.2}
solution: |
  Count from $@{b}$ to $@{c}$.
mistakes:
  - {id: product, answer: "a*b", feedback: "You multiplied."}
` + "```" + `

` + "```exercise" + `
kind: number
id: single
title: Only one
question: How much is $1 + 1$?
answer: "2"
hints:
  - {text: Use your fingers., cost: 0}
solution: It is two.
` + "```" + `
`

const sumAddress = "/lessons/practice/exercises/sum"

// A school is a site with a database of its own.
type school struct {
	t     testing.TB
	store *sqlite.Store
	file  string
	site  http.Handler
	log   *strings.Builder
}

func newSchool(t testing.TB) *school {
	t.Helper()
	s := &school{t: t, file: filepath.Join(t.TempDir(), "descent.db"), log: &strings.Builder{}}
	s.open()
	t.Cleanup(func() { _ = s.store.Close() })
	return s
}

// open begins anew on the same database, as after a restart of the server.
func (s *school) open() {
	s.t.Helper()
	if s.store != nil {
		if err := s.store.Close(); err != nil {
			s.t.Fatal(err)
		}
	}
	var err error
	if s.store, err = sqlite.Open(context.Background(), s.file); err != nil {
		s.t.Fatal(err)
	}
	s.site = practiceSite(s.t, s.store, s.log)
}

// practiceSite is a site with the lesson of exercises.
func practiceSite(t testing.TB, store classroom.Store, log io.Writer) http.Handler {
	t.Helper()
	list, err := lessons.Load(fstest.MapFS{"01-practice.md": {Data: []byte(practice)}}, cell.Check)
	if err != nil {
		t.Fatal(err)
	}
	h, err := New(Config{Lessons: list, Log: slog.New(slog.NewTextHandler(log, nil)), Store: store})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// A browserless is a browser without a screen: it keeps cookies.
type browserless struct {
	*school
	cookies map[string]string
	header  http.Header
}

func (s *school) reader() *browserless {
	return &browserless{school: s, cookies: map[string]string{}, header: http.Header{}}
}

func (b *browserless) send(method, address string, form url.Values) *httptest.ResponseRecorder {
	b.t.Helper()
	r := httptest.NewRequest(method, address, strings.NewReader(form.Encode()))
	for name, values := range b.header {
		r.Header[name] = values
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	b.site.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		if b.cookies[c.Name] = c.Value; c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		}
	}
	return w
}

func (b *browserless) get(address string) string {
	b.t.Helper()
	w := b.send(http.MethodGet, address, nil)
	if w.Code != http.StatusOK {
		b.t.Fatalf("GET %s answers %d: %.300s", address, w.Code, w.Body)
	}
	return w.Body.String()
}

// press sends the form of an exercise; fields are pairs of names and values.
func (b *browserless) press(address, action string, variant string, fields ...string) *httptest.ResponseRecorder {
	b.t.Helper()
	form := url.Values{"action": {action}, "variant": {variant}}
	for i := 0; i < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	return b.send(http.MethodPost, address, form)
}

func TestExercisePage(t *testing.T) {
	s := newSchool(t)
	body := s.reader().get(sumAddress)
	for _, want := range []string{"A sum", "Exercise 1.1", `value="check"`, `name="answer"`, "Hint 1 of 2 (−10 %)", "Show the solution", "Another one", "A wrong try costs 10 %.", `name="variant" value="0"`} {
		if !strings.Contains(body, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	t.Log(body[strings.Index(body, `<section`):strings.Index(body, "</section>")])
}
