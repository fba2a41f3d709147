package optim

import (
	"fmt"
	"math"
	"testing"
)

// TestTaylorOrder halves the distance to the point: the error of T₁ falls by 4, that of T₂ by 8.
func TestTaylorOrder(t *testing.T) {
	tests := []struct {
		f          string
		at, toward []float64
	}{
		{"exp(x)", []float64{0.3}, []float64{1}},
		{"sin(3x) + x^3", []float64{-0.4}, []float64{-1}},
		{"log(1 + x^2)", []float64{0.7}, []float64{1}},
		{"rosenbrock", []float64{-1.2, 1}, []float64{0.6, -0.8}},
		{"himmelblau", []float64{0.5, -1.3}, []float64{-0.8, 0.6}},
		{"exp(x*y) + sin(x - 2y)", []float64{0.2, 0.4}, []float64{0.6, 0.8}},
	}
	for _, tt := range tests {
		f, err := Resolve("f", tt.f)
		if err != nil {
			t.Fatal(err)
		}
		l, obj := f.At(tt.at), f.Objective()
		for degree := 1; degree <= 2; degree++ {
			taylor := l.Taylor(degree)
			gap := func(h float64) float64 {
				theta := make([]float64, len(tt.at))
				for i := range theta {
					theta[i] = tt.at[i] + h*tt.toward[i]
				}
				return math.Abs(obj.Eval(theta, nil) - taylor.At(theta))
			}
			order := math.Log2(gap(2e-3) / gap(1e-3))
			if want := float64(degree + 1); math.Abs(order-want) > 0.05 {
				t.Errorf("%s: T%d has an error of order %.3f, want %g", tt.f, degree, order, want)
			}
		}
	}
}

// TestTaylorExact compares with polynomials multiplied out by hand, and with J where that is one of the degree.
func TestTaylorExact(t *testing.T) {
	tests := []struct {
		f      string
		at     []float64
		degree int
		want   func(x, y float64) float64
	}{
		{"x^3 - 2x", []float64{1}, 1, func(x, _ float64) float64 { return x - 2 }},
		{"x^3 - 2x", []float64{1}, 2, func(x, _ float64) float64 { return 3*x*x - 5*x + 1 }},
		{"3x - 7", []float64{2}, 1, func(x, _ float64) float64 { return 3*x - 7 }},
		{"x^2*y", []float64{1, 2}, 1, func(x, y float64) float64 { return 4*x + y - 4 }},
		{"x^2*y", []float64{1, 2}, 2, func(x, y float64) float64 { return 2*x*x + 2*x*y - 4*x - y + 2 }},
		{"x^2 - 3x*y + 2y^2 - x + 5", []float64{-1.5, 0.25}, 2, func(x, y float64) float64 { return x*x - 3*x*y + 2*y*y - x + 5 }},
	}
	for _, tt := range tests {
		f, err := Resolve("f", tt.f)
		if err != nil {
			t.Fatal(err)
		}
		l := f.At(tt.at)
		taylor := l.Taylor(tt.degree)
		xs, ys := []float64{-2, -0.5, 0, 1, 3.25}, []float64{-1, 0, 2.5}
		if f.Dim() == 1 {
			ys = ys[:1]
		}
		got := make([]float64, len(xs)*len(ys))
		if f.Dim() == 1 {
			taylor.Line(xs, got)
		} else {
			taylor.Grid(xs, ys, got)
		}
		for j, y := range ys {
			for i, x := range xs {
				if g, w := got[j*len(xs)+i], tt.want(x, y); math.Abs(g-w) > 1e-12*(1+math.Abs(w)) {
					t.Errorf("T%d of %s around %v is %g at (%g, %g), want %g", tt.degree, tt.f, tt.at, g, x, y, w)
				}
			}
		}
	}
}

func TestTaylorUndefined(t *testing.T) {
	f, err := Resolve("f", "sqrt(x)")
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []float64{-1, 0} {
		if l := f.At([]float64{x}); l.Taylor(1) != nil || l.Taylor(2) != nil {
			t.Errorf("√x has a Taylor polynomial at %g", x)
		}
	}
}

func TestRemainder(t *testing.T) {
	tests := []struct {
		f         string
		at        []float64
		degree    int
		w         Window
		size      float64
		undefined bool
	}{
		// J − T is d², and d² + 2e² at a corner.
		{"x^2", []float64{1}, 1, Window{XMin: 0.5, XMax: 2}, 1, false},
		{"x^2 + 2y^2", []float64{0, 0}, 1, Window{-1, 1, -2, 2}, 9, false},
		{"x^2 + 2y^2", []float64{0.3, -2}, 2, Window{-1, 1, -3, 2}, 0, false},
		{"x^3", []float64{0}, 2, Window{XMin: -1, XMax: 2}, 8, false},
		// log 1 = 0, and T₁ is x − 1; left of 0 there is no log.
		{"log(x)", []float64{1}, 1, Window{XMin: -1, XMax: 1}, math.Abs(math.Log(0.0025) - 0.0025 + 1), true},
	}
	for _, tt := range tests {
		f, err := Resolve("f", tt.f)
		if err != nil {
			t.Fatal(err)
		}
		l := f.At(tt.at)
		r := l.Taylor(tt.degree).Remainder(f, tt.w)
		if r == nil || math.Abs(r.Size()-tt.size) > 1e-9*(1+tt.size) || r.Undefined != tt.undefined {
			t.Errorf("the remainder of T%d of %s is %+v, want %g", tt.degree, tt.f, r, tt.size)
		}
	}
}

func ExampleWindow_Around() {
	w := Window{-2, 2, -1, 3}
	fmt.Println(w.Around([]float64{0, 2.75}, 0.25))
	fmt.Println(w.Around([]float64{5, 0}, 0.25))
	// Output:
	// {-0.5 0.5 2.25 3} true
	// {0 0 0 0} false
}
