package chart

import (
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

func (i Ink) class() class {
	if i == "" {
		return class(InkText)
	}
	return class(i)
}

func (i Ink) or(other Ink) Ink {
	if i == "" {
		return other
	}
	return i
}

// markShapes draws the marks without their labels, which follow when all is known that they must avoid.
func (p *pen) markShapes(marks []Mark) {
	for _, m := range marks {
		if at, ok := p.place(m); ok {
			if m.Drop {
				p.segment("rule", at, vg.Point{X: at.X, Y: p.Min.Y})
			}
			if tip, ok := p.arrowTip(m.ArrowX, m.ArrowY, at); ok {
				p.arrow(class(InkGradient), at, tip)
				p.keepClear([]vg.Point{at, tip})
			}
			p.shape(m.Kind, markInk(m).class(), at)
			p.avoid = append(p.avoid, at)
		}
	}
}

// crowd is the number of critical points past which they go without labels of their own; a key above the data area
// names the shapes.
const crowd = 12

func (p *pen) markLabels(marks []Mark) {
	p.markLabelsUpTo(crowd, vg.Point{X: p.Max.X - 5, Y: p.Max.Y + 15}, marks)
}

// markLabelsUpTo is markLabels with a crowd and a place for the key of the figure's choosing.
func (p *pen) markLabelsUpTo(crowd int, key vg.Point, marks []Mark) {
	var seen [3]int
	total := 0
	for _, m := range marks {
		if _, ok := p.place(m); ok && critical(m.Kind) >= 0 {
			seen[critical(m.Kind)]++
			total++
		}
	}
	if total > crowd {
		p.markKey(key, seen)
	}
	for _, m := range marks {
		if at, ok := p.place(m); ok && (total <= crowd || critical(m.Kind) < 0) {
			p.label(markInk(m).class(), 10, m.Label, at)
		}
	}
	for _, m := range marks {
		if at, ok := p.place(m); ok {
			if tip, ok := p.arrowTip(m.ArrowX, m.ArrowY, at); ok {
				p.label(class(InkGradient), 9, m.ArrowLabel, tip, vg.Point{X: (at.X + tip.X) / 2, Y: (at.Y + tip.Y) / 2})
			}
		}
	}
}

var criticalKinds = [3]MarkKind{MarkMinimum, MarkMaximum, MarkSaddle}

func critical(k MarkKind) int { return slices.Index(criticalKinds[:], k) }

// markKey names the shapes of the critical points that are seen, from the right.
func (p *pen) markKey(at vg.Point, seen [3]int) {
	const markerRoom, gap = 13, 14
	for i := len(seen) - 1; i >= 0; i-- {
		if seen[i] == 0 {
			continue
		}
		name := count(seen[i], "saddle")
		if kind := criticalKinds[i]; kind != MarkSaddle {
			name = strconv.Itoa(seen[i]) + " " + string(kind[:len(kind)-2]) + "a"
			if seen[i] == 1 {
				name = "1 " + string(kind)
			}
		}
		p.shape(criticalKinds[i], "ink", at)
		at.X -= markerRoom
		p.text("ink", at, text.XRight, text.YCenter, name)
		at.X -= textWidth(name) + gap
	}
}

func (p *pen) place(m Mark) (vg.Point, bool) {
	if !finite(m.X) || !finite(m.Y) {
		return vg.Point{}, false
	}
	at := p.at(m.X, m.Y)
	return at, p.inside(at)
}

func markInk(m Mark) Ink {
	switch m.Kind {
	case MarkMinimum, MarkMaximum, MarkSaddle:
		return m.Ink.or(InkText)
	}
	return m.Ink.or(InkTheta)
}

func (p *pen) shape(kind MarkKind, k class, at vg.Point) {
	switch kind {
	case MarkMinimum:
		p.fill(k+" mark", p.star(at, 7.5, 3, 5))
	case MarkMaximum:
		p.fill(k+" mark", p.star(at, 7, 3.5, 3))
	case MarkSaddle:
		const arm = 4.5
		path := p.newPath()
		path.Move(vg.Point{X: at.X - arm, Y: at.Y - arm})
		path.Line(vg.Point{X: at.X + arm, Y: at.Y + arm})
		path.Move(vg.Point{X: at.X - arm, Y: at.Y + arm})
		path.Line(vg.Point{X: at.X + arm, Y: at.Y - arm})
		p.stroke("paper rim", path)
		p.stroke(k+" bold", path)
	case MarkStart:
		p.dots(k+" d5", []vg.Point{at})
		p.dots("paper d3", []vg.Point{at})
	default:
		p.dots("paper d6", []vg.Point{at})
		p.dots(k+" d5", []vg.Point{at})
	}
}

// star is a star of n points; with inner half of outer and n = 3 it is a triangle.
func (p *pen) star(at vg.Point, outer, inner float64, n int) vg.Path {
	path := p.newPath()
	for i := range 2 * n {
		r := outer
		if i%2 == 1 {
			r = inner
		}
		sin, cos := math.Sincos(math.Pi/2 + math.Pi*float64(i)/float64(n))
		pt := vg.Point{X: at.X + vg.Length(r*cos), Y: at.Y + vg.Length(r*sin)}
		if i == 0 {
			path.Move(pt)
		} else {
			path.Line(pt)
		}
	}
	path.Close()
	return path
}
