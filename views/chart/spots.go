package chart

import (
	"strconv"

	"gonum.org/v1/plot/vg"
)

// Spots are the points of a figure that a reader can point at: each stands for one row of the data. They are for the page
// alone. Its script finds the nearest one and sets a parameter to the row's number.
type Spots struct {
	Param string    // the parameter; the first point sets it to 1
	Every int       // the number of rows from one point to the next; 0: 1
	Noun  string    // what a row is, in words: "flower"
	X, Y  []float64 // in data units
}

// writeSpots writes, as attributes of the backdrop, what a script must know to find a point: places in tenths of a unit
// of the viewBox, x and y of each. Points that lie outside are empty.
func (f *Figure) writeSpots(c *canvas) {
	if f.Spots == nil {
		return
	}
	c.raw(` data-spots="`, escape(f.Spots.Param), `" data-noun="`, escape(f.Spots.Noun), `" data-every="`, strconv.Itoa(max(f.Spots.Every, 1)), `" data-places="`)
	f.axes.drawOver(c, drawing(func(p *pen) {
		o := outline{height: f.Height}
		for i := range min(len(f.Spots.X), len(f.Spots.Y)) {
			if i > 0 {
				c.out = append(c.out, ',')
			}
			at := vg.Point{}
			if x, y := f.Spots.X[i], f.Spots.Y[i]; finite(x) && finite(y) {
				at = p.at(x, y)
			}
			if !p.inside(at) {
				continue
			}
			x, y := o.tenths(at)
			c.out = append(strconv.AppendInt(c.out, int64(x), 10), ' ')
			c.out = strconv.AppendInt(c.out, int64(y), 10)
		}
	}))
	c.raw(`"`)
}
