package chart

import (
	"cmp"

	"gonum.org/v1/plot/vg"
)

// A Curve describes functions of one variable. Backdrop: Lines, Strip and Field. Overlay: all the rest, and the lines'
// names, which make way for it.
type Curve struct {
	Name, Title string
	Alt         string // "": told from the first path or the marks
	Key         string // names Lines, Strip and Window; "" is replaced by Name
	Window      Window // an empty range is fitted to the lines
	XLabel      string
	YLabel      string
	Lines       []Line // sampled functions; they break at NaN

	// Strip colours the foot of the figure by the basin of each start, left to right in cells of equal width over the
	// window: numbers as in Cells. nil: none.
	Strip []int

	Field func() Field // arrows at the foot of the backdrop, which Key must name as well; nil draws none

	Straights []Straight // tangents and secants
	Guides    []Line     // approximations of a line, and what they are off by
	Paths     []Path     // points on a curve, joined by a zigzag; Slopes give them short tangents
	Marks     []Mark
	Table     Table // zero: the points of the first path, else the marks
}

// A Straight is a straight line through (X, Y): a tangent or a secant.
type Straight struct {
	X, Y, Slope float64 // a point of the line, and its slope in data units
	Reach       float64 // half its extent along x in data units; 0: across the window
	Label       string  // written beside it; "" for none
	Ink         Ink     // zero: InkGradient
	Dashed      bool
}

// NewCurve draws c in 480×300 units.
func NewCurve(c Curve) *Figure {
	w := c.window()
	f := newFigure(c.Name, c.Title, lineSize)
	f.BackdropKey = cmp.Or(c.Key, c.Name)
	f.axes.x = linear(w.XMin, w.XMax, c.XLabel)
	f.axes.y = linear(w.YMin, w.YMax, c.YLabel)
	f.Alt, f.table = c.Alt, given(c.Table)
	_, walked := mainPath(c.Paths)
	if f.Alt == "" {
		f.Alt = markStory(c.Marks)
		if walked {
			f.Alt = pathStory(c.Paths, w)
		}
	}
	if f.table == nil {
		f.table = func() Table {
			if walked {
				return pathTable(c.Paths, w, c.XLabel, c.YLabel)
			}
			return markTable(c.Marks, c.XLabel, c.YLabel)
		}
	}
	f.backdrop = drawing(func(p *pen) {
		p.zeroLine()
		p.strip(c.Strip)
		if c.Field != nil {
			p.fieldLine(c.Field(), footHeight(c.Strip))
		}
		for _, l := range c.Lines {
			p.plainLine(l)
		}
	})
	f.overlay = drawing(func(p *pen) {
		for _, l := range c.Lines {
			p.keepClear(p.some(l.X, l.Y))
		}
		for _, s := range c.Straights {
			p.straight(s)
		}
		for _, l := range c.Guides {
			p.plainLine(l)
			p.keepClear(p.some(l.X, l.Y))
		}
		p.pathsAndMarks(c.Paths, c.Marks)
		for _, s := range c.Straights {
			p.straightLabel(s)
		}
		for _, l := range c.Guides {
			p.lineName(l)
		}
		for _, l := range c.Lines {
			p.lineName(l)
		}
	})
	f.film = filmOf(c.Paths)
	return f
}

// window fits an empty range to the lines, or to the marks and paths where there are none.
func (c *Curve) window() Window {
	x, y := newSpan(), newSpan()
	for _, l := range c.Lines {
		for i := range length(l.X, l.Y) {
			px, _ := pair(l.X, l.Y, i)
			x.see(px)
		}
		y.fit(l.Y[:length(l.X, l.Y)])
	}
	if x.empty() {
		for _, m := range c.Marks {
			x.see(m.X)
			y.see(m.Y)
		}
		return c.Window.or(x, y).around(c.Paths)
	}
	return c.Window.or(x, y)
}

// zeroLine is a thin line at height 0.
func (p *pen) zeroLine() {
	if y := p.y(0); y > p.Min.Y+1 && y < p.Max.Y-1 {
		p.segment("zero", vg.Point{X: p.Min.X, Y: y}, vg.Point{X: p.Max.X, Y: y})
	}
}

// plainLine draws a line without its name.
func (p *pen) plainLine(l Line) {
	k := l.Ink.line()
	if l.Dashed {
		k += " dash"
	}
	p.line(k, l.X, l.Y)
}

// points are the finite points of a line on the canvas.
func (p *pen) points(xs, ys []float64) []vg.Point {
	n := length(xs, ys)
	pts := make([]vg.Point, 0, n)
	for i := range n {
		if x, y := pair(xs, ys, i); finite(x) && finite(y) {
			pts = append(pts, p.at(x, y))
		}
	}
	return pts
}

// ends are the visible ends of a straight line.
func (p *pen) ends(s Straight) (a, b vg.Point, visible bool) {
	if !finite(s.X) || !finite(s.Y) || !finite(s.Slope) {
		return a, b, false
	}
	at := p.at(s.X, s.Y)
	slope := vg.Length(p.slope(s.Slope))
	reach := vg.Length(s.Reach * p.h.factor)
	if !(reach > 0) {
		reach = 2 * (p.Max.X - p.Min.X)
	}
	const steepest, farthest = 1e6, 4e6 // beyond which nothing changes in the picture
	slope = min(max(slope, -steepest), steepest)
	reach = min(reach, farthest)
	return clip(p.Rectangle, vg.Point{X: at.X - reach, Y: at.Y - reach*slope}, vg.Point{X: at.X + reach, Y: at.Y + reach*slope})
}

func (p *pen) straight(s Straight) {
	a, b, visible := p.ends(s)
	if !visible {
		return
	}
	k := s.Ink.or(InkGradient).class()
	if s.Dashed {
		k += " dash"
	}
	p.stroke(k, appendPolyline(p.newPath(), []vg.Point{a, b}))
	p.keepClear([]vg.Point{a, b})
}

// straightLabel writes the name beside the line, near the end that is farther from its own point.
func (p *pen) straightLabel(s Straight) {
	a, b, visible := p.ends(s)
	if !visible || s.Label == "" {
		return
	}
	at := p.at(s.X, s.Y)
	_, _, toA := direction(at, a)
	_, _, toB := direction(at, b)
	if toA > toB {
		b, a = a, b
	}
	if !p.inside(at) {
		at = a
	}
	var places []vg.Point
	for _, along := range [...]vg.Length{0.85, 0.7, 0.55} {
		places = append(places, vg.Point{X: at.X + along*(b.X-at.X), Y: at.Y + along*(b.Y-at.Y)})
	}
	p.label(s.Ink.or(InkGradient).class(), 7, s.Label, places...)
}

// footHeight is how high above the axis arrows stand, clear of the strip.
func footHeight(strip []int) vg.Length {
	if len(strip) > 0 {
		return basinStrip + 8
	}
	return 9
}

const basinStrip = 9

// strip colours the foot of the data area.
func (p *pen) strip(values []int) {
	for i := 0; i < len(values); {
		j := i
		for j < len(values) && values[j] == values[i] {
			j++
		}
		n := vg.Length(len(values))
		width := p.Max.X - p.Min.X
		r := vg.Rectangle{
			Min: vg.Point{X: p.Min.X + width*vg.Length(i)/n, Y: p.Min.Y},
			Max: vg.Point{X: p.Min.X + width*vg.Length(j)/n, Y: p.Min.Y + basinStrip},
		}
		p.fill(basinClass(values[i]), r.Path())
		i = j
	}
}
