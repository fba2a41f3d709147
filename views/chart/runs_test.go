package chart

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

func TestSharedStartIsDrawnOnce(t *testing.T) {
	starts := func(xs ...float64) (own, shared int) {
		var paths []Path
		for i, x := range xs {
			paths = append(paths, Path{Ink: InkRun(i + 1), X: []float64{x, .5 * x}, Y: []float64{1, .2 * float64(i)}})
		}
		svg := string(render(t, NewContour(Contour{Window: Window{-2, 2, -2, 2}, Paths: paths}).WriteOverlay))
		ring := `d5" d="[^"]+"/><path class="s paper d3"`
		return len(regexp.MustCompile(`run\d+ `+ring).FindAllString(svg, -1)), len(regexp.MustCompile(`ink `+ring).FindAllString(svg, -1))
	}
	for _, c := range []struct {
		xs          []float64
		own, shared int
	}{{[]float64{1, 1, 1}, 0, 1}, {[]float64{1, -1}, 2, 0}, {[]float64{1, 1, -1}, 1, 1}, {[]float64{1, 1, -1, -1}, 0, 2}} {
		if own, shared := starts(c.xs...); own != c.own || shared != c.shared {
			t.Errorf("starts %v: %d rings of single runs and %d shared, want %d and %d", c.xs, own, shared, c.own, c.shared)
		}
	}
}

// runLabels are the boxes of a figure's labels of compared runs.
func runLabels(t *testing.T, f *Figure) (boxes []vg.Rectangle, words []string) {
	t.Helper()
	svg := string(render(t, f.WriteOverlay))
	for _, m := range regexp.MustCompile(`<text class="label run\d+( [em])?" x="([\d.-]+)" y="([\d.-]+)"( dy="[\d.]+em")?>([^<]*)`).FindAllStringSubmatch(svg, -1) {
		x, _ := strconv.ParseFloat(m[2], 64)
		y, _ := strconv.ParseFloat(m[3], 64)
		h, v := text.XLeft, text.YBottom
		switch m[1] {
		case " e":
			h = text.XRight
		case " m":
			h = text.XCenter
		}
		switch m[4] {
		case ` dy=".75em"`:
			v = text.YTop
		case ` dy=".35em"`:
			v = text.YCenter
		}
		boxes = append(boxes, labelBox(vg.Point{X: vg.Length(x), Y: vg.Length(f.Height - y)}, h, v, textWidth(m[5])))
		words = append(words, m[5])
	}
	return boxes, words
}

func TestNamesOfRunsAreApart(t *testing.T) {
	for _, f := range runGallery() {
		boxes, words := runLabels(t, f)
		for i, a := range boxes {
			for j, b := range boxes[:i] {
				if overlap(a, b, 0) > 0 {
					t.Errorf("%s: %q and %q overlap", f.Name, words[i], words[j])
				}
			}
			if a.Min.X < 0 || a.Max.X > vg.Length(f.Width) || a.Min.Y < 0 || a.Max.Y > vg.Length(f.Height) {
				t.Errorf("%s: %q sticks out", f.Name, words[i])
			}
		}
	}
}

func TestEveryRunIsNamed(t *testing.T) {
	runs := manyRuns()
	for _, f := range []*Figure{
		NewContour(Contour{Window: Window{-5, 5, -3, 3}, Paths: pathsOf(runs)}),
		NewRace(Race{Racers: racersOf(runs), MinimumKnown: true}),
	} {
		_, words := runLabels(t, f)
		for _, r := range runs {
			if !slices.ContainsFunc(words, func(w string) bool { return w == r.name || strings.HasPrefix(w, r.name+": out at step ") }) {
				t.Errorf("%s is not named among %q", r.name, words)
			}
		}
	}
}

func TestPushApart(t *testing.T) {
	for _, c := range []struct {
		places, want []vg.Length
	}{
		{nil, nil},
		{[]vg.Length{50}, []vg.Length{50}},
		{[]vg.Length{-5, 50, 200}, []vg.Length{0, 50, 100}},
		{[]vg.Length{50, 50, 50}, []vg.Length{40, 50, 60}},
		{[]vg.Length{0, 0, 7}, []vg.Length{0, 10, 20}},
		{[]vg.Length{90, 99, 100}, []vg.Length{80, 90, 100}},
		{[]vg.Length{20, 24, 60}, []vg.Length{17, 27, 60}},
		{[]vg.Length{20, 24, 30}, []vg.Length{44./3 + 0, 44./3 + 10, 44./3 + 20}},
	} {
		got := slices.Clone(c.places)
		pushApart(got, 10, 0, 100)
		for i := range got {
			if math.Abs(float64(got[i]-c.want[i])) > 1e-9 {
				t.Errorf("%v became %v, want %v", c.places, got, c.want)
				break
			}
		}
	}
}

