package cell

import (
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"
)

func TestTaylorInWords(t *testing.T) {
	tests := []struct{ query, want string }{
		// T₁ = −1 + d leaves out 3d² + d³, and the patch reaches to d = ±0.5.
		{"f=x^3-2x&x=1&taylor=1&xmin=-2&xmax=2", "the tangent T₁ = −1 + 1·d, with d the distance from 1, is off by at most 0.875, at 1.5: it says −0.5, J is 0.375. What it leaves out is the curvature."},
		{"f=x^3-2x&x=1&taylor=2&xmin=-2&xmax=2", "the parabola T₂ = −1 + 1·d + 3·d², with d the distance from 1, is off by at most 0.125"},
		{"f=3-x&x=1&taylor=1", "is J itself: nothing is left out"},
		{"f=x^2%2B3x*y&x=1&y=2&taylor=2", "T₂, which has J’s curvature, is J itself"},
		// x² + y² leaves d² behind, with d up to 0.5 both ways.
		{"f=x^2%2By^2&x=1&y=0&taylor=1&patch=0.25&xmin=-2&xmax=2&ymin=-2&ymax=2", "T₁, a plane, is off by at most 0.5, at (0.5, −0.5): it says 0, J is 0.5."},
		{"f=log(x)&x=0.1&taylor=1&xmin=-1&xmax=1", "J is not defined everywhere on the patch."},
		{"f=x^2&x=9&taylor=2&xmin=-1&xmax=1", "lies outside the picture"},
		{"f=log(x)&x=-1&taylor=2", "J is not defined at θ = −1"},
	}
	for _, tt := range tests {
		if got := run(t, "function", tt.query).Readout().Text(); !strings.Contains(got, tt.want) {
			t.Errorf("function?%s says %q, want %q in it", tt.query, got, tt.want)
		}
	}
}

func TestTaylorJSON(t *testing.T) {
	b, err := json.Marshal(run(t, "function", "f=x^2*y&x=1&y=2&taylor=2&patch=0.5&xmin=-1&xmax=3&ymin=0&ymax=4").JSON())
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Taylor *struct {
			Degree   int
			At       []float64
			Constant float64
			Gradient []float64
			Hessian  [][]float64
			Patch    []float64
			Largest  struct {
				At            []float64
				Value, Taylor float64
			} `json:"largest_remainder"`
		}
	}
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	p := got.Taylor
	if p == nil || p.Degree != 2 || p.Constant != 2 || !slices.Equal(p.Gradient, []float64{4, 1}) ||
		!slices.Equal(p.Hessian[0], []float64{4, 2}) || !slices.Equal(p.Hessian[1], []float64{2, 0}) || !slices.Equal(p.Patch, []float64{0, 2, 1, 3}) {
		t.Errorf("%s", b)
	}
	// What is left of x²y is d₁²·d₂.
	if gap := math.Abs(p.Largest.Value - p.Largest.Taylor); math.Abs(gap-1) > 1e-12 {
		t.Errorf("the remainder is %g at %v", gap, p.Largest.At)
	}
	none, err := json.Marshal(run(t, "function", "f=x^2").JSON())
	if err != nil || strings.Contains(string(none), "taylor") {
		t.Errorf("a polynomial that was not asked for: %s, %v", none, err)
	}
}

func TestShownFiguresAreFigures(t *testing.T) {
	for _, k := range Kinds {
		for _, name := range k.Shown {
			if !slices.Contains(k.Figures, name) {
				t.Errorf("%s shows %q, which it does not have", k.ID, name)
			}
		}
	}
}
