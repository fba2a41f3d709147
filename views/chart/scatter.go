package chart

import (
	"cmp"
	"math"
	"strconv"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// A Scatter describes two classes of points in the plane and the linear classifier p = σ(Bias + W1·x + W2·y).
// Backdrop: axes and points. Overlay: shading by p in ten bands, the boundary p = ½, thin lines where p is 0.1 and
// 0.9.
type Scatter struct {
	Name, Title string
	Alt         string // "": told from the points and the boundary
	Key         string // names the points and the window; "" is replaced by Name
	Window      Window // an empty range is fitted to the points
	XLabel      string
	YLabel      string
	X, Y        []float64 // one example each, in the units of the axes
	Class       []int     // 0 or 1 for each point
	ClassNames  [2]string // written above the data area beside their markers

	Bias, W1, W2 float64 // in the units of the axes; W1 = W2 = 0 draws no boundary

	Start *Classifier // another boundary, thin and dashed, where a run started; nil: none
	Spot  *Spot       // the point that the reader looks at; nil: none

	Highlight []int // points of the current mini-batch, by index: ringed
	Table     Table // zero: per class the points on each side of the boundary
}

// A Classifier is p = σ(Bias + W1·x + W2·y).
type Classifier struct{ Bias, W1, W2 float64 }

// A Spot is a point that is looked at: ringed, named, and with an arrow.
type Spot struct {
	Index  int     // of the point
	DX, DY float64 // the arrow, in data units: true in direction, its length kept between 14 and 90 units; zero: none
	Label  string  // written at the arrow's tip; "" for none
}

// NewScatter draws s in 480×420 units.
func NewScatter(s Scatter) *Figure {
	x, y := newSpan(), newSpan()
	x.see(s.X...)
	y.see(s.Y...)
	w := s.Window.or(x, y)
	f := newFigure(s.Name, s.Title, planeSize)
	f.BackdropKey = cmp.Or(s.Key, s.Name)
	f.axes.x = linear(w.XMin, w.XMax, s.XLabel)
	f.axes.y = linear(w.YMin, w.YMax, s.YLabel)
	f.Alt, f.table = s.Alt, given(s.Table)
	if f.Alt == "" {
		f.Alt = s.story()
	}
	if f.table == nil {
		f.table = s.table
	}
	f.backdrop = drawing(s.drawPoints)
	f.overlay = drawing(s.drawClassifier)
	return f
}

func (s *Scatter) size() int { return min(len(s.X), len(s.Y), len(s.Class)) }

// drawPoints draws discs for class 0 and squares on a corner for class 1.
func (s *Scatter) drawPoints(p *pen) {
	var discs []vg.Point
	var path vg.Path
	for i := range s.size() {
		if !finite(s.X[i]) || !finite(s.Y[i]) {
			continue
		}
		at := p.at(s.X[i], s.Y[i])
		switch {
		case !p.inside(at):
		case s.Class[i] == 0:
			discs = append(discs, at)
		default:
			path = appendDiamond(path, at)
		}
	}
	p.dots("paper d5", discs)
	p.dots(class(InkClass0)+" d4", discs)
	if len(path) > 0 {
		p.fill(class(InkClass1)+" mark", path)
	}
	p.classKey(s.ClassNames)
}

func appendDiamond(path vg.Path, at vg.Point) vg.Path {
	const r = 4.2
	path.Move(vg.Point{X: at.X, Y: at.Y + r})
	path.Line(vg.Point{X: at.X + r, Y: at.Y})
	path.Line(vg.Point{X: at.X, Y: at.Y - r})
	path.Line(vg.Point{X: at.X - r, Y: at.Y})
	path.Close()
	return path
}

// classKey writes the classes' names above the data area, each before its marker: texts that the page enlarges grow
// away from it.
func (p *pen) classKey(names [2]string) {
	const markerRoom, gap = 12, 14
	at := vg.Point{X: p.Max.X - 4, Y: p.Max.Y + 15}
	for i := 1; i >= 0; i-- {
		if names[i] == "" {
			continue
		}
		if i == 1 {
			p.fill(class(InkClass1)+" mark", appendDiamond(p.newPath(), at))
		} else {
			path := p.newPath()
			path.Move(at)
			path.Line(at)
			p.stroke(class(InkClass0)+" d4", path)
		}
		at.X -= markerRoom
		p.text([]class{class(InkClass0), class(InkClass1)}[i], at, text.XRight, text.YCenter, names[i])
		at.X -= textWidth(names[i]) + gap
	}
}

func (s *Scatter) drawClassifier(p *pen) {
	if s.Start != nil {
		start := Scatter{Bias: s.Start.Bias, W1: s.Start.W1, W2: s.Start.W2}
		if c, ok := start.onCanvas(p); ok {
			p.contourOf(class(InkTheta)+" thin dash", c, 0, "start")
		}
	}
	if c, ok := s.onCanvas(p); ok {
		for _, t := range [...]float64{0.5, 0.6, 0.7, 0.8, 0.9} {
			p.halfPlane("p1", c, logit(t))
			p.halfPlane("p0", line{-c.a, -c.b, -c.c}, logit(t))
		}
		p.contourOf("thin soft dash", c, logit(0.1), "$p$ = 0.1")
		p.contourOf("thin soft dash", c, logit(0.9), "$p$ = 0.9")
		p.contourOf(class(InkTheta)+" bold", c, 0, "$p$ = ½")
	}
	var ring vg.Path
	for _, i := range s.Highlight {
		if i < 0 || i >= s.size() || !finite(s.X[i]) || !finite(s.Y[i]) {
			continue
		}
		if at := p.at(s.X[i], s.Y[i]); p.inside(at) {
			const r = 6.5
			ring.Move(vg.Point{X: at.X + r, Y: at.Y})
			ring.Arc(at, r, 0, 2*math.Pi)
		}
	}
	if len(ring) > 0 {
		p.stroke("ring", ring)
	}
	if s.Spot != nil {
		s.drawSpot(p)
	}
}

func (s *Scatter) drawSpot(p *pen) {
	i := s.Spot.Index
	if i < 0 || i >= s.size() || !finite(s.X[i]) || !finite(s.Y[i]) {
		return
	}
	at := p.at(s.X[i], s.Y[i])
	if !p.inside(at) {
		return
	}
	const r = 8
	for _, k := range [...]class{"paper rim", "ring"} {
		ring := p.newPath()
		ring.Move(vg.Point{X: at.X + r, Y: at.Y})
		ring.Arc(at, r, 0, 2*math.Pi)
		p.stroke(k, ring)
	}
	// The rim lies over the point: it is drawn again.
	if s.Class[i] == 0 {
		p.dots(class(InkClass0)+" d4", []vg.Point{at})
	} else {
		p.fill(class(InkClass1)+" mark", appendDiamond(p.newPath(), at))
	}
	p.avoid = append(p.avoid, at)
	if tip, ok := p.arrowTip(s.Spot.DX, s.Spot.DY, at); ok {
		dx, dy, length := direction(at, tip)
		if from := (vg.Point{X: at.X + dx*r, Y: at.Y + dy*r}); length > r {
			p.arrow(class(InkGradient)+" bold", from, tip)
		}
		p.keepClear([]vg.Point{at, tip})
		p.label(class(InkGradient), 9, s.Spot.Label, tip)
		return
	}
	p.label(class(InkGradient), 12, s.Spot.Label, at)
}

func logit(p float64) float64 { return math.Log(p / (1 - p)) }

// A line is a·x + b·y + c on the canvas.
type line struct{ a, b, c float64 }

// onCanvas is the classifier's score in canvas coordinates; false where it does not vary or is not finite.
func (s *Scatter) onCanvas(p *pen) (line, bool) {
	a, b := s.W1/p.h.factor, s.W2/p.v.factor
	c := s.Bias - a*p.h.from - b*p.v.from
	norm := math.Hypot(a, b)
	return line{a, b, c}, norm > 1e-12 && finite(norm) && finite(c)
}

// halfPlane shades where the score is at least t.
func (p *pen) halfPlane(k class, l line, t float64) {
	corners := []vg.Point{p.Min, {X: p.Max.X, Y: p.Min.Y}, p.Max, {X: p.Min.X, Y: p.Max.Y}}
	if pts := cut(corners, l.a, l.b, t-l.c); len(pts) > 2 {
		path := appendPolyline(p.newPath(), pts)
		path.Close()
		p.fill(k, path)
	}
}

// contourOf draws the line on which the score is t.
func (p *pen) contourOf(k class, l line, t float64, name string) {
	n := math.Hypot(l.a, l.b)
	ux, uy := l.a/n, l.b/n
	middle := p.Center()
	off := (t - l.c - l.a*float64(middle.X) - l.b*float64(middle.Y)) / n
	if math.Abs(off) > 1e4 {
		return
	}
	const far = 2e3
	foot := vg.Point{X: middle.X + vg.Length(off*ux), Y: middle.Y + vg.Length(off*uy)}
	d := vg.Point{X: vg.Length(-uy * far), Y: vg.Length(ux * far)}
	a, b, visible := clip(p.Rectangle, foot.Sub(d), foot.Add(d))
	if !visible {
		return
	}
	p.stroke(k, appendPolyline(p.newPath(), []vg.Point{a, b}))
	if a.Y < b.Y {
		a, b = b, a
	}
	p.keepClear([]vg.Point{a, b})
	var places []vg.Point
	for _, along := range [...]vg.Length{0.06, 0.15, 0.94, 0.85, 0.25} {
		places = append(places, vg.Point{X: a.X + along*(b.X-a.X), Y: a.Y + along*(b.Y-a.Y)})
	}
	ink := class("soft")
	if t == 0 {
		ink = class(InkTheta)
	}
	p.label(ink, 9, name, places...)
}

// sides counts the points of each class whose p is below ½ and not below.
func (s *Scatter) sides() (n [2][2]int) {
	for i := range s.size() {
		side := 0
		if s.Bias+s.W1*s.X[i]+s.W2*s.Y[i] >= 0 {
			side = 1
		}
		n[min(max(s.Class[i], 0), 1)][side]++
	}
	return n
}

func (s *Scatter) names() [2]string {
	names := s.ClassNames
	for i := range names {
		if names[i] == "" {
			names[i] = "class " + strconv.Itoa(i)
		}
	}
	return names
}

func (s *Scatter) story() string {
	n, names := s.sides(), s.names()
	return sentence("Of ", count(n[0][0]+n[0][1], "point"), " of ", names[0], ", ", strconv.Itoa(n[0][0]), " lie on the side p < ½; of ",
		strconv.Itoa(n[1][0]+n[1][1]), " of ", names[1], ", ", strconv.Itoa(n[1][1]), " lie on the side p ≥ ½")
}

func (s *Scatter) table() Table {
	n, names := s.sides(), s.names()
	return NewTable("Points on each side of the boundary", []string{"class", "p < ½", "p ≥ ½"}, 2, "class", func(i int) []string {
		return []string{names[i], strconv.Itoa(n[i][0]), strconv.Itoa(n[i][1])}
	})
}
