package chart

import (
	"bytes"
	"compress/gzip"
	"testing"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

// benchPath is a run of 200 steps over Rosenbrock's valley and its losses.
func benchPath() (xs, ys, losses []float64) {
	x, y := -1.5, 2.0
	for range 201 {
		xs, ys, losses = append(xs, x), append(ys, y), append(losses, rosen(x, y))
		gx, gy := -2*(1-x)-400*x*(y-x*x), 200*(y-x*x)
		x, y = x-0.0012*gx, y-0.0012*gy
	}
	return xs, ys, losses
}

func benchContour(g Grid, xs, ys []float64) *Figure {
	return NewContour(Contour{
		Name: "path", Window: Window{-2, 2, -1, 3}, XLabel: "$x$", YLabel: "$y$", Grid: func() Grid { return g }, MinimumKnown: true,
		Paths: []Path{{X: xs, Y: ys, ArrowX: 1, ArrowY: 1, ArrowLabel: "$−∇J$"}},
		Marks: []Mark{{X: 1, Y: 1, Kind: MarkMinimum, Label: "minimum"}},
	})
}

type counter int

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}

// Judge by ratios, which say the same on every machine: against BenchmarkStock, which draws the same with gonum/plot's own
// contour and vgsvg, a full figure is to be at least 25 times faster and a quarter of the size, and what a tweak changes
// (BenchmarkOverlay) at least 340 times faster.

// BenchmarkContour draws both layers of a full contour figure; the grid is given.
func BenchmarkContour(b *testing.B) {
	g := sampleGrid(Window{-2, 2, -1, 3}, 100, rosen)
	xs, ys, _ := benchPath()
	b.ReportAllocs()
	var svg bytes.Buffer
	for b.Loop() {
		svg.Reset()
		f := benchContour(g, xs, ys)
		if f.WriteBackdrop(&svg) != nil || f.WriteOverlay(&svg) != nil {
			b.Fatal("not written")
		}
	}
	b.ReportMetric(float64(svg.Len()), "bytes")
	b.ReportMetric(float64(compressed(b, svg.Bytes())), "compressed")
}

// compressed is the number of bytes that are sent.
func compressed(b *testing.B, content []byte) int {
	var out counter
	w, err := gzip.NewWriterLevel(&out, gzip.BestSpeed)
	if err != nil {
		b.Fatal(err)
	}
	if _, err = w.Write(content); err != nil || w.Close() != nil {
		b.Fatal("not compressed")
	}
	return int(out)
}

// BenchmarkOverlay draws what a tweak changes: the overlay and the loss.
func BenchmarkOverlay(b *testing.B) {
	xs, ys, losses := benchPath()
	b.ReportAllocs()
	var bytes counter
	for b.Loop() {
		bytes = 0
		f := benchContour(Grid{}, xs, ys)
		loss := NewLoss(Loss{Name: "loss", Values: losses, MinimumKnown: true})
		if f.WriteOverlay(&bytes) != nil || loss.WriteOverlay(&bytes) != nil {
			b.Fatal("not written")
		}
	}
	b.ReportMetric(float64(bytes), "bytes")
}

// BenchmarkCompared draws what a tweak of a comparison changes: the overlay of six paths of 200 points.
func BenchmarkCompared(b *testing.B) {
	var paths []Path
	for i := range 6 {
		r := descend("a run's name", rosen, rosenGrad, -1.5, 2, .0001*float64(i+1), .5, 200)
		paths = append(paths, Path{Label: r.name, Ink: InkRun(i), X: r.xs, Y: r.ys})
	}
	b.ReportAllocs()
	var bytes counter
	for b.Loop() {
		bytes = 0
		f := NewContour(Contour{Name: "path", Window: Window{-2, 2, -1, 3}, Paths: paths, Marks: []Mark{{X: 1, Y: 1, Kind: MarkMinimum, Label: "minimum"}}})
		if f.WriteOverlay(&bytes) != nil {
			b.Fatal("not written")
		}
	}
	b.ReportMetric(float64(bytes), "bytes")
}

// BenchmarkRace draws the losses of six runs of 200 steps.
func BenchmarkRace(b *testing.B) {
	var racers []Racer
	for i := range 6 {
		racers = append(racers, Racer{Label: "a run's name", Values: descend("", rosen, rosenGrad, -1.5, 2, .0001*float64(i+1), .5, 200).losses})
	}
	b.ReportAllocs()
	var bytes counter
	for b.Loop() {
		bytes = 0
		if NewRace(Race{Name: "race", Racers: racers, MinimumKnown: true}).WriteOverlay(&bytes) != nil {
			b.Fatal("not written")
		}
	}
	b.ReportMetric(float64(bytes), "bytes")
}

