package lessons

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files")

func anything(string, map[string]string, []string, []string, string) []error { return nil }

// The golden file shows everything that a lesson holds.
func TestParse(t *testing.T) {
	const file = "04-two-valleys.md"
	source, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	l, err := Parse(file, source, anything)
	if err != nil {
		t.Fatal(err)
	}
	golden := "testdata/04-two-valleys.golden"
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
