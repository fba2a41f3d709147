package storetest

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"sync"

	"descent/classroom"
)

func drafts(r *room) {
	r.student("ada", "", "")
	same(r, "work before any", must(r.Work(r.ctx, "ada", one)), nil)
	draft := url.Values{"x": {"1", "2"}, "note": {""}}
	r.ok(r.SaveDraft(r.ctx, "ada", one, 3, draft, noon))
	same(r, "the first draft", r.work("ada", one), classroom.Work{Student: "ada", Exercise: one, Variant: 3, Draft: draft, Begun: noon})
	r.ok(r.SaveDraft(r.ctx, "ada", one, 3, url.Values{"x": {"3"}}, after(1)))
	r.ok(r.SaveDraft(r.ctx, "ada", one, 2, url.Values{"x": {"of an old page"}}, after(2)))
	same(r, "the last draft of the variant", r.work("ada", one), classroom.Work{Student: "ada", Exercise: one, Variant: 3, Draft: url.Values{"x": {"3"}}, Begun: noon})

	a := answer("ada", one, "k1", classroom.Wrong, 3)
	a.Variant = 2
	r.submit(a)
	same(r, "the draft after an answer from an old page", r.work("ada", one).Draft, url.Values{"x": {"3"}})
	a = r.submit(answer("ada", one, "k2", classroom.Wrong, 3))
	same(r, "the draft after an answer", r.work("ada", one).Draft, nil)
	r.ok(r.SaveDraft(r.ctx, "ada", one, 3, url.Values{"x": {"4"}}, after(4)))
	_, _, err := r.Submit(r.ctx, a)
	r.ok(err)
	same(r, "the draft after the same answer again", r.work("ada", one).Draft, url.Values{"x": {"4"}})
	r.ok(r.SaveDraft(r.ctx, "ada", one, 3, nil, after(5)))
	same(r, "the draft that was cleared", r.work("ada", one).Draft, nil)
}

func hints(r *room) {
	r.student("ada", "", "")
	hint := func(variant, n int, giveUp bool) {
		r.Helper()
		r.ok(r.TakeHint(r.ctx, "ada", one, variant, n, giveUp, after(n)))
	}
	hint(3, 2, false)
	same(r, "after two hints", r.work("ada", one), classroom.Work{Student: "ada", Exercise: one, Variant: 3, Hints: 2, Begun: after(2)})
	hint(3, 1, false) // sent late
	hint(2, 3, true)  // from an old page
	same(r, "hints", r.work("ada", one).Hints, 2)
	same(r, "given up", r.work("ada", one).GaveUp, false)
	hint(3, 2, true)
	hint(3, 3, false)
	same(r, "given up", r.work("ada", one).GaveUp, true)
	same(r, "hints", r.work("ada", one).Hints, 3)

	r.submit(answer("ada", two, "k", classroom.Right, 1))
	r.ok(r.TakeHint(r.ctx, "ada", two, 3, 0, true, after(2)))
	same(r, "given up after it was solved", r.work("ada", two).GaveUp, false)
}

func moving(r *room) {
	r.student("ada", "", "")
	r.ok(r.TakeHint(r.ctx, "ada", one, 3, 2, true, noon))
	r.ok(r.SaveDraft(r.ctx, "ada", one, 3, url.Values{"x": {"1"}}, noon))
	r.submit(answer("ada", one, "k", classroom.Wrong, 1))
	r.ok(r.SaveDraft(r.ctx, "ada", one, 3, url.Values{"x": {"1"}}, noon))
	r.ok(r.Move(r.ctx, "ada", one, 3, 4, after(2)))
	w := r.work("ada", one)
	same(r, "attempts after moving on", len(w.Attempts), 1)
	w.Attempts = nil
	same(r, "after moving on", w, classroom.Work{Student: "ada", Exercise: one, Variant: 4, Begun: noon})

	r.ok(r.TakeHint(r.ctx, "ada", one, 4, 1, false, after(3)))
	r.ok(r.Move(r.ctx, "ada", one, 3, 5, after(4))) // the button pressed twice
	same(r, "after moving from an old page", r.work("ada", one).Variant, 4)
	same(r, "hints after moving from an old page", r.work("ada", one).Hints, 1)

	// Round to the first one: what was shown of it is shown, and of one that was only looked at nothing.
	r.ok(r.Move(r.ctx, "ada", one, 4, 5, after(5)))
	same(r, "hints at the third", r.work("ada", one).Hints, 0)
	r.ok(r.Move(r.ctx, "ada", one, 5, 3, after(6)))
	same(r, "hints round again", r.work("ada", one).Hints, 2)
	same(r, "given up round again", r.work("ada", one).GaveUp, true)
	r.ok(r.Move(r.ctx, "ada", one, 3, 4, after(7)))
	same(r, "hints at the second again", r.work("ada", one).Hints, 1)
	same(r, "given up at the second again", r.work("ada", one).GaveUp, false)
	r.ok(r.Move(r.ctx, "ada", one, 4, 5, after(8)))
	same(r, "hints at the third again", r.work("ada", one).Hints, 0)

	r.ok(r.Move(r.ctx, "ada", two, 0, 1, noon))
	same(r, "moved before any work", r.work("ada", two), classroom.Work{Student: "ada", Exercise: two, Variant: 1, Begun: noon})
}

