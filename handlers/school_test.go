package handlers

import (
	"context"
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strconv"
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

const singleAddress = "/lessons/practice/exercises/single"

// A school is a site with a database of its own.
type school struct {
	tb    testing.TB
	store classroom.Store
	file  string
	site  http.Handler
	list  []*lessons.Lesson
	log   *strings.Builder
}

func newSchool(t testing.TB) *school {
	t.Helper()
	list, err := lessons.Load(fstest.MapFS{"01-practice.md": {Data: []byte(practice)}}, cell.Check)
	if err != nil {
		t.Fatal(err)
	}
	return schoolOf(t, list)
}

// schoolOf is a school with other lessons.
func schoolOf(t testing.TB, list []*lessons.Lesson) *school {
	t.Helper()
	s := &school{tb: t, list: list, file: filepath.Join(t.TempDir(), "descent.db"), log: &strings.Builder{}}
	s.restart()
	t.Cleanup(func() { _ = s.store.Close() })
	return s
}

// restart begins anew on the same database, as after a restart of the server.
func (s *school) restart() {
	s.tb.Helper()
	if s.store != nil {
		if err := s.store.Close(); err != nil {
			s.tb.Fatal(err)
		}
	}
	store, err := sqlite.Open(context.Background(), s.file)
	if err != nil {
		s.tb.Fatal(err)
	}
	s.serve(store, s.log)
}

// serve has the site use a store.
func (s *school) serve(store classroom.Store, log io.Writer) {
	s.tb.Helper()
	h, err := New(Config{Lessons: s.list, Log: slog.New(slog.NewTextHandler(log, nil)), Store: store})
	if err != nil {
		s.tb.Fatal(err)
	}
	s.store, s.site = store, h
}

// prepared is a server of the school's lessons with a store.
func (s *school) prepared(store classroom.Store) *server {
	s.tb.Helper()
	p, err := prepare(Config{Lessons: s.list, Log: slog.New(slog.NewTextHandler(s.log, nil)), Store: store}, usualTerms())
	if err != nil {
		s.tb.Fatal(err)
	}
	return p
}

// model is a right answer to a variant.
func (s *school) model(address string, variant int) url.Values {
	s.tb.Helper()
	for _, l := range s.list {
		for _, e := range l.Exercises() {
			if address == "/lessons/"+l.Slug+"/exercises/"+e.ID {
				v := e.Variant(variant)
				return v.Task.Model(v)
			}
		}
	}
	s.tb.Fatalf("no exercise %s", address)
	return nil
}

// room opens a classroom.
func (s *school) room(id, code string) {
	s.tb.Helper()
	if err := s.store.AddClassroom(context.Background(), classroom.Classroom{ID: id, Name: "Course " + id, Code: code, Created: now()}); err != nil {
		s.tb.Fatal(err)
	}
}

// A pupil is a browser without a screen: it keeps cookies.
type pupil struct {
	*school
	cookies map[string]string
	header  http.Header // of every request
}

func (s *school) pupil() *pupil {
	return &pupil{school: s, cookies: map[string]string{}, header: http.Header{}}
}

func (v *pupil) send(method, address string, form url.Values) *httptest.ResponseRecorder {
	v.tb.Helper()
	r := httptest.NewRequest(method, address, strings.NewReader(form.Encode()))
	r.RemoteAddr = "127.0.0.1:1" // a proxy on this machine, behind which all sit
	for name, values := range v.header {
		r.Header[name] = values
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for name, value := range v.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	v.site.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		if v.cookies[c.Name] = c.Value; c.MaxAge < 0 {
			delete(v.cookies, c.Name)
		}
	}
	return w
}

// read is a page that answers.
func (v *pupil) read(address string) string {
	v.tb.Helper()
	w := v.send(http.MethodGet, address, nil)
	if w.Code != http.StatusOK {
		v.tb.Fatalf("GET %s answers %d: %.300s", address, w.Code, w.Body)
	}
	return w.Body.String()
}

// press sends the form of an exercise with one of its buttons; fields are pairs of names and values.
func (v *pupil) press(address, action string, variant int, fields ...string) *httptest.ResponseRecorder {
	v.tb.Helper()
	form := url.Values{"action": {action}, "variant": {strconv.Itoa(variant)}}
	for i := 0; i < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	return v.send(http.MethodPost, address, form)
}

// done presses and fails the test unless the page that follows is named.
func (v *pupil) done(address, action string, variant int, fields ...string) {
	v.tb.Helper()
	if w := v.press(address, action, variant, fields...); w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), address) {
		v.tb.Fatalf("%s answers %d to %q: %.600s", action, w.Code, w.Header().Get("Location"), w.Body)
	}
}

// student is who the pupil is to the store; it must be somebody.
func (v *pupil) student() classroom.Student {
	v.tb.Helper()
	s, err := v.store.StudentOfSession(context.Background(), classroom.Hash(v.cookies["descent-work"]))
	if err != nil {
		v.tb.Fatal(err)
	}
	return s
}

// work is what the store has of the pupil at an exercise.
func (v *pupil) work(address string) *classroom.Work {
	v.tb.Helper()
	name := strings.Replace(strings.TrimPrefix(address, "/lessons/"), "/exercises/", "/", 1)
	w, err := v.store.Work(context.Background(), v.student().ID, name)
	if err != nil {
		v.tb.Fatal(err)
	}
	return w
}

// shownWords is what a page, or a piece of one, says.
func shownWords(body string) string {
	return html.UnescapeString(strings.Join(strings.Fields(tag.ReplaceAllString(body, " ")), " "))
}
