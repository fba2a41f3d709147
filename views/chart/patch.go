package chart

import (
	"math"

	"gonum.org/v1/plot/vg"
)

// A Patch is an approximation of a figure's function over a part of the figure's window. It is drawn in the ink of theory:
// dashed level lines over contours, at the contours' own levels, and a mesh on a surface.
type Patch struct {
	Window Window      // within the figure's
	Grid   func() Grid // samples of the approximation over Window; called when the overlay is written
	Label  string      // written at its edge; "" for none
}

// levelLines draws a patch over contours with these levels.
func (p *pen) levelLines(patch *Patch, levels []float64) {
	w := patch.Window
	if !usable(w.XMin, w.XMax) || !usable(w.YMin, w.YMax) {
		return
	}
	corners := vg.Rectangle{Min: p.at(w.XMin, w.YMin), Max: p.at(w.XMax, w.YMax)}
	corners.Min, corners.Max = p.into(corners.Min), p.into(corners.Max)
	size := corners.Size()
	if g := patch.Grid(); g.NX > 1 && g.NY > 1 && len(g.Values) == g.NX*g.NY && len(levels) > 0 && size.X > 1 && size.Y > 1 {
		t := newIsolines(g, levels, corners)
		path := p.newPath()
		for k := range levels {
			t.trace(k, func(pts []vg.Point) { path = appendInside(path, pts, corners) })
		}
		p.stroke("theory thin", path)
	}
	p.stroke("theory weft", corners.Path())
	right, left := vg.Point{X: corners.Max.X, Y: corners.Max.Y}, vg.Point{X: corners.Min.X, Y: corners.Max.Y}
	p.label(class(InkTheory), 6, patch.Label, right, left, corners.Min, vg.Point{X: corners.Max.X, Y: corners.Min.Y})
}

// into is the point of the data area nearest to pt.
func (p *pen) into(pt vg.Point) vg.Point {
	return vg.Point{X: min(max(pt.X, p.Min.X), p.Max.X), Y: min(max(pt.Y, p.Min.Y), p.Max.Y)}
}

// appendInside adds a closed outline without the parts that run along the rectangle's sides: those are no level lines.
func appendInside(path vg.Path, pts []vg.Point, r vg.Rectangle) vg.Path {
	const slack = 0.01
	along := func(a, b vg.Point) bool {
		for _, side := range [...]vg.Length{r.Min.X, r.Max.X} {
			if math.Abs(float64(a.X-side)) < slack && math.Abs(float64(b.X-side)) < slack {
				return true
			}
		}
		for _, side := range [...]vg.Length{r.Min.Y, r.Max.Y} {
			if math.Abs(float64(a.Y-side)) < slack && math.Abs(float64(b.Y-side)) < slack {
				return true
			}
		}
		return false
	}
	from := 0
	for i := 1; i < len(pts); i++ {
		if along(pts[i-1], pts[i]) {
			path = appendPolyline(path, simplify(pts[from:i]))
			from = i
		}
	}
	return appendPolyline(path, simplify(pts[from:]))
}
