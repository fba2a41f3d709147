package storetest

import (
	"cmp"
	"fmt"
	"slices"
	"sync"

	"descent/classroom"
)

func classrooms(r *room) {
	same(r, "classrooms before any", len(must(r.Classrooms(r.ctx))), 0)
	a, b, c := r.classroom("a", 1), r.classroom("b", 2), r.classroom("c", 1)
	same(r, "all, the newest first", must(r.Classrooms(r.ctx)), []classroom.Classroom{b, a, c})
	same(r, "by id", must(r.Classroom(r.ctx, "a")), a)
	same(r, "by code", must(r.ClassroomOfCode(r.ctx, "CODE-b")), b)
	r.is(r.AddClassroom(r.ctx, classroom.Classroom{ID: "d", Name: "D", Code: "CODE-a"}), classroom.ErrTaken)
	r.is(r.AddClassroom(r.ctx, classroom.Classroom{ID: "a", Name: "D", Code: "CODE-d"}), classroom.ErrTaken)
	r.is(r.RenameClassroom(r.ctx, "a", "A", "CODE-b"), classroom.ErrTaken)
	same(r, "after a code that was taken", must(r.Classroom(r.ctx, "a")), a)

	r.ok(r.RenameClassroom(r.ctx, "a", "New", "CODE-a")) // its own code
	r.ok(r.RenameClassroom(r.ctx, "a", "New", "CODE-new"))
	_, err := r.ClassroomOfCode(r.ctx, "CODE-a")
	r.is(err, classroom.ErrNotFound)
	a.Name, a.Code = "New", "CODE-new"
	same(r, "by the new code", must(r.ClassroomOfCode(r.ctx, "CODE-new")), a)
	r.ok(r.DeleteClassroom(r.ctx, "b"))
	same(r, "after deleting", must(r.Classrooms(r.ctx)), []classroom.Classroom{a, c})
}

// A class of five, with others beside it.
func class(r *room) {
	r.classroom("c", 0)
	r.classroom("other", 0)
	for i, name := range []string{"Zoe", "adam", "Adam", "Eve", "Adam"} {
		r.student(fmt.Sprint("s", 5-i), "c", name)
	}
	r.student("else", "other", "Adam")
	r.student("nobody", "", "")
	var order []string
	for _, s := range must(r.Students(r.ctx, "c")) {
		order = append(order, s.Name+" "+s.ID)
	}
	same(r, "students by name, then id", order, []string{"Adam s1", "Adam s3", "Eve s2", "Zoe s5", "adam s4"})

	for i, student := range []string{"s4", "s1", "else", "nobody", "s4", "s1"} {
		r.submit(answer(student, []string{two, one}[i/3], fmt.Sprint("k", i), classroom.Wrong, i))
	}
	r.ok(r.SaveDraft(r.ctx, "s1", two, 3, map[string][]string{"x": {"d"}}, noon))
	order = nil
	for _, w := range must(r.ClassWorks(r.ctx, "c", "", true)) {
		order = append(order, fmt.Sprint(w.Student, " ", w.Exercise, " ", len(w.Attempts), len(w.Attempts[0].Answer), len(w.Draft)))
	}
	same(r, "works by student, then exercise", order, []string{"s1 " + one + " 1 1 0", "s1 " + two + " 1 1 1", "s4 " + one + " 1 1 0", "s4 " + two + " 1 1 0"})
	for _, w := range must(r.ClassWorks(r.ctx, "c", "", false)) {
		if w.Draft != nil || w.Attempts[0].Answer != nil {
			r.Errorf("answers were not left out: %+v", w)
		}
	}
	of := must(r.ClassWorks(r.ctx, "c", one, true))
	if len(of) != 2 || of[0].Student != "s1" || of[1].Student != "s4" || of[0].Exercise != one {
		r.Errorf("works at one exercise: %+v", of)
	}
	same(r, "works at an exercise that nobody began", len(must(r.ClassWorks(r.ctx, "c", "no/body", true))), 0)
	checkProgress(r, "c")
	same(r, "progress at one exercise", len(must(r.ClassProgress(r.ctx, "c", two))), 2)
	checkProgress(r, "other")
}

func ranging(r *room) {
	const many = 1203 // more than a store may want to read at once
	r.classroom("c", 0)
	r.student("ada", "c", "Ada")
	r.student("bob", "c", "Bob")
	r.student("else", "", "")
	var want []classroom.Attempt
	var mu sync.Mutex
	var wait sync.WaitGroup
	for i := range many {
		wait.Go(func() {
			a := answer([]string{"ada", "bob", "else"}[i%3], []string{one, two}[i%2], fmt.Sprint("k", i), classroom.Wrong, i)
			kept, _, err := r.Submit(r.ctx, a)
			if err != nil {
				r.Error(err)
			}
			if a.Student != "else" {
				mu.Lock()
				defer mu.Unlock()
				want = append(want, kept)
			}
		})
	}
	wait.Wait()
	slices.SortFunc(want, func(a, b classroom.Attempt) int { return cmp.Compare(a.ID, b.ID) })
	var got []classroom.Attempt
	r.ok(r.Attempts(r.ctx, "c", func(a classroom.Attempt) bool { got = append(got, a); return true }))
	same(r, "all attempts", got, want)
	n := 0
	r.ok(r.Attempts(r.ctx, "c", func(classroom.Attempt) bool { n++; return n < 3 }))
	same(r, "how many until it is enough", n, 3)
	n = 0
	r.ok(r.Attempts(r.ctx, "c", func(a classroom.Attempt) bool { // who ranges may call the store
		n++
		_, err := r.Attempt(r.ctx, "c", a.ID)
		return err == nil && r.EndSession(r.ctx, "none") == nil && n < 40
	}))
	same(r, "how many with calls in between", n, 40)
}

