package chart

import (
	"math"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
)

func sceneOf(w Window, f func(x, y float64) float64, azimuth, elevation float64) *scene {
	return newScene(sampleGrid(w, 100, f), w, 0, false, azimuth, elevation)
}

// From above and with the map's lower edge in front, a surface is a map.
func TestSurfaceFromAbove(t *testing.T) {
	s := sceneOf(Window{-1, 1, -1, 1}, func(x, y float64) float64 { return x * y }, 0, 90)
	low, high := s.see(0, 0, 0), s.see(1, 1, 1)
	if right, up := high.X-low.X, high.Y-low.Y; math.Abs(float64(right)-2*halfX*boxUnit) > 1e-9 || math.Abs(float64(up)-2*halfY*boxUnit) > 1e-9 {
		t.Errorf("the ground is seen as %g×%g", right, up)
	}
	// Turned by a quarter, the map's right edge is in front: upwards on the map is to the right.
	s = sceneOf(s.window, rosen, 90, 90)
	if a, b := s.see(1, 0, 0), s.see(1, 1, 0); b.X <= a.X || math.Abs(float64(b.Y-a.Y)) > 1e-9 || a.Y >= s.see(0, 0, 0).Y {
		t.Errorf("from azimuth 90 the right edge is seen from %v to %v", a, b)
	}
}

// pieces runs the cutter over all strips from the left and adds up the areas that it paints in each shade.
func pieces(s *scene) []float64 {
	areas := make([]float64, len(s.levels)+1)
	c := newCutter(s)
	for j := range s.ny - 1 {
		for i := range s.nx {
			c.rung(s.node(i, j+1), s.node(i, j))
		}
		c.end()
		c.from.z = nan
		for k, path := range c.paths {
			var polygon []vg.Point
			for _, comp := range path {
				if comp.Type != vg.CloseComp {
					polygon = append(polygon, comp.Pos)
					continue
				}
				twice := vg.Length(0)
				for n, a := range polygon {
					twice += cross(a, polygon[(n+1)%len(polygon)])
				}
				areas[k] += math.Abs(float64(twice)) / 2
				polygon = polygon[:0]
			}
			c.paths[k] = path[:0]
		}
	}
	return areas
}

// The pieces of all shades together are the surface, once, and each shade's share is the share of places that lie between
// its levels.
func TestPiecesPartTheSurface(t *testing.T) {
	for name, f := range map[string]func(x, y float64) float64{
		"plane": func(x, y float64) float64 { return x + 0.3*y }, "saddle": func(x, y float64) float64 { return x*x - y*y },
		"himmelblau": func(x, y float64) float64 { return himmelblau(3*x, 3*y) }, "rosenbrock": rosen, "waves": func(x, y float64) float64 { return math.Sin(5*x) * math.Cos(4*y) },
		"flat": func(x, y float64) float64 { return 3 },
	} {
		s := sceneOf(Window{-2, 2, -1, 2}, f, 0, 90)
		areas := pieces(s)
		whole := 4 * halfX * halfY * boxUnit * boxUnit
		sum := 0.0
		for _, a := range areas {
			sum += a
		}
		if math.Abs(sum-whole) > 0.005*whole {
			t.Errorf("%s: the pieces cover %.1f of %.1f square units", name, sum, whole)
		}
		const side = 400
		counts := make([]float64, len(areas))
		for j := range side {
			for i := range side {
				counts[s.bandOf(s.height((float64(i)+0.5)/side, (float64(j)+0.5)/side))]++
			}
		}
		for k, n := range counts {
			if got, want := areas[k]/whole, n/(side*side); math.Abs(got-want) > 0.01 {
				t.Errorf("%s: shade %d covers %.3f, want %.3f", name, k, got, want)
			}
		}
	}
}

// Cells with a corner where the function has no value are left out, no more and no less.
func TestHolesInTheSurface(t *testing.T) {
	s := sceneOf(Window{-1, 1, -1, 1}, func(x, y float64) float64 {
		if math.Hypot(x, y) < 0.5 {
			return math.Inf(1)
		}
		return x
	}, 0, 90)
	missing := 0
	for j := range s.ny - 1 {
		for i := range s.nx - 1 {
			for _, z := range [...]meshed{s.node(i, j), s.node(i+1, j), s.node(i, j+1), s.node(i+1, j+1)} {
				if !z.there() {
					missing++
					break
				}
			}
		}
	}
	sum := 0.0
	for _, a := range pieces(s) {
		sum += a
	}
	whole := 4 * halfX * halfY * boxUnit * boxUnit
	want := whole * (1 - float64(missing)/float64((s.nx-1)*(s.ny-1)))
	if missing == 0 || math.Abs(sum-want) > 0.005*whole {
		t.Errorf("with %d cells missing %.1f square units are covered, want %.1f", missing, sum, want)
	}
}

