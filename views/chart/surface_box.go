package chart

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// box draws the ground, the two walls behind the surface, and the three axes along edges that the surface cannot hide:
// those of the ground that are near, and the upright edge on the left.
func (s *scene) box(p *pen, xlabel, ylabel, zlabel string) {
	nearX, nearY := 1.0, 0.0 // the near corner of the ground
	if s.sinA < 0 {
		nearX = 0
	}
	if s.cosA < 0 {
		nearY = 1
	}
	farX, farY := 1-nearX, 1-nearY
	path := p.newPath()
	line := func(corners ...[3]float64) {
		for i, c := range corners {
			if pt := s.see(c[0], c[1], c[2]); i == 0 {
				path.Move(pt)
			} else {
				path.Line(pt)
			}
		}
	}
	line([3]float64{0, 0, 0}, [3]float64{1, 0, 0}, [3]float64{1, 1, 0}, [3]float64{0, 1, 0}, [3]float64{0, 0, 0})
	if s.cosE > 0 {
		line([3]float64{nearX, farY, 0}, [3]float64{nearX, farY, 1}, [3]float64{farX, farY, 1}, [3]float64{farX, nearY, 1}, [3]float64{farX, nearY, 0})
		line([3]float64{farX, farY, 0}, [3]float64{farX, farY, 1})
	}
	p.stroke("frame", path)

	x, y := linear(s.window.XMin, s.window.XMax, xlabel), linear(s.window.YMin, s.window.YMax, ylabel)
	s.edge(p, x.label, x.ticks, func(v float64) vg.Point { u, _ := s.ground(v, 0); return s.see(u, nearY, 0) }, s.outward(0, 2*nearY-1))
	s.edge(p, y.label, y.ticks, func(v float64) vg.Point { _, u := s.ground(0, v); return s.see(nearX, u, 0) }, s.outward(2*nearX-1, 0))

	const readable = 0.35 // of the height that the box has seen from the front
	if s.cosE < readable {
		return
	}
	leftX, leftY := nearX, farY
	if s.see(farX, nearY, 0).X < s.see(nearX, farY, 0).X {
		leftX, leftY = farX, nearY
	}
	ticks, name := s.heights.ticks(zlabel)
	top := s.see(leftX, leftY, 1)
	if name != "" {
		p.labelAt("axis", vg.Point{X: max(top.X-30, p.Min.X), Y: top.Y + 9}, text.XLeft, text.YBottom, name)
	}
	s.edge(p, "", ticks, func(v float64) vg.Point { return s.see(leftX, leftY, s.heights.at(v)) }, vg.Point{X: -1})
}

// outward is the direction, of length 1, in which a horizontal step is seen.
func (s *scene) outward(x, y float64) vg.Point {
	a, b := s.see(0.5, 0.5, 0), s.see(0.5+x/halfX, 0.5+y/halfY, 0)
	dx, dy, length := direction(a, b)
	if length < 1 { // straight towards the eye
		return vg.Point{Y: -1}
	}
	return vg.Point{X: dx, Y: dy}
}

// edge draws the ticks of an axis and, between two of them near its middle, its name. Numbers that would touch are left out:
// pages may write them at the size of phoneText.
func (s *scene) edge(p *pen, name string, ticks []plot.Tick, at func(float64) vg.Point, out vg.Point) {
	const tick, gap, apart = 4, 8, 24 // from the edge: ends of ticks, numbers, the name
	path := p.newPath()
	for _, t := range ticks {
		pt := at(t.Value)
		path.Move(pt)
		path.Line(vg.Point{X: pt.X + tick*out.X, Y: pt.Y + tick*out.Y})
	}
	p.stroke("frame", path)
	beside := func(pt vg.Point, gap vg.Length) vg.Point { return vg.Point{X: pt.X + gap*out.X, Y: pt.Y + gap*out.Y} }
	xa, ya := alignment(out)
	var best vg.Point
	least := vg.Length(-1)
	for i := 1; name != "" && i < len(ticks); i++ {
		pt := beside(at((ticks[i-1].Value+ticks[i].Value)/2), apart)
		off := vg.Length(math.Abs(float64(i) - float64(len(ticks))/2))
		if cost := p.cost(phoneBox(pt, xa, ya, name)) + 10*off; least < 0 || cost < least {
			best, least = pt, cost
		}
	}
	if least >= 0 {
		p.taken = append(p.taken, phoneBox(best, xa, ya, name))
		p.text("axis", best, xa, ya, name)
	}
	for _, t := range ticks {
		pt := beside(at(t.Value), gap)
		box := phoneBox(pt, xa, ya, t.Label)
		if p.cost(box) == 0 {
			p.taken = append(p.taken, box)
			p.text("tick", pt, xa, ya, t.Label)
		}
	}
}

// alignment sets a text on the side of its place to which a direction points.
func alignment(out vg.Point) (text.XAlignment, text.YAlignment) {
	const slight = 0.38 // the sine of 22 degrees
	x, y := text.XAlignment(text.XCenter), text.YAlignment(text.YCenter)
	switch {
	case out.X > slight:
		x = text.XLeft
	case out.X < -slight:
		x = text.XRight
	}
	switch {
	case out.Y > slight:
		y = text.YBottom
	case out.Y < -slight:
		y = text.YTop
	}
	return x, y
}

// phoneText is the size of texts on the smallest screens.
const phoneText = 20

// phoneBox is what a short text covers there.
func phoneBox(at vg.Point, x text.XAlignment, y text.YAlignment, s string) vg.Rectangle {
	width := textWidth(s) * phoneText / (textSize + 2) // textWidth is generous
	corner := vg.Point{X: at.X + vg.Length(x)*width, Y: at.Y + vg.Length(y)*phoneText}
	return vg.Rectangle{Min: corner, Max: vg.Point{X: corner.X + width, Y: corner.Y + phoneText}}
}
