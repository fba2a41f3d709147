package views

import (
	"bytes"
	"context"
	"net/url"
	"os"
	"regexp"
	"testing"

	"descent/lessons"
	"descent/lessons/cell"
	"descent/lessons/exercise"
)

// bulky is what a golden file need not hold: pictures, the rows of their tables, line numbers.
var bulky = regexp.MustCompile(`(?s)<svg.*?</svg>|<tbody>.*?</tbody>|<pre class="code-lines".*?</pre>`)

// What a reader sees of an exercise that asks for a program: at first, refused, wrong and right. The pictures themselves
// have golden files in package chart.
func TestProgramGolden(t *testing.T) {
	source, err := os.ReadFile("../lessons/03-steepest-descent.md")
	if err != nil {
		t.Fatal(err)
	}
	lesson, err := lessons.Parse("03-steepest-descent.md", source, cell.Check)
	if err != nil {
		t.Fatal(err)
	}
	var task *exercise.Exercise
	for _, e := range lesson.Exercises() {
		if e.ID == "program-step" {
			task = e
		}
	}
	if task == nil {
		t.Fatal("there is no program-step")
	}
	var b bytes.Buffer
	for _, code := range []string{
		"", // nothing was sent
		"def step(theta):\n    return theta <script>alert(1)</script>",
		"def step(theta, gradient):\n    print(\"<b>\", theta)\n    return theta + gradient/0",
		"def step(theta, gradient, eta):\n    return theta + eta*gradient",
		"def step(theta, gradient, eta):\n    return theta*exp(1000)",
		"def step(theta, gradient, eta):\n    return theta - eta*gradient",
	} {
		e := &Exercise{ID: "exercise-program-step", Address: "/lessons/steepest-descent/exercises/program-step", Variant: task.Variant(0)}
		if code != "" {
			e.Answer = url.Values{exercise.CodeField: {code}}
			verdict, err := task.Task.Check(context.Background(), e.Variant, e.Answer)
			if err != nil {
				t.Fatal(err)
			}
			e.Verdict = &verdict
		}
		b.WriteString("\n\n" + code + "\n\n")
		if err := ProgramFields(e).Render(context.Background(), &b); err != nil {
			t.Fatal(err)
		}
		if err := ProgramDetail(e).Render(context.Background(), &b); err != nil {
			t.Fatal(err)
		}
	}
	checkGolden(t, "testdata/program.txt", bulky.ReplaceAllString(b.String(), "…"))
}
