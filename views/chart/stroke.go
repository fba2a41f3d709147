package chart

import (
	"math"

	"gonum.org/v1/plot/vg"
)

// A vec is a point or a direction on a picture of pixels, y downwards.
type vec struct{ x, y float64 }

func (a vec) plus(b vec) vec          { return vec{a.x + b.x, a.y + b.y} }
func (a vec) minus(b vec) vec         { return vec{a.x - b.x, a.y - b.y} }
func (a vec) times(f float64) vec     { return vec{a.x * f, a.y * f} }
func (a vec) dot(b vec) float64       { return a.x*b.x + a.y*b.y }
func (a vec) cross(b vec) float64     { return a.x*b.y - a.y*b.x }
func (a vec) length() float64         { return math.Hypot(a.x, a.y) }
func (a vec) left() vec               { return vec{-a.y, a.x} }
func (a vec) toward(b vec) vec        { d := b.minus(a); return d.times(1 / d.length()) }
func between(a, b vec, t float64) vec { return a.plus(b.minus(a).times(t)) }

// A polyline is a subpath whose curves are straightened.
type polyline struct {
	points []vec // no two neighbours are equal
	drawn  bool  // more than a move: a single point is a dot under round caps
	closed bool  // the last point is joined to the first
}

func (l *polyline) add(p vec) {
	l.drawn = true
	if l.points[len(l.points)-1] != p {
		l.points = append(l.points, p)
	}
}

func (l *polyline) close() {
	l.drawn, l.closed = true, true
	if n := len(l.points); n > 1 && l.points[n-1] == l.points[0] {
		l.points = l.points[:n-1]
	}
}

// curve adds a Bézier curve from the last point through one or two control points.
func (l *polyline) curve(points ...vec) {
	const pieces = 6 // letters are small
	from := l.points[len(l.points)-1]
	var work [4]vec
	for i := 1; i <= pieces; i++ {
		w := append(append(work[:0], from), points...)
		for n := len(w) - 1; n > 0; n-- { // de Casteljau
			for k := range n {
				w[k] = between(w[k], w[k+1], float64(i)/pieces)
			}
		}
		l.add(w[0])
	}
}

// polylines straightens a path of the canvas.
func polylines(path vg.Path, place func(vg.Point) vec) []polyline {
	var lines []polyline
	var line *polyline
	begin := func(at vec) {
		lines = append(lines, polyline{points: []vec{at}})
		line = &lines[len(lines)-1]
	}
	for _, comp := range path {
		at := place(comp.Pos)
		switch {
		case comp.Type == vg.MoveComp || line == nil:
			begin(at)
		case line.closed:
			begin(line.points[0])
		}
		switch comp.Type {
		case vg.LineComp:
			line.add(at)
		case vg.CurveComp:
			var points []vec
			for _, pt := range comp.Control {
				points = append(points, place(pt))
			}
			line.curve(append(points, at)...)
		case vg.ArcComp:
			for i := 0; i <= arcPieces; i++ {
				line.add(place(onArc(comp, i)))
			}
		case vg.CloseComp:
			line.close()
		}
	}
	return lines
}

// A stroker covers what a line of some width covers. Every piece, a stretch, a join or a cap, is a polygon of the same
// sense of rotation, so that what several of them cover is covered as it is by one; pieces meet along edges that cancel.
type stroker struct {
	to        *coverage
	half      float64 // the width, halved
	roundCap  bool    // else butt
	roundJoin bool    // else miter
}

func (s stroker) stroke(l polyline) {
	n := len(l.points)
	if n == 1 {
		if s.roundCap && l.drawn {
			s.cap(l.points[0], vec{1, 0})
			s.cap(l.points[0], vec{-1, 0})
		}
		return
	}
	last := n - 1
	if l.closed {
		last = n
	}
	var before vec
	for i := range last {
		a, b := l.points[i], l.points[(i+1)%n]
		d := a.toward(b)
		s.stretch(a, b, d.left().times(s.half))
		if i > 0 {
			s.join(a, before, d)
		}
		before = d
	}
	first := l.points[0].toward(l.points[1])
	switch {
	case l.closed:
		s.join(l.points[0], before, first)
	case s.roundCap:
		s.cap(l.points[0], first.times(-1))
		s.cap(l.points[n-1], before)
	}
}

func (s stroker) polygon(points ...vec) {
	for i, p := range points {
		s.to.edge(p, points[(i+1)%len(points)])
	}
}

// stretch covers the line from a to b; side leads from it to its left edge.
func (s stroker) stretch(a, b, side vec) {
	s.polygon(a.plus(side), a, a.minus(side), b.minus(side), b, b.plus(side))
}

// join covers the wedge at a corner that the stretches leave open.
func (s stroker) join(at, before, after vec) {
	turn := before.cross(after)
	if turn == 0 && before.dot(after) > 0 {
		return
	}
	from, to := before.left().times(-s.half), after.left().times(-s.half)
	if turn < 0 { // the open side is the other one
		from, to = to.times(-1), from.times(-1)
	}
	if s.roundJoin {
		s.wedge(at, from, to)
		return
	}
	const limit = 4 // of the miter's length, in widths, as SVG has it
	if cos := before.dot(after); 2/(1+cos) <= limit*limit {
		middle := from.plus(to).times(1 / (1 + cos))
		s.polygon(at, at.plus(from), at.plus(middle), at.plus(to))
		return
	}
	s.polygon(at, at.plus(from), at.plus(to))
}

// cap covers half a disc in direction d.
func (s stroker) cap(at, d vec) {
	side := d.left().times(s.half)
	s.wedge(at, side.times(-1), d.times(s.half))
	s.wedge(at, d.times(s.half), side)
}

// wedge covers the sector of a disc from one radius to another, less than half of it apart.
func (s stroker) wedge(at, from, to vec) {
	const fine = 0.02 // how far chords may lie from the arc, in pixels
	angle := math.Abs(math.Atan2(from.cross(to), from.dot(to)))
	n := 1
	if s.half > fine {
		n = int(math.Ceil(angle / (2 * math.Acos(1-fine/s.half))))
	}
	p := at.plus(from)
	s.to.edge(at, p)
	sin, cos := math.Sincos(angle / float64(max(n, 1)))
	arm := from
	for range n - 1 {
		arm = vec{arm.x*cos - arm.y*sin, arm.x*sin + arm.y*cos}
		next := at.plus(arm)
		s.to.edge(p, next)
		p = next
	}
	s.to.edge(p, at.plus(to))
	s.to.edge(at.plus(to), at)
}

// dashed cuts a line into dashes; the pattern begins anew with every line.
func dashed(l polyline, pattern []float64) []polyline {
	const most = 20000
	points := l.points
	if l.closed {
		points = append(points[:len(points):len(points)], points[0])
	}
	var dashes []polyline
	now := polyline{points: []vec{points[0]}, drawn: true}
	k, left := 0, pattern[0]
	for i := 1; i < len(points) && len(dashes) < most; i++ {
		a, b := points[i-1], points[i]
		length := b.minus(a).length()
		gone := 0.0
		for length-gone > left && len(dashes) < most {
			gone += left
			at := between(a, b, gone/length)
			if k%2 == 0 {
				now.add(at)
				dashes = append(dashes, now)
			}
			now = polyline{points: []vec{at}, drawn: true}
			k++
			left = pattern[k%len(pattern)]
		}
		left -= length - gone
		if k%2 == 0 {
			now.add(b)
		}
	}
	if k%2 == 0 {
		dashes = append(dashes, now)
	}
	return dashes
}
