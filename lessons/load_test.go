package lessons_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"descent/lessons"
	"descent/lessons/cell"
	"descent/lessons/exercise"
)

func TestEmbeddedLessons(t *testing.T) {
	list, err := lessons.Load(lessons.Embedded(), cell.Check)
	if err != nil {
		t.Fatal(err)
	}
	slugs := []string{"optimization", "derivative", "steepest-descent", "local-minima", "logistic-regression", "logistic-derivation", "sgd"}
	if len(list) < len(slugs) {
		t.Fatalf("%d lessons", len(list))
	}
	for i, slug := range slugs {
		if l := list[i]; l.Slug != slug || l.Number != i+1 {
			t.Errorf("lesson %d is %d, %s", i+1, l.Number, l.Slug)
		}
	}
	for _, l := range list {
		if len(l.Sections) == 0 || len(l.Cells()) == 0 || l.Title == "" || l.Question == "" || l.Summary == "" {
			t.Errorf("%s is incomplete", l.File)
		}
	}
}

// Every variant of every exercise holds what its author says of it.
func TestEmbeddedExercises(t *testing.T) {
	list, err := lessons.Load(lessons.Embedded(), cell.Check)
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range list {
		for _, e := range l.Exercises() {
			for _, err := range exercise.Check(t.Context(), e, e.Variants) {
				t.Errorf("%s:%d: exercise %s: %v", l.File, e.Line, e.ID, err)
			}
		}
	}
}

// Every place that the table of the lecture's statements names exists.
func TestCoverageNamesWhatExists(t *testing.T) {
	list, err := lessons.Load(lessons.Embedded(), cell.Check)
	if err != nil {
		t.Fatal(err)
	}
	places := map[string]bool{}
	for _, l := range list {
		for _, s := range l.Sections {
			places[l.Slug+"#"+s.ID] = true
		}
	}
	table, err := os.ReadFile("../docs/coverage.md")
	if err != nil {
		t.Fatal(err)
	}
	place := regexp.MustCompile(`\b([a-z]+(?:-[a-z]+)*)?#([a-z]+(?:-[a-z]+)*)`)
	named := 0
	for n, line := range strings.Split(string(table), "\n") {
		slug := ""
		for _, m := range place.FindAllStringSubmatch(line, -1) {
			if m[1] != "" {
				slug = m[1]
			}
			named++
			if !places[slug+"#"+m[2]] && slug != "" {
				t.Errorf("docs/coverage.md:%d: there is no %s#%s", n+1, slug, m[2])
			}
		}
	}
	if named < 40 {
		t.Errorf("only %d places are named", named)
	}
}
