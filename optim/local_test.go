package optim

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
)

func TestAt(t *testing.T) {
	tests := []struct {
		f            string
		theta        []float64
		kind, around string
	}{
		{"rosenbrock", []float64{1, 1}, Minimum, ""},
		{"rosenbrock", []float64{-1.2, 1}, NotStationary, ""},
		{"himmelblau", []float64{3.584428, -1.848127}, Minimum, ""}, // seven digits are near enough
		{"himmelblau", []float64{3.584, -1.848}, NotStationary, ""}, // four are not
		{"himmelblau", []float64{-0.2708445906673476, -0.9230385564799815}, Maximum, ""},
		{"saddle", []float64{0, 0}, Saddle, ""},
		{"x^4", []float64{0}, Flat, Minimum},
		{"-x^4", []float64{0}, Flat, Maximum},
		{"x^3", []float64{0}, Flat, Saddle},
		{"monkey-saddle", []float64{0, 0}, Flat, Saddle},
		{"(x + y)^2", []float64{0.3, -0.3}, Flat, Flat},
		{"(x + y)^2", []float64{0.3, -0.31}, NotStationary, ""},
		{"5", []float64{2}, Flat, Flat},
		{"|x|", []float64{0}, Flat, Minimum},
		{"exp(-x)", []float64{40}, NotStationary, ""}, // small, but not zero for its scale
		{"1e-8x^2", []float64{1}, NotStationary, ""},
		{"log(x)", []float64{-1}, Undefined, ""},
		{"sqrt(x)", []float64{0}, Undefined, ""},
	}
	for _, tt := range tests {
		l := resolve(t, tt.f).At(tt.theta)
		if l.Kind != tt.kind || l.Around != tt.around {
			t.Errorf("%s at %v: %s, around %q; want %s, around %q", tt.f, tt.theta, l.Kind, l.Around, tt.kind, tt.around)
		}
	}
}

// The gradient check agrees with the symbolic gradient much closer than
// gonum's central differences can, and fails for a wrong gradient.
func TestGradientCheck(t *testing.T) {
	for _, f := range Functions {
		rng := rand.New(rand.NewPCG(7, 8))
		for range 20 {
			theta := randomPoint(rng, f)
			l := f.At(theta)
			// Extrapolation leaves some 1e-11 of the values that were subtracted.
			if scale := (1 + math.Abs(l.Value)) / max(1, Norm(l.Gradient)); l.Check.RelativeError > 1e-10*max(1, scale) {
				t.Errorf("%s at %v: relative error %g", f.ID, theta, l.Check.RelativeError)
			}
			coarse := fd.Gradient(nil, func(x []float64) float64 { return f.Objective().Eval(x, nil) }, theta, &fd.Settings{Formula: fd.Central})
			if d := Distance(coarse, l.Check.Differences); d > 1e-6*(1+Norm(coarse)+math.Abs(l.Value)) {
				t.Errorf("%s at %v: differences %v, gonum has %v", f.ID, theta, l.Check.Differences, coarse)
			}
		}
	}
	f := resolve(t, "x^2*y")
	wrong := checkGradient(f.Objective(), []float64{1, 2}, []float64{4, 2}) // ∂y is 1
	if math.Abs(wrong.RelativeError-1/math.Hypot(4, 2)) > 1e-9 {
		t.Errorf("a wrong gradient has relative error %g", wrong.RelativeError)
	}
}

// A check near the edge of the domain takes steps that stay inside.
func TestGradientCheckNearAnEdge(t *testing.T) {
	l := resolve(t, "log(x)").At([]float64{1e-3})
	if math.Abs(l.Check.Differences[0]-1000) > 1e-6 {
		t.Errorf("the derivative of log at 0.001 by differences is %v", l.Check.Differences[0])
	}
}
