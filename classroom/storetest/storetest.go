// Package storetest is the contract of [classroom.Store] as tests, the same for every store.
package storetest

import (
	"context"
	"errors"
	"net/url"
	"reflect"
	"testing"
	"time"

	"descent/classroom"
)

// Run tests the stores that open makes: each empty and open. It is up to the test that calls to close them, as
// some of the tests have done already.
func Run(t *testing.T, open func(t *testing.T) classroom.Store) {
	for _, tt := range []struct {
		name string
		test func(r *room)
	}{
		{"people", people}, {"joining", joining}, {"links", links}, {"names", hostileNames}, {"deleting", deleting},
		{"drafts", drafts}, {"hints", hints}, {"moving", moving}, {"submitting", submitting}, {"submitting at once", submittingAtOnce},
		{"bytes of answers", bytesOfAnswers}, {"works", works}, {"progress", progress}, {"classrooms", classrooms}, {"class", class},
		{"ranging", ranging}, {"settling", settling}, {"regrading", regrading}, {"owner", owner}, {"limits", limits},
		{"unknown", unknown}, {"contexts", contexts}, {"closing", closing}, {"closing under load", closingUnderLoad},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.test(&room{T: t, Store: open(t), ctx: t.Context()})
		})
	}
}

// A room is a store under test.
type room struct {
	*testing.T
	classroom.Store
	ctx context.Context
}

// noon is a time as stores keep it.
var noon = time.Date(2026, 11, 24, 12, 0, 0, 123e6, time.UTC)

func after(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }

func (r *room) ok(err error) {
	r.Helper()
	if err != nil {
		r.Fatal(err)
	}
}

func (r *room) is(err, want error) {
	r.Helper()
	if !errors.Is(err, want) {
		r.Errorf("the error is %v, want %v", err, want)
	}
}

func same[T any](r *room, what string, got, want T) {
	r.Helper()
	if !reflect.DeepEqual(got, want) {
		r.Errorf("%s:\n got %+v\nwant %+v", what, got, want)
	}
}

// must is a value that came without an error.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// student adds a student with the id, in a classroom or in none, whose session is "session-id".
func (r *room) student(id, classroomID, name string) classroom.Student {
	r.Helper()
	s := classroom.Student{ID: id, Classroom: classroomID, Name: name, Created: noon}
	r.ok(r.AddStudent(r.ctx, s, "session-"+id))
	return s
}

func (r *room) classroom(id string, minutes int) classroom.Classroom {
	r.Helper()
	c := classroom.Classroom{ID: id, Name: "Course " + id, Code: "CODE-" + id, Created: after(minutes)}
	r.ok(r.AddClassroom(r.ctx, c))
	return c
}

// The names of exercises that the tests use.
const one, two = "derivative/slope", "sgd/batch"

// answer is an attempt that was judged so, minutes after noon.
func answer(student, exercise, key string, outcome classroom.Outcome, minutes int) classroom.Attempt {
	a := classroom.Attempt{Key: key, Student: student, Exercise: exercise, Variant: 3, Answer: url.Values{"x": {"1.5"}}, Outcome: outcome,
		Rule: "rule-1", Hints: 1, At: after(minutes)}
	if outcome == classroom.Right {
		a.Score = 0.8
	}
	return a
}

func (r *room) submit(a classroom.Attempt) classroom.Attempt {
	r.Helper()
	kept, fresh, err := r.Submit(r.ctx, a)
	r.ok(err)
	if !fresh {
		r.Errorf("%s was there already", a.Key)
	}
	return kept
}

func (r *room) work(student, exercise string) classroom.Work {
	r.Helper()
	w, err := r.Work(r.ctx, student, exercise)
	r.ok(err)
	if w == nil {
		r.Fatalf("%s has no work at %s", student, exercise)
	}
	return *w
}
