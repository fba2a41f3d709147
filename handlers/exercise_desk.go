package handlers

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"maps"
	"net/url"
	"slices"

	"descent/classroom"
	"descent/lessons/exercise"
	"descent/views"
)

// A desk is a reader at an exercise.
type desk struct {
	*lessonExercise
	student *classroom.Student // nil: nobody whose work is kept
	work    *classroom.Work    // nil: not begun
}

// firstVariant is the variant that a student begins with, always the same one.
func firstVariant(student, exercise string, variants int) int {
	h := fnv.New64a()
	_, _ = h.Write([]byte(student + "\n" + exercise)) // never fails
	return int(h.Sum64() % uint64(variants))
}

// present is the variant that the reader sees. An exercise that was shortened may not have the one of the store any more.
func (d *desk) present() int {
	switch {
	case d.work != nil:
		return d.work.Variant % d.Variants
	case d.student != nil:
		return firstVariant(d.student.ID, d.name(), d.Variants)
	}
	return 0
}

// tries are the attempts at a variant, in order.
func (d *desk) tries(variant int) []classroom.Attempt {
	if d.work == nil {
		return nil
	}
	var tries []classroom.Attempt
	for _, a := range d.work.Attempts {
		if a.Variant == variant {
			tries = append(tries, a)
		}
	}
	return tries
}

// solved reports whether one of the attempts is right, and which was the first.
func solved(tries []classroom.Attempt) (*classroom.Attempt, bool) {
	i := slices.IndexFunc(tries, func(a classroom.Attempt) bool { return a.Final() == classroom.Right })
	if i < 0 {
		return nil, false
	}
	return &tries[i], true
}

// wrongTries counts those that cost something. An answer that the program could not decide costs nothing, whatever it is settled
// as: else a decision of today would change what later answers have earned.
func wrongTries(tries []classroom.Attempt) int {
	n := 0
	for i := range tries {
		if tries[i].Outcome == classroom.Wrong {
			n++
		}
	}
	return n
}

// hintsTaken is how many hints of the present variant were shown.
func (d *desk) hintsTaken(v *exercise.Variant) int {
	if d.work == nil {
		return 0
	}
	return min(d.work.Hints, len(v.Hints))
}

// ownerMark tells a student's drafts in a browser from those of others who use it, without saying who it is.
func ownerMark(s *classroom.Student) string { return classroom.Hash("drafts of " + s.ID)[:8] }

// view is the exercise as its reader left it. The last answer is judged again, so that its feedback fits the exercise as it is
// now; its outcome is the one that was kept.
func (d *desk) view(ctx context.Context) (*views.Exercise, error) {
	v := d.Variant(d.present())
	e := &views.Exercise{
		ID: "exercise-" + d.ID, Number: d.label(), Address: d.address(), Variant: v, Heading: d.heading, Key: classroom.NewToken(),
	}
	if d.student != nil {
		e.Owner = ownerMark(d.student)
	}
	if d.work == nil {
		return e, nil
	}
	for i := range d.work.Attempts {
		if a := &d.work.Attempts[i]; a.Final() == classroom.Right {
			e.SolvedOnce, e.Score = true, max(e.Score, a.Score)
		}
	}
	tries := d.tries(v.Number)
	e.HintsTaken, e.WrongTries = d.hintsTaken(v), wrongTries(tries)
	if len(tries) > 0 {
		shown := &tries[len(tries)-1]
		if first, ok := solved(tries); ok {
			e.Solved, shown = true, first
		}
		verdict, err := d.judgedAgain(ctx, v, shown)
		if err != nil {
			return nil, err
		}
		e.Verdict, e.Answer = verdict, shown.Answer
	}
	e.GaveUp = d.work.GaveUp && !e.Solved
	if draft := d.work.Draft; draft != nil && !e.Solved {
		e.Stale = !sameAnswer(draft, e.Answer)
		e.Answer, e.Draft = draft, true
	}
	return e, nil
}

// judgedAgain is what is said of an attempt that was kept. Where finding the words takes too long there are none.
func (d *desk) judgedAgain(ctx context.Context, v *exercise.Variant, a *classroom.Attempt) (*exercise.Verdict, error) {
	ctx, cancel := context.WithTimeout(ctx, againLimit)
	defer cancel()
	verdict, err := d.judge(ctx, v, a.Answer)
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		verdict = exercise.Verdict{}
	case err != nil:
		return nil, fmt.Errorf("judging an answer to %s again: %w", d.name(), err)
	}
	if len(verdict.Errors) > 0 || verdict.Outcome != exercise.Outcome(a.Outcome) { // the exercise was changed since
		verdict = exercise.Verdict{Diagnosis: a.Diagnosis}
	}
	verdict.Outcome = exercise.Outcome(a.Final())
	if a.Settled != "" {
		verdict.Feedback = append(verdict.Feedback, "<p>Your lecturer has looked at this answer and settled it.</p>")
	}
	return &verdict, nil
}

// sameAnswer reports whether two forms say the same; blank fields say nothing.
func sameAnswer(a, b url.Values) bool {
	filled := func(v url.Values) url.Values {
		v = maps.Clone(v)
		maps.DeleteFunc(v, func(_ string, values []string) bool {
			return !slices.ContainsFunc(values, func(s string) bool { return s != "" })
		})
		return v
	}
	return maps.EqualFunc(filled(a), filled(b), slices.Equal)
}