func TestHeights(t *testing.T) {
	w := Window{-2, 2, -1, 3}
	tests := []struct {
		name string
		f    func(x, y float64) float64
		way  warp
	}{
		{"bowl", func(x, y float64) float64 { return x*x + y*y }, even},
		{"rosenbrock", rosen, logAbove},
		{"spike", func(x, y float64) float64 { return 1 / (x*x + y*y + 1e-6) }, aroundMedian},
		{"pit", func(x, y float64) float64 { return -1 / (x*x + y*y + 1e-6) }, aroundMedian},
		{"exp", func(x, y float64) float64 { return math.Exp(5 * x) }, aroundMedian},
		{"flat", func(x, y float64) float64 { return -7 }, even},
	}
	for _, tt := range tests {
		h := heightsFor(sampleGrid(w, 100, tt.f), 0, false)
		if h.way != tt.way {
			t.Errorf("%s: heights are warped by way %d, want %d", tt.name, h.way, tt.way)
		}
		last := math.Inf(-1)
		for k := range 101 {
			z := h.at(h.lo + (h.hi-h.lo)*float64(k)/100)
			if z < last || z < -1e-9 || z > 1+1e-9 {
				t.Fatalf("%s: heights are not ascending from 0 to 1: %g after %g", tt.name, z, last)
			}
			last = z
		}
		if math.Abs(h.at(h.lo)) > 1e-12 || math.Abs(h.at(h.hi)-1) > 1e-12 {
			t.Errorf("%s: floor and lid are at %g and %g", tt.name, h.at(h.lo), h.at(h.hi))
		}
		ticks, name := h.ticks("$J$")
		if (h.way != even) != strings.Contains(name, ", ") || (h.way != even) != (h.words() != "") {
			t.Errorf("%s: the axis is called %q, and it is said %q", tt.name, name, h.words())
		}
		for _, tick := range ticks {
			if v, err := strconv.ParseFloat(strings.ReplaceAll(tick.Label, "−", "-"), 64); err == nil && !strings.Contains(name, "×") && math.Abs(v-tick.Value) > 1e-9*math.Abs(v) {
				t.Errorf("%s: %q stands at %g", tt.name, tick.Label, tick.Value)
			}
		}
		if len(ticks) < 2 {
			t.Errorf("%s: %d ticks", tt.name, len(ticks))
		}
	}
}

// A ridge along x hides what lies behind it, from one side and not from the other, and not from above.
func TestSurfaceHides(t *testing.T) {
	ridge := func(_, y float64) float64 { return math.Exp(-20 * y * y) }
	w := Window{-1, 1, -1, 1}
	behind, before := [2]float64{0.5, 0.62}, [2]float64{0.5, 0.38}
	for _, tt := range []struct {
		azimuth, elevation float64
		at                 [2]float64
		want               bool
	}{
		{0, 20, behind, false}, {0, 20, before, true}, {180, 20, behind, true}, {180, 20, before, false}, {0, 90, behind, true}, {-90, 20, behind, true},
	} {
		s := sceneOf(w, ridge, tt.azimuth, tt.elevation)
		if got := s.seen(tt.at[0], tt.at[1], s.height(tt.at[0], tt.at[1])); got != tt.want {
			t.Errorf("from azimuth %g, elevation %g the place %v is seen: %v, want %v", tt.azimuth, tt.elevation, tt.at, got, tt.want)
		}
	}
}

func TestSurfaceKeyNamesTheView(t *testing.T) {
	at := func(azimuth float64) string {
		return NewSurface(Surface{Name: "s", Window: Window{0, 1, 0, 1}, Azimuth: azimuth, Elevation: 30}).BackdropKey
	}
	if one, again, other := at(10), at(10), at(11); one == other || one != again {
		t.Errorf("keys %q, %q and %q", one, again, other)
	}
}

// Keys travel in a header, with spaces between.
func TestKeysAreASCII(t *testing.T) {
	for _, f := range gallery() {
		if strings.ContainsFunc(f.BackdropKey, func(r rune) bool { return r <= ' ' || r > '~' }) {
			t.Errorf("%s has the key %q", f.Name, f.BackdropKey)
		}
	}
}

// The arrows of a field point where its vectors do, the longest fills its cell.
func TestFieldArrows(t *testing.T) {
	path := appendArrow(nil, vg.Point{X: 10, Y: 20}, 0.6, -0.8, 20)
	if from, tip := path[0].Pos, path[1].Pos; from != (vg.Point{X: 4, Y: 28}) || tip != (vg.Point{X: 16, Y: 12}) {
		t.Errorf("the arrow goes from %v to %v", from, tip)
	}
	f := NewContour(Contour{Name: "f", Window: Window{0, 4, 0, 1}, Field: func() Field {
		return Field{NX: 4, NY: 1, X: []float64{1e4, 1, 0, nan}, Y: []float64{0, 0, 0, 1}}
	}})
	d := string(render(t, f.WriteBackdrop))
	if got := strings.Count(d[strings.Index(d, "gradient field"):strings.Index(d, "s frame")], "m") + 1; got != 4 { // two strokes each
		t.Errorf("%d strokes for two arrows: %s", got, d)
	}
}

// Level lines of a plane that rises to the right are upright; none runs along the patch's edge.
func TestPatchLevelLines(t *testing.T) {
	w, patch := Window{-1, 1, -1, 1}, Window{-.5, .5, -.5, .5}
	plane := func(x, _ float64) float64 { return x }
	f := NewContour(Contour{Name: "c", Window: w, Grid: func() Grid { return sampleGrid(w, 50, plane) },
		Patch: &Patch{Window: patch, Grid: func() Grid { return sampleGrid(patch, 11, plane) }}})
	_, d, _ := strings.Cut(string(render(t, f.WriteOverlay)), `<path class="s theory thin" d="`)
	d, _, _ = strings.Cut(d, `"`)
	if lines := strings.Count(d, "v"); lines < 5 || strings.ContainsAny(d, "lh") {
		t.Errorf("%d upright lines in %q", lines, d)
	}
}
