package handlers

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"descent/classroom"
	"descent/classroom/classroomtest"
	"descent/classroom/sqlite"
	"descent/lessons"
	"descent/lessons/cell"
)

// curriculum invents lessons with exercises, numbered through. The words of the first question can be chosen: they are part of the
// exercise's rule. tweak is added to its answer.
func curriculum(exercises int, firstQuestion, tweak string) fstest.MapFS {
	files := fstest.MapFS{}
	titles := []string{"Slopes", "Descents", "Valleys"}
	for l, title := range titles {
		var b strings.Builder
		fmt.Fprintf(&b, "---\ntitle: %s\nquestion: Can you?\nsummary: Exercises.\n---\n## Practice {#practice}\n\n", title)
		for i := l * exercises / len(titles); i < (l+1)*exercises/len(titles); i++ {
			question, add := "How much is $@{a} + @{b}$ steps of", ""
			if i == 0 {
				question, add = firstQuestion, tweak
			}
			fmt.Fprintf(&b, "```exercise\nkind: number\nid: step-%02d\ntitle: Step %d of the way\nquestion: %s %d?\nvary: {a: [2, 3, 4], b: [10, 20]}\nlet: {c: \"a + b*%d%s\"}\nanswer: c\npoints: %d\n"+
				"hints:\n  - {text: Multiply first., cost: 0.1}\n  - {text: \"Then add @{a}.\", cost: 0.2}\nsolution: |\n  It is $@{c}$.\nmistakes:\n"+
				"  - {id: forgot-the-first, answer: \"b*%d\", feedback: \"You left out @{a}.\"}\n  - {id: wrong-sign, answer: \"a - b*%d - 1\", feedback: \"The sign is the other one.\"}\n```\n\n",
				i, i+1, question, i+1, i+1, add, 1+i%2, i+1, i+1)
		}
		files[fmt.Sprintf("%02d-%s.md", l+1, strings.ToLower(title))] = &fstest.MapFile{Data: []byte(b.String())}
	}
	return files
}

// forClass is what a class does at the exercises of lessons: model answers, stated mistakes, others, and what is left to the lecturer.
func forClass(list []*lessons.Lesson) []classroomtest.Exercise {
	var all []classroomtest.Exercise
	for _, l := range list {
		for _, e := range l.Exercises() {
			x := classroomtest.Exercise{
				Name: l.Slug + "/" + e.ID, Rule: e.Rule, Variants: e.Variants, PerTry: e.PerTry,
				Right: func(n int) url.Values { return e.Task.Model(e.Variant(n)) },
			}
			for i, m := range e.Task.Mistakes(e.Variant(0)) {
				x.Wrong = append(x.Wrong, classroomtest.Wrong{Diagnosis: m.ID, Answer: func(n int) url.Values { return e.Task.Mistakes(e.Variant(n))[i].Answer }})
			}
			other := func(text string) func(int) url.Values {
				return func(int) url.Values { return url.Values{"answer": {text}} }
			}
			x.Wrong = append(x.Wrong, classroomtest.Wrong{Answer: other("12345")}, classroomtest.Wrong{Undecided: true, Answer: other("999")})
			all = append(all, x)
		}
	}
	return all
}

// A hall is a school with a class that has worked, and its owner's browser.
type hall struct {
	*school
	class *classroomtest.Class
	owner *pupil
	token string
}

func newHall(t testing.TB, students, exercises int, diligence float64) *hall {
	t.Helper()
	return hallOf(t, exercises, func(all []classroomtest.Exercise) *classroomtest.Class {
		return classroomtest.Invent(7, students, all, diligence)
	})
}

// newDecidedHall is one where the program could decide all answers, so that its verdicts follow from the answers.
func newDecidedHall(t testing.TB, students, exercises int) *hall {
	t.Helper()
	return hallOf(t, exercises, func(all []classroomtest.Exercise) *classroomtest.Class {
		for i := range all {
			all[i].Wrong = slices.DeleteFunc(all[i].Wrong, func(w classroomtest.Wrong) bool { return w.Undecided })
		}
		return classroomtest.Invent(7, students, all, 1)
	})
}

func hallOf(t testing.TB, exercises int, invent func([]classroomtest.Exercise) *classroomtest.Class) *hall {
	t.Helper()
	h := emptyHall(t)
	h.teach(curriculum(exercises, "How much is", ""))
	h.open(invent(forClass(h.list)))
	return h
}

// emptyHall is one without lessons and people.
func emptyHall(t testing.TB) *hall {
	t.Helper()
	s := &school{tb: t, file: filepath.Join(t.TempDir(), "descent.db"), log: &strings.Builder{}}
	store, err := sqlite.Open(context.Background(), s.file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	s.store = store
	return &hall{school: s, token: classroom.NewToken()}
}

// open lets a class and the owner in.
func (h *hall) open(class *classroomtest.Class) {
	h.tb.Helper()
	h.class = class
	if err := classroomtest.Fill(context.Background(), h.store, class); err != nil {
		h.tb.Fatal(err)
	}
	if err := h.store.SetOwnerHash(context.Background(), classroom.OwnerHash(h.token)); err != nil {
		h.tb.Fatal(err)
	}
	h.serve(h.store, h.log)
	h.owner = h.admitted()
}

// teach serves lessons over the hall's database.
func (h *hall) teach(files fstest.MapFS) {
	h.tb.Helper()
	var err error
	if h.list, err = lessons.Load(files, cell.Check); err != nil {
		h.tb.Fatal(err)
	}
	h.serve(h.store, h.log)
}

// admitted is a browser that has opened the owner's link.
func (h *hall) admitted() *pupil {
	h.tb.Helper()
	b := h.pupil()
	if w := b.send(http.MethodGet, "/owner/"+h.token, nil); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/classrooms" {
		h.tb.Fatalf("the owner's link answers %d to %q", w.Code, w.Header().Get("Location"))
	}
	return b
}

// at is an address below the classroom's.
func (h *hall) at(path string) string { return "/classrooms/" + h.class.Classroom.ID + path }

// post sends a form of the owner's.
func (h *hall) post(path string, fields ...string) *httptest.ResponseRecorder {
	h.tb.Helper()
	form := url.Values{}
	for i := 0; i < len(fields); i += 2 {
		form.Add(fields[i], fields[i+1])
	}
	return h.owner.send(http.MethodPost, h.at(path), form)
}
