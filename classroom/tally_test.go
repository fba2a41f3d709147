package classroom_test

import (
	"math"
	"slices"
	"testing"
	"time"

	"descent/classroom"
	"descent/classroom/classroomtest"
)

// The tally of 200 students at 30 exercises agrees with counting the attempts one by one.
func TestCount(t *testing.T) {
	exercises := classroomtest.Exercises(30)
	class := classroomtest.Invent(1, 200, exercises, 0.25)
	progress, judged := class.Summary()
	var names []string
	for _, e := range exercises {
		names = append(names, e.Name)
	}
	tally := classroom.Count(class.Students, names, progress, judged)
	for i := range exercises {
		checkExercise(t, &tally.Exercises[i], naively(class.Works, names[i]))
	}
	for i, s := range class.Students {
		checkStudent(t, &tally.Students[i], s, class.Works)
	}
}

// checkExercise compares what a page shows of an exercise.
func checkExercise(t *testing.T, got *classroom.ExerciseTally, want naive) {
	t.Helper()
	if got.Answers != want.answers || got.Tried != len(want.tried) || got.Solved != len(want.tries) || got.Open != want.open {
		t.Errorf("%s: %d answers, %d tried, %d solved, %d open; counted %d, %d, %d, %d", got.Exercise, got.Answers, got.Tried, got.Solved, got.Open,
			want.answers, len(want.tried), len(want.tries), want.open)
	}
	if m := middle(want.tries); got.MedianTries != m {
		t.Errorf("%s: median of tries %g, counted %g", got.Exercise, got.MedianTries, m)
	}
	if m := middle(want.seconds); math.Abs(got.MedianTime.Seconds()-m) > 0.001 {
		t.Errorf("%s: median of time %v, counted %g s", got.Exercise, got.MedianTime, m)
	}
	most := 0
	for _, m := range got.Mistakes {
		if m.Answers != want.mistakes[m.Diagnosis] {
			t.Errorf("%s: %q %d times, counted %d", got.Exercise, m.Diagnosis, m.Answers, want.mistakes[m.Diagnosis])
		}
		most = max(most, m.Answers)
	}
	if len(got.Mistakes) != len(want.mistakes) || len(got.Mistakes) > 0 && got.Mistakes[0].Answers != most {
		t.Errorf("%s: mistakes are %v, counted %v", got.Exercise, got.Mistakes, want.mistakes)
	}
}

// naive is an exercise counted attempt by attempt.
type naive struct {
	answers, open int
	tried         map[string]bool
	tries         []float64 // of those who solved it
	seconds       []float64
	mistakes      map[string]int
}

func naively(works []classroom.Work, exercise string) naive {
	n := naive{tried: map[string]bool{}, mistakes: map[string]int{}}
	for _, w := range works {
		if w.Exercise != exercise {
			continue
		}
		solved := false
		decided := 0
		for _, a := range w.Attempts {
			n.answers++
			n.tried[a.Student] = true
			outcome := a.Outcome
			if a.Settled != "" {
				outcome = a.Settled
			}
			if outcome != "undecided" {
				decided++
			}
			switch outcome {
			case "right":
				if !solved {
					n.tries = append(n.tries, float64(decided))
					n.seconds = append(n.seconds, a.At.Sub(w.Begun).Seconds())
				}
				solved = true
			case "undecided":
				n.open++
			case "wrong":
				n.mistakes[a.Diagnosis]++
			}
		}
	}
	return n
}

func middle(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	slices.Sort(values)
	return (values[(len(values)-1)/2] + values[len(values)/2]) / 2
}

func checkStudent(t *testing.T, got *classroom.StudentTally, s classroom.Student, works []classroom.Work) {
	t.Helper()
	var tried, solved, answers, open int
	var last time.Time
	for _, w := range works {
		if w.Student != s.ID {
			continue
		}
		tried++
		answers += len(w.Attempts)
		for _, a := range w.Attempts {
			if a.Outcome == classroom.Undecided {
				open++
			}
			if a.At.After(last) {
				last = a.At
			}
		}
		if slices.ContainsFunc(w.Attempts, func(a classroom.Attempt) bool { return a.Outcome == classroom.Right }) {
			solved++
		}
	}
	if got.Tried != tried || got.Solved != solved || got.Answers != answers || got.Open != open || !got.Last.Equal(last) {
		t.Errorf("%s: %d tried, %d solved, %d answers, %d open, last %v; counted %d, %d, %d, %d, %v", s.Name, got.Tried, got.Solved, got.Answers, got.Open, got.Last, tried, solved, answers, open, last)
	}
}

func TestMedian(t *testing.T) {
	for _, tt := range []struct {
		values []float64
		want   float64
	}{{nil, 0}, {[]float64{3}, 3}, {[]float64{5, 1, 3}, 3}, {[]float64{4, 1, 3, 2}, 2.5}} {
		if got := classroom.Median(tt.values); got != tt.want {
			t.Errorf("median %g, want %g", got, tt.want)
		}
	}
	if got := classroom.Median([]time.Duration{time.Hour, time.Minute}); got != 30*time.Minute+30*time.Second {
		t.Errorf("median %v", got)
	}
}

// The same mistake under two rules is one mistake.
func TestCountRules(t *testing.T) {
	tally := classroom.Count(nil, []string{"l/e"}, nil, []classroom.Judged{
		{Exercise: "l/e", Rule: "old", Outcome: classroom.Wrong, Diagnosis: "sign", Answers: 2},
		{Exercise: "l/e", Rule: "new", Outcome: classroom.Wrong, Diagnosis: "sign", Answers: 3},
		{Exercise: "l/e", Rule: "new", Outcome: classroom.Wrong, Answers: 4},
		{Exercise: "l/e", Rule: "new", Outcome: classroom.Right, Answers: 9},
		{Exercise: "l/gone", Rule: "new", Outcome: classroom.Right, Answers: 9},
	})
	e := tally.Exercises[0]
	want := []classroom.Mistake{{Diagnosis: "sign", Answers: 5}, {Answers: 4}}
	if !slices.Equal(e.Mistakes, want) || e.Changed("new") != 2 || e.Changed("other") != 18 || e.Success() != 0 {
		t.Errorf("tally is %+v", e)
	}
}

// The owner's session admits its browser until there is a new link; the link itself is no session.
func TestOwner(t *testing.T) {
	token := classroom.NewToken()
	kept, session := classroom.OwnerHash(token), classroom.OwnerSession(token)
	if !classroom.OwnerAdmits(kept, session) || session == token || len(session) != 22 {
		t.Error("the owner is not admitted")
	}
	for _, other := range []string{"", token, kept, classroom.NewToken(), classroom.OwnerSession(classroom.NewToken())} {
		if classroom.OwnerAdmits(kept, other) {
			t.Errorf("%q is admitted", other)
		}
	}
	if classroom.OwnerAdmits("", classroom.OwnerSession("")) || classroom.OwnerAdmits(classroom.OwnerHash(classroom.NewToken()), session) {
		t.Error("an old session, or one without a link, is admitted")
	}
}
