package views

import (
	"bytes"
	"context"
	"net/url"
	"os"
	"testing"

	"github.com/a-h/templ"

	"descent/lessons"
	"descent/lessons/cell"
	"descent/lessons/exercise"
)

// exampleExercises are those of the example lesson of package lessons, by id.
func exampleExercises(t *testing.T) map[string]*exercise.Exercise {
	t.Helper()
	source, err := os.ReadFile("../lessons/testdata/05-exercises.md")
	if err != nil {
		t.Fatal(err)
	}
	lesson, err := lessons.Parse("05-exercises.md", source, cell.Check)
	if err != nil {
		t.Fatal(err)
	}
	list := map[string]*exercise.Exercise{}
	for _, e := range lesson.Exercises() {
		list[e.ID] = e
	}
	return list
}

// What a reader sees of the fields: empty, filled in, refused.
func TestAnswerFieldsGolden(t *testing.T) {
	list := exampleExercises(t)
	var b bytes.Buffer
	for _, tt := range []struct {
		id     string
		fields func(*Exercise) templ.Component
		answer string // nothing was sent where it is empty
	}{
		{"one-step", NumberFields, ""},
		{"one-step", NumberFields, "answer=1.8"},
		{"one-step", NumberFields, `answer="><script>`},
		{"two-coordinates", NumberFields, "x=1&y=two"},
		{"speed", NumberFields, "answer=3 m"},
		{"which-way", ChoiceFields, ""},
		{"which-way", ChoiceFields, "choice=2"},
		{"which-hold", ChoiceFields, "choice=1&choice=3"},
		{"which-hold", ChoiceFields, "choice=99"},
		{"slope", ExpressionFields, ""},
		{"slope", ExpressionFields, "answer=2x%2B"},
		{"slope", ExpressionFields, "answer=2x^2/x"},
		{"square", ExpressionFields, "answer=(x-1)^2"},
	} {
		e := list[tt.id]
		if e == nil {
			t.Fatalf("there is no %s", tt.id)
		}
		shown := &Exercise{ID: "exercise-" + tt.id, Address: "/lessons/exercises/exercises/" + tt.id, Variant: e.Variant(0)}
		if tt.answer != "" {
			answer, err := url.ParseQuery(tt.answer)
			if err != nil {
				t.Fatal(err)
			}
			verdict, err := e.Task.Check(context.Background(), shown.Variant, answer)
			if err != nil {
				t.Fatal(err)
			}
			shown.Answer, shown.Verdict = answer, &verdict
		}
		b.WriteString("\n" + tt.id + " " + tt.answer + "\n\n")
		if err := tt.fields(shown).Render(context.Background(), &b); err != nil {
			t.Fatal(err)
		}
		b.WriteByte('\n')
	}
	checkGolden(t, "testdata/answers.txt", b.String())
}
