package chart

import (
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot/vg"
)

// runLooks is the number of looks that compared runs have. There are eight colours; a run past the eighth shares its
// colour with the run eight before it and differs from that in dashes and marker.
const runLooks = 12

// InkRun is the ink of run i ≥ 0 of several that share a picture. Colour, dashes (none for run 0) and the marker at the
// end all follow from it, so that colour is never the only sign. Past the twelfth run the looks begin again.
func InkRun(i int) Ink { return Ink("run" + strconv.Itoa(max(i, 0)%runLooks)) }

// look is i where the ink is InkRun(i), and −1 where it is not one of these.
func (i Ink) look() int {
	digits, ok := strings.CutPrefix(string(i), "run")
	if n, err := strconv.Atoi(digits); ok && err == nil && n >= 0 {
		return n % runLooks
	}
	return -1
}

// line is the class of a line in this ink: that of a compared run has its dashes.
func (i Ink) line() class {
	if n := i.look(); n > 0 {
		return i.class() + class(" k"+strconv.Itoa(n))
	}
	return i.class()
}

// runMarker draws the marker of a run: a disc where it is alone, else one of eight filled shapes or four hollow ones.
// It may lie outside the data area.
func (p *pen) runMarker(ink Ink, at vg.Point) {
	k := ink.class()
	n := ink.look()
	if n%8 <= 0 {
		p.disc("paper d6", at)
		p.disc(k+" d5", at)
	} else {
		p.fill(k+" mark", runShape(n%8, at, 1))
	}
	switch {
	case n == 8:
		p.disc("paper d2", at)
	case n > 8:
		p.fill("paper", runShape(n%8, at, 0.45))
	}
}

// disc is a single dot, drawn wherever it lies.
func (p *pen) disc(k class, at vg.Point) {
	path := p.newPath()
	path.Move(at)
	path.Line(at)
	p.stroke(k, path)
}

// runShape is the outline of shape n: 1 square, 2 triangle, 3 diamond, 4 triangle on its tip, 5 plus, 6 wide bar, 7
// tall bar.
func runShape(n int, at vg.Point, scale vg.Length) vg.Path {
	switch n {
	case 1:
		return polygon(at, 5.9*scale, 4, math.Pi/4)
	case 2:
		return polygon(at, 6.4*scale, 3, math.Pi/2)
	case 3:
		return polygon(at, 6.4*scale, 4, 0)
	case 4:
		return polygon(at, 6.4*scale, 3, -math.Pi/2)
	case 5:
		return plus(at, 6.2*scale, 2.2*scale)
	case 6:
		return bar(at, 6.2*scale, 2.7*scale)
	}
	return bar(at, 2.7*scale, 6.2*scale)
}

// polygon is a regular one of n corners on a circle, the first at the angle given.
func polygon(at vg.Point, radius vg.Length, n int, angle float64) vg.Path {
	path := make(vg.Path, 0, n+1)
	for i := range n {
		sin, cos := math.Sincos(angle + 2*math.Pi*float64(i)/float64(n))
		pt := vg.Point{X: at.X + radius*vg.Length(cos), Y: at.Y + radius*vg.Length(sin)}
		if i == 0 {
			path.Move(pt)
		} else {
			path.Line(pt)
		}
	}
	path.Close()
	return path
}

// plus is a cross of arms of the given reach and half width.
func plus(at vg.Point, reach, half vg.Length) vg.Path {
	var path vg.Path
	for i, d := range [...][2]vg.Length{{1, 0}, {0, 1}, {-1, 0}, {0, -1}} {
		tip := vg.Point{X: at.X + reach*d[0], Y: at.Y + reach*d[1]}
		side := vg.Point{X: -half * d[1], Y: half * d[0]}
		corner := vg.Point{X: at.X + half*(d[0]-d[1]), Y: at.Y + half*(d[0]+d[1])}
		if i == 0 {
			path.Move(tip.Sub(side))
		} else {
			path.Line(tip.Sub(side))
		}
		path.Line(tip.Add(side))
		path.Line(corner)
	}
	path.Close()
	return path
}

// bar is a rectangle given by its middle and half its sides.
func bar(at vg.Point, halfWidth, halfHeight vg.Length) vg.Path {
	d := vg.Point{X: halfWidth, Y: halfHeight}
	return vg.Rectangle{Min: at.Sub(d), Max: at.Add(d)}.Path()
}
