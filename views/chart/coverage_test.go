package chart

import (
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/plot/vg"
)

// covered is the coverage of every pixel, 0 to 255.
func covered(c *coverage, crisp bool) []float64 {
	got := make([]float64, c.width*c.height)
	c.spans(crisp, func(row, from, to int, k uint32) {
		for x := from; x < to; x++ {
			got[row*c.width+x] += float64(k)
		}
	})
	return got
}

func total(values []float64) (sum float64) {
	for _, v := range values {
		sum += v / 255
	}
	return sum
}

func fillOf(c *coverage, points ...vec) {
	for i, p := range points {
		c.edge(p, points[(i+1)%len(points)])
	}
}

// Triangles of any size, inside the picture or not, cover what 16×16 samples a pixel say.
func TestCoverageSampled(t *testing.T) {
	const w, h, fine = 23, 17, 16
	random := rand.New(rand.NewPCG(1, 2))
	c := &coverage{}
	c.reset(w, h)
	for range 300 {
		var p [3]vec
		spread := math.Exp(4 * random.Float64())
		for i := range p {
			p[i] = vec{w/2 + spread*random.NormFloat64(), h/2 + spread*random.NormFloat64()}
		}
		fillOf(c, p[:]...)
		got := covered(c, false)
		for i, v := range got {
			want := 0
			for k := range fine * fine {
				at := vec{float64(i%w) + (float64(k%fine)+.5)/fine, float64(i/w) + (float64(k/fine)+.5)/fine}
				a, b, d := p[1].minus(p[0]).cross(at.minus(p[0])), p[2].minus(p[1]).cross(at.minus(p[1])), p[0].minus(p[2]).cross(at.minus(p[2]))
				if a >= 0 && b >= 0 && d >= 0 || a <= 0 && b <= 0 && d <= 0 {
					want++
				}
			}
			// Samples are off by what an edge can do within one row of them, three edges at the most.
			if share := 255 * float64(want) / (fine * fine); math.Abs(v-share) > 255*3.2/fine {
				t.Fatalf("triangle %v: pixel %d, %d is covered %.0f, samples say %.0f", p, i%w, i/w, v, share)
			}
		}
	}
}

func TestCoverageAreas(t *testing.T) {
	c := &coverage{}
	c.reset(100, 80)
	square := func(x, y, side float64) []vec {
		return []vec{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}}
	}
	for _, test := range []struct {
		name string
		draw func()
		want float64
		off  float64
	}{
		{"square between pixels", func() { fillOf(c, square(10.3, 5.6, 20.5)...) }, 20.5 * 20.5, .5},
		{"twice the same", func() { fillOf(c, square(10, 5, 20)...); fillOf(c, square(10, 5, 20)...) }, 400, 0},
		{"a hole", func() { fillOf(c, square(10, 5, 20)...); fillOf(c, vec{12, 7}, vec{12, 17}, vec{22, 17}, vec{22, 7}) }, 300, 0},
		{"half outside on the left", func() { fillOf(c, square(-10, 5, 20)...) }, 200, 0},
		{"half outside on the right", func() { fillOf(c, square(90, 5, 20)...) }, 200, 0},
		{"half outside above and below", func() { fillOf(c, vec{10, -1e6}, vec{20, -1e6}, vec{20, 1e6}, vec{10, 1e6}) }, 800, 0},
		{"everything", func() { fillOf(c, square(-1e9, -1e9, 2e9)...) }, 8000, 0},
		{"nothing", func() { fillOf(c, square(math.NaN(), 3, math.Inf(1))...) }, 0, 0},
		{"a dot", func() { stroker{c, 10, true, true}.stroke(polyline{points: []vec{{40, 40}}, drawn: true}) }, 100 * math.Pi, 1.5},
		{"a dot of no width", func() { stroker{c, 0, true, true}.stroke(polyline{points: []vec{{40, 40}}, drawn: true}) }, 0, 0},
		{"a move", func() { stroker{c, 10, true, true}.stroke(polyline{points: []vec{{40, 40}}}) }, 0, 0},
		{"a dot under butt caps", func() { stroker{c, 10, false, true}.stroke(polyline{points: []vec{{40, 40}}, drawn: true}) }, 0, 0},
		{"a line", func() { stroker{c, 3, false, true}.stroke(polyline{points: []vec{{10, 10}, {40, 50}}}) }, 300, 1},
		{"a line with caps", func() { stroker{c, 3, true, true}.stroke(polyline{points: []vec{{10, 10}, {40, 50}}}) }, 300 + 9*math.Pi, 1},
		// Twice the same line is the same line but for its soft edges, where halves add up.
		{"there and back", func() { stroker{c, 3, true, true}.stroke(polyline{points: []vec{{10, 10}, {40, 50}, {10, 10}}}) }, 300 + 9*math.Pi + 27, 4},
		{"a frame with mitres", func() { stroker{c, 2, false, false}.stroke(polyline{points: square(10, 10, 30), closed: true}) }, 34*34 - 26*26, 1},
		{"a frame with round corners", func() { stroker{c, 2, false, true}.stroke(polyline{points: square(10, 10, 30), closed: true}) },
			34*34 - 26*26 - (4-math.Pi)*4, 1},
		{"a line of many pieces", func() {
			l := polyline{points: []vec{{5, 5}}}
			for i := range 90 {
				l.add(vec{5 + float64(i), 40 + 30*math.Sin(float64(i)/9)})
			}
			s := stroker{c, 1, false, true}
			s.stroke(polyline{points: l.points[1:]})
		}, 2 * arcLength(), 4},
	} {
		test.draw()
		if got := total(covered(c, false)); math.Abs(got-test.want) > test.off {
			t.Errorf("%s covers %.2f pixels, want %.2f", test.name, got, test.want)
		}
		if got := total(covered(c, false)); got != 0 {
			t.Errorf("%s leaves %.2f pixels behind", test.name, got)
		}
	}
}

