package chart

import (
	"math"
	"strconv"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// draw fills the cells: one element per shade, as the map of basins does.
func (h *Heat) draw(p *pen, s shades) {
	if !h.ok() {
		return
	}
	c := Cells{NX: h.Cells.NX, NY: h.Cells.NY, Values: make([]int, len(h.Cells.Values))}
	for i, v := range h.Cells.Values {
		c.Values[i] = s.of(v - h.shift())
	}
	xs, ys := make([]vg.Length, c.NX+1), make([]vg.Length, c.NY+1)
	for i := range xs {
		xs[i] = p.x(h.edge(float64(i)))
	}
	for j := range ys {
		ys[j] = p.y(h.second(float64(j)))
	}
	blocks := mergeCells(c)
	hatch := p.newPath()
	for v := Diverged; v < heatCount; v++ {
		path := p.newPath()
		for _, b := range blocks {
			if b.value != v {
				continue
			}
			r := vg.Rectangle{Min: vg.Point{X: xs[b.i0], Y: ys[b.j0]}, Max: vg.Point{X: xs[b.i1], Y: ys[b.j1]}}
			path = append(path, r.Path()...)
			if v == Diverged {
				hatch = appendHatch(hatch, r)
			}
		}
		p.fill(heatClass(v), path)
	}
	p.stroke("hatch", hatch)
	if at, ok := roomToSay(c, xs, ys, textWidth("diverges")+16); ok {
		p.labelAt("soft", at, text.XCenter, text.YCenter, "diverges")
	}
}

// roomToSay is the middle of a stretch of diverged cells, three rows high, with room for words of this width: the nearest
// to half the height.
func roomToSay(c Cells, xs, ys []vg.Length, width vg.Length) (at vg.Point, ok bool) {
	half := (ys[0] + ys[c.NY]) / 2
	nearest := half - ys[0] - lineHeight/2
	lost := func(i, j int) bool {
		return c.Values[(j-1)*c.NX+i] == Diverged && c.Values[j*c.NX+i] == Diverged && c.Values[(j+1)*c.NX+i] == Diverged
	}
	for j := 1; j < c.NY-1; j++ {
		y := (ys[j] + ys[j+1]) / 2
		off := max(y-half, half-y)
		for i := 0; i < c.NX; i++ {
			from := i
			for i < c.NX && lost(i, j) {
				i++
			}
			if xs[i]-xs[from] > width && off < nearest {
				nearest, at, ok = off, vg.Point{X: (xs[from] + xs[i]) / 2, Y: y}, true
			}
		}
	}
	return at, ok
}

func heatClass(v int) class {
	if v == Diverged {
		return "diverged"
	}
	return class("heat" + strconv.Itoa(v))
}

// heatKey shows the shades above the data area, from the right: what they say, the least, the shades, the largest.
func (p *pen) heatKey(label string, s shades) {
	if s == (shades{}) {
		return
	}
	const width, height, room = 6, 9, 34 // of a shade; for the largest value
	y := p.Max.Y + 15
	right := p.Max.X - room
	p.text("tick", vg.Point{X: p.Max.X, Y: y}, text.XRight, text.YCenter, shadeText(s.hi))
	left := right - width*heatCount
	for k := range heatCount {
		from := left + vg.Length(k*width)
		cell := vg.Rectangle{Min: vg.Point{X: from, Y: y - height/2}, Max: vg.Point{X: from + width, Y: y + height/2}}
		p.fill(heatClass(k), append(p.newPath(), cell.Path()...))
	}
	frame := vg.Rectangle{Min: vg.Point{X: left, Y: y - height/2}, Max: vg.Point{X: right, Y: y + height/2}}
	p.stroke("frame", append(p.newPath(), frame.Path()...))
	least := shadeText(s.lo)
	if s.below {
		least = "≤ " + least
	}
	p.text("tick", vg.Point{X: left - 5, Y: y}, text.XRight, text.YCenter, least)
	p.text("axis", vg.Point{X: left - 20 - textWidth(least), Y: y}, text.XRight, text.YCenter, label)
}

// shadeText is a number at an end of the key, with two digits.
func shadeText(v float64) string {
	if a := math.Abs(v); v == 0 || a >= 1e-2 && a < 1e4 {
		two, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'e', 1, 64), 64)
		return minus(strconv.FormatFloat(two, 'f', -1, 64))
	}
	sign := ""
	if v < 0 {
		sign, v = "−", -v
	}
	k := math.Floor(math.Log10(v))
	mantissa := math.Round(v / math.Pow(10, k))
	if mantissa == 10 {
		mantissa, k = 1, k+1
	}
	power := "10^{" + strconv.Itoa(int(k)) + "}$"
	if mantissa == 1 {
		return "$" + sign + power
	}
	return "$" + sign + strconv.Itoa(int(mantissa)) + "·" + power
}
