package optim

import (
	"context"
	"math"
	"slices"
	"testing"
)

func TestDomainOnALine(t *testing.T) {
	five := Window{XMin: -5, XMax: 5}
	wide := Window{XMin: -50, XMax: 50}
	open, closed := true, false
	tests := []struct {
		f       string
		near    float64
		defined bool
		nearest []float64
		window  Window
		want    []Interval
	}{
		{"x^2", 1, true, []float64{1}, five, []Interval{{-5, 5, closed, closed}}},
		{"log(x)", -1, false, []float64{0.1}, five, []Interval{{0, 5, open, closed}}},
		{"sqrt(x - 3)", 0, false, []float64{3.1}, five, []Interval{{3, 5, closed, closed}}},
		{"sqrt(x)", 0, false, []float64{0.001}, five, []Interval{{0, 5, closed, closed}}}, // no gradient at 0
		{"1/x", 0, false, []float64{0.001}, five, []Interval{{-5, 0, closed, open}, {0, 5, open, closed}}},
		{"asin(x)", 2, false, []float64{0.9}, five, []Interval{{-1, 1, closed, closed}}},
		{"log(x^2 - 1)", 0.2, false, []float64{1.1}, five, []Interval{{-5, -1, closed, open}, {1, 5, open, closed}}},
		{"log(sin(x))", -0.5, false, []float64{0.1}, five, []Interval{{-5, -math.Pi, closed, open}, {0, math.Pi, open, open}}},
		{"log(x - 20) + log(30 - x)", 0, false, []float64{21}, wide, []Interval{{20, 30, open, open}}}, // found farther out
		{"sqrt(-1 - x^2)", 0, false, nil, five, nil},                                                   // nowhere
	}
	for _, tt := range tests {
		d := resolve(t, tt.f).Domain(context.Background(), five, []float64{tt.near})
		if d.Defined != tt.defined || d.Window != tt.window || (d.Share > 0) != (tt.want != nil) {
			t.Errorf("%s near %g: %+v", tt.f, tt.near, d)
		}
		if !slices.Equal(d.Nearest, tt.nearest) {
			t.Errorf("%s near %g: nearest %v, want %v", tt.f, tt.near, d.Nearest, tt.nearest)
		}
		same := func(a, b Interval) bool { // ends to bisection's precision
			return math.Abs(a.From-b.From) < 1e-12 && math.Abs(a.To-b.To) < 1e-12 && a.FromOpen == b.FromOpen && a.ToOpen == b.ToOpen
		}
		// At ±π the last float64 inside has a sine that is not zero: open or not is a matter of rounding.
		if tt.f == "log(sin(x))" {
			same = func(a, b Interval) bool { return math.Abs(a.From-b.From) < 1e-12 && math.Abs(a.To-b.To) < 1e-12 }
		}
		if !slices.EqualFunc(d.Intervals, tt.want, same) {
			t.Errorf("%s near %g: defined on %v, want %v", tt.f, tt.near, d.Intervals, tt.want)
		}
	}
}

func TestDomainInThePlane(t *testing.T) {
	w := Window{-5, 5, -5, 5}
	tests := []struct {
		f       string
		near    []float64
		share   float64   // of w, known from geometry
		nearest []float64 // the true nearest point
	}{
		{"log(x*y)", []float64{-1, 2}, 0.5, []float64{0, 2}},
		{"sqrt(x + y)", []float64{-3, -1}, 0.5, []float64{-1, 1}},
		{"log(1 - x^2 - y^2)", []float64{3, 0}, math.Pi / 100, []float64{1, 0}},
		{"x*log(x) + y^2", []float64{-2, 1}, 0.5, []float64{0, 1}},
	}
	for _, tt := range tests {
		f := resolve(t, tt.f)
		d := f.Domain(context.Background(), w, tt.near)
		if d.Defined || d.Intervals != nil || math.Abs(d.Share-tt.share) > 0.02 {
			t.Errorf("%s: %+v, want a share of %.3f", tt.f, d, tt.share)
		}
		if d.Nearest == nil || f.At(d.Nearest).Kind == Undefined {
			t.Fatalf("%s: no good start in %+v", tt.f, d)
		}
		// Rounded to few digits, the point may lie a third farther away.
		if got, want := Distance(d.Nearest, tt.near), Distance(tt.nearest, tt.near); got < want || got > 1.4*want {
			t.Errorf("%s: %v is %.3f from %v, the nearest point is %.3f", tt.f, d.Nearest, got, tt.near, want)
		}
	}
	if d := resolve(t, "sqrt(x*y - 1000)").Domain(context.Background(), w, []float64{0, 0}); d.Nearest == nil || d.Window.XMax != 50 {
		t.Errorf("farther out: %+v", d)
	}
	if d := resolve(t, "log(-1 - x^2 - y^2)").Domain(context.Background(), w, []float64{0, 0}); d.Nearest != nil || d.Share != 0 || d.Window != w {
		t.Errorf("nowhere: %+v", d)
	}
}

// Every catalogue entry is defined all over its window.
func TestDomainOfTheCatalogue(t *testing.T) {
	for _, f := range Functions {
		if d := f.Domain(context.Background(), f.Window, f.Start); !d.Defined || d.Share != 1 {
			t.Errorf("%s: %+v", f.ID, d)
		}
	}
}

func TestDomainStopsWithTheContext(t *testing.T) {
	d := resolve(t, "log(-1 - x^2 - y^2)").Domain(expireAfter(0), Window{-5, 5, -5, 5}, []float64{0, 0})
	if d.Share != 0 || d.Nearest != nil {
		t.Errorf("%+v", d)
	}
}

func BenchmarkDomain(b *testing.B) {
	for _, text := range []string{"log(x)", "log(x*y)"} {
		f := resolve(b, text)
		near := []float64{-1, 2}[:f.Dim()]
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				f.Domain(context.Background(), WindowFor(f, near), near)
			}
		})
	}
}
