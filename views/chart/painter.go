package chart

import (
	"image"
	"image/color"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/image/font/sfnt"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// A painter is the canvas's other half: it paints the same shapes and texts as pixels, with the looks of chart.css.
type painter struct {
	image  *image.RGBA // opaque
	scale  float64     // pixels in a unit
	height float64     // of the figure, in units
	cover  coverage
	class  string // of the figure
	root   look
	looks  map[lookKey]*look // a figure has few looks and many shapes of each

	captions []caption // of this layer
	buf      sfnt.Buffer
}

var painters = sync.Pool{New: func() any { return &painter{image: &image.RGBA{}, looks: map[lookKey]*look{}} }}

// maxPixels bounds a picture, whatever the figure's size.
const maxPixels = 16 << 20

// newPainter begins a picture of a figure of that class, size in units, and scale in pixels to a unit.
func newPainter(class string, width, height, scale float64) *painter {
	scale = min(scale, math.Sqrt(maxPixels/(width*height)))
	w, h := max(int(width*scale+0.5), 1), max(int(height*scale+0.5), 1)
	p := painters.Get().(*painter)
	p.scale, p.height = scale, height
	p.image.Pix = slices.Grow(p.image.Pix[:0], 4*w*h)[:4*w*h]
	p.image.Stride, p.image.Rect = 4*w, image.Rect(0, 0, w, h)
	p.cover.reset(w, h)
	if p.class != class {
		clear(p.looks)
		p.class, p.root = class, theSheet().look(class, initial(), "svg", "")
	}
	paper, _ := p.root.paint(p.look(&p.root, "rect", "f paper").color)
	for i := 0; i < len(p.image.Pix); i += 4 {
		pix := p.image.Pix[i : i+4 : i+4]
		pix[0], pix[1], pix[2], pix[3] = paper.R, paper.G, paper.B, 255
	}
	return p
}

// free hands the buffers and looks on to the next picture.
func (p *painter) free() {
	if len(p.looks) < 1000 { // inks are the callers' strings
		painters.Put(p)
	}
}

// A lookKey names a look: that of an element inside another one.
type lookKey struct {
	parent     *look
	tag, class string
}

func (p *painter) look(parent *look, tag, class string) *look {
	key := lookKey{parent, tag, class}
	if p.looks[key] == nil {
		l := theSheet().look(p.class, *parent, tag, class)
		p.looks[key] = &l
	}
	return p.looks[key]
}

func (p *painter) place(pt vg.Point) vec {
	return vec{float64(pt.X) * p.scale, (p.height - float64(pt.Y)) * p.scale}
}

// shape paints a path, mode 's' or 'f' as the canvas has it.
func (p *painter) shape(mode byte, k class, path vg.Path) {
	l := p.look(&p.root, "path", string(mode)+" "+string(k))
	p.through(l.opacity, func() {
		p.paint(l, polylines(path, p.place), p.scale/10) // widths of shapes count in tenths
	})
}

// group paints shapes as those of a <g> of that class.
func (p *painter) group(class string, draw func()) {
	p.through(p.look(&p.root, "g", class).opacity, draw)
}

// through lets what draw paints be seen through as one: on a picture without holes it is mixed with what was there
// before.
func (p *painter) through(opacity float64, draw func()) {
	if opacity >= 1 {
		draw()
		return
	}
	before := slices.Clone(p.image.Pix)
	draw()
	share := int(opacity*255 + 0.5)
	for i, now := range p.image.Pix {
		if old := int(before[i]); old != int(now) {
			p.image.Pix[i] = uint8((old*(255-share) + int(now)*share + 127) / 255)
		}
	}
}

// paint fills and strokes lines; unit is the unit of the look's widths, in pixels.
func (p *painter) paint(l *look, lines []polyline, unit float64) {
	if l.strokeFirst {
		p.stroke(l, lines, unit)
		p.fill(l, lines)
		return
	}
	p.fill(l, lines)
	p.stroke(l, lines, unit)
}

func (p *painter) fill(l *look, lines []polyline) {
	c, ok := l.paint(l.fill)
	if !ok || l.fillOpacity <= 0 {
		return
	}
	for _, line := range lines {
		for i, a := range line.points {
			p.cover.edge(a, line.points[(i+1)%len(line.points)])
		}
	}
	p.lay(c, l.fillOpacity, l.crisp)
}

func (p *painter) stroke(l *look, lines []polyline, unit float64) {
	c, ok := l.paint(l.stroke)
	if !ok || l.strokeOpacity <= 0 || l.width <= 0 {
		return
	}
	s := stroker{to: &p.cover, half: l.width * unit / 2, roundCap: l.roundCap, roundJoin: l.roundJoin}
	pattern := make([]float64, len(l.dashes))
	for i, d := range l.dashes {
		pattern[i] = d * unit
	}
	for _, line := range lines {
		if len(pattern) == 0 || len(line.points) < 2 {
			s.stroke(line)
			continue
		}
		for _, dash := range dashed(line, pattern) {
			s.stroke(dash)
		}
	}
	p.lay(c, l.strokeOpacity, l.crisp)
}

// lay puts a colour over what is covered.
func (p *painter) lay(c color.RGBA, opacity float64, crisp bool) {
	share := uint32(opacity*255 + 0.5)
	p.cover.spans(crisp, func(row, from, to int, cover uint32) {
		a := cover * share // of 255²
		pix := p.image.Pix[row*p.image.Stride+4*from : row*p.image.Stride+4*to]
		if a == 255*255 {
			for i := 0; i < len(pix); i += 4 {
				pix[i], pix[i+1], pix[i+2] = c.R, c.G, c.B
			}
			return
		}
		r, g, b, rest := uint32(c.R)*a, uint32(c.G)*a, uint32(c.B)*a, 255*255-a
		const half = 255 * 255 / 2
		for i := 0; i < len(pix); i += 4 {
			pix[i] = uint8((r + uint32(pix[i])*rest + half) / (255 * 255))
			pix[i+1] = uint8((g + uint32(pix[i+1])*rest + half) / (255 * 255))
			pix[i+2] = uint8((b + uint32(pix[i+2])*rest + half) / (255 * 255))
		}
	})
}

// A caption is a text of a layer, to be painted over the layer's shapes.
type caption struct {
	class string
	words string // with $formulas$
	at    vec    // of the baseline
}

// text keeps a text for the end of its layer.
func (p *painter) text(class, s string, pt vg.Point, y text.YAlignment) {
	at := p.place(pt)
	size := p.look(&p.root, "text", class).size * p.scale
	switch { // as the canvas writes it, in em
	case y <= text.YTop:
		at.y += 0.75 * size
	case y <= text.YCenter:
		at.y += 0.35 * size
	}
	p.captions = append(p.captions, caption{class, s, at})
}

// slope is that of letters in formulas: upright ones made to slant, as browsers do for a typeface without italics.
const slope = 0.25

// write paints a caption, all of its rim under all of its letters.
func (p *painter) write(c caption) {
	l := p.look(&p.root, "text", c.class)
	var lines []polyline
	pen, level := vec{}, 0
	for _, r := range runs(collapsed(c.words)) {
		part := l
		if k := r.class(); k != "" {
			part = p.look(l, "tspan", k)
		}
		size := part.size * p.scale
		if shift := r.shift(level); shift != "" {
			em, _ := strconv.ParseFloat(shift, 64) // run.shift writes numbers
			pen.y += em * size
		}
		level = r.level
		lines = p.glyphs(lines, r.text, &pen, size, part.italic)
	}
	left := vec{c.at.x - l.anchor*pen.x, c.at.y}
	seen := lines[:0]
	for _, line := range lines {
		for i := range line.points {
			line.points[i] = line.points[i].plus(left)
		}
		if margin := l.size * p.scale; line.points[0].x > -margin && line.points[0].x < float64(p.image.Rect.Dx())+margin {
			seen = append(seen, line)
		}
	}
	p.through(l.opacity, func() { p.paint(l, seen, p.scale) })
}

// glyphs appends the outlines of a text from pen on, and moves pen to its end.
func (p *painter) glyphs(lines []polyline, s string, pen *vec, size float64, italic bool) []polyline {
	slant := 0.0
	if italic {
		slant = slope
	}
	face := theTypeface()
	before := glyph{}
	for i, r := range s {
		g := face.glyph(r)
		if i > 0 {
			pen.x += face.kern(&p.buf, before, g) * size
		}
		for _, outline := range g.lines {
			line := polyline{drawn: true, closed: true, points: make([]vec, len(outline.points))}
			for k, pt := range outline.points {
				line.points[k] = vec{pen.x + (pt.x-slant*pt.y)*size, pen.y + pt.y*size}
			}
			lines = append(lines, line)
		}
		pen.x += g.advance * size
		before = g
	}
	return lines
}

// collapsed has one space for many and none at the ends, as SVG has it.
func collapsed(s string) string {
	return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' }), " ")
}

// flush ends a layer.
func (p *painter) flush() {
	for _, c := range p.captions {
		p.write(c)
	}
	p.captions = p.captions[:0]
}
