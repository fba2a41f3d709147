package storetest

import (
	"context"
	"errors"
	"fmt"
	"math"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"

	"descent/classroom"
)

// What breaks a limit is refused, and nothing of it is kept.
func limits(r *room) {
	r.student("ada", "", "")
	good := answer("ada", one, "k", classroom.Wrong, 1)
	for _, breaks := range []func(a *classroom.Attempt){
		func(a *classroom.Attempt) { a.Key = "" },
		func(a *classroom.Attempt) { a.Key = strings.Repeat("k", classroom.MaxToken+1) },
		func(a *classroom.Attempt) { a.Key = "a\x00b" },
		func(a *classroom.Attempt) { a.Exercise = "" },
		func(a *classroom.Attempt) { a.Exercise = "a\x00b" },
		func(a *classroom.Attempt) { a.Exercise = strings.Repeat("x", classroom.MaxLabel+1) },
		func(a *classroom.Attempt) { a.Variant = -1 },
		func(a *classroom.Attempt) { a.Variant = math.MaxInt },
		func(a *classroom.Attempt) { a.Answer = url.Values{"x": {strings.Repeat("x", classroom.MaxAnswer)}} },
		func(a *classroom.Attempt) { a.Answer = url.Values{strings.Repeat("x", classroom.MaxAnswer+1): {""}} },
		func(a *classroom.Attempt) { a.Outcome = "" },
		func(a *classroom.Attempt) { a.Outcome = "great" },
		func(a *classroom.Attempt) { a.Diagnosis = "\xff" },
		func(a *classroom.Attempt) { a.Rule = strings.Repeat("x", classroom.MaxLabel+1) },
		func(a *classroom.Attempt) { a.Score = math.NaN() },
		func(a *classroom.Attempt) { a.Score = 1.01 },
		func(a *classroom.Attempt) { a.Score = -0.01 },
		func(a *classroom.Attempt) { a.Hints = -1 },
	} {
		a := good
		breaks(&a)
		_, _, err := r.Submit(r.ctx, a)
		if !errors.Is(err, classroom.ErrInvalid) {
			r.Errorf("%.200v: %v", a, err)
		}
	}
	long := url.Values{"x": {strings.Repeat("x", classroom.MaxAnswer)}}
	r.is(r.SaveDraft(r.ctx, "ada", one, 0, long, noon), classroom.ErrInvalid)
	r.is(r.SaveDraft(r.ctx, "ada", one, -1, nil, noon), classroom.ErrInvalid)
	r.is(r.TakeHint(r.ctx, "ada", one, 0, -1, false, noon), classroom.ErrInvalid)
	r.is(r.Move(r.ctx, "ada", one, 0, -1, noon), classroom.ErrInvalid)
	for _, hash := range []string{"", "a b", "\x00", "\xff", strings.Repeat("h", classroom.MaxToken+1)} {
		r.is(r.AddStudent(r.ctx, classroom.Student{ID: "new"}, hash), classroom.ErrInvalid)
		r.is(r.AddStudent(r.ctx, classroom.Student{ID: hash}, "new"), classroom.ErrInvalid)
		r.is(r.AddSession(r.ctx, "ada", hash), classroom.ErrInvalid)
		r.is(r.SetLink(r.ctx, "ada", hash), classroom.ErrInvalid)
		r.is(r.AddClassroom(r.ctx, classroom.Classroom{ID: "c", Name: "C", Code: hash}), classroom.ErrInvalid)
	}
	same(r, "works after refusals", len(must(r.Works(r.ctx, "ada"))), 0)
	long = url.Values{"x": {strings.Repeat("x", classroom.MaxAnswer-1)}}
	r.ok(r.SaveDraft(r.ctx, "ada", one, 0, long, noon))
	same(r, "the longest draft", r.work("ada", one).Draft, long)

	const most = classroom.MaxNumber
	r.ok(r.TakeHint(r.ctx, "ada", two, most, most, true, noon))
	a := answer("ada", two, "k", classroom.Right, 1)
	a.Variant, a.Hints = most, most
	r.submit(a)
	p := must(r.Progress(r.ctx, "ada"))[1]
	same(r, "the largest numbers", p, classroom.Progress{Student: "ada", Exercise: two, Variant: most, Hints: most, GaveUp: true, Begun: noon, Last: after(1),
		Tries: 1, Solved: after(1), SolvedVariant: most, SolvedTries: 1, Score: 0.8})
}

