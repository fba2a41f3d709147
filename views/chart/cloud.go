package chart

import (
	"math"

	"gonum.org/v1/plot/vg"
)

// A Cloud describes mini-batch gradients around the gradient of all data, in two of the coordinates.
type Cloud struct {
	Name, Title  string
	Alt          string // "": told from the mean and the spread
	XLabel       string
	YLabel       string
	X, Y         []float64 // one mini-batch gradient per entry
	FullX, FullY float64   // the gradient of all data, scaled as the mini-batch gradients are
	Table        Table     // zero: mean, deviation and full gradient per coordinate
}

// NewCloud draws c in 480×420 units, without a backdrop: dots, the full gradient as an arrow from 0, the mean of the
// dots and the ellipse of one standard deviation around it (two dots at least).
func NewCloud(c Cloud) *Figure {
	f := newFigure(c.Name, c.Title, planeSize)
	x, y := newSpan(), newSpan()
	x.see(0, c.FullX)
	y.see(0, c.FullY)
	x.see(c.X...)
	y.see(c.Y...)
	xlo, xhi := x.margin(0.1)
	ylo, yhi := y.margin(0.1)
	f.axes.x = linear(xlo, xhi, c.XLabel)
	f.axes.y = linear(ylo, yhi, c.YLabel)
	f.axes.grid = true
	s := momentsOf(c.X, c.Y)
	f.Alt, f.table = c.Alt, given(c.Table)
	if f.Alt == "" {
		f.Alt = sentence(count(s.n, "mini-batch gradient"), " with mean (", Number(s.meanX), ", ", Number(s.meanY), ") and standard deviations (",
			Number(math.Sqrt(s.xx)), ", ", Number(math.Sqrt(s.yy)), ") around the full gradient (", Number(c.FullX), ", ", Number(c.FullY), ")")
	}
	if f.table == nil {
		f.table = func() Table {
			rows := [][]string{
				{plain(c.XLabel), Number(c.FullX), Number(s.meanX), Number(math.Sqrt(s.xx))},
				{plain(c.YLabel), Number(c.FullY), Number(s.meanY), Number(math.Sqrt(s.yy))},
			}
			return NewTable("Mini-batch gradients", []string{"coordinate", "full gradient", "mean", "standard deviation"}, 2, "coordinate",
				func(i int) []string { return rows[i] })
		}
	}
	f.overlay = drawing(func(p *pen) { c.draw(p, s) })
	return f
}

func (c *Cloud) draw(p *pen, s moments) {
	origin, full := p.at(0, 0), p.at(c.FullX, c.FullY)
	dots := p.points(c.X, c.Y)
	p.dots("ink faint d3", dots)
	p.avoid = append(p.avoid, dots[:min(len(dots), 200)]...)
	if s.n > 1 {
		p.ellipse(s)
	}
	p.dots("ink d2", []vg.Point{origin})
	p.keepClear([]vg.Point{origin, full})
	if finite(c.FullX) && finite(c.FullY) {
		p.arrow("gradient bold", origin, full)
	}
	mean, near := p.at(s.meanX, s.meanY), false
	if s.n > 0 {
		p.shape(MarkSaddle, "ink", mean)
		p.avoid = append(p.avoid, mean)
		d := mean.Sub(full)
		near = math.Hypot(float64(d.X), float64(d.Y)) < 16 // two names would hide one another
	}
	if name := "full gradient"; finite(c.FullX) && finite(c.FullY) {
		if near {
			name += ", mean"
		}
		p.label(class(InkGradient), 10, name, full)
	}
	if s.n > 0 && !near {
		p.label("ink", 10, "mean", mean)
	}
	p.label("ink", 8, "0", origin)
}

// moments are the mean and the population covariance of the finite points.
type moments struct {
	n            int
	meanX, meanY float64
	xx, xy, yy   float64
}

func momentsOf(xs, ys []float64) moments {
	var s moments
	each := func(do func(x, y float64)) {
		for i := range length(xs, ys) {
			if x, y := pair(xs, ys, i); finite(x) && finite(y) {
				do(x, y)
			}
		}
	}
	each(func(_, _ float64) { s.n++ })
	if s.n == 0 {
		return s
	}
	n := float64(s.n)
	each(func(x, y float64) {
		s.meanX += x / n
		s.meanY += y / n
	})
	each(func(x, y float64) {
		dx, dy := x-s.meanX, y-s.meanY
		s.xx += dx * dx / n
		s.xy += dx * dy / n
		s.yy += dy * dy / n
	})
	return s
}

// ellipse draws where the deviation from the mean is one standard deviation: mean + L·(cos t, sin t) with the
// Cholesky factor L of the covariance.
func (p *pen) ellipse(s moments) {
	l11 := math.Sqrt(s.xx)
	l21 := 0.0
	if l11 > 0 {
		l21 = s.xy / l11
	}
	l22 := math.Sqrt(math.Max(0, s.yy-l21*l21))
	if !finite(l11) || !finite(l21) || !finite(l22) {
		return
	}
	const corners = 72
	xs, ys := make([]float64, corners+1), make([]float64, corners+1)
	for i := range xs {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / corners)
		xs[i], ys[i] = s.meanX+l11*cos, s.meanY+l21*cos+l22*sin
	}
	p.line("gradient ellipse", xs, ys)
}
