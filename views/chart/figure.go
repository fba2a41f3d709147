// Package chart draws the notebook's figures: plain numbers in, SVG out.
//
// # Figures
//
// A figure is described by a struct and made by its constructor: [Contour] and [Basins] for functions of two variables,
// [Curve] for one, [Scatter], [Bars] and [Cloud] for data and gradients, [Loss], [Race], [Sweep], [Heat], [Series] and
// [Errors] for numbers against numbers. The constructor answers a [Figure]: the picture with its alt text and data table.
//
// A page shows a figure as two layers over each other. The backdrop (contours, axes, data points) stays while a reader
// moves a slider, the overlay (path, marks, labels) is sent anew: [Figure.WriteBackdrop], [Figure.WriteOverlay].
// [Figure.WriteSVG] writes a file that stands alone, [Figure.WriteThumbnail] a small picture without words.
//
// A figure is drawn with gonum.org/v1/plot (its axes, ticks and plotters) on a canvas of our own that writes few bytes,
// the same bytes for the same input, and CSS classes in place of colours; chart.css gives the classes their look
// in light, dark and print. An [Ink] names what a line means. [Figure.WritePNG] has the same canvas paint pixels, with the
// looks read from the same chart.css.
//
// # What every description has
//
// Name is unique within a cell, Title is short and may hold a $formula$. Alt is the picture's story in plain text; ""
// has the figure tell it from the data. Key names all that the backdrop depends on, so that equal keys are equal
// backdrops. Window is the range of the axes, XLabel and YLabel are their names. The zero Table is made from the
// data.
//
// # Conventions
//
// Slices are read while a constructor or a Write method runs and never changed; a figure keeps those it was given, so
// the caller must not change them before the last Write. Data are float64 in the units of the axes; NaN and ±Inf are
// allowed everywhere and are left out of the drawing, |v| > 1e300 counts as 1e300. An empty figure is an empty frame.
// Lengths are user units of the viewBox; text is set in 13 of them. No input is an error: errors are those of the
// writer.
//
// Labels (axis names, marks, lines) are plain text with formulas between dollars: "loss $J(θ_1)$": letters in italics,
// _1 or _{ab} lowered, ^2 or ^{-3} raised, runs of two letters or more (sin, exp) upright.
//
// # Sources
//
// Regions of a contour are traced by marching squares. The colours of inks with a meaning are from the palette of
// M. Okabe and K. Ito, Color Universal Design (2008), made for colour-blind readers; dashes and shapes say the same once
// more.
//
// The package runs no numerics of the lessons: it is told every point that it draws. It makes static pictures: sliders
// and scripts are the pages' business.
package chart

import (
	"bytes"
	"io"

	"gonum.org/v1/plot"
)

// A Figure is one picture with what a reader needs who cannot see it. It is immutable after its constructor and may be
// written from several goroutines if its lazy functions (Contour.Grid, Basins.Map) allow that.
type Figure struct {
	Name  string // "path", "loss": unique within a cell
	Title string // short, sentence case, may hold a $formula$
	Alt   string // the picture's story in one to three sentences, plain text

	Width, Height float64 // of the viewBox

	// BackdropKey names everything that the backdrop depends on; equal keys are equal backdrops.
	// "" says that the figure has no backdrop: all of it, axes included, is in the overlay.
	BackdropKey string

	// Sketch says that a finer backdrop can be had, under another key. For the page alone.
	Sketch bool

	// Handles are the points that a reader can move, Turn is set where the whole figure can be turned, Spots where its
	// points can be pointed at; these stand in the backdrop. All are for the page alone, and are set before the first
	// Write.
	Handles []Handle
	Turn    *Turn
	Spots   *Spots

	table    func() Table
	axes     axes
	backdrop plot.Plotter // under the axes' frame; nil draws the axes alone
	overlay  plot.Plotter
	film     *reel // nil: none
}

// Table is the figure's numbers for those who read rather than look.
func (f *Figure) Table() Table { return f.table() }

// Backdrop draws the layer of axes, contours and data points: what stands in its element, for [Figure.WriteBackdropOf]
// and [Figure.WriteSVGOf], which take it from any figure with the same Name and BackdropKey. Lazy inputs are computed
// here. It is nil for a figure without a BackdropKey.
func (f *Figure) Backdrop() []byte {
	if f.BackdropKey == "" {
		return nil
	}
	c := newCanvas(f.Width, f.Height)
	defer c.free()
	f.axes.draw(c, f.backdrop)
	c.flush()
	return bytes.Clone(c.out)
}

