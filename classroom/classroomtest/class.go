// Package classroomtest invents classes for tests and for looking at pages: students
// with odd names, who try, err, take hints, give up and come back, in a way that looks
// like a course and is the same every time.
package classroomtest

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"sync"
	"time"

	"descent/classroom"
)

// An Exercise is what a class works at.
type Exercise struct {
	Name     string // "lesson-slug/exercise-id"
	Rule     string
	Variants int
	PerTry   float64
	Right    func(variant int) url.Values
	Wrong    []Wrong // at least one
}

// A Wrong is a wrong answer, or one that is undecided.
type Wrong struct {
	Diagnosis string
	Undecided bool
	Answer    func(variant int) url.Values
}

// A Class is what was invented.
type Class struct {
	Classroom classroom.Classroom
	Students  []classroom.Student
	Works     []classroom.Work // ordered by student, then exercise; without drafts
}

// Monday is when invented courses begin.
var Monday = time.Date(2026, 10, 5, 8, 0, 0, 0, time.UTC)

// Exercises invents exercises that ask for numbers, spread over seven lessons.
func Exercises(n int) []Exercise {
	list := make([]Exercise, n)
	for i := range list {
		answer := func(shift float64) func(int) url.Values {
			return func(variant int) url.Values {
				return url.Values{"value": {fmt.Sprint(float64(i) + 0.25*float64(variant) + shift)}}
			}
		}
		list[i] = Exercise{
			Name: fmt.Sprintf("lesson-%d/exercise-%02d", i*7/n+1, i), Rule: fmt.Sprintf("rule%012d", i), Variants: 12, PerTry: 0.1,
			Right: answer(0),
			Wrong: []Wrong{{"wrong-sign", false, answer(-1)}, {"forgot-eta", false, answer(1)}, {"", false, answer(0.5)}, {"", true, answer(100)}},
		}
	}
	return list
}

// Invent makes a class, whose least diligent student begins this share of the exercises. The same seed makes the same class.
func Invent(seed uint64, students int, exercises []Exercise, diligence float64) *Class {
	r := rand.New(rand.NewPCG(seed, 5))
	c := &Class{Classroom: classroom.Classroom{ID: id(r), Name: "Optimization, winter term", Code: "HXKM4W7P", Created: Monday}}
	for i := range students {
		c.Students = append(c.Students, classroom.Student{
			ID: id(r), Classroom: c.Classroom.ID, Name: name(i), Created: Monday.Add(time.Duration(i) * time.Second),
		})
	}
	for i := range c.Students {
		zeal, skill := r.Float64(), 0.35+0.6*r.Float64()
		at := Monday.Add(time.Duration(r.IntN(90)) * time.Minute)
		for e := range exercises {
			if r.Float64() > diligence+(1-diligence)*zeal {
				continue
			}
			at = at.Add(time.Duration(20+r.IntN(3600)) * time.Second)
			c.Works = append(c.Works, work(r, c.Students[i].ID, &exercises[e], skill*(1-0.4*float64(e%5)/5), &at))
		}
	}
	return c
}

// work is a student at an exercise; at moves on.
func work(r *rand.Rand, student string, e *Exercise, skill float64, at *time.Time) classroom.Work {
	w := classroom.Work{Student: student, Exercise: e.Name, Begun: *at, Variant: r.IntN(e.Variants)}
	wrong := 0
	for range 1 + r.IntN(6) {
		*at = at.Add(time.Duration(5000+r.IntN(200_000)) * time.Millisecond)
		if r.Float64() < 0.15 && w.Hints < 2 {
			w.Hints++
		}
		a := classroom.Attempt{
			Key: id(r), Student: student, Exercise: e.Name, Variant: w.Variant, Rule: e.Rule, Hints: w.Hints, At: *at,
		}
		if r.Float64() < skill {
			a.Outcome, a.Answer = classroom.Right, e.Right(w.Variant)
			a.Score = max(0, 1-e.PerTry*float64(wrong)-0.1*float64(w.Hints))
			w.Attempts = append(w.Attempts, a)
			break
		}
		mistake := e.Wrong[min(len(e.Wrong)-1, int(r.ExpFloat64()*float64(len(e.Wrong))/3))]
		if mistake.Undecided && r.Float64() < 0.8 {
			mistake = e.Wrong[0] // the program can decide most
		}
		a.Outcome, a.Diagnosis, a.Answer = classroom.Wrong, mistake.Diagnosis, mistake.Answer(w.Variant)
		if mistake.Undecided {
			a.Outcome = classroom.Undecided
		} else {
			wrong++
		}
		w.Attempts = append(w.Attempts, a)
	}
	return w
}

