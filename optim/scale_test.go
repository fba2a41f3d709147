package optim

import (
	"context"
	"math"
	"slices"
	"testing"
)

// Eigenvalues, kinds and condition numbers do not depend on the scale of J, and
// the smaller eigenvalue keeps its digits.
func TestCurvatureAtAnyScale(t *testing.T) {
	tests := []struct {
		f         string
		kind      string
		lo, hi    float64
		condition float64
	}{
		{"1e9x^2 + 1e-3y^2", Minimum, 2e-3, 2e9, 1e12},
		{"1e-30*(x^2 + y^2)", Minimum, 2e-30, 2e-30, 1},
		{"1e-30*(x^2 - y^2)", Saddle, -2e-30, 2e-30, math.NaN()},
		{"0.5*(x^2 + 1e7*y^2)", Minimum, 1, 1e7, 1e7},
		// Axes turned by half a right angle: 1 and 1e8 along the diagonals.
		{"0.25*(x + y)^2 + 0.25e8*(x - y)^2", Minimum, 1, 1e8, 1e8},
	}
	for _, tt := range tests {
		f := resolve(t, tt.f)
		l := f.At([]float64{0, 0})
		if l.Kind != tt.kind || math.Abs(l.Eigenvalues[0]-tt.lo) > 1e-7*math.Abs(tt.lo) || math.Abs(l.Eigenvalues[1]-tt.hi) > 1e-12*tt.hi {
			t.Errorf("%s: %s with eigenvalues %v, want %s with %v and %v", tt.f, l.Kind, l.Eigenvalues, tt.kind, tt.lo, tt.hi)
		}
		points := f.CriticalPoints(context.Background(), Window{-5, 5, -5, 5})
		if len(points) != 1 || points[0].Kind != tt.kind {
			t.Errorf("%s: found %+v, want one %s", tt.f, points, tt.kind)
		}
		m := FindMethod("gd")
		v, _ := m.Params.Defaults(nil)
		run := Minimize(context.Background(), f.Objective(), m.New(v), Config{Start: []float64{1, 1}, Eta: 1e-6, Steps: 3})
		got := TheoryOf(f, m, v, run, Window{-5, 5, -5, 5}).AtMinimum.Condition()
		if math.IsNaN(got) != math.IsNaN(tt.condition) || math.Abs(got-tt.condition) > 1e-7*tt.condition {
			t.Errorf("%s: κ = %v, want %v", tt.f, got, tt.condition)
		}
	}
}

// A start from which every run goes outwards has escaped, however small ‖∇J‖ is
// beside the large J out there.
func TestDivergingMapEscapes(t *testing.T) {
	f := resolve(t, "x^2 + y^2")
	b, err := FindBasins(context.Background(), f, newRule(t, "gd", nil), Config{Eta: 1.5, Steps: 100}, Window{-5, 5, -5, 5}, 6, 6)
	if err != nil {
		t.Fatal(err)
	}
	for cell, fate := range b.Reached {
		if fate != Escaped {
			t.Fatalf("cell %d: %d, want Escaped", cell, fate)
		}
	}
}

// What a map says does not depend on J's scale or on a constant added to it.
func TestMapsAtAnyScale(t *testing.T) {
	maps := func(f string, eta float64, steps int) []int {
		b, err := FindBasins(context.Background(), resolve(t, f), newRule(t, "gd", nil), Config{Eta: eta, Steps: steps}, Window{-6, 6, -6, 6}, 16, 16)
		if err != nil {
			t.Fatal(err)
		}
		return b.Reached
	}
	const himmelblau = "((x^2+y-11)^2 + (x+y^2-7)^2)"
	for _, steps := range []int{1, 300} {
		want := maps(himmelblau, 0.01, steps)
		if got := maps("0.0001220703125*"+himmelblau, 0.01*8192, steps); !slices.Equal(got, want) {
			t.Errorf("%d steps on J/2¹³ at 2¹³η: other cells arrive", steps)
		}
		if got := maps("1e6+"+himmelblau, 0.01, steps); !slices.Equal(got, want) {
			t.Errorf("%d steps on 10⁶ + J: other cells arrive", steps)
		}
		arrived := 0
		for _, at := range want {
			if at >= 0 {
				arrived++
			}
		}
		if steps == 1 && arrived > len(want)/20 || steps == 300 && arrived < len(want)/2 {
			t.Errorf("after %d steps %d of %d have arrived", steps, arrived, len(want))
		}
	}
}
