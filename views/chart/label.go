package chart

import (
	"math"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// compass lists the sides of a point on which a label may stand, in the order of preference.
var compass = [...]struct {
	dx, dy vg.Length // in gaps from the point
	x      text.XAlignment
	y      text.YAlignment
}{
	{0.8, 0.7, text.XLeft, text.YBottom},
	{1, 0, text.XLeft, text.YCenter},
	{0.8, -0.7, text.XLeft, text.YTop},
	{-0.8, 0.7, text.XRight, text.YBottom},
	{-1, 0, text.XRight, text.YCenter},
	{-0.8, -0.7, text.XRight, text.YTop},
	{0, 1, text.XCenter, text.YBottom},
	{0, -1, text.XCenter, text.YTop},
}

// label writes s beside a point, or beside the first of several that will do equally well, on the side where it
// covers the fewest other labels and points and stays within the data area.
func (p *pen) label(k class, gap vg.Length, s string, places ...vg.Point) {
	p.labelUnless(vg.Length(math.Inf(1)), k, gap, s, places...)
}

// labelUnless is label, but writes nothing and returns false where even the best place costs more than most.
func (p *pen) labelUnless(most vg.Length, k class, gap vg.Length, s string, places ...vg.Point) bool {
	if s == "" || len(places) == 0 {
		return true
	}
	width := textWidth(s)
	best, side, least := places[0], compass[0], vg.Length(-1)
	for _, at := range places {
		for _, c := range compass {
			box := labelBox(vg.Point{X: at.X + c.dx*gap, Y: at.Y + c.dy*gap}, c.x, c.y, width)
			if cost := p.cost(box); least < 0 || cost < least {
				best, side, least = at, c, cost
			}
		}
		if least == 0 {
			break
		}
	}
	if least > most {
		return false
	}
	p.labelAt(k, vg.Point{X: best.X + side.dx*gap, Y: best.Y + side.dy*gap}, side.x, side.y, s)
	return true
}

// labelAt writes s at a place of the figure's choosing and keeps later labels off it.
func (p *pen) labelAt(k class, at vg.Point, x text.XAlignment, y text.YAlignment, s string) {
	if s == "" {
		return
	}
	p.taken = append(p.taken, labelBox(at, x, y, textWidth(s)))
	p.text("label "+k, at, x, y, s)
}

func labelBox(at vg.Point, x text.XAlignment, y text.YAlignment, width vg.Length) vg.Rectangle {
	corner := vg.Point{X: at.X + vg.Length(x)*width, Y: at.Y + vg.Length(y)*lineHeight}
	return vg.Rectangle{Min: corner, Max: vg.Point{X: corner.X + width, Y: corner.Y + lineHeight}}
}

// cost is 0 for a free place; what leaves the data area weighs most, then what covers labels, then what covers points.
func (p *pen) cost(box vg.Rectangle) vg.Length {
	outside := max(0, p.Min.X-box.Min.X) + max(0, box.Max.X-p.Max.X) + max(0, p.Min.Y-box.Min.Y) + max(0, box.Max.Y-p.Max.Y)
	cost := 1000 * outside
	for _, t := range p.taken {
		w := min(box.Max.X, t.Max.X) - max(box.Min.X, t.Min.X)
		h := min(box.Max.Y, t.Max.Y) - max(box.Min.Y, t.Min.Y)
		if w > 0 && h > 0 {
			cost += w * h
		}
	}
	for _, pt := range p.avoid {
		if pt.X > box.Min.X-3 && pt.X < box.Max.X+3 && pt.Y > box.Min.Y-3 && pt.Y < box.Max.Y+3 {
			cost += 30
		}
	}
	return cost
}

// keepClear makes labels avoid a line through pts, by points along it.
func (p *pen) keepClear(pts []vg.Point) {
	const apart, most = 12, 400
	for i := 1; i < len(pts) && len(p.avoid) < most; i++ {
		a, b, visible := clip(p.Rectangle, pts[i-1], pts[i])
		if !visible {
			continue
		}
		_, _, length := direction(a, b)
		n := int(length/apart) + 1
		if i > 1 && length < 1 {
			continue
		}
		for k := range n {
			t := vg.Length(k) / vg.Length(n)
			p.avoid = append(p.avoid, vg.Point{X: a.X + t*(b.X-a.X), Y: a.Y + t*(b.Y-a.Y)})
		}
	}
}

// keepOffLine is keepClear for one of many lines: points at even distances, however many it has.
func (p *pen) keepOffLine(pts []vg.Point) {
	const apart, most = 14, 800
	next := vg.Length(0) // the distance from pts[i-1] to the next point to avoid
	for i := 1; i < len(pts); i++ {
		dx, dy, length := direction(pts[i-1], pts[i])
		for ; next < length; next += apart {
			pt := vg.Point{X: pts[i-1].X + next*dx, Y: pts[i-1].Y + next*dy}
			switch {
			case len(p.avoid) >= most:
				return
			case p.inside(pt):
				p.avoid = append(p.avoid, pt)
			case length > 2*(p.Max.X-p.Min.X+p.Max.Y-p.Min.Y): // what follows lies far outside
				next = length
			}
		}
		next -= length
	}
}

// lineName writes a line's name beside it, where there is room.
func (p *pen) lineName(l Line) {
	if l.Label == "" {
		return
	}
	var places []vg.Point
	seen := p.some(l.X, l.Y)
	p.keepClear(seen)
	for _, share := range [...]float64{0.9, 0.7, 0.5, 0.3, 0.15} {
		if len(seen) > 0 {
			places = append(places, seen[int(share*float64(len(seen)-1))])
		}
	}
	p.label(l.Ink.class(), 9, l.Label, places...)
}

// some are visible points of a line, sixty or so: enough for labels to keep off it.
func (p *pen) some(xs, ys []float64) []vg.Point {
	const most = 60
	seen := make([]vg.Point, 0, most+1)
	n := length(xs, ys)
	for i := 0; i < n; i += 1 + n/most {
		if x, y := pair(xs, ys, i); finite(x) && finite(y) {
			if pt := p.at(x, y); p.inside(pt) {
				seen = append(seen, pt)
			}
		}
	}
	return seen
}