// Summary is the class as a store sums it up.
func (c *Class) Summary() ([]classroom.Progress, []classroom.Judged) {
	var progress []classroom.Progress
	for i := range c.Works {
		w := &c.Works[i]
		p := classroom.Progress{Student: w.Student, Exercise: w.Exercise, Variant: w.Variant, Hints: w.Hints, GaveUp: w.GaveUp, Begun: w.Begun}
		p.Recount(w.Attempts)
		progress = append(progress, p)
	}
	return progress, classroom.Judge(c.Works)
}

// Fill puts a class into a store, through the same methods as its students would.
func Fill(ctx context.Context, store classroom.Store, c *Class) error {
	if err := store.AddClassroom(ctx, c.Classroom); err != nil {
		return fmt.Errorf("classroom: %w", err)
	}
	for _, s := range c.Students {
		if err := store.AddStudent(ctx, s, classroom.Hash(s.ID)); err != nil {
			return fmt.Errorf("student %s: %w", s.Name, err)
		}
	}
	return fillWorks(ctx, store, c.Works)
}

// fillWorks has a few dozen students work at a time, since a store can keep what comes together together.
func fillWorks(ctx context.Context, store classroom.Store, works []classroom.Work) error {
	var all sync.WaitGroup
	places := make(chan struct{}, 64)
	errs := make([]error, len(works))
	for i := 0; i < len(works); {
		end := i + 1
		for end < len(works) && works[end].Student == works[i].Student {
			end++
		}
		places <- struct{}{}
		first := i
		all.Go(func() {
			defer func() { <-places }()
			for j := first; j < end && errs[first] == nil; j++ {
				if err := fillWork(ctx, store, &works[j]); err != nil {
					errs[first] = fmt.Errorf("work at %s: %w", works[j].Exercise, err)
				}
			}
		})
		i = end
	}
	all.Wait()
	return errors.Join(errs...)
}

// fillWork begins with a draft, and has hints and attempts follow.
func fillWork(ctx context.Context, store classroom.Store, w *classroom.Work) error {
	if err := store.SaveDraft(ctx, w.Student, w.Exercise, w.Variant, url.Values{"value": {"?"}}, w.Begun); err != nil {
		return err
	}
	hints := 0
	for i := range w.Attempts {
		a := &w.Attempts[i]
		if a.Hints > hints {
			hints = a.Hints
			if err := store.TakeHint(ctx, w.Student, w.Exercise, w.Variant, hints, false, a.At); err != nil {
				return err
			}
		}
		kept, _, err := store.Submit(ctx, *a)
		if err != nil {
			return err
		}
		a.ID = kept.ID
	}
	return nil
}

func id(r *rand.Rand) string {
	const signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	b := make([]byte, 22)
	for i := range b {
		b[i] = signs[r.IntN(len(signs))]
	}
	return string(b)
}

// name is a student's; from the second round on with a number.
func name(i int) string {
	round := i / len(names)
	if round == 0 {
		return names[i]
	}
	suffix := fmt.Sprint(" ", round+1)
	signs := []rune(names[i%len(names)])
	return string(signs[:min(len(signs), classroom.MaxName-len(suffix))]) + suffix
}