func arcLength() (sum float64) {
	at := func(i int) vec { return vec{float64(i), 30 * math.Sin(float64(i)/9)} }
	for i := range 89 {
		sum += at(i + 1).minus(at(i)).length()
	}
	return sum
}

func TestDashes(t *testing.T) {
	lengths := func(l polyline, pattern ...float64) (list []float64) {
		for _, d := range dashed(l, pattern) {
			sum := 0.0
			for i := 1; i < len(d.points); i++ {
				sum += d.points[i].minus(d.points[i-1]).length()
			}
			list = append(list, math.Round(100*sum)/100)
		}
		return list
	}
	same := func(a []float64, b ...float64) bool {
		for i := range a {
			if len(a) != len(b) || a[i] != b[i] {
				return false
			}
		}
		return len(a) == len(b)
	}
	l := polyline{points: []vec{{0, 0}, {6, 0}, {6, 10}}}
	if got := lengths(l, 4, 3); !same(got, 4, 4, 2) {
		t.Errorf("4 3: %v", got)
	}
	if got := lengths(l, 3, 1, 2); !same(got, 3, 2, 1, 3) { // an odd pattern swaps lines and gaps
		t.Errorf("3 1 2: %v", got)
	}
	l.closed = true
	if got := lengths(l, 100, 1); !same(got, 16+math.Round(100*math.Hypot(6, 10))/100) {
		t.Errorf("closed: %v", got)
	}
	if got := lengths(l, 1e-9, 1e-9); len(got) > 20000 {
		t.Errorf("%d dashes", len(got))
	}
}

func TestPolylines(t *testing.T) {
	place := func(p vg.Point) vec { return vec{float64(p.X), float64(p.Y)} }
	var path vg.Path
	path.Move(vg.Point{X: 1, Y: 1})
	path.Line(vg.Point{X: 1, Y: 1}) // a dot
	path.Move(vg.Point{X: 5, Y: 5})
	path.Line(vg.Point{X: 9, Y: 5})
	path.Line(vg.Point{X: 9, Y: 9})
	path.Line(vg.Point{X: 5, Y: 5})
	path.Close()
	path.Line(vg.Point{X: 0, Y: 0}) // begins where the closed one did
	path.Move(vg.Point{X: 20, Y: 0})
	path.QuadTo(vg.Point{X: 30, Y: 0}, vg.Point{X: 30, Y: 10})
	path.Move(vg.Point{X: 7, Y: 7})
	got := polylines(path, place)
	if len(got) != 5 || len(got[0].points) != 1 || !got[0].drawn || len(got[1].points) != 3 || !got[1].closed || got[2].points[0] != (vec{5, 5}) || got[4].drawn {
		t.Errorf("%+v", got)
	}
	if middle := got[3].points[len(got[3].points)/2]; middle != (vec{27.5, 2.5}) {
		t.Errorf("the middle of the curve is %v", middle)
	}
}
