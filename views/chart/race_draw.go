package chart

import (
	"strconv"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// atStep draws the rule of the step that the reader looks at.
func (p *pen) atStep(k int) {
	x := p.x(float64(k))
	p.segment("rule", vg.Point{X: x, Y: p.Min.Y}, vg.Point{X: x, Y: p.Max.Y})
	p.labelAt("soft", vg.Point{X: x, Y: p.Max.Y + 4}, text.XCenter, text.YBottom, "step "+strconv.Itoa(k))
}

// dotsAt marks where every run stands at step k.
func (p *pen) dotsAt(lanes []lane, k int) {
	for _, l := range lanes {
		if k < l.inside {
			at := p.at(l.line.X[k], l.line.Y[k])
			at.Y = max(at.Y, p.Min.Y)
			p.dots("paper d4", []vg.Point{at})
			p.dots(l.line.Ink.class()+" d3", []vg.Point{at})
		}
	}
}

// raceEnds marks where the runs end or leave and writes their names: beside the data area where they end at its edge,
// else beside their ends.
func (p *pen) raceEnds(lanes []lane, last int) {
	var edge, within []endName
	for _, l := range lanes {
		if len(l.line.Y) == 0 || l.inside == 0 {
			continue
		}
		at := p.at(l.line.X[l.inside-1], l.line.Y[l.inside-1])
		at.Y = max(at.Y, p.Min.Y)
		name := endName{at: at, ink: l.line.Ink, words: l.line.Label}
		switch {
		case l.lastStep(last):
			edge = append(edge, name)
			p.runMarker(name.ink, at)
		case l.out:
			name.at = p.leaves(l)
			name.words = about(l.line.Label, outAt(l.inside, l.total))
			if l.broken {
				name.words = about(l.line.Label, "not finite at step "+strconv.Itoa(l.inside))
			}
			within = append(within, name)
		default:
			within = append(within, name)
			p.runMarker(name.ink, at)
		}
		p.keepOff(name.at)
	}
	p.endLabels(within)
	p.edgeNames(edge)
}

// leaves draws the arrow where a run leaves through the upper edge and returns that point.
func (p *pen) leaves(l lane) vg.Point {
	from := p.at(l.line.X[l.inside-1], l.line.Y[l.inside-1])
	exit := vg.Point{X: from.X, Y: p.Max.Y}
	if !l.broken {
		if _, b, visible := clip(p.Rectangle, from, p.at(l.line.X[l.inside], l.line.Y[l.inside])); visible {
			exit = b
		}
	} else {
		p.segment(l.line.Ink.line(), from, exit)
	}
	dx, dy, _ := direction(from, exit)
	p.arrowHead(l.line.Ink.class(), exit, dx, dy, 10, 4.5)
	return exit
}
