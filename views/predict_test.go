package views

import (
	"bytes"
	"context"
	"flag"
	"net/url"
	"os"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"descent/lessons/cell"
	"descent/optim/param"
)

var update = flag.Bool("update", false, "write golden files")

// asked is a cell that asks, with a guess as an address has it.
func asked(t *testing.T, kind, set, ask, guess string) *Cell {
	t.Helper()
	read := func(text string) url.Values {
		query, err := url.ParseQuery(text)
		if err != nil {
			t.Fatal(err)
		}
		return query
	}
	k := cell.Lookup(kind)
	base, _, errs := k.Params.Parse(read(set), param.Values{})
	state, _, wrong := cell.PredictionParams(ask).Parse(read(guess), param.Values{})
	if len(errs)+len(wrong) > 0 {
		t.Fatalf("%s %s: %v %v", set, guess, errs, wrong)
	}
	result, err := k.Run(context.Background(), base)
	if err != nil {
		t.Fatal(err)
	}
	p := &cell.Prediction{Ask: ask, Question: "What now?", Values: state}
	if !p.Asking() {
		p.Compared = p.Compare(context.Background(), result)
	}
	c := &Cell{ID: "cell-a", Kind: k, Title: "A", Address: "/lessons/x/cells/a", Show: []string{"x"}, Base: base, Values: base, Result: result, Predict: p}
	c.Draw(nil)
	return c
}

// What a reader sees of each question: the words, the form, and what is drawn
// over the backdrop.
func TestPredictionGolden(t *testing.T) {
	var b bytes.Buffer
	for _, tt := range []struct{ kind, set, ask, guess string }{
		{"descent", "f=0.5*x^2%2B5*y^2&x=4&y=2&eta=0.05&steps=1&xmin=-5&xmax=5&ymin=-4&ymax=4", cell.AskNextPoint, ""},
		{"descent", "f=0.5*x^2%2B5*y^2&x=4&y=2&eta=0.05&steps=3&xmin=-5&xmax=5&ymin=-4&ymax=4", cell.AskNextPoint, "guess_x=3&guess_y=1"},
		{"descent", "f=0.5*x^2%2B5*y^2&x=4&y=2&eta=0.05&steps=1&xmin=-5&xmax=5&ymin=-4&ymax=4", cell.AskNextPoint, "predict=show&guess_x=3&guess_y=1"},
		{"descent", "f=x^4&x=1.5&eta=0.1&steps=2&xmin=-2&xmax=2", cell.AskNextPoint, "guess_x=-1"},
		{"descent", "f=x^4&x=1.5&eta=0.1&steps=20&xmin=-2&xmax=2", cell.AskFate, ""},
		{"descent", "f=x^4&x=1.5&eta=0.1&steps=20&xmin=-2&xmax=2", cell.AskFate, "predict=show&guess=slow"},
		{"slope", "f=x^3-2x&x=1&xmin=-2&xmax=2.3", cell.AskSlope, ""},
		{"slope", "f=x^3-2x&x=1&xmin=-2&xmax=2.3", cell.AskSlope, "predict=show&guess_y=1"},
	} {
		c := asked(t, tt.kind, tt.set, tt.ask, tt.guess)
		b.WriteString("\n" + tt.ask + ": " + tt.kind + "?" + tt.set + " " + tt.guess + "\n\n")
		for _, component := range []templ.Component{readoutOf(c), prediction(c)} {
			if err := component.Render(context.Background(), &b); err != nil {
				t.Fatal(err)
			}
			b.WriteByte('\n')
		}
		if err := c.Figures[0].WriteOverlay(&b); err != nil {
			t.Fatal(err)
		}
		b.WriteString("\n" + c.Figures[0].Alt + "\n")
	}
	checkGolden(t, "testdata/predict.txt", b.String())
}

// checkGolden compares rendered HTML with a file, an element a line.
func checkGolden(t *testing.T, file, html string) {
	t.Helper()
	got := strings.ReplaceAll(html, "><", ">\n<")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs from what is rendered now; look at it, then run go test -update", file)
	}
}
