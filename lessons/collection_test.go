package lessons_test

import (
	"net/url"
	"strings"
	"testing"

	"descent/lessons"
	"descent/lessons/cell"
	"descent/lessons/exercise"
	"descent/optim"
)

// sortOf is the kind of an exercise, and for a derivation what is asked of it.
func sortOf(e *exercise.Exercise) string {
	switch e.Task.(type) {
	case *exercise.DerivationTask:
		return "derivation, written"
	case *exercise.JustifyTask:
		return "derivation, justified"
	case *exercise.FindTask:
		return "derivation, searched"
	}
	return e.Kind.ID
}

// The built-in lessons have enough exercises of each kind, and each helps: hints that do not cost everything, a solution, and words for
// the wrong answers that are to be expected.
func TestCollectionOfExercises(t *testing.T) {
	all, err := lessons.Load(lessons.Embedded(), cell.Check)
	if err != nil {
		t.Fatal(err)
	}
	total, kinds, sorts, titles := 0, map[string]int{}, map[string]int{}, map[string]string{}
	for _, l := range all {
		for _, e := range l.Exercises() {
			total++
			kinds[e.Kind.ID]++
			sorts[sortOf(e)]++
			where := l.Slug + "/" + e.ID
			if other := titles[e.Title]; other != "" {
				t.Errorf("%s is called %q, as %s is", where, e.Title, other)
			}
			titles[e.Title] = where
			helps(t, where, e)
		}
		if len(l.Exercises()) == 0 {
			t.Errorf("%s has no exercises", l.Slug)
		}
	}
	if total < 30 {
		t.Errorf("there are %d exercises", total)
	}
	for _, k := range exercise.Kinds {
		if kinds[k.ID] < 2 {
			t.Errorf("there are %d exercises of the kind %s", kinds[k.ID], k.ID)
		}
	}
	for _, sort := range []string{"derivation, written", "derivation, justified", "derivation, searched"} {
		if sorts[sort] == 0 {
			t.Errorf("there is no %s", sort)
		}
	}
	t.Log(total, sorts)
}

// helps says what is missing in an exercise for somebody who does not find the answer.
func helps(t *testing.T, where string, e *exercise.Exercise) {
	t.Helper()
	asked := map[string]bool{} // questions; for numbers another version is another question
	for n := range e.Variants {
		v := e.Variant(n)
		if len(v.Hints) == 0 || e.Score(1, v.Hints) <= 0 {
			t.Errorf("%s: %d hints; with all of them and a wrong try nothing is left to win", where, len(v.Hints))
		}
		if strings.TrimSpace(v.SolutionHTML) == "" {
			t.Errorf("%s, variant %d: no solution", where, n)
		}
		if got := wrongAnswersExplained(t, v); got < 2 {
			t.Errorf("%s, variant %d: %d wrong answers have words of their own", where, n, got)
		}
		asked[v.QuestionHTML] = true
	}
	if e.Kind.ID == "number" && len(asked) < e.Variants {
		t.Errorf("%s: %d variants, but only %d questions", where, e.Variants, len(asked))
	}
}

// wrongAnswersExplained counts the wrong answers that an exercise has words for: those its author states, and the fates of a
// run, which the instrument explains.
func wrongAnswersExplained(t *testing.T, v *exercise.Variant) int {
	t.Helper()
	explained := len(v.Task.Mistakes(v))
	if v.Task.Model(v).Has("guess") {
		for _, fate := range []string{optim.FateConverges, optim.FateSlow, optim.FateOscillates, optim.FateDiverges} {
			got, err := v.Task.Check(t.Context(), v, url.Values{"guess": {fate}})
			if err != nil {
				t.Fatal(err)
			}
			if got.Outcome == exercise.Wrong && len(got.Feedback) > 0 {
				explained++
			}
		}
	}
	return explained
}
