package chart

import (
	"cmp"
	"math"
	"strconv"
	"strings"
)

// A Surface describes a function of two variables seen from the side, as a hill over its window. Backdrop: the surface in
// its box. Overlay: patch, paths and marks, which lie on the surface; what it hides of them is drawn fainter.
//
// The surface is made of at most 34×34 of the grid's points, in the shades of a Contour with the same grid and minimum.
// Heights are true to scale unless a few values dwarf all others. Then they are logarithmic above the least value, or, where
// that lies at the window's edge, compressed around the median: figure and Alt say so.
type Surface struct {
	Name, Title string
	Alt         string // what is shown; where it is lowest and highest, how it is seen and how heights are drawn is added
	Key         string // names Grid and Window; "" is replaced by Name. The direction of view is added
	Window      Window
	XLabel      string
	YLabel      string
	ZLabel      string
	Grid        func() Grid // called once, by the constructor; nil draws an empty box

	// Minimum is the least value of the function where MinimumKnown is set, as a Contour's.
	Minimum      float64
	MinimumKnown bool

	// Azimuth and Elevation are the direction from which the surface is seen, in degrees. Azimuth 0 is the map's lower
	// edge, 90 its right one; any number will do. Elevation is kept within 0 and 90, which is from above.
	Azimuth, Elevation float64

	Patch *Patch // what a formula predicts for a part of the window; nil: none
	Paths []Path // runs; of their looks Ink and Label count, and of a Film the step
	Marks []Mark // points on the surface; an arrow runs along it
	Table Table  // zero: heights on a coarse grid
}

var surfaceSize = size{480, 400, 8, 8, 8, 8}

// NewSurface draws s in 480×400 units.
func NewSurface(s Surface) *Figure {
	w := s.Window.around(s.Paths)
	w.XMin, w.XMax = sane(w.XMin, w.XMax)
	w.YMin, w.YMax = sane(w.YMin, w.YMax)
	if !finite(s.Azimuth) || !finite(s.Elevation) {
		s.Azimuth, s.Elevation = 0, 90
	}
	f := newFigure(s.Name, s.Title, surfaceSize)
	f.BackdropKey = keyOf(s.Key, s.Name, s.Window, w) + "," + shortest(s.Azimuth) + "," + shortest(s.Elevation)
	f.axes.bare = true
	f.axes.x = axis{min: surfaceSize.left, max: surfaceSize.width - surfaceSize.right} // units of the figure: points are projected
	f.axes.y = axis{min: surfaceSize.bottom, max: surfaceSize.height - surfaceSize.top}
	var g Grid
	if s.Grid != nil {
		g = s.Grid()
	}
	sc := newScene(g, w, s.Minimum, s.MinimumKnown, s.Azimuth, s.Elevation)
	f.Alt = strings.TrimLeft(s.Alt+" "+sc.story(), " ") + " It is seen from azimuth " + degrees(s.Azimuth) + "° and elevation " + degrees(s.Elevation) + "°." + sc.heights.words()
	if f.table = given(s.Table); f.table == nil {
		f.table = func() Table { return sc.table(s.XLabel, s.YLabel, s.ZLabel) }
	}
	f.backdrop = drawing(func(p *pen) {
		sc.box(p, s.XLabel, s.YLabel, s.ZLabel)
		sc.draw(p)
	})
	f.overlay = drawing(func(p *pen) {
		if s.Patch != nil {
			sc.patch(p, s.Patch)
		}
		for _, r := range s.Paths {
			p.group("run", func() { sc.path(p, r) })
		}
		sc.marks(p, s.Marks)
	})
	f.film = sc.filmOf(s.Paths)
	return f
}

// NoPicture stands where a figure would if there were anything to draw, so that a page may change from one to the other.
func NoPicture(name, title, words string) *Figure {
	f := newFigure(name, title, size{480, 60, 8, 8, 8, 8})
	f.axes.bare = true
	f.axes.x, f.axes.y = axis{max: 1}, axis{max: 1}
	f.Alt = words
	f.BackdropKey = "none"
	f.table = func() Table { return Table{Caption: words, Header: []string{}} }
	f.overlay = drawing(func(p *pen) { p.labelAt("soft", p.at(0, 0.5), 0, -0.5, words) })
	return f
}

func degrees(v float64) string { return minus(shortest(v)) }

// shortest is for keys, which travel in headers, too.
func shortest(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// story tells where the surface is lowest and highest.
func (s *scene) story() string {
	low, high := -1, -1
	for i, v := range s.grid.Values {
		if !finite(v) {
			continue
		}
		if low < 0 || v < s.grid.Values[low] {
			low = i
		}
		if high < 0 || v > s.grid.Values[high] {
			high = i
		}
	}
	if low < 0 {
		return "The box is empty: the function has no value there."
	}
	return sentence("The surface is lowest near ", s.place(low), " with ", Number(s.grid.Values[low]), " and highest near ", s.place(high), " with ", Number(s.grid.Values[high]))
}

func (s *scene) place(i int) string {
	x := s.window.XMin + (s.window.XMax-s.window.XMin)*float64(i%s.grid.NX)/float64(s.grid.NX-1)
	y := s.window.YMin + (s.window.YMax-s.window.YMin)*float64(i/s.grid.NX)/float64(s.grid.NY-1)
	return "(" + Number(rough(x)) + ", " + Number(rough(y)) + ")"
}

// rough keeps two digits: a grid's point is no more exact.
func rough(v float64) float64 {
	r, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 2, 64), 64)
	if err != nil {
		return v
	}
	return r
}

// table is the surface for those who read: values at five by five places.
func (s *scene) table(xlabel, ylabel, zlabel string) Table {
	const side = 5
	t := Table{Caption: cmp.Or(plain(zlabel), "Heights") + " over " + plain(xlabel) + " and " + plain(ylabel), Header: []string{plain(ylabel) + " \\ " + plain(xlabel)}}
	if len(s.grid.Values) == 0 {
		return t
	}
	at := func(k, n int) int { return int(math.Round(float64(k) / (side - 1) * float64(n-1))) }
	for k := range side {
		t.Header = append(t.Header, Number(s.window.XMin+(s.window.XMax-s.window.XMin)*float64(at(k, s.grid.NX))/float64(s.grid.NX-1)))
	}
	for j := side - 1; j >= 0; j-- { // as on a map
		row := []string{Number(s.window.YMin + (s.window.YMax-s.window.YMin)*float64(at(j, s.grid.NY))/float64(s.grid.NY-1))}
		for k := range side {
			row = append(row, Number(s.grid.Values[at(j, s.grid.NY)*s.grid.NX+at(k, s.grid.NX)]))
		}
		t.Rows = append(t.Rows, row)
	}
	return t
}
