package lessons_test

import (
	"net/url"
	"testing"

	"descent/lessons"
	"descent/lessons/cell"
	"descent/lessons/exercise"
)

// Every variant of every exercise with an instrument: the model answer is right, each stated mistake gets its
// feedback, and what stands there before anybody has done anything is no solution.
func TestPicturedExercises(t *testing.T) {
	all, err := lessons.Load(lessons.Embedded(), cell.Check)
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[string]int{}
	for _, l := range all {
		for _, e := range l.Exercises() {
			task, ok := e.Task.(exercise.Pictured)
			if !ok {
				continue
			}
			kinds[e.Kind.ID]++
			for _, err := range exercise.Check(t.Context(), e, e.Variants) {
				t.Errorf("%s/%s: %v", l.Slug, e.ID, err)
			}
			for n := range e.Variants {
				v := e.Variant(n)
				got, err := task.Check(t.Context(), v, url.Values{})
				if err != nil || got.Outcome == exercise.Right || e.Kind.ID != "tune" && len(got.Errors) == 0 {
					t.Errorf("%s/%s, variant %d, untouched: %+v, %v", l.Slug, e.ID, n, got, err)
				}
			}
			t.Logf("%s/%s: %d variants", l.Slug, e.ID, e.Variants)
		}
	}
	for _, kind := range []string{"point", "tune", "predict"} {
		if kinds[kind] < 2 {
			t.Errorf("%d exercises of the kind %s", kinds[kind], kind)
		}
	}
}
