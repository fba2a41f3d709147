package lessons

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"descent/lessons/exercise"
)

var update = flag.Bool("update", false, "write the golden files")

func anything(string, map[string]string, []string, []string, string) []error { return nil }

// The golden files show everything that a lesson holds.
func TestParse(t *testing.T) {
	for _, file := range []string{"04-two-valleys.md", "05-exercises.md"} {
		t.Run(file, func(t *testing.T) { testGolden(t, file) })
	}
}

func testGolden(t *testing.T, file string) {
	source, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	l, err := Parse(file, source, anything)
	if err != nil {
		t.Fatal(err)
	}
	golden := "testdata/" + strings.TrimSuffix(file, ".md") + ".golden"
	got := dump(l)
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("the lesson differs from %s; run with -update and look at the difference. Got:\n%s", golden, got)
	}
	windows, err := Parse(file, []byte(strings.ReplaceAll(string(source), "\n", "\r\n")), anything)
	if err != nil {
		t.Fatal(err)
	}
	if dump(windows) != got {
		t.Error("with CRLF line ends the lesson differs")
	}
}

func dump(l *Lesson) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %d %q\n%s\n%s\n%s\nthumbnail %s\n", l.File, l.Number, l.Slug, l.Title, l.Question, l.Summary, l.Thumbnail)
	blocks := func(list []Block) {
		for _, block := range list {
			if c := block.Cell; c != nil {
				fmt.Fprintf(&b, "-- cell %s %s at %d: %s\n%s", c.Kind, c.ID, c.Line, c.Title, c.CaptionHTML)
				fmt.Fprintf(&b, "set %s\nshow %q figures %q\n", values(c.Set), c.Show, c.Figures)
				for _, p := range c.Presets {
					fmt.Fprintf(&b, "preset %q %s\n", p.Label, values(p.Set))
				}
				continue
			}
			if e := block.Exercise; e != nil {
				dumpExercise(&b, e)
				continue
			}
			fmt.Fprintf(&b, "-- prose\n%s", block.HTML)
		}
	}
	blocks(l.Intro)
	for _, s := range l.Sections {
		fmt.Fprintf(&b, "== %s %q %s\n", s.ID, s.Title, s.TitleHTML)
		blocks(s.Blocks)
		fmt.Fprintf(&b, "-- notes\n%s", s.NotesHTML)
	}
	return b.String()
}

// dumpExercise writes an exercise with its first two variants, and what is said of the model answer and of the mistakes.
func dumpExercise(b *strings.Builder, e *exercise.Exercise) {
	fmt.Fprintf(b, "-- exercise %s %s at %d: %s\npoints %v per try %v variants %d rule %s\n", e.Kind.ID, e.ID, e.Line, e.Title, e.Points, e.PerTry, e.Variants, e.Rule)
	for n := range min(2, e.Variants) {
		v := e.Variant(n)
		fmt.Fprintf(b, "variant %d %v\n%s", n, v.Values, v.QuestionHTML)
		for _, h := range v.Hints {
			fmt.Fprintf(b, "hint %v %s", h.Cost, h.HTML)
		}
		fmt.Fprintf(b, "solution %smodel %v\n", v.SolutionHTML, e.Task.Model(v))
		for _, m := range e.Task.Mistakes(v) {
			verdict, err := e.Task.Check(context.Background(), v, m.Answer)
			fmt.Fprintf(b, "mistake %s %v: %s %v %s", m.ID, m.Answer, verdict.Outcome, err, strings.Join(verdict.Feedback, ""))
		}
	}
}

func values(set map[string]string) string {
	var list []string
	for _, name := range slices.Sorted(maps.Keys(set)) {
		list = append(list, fmt.Sprintf("%s=%q", name, set[name]))
	}
	return strings.Join(list, " ")
}

func FuzzParse(f *testing.F) {
	source, err := os.ReadFile("testdata/04-two-valleys.md")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(source)
	f.Add([]byte("---\n---\n"))
	f.Add([]byte("---\ntitle: [\n---\n## {#a}\n$$\n```cell\nset: {a: &x [*x]}\n```\n"))
	plain := func(tex string, _ bool) (string, error) { return tex, nil }
	f.Fuzz(func(t *testing.T, source []byte) {
		l, err := parse("01-x.md", source, anything, plain, 2)
		if (l == nil) == (err == nil) {
			t.Fatalf("lesson %v, error %v", l, err)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	source, err := os.ReadFile("01-optimization.md")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse("01-optimization.md", source, anything); err != nil {
			b.Fatal(err)
		}
	}
}