type stockGrid struct {
	g Grid
	w Window
}

func (s stockGrid) Dims() (c, r int)   { return s.g.NX, s.g.NY }
func (s stockGrid) Z(c, r int) float64 { return s.g.Values[r*s.g.NX+c] }
func (s stockGrid) X(c int) float64 {
	return s.w.XMin + float64(c)*(s.w.XMax-s.w.XMin)/float64(s.g.NX-1)
}
func (s stockGrid) Y(r int) float64 {
	return s.w.YMin + float64(r)*(s.w.YMax-s.w.YMin)/float64(s.g.NY-1)
}

// BenchmarkStock draws the same contours and path with gonum's own Contour, Line and SVG canvas, for comparison.
func BenchmarkStock(b *testing.B) {
	w := Window{-2, 2, -1, 3}
	g := sampleGrid(w, 100, rosen)
	xs, ys, _ := benchPath()
	levels := contourLevels(g, 0, true)
	points := make(plotter.XYs, len(xs))
	for i := range xs {
		points[i] = plotter.XY{X: xs[i], Y: ys[i]}
	}
	b.ReportAllocs()
	var bytes counter
	for b.Loop() {
		bytes = 0
		p := plot.New()
		line, err := plotter.NewLine(points)
		if err != nil {
			b.Fatal(err)
		}
		p.Add(plotter.NewContour(stockGrid{g, w}, levels, nil), line)
		c := vgsvg.New(480, 420)
		p.Draw(draw.New(c))
		if _, err := c.WriteTo(&bytes); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(bytes), "bytes")
}

// BenchmarkBasins draws both layers of a map of 100×87 starts in four basins, with contours over it.
func BenchmarkBasins(b *testing.B) {
	w := Window{-2, 2, -1, 3}
	g := sampleGrid(w, 100, rosen)
	cells := Cells{NX: 100, NY: 87, Values: make([]int, 100*87)}
	for i := range cells.Values {
		x, y := i%100, i/100
		cells.Values[i] = (x*x/900 + y/17) % 4
	}
	xs, ys, _ := benchPath()
	b.ReportAllocs()
	var size counter
	for b.Loop() {
		size = 0
		f := NewBasins(Basins{
			Name: "basins", Window: w, Map: func() Cells { return cells }, Grid: func() Grid { return g },
			Critical: []Mark{{X: 1, Y: 1, Kind: MarkMinimum, Label: "minimum"}}, Paths: []Path{{X: xs, Y: ys}},
		})
		if f.WriteBackdrop(&size) != nil || f.WriteOverlay(&size) != nil {
			b.Fatal("not written")
		}
	}
	b.ReportMetric(float64(size), "bytes")
}

// BenchmarkCurve draws what a tweak on a line changes: the overlay of a run of 200 steps with its tangents.
func BenchmarkCurve(b *testing.B) {
	var xs, ys, slopes, at, height []float64
	for i := range 401 {
		x := -2 + float64(i)/100
		xs, ys = append(xs, x), append(ys, x*x)
	}
	for x, k := 1.9, 0; k <= 200; k++ {
		at, height, slopes = append(at, x), append(height, x*x), append(slopes, 2*x)
		x *= -0.98
	}
	b.ReportAllocs()
	var size counter
	for b.Loop() {
		size = 0
		f := NewCurve(Curve{
			Name: "line", Key: "line", Window: Window{XMin: -2, XMax: 2}, Lines: []Line{{X: xs, Y: ys}},
			Paths: []Path{{X: at, Y: height, Slopes: slopes}}, Marks: []Mark{{X: 1.9, Y: 3.61, Kind: MarkStart, Label: "start"}},
		})
		if f.WriteOverlay(&size) != nil {
			b.Fatal("not written")
		}
	}
	b.ReportMetric(float64(size), "bytes")
}

// BenchmarkSurface makes a surface with a run of 200 steps and draws both layers; the grid is given.
func BenchmarkSurface(b *testing.B) {
	w := Window{-2, 2, -1, 3}
	g := sampleGrid(w, 100, rosen)
	xs, ys, _ := benchPath()
	b.ReportAllocs()
	var bytes counter
	for b.Loop() {
		bytes = 0
		f := NewSurface(Surface{Name: "surface", Window: w, Grid: func() Grid { return g }, MinimumKnown: true, Azimuth: 30, Elevation: 35, Paths: []Path{{X: xs, Y: ys}}})
		if f.WriteBackdrop(&bytes) != nil || f.WriteOverlay(&bytes) != nil {
			b.Fatal("not written")
		}
	}
	b.ReportMetric(float64(bytes), "bytes")
}