func settling(r *room) {
	r.classroom("c", 0)
	r.classroom("other", 0)
	r.student("ada", "c", "Ada")
	wrong := r.submit(answer("ada", one, "k1", classroom.Wrong, 1))
	a := r.submit(answer("ada", one, "k2", classroom.Undecided, 2))
	r.submit(answer("ada", one, "k3", classroom.Right, 3))
	same(r, "before it is settled", must(r.Attempt(r.ctx, "c", a.ID)), a)

	r.ok(r.Settle(r.ctx, "c", a.ID, classroom.Right, 0.95))
	a.Settled, a.Score = classroom.Right, 0.95
	same(r, "settled", must(r.Attempt(r.ctx, "c", a.ID)), a)
	p := must(r.Progress(r.ctx, "ada"))[0]
	same(r, "when it was solved", p.Solved, after(2))
	same(r, "score", p.Score, 0.95)
	same(r, "open", p.Open, 0)
	checkProgress(r, "c")

	r.ok(r.Settle(r.ctx, "c", a.ID, classroom.Wrong, 0))
	checkProgress(r, "c")
	r.ok(r.Settle(r.ctx, "c", a.ID, "", 0))
	same(r, "open after it was taken back", must(r.Progress(r.ctx, "ada"))[0].Open, 1)
	checkProgress(r, "c")

	r.is(r.Settle(r.ctx, "c", wrong.ID, classroom.Right, 1), classroom.ErrInvalid)
	r.is(r.Settle(r.ctx, "c", a.ID, classroom.Undecided, 1), classroom.ErrInvalid)
	r.is(r.Settle(r.ctx, "other", a.ID, classroom.Right, 1), classroom.ErrNotFound)
	_, err := r.Attempt(r.ctx, "other", a.ID)
	r.is(err, classroom.ErrNotFound)
}

func regrading(r *room) {
	r.classroom("c", 0)
	r.student("ada", "c", "Ada")
	r.student("bob", "c", "Bob")
	r.student("else", "", "")
	first := r.submit(answer("ada", one, "k1", classroom.Wrong, 1))
	second := r.submit(answer("bob", one, "k1", classroom.Right, 2))
	open := r.submit(answer("bob", two, "k2", classroom.Undecided, 3))
	still := r.submit(answer("bob", two, "k3", classroom.Undecided, 4))
	foreign := r.submit(answer("else", one, "k1", classroom.Wrong, 5))
	r.ok(r.Settle(r.ctx, "c", open.ID, classroom.Right, 1))
	r.ok(r.Settle(r.ctx, "c", still.ID, classroom.Right, 1))

	changed := []classroom.Attempt{
		{ID: first.ID, Outcome: classroom.Right, Score: 0.5, Rule: "rule-2"},
		{ID: second.ID, Outcome: classroom.Wrong, Diagnosis: "sign", Rule: "rule-2"},
		{ID: open.ID, Outcome: classroom.Wrong, Rule: "rule-2"},
		{ID: still.ID, Outcome: classroom.Undecided, Rule: "rule-2", Score: 1},
	}
	r.is(r.Regrade(r.ctx, "c", append(slices.Clone(changed), classroom.Attempt{ID: foreign.ID, Outcome: classroom.Right})), classroom.ErrNotFound)
	same(r, "after a regrading that failed", must(r.Attempt(r.ctx, "c", first.ID)), first)

	r.ok(r.Regrade(r.ctx, "c", changed))
	first.Outcome, first.Score, first.Rule = classroom.Right, 0.5, "rule-2"
	same(r, "now right", must(r.Attempt(r.ctx, "c", first.ID)), first)
	second.Outcome, second.Diagnosis, second.Score, second.Rule = classroom.Wrong, "sign", 0, "rule-2"
	same(r, "now wrong", must(r.Attempt(r.ctx, "c", second.ID)), second)
	same(r, "what was settled and is decided now", r.final("c", open.ID), classroom.Wrong)
	same(r, "what was settled and is undecided still", r.final("c", still.ID), classroom.Right)
	checkProgress(r, "c")
}

func (r *room) final(classroomID string, id int64) classroom.Outcome {
	r.Helper()
	a := must(r.Attempt(r.ctx, classroomID, id))
	return a.Final()
}

func owner(r *room) {
	same(r, "the owner before any", must(r.OwnerHash(r.ctx)), "")
	for _, hash := range []string{classroom.Hash("one"), classroom.Hash("two")} {
		r.ok(r.SetOwnerHash(r.ctx, hash))
		same(r, "the owner", must(r.OwnerHash(r.ctx)), hash)
	}
	r.is(r.SetOwnerHash(r.ctx, ""), classroom.ErrInvalid)
}