// calls is every method with an id, made up or not, of a student, a classroom and an attempt.
func calls(r *room, ctx context.Context, student, classroomID string, attempt int64) map[string]func() error {
	drop := func(_ any, err error) error { return err }
	return map[string]func() error{
		"Student":          func() error { return drop(r.Student(ctx, student)) },
		"StudentOfSession": func() error { return drop(r.StudentOfSession(ctx, "session-"+student)) },
		"StudentOfLink":    func() error { return drop(r.StudentOfLink(ctx, "link-"+student)) },
		"AddSession":       func() error { return r.AddSession(ctx, student, "new") },
		"SetLink":          func() error { return r.SetLink(ctx, student, "link-"+student) },
		"Join":             func() error { return r.Join(ctx, student, "", "") },
		"Join a classroom": func() error { return r.Join(ctx, student, classroomID, "Name") },
		"Work":             func() error { return drop(r.Work(ctx, student, one)) },
		"Works":            func() error { return drop(r.Works(ctx, student)) },
		"Progress":         func() error { return drop(r.Progress(ctx, student)) },
		"SaveDraft":        func() error { return r.SaveDraft(ctx, student, one, 3, url.Values{"x": {"1"}}, noon) },
		"TakeHint":         func() error { return r.TakeHint(ctx, student, one, 3, 1, false, noon) },
		"Move":             func() error { return r.Move(ctx, student, one, 3, 4, noon) },
		"Submit": func() error {
			_, _, err := r.Submit(ctx, answer(student, one, "another", classroom.Right, 1))
			return err
		},
		"Classroom":       func() error { return drop(r.Classroom(ctx, classroomID)) },
		"ClassroomOfCode": func() error { return drop(r.ClassroomOfCode(ctx, "CODE-"+classroomID)) },
		"RenameClassroom": func() error { return r.RenameClassroom(ctx, classroomID, "New", "CODE-"+classroomID) },
		"Students":        func() error { return drop(r.Students(ctx, classroomID)) },
		"ClassProgress":   func() error { return drop(r.ClassProgress(ctx, classroomID, "")) },
		"Judged":          func() error { return drop(r.Judged(ctx, classroomID)) },
		"ClassWorks":      func() error { return drop(r.ClassWorks(ctx, classroomID, one, true)) },
		"Attempts":        func() error { return r.Attempts(ctx, classroomID, func(classroom.Attempt) bool { return true }) },
		"Attempt":         func() error { return drop(r.Attempt(ctx, classroomID, attempt)) },
		"Settle":          func() error { return r.Settle(ctx, classroomID, attempt, classroom.Right, 1) },
		"Regrade": func() error {
			return r.Regrade(ctx, classroomID, []classroom.Attempt{{ID: attempt, Outcome: classroom.Undecided}})
		},
		"DeleteStudent":   func() error { return r.DeleteStudent(ctx, student) },
		"DeleteClassroom": func() error { return r.DeleteClassroom(ctx, classroomID) },
	}
}

// others are the methods for which nothing is unknown.
func others(r *room, ctx context.Context) map[string]func() error {
	return map[string]func() error{
		"AddStudent":   func() error { return r.AddStudent(ctx, classroom.Student{ID: "new"}, "session-new") },
		"EndSession":   func() error { return r.EndSession(ctx, "none") },
		"AddClassroom": func() error { return r.AddClassroom(ctx, classroom.Classroom{ID: "new", Name: "New", Code: "NEW"}) },
		"Classrooms":   func() error { _, err := r.Classrooms(ctx); return err },
		"OwnerHash":    func() error { _, err := r.OwnerHash(ctx); return err },
		"SetOwnerHash": func() error { return r.SetOwnerHash(ctx, "hash") },
	}
}

func (r *room) allAre(calls map[string]func() error, want error) {
	r.Helper()
	for name, call := range calls {
		if err := call(); !errors.Is(err, want) {
			r.Errorf("%s: the error is %v, want %v", name, err, want)
		}
	}
}

func unknown(r *room) {
	r.allAre(calls(r, r.ctx, "nobody", "nowhere", 1), classroom.ErrNotFound)
	same(r, "classrooms", len(must(r.Classrooms(r.ctx))), 0)
}

// A context that has ended is refused before anything is done; one that ends in the middle does not undo what was begun.
func contexts(r *room) {
	r.classroom("c", 0)
	r.student("ada", "c", "Ada")
	a := r.submit(answer("ada", one, "k", classroom.Undecided, 1))
	ended, end := context.WithCancel(r.ctx)
	end()
	r.allAre(calls(r, ended, "ada", "c", a.ID), context.Canceled)
	r.allAre(others(r, ended), context.Canceled)
	same(r, "attempts", len(r.work("ada", one).Attempts), 1)

	kept, refused := map[string]bool{}, 0
	var mu sync.Mutex
	var wait sync.WaitGroup
	for g := range 16 {
		wait.Go(func() {
			for i := range 20 {
				ctx, cancel := context.WithCancel(r.ctx)
				go cancel()
				key := fmt.Sprint(g, "-", i)
				_, _, err := r.Submit(ctx, answer("ada", one, key, classroom.Wrong, i))
				mu.Lock()
				switch {
				case err == nil:
					kept[key] = true
				case errors.Is(err, context.Canceled):
					refused++
				default:
					r.Error(err)
				}
				mu.Unlock()
			}
		})
	}
	wait.Wait()
	found := map[string]bool{}
	for _, a := range r.work("ada", one).Attempts[1:] {
		found[a.Key] = true
	}
	same(r, "those that were acknowledged", found, kept)
	same(r, "all of them", len(kept)+refused, 320)
}

func closing(r *room) {
	r.classroom("c", 0)
	r.student("ada", "c", "Ada")
	a := r.submit(answer("ada", one, "k", classroom.Undecided, 1))
	r.ok(r.Close())
	r.ok(r.Close())
	r.allAre(calls(r, r.ctx, "ada", "c", a.ID), classroom.ErrClosed)
	r.allAre(others(r, r.ctx), classroom.ErrClosed)
}

// Who is in the middle of a call when the store is closed gets an answer: kept, or closed.
func closingUnderLoad(r *room) {
	r.student("ada", "", "")
	var wait sync.WaitGroup
	var kept atomic.Int64
	started := make(chan struct{}, 16)
	for g := range 16 {
		wait.Go(func() {
			for i := 0; ; i++ {
				_, _, err := r.Submit(r.ctx, answer("ada", one, fmt.Sprint(g, "-", i), classroom.Wrong, i))
				if i == 0 {
					started <- struct{}{}
				}
				if err != nil {
					r.is(err, classroom.ErrClosed)
					return
				}
				kept.Add(1)
				if _, err := r.Progress(r.ctx, "ada"); err != nil {
					r.is(err, classroom.ErrClosed)
					return
				}
			}
		})
	}
	for range 16 {
		<-started
	}
	r.ok(r.Close())
	wait.Wait()
	if kept.Load() < 16 {
		r.Errorf("only %d were kept", kept.Load())
	}
}