func submitting(r *room) {
	r.student("ada", "", "")
	r.student("bob", "", "")
	a := answer("ada", one, "k", classroom.Wrong, 1)
	a.Diagnosis, a.Settled, a.ID = "forgot-eta", classroom.Right, 77
	kept := r.submit(a)
	if kept.ID == 0 || kept.ID == 77 {
		r.Errorf("the attempt has the id %d", kept.ID)
	}
	a.ID, a.Settled = kept.ID, ""
	same(r, "what was kept", kept, a)
	same(r, "the attempt in the work", r.work("ada", one), classroom.Work{Student: "ada", Exercise: one, Variant: 3, Begun: after(1), Attempts: []classroom.Attempt{a}})

	other := answer("ada", two, "k", classroom.Right, 5) // the same key with another content
	again, fresh, err := r.Submit(r.ctx, other)
	r.ok(err)
	same(r, "fresh", fresh, false)
	same(r, "the one that was kept", again, a)
	same(r, "work at the other exercise", must(r.Work(r.ctx, "ada", two)), nil)
	same(r, "tries", must(r.Progress(r.ctx, "ada"))[0].Tries, 1)

	b := r.submit(answer("bob", one, "k", classroom.Right, 2)) // another's key is another
	if b.ID == a.ID {
		r.Error("two attempts have one id")
	}
	empty := answer("ada", one, "k2", classroom.Wrong, 6)
	empty.Answer = nil
	r.submit(empty)
	same(r, "an answer without fields", len(r.work("ada", one).Attempts[1].Answer), 0)
}

// One submission, sent by 32 at once and again, counts once; others beside it all count.
func submittingAtOnce(r *room) {
	const submitters, keys = 32, 8
	r.classroom("c", 0)
	r.student("ada", "c", "Ada")
	ids := make([][keys]int64, submitters)
	freshOnes := make([]int, submitters)
	var wait sync.WaitGroup
	for g := range submitters {
		wait.Go(func() {
			for k := range keys {
				kept, fresh, err := r.Submit(r.ctx, answer("ada", one, fmt.Sprint("k", k), classroom.Wrong, k))
				if err != nil {
					r.Error(err)
					return
				}
				ids[g][k] = kept.ID
				if fresh {
					freshOnes[g]++
				}
			}
		})
	}
	wait.Wait()
	total := 0
	for g := range submitters {
		total += freshOnes[g]
		same(r, "the ids", ids[g], ids[0])
	}
	same(r, "fresh ones", total, keys)
	w := r.work("ada", one)
	same(r, "attempts", len(w.Attempts), keys)
	if !slices.IsSortedFunc(w.Attempts, func(a, b classroom.Attempt) int { return int(a.ID - b.ID) }) {
		r.Error("the attempts are not in order")
	}
	same(r, "tries", must(r.ClassProgress(r.ctx, "c", ""))[0].Tries, keys)
}

