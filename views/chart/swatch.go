package chart

import (
	"io"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// WriteSwatch writes the sign of one of several runs, a piece of its line with its marker, as a small <svg> for a text
// that speaks of it. It is hidden from screen readers: the run's name stands beside it. The error is w's.
func WriteSwatch(w io.Writer, ink Ink) error {
	const width, height = 40, 16
	c := newCanvas(width, height)
	defer c.free()
	p := &pen{svg: c, Canvas: draw.Canvas{Canvas: c, Rectangle: vg.Rectangle{Max: vg.Point{X: width, Y: height}}}}
	c.raw(`<svg class="chart swatch" viewBox="0 0 40 16" width="40" height="16" aria-hidden="true" focusable="false">`)
	end := vg.Point{X: width - 8, Y: height / 2}
	p.segment(ink.line(), vg.Point{X: 1, Y: height / 2}, end)
	p.runMarker(ink, end)
	c.flush()
	c.raw(`</svg>`)
	return c.writeTo(w)
}
