package chart

import (
	"image"
	"image/color"
	"io"
	"math"
	"strconv"
	"sync"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
)

// A class is a CSS class that travels through gonum's drawing as a colour.
type class string

// RGBA is what a canvas other than ours would see: black.
func (class) RGBA() (r, g, b, a uint32) { return 0, 0, 0, 0xffff }

// canvas is a vg.Canvas that writes SVG. Colour, width and dashes are the classes' affair (chart.css), so a shape
// carries its class and its outline and no more. Shapes are written in tenths of a unit inside one scaled group, as
// integers and relative to the point before; texts follow above all shapes.
type canvas struct {
	height float64
	out    []byte // finished layers
	shapes []byte
	texts  []byte
	class  class
	hidden bool // a line width of 0 or less draws no strokes

	wordless bool // no texts, nor the markers and lines that go with them

	painter *painter // where set, it paints pixels and no SVG is written

	spare  vg.Path    // room for the pen's next path
	avoid  []vg.Point // room for the pen's points to avoid
	points []vg.Point // room for the steps of its runs
}

var canvases = sync.Pool{New: func() any { return new(canvas) }}

func newCanvas(width, height float64) *canvas {
	c := canvases.Get().(*canvas)
	*c = canvas{height: height, out: c.out[:0], shapes: c.shapes[:0], texts: c.texts[:0], spare: c.spare, avoid: c.avoid, points: c.points[:0]}
	return c
}

// free hands the buffers on to the next figure.
func (c *canvas) free() { canvases.Put(c) }

func (c *canvas) raw(parts ...string) {
	for _, s := range parts {
		c.out = append(c.out, s...)
	}
}

// flush ends a layer: its shapes, then its texts.
func (c *canvas) flush() {
	if c.painter != nil {
		c.painter.flush()
		return
	}
	if len(c.shapes) > 0 {
		c.raw(`<g transform="scale(.1)">`)
		c.out = append(c.out, c.shapes...)
		c.raw(`</g>`)
	}
	c.out = append(c.out, c.texts...)
	c.shapes, c.texts = c.shapes[:0], c.texts[:0]
}

func (c *canvas) writeTo(w io.Writer) error {
	_, err := w.Write(c.out)
	return err
}

// SetColor takes a class; any other colour is drawn as neutral ink.
func (c *canvas) SetColor(clr color.Color) {
	if k, ok := clr.(class); ok {
		c.class = k
		return
	}
	c.class = class(InkText)
}

// SetLineWidth only tells lines that are to be seen from those that are not.
func (c *canvas) SetLineWidth(w vg.Length) { c.hidden = w <= 0 }

// Stroke writes the outline of p.
func (c *canvas) Stroke(p vg.Path) {
	if !c.hidden {
		c.path('s', p)
	}
}

// Fill writes p as an area.
func (c *canvas) Fill(p vg.Path) { c.path('f', p) }

func (c *canvas) path(mode byte, p vg.Path) {
	if len(p) == 0 {
		return
	}
	if c.painter != nil {
		c.painter.shape(mode, c.class, p)
		return
	}
	b := append(c.shapes, `<path class="`...)
	b = append(b, mode, ' ')
	b = append(b, c.class...)
	b = append(b, `" d="`...)
	w := outline{b: b, height: c.height}
	for _, comp := range p {
		w.add(comp)
	}
	c.shapes = append(w.b, `"/>`...)
}

// outline writes the commands of one path.
type outline struct {
	b      []byte
	height float64
	last   byte // the command in force, which may be left out when it repeats
	x, y   int  // the current point in tenths
	x0, y0 int  // where the subpath began
	begun  bool // a subpath has been begun but nothing drawn in it
}

func (o *outline) add(comp vg.PathComp) {
	switch comp.Type {
	case vg.MoveComp:
		x, y := o.tenths(comp.Pos)
		if o.last == 0 {
			o.command('M', x, y)
		} else {
			o.command('m', x-o.x, y-o.y)
		}
		o.x, o.y, o.x0, o.y0, o.begun = x, y, x, y, true
	case vg.LineComp:
		o.line(comp.Pos)
	case vg.CurveComp:
		ctrl := append(append(make([]vg.Point, 0, 3), comp.Control...), comp.Pos)
		x0, y0 := o.x, o.y
		for i, pt := range ctrl {
			x, y := o.tenths(pt)
			if i == 0 {
				o.command("qc"[len(ctrl)-2], x-x0, y-y0)
			} else {
				o.number(x-x0, true)
				o.number(y-y0, true)
			}
			o.x, o.y = x, y
		}
		o.begun = false
	case vg.ArcComp:
		for i := 0; i <= arcPieces; i++ {
			o.line(onArc(comp, i))
		}
	case vg.CloseComp:
		o.b = append(o.b, 'z')
		o.x, o.y, o.last, o.begun = o.x0, o.y0, 'z', false
	}
}

// arcPieces is the number of straight lines that an arc is drawn with.
const arcPieces = 36

// onArc is where piece i of an arc ends.
func onArc(arc vg.PathComp, i int) vg.Point {
	sin, cos := math.Sincos(arc.Start + arc.Angle*float64(i)/arcPieces)
	return vg.Point{X: arc.Pos.X + arc.Radius*vg.Length(cos), Y: arc.Pos.Y + arc.Radius*vg.Length(sin)}
}

func (o *outline) line(pt vg.Point) {
	x, y := o.tenths(pt)
	dx, dy := x-o.x, y-o.y
	switch {
	case dx == 0 && dy == 0:
		// A line of no length is a dot under round caps; elsewhere it is nothing.
		if o.begun {
			o.command('h', 0)
		}
	case dy == 0:
		o.command('h', dx)
	case dx == 0:
		o.command('v', dy)
	default:
		o.command('l', dx, dy)
	}
	o.x, o.y, o.begun = x, y, false
}

// tenths is pt in tenths of a unit, y downwards, kept within what every renderer can take.
func (o *outline) tenths(pt vg.Point) (x, y int) {
	const limit = 1e5
	return int(math.Round(10 * min(max(float64(pt.X), -limit), limit))),
		int(math.Round(10 * min(max(o.height-float64(pt.Y), -limit), limit)))
}

func (o *outline) command(letter byte, args ...int) {
	// After m and M further pairs would be read as lines, so moves are always spelt out.
	repeats := letter == o.last && letter != 'm' && letter != 'M'
	if !repeats {
		o.b = append(o.b, letter)
	}
	o.last = letter
	for i, v := range args {
		o.number(v, repeats || i > 0)
	}
}

func (o *outline) number(v int, apart bool) {
	if apart && v >= 0 {
		o.b = append(o.b, ' ')
	}
	o.b = strconv.AppendInt(o.b, int64(v), 10)
}

// The rest of vg.Canvas: no figure turns, scales, moves or saves the canvas, sets dashes outside the style sheet or
// draws images, and texts come through textHandler.
func (c *canvas) SetLineDash([]vg.Length, vg.Length)           {}
func (c *canvas) Rotate(float64)                               {}
func (c *canvas) Translate(vg.Point)                           {}
func (c *canvas) Scale(float64, float64)                       {}
func (c *canvas) Push()                                        {}
func (c *canvas) Pop()                                         {}
func (c *canvas) FillString(font.Face, vg.Point, string)       {}
func (c *canvas) DrawImage(rect vg.Rectangle, img image.Image) {}

// decimal writes v with one decimal at most.
func decimal(v float64) string {
	return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64)
}
