package chart

import (
	"io"
	"math"
	"strconv"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// A Picture shows vectors that belong to the pixels of an image, as images side by side: weights, or a change of them.
// Above zero a pixel has the colour of class 1 and a plus, below zero that of class 0 and a minus, the stronger the
// farther from zero; each panel has its own scale, written under it.
type Picture struct {
	Name, Title string
	Alt         string // "": says how many pixels are above and below zero
	Rows, Cols  int    // of each image
	Panels      []Panel
	Table       Table // zero: the values of the first panel, laid out as the image
}

// A Panel is one image of a Picture.
type Panel struct {
	Title  string    // over the image
	Values []float64 // Rows×Cols, row by row from above
	Ink    bool      // an image of ink, zero or more, in shades of the text's colour, instead of weights
}

// pictureTones is the number of shades on each side of zero.
const pictureTones = 5

// NewPicture draws p 480 units wide, at most three panels.
func NewPicture(p Picture) *Figure {
	panels := p.Panels[:min(len(p.Panels), 3)]
	const gap, top, foot, margin = 20, 30, 56, 8
	side := min((480-2*margin-gap*float64(max(len(panels), 1)-1))/float64(max(len(panels), 1)), 230)
	f := newFigure(p.Name, p.Title, size{480, side + top + foot, margin, margin, top, foot})
	f.axes.bare = true
	f.axes.x, f.axes.y = axis{min: margin, max: 480 - margin}, axis{min: foot, max: foot + side} // units of the figure
	f.Alt, f.table = p.Alt, given(p.Table)
	if f.Alt == "" {
		f.Alt = p.story()
	}
	if f.table == nil {
		f.table = p.table
	}
	f.overlay = drawing(func(pn *pen) {
		for i, panel := range panels {
			left := margin + float64(i)*(side+gap)
			pn.panel(panel, p.Rows, p.Cols, vg.Rectangle{Min: pn.at(left, foot), Max: pn.at(left+side, foot+side)})
		}
	})
	return f
}

// panel draws one image into a square.
func (p *pen) panel(panel Panel, rows, cols int, r vg.Rectangle) {
	p.text("ink", vg.Point{X: r.Min.X, Y: r.Max.Y + 8}, text.XLeft, text.YBottom, panel.Title)
	if rows < 1 || cols < 1 || len(panel.Values) != rows*cols {
		return
	}
	most := largest(panel.Values)
	w, h := r.Size().X/vg.Length(cols), r.Size().Y/vg.Length(rows)
	var tones [2 * pictureTones]vg.Path
	plus, minus := p.newPath(), vg.Path(nil)
	for i, v := range panel.Values {
		tone := toneOf(v, most)
		if tone == 0 {
			continue
		}
		x, y := r.Min.X+vg.Length(i%cols)*w, r.Max.Y-vg.Length(i/cols+1)*h
		k := tone - 1
		if v < 0 {
			k += pictureTones
		}
		tones[k] = append(tones[k], vg.Rectangle{Min: vg.Point{X: x, Y: y}, Max: vg.Point{X: x + w, Y: y + h}}.Path()...)
		if panel.Ink || tone < 2 {
			continue
		}
		arm, middle := min(w, h)*0.16, vg.Point{X: x + w/2, Y: y + h/2}
		if v < 0 {
			minus = appendPolyline(minus, []vg.Point{{X: middle.X - arm, Y: middle.Y}, {X: middle.X + arm, Y: middle.Y}})
			continue
		}
		plus = appendPolyline(plus, []vg.Point{{X: middle.X - arm, Y: middle.Y}, {X: middle.X + arm, Y: middle.Y}})
		plus = appendPolyline(plus, []vg.Point{{X: middle.X, Y: middle.Y - arm}, {X: middle.X, Y: middle.Y + arm}})
	}
	for k, path := range tones {
		if len(path) > 0 {
			p.fill(toneClass(k, panel.Ink), path)
		}
	}
	for _, signs := range []vg.Path{plus, minus} {
		if len(signs) > 0 {
			p.stroke("ink thin", signs)
		}
	}
	p.stroke("frame", r.Path())
	if !panel.Ink {
		p.legend(r, most)
	}
}

// legend is the scale under a panel: shades with their signs, and the values at the ends.
func (p *pen) legend(r vg.Rectangle, most float64) {
	const box, below = 12, 20
	left := (r.Min.X + r.Max.X) / 2
	left -= box * (pictureTones + 0.5)
	y := r.Min.Y - below
	for i := -pictureTones; i <= pictureTones; i++ {
		k := i - 1
		if i < 0 {
			k = -i - 1 + pictureTones
		}
		x := left + vg.Length(i+pictureTones)*box
		cell := vg.Rectangle{Min: vg.Point{X: x, Y: y}, Max: vg.Point{X: x + box, Y: y + box}}
		if i != 0 {
			p.fill(toneClass(k, false), cell.Path())
		}
		p.stroke("frame", cell.Path())
	}
	under := y - lineHeight/2 - 3
	p.text("tick", vg.Point{X: left, Y: under}, text.XLeft, text.YCenter, "−"+Number(most))
	p.text("tick", vg.Point{X: left + box*(pictureTones+0.5), Y: under}, text.XCenter, text.YCenter, "0")
	p.text("tick", vg.Point{X: left + box*(2*pictureTones+1), Y: under}, text.XRight, text.YCenter, "+"+Number(most))
}

func largest(values []float64) float64 {
	most := 0.0
	for _, v := range values {
		if finite(v) {
			most = max(most, math.Abs(v))
		}
	}
	return most
}

// toneOf is the shade of a value, 0 (none) to pictureTones.
func toneOf(v, most float64) int {
	if !finite(v) || most == 0 {
		return 0
	}
	return int(math.Round(math.Abs(v) / most * pictureTones))
}

// toneClass is the class of shade k, those below zero after the others.
func toneClass(k int, ink bool) class {
	name := "class1"
	switch {
	case ink:
		name = "ink"
	case k >= pictureTones:
		name, k = "class0", k-pictureTones
	}
	return class(name + " o" + strconv.Itoa(k+1))
}

func (p *Picture) story() string {
	if len(p.Panels) == 0 {
		return "No picture."
	}
	above, below := 0, 0
	for _, v := range p.Panels[0].Values {
		switch {
		case v > 0:
			above++
		case v < 0:
			below++
		}
	}
	return sentence(plain(p.Panels[0].Title), ": ", count(above, "pixel"), " above zero, ", strconv.Itoa(below), " below")
}

func (p *Picture) table() Table {
	t := Table{Caption: "No picture", Header: []string{}}
	if len(p.Panels) == 0 || p.Cols < 1 {
		return t
	}
	t = Table{Caption: plain(p.Panels[0].Title) + ", laid out as the image", Header: make([]string, p.Cols)}
	for j := range t.Header {
		t.Header[j] = strconv.Itoa(j + 1)
	}
	for i := 0; i+p.Cols <= len(p.Panels[0].Values) && len(t.Rows) < maxRows; i += p.Cols {
		row := make([]string, p.Cols)
		for j := range row {
			row[j] = Number(p.Panels[0].Values[i+j])
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}

// WriteTinyImage writes an image of values ≥ 0, row by row from above, as a small <svg> for a list: the largest value has
// the text's colour, 0 the paper's. It is hidden from screen readers: what it shows is said beside it. The error is w's.
func WriteTinyImage(w io.Writer, values []float64, rows, cols int) error {
	b := append([]byte(nil), `<svg class="chart tiny" viewBox="0 0 `+strconv.Itoa(cols)+` `+strconv.Itoa(rows)+`" width="32" height="32" aria-hidden="true" focusable="false">`...)
	most := largest(values)
	for tone := 1; tone <= pictureTones; tone++ {
		open := false
		for i, v := range values[:min(len(values), rows*cols)] {
			if v <= 0 || toneOf(v, most) != tone {
				continue
			}
			if !open {
				b = append(b, `<path class="f ink o`+strconv.Itoa(tone)+`" d="`...)
				open = true
			}
			b = append(b, 'M')
			b = append(strconv.AppendInt(b, int64(i%cols), 10), ' ')
			b = append(strconv.AppendInt(b, int64(i/cols), 10), `h1v1h-1z`...)
		}
		if open {
			b = append(b, `"/>`...)
		}
	}
	_, err := w.Write(append(b, `</svg>`...))
	return err
}
