package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the golden files anew")

func render(t *testing.T, write func(io.Writer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// wellFormed fails unless b is XML of which every coordinate is a number.
func wellFormed(t *testing.T, b []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(b))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%v in %s", err, b)
		}
		start, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		for _, a := range start.Attr {
			switch a.Name.Local {
			case "style":
				t.Errorf("style attribute %q: a strict CSP ignores it", a.Value)
			case "d", "x", "y", "dy":
				if strings.ContainsAny(a.Value, "NIe") && !strings.HasSuffix(a.Value, "em") {
					t.Errorf("%s has a coordinate that is not a number: %q", start.Name.Local, a.Value)
				}
			}
		}
	}
}

func TestGolden(t *testing.T) {
	for _, f := range gallery() {
		t.Run(f.Name, func(t *testing.T) {
			got := render(t, f.WriteSVG)
			file := filepath.Join("testdata", f.Name+".svg")
			if *update {
				if err := os.WriteFile(file, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(got, want) {
				t.Errorf("%s differs from what is drawn now; look at it, then run go test -update", file)
			}
			wellFormed(t, got)
		})
	}
}

func TestSameInputSameBytes(t *testing.T) {
	again := gallery()
	for i, f := range gallery() {
		for _, write := range []func(*Figure) func(io.Writer) error{
			func(f *Figure) func(io.Writer) error { return f.WriteBackdrop },
			func(f *Figure) func(io.Writer) error { return f.WriteOverlay },
			func(f *Figure) func(io.Writer) error { return f.WriteSVG },
		} {
			if a, b := render(t, write(f)), render(t, write(again[i])); !bytes.Equal(a, b) {
				t.Errorf("%s: two figures of the same input differ", f.Name)
			}
		}
	}
}

func TestLayersShareTheFile(t *testing.T) {
	for _, f := range gallery() {
		file := string(render(t, f.WriteSVG))
		overlay := string(render(t, f.WriteOverlay))
		inner := overlay[strings.Index(overlay, ">")+1 : strings.LastIndex(overlay, "</svg>")]
		if !strings.Contains(file, inner) {
			t.Errorf("%s: the file draws another overlay than the page", f.Name)
		}
		hasAxes := strings.Contains(overlay, `class="s frame"`)
		if hasAxes != (f.BackdropKey == "") {
			t.Errorf("%s: axes in the overlay: %v, with key %q", f.Name, hasAxes, f.BackdropKey)
		}
		if f.Alt == "" || f.Table().Header == nil || len(f.Table().Rows) > maxRows {
			t.Errorf("%s: alt %q, table of %d rows", f.Name, f.Alt, len(f.Table().Rows))
		}
	}
}

func TestLazyGrid(t *testing.T) {
	calls := 0
	f := NewContour(Contour{Name: "path", Window: Window{0, 1, 0, 1}, Grid: func() Grid { calls++; return Grid{} }})
	render(t, f.WriteOverlay)
	if calls != 0 {
		t.Error("the overlay computed the grid")
	}
	render(t, f.WriteBackdrop)
	if calls != 1 {
		t.Errorf("the backdrop computed the grid %d times", calls)
	}
}

// nasty is what a diverging run, an empty form or a hostile upload may hand to a figure.
var nasty = map[string][]float64{
	"nil":       nil,
	"one":       {1},
	"one NaN":   {nan},
	"constant":  {2, 2, 2, 2},
	"zeros":     {0, 0, 0},
	"NaN":       {nan, nan, nan},
	"gaps":      {1, nan, 2, math.Inf(1), 3, math.Inf(-1), 4},
	"infinite":  {math.Inf(1), math.Inf(-1), math.Inf(1)},
	"huge":      {1, -1e308, 1e308, math.MaxFloat64, -math.MaxFloat64},
	"tiny":      {5e-324, 1e-308, -1e-320, 0},
	"close":     {1, math.Nextafter(1, 2), math.Nextafter(1, 0)},
	"far":       {1e16, 1e16 + 2, 1e16 + 4},
	"diverging": {1, -10, 1e3, -1e9, 1e27, -1e81, 1e243, math.Inf(1), nan},
}

func TestNasty(t *testing.T) {
	const label = "a<b & \"c\" $θ_1$ $unclosed _ ^\x00\x1b\xff"
	windows := []Window{{}, {-1, 1, -1, 1}, {nan, 1, 0, 1}, {math.Inf(-1), math.Inf(1), 0, 1}, {1, -1, 1, -1}, {-1e308, 1e308, -1e308, 1e308},
		{0, 5e-324, 0, 1e-320}, {1, 1, 2, 2}}
	for xn, xs := range nasty {
		for yn, ys := range nasty {
			for i, w := range windows {
				n := int(math.Sqrt(float64(len(ys))))
				path := Path{X: xs, Y: ys, Slopes: ys, Label: label, ArrowX: first(xs), ArrowY: first(ys), ArrowLabel: label}
				k := len(xs)/2 - 1
				film := Film{At: k, Moment: func(int) Moment {
					return Moment{Label: label, ArrowX: first(xs), ArrowY: last(ys), ArrowLabel: label, MemoryX: last(xs), MemoryY: first(ys), MemoryLabel: label,
						BoxX: first(ys), BoxY: last(xs), BoxLabel: label, TriedX: xs, TriedY: ys, SearchLine: true, SimplexX: ys, SimplexY: xs}
				}}
				run := Path{X: xs, Y: ys, Slopes: ys, Label: label, Ink: InkRun(n), ArrowX: first(xs), ArrowY: last(ys)}
				marks := []Mark{{X: first(xs), Y: first(ys), Label: label, Drop: true, ArrowX: last(xs), ArrowY: first(ys), ArrowLabel: label}, {Kind: MarkSaddle, Label: label}, {Kind: "odd"}}
				line := Line{X: xs, Y: ys, Label: label, Ink: "odd"}
				grid := func() Grid { return Grid{n, n, ys[:n*n]} }
				figures := []*Figure{
					NewContour(Contour{Name: "a", Title: label, XLabel: label, YLabel: label, Window: w, Grid: grid, Minimum: first(xs), MinimumKnown: true,
						Paths: []Path{{Film: &film, X: xs, Y: ys}, path, {Quiet: true, X: xs, Y: ys}, run, run, {Ink: InkRun(5), Y: xs}}, Marks: marks}),
					NewBasins(Basins{Name: "b", Window: w, Grid: grid, Map: func() Cells { return Cells{2, 2, []int{-3, 99, -1, 0}} }, Critical: marks, Paths: []Path{path}}),
					NewCurve(Curve{Name: "c", Window: w, Lines: []Line{line}, Strip: []int{0, 0, -2, 77}, Paths: []Path{path, run, {Film: &film, X: xs, Y: ys, Slopes: xs}}, Marks: marks,
						Straights: []Straight{{X: first(xs), Y: first(ys), Slope: first(ys), Label: label}, {Slope: 1e300}, {Reach: nan}}}),
					NewContour(Contour{Name: "l", Window: w, Grid: grid, Patch: &Patch{Window: w, Grid: grid, Label: label}, Field: func() Field { return Field{n, n, ys[:n*n], ys[:n*n]} }}),
					NewCurve(Curve{Name: "m", Window: w, Lines: []Line{line}, Guides: []Line{line, {Y: xs, Dashed: true}}, Field: func() Field { return Field{len(xs), 1, xs, nil} }}),
					NewSurface(Surface{Name: "n", Title: label, XLabel: label, YLabel: label, ZLabel: label, Window: w, Grid: grid, Minimum: first(xs), MinimumKnown: true,
						Azimuth: first(xs), Elevation: last(ys), Patch: &Patch{Window: w, Grid: grid, Label: label}, Paths: []Path{{Film: &film, X: xs, Y: ys}, path}, Marks: marks}),
					NewScatter(Scatter{Name: "f", Window: w, X: xs, Y: ys, Class: []int{0, 1, 7, -1, 0}, ClassNames: [2]string{label, label}, Bias: first(xs),
						W1: first(ys), W2: first(xs), Highlight: []int{-1, 0, 1, 99}}),
					NewHeat(Heat{Name: "l", Label: label, YLabel: label, Window: w, Cells: HeatCells{n, n, ys[:n*n]}, Minimum: first(xs), MinimumKnown: len(xs) > 3, Lines: []Line{line},
						Best: &marks[0], Current: &Mark{X: last(xs), Y: first(ys), Label: label}}),
					NewHeat(Heat{Name: "l", Key: label, Window: Window{1e-3, 1, 0, 1}, Cells: HeatCells{1, len(ys), ys}, Minimum: last(ys), MinimumKnown: len(xs) > 2, Best: &Mark{X: .5, Y: .5}}),
					NewSweep(Sweep{Name: "k", Key: []string{"", "k"}[n%2], Label: label, Lines: []Line{line, {X: xs, Y: ys}, {Y: ys}}[:1+n%3], Minimum: first(ys), MinimumKnown: len(xs) > 3,
						Bands:   []Band{{w.XMin, w.XMax, label, ToneDiverges}, {first(xs), last(ys), label, "odd"}, {0, math.Inf(1), label, ToneOscillates}},
						Current: first(xs), Best: last(xs), Bound: first(ys), BoundLabel: label}),
				}
				if i == 0 { // these have no window
					figures = append(figures,
						NewLoss(Loss{Name: "d", Values: ys, Minimum: first(xs), MinimumKnown: len(xs) > 3, Theory: xs, TheoryLabel: label, Others: []Line{line}, Film: &film}),
						NewErrors(Errors{Name: "e", Eps: xs, Forward: ys, Backward: xs, Central: ys, Current: first(ys)}),
						NewSeries(Series{Name: "g", Lines: []Line{line, line, {Y: ys}}, LogX: true, LogY: len(xs) > 3, Horizontals: []Rule{{first(ys), label}}}),
						NewRace(Race{Name: "j", Racers: []Racer{{Label: label, Values: ys, Theory: xs}, {Values: xs}, {Label: label, Ink: "odd", Values: ys}}, Minimum: first(xs),
							MinimumKnown: len(xs) > 3, TheoryLabel: label, At: &k}),
						NewCloud(Cloud{Name: "h", X: xs, Y: ys, FullX: first(xs), FullY: first(ys)}),
						NewBars(Bars{Name: "i", Bars: []Bar{{label, first(xs), first(ys)}, {"", last(xs), last(ys)}}}),
					)
				}
				for _, f := range figures {
					done := make(chan []byte, 1)
					go func() { done <- render(t, f.WriteSVG) }()
					select {
					case b := <-done:
						wellFormed(t, b)
					case <-time.After(10 * time.Second):
						t.Fatalf("figure %s of x %s, y %s, window %v hangs", f.Name, xn, yn, w)
					}
					if t.Failed() {
						t.Fatalf("figure %s of x %s, y %s, window %v", f.Name, xn, yn, w)
					}
				}
			}
		}
	}
}

func first(values []float64) float64 {
	if len(values) == 0 {
		return nan
	}
	return values[0]
}

func last(values []float64) float64 {
	if len(values) == 0 {
		return nan
	}
	return values[len(values)-1]
}