// Answers and drafts come back to the byte.
func bytesOfAnswers(r *room) {
	r.student("ada", "", "")
	for i, text := range []string{"", "\x00", "a\x00b", "\xff\xfe", "\xed\xa0\x80", "a\r\nb\n", "<script>alert(1)</script>", "'; DROP TABLE attempt; --",
		"1+1=2&x=%00;y", "∂/∂θⱼ", "\u2028", strings.Repeat("\xff", classroom.MaxAnswer-len("f")-len("\x00&=\xff"))} {
		v := url.Values{"f": {text}, "\x00&=\xff": {""}}
		a := answer("ada", one, fmt.Sprint("k", i), classroom.Undecided, i)
		a.Answer = v
		r.submit(a)
		r.ok(r.SaveDraft(r.ctx, "ada", one, 3, v, noon))
		w := r.work("ada", one)
		if got := w.Attempts[i].Answer; got.Get("f") != text || len(got) != 2 {
			r.Errorf("the answer %.40q came back as %.80q", text, got)
		}
		if got := w.Draft; got.Get("f") != text || len(got) != 2 {
			r.Errorf("the draft %.40q came back as %.80q", text, got)
		}
	}
}

// Works are those of one student, by exercise.
func works(r *room) {
	r.student("ada", "", "")
	r.student("bob", "", "")
	same(r, "works before any", len(must(r.Works(r.ctx, "ada"))), 0)
	for i, exercise := range []string{two, one, "Z/z", "é/e", "derivative/a"} {
		r.submit(answer("ada", exercise, fmt.Sprint("a", i), classroom.Wrong, i))
		r.submit(answer("bob", exercise, fmt.Sprint("b", i), classroom.Wrong, i))
		r.ok(r.SaveDraft(r.ctx, "ada", exercise, 3, url.Values{"of": {exercise}}, noon))
	}
	var order []string
	for _, w := range must(r.Works(r.ctx, "ada")) {
		order = append(order, w.Exercise)
		if w.Student != "ada" || len(w.Attempts) != 1 || w.Attempts[0].Exercise != w.Exercise || w.Draft.Get("of") != w.Exercise {
			r.Errorf("in the works: %+v", w)
		}
		same(r, "work alone", r.work("ada", w.Exercise), w)
	}
	same(r, "the order", order, []string{"Z/z", "derivative/a", one, two, "é/e"})
}

// The numbers agree with the attempts.
func progress(r *room) {
	r.classroom("c", 0)
	r.student("ada", "c", "Ada")
	same(r, "progress before any", len(must(r.Progress(r.ctx, "ada"))), 0)
	for i, outcome := range []classroom.Outcome{classroom.Wrong, classroom.Undecided, classroom.Wrong, classroom.Right, classroom.Right, classroom.Wrong} {
		a := answer("ada", one, fmt.Sprint("k", i), outcome, i+1)
		a.Variant = i
		if i == 4 {
			a.Score = 0.9
		}
		r.submit(a)
	}
	r.ok(r.TakeHint(r.ctx, "ada", one, 0, 2, true, after(9)))
	want := classroom.Progress{Student: "ada", Exercise: one, Hints: 2, GaveUp: true, Begun: after(1), Last: after(6), Tries: 5, Open: 1,
		Solved: after(4), SolvedVariant: 3, SolvedTries: 3, Score: 0.9}
	same(r, "progress", must(r.Progress(r.ctx, "ada")), []classroom.Progress{want})
	same(r, "progress of the class", must(r.ClassProgress(r.ctx, "c", one)), []classroom.Progress{want})
	checkProgress(r, "c")
}

// checkProgress compares the numbers that are kept of a classroom, and those that are counted, with those of its attempts.
func checkProgress(r *room, classroomID string) {
	r.Helper()
	kept, all := must(r.ClassProgress(r.ctx, classroomID, "")), must(r.ClassWorks(r.ctx, classroomID, "", false))
	if len(kept) != len(all) {
		r.Fatalf("%d works in numbers, %d works", len(kept), len(all))
	}
	for i, w := range all {
		want := classroom.Progress{Student: w.Student, Exercise: w.Exercise, Variant: w.Variant, Hints: w.Hints, GaveUp: w.GaveUp, Begun: w.Begun}
		for j := range w.Attempts {
			want.Add(&w.Attempts[j])
		}
		same(r, "the numbers of the work", kept[i], want)
	}
	judged := classroom.Judge(all)
	slices.SortFunc(judged, func(a, b classroom.Judged) int {
		return cmp.Or(strings.Compare(a.Exercise, b.Exercise), strings.Compare(a.Rule, b.Rule), strings.Compare(string(a.Outcome), string(b.Outcome)), strings.Compare(a.Diagnosis, b.Diagnosis))
	})
	same(r, "answers that were judged alike", must(r.Judged(r.ctx, classroomID)), judged)
}
