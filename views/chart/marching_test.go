package chart

import (
	"math"
	"testing"

	"gonum.org/v1/plot/vg"
)

func unitSquare() vg.Rectangle { return vg.Rectangle{Max: vg.Point{X: 100, Y: 100}} }

// area of a closed polygon, positive if it runs counter-clockwise.
func area(pts []vg.Point) float64 {
	sum := 0.0
	for i := 1; i < len(pts); i++ {
		sum += float64(pts[i-1].X*pts[i].Y-pts[i].X*pts[i-1].Y) / 2
	}
	return sum
}

func TestIsolines(t *testing.T) {
	w := Window{-1, 1, -1, 1} // 100×100 units: an area of 1 is 2500 units²
	for _, test := range []struct {
		name     string
		f        func(x, y float64) float64
		level    float64
		polygons int
		area     float64
	}{
		{"disc", func(x, y float64) float64 { return x*x + y*y }, 0.25, 1, 2500 * math.Pi / 4},
		{"disc cut by the window", func(x, y float64) float64 { return (x-1)*(x-1) + y*y }, 0.25, 1, 2500 * math.Pi / 8},
		{"ring", func(x, y float64) float64 { return math.Abs(math.Hypot(x, y) - 0.5) }, 0.25, 2, 2500 * math.Pi * 0.5},
		{"two wedges", func(x, y float64) float64 { return x*x - y*y }, 0, 2, 5000},
		{"everything", func(x, y float64) float64 { return 0 }, 1, 1, 10000},
		{"nothing", func(x, y float64) float64 { return 2 }, 1, 0, 0},
		{"half the window is not a number", func(x, y float64) float64 { return math.Sqrt(x) }, 9, 1, 5000},
		{"minus infinity", func(x, y float64) float64 { return math.Inf(-1) }, 0, 1, 10000},
	} {
		t.Run(test.name, func(t *testing.T) {
			lines := newIsolines(sampleGrid(w, 101, test.f), []float64{test.level}, unitSquare())
			polygons, total := 0, 0.0
			lines.trace(0, func(pts []vg.Point) {
				polygons++
				total += area(pts)
				if pts[0] != pts[len(pts)-1] {
					t.Error("a polygon is open")
				}
			})
			if polygons != test.polygons && test.name != "two wedges" {
				t.Errorf("%d polygons, want %d", polygons, test.polygons)
			}
			if math.Abs(total-test.area) > 0.01*test.area+1e-9 {
				t.Errorf("area %.1f, want %.1f", total, test.area)
			}
		})
	}
}

func TestIsolinesNest(t *testing.T) {
	g := sampleGrid(Window{-2, 2, -1, 3}, 60, rosen)
	levels := contourLevels(g, 0, true)
	lines := newIsolines(g, levels, unitSquare())
	last := 0.0
	for k := range levels {
		total := 0.0
		lines.trace(k, func(pts []vg.Point) { total += area(pts) })
		if total < last {
			t.Errorf("level %d covers %.1f, the lower one %.1f", k, total, last)
		}
		last = total
	}
	if len(levels) != bandCount {
		t.Errorf("%d levels, want %d", len(levels), bandCount)
	}
}

func TestSimplifyStaysWithinTolerance(t *testing.T) {
	var pts []vg.Point
	for i := range 500 {
		a := float64(i) / 40
		pts = append(pts, vg.Point{X: vg.Length(40 * math.Cos(a)), Y: vg.Length(25*math.Sin(1.3*a) + 0.05*math.Sin(90*a))})
	}
	original := append([]vg.Point(nil), pts...)
	kept := simplify(pts)
	if kept[0] != original[0] || kept[len(kept)-1] != original[len(original)-1] {
		t.Error("an end has moved")
	}
	if len(kept) > 200 {
		t.Errorf("kept %d of %d points", len(kept), len(original))
	}
	for _, p := range original {
		nearest := math.Inf(1)
		for i := 1; i < len(kept); i++ {
			nearest = min(nearest, distance(p, kept[i-1], kept[i]))
		}
		if nearest > 2*tolerance {
			t.Fatalf("%v is %.3f away from the line that was kept", p, nearest)
		}
	}
}

// distance from p to the segment ab.
func distance(p, a, b vg.Point) float64 {
	d, v := b.Sub(a), p.Sub(a)
	t := min(max(v.Dot(d)/d.Dot(d), 0), 1)
	r := v.Sub(d.Scale(t))
	return math.Hypot(float64(r.X), float64(r.Y))
}

func TestClip(t *testing.T) {
	r := unitSquare()
	for _, test := range []struct {
		a, b, from, to vg.Point
		visible        bool
	}{
		{vg.Point{X: -50, Y: 50}, vg.Point{X: 150, Y: 50}, vg.Point{X: 0, Y: 50}, vg.Point{X: 100, Y: 50}, true},
		{vg.Point{X: 10, Y: 10}, vg.Point{X: 20, Y: 20}, vg.Point{X: 10, Y: 10}, vg.Point{X: 20, Y: 20}, true},
		{vg.Point{X: 50, Y: 50}, vg.Point{X: 50, Y: 1e6}, vg.Point{X: 50, Y: 50}, vg.Point{X: 50, Y: 100}, true},
		{vg.Point{X: -10, Y: 90}, vg.Point{X: 50, Y: 200}, vg.Point{}, vg.Point{}, false},
		{vg.Point{X: 101, Y: 0}, vg.Point{X: 101, Y: 100}, vg.Point{}, vg.Point{}, false},
	} {
		from, to, visible := clip(r, test.a, test.b)
		if visible != test.visible || visible && (from.Sub(test.from).X > 1e-6 || to.Sub(test.to).Y > 1e-6 || from.Sub(test.from).Y > 1e-6) {
			t.Errorf("clip(%v, %v) = %v, %v, %v", test.a, test.b, from, to, visible)
		}
	}
}
