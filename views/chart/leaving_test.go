package chart

import (
	"io"
	"math"
	"strings"
	"testing"
)

// A run that leaves for good says when, and how many steps follow.
func TestLeaving(t *testing.T) {
	w := Window{-1, 1, -1, 1}
	for _, tt := range []struct {
		xs          []float64
		label, said string
	}{
		{[]float64{0, .5, .2}, "", ""},
		{[]float64{0, 3, .2}, "", ""}, // it comes back
		{[]float64{0, .5, 3}, "out at step 2", "The path leaves the window at step 2."},
		{[]float64{0, 3, 4}, "out at step 1, 1 more", "The path leaves the window at step 1 (1 more step is outside)."},
		{[]float64{0, 3, .1, 4, 5, math.Inf(1)}, "out at step 3, 2 more", "The path leaves the window at step 3 (2 more steps are outside)."},
		{[]float64{5, 6}, "", "The path lies outside this window."},
		{nil, "", ""},
	} {
		path := Path{X: tt.xs, Y: make([]float64, len(tt.xs))}
		figure := NewContour(Contour{Window: w, Paths: []Path{path}})
		if got := figure.Leaving(path); got != tt.said {
			t.Errorf("%v: %q, want %q", tt.xs, got, tt.said)
		}
		svg := string(render(t, figure.WriteOverlay))
		if got := strings.Contains(svg, "out at step"); got != (tt.label != "") || !strings.Contains(svg, tt.label) {
			t.Errorf("%v: the picture does not say %q", tt.xs, tt.label)
		}
	}
	loss := NewLoss(Loss{Values: []float64{1, 10, 1e8, 1e12, 1e16}, MinimumKnown: true})
	if svg := string(render(t, loss.WriteOverlay)); !strings.Contains(svg, "out at step 2, 2 more") {
		t.Error("the loss does not say how many steps follow")
	}
	if !strings.Contains(loss.Alt, "it leaves the axis at step 2 (2 more steps are above it)") {
		t.Errorf("the loss tells %q", loss.Alt)
	}
}

// What a run does outside, from one far point to the next, does not cross the picture.
func TestNothingIsDrawnOfWhatFollows(t *testing.T) {
	draw := func(ys ...float64) string {
		path := Path{X: make([]float64, len(ys)), Y: ys}
		svg := string(render(t, NewContour(Contour{Window: Window{-1, 1, -1, 1}, Paths: []Path{path}}).WriteOverlay))
		svg, _, _ = strings.Cut(svg, "<text")
		return svg
	}
	if left, zigzag := draw(0, .5, -3), draw(0, .5, -3, 9, -27, 81); left != zigzag {
		t.Errorf("a run that goes on outside is drawn as\n%s\none that stops there as\n%s", zigzag, left)
	}
}

// A swatch is the run's line and marker, for every look.
func TestSwatches(t *testing.T) {
	seen := map[string]bool{}
	for i := range runLooks {
		svg := string(render(t, func(w io.Writer) error { return WriteSwatch(w, InkRun(i)) }))
		wellFormed(t, []byte(svg))
		if seen[svg] || !strings.Contains(svg, string(InkRun(i).line())) {
			t.Errorf("run %d: %s", i, svg)
		}
		seen[svg] = true
	}
}
