package chart

import (
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/plot/vg"
)

// path draws a run: its line, a dot per step, smaller where steps are short, a ring at the start and a disc at the end.
// A run that leaves the window for good ends in an arrow at the frame with the step at which it left.
func (p *pen) path(r Path) {
	ink := r.Ink.or(InkTheta).class()
	seen := p.whileInside(r)
	steps := p.steps(seen)
	p.pathLine(seen, steps)
	p.keepClear(steps)
	p.tangents(r)
	if !r.Quiet {
		p.stepDots(ink, steps)
	}
	if len(steps) > 0 && p.inside(steps[0]) {
		p.shape(MarkStart, ink, steps[0])
		p.avoid = append(p.avoid, steps[0])
	}
	p.pathEnd(r, ink, steps)
}

// pathLine strokes the path. What follows a point that is not finite is part of the line though none of the steps.
func (p *pen) pathLine(r Path, steps []vg.Point) {
	k := r.Ink.or(InkTheta).line()
	if r.Quiet {
		k += " thin"
	}
	if r.Dashed {
		k += " dash"
	}
	if len(steps) < length(r.X, r.Y) {
		p.line(k, r.X, r.Y)
		return
	}
	p.stroke(k, p.appendVisible(p.newPath(), steps))
}

// steps are the run's points on the canvas up to the first that is not finite.
func (p *pen) steps(r Path) []vg.Point {
	n := length(r.X, r.Y)
	room := slices.Grow(p.svg.points, n)
	steps := room[len(room):]
	for i := range n {
		x, y := pair(r.X, r.Y, i)
		if !finite(x) || !finite(y) {
			break
		}
		steps = append(steps, p.at(x, y))
	}
	p.svg.points = room[:len(room)+len(steps)]
	return slices.Clip(steps)
}

// stepDots draws the dots in three sizes, each in one element; dots that would touch the one before are left out.
func (p *pen) stepDots(ink class, steps []vg.Point) {
	sizes := make([]int8, len(steps)) // 0: no dot
	var last vg.Point
	for i, pt := range steps {
		_, _, gap := direction(last, pt)
		switch {
		case i > 0 && !p.inside(pt), i > 0 && gap < 3:
			continue
		case i == 0: // has its ring
		case gap >= 14:
			sizes[i] = 3
		case gap >= 7:
			sizes[i] = 2
		default:
			sizes[i] = 1
		}
		last = pt
	}
	for size := int8(1); size <= 3; size++ {
		path := p.newPath()
		for i, pt := range steps {
			if sizes[i] == size {
				path.Move(pt)
				path.Line(pt)
			}
		}
		p.stroke(ink+class(" d"+strconv.Itoa(int(size))), path)
	}
}

// tangents draws the short tangents of a path on a curve, where they do not lie over each other.
func (p *pen) tangents(r Path) {
	const reach, apart = 24, 36
	path := p.newPath()
	var last vg.Point
	for i := range min(length(r.X, r.Y), len(r.Slopes)) {
		x, y := pair(r.X, r.Y, i)
		at := p.at(x, y)
		if !finite(x) || !finite(y) || !finite(r.Slopes[i]) || !p.inside(at) {
			continue
		}
		if _, _, gap := direction(last, at); gap < apart {
			continue
		}
		last = at
		if a, b, visible := p.tangentEnds(at, r.Slopes[i], reach); visible {
			path.Move(a)
			path.Line(b)
		}
	}
	p.stroke(class(InkGradient), path)
}

// tangentEnds are the visible ends of a tangent that reaches so far to both sides of its point.
func (p *pen) tangentEnds(at vg.Point, slope float64, reach vg.Length) (a, b vg.Point, visible bool) {
	if !finite(slope) {
		return a, b, false
	}
	sin, cos := math.Sincos(math.Atan(p.slope(slope)))
	d := vg.Point{X: reach * vg.Length(cos), Y: reach * vg.Length(sin)}
	return clip(p.Rectangle, at.Sub(d), at.Add(d))
}

// slope is a slope in data units as the canvas shows it.
func (p *pen) slope(s float64) float64 { return s * p.v.factor / p.h.factor }

// pathEnd marks and labels where a path ends or leaves.
func (p *pen) pathEnd(r Path, ink class, steps []vg.Point) {
	last := len(steps) - 1
	for last >= 0 && !p.inside(steps[last]) {
		last--
	}
	n := length(r.X, r.Y)
	switch {
	case n == 0:
		return
	case last < 0:
		p.labelAt(ink, vg.Point{X: p.Min.X + 8, Y: p.Max.Y - 8}, 0, -1, "the path lies outside this window")
		return
	case last+1 < len(steps):
		_, exit, _ := clip(p.Rectangle, steps[last], steps[last+1])
		dx, dy, _ := direction(steps[last], steps[last+1])
		p.arrowHead(ink, exit, dx, dy, 10, 4.5)
		p.label(ink, 12, outAt(last+1, n), exit)
		return
	}
	end := steps[last]
	if tip, ok := p.arrowTip(r.ArrowX, r.ArrowY, end); ok {
		p.arrow(class(InkGradient), end, tip)
		p.keepClear([]vg.Point{end, tip})
		p.label(class(InkGradient), 9, r.ArrowLabel, tip)
	}
	if !r.Quiet {
		p.shape(MarkEnd, ink, end)
	}
	p.avoid = append(p.avoid, end)
	if last+1 < n {
		p.label(ink, 10, "not finite at step "+strconv.Itoa(last+1), end)
		return
	}
	p.label(ink, 10, r.Label, end)
}

// arrowTip is where the arrow of a vector in data units points, at a length that can be seen.
func (p *pen) arrowTip(x, y float64, from vg.Point) (vg.Point, bool) {
	const shortest, longest = 14, 90
	dx, dy := x*p.h.factor, y*p.v.factor
	length := math.Hypot(dx, dy)
	if !finite(length) || length == 0 {
		return vg.Point{}, false
	}
	shown := min(max(length, shortest), longest)
	tip := vg.Point{X: from.X + vg.Length(dx/length*shown), Y: from.Y + vg.Length(dy/length*shown)}
	_, tip, _ = clip(p.Rectangle, from, tip)
	return tip, true
}
