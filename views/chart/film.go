package chart

import (
	"io"
	"strconv"
)

// A page shows a film without asking for every step: it has the overlay with the whole run, the track, and the marks of
// each moment, and puts them together.

// Steps is how many steps a reader can walk along, the start included; 0 where the figure has no film.
func (f *Figure) Steps() int {
	if f.film == nil {
		return 0
	}
	return f.film.length
}

// A Track is where the steps of a run are drawn, so that a script can draw the way up to any of them.
type Track struct {
	Class  string     `json:"class"`  // of the line, an SVG class; that of the dots is Class with Dots
	Dots   string     `json:"dots"`   // further classes of the dots
	Clip   [4]float64 `json:"clip"`   // the data area: left, top, width and height in units of the viewBox
	Points []int      `json:"points"` // x, y of each step in tenths of a unit
}

// Track is the film's track; ok is false where the way up to a step is not drawn.
func (f *Figure) Track() (t Track, ok bool) {
	if f.film == nil || f.film.path == nil {
		return t, false
	}
	t.Class, t.Dots = string(f.film.ink), string(wayDots)
	c := newCanvas(f.Width, f.Height)
	defer c.free()
	f.axes.drawOver(c, drawing(func(p *pen) {
		t.Clip = [4]float64{float64(p.Min.X), f.Height - float64(p.Max.Y), float64(p.Max.X - p.Min.X), float64(p.Max.Y - p.Min.Y)}
		o := outline{height: f.Height}
		for _, pt := range f.film.track(p) {
			x, y := o.tenths(pt)
			t.Points = append(t.Points, x, y)
		}
	}))
	return t, true
}

// WriteMoment writes the marks of step k, 0 to Steps−1, as they stand in the overlay's group "marks" when that step is
// looked at. The error is w's.
func (f *Figure) WriteMoment(w io.Writer, k int) error {
	c := newCanvas(f.Width, f.Height)
	defer c.free()
	f.drawMarks(c, k)
	return c.writeTo(w)
}

// writeMoment writes the overlay's group of the step that is looked at, empty where there is none.
func (f *Figure) writeMoment(c *canvas) {
	if f.film == nil {
		return
	}
	c.raw(`<g class="way">`)
	if k := f.film.at(); k >= 0 {
		f.axes.drawOver(c, drawing(func(p *pen) { f.film.way(p, k) }))
		c.flush()
	}
	c.raw(`</g><g class="marks">`)
	if k := f.film.at(); k >= 0 {
		f.drawMarks(c, k)
	}
	c.raw(`</g>`)
}

func (f *Figure) drawMarks(c *canvas, k int) {
	f.axes.drawOver(c, drawing(func(p *pen) {
		p.keepClear(f.film.track(p))
		f.film.draw(p, k)
	}))
	c.flush()
}

// filmAttributes tell the script how many steps there are and which one is shown.
func (f *Figure) filmAttributes(c *canvas) {
	if f.film == nil {
		return
	}
	c.raw(` data-last="`, strconv.Itoa(f.film.length-1), `"`)
	if k := f.film.at(); k >= 0 {
		c.raw(` data-at="`, strconv.Itoa(k), `"`)
	}
}

// group draws shapes inside a group of that class; texts follow above all groups.
func (p *pen) group(name string, draw func()) {
	if p.svg.painter != nil {
		p.svg.painter.group(name, draw)
		return
	}
	p.svg.shapes = append(p.svg.shapes, `<g class="`+name+`">`...)
	draw()
	p.svg.shapes = append(p.svg.shapes, `</g>`...)
}
