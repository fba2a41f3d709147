package chart

import (
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// sweepLine draws a line and, where it leaves for good, an arrow.
func (p *pen) sweepLine(l Line, alone bool) {
	k := l.Ink.line()
	if alone {
		k += " bold"
	}
	p.line(k, l.X, l.Y)
	pts := p.points(l.X, l.Y)
	n := insideUntil(pts, p.Max.Y)
	p.keepOffLine(pts[:n])
	if n > 0 && n < len(pts) {
		if _, exit, visible := clip(p.Rectangle, pts[n-1], pts[n]); visible {
			dx, dy, _ := direction(pts[n-1], exit)
			p.arrowHead(l.Ink.class(), exit, dx, dy, 10, 4.5)
		}
	}
}

// insideUntil is the number of points up to the last one that is not above the top.
func insideUntil(pts []vg.Point, top vg.Length) int {
	n := len(pts)
	for n > 0 && pts[n-1].Y > top {
		n--
	}
	return n
}

// lineAt is the point of a line at x, between its points as it is drawn and within the data area; ok is false past its
// ends.
func (p *pen) lineAt(l Line, x float64) (at vg.Point, ok bool) {
	if !(x > 0) || !finite(x) {
		return at, false
	}
	for i := range len(l.X) - 1 {
		if !(l.X[i] <= x && x <= l.X[i+1]) {
			continue
		}
		a, b := p.at(l.X[i], l.Y[i]), p.at(l.X[i+1], l.Y[i+1])
		if at = a; b.X > a.X {
			share := (p.x(x) - a.X) / (b.X - a.X)
			at = vg.Point{X: p.x(x), Y: a.Y + share*(b.Y-a.Y)}
		}
		at.Y = min(max(at.Y, p.Min.Y), p.Max.Y)
		return at, true
	}
	return at, false
}

// onLine marks the line at x, where it is within the data area.
func (p *pen) onLine(l Line, x float64, kind MarkKind, label string) {
	at, ok := p.lineAt(l, x)
	if !ok || at.Y >= p.Max.Y {
		return
	}
	ink := l.Ink.class()
	if kind == MarkMinimum {
		ink = class(InkText)
	}
	p.shape(kind, ink, at)
	p.avoid = append(p.avoid, at)
	p.label(ink, 11, label, at)
}

func (p *pen) currentEta(eta float64) {
	if x := p.x(eta); finite(eta) && p.ContainsX(x) {
		p.segment("rule", vg.Point{X: x, Y: p.Min.Y}, vg.Point{X: x, Y: p.Max.Y})
		p.labelAt("soft", vg.Point{X: x, Y: p.Max.Y + 4}, text.XCenter, text.YBottom, "your $η$")
	}
}

func (p *pen) bound(at float64) {
	if x := p.x(at); at > 0 && finite(at) && p.ContainsX(x) {
		a, b := vg.Point{X: x, Y: p.Min.Y}, vg.Point{X: x, Y: p.Max.Y}
		p.segment(class(InkTheory)+" thin", a, b)
		p.keepClear([]vg.Point{a, b})
	}
}

// boundLabel writes theory's name for the bound beside its line, high up where there is room.
func (p *pen) boundLabel(at float64, label string) {
	x := p.x(at)
	if !(at > 0) || !finite(at) || !p.ContainsX(x) {
		return
	}
	var places []vg.Point
	for _, share := range [...]vg.Length{0.93, 0.8, 0.65, 0.5, 0.35} {
		places = append(places, vg.Point{X: x, Y: p.Min.Y + share*(p.Max.Y-p.Min.Y)})
	}
	p.label(class(InkTheory), 6, label, places...)
}

// sweepNames writes the lines' names beside the data area, at the heights where they end or leave.
func (p *pen) sweepNames(lines []Line) {
	var names []endName
	for _, l := range lines {
		pts := p.points(l.X, l.Y)
		if len(pts) == 0 {
			continue
		}
		end := pts[len(pts)-1]
		end.Y = max(min(end.Y, p.Max.Y), p.Min.Y)
		if p.inside(pts[len(pts)-1]) {
			p.runMarker(l.Ink, end)
		} else if n := insideUntil(pts, p.Max.Y); n > 0 {
			end.X = pts[n-1].X
		}
		names = append(names, endName{at: end, ink: l.Ink, words: l.Label})
	}
	p.edgeNames(names)
}
