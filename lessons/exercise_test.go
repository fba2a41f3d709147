package lessons

import (
	"errors"
	"os"
	"strings"
	"testing"
	"testing/fstest"
)

// exerciseBlock is a lesson with an exercise whose block begins on line 8; what it is given begins on line 15.
func exerciseBlock(lines string) string {
	return head + section + "```exercise\nkind: number\nid: try\ntitle: Try\nhints: [{text: H, cost: 0.1}]\nsolution: S\nanswer: 1\n" + lines + "\n```\n"
}

func TestMistakesInExercises(t *testing.T) {
	tests := []struct{ name, source, want string }{
		{"no question", exerciseBlock(""), "8: exercise try: question is missing"},
		{"not YAML", exerciseBlock("question: {a: 1"), "15: exercise: could not find flow mapping end token '}'"},
		{"in a list", head + section + "- Text.\n\n  ```exercise\n  kind: number\n  ```\n", "10: the exercise block does not stand on the top level of the file"},
		{"misspelt", head + section + "```exercize\nkind: number\n```\n", `8: unknown block "exercize"; did you mean "exercise"?`},
		{"the id of a cell", exerciseBlock("question: Q") + "```cell\nkind: k\nid: try\ntitle: T\n```\n", `19: the id "try" is taken by line 10`},
		{"a reserved id", head + section + "```cell\nkind: k\nid: exercise-a\ntitle: T\n```\n", `10: the id "exercise-a" is taken by the page itself`},
		{"an exercise as thumbnail", strings.Replace(exerciseBlock("question: Q"), "summary: S", "summary: S\nthumbnail: try", 1), `5: header: thumbnail: the lesson has no cell "try"; allowed are `},
		{"formula in a question", exerciseBlock("question: |\n  One\n\n  and $\\foo$."), `18: formula $\foo$: Unsupported function name: \foo at position 1`},
		{"formula in feedback", exerciseBlock("question: Q\nmistakes:\n  - id: m\n    answer: 2\n    feedback: $\\foo$"), `19: formula $\foo$: Unsupported function name: \foo at position 1`},
		{"hole in a formula", exerciseBlock("question: |\n  One\n\n  and $2@{a}$.\nvary: {a: [1]}"), `18: formula $2@{a}$: the hole @{a} stands beside another number; write \cdot between them`},
		{"hole in an address", exerciseBlock("question: \"[x](/lab/descent?eta=@{a})\"\nvary: {a: [1]}"), "15: a hole cannot stand in the address of a link"},
		{"HTML in a hint", strings.Replace(exerciseBlock("question: Q"), "text: H", "text: <b>H</b>", 1), "12: raw HTML is not allowed; write Markdown, or \\< for the sign\n12: raw HTML is not allowed; write Markdown, or \\< for the sign"},
		{"tolerance", exerciseBlock("question: Q\ntolerance:\n  absolute: -1"), `17: exercise try: tolerance: absolute: must be a number from 0 to 1e+09, not "-1"`},
		{"mistake that is right", exerciseBlock("question: Q\nvary: {a: [1]}\nmistakes: [{id: m, answer: a, feedback: F}]"),
			"8: exercise try: the answer map[answer:[1]] of the mistake m is judged right; leave the variant out with where, or state another mistake (variant 0: a = 1)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Parse("05-x.md", []byte(tt.source), anything)
			if err == nil {
				t.Fatal("no error")
			}
			if want := "05-x.md:" + strings.ReplaceAll(tt.want, "\n", "\n05-x.md:"); err.Error() != want {
				t.Errorf("got\n%s\nwant\n%s", err, want)
			}
		})
	}
}

func TestLinksToAndFromExercises(t *testing.T) {
	folder := fstest.MapFS{
		"01-a.md": {Data: []byte(exerciseBlock("question: \"[1](#two) [2](/lessons/a/exercises/try) [3](/lessons/a/exercises/none)\""))},
	}
	_, err := Load(folder, anything)
	want := `01-a.md:15: link #two: 01-a.md has no section "two"
01-a.md:15: link /lessons/a/exercises/none: 01-a.md has no exercise "none"`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
}

// The variants of a built-in exercise past the first are left to the tests; those of a lecturer's own are tried at the start.
func TestHowManyVariantsAreTried(t *testing.T) {
	source := []byte(exerciseBlock("question: Q\nvary: {a: [1, 2, 3]}\nmistakes: [{id: m, answer: a, feedback: F}]"))
	for _, tt := range []struct {
		variants int
		fails    bool
	}{{0, false}, {allVariants, true}} {
		_, err := parse("01-a.md", source, anything, func(string, bool) (string, error) { return "", nil }, tt.variants)
		var problems Problems
		if errors.As(err, &problems) != tt.fails {
			t.Errorf("%d variants tried: %v", tt.variants, err)
		}
	}
}

// The example that authors are given is right, in all its variants.
func TestExampleForAuthors(t *testing.T) {
	manual, err := os.ReadFile("../docs/authoring.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(manual), "````\n```exercise\n")
	block, _, closed := strings.Cut(rest, "```\n````")
	if !found || !closed {
		t.Fatal("there is no example")
	}
	l, err := Parse("01-x.md", []byte(head+section+"```exercise\n"+block+"```\n"), anything)
	if err != nil {
		t.Fatal(err)
	}
	if n := l.Exercises()[0].Variants; n != 12 {
		t.Errorf("%d variants", n)
	}
}
