package chart

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
)

func TestVectorIsSaid(t *testing.T) {
	f := NewContour(Contour{Name: "nll", Window: Window{-2, 2, -2, 2}})
	f.Handles = []Handle{{Label: "start", XParam: "theta0", Vector: &Vector{
		Base: []float64{1, 0, math.NaN()}, Offset: []float64{0, 0, 0}, X: []float64{0, 1, 0}, Y: []float64{0, 0, 1}, Norm: 2.5}}}
	var b strings.Builder
	if err := f.WriteOverlay(&b); err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(b.String(), `data-stage='`)
	text, _, _ := strings.Cut(rest, `'`)
	var stage struct {
		Handles []struct {
			To     [2]string
			Vector struct {
				Norm               float64
				Base, Offset, X, Y []float64
			}
		}
	}
	if err := json.Unmarshal([]byte(text), &stage); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	h := stage.Handles[0]
	if h.To != [2]string{"theta0", ""} || h.Vector.Norm != 2.5 || h.Vector.Base[0] != 1 || h.Vector.Base[2] != 0 || h.Vector.Y[2] != 1 || h.Vector.X[1] != 1 {
		t.Errorf("handle %+v", h)
	}
}

// Both points lie on the line, inside the window, the upper one first.
func TestAcross(t *testing.T) {
	w := Window{0, 10, -1, 1}
	for _, c := range []Classifier{{-5, 1, 0}, {0, 0, 1}, {-5, 1, 4}, {5, -1, -4}, {-0.4, 0.1, 2}} {
		a, b, ok := w.Across(c.Bias, c.W1, c.W2)
		if !ok {
			t.Errorf("%+v: no line", c)
			continue
		}
		if a[1] < b[1]-1e-9 {
			t.Errorf("%+v: %v is not above %v", c, a, b)
		}
		for _, p := range [][2]float64{a, b} {
			if !w.contains(p[0], p[1]) || math.Abs(c.Bias+c.W1*p[0]+c.W2*p[1]) > 1e-9 {
				t.Errorf("%+v: %v is not on the line in the window", c, p)
			}
		}
		if math.Hypot((a[0]-b[0])/10, (a[1]-b[1])/2) < 0.05 {
			t.Errorf("%+v: %v and %v are one point", c, a, b)
		}
	}
	for _, c := range []Classifier{{}, {3, 0, 0}, {-50, 1, 0}, {math.NaN(), 1, 1}, {0, math.Inf(1), 1}} {
		if _, _, ok := w.Across(c.Bias, c.W1, c.W2); ok {
			t.Errorf("%+v has a line in the window", c)
		}
	}
}

func TestArrow(t *testing.T) {
	w := Window{0, 414, 0, 340} // a unit of the data is one of the picture
	if x, y := w.Arrow(3, 4, 50); math.Abs(x-30) > 1e-9 || math.Abs(y-40) > 1e-9 {
		t.Errorf("(%g, %g), want (30, 40)", x, y)
	}
	for _, v := range [][2]float64{{0, 0}, {math.NaN(), 1}, {math.Inf(1), 1}} {
		if x, y := w.Arrow(v[0], v[1], 50); x != 0 || y != 0 {
			t.Errorf("%v has an arrow (%g, %g)", v, x, y)
		}
	}
}

// The places are those of the dots; what lies outside has none, so that the rows still count.
func TestSpots(t *testing.T) {
	f := NewScatter(Scatter{Name: "data", Window: Window{0, 10, 0, 10}, X: []float64{5}, Y: []float64{5}, Class: []int{0}})
	f.Spots = &Spots{Param: "point", Noun: "flower", X: []float64{0, 50, 10, math.NaN()}, Y: []float64{0, 5, 10, 1}}
	var b strings.Builder
	if err := f.WriteBackdrop(&b); err != nil {
		t.Fatal(err)
	}
	if want := `data-spots="point" data-noun="flower" data-every="1" data-places="500 3720,,4640 385,"`; !strings.Contains(b.String(), want) {
		t.Errorf("%.300s lacks %s", b.String(), want)
	}
	b.Reset()
	if err := f.WriteSVG(&b); err != nil || strings.Contains(b.String(), "data-spots") {
		t.Errorf("a file of its own has spots, or %v", err)
	}
}

func TestTinyImage(t *testing.T) {
	var b strings.Builder
	if err := WriteTinyImage(&b, []float64{0, 16, 3.2, -4}, 2, 2); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`viewBox="0 0 2 2"`, `class="f ink o5" d="M1 0h1v1h-1z"`, `class="f ink o1" d="M0 1h1v1h-1z"`} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("%s lacks %s", b.String(), want)
		}
	}
}