func TestStoriesOfRuns(t *testing.T) {
	w := Window{-2, 2, -2, 2}
	run := func(name string, i int, xs ...float64) Path {
		return Path{Label: name, Ink: InkRun(i), X: xs, Y: make([]float64, len(xs))}
	}
	for _, c := range []struct {
		f    *Figure
		want string
	}{
		{NewContour(Contour{Window: w, Paths: []Path{run("Adam", 0, 1, .5, 0), run("$η$ large", 1, 1, -3, 9), run("raw", 2, 1, nan)}}),
			"3 runs from (1, 0): Adam ends at (0, 0) after 2 steps; η large leaves the window at step 1 (1 more step is outside); raw is no longer finite at step 1."},
		{NewContour(Contour{Window: w, Paths: []Path{run("a", 0, 1, 2), run("", 1, 0, 5, math.Inf(1)), run("c", 2, 7)}}),
			"3 runs: a from (1, 0) ends at (2, 0) after 1 step; run 2 from (0, 0) leaves the window at step 1 (1 more step is outside); c from (7, 0) stays outside the window."},
		{NewRace(Race{Racers: []Racer{{Label: "slow", Values: []float64{8, 4, 2, 1}}, {Label: "fast", Values: []float64{8, .5, .1}}, {Label: "wild", Values: []float64{8, 1e9, 1e20}},
			{Label: "broken", Values: []float64{8, 9, nan, 1}}}}),
			"The losses of 4 runs. Lowest after 3 steps: fast (0.1); then slow (1). fast stops after 2 steps." +
				" wild diverges: it leaves the axis at step 1 (1 more step is above it). broken diverges: its loss is not finite at step 2."},
		{NewSweep(Sweep{Lines: []Line{{X: []float64{.01, .1, 1}, Y: []float64{2, 1, math.Inf(1)}}}, Minimum: .5, MinimumKnown: true, Current: .1, Bound: .5,
			Bands: []Band{{0, .3, "converges", ToneConverges}, {.3, .5, "oscillates", ToneOscillates}, {.5, math.Inf(1), "diverges", ToneDiverges}}}),
			"The loss is least, 0.5, at η = 0.1. Up to η = 0.3: converges. From η = 0.3 to 0.5: oscillates. Above η = 0.5: diverges." +
				" In theory steps are stable up to η = 0.5. Your η is 0.1: converges."},
	} {
		if c.f.Alt != c.want {
			t.Errorf("told: %s\nwant: %s", c.f.Alt, c.want)
		}
	}
}

func TestTablesOfRuns(t *testing.T) {
	race := NewRace(Race{Racers: []Racer{{Label: "a", Values: []float64{8, 4, 2}}, {Values: []float64{8, nan}}}, Minimum: 1, MinimumKnown: true}).Table()
	want := [][]string{{"0", "7", "7"}, {"1", "3", "not a number"}, {"2", "1", ""}}
	if !slices.Equal(race.Header, []string{"step", "a", "run 2"}) || !slices.EqualFunc(race.Rows, want, slices.Equal) {
		t.Errorf("race: %q %q", race.Header, race.Rows)
	}
	sweep := NewSweep(Sweep{Label: "$J(θ_9)$", Lines: []Line{{X: []float64{.1, 1}, Y: []float64{2, math.Inf(1)}}}, Bands: []Band{{0, 1, "fine", ToneConverges}}}).Table()
	want = [][]string{{"0.1", "2", "fine"}, {"1", "∞", ""}}
	if !slices.Equal(sweep.Header, []string{"η", "J(θ₉)", "runs"}) || !slices.EqualFunc(sweep.Rows, want, slices.Equal) {
		t.Errorf("sweep: %q %q", sweep.Header, sweep.Rows)
	}
	paths := NewContour(Contour{Window: Window{-9, 9, -9, 9}, XLabel: "$x$", YLabel: "$y$", Paths: pathsOf([]testRun{{"a", []float64{1, 2}, []float64{3, 4}, nil}, {"b", []float64{1}, []float64{3}, nil}})}).Table()
	want = [][]string{{"a", "1", "2", "4", "ends at (2, 4) after 1 step"}, {"b", "0", "1", "3", "ends at (1, 3) after 0 steps"}}
	if !slices.EqualFunc(paths.Rows, want, slices.Equal) {
		t.Errorf("paths: %q", paths.Rows)
	}
}

func TestMomentIsKeptOnThePath(t *testing.T) {
	overlay := func(at int) string {
		p := Path{X: []float64{-1, 0, 1}, Y: []float64{0, 1, 0}, Film: &Film{At: at, Moment: func(int) Moment { return Moment{ArrowX: 1, ArrowLabel: "$−∇J$"} }}}
		return string(render(t, NewContour(Contour{Window: Window{-2, 2, -2, 2}, Paths: []Path{p}}).WriteOverlay))
	}
	if overlay(99) != overlay(2) {
		t.Error("a step beyond the path is not drawn as its last one")
	}
	if overlay(0) == overlay(-1) || overlay(0) == overlay(1) {
		t.Error("step 0 is drawn as none or as another")
	}
	if heads := strings.Count(overlay(1), `class="f theta"`); heads != 1 {
		t.Errorf("%d heads of arrows to the next point, want 1", heads)
	}
	if heads := strings.Count(overlay(2), `class="f theta"`); heads != 0 {
		t.Errorf("%d heads of arrows after the last point", heads)
	}
}
