package chart

import "gonum.org/v1/plot/vg"

// done is the number of a path's first n points up to the step that the reader looks at: all of them where there is
// none.
func (r Path) done(n int) int {
	if r.At == nil {
		return n
	}
	return min(max(*r.At, 0)+1, n)
}

// moment draws the step that the reader looks at: the point in a ring, the gradient's arrow, and over it the update
// that leads to the next point. Both may point the same way, so the gradient's arrow is the broader one. On a curve it
// adds the tangent.
func (p *pen) moment(r Path, steps []vg.Point) {
	if r.At == nil || len(steps) == 0 {
		return
	}
	k := r.done(len(steps)) - 1
	at := steps[k]
	if !p.inside(at) {
		return
	}
	ink := r.Ink.or(InkTheta).class()
	if k < len(r.Slopes) {
		p.tangent(at, r.Slopes[k])
	}
	gradientTip, hasGradient := p.arrowTip(r.ArrowX, r.ArrowY, at)
	if hasGradient {
		p.broadArrow(class(InkGradient), at, gradientTip)
		p.keepClear([]vg.Point{at, gradientTip})
	}
	if k+1 < len(steps) {
		if _, tip, visible := clip(p.Rectangle, at, steps[k+1]); visible {
			p.arrow(ink, at, tip)
			p.keepClear([]vg.Point{at, tip})
		}
	}
	p.ring(ink, at)
	if hasGradient {
		p.label(class(InkGradient), 9, r.ArrowLabel, gradientTip)
	}
	p.label(ink, 11, r.AtLabel, at)
}

// ring is a disc in a ring: the point that the reader looks at.
func (p *pen) ring(ink class, at vg.Point) {
	p.dots("paper d8", []vg.Point{at})
	p.dots(ink+" d7", []vg.Point{at})
	p.dots("paper d6", []vg.Point{at})
	p.dots(ink+" d4", []vg.Point{at})
	p.avoid = append(p.avoid, at)
}

// tangent draws the tangent of a curve at one point, long enough to compare its slope with the curve's.
func (p *pen) tangent(at vg.Point, slope float64) {
	const reach = 70
	if a, b, ok := p.tangentEnds(at, slope, reach); ok {
		p.stroke(class(InkGradient), appendPolyline(p.newPath(), []vg.Point{a, b}))
		p.keepClear([]vg.Point{a, b})
	}
}

// broadArrow is an arrow that shows under another one.
func (p *pen) broadArrow(k class, from, tip vg.Point) {
	const head, half = 12, 6
	dx, dy, length := direction(from, tip)
	if length == 0 {
		return
	}
	size := min(head, length)
	neck := vg.Point{X: tip.X - dx*size, Y: tip.Y - dy*size}
	p.stroke(k+" broad", appendPolyline(p.newPath(), []vg.Point{from, neck}))
	p.arrowHead(k, tip, dx, dy, size, half*size/head)
}