// WriteBackdrop writes the layer of axes, contours and data points: an <svg> element for the page, hidden from screen
// readers. A figure without a BackdropKey writes an empty <svg>. The error is w's.
func (f *Figure) WriteBackdrop(w io.Writer) error { return f.WriteBackdropOf(w, f.Backdrop()) }

// WriteBackdropOf is WriteBackdrop with what [Figure.Backdrop] drew before.
func (f *Figure) WriteBackdropOf(w io.Writer, backdrop []byte) error {
	c := newCanvas(f.Width, f.Height)
	defer c.free()
	c.raw(`<svg class="chart backdrop" viewBox="0 0 `, f.box(), `" aria-hidden="true" focusable="false"`)
	f.writeSpots(c)
	c.raw(`>`)
	c.out = append(c.out, backdrop...)
	c.raw(`</svg>`)
	return c.writeTo(w)
}

// WriteOverlay writes the layer that answers to every tweak: paths, marks and their labels, transparent, over the
// same data area as the backdrop.
func (f *Figure) WriteOverlay(w io.Writer) error {
	c := newCanvas(f.Width, f.Height)
	defer c.free()
	c.raw(`<svg class="chart overlay`, f.scrubbing(), `" viewBox="0 0 `, f.box(), `" aria-hidden="true" focusable="false"`)
	f.writeStage(c)
	f.filmAttributes(c)
	c.raw(`>`)
	f.drawOverlay(c)
	c.flush()
	f.writeMoment(c)
	c.raw(`</svg>`)
	return c.writeTo(w)
}

// WriteSVG writes both layers as a file that stands alone: title, description and style sheet inside. The error is w's.
func (f *Figure) WriteSVG(w io.Writer) error { return f.WriteSVGOf(w, f.Backdrop()) }

// WriteSVGOf is WriteSVG with what [Figure.Backdrop] drew before.
func (f *Figure) WriteSVGOf(w io.Writer, backdrop []byte) error {
	c := newCanvas(f.Width, f.Height)
	defer c.free()
	c.raw(`<svg xmlns="http://www.w3.org/2000/svg" class="chart standalone`, f.scrubbing(), `" role="img" viewBox="0 0 `, f.box(), `"`)
	c.raw(` width="`, decimal(f.Width), `" height="`, decimal(f.Height), `">`, "\n")
	c.raw(`<title>`, escape(plain(f.Title)), "</title>\n<desc>", escape(f.Alt), "</desc>\n")
	c.raw("<style>\n", Stylesheet(), "</style>\n")
	c.raw(`<rect class="f paper" width="100%" height="100%"/>`, "\n")
	if f.BackdropKey != "" {
		c.raw(`<g class="backdrop">`)
		c.out = append(c.out, backdrop...)
		c.raw("</g>\n")
	}
	c.raw(`<g class="overlay">`)
	f.drawOverlay(c)
	c.flush()
	f.writeMoment(c)
	c.raw("</g>\n</svg>\n")
	return c.writeTo(w)
}

// WriteThumbnail writes the data area alone, both layers, without axes and words: a picture for a list.
func (f *Figure) WriteThumbnail(w io.Writer) error {
	c := newCanvas(f.Width, f.Height)
	defer c.free()
	c.wordless = true
	a := &f.axes
	c.raw(`<svg class="chart thumbnail" viewBox="`, decimal(a.left), " ", decimal(a.top), " ", decimal(f.Width-a.left-a.right), " ", decimal(f.Height-a.top-a.bottom),
		`" preserveAspectRatio="xMidYMid slice" aria-hidden="true" focusable="false">`)
	if f.backdrop != nil {
		a.drawOver(c, f.backdrop)
	}
	a.drawOver(c, f.overlay)
	c.flush()
	c.raw(`</svg>`)
	return c.writeTo(w)
}

func (f *Figure) drawOverlay(c *canvas) {
	if f.BackdropKey == "" {
		f.axes.draw(c, f.overlay)
		return
	}
	f.axes.drawOver(c, f.overlay)
}

// scrubbing is the class of a picture in which a step is looked at: the rest of the run steps back.
func (f *Figure) scrubbing() string {
	if f.film.at() >= 0 && !f.film.quiet {
		return " scrubbing"
	}
	return ""
}

func (f *Figure) box() string { return decimal(f.Width) + " " + decimal(f.Height) }

// newFigure is a figure without a picture or a backdrop yet.
func newFigure(name, title string, s size) *Figure {
	f := &Figure{Name: name, Title: title, Width: s.width, Height: s.height}
	f.axes.size = s
	return f
}
