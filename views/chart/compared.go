package chart

import (
	"strconv"

	"gonum.org/v1/plot/vg"
)

// compared draws the paths of several runs: lines in the order given, so that the dashes of the later ones let the
// first be seen, then starts, ends and names.
func (p *pen) compared(runs []Path) {
	if len(runs) == 0 {
		return
	}
	const mostWithDots = 3
	all := make([][]vg.Point, len(runs))
	for i, r := range runs {
		r = p.whileInside(r)
		all[i] = p.steps(r)
		p.pathLine(r, all[i])
		if len(runs) <= mostWithDots {
			p.smallDots(r.Ink.class(), all[i])
		}
		p.keepOffLine(all[i])
	}
	p.starts(runs, all)
	names := make([]endName, 0, len(runs))
	for i, r := range runs {
		if name, ok := p.comparedEnd(r, all[i]); ok {
			names = append(names, name)
		}
	}
	p.endLabels(names)
}

// whileInside is a path without what follows the step at which it leaves the window for good: the zigzag of a run that
// diverges, from one far point to the next across the window, would hide all else.
func (p *pen) whileInside(r Path) Path {
	n := length(r.X, r.Y)
	last := n - 1
	for last >= 0 {
		if x, y := pair(r.X, r.Y, last); finite(x) && finite(y) && p.inside(p.at(x, y)) {
			break
		}
		last--
	}
	if last < 0 {
		return r
	}
	r.Y = r.Y[:min(last+2, n)]
	return r
}

// smallDots draws a dot per step, where they do not touch.
func (p *pen) smallDots(ink class, steps []vg.Point) {
	const apart = 5
	p.dots(ink+" d1", sparse(steps, apart))
}

// sparse are points of a path that lie so far apart.
func sparse(steps []vg.Point, apart vg.Length) []vg.Point {
	var kept []vg.Point
	for _, pt := range steps {
		if n := len(kept); n > 0 {
			if dx, dy := pt.X-kept[n-1].X, pt.Y-kept[n-1].Y; dx*dx+dy*dy < apart*apart {
				continue
			}
		}
		kept = append(kept, pt)
	}
	return kept
}

// starts draws the rings where runs start, one for those that start together, in neutral ink.
func (p *pen) starts(runs []Path, all [][]vg.Point) {
	for i, steps := range all {
		if len(steps) == 0 || !p.inside(steps[0]) {
			continue
		}
		ink, drawn := runs[i].Ink.class(), false
		for j, others := range all {
			if j != i && len(others) > 0 && together(steps[0], others[0]) {
				ink = class(InkText)
				drawn = drawn || j < i
			}
		}
		if !drawn {
			p.shape(MarkStart, ink, steps[0])
			p.avoid = append(p.avoid, steps[0])
		}
	}
}

// together says whether two points cannot be told apart.
func together(a, b vg.Point) bool {
	_, _, gap := direction(a, b)
	return gap < 0.5
}

// comparedEnd marks where a run ends or leaves the window, and says what to write there.
func (p *pen) comparedEnd(r Path, steps []vg.Point) (endName, bool) {
	last := len(steps) - 1
	for last >= 0 && !p.inside(steps[last]) {
		last--
	}
	n := length(r.X, r.Y)
	if n == 0 {
		return endName{}, false
	}
	name := endName{ink: r.Ink, words: r.Label}
	switch {
	case last < 0:
		name.at = vg.Point{X: p.Min.X + 12, Y: p.Max.Y - 12}
		name.words = about(r.Label, "outside this window")
		p.runMarker(r.Ink, name.at)
	case last+1 < len(steps):
		_, name.at, _ = clip(p.Rectangle, steps[last], steps[last+1])
		dx, dy, _ := direction(steps[last], steps[last+1])
		p.arrowHead(r.Ink.class(), name.at, dx, dy, 10, 4.5)
		name.words = about(r.Label, outAt(last+1, length(r.X, r.Y)))
	default:
		name.at = steps[last]
		if tip, ok := p.arrowTip(r.ArrowX, r.ArrowY, name.at); ok {
			p.arrow(class(InkGradient), name.at, tip)
			p.keepClear([]vg.Point{name.at, tip})
		}
		p.runMarker(r.Ink, name.at)
		if last+1 < n {
			name.words = about(r.Label, "not finite at step "+strconv.Itoa(last+1))
		}
	}
	p.keepOff(name.at)
	return name, true
}

// about is what happened to a run, under its name where it has one.
func about(name, what string) string {
	if name == "" {
		return what
	}
	return name + ": " + what
}
