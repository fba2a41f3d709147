package chart

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A drawing is a plot.Plotter made of a function that draws with a pen.
type drawing func(*pen)

// Plot draws d on the data area c.
func (d drawing) Plot(c draw.Canvas, plt *plot.Plot) {
	p := newPen(c, plt)
	d(p)
	p.svg.avoid = p.avoid
}

// A pen draws data on the data area of one plot and keeps its labels apart.
type pen struct {
	draw.Canvas // its Rectangle is the data area
	svg         *canvas
	h, v        scale

	taken []vg.Rectangle // by labels
	avoid []vg.Point     // points that labels had better not cover
}

func newPen(c draw.Canvas, plt *plot.Plot) *pen {
	svg := bottom(c.Canvas)
	return &pen{
		Canvas: c,
		svg:    svg,
		h:      scaleOf(&plt.X, c.Min.X, c.Max.X),
		v:      scaleOf(&plt.Y, c.Min.Y, c.Max.Y),
		avoid:  svg.avoid[:0],
	}
}

// A scale maps data to canvas lengths: from + factor·value, or its decimal logarithm.
type scale struct {
	from, factor float64
	log          bool
}

func scaleOf(a *plot.Axis, lo, hi vg.Length) scale {
	_, log := a.Scale.(logScale)
	from, to := a.Min, a.Max
	if log {
		from, to = math.Log10(from), math.Log10(to)
	}
	factor := float64(hi-lo) / (to - from)
	return scale{from: float64(lo) - from*factor, factor: factor, log: log}
}

// at stays within ±1e6 units, far outside any figure; NaN stays NaN.
func (s scale) at(v float64) vg.Length {
	if s.log {
		v = safeLog10(v)
	}
	const limit = 1e6
	at := s.from + s.factor*min(max(v, -huge), huge)
	switch {
	case at > limit:
		return limit
	case at < -limit:
		return -limit
	}
	return vg.Length(at)
}

func (p *pen) x(v float64) vg.Length { return p.h.at(v) }
func (p *pen) y(v float64) vg.Length { return p.v.at(v) }

func (p *pen) at(x, y float64) vg.Point { return vg.Point{X: p.x(x), Y: p.y(y)} }

func (p *pen) inside(pt vg.Point) bool {
	const slack = 0.01 // a point on the frame is inside, whatever rounding did to it
	return pt.X >= p.Min.X-slack && pt.X <= p.Max.X+slack && pt.Y >= p.Min.Y-slack && pt.Y <= p.Max.Y+slack
}

// newPath is an empty path with the room of one drawn before; stroke and fill take it back.
func (p *pen) newPath() vg.Path {
	path := p.svg.spare[:0]
	p.svg.spare = nil
	return path
}

func (p *pen) takeBack(path vg.Path) {
	if cap(path) > cap(p.svg.spare) {
		p.svg.spare = path[:0]
	}
}

// stroke draws the outline of a path, which must not be used afterwards. An empty one draws nothing.
func (p *pen) stroke(k class, path vg.Path) {
	p.svg.class, p.svg.hidden = k, false
	p.svg.Stroke(path)
	p.takeBack(path)
}

// fill draws the inside of a path, which must not be used afterwards.
func (p *pen) fill(k class, path vg.Path) {
	p.svg.class = k
	p.svg.Fill(path)
	p.takeBack(path)
}

func (p *pen) text(k class, at vg.Point, x text.XAlignment, y text.YAlignment, s string) {
	p.FillText(textStyle(k, x, y), at, s)
}

// line strokes the visible part of a line through the data, broken where they are not finite. xs nil stands for 0, 1,
// 2 ….
func (p *pen) line(k class, xs, ys []float64) {
	path := p.newPath()
	var buf [256]vg.Point
	pts := buf[:0]
	for i := range length(xs, ys) {
		x, y := pair(xs, ys, i)
		if finite(x) && finite(y) {
			pts = append(pts, p.at(x, y))
			continue
		}
		path = p.appendVisible(path, pts)
		pts = pts[:0]
	}
	p.stroke(k, p.appendVisible(path, pts))
}

// appendVisible appends the visible part of a line through canvas points, simplified.
func (p *pen) appendVisible(path vg.Path, pts []vg.Point) vg.Path {
	var buf [256]vg.Point
	piece := buf[:0]
	for i := 1; i < len(pts); i++ {
		a, b, visible := clip(p.Rectangle, pts[i-1], pts[i])
		if len(piece) > 0 && (!visible || piece[len(piece)-1] != a) {
			path = appendPolyline(path, simplify(piece))
			piece = piece[:0]
		}
		if visible {
			if len(piece) == 0 {
				piece = append(piece, a)
			}
			piece = append(piece, b)
		}
	}
	return appendPolyline(path, simplify(piece))
}

func appendPolyline(path vg.Path, pts []vg.Point) vg.Path {
	if len(pts) < 2 {
		return path
	}
	path.Move(pts[0])
	for _, pt := range pts[1:] {
		path.Line(pt)
	}
	return path
}

// dots draws discs at canvas points, all in one element: lines of no length under round caps. Points outside are left
// out.
func (p *pen) dots(k class, pts []vg.Point) {
	path := p.newPath()
	for _, pt := range pts {
		if p.inside(pt) {
			path.Move(pt)
			path.Line(pt)
		}
	}
	p.stroke(k, path)
}

// segment strokes the visible part of a straight line between canvas points.
func (p *pen) segment(k class, a, b vg.Point) {
	if a, b, visible := clip(p.Rectangle, a, b); visible {
		p.stroke(k, appendPolyline(p.newPath(), []vg.Point{a, b}))
	}
}

// arrow draws a shaft and a filled head that ends at tip. It is not clipped.
func (p *pen) arrow(k class, from, tip vg.Point) {
	const head, half = 8, 3.4
	dx, dy, length := direction(from, tip)
	if length == 0 {
		return
	}
	size := min(head, length)
	neck := vg.Point{X: tip.X - dx*size, Y: tip.Y - dy*size}
	if length > size {
		p.stroke(k, appendPolyline(p.newPath(), []vg.Point{from, neck}))
	}
	p.arrowHead(k, tip, dx, dy, size, half*size/head)
}

func (p *pen) arrowHead(k class, tip vg.Point, dx, dy, size, half vg.Length) {
	back := vg.Point{X: tip.X - dx*size, Y: tip.Y - dy*size}
	path := p.newPath()
	path.Move(tip)
	path.Line(vg.Point{X: back.X - dy*half, Y: back.Y + dx*half})
	path.Line(vg.Point{X: back.X + dy*half, Y: back.Y - dx*half})
	path.Close()
	p.fill(k, path)
}

// direction is the unit vector from a to b and their distance.
func direction(a, b vg.Point) (dx, dy, length vg.Length) {
	// Lengths on the canvas are far from overflow, so math.Hypot's care is not needed.
	dx, dy = b.X-a.X, b.Y-a.Y
	length = vg.Length(math.Sqrt(float64(dx*dx + dy*dy)))
	if length == 0 {
		return 0, 0, 0
	}
	return (b.X - a.X) / length, (b.Y - a.Y) / length, length
}
