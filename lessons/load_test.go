package lessons_test

import (
	"testing"

	"descent/lessons"
	"descent/lessons/cell"
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
		if len(l.Sections) == 0 || len(l.Cells()) == 0 || l.Title == "" || l.Question == "" || l.Summary == "" || len(l.Version) != 12 {
			t.Errorf("%s is incomplete", l.File)
		}
	}
}
