package chart

import (
	"strconv"

	"gonum.org/v1/plot/vg"
)

// Outcomes of a start that reached no minimum, in Cells.
const (
	NotConverged = -1 // after all steps it had not settled
	Diverged     = -2 // it ran away
)

// Cells is a grid of starts: Values[j*NX+i] is the number of the minimum that the start at the middle of cell (i, j)
// reached, or NotConverged or Diverged. Cell (0, 0) is the corner at XMin, YMin. Minima past the eighth share the
// colours of the first.
type Cells struct {
	NX, NY int   // cells in each direction
	Values []int // NY×NX, row by row from below
}

// A Basins figure colours every start of a window by where it leads. Backdrop: the map and thin contour lines.
// Overlay: critical points, chosen paths, marks.
type Basins struct {
	Name, Title string
	Alt         string // "": told from the critical points and the path
	Key         string // names Map, Grid and Window; "" is replaced by Name
	Window      Window
	XLabel      string
	YLabel      string
	Map         func() Cells // called once per backdrop written; nil draws no map
	Grid        func() Grid  // for thin contour lines over the map; nil for none
	Field       func() Field // arrows of the backdrop, which Key must name as well; nil draws none
	Critical    []Mark       // minima, maxima, saddles
	Paths       []Path       // chosen runs
	Marks       []Mark       // of the run
	Table       Table        // zero: the points of the first path, else the critical points
}

// NewBasins draws b in 480×420 units. The one-dimensional counterpart is a Curve with its Strip set.
func NewBasins(b Basins) *Figure {
	w := b.Window.around(b.Paths)
	f := newFigure(b.Name, b.Title, planeSize)
	f.BackdropKey = keyOf(b.Key, b.Name, b.Window, w)
	f.axes.x = linear(w.XMin, w.XMax, b.XLabel)
	f.axes.y = linear(w.YMin, w.YMax, b.YLabel)
	f.Alt, f.table = b.Alt, given(b.Table)
	if f.Alt == "" {
		f.Alt = "Every start is coloured by the minimum it reaches. " + pathStory(b.Paths, w)
	}
	if f.table == nil {
		f.table = func() Table {
			if _, walked := mainPath(b.Paths); walked {
				return pathTable(b.Paths, w, b.XLabel, b.YLabel)
			}
			return markTable(b.Critical, b.XLabel, b.YLabel)
		}
	}
	f.backdrop = drawing(func(p *pen) {
		if b.Map != nil {
			p.cells(b.Map())
		}
		if b.Grid != nil {
			g := b.Grid()
			p.contours(g, contourLevels(g, 0, false))
		}
		if b.Field != nil {
			p.field(b.Field())
		}
	})
	f.overlay = drawing(func(p *pen) {
		p.pathsAndMarks(b.Paths, append(b.Critical[:len(b.Critical):len(b.Critical)], b.Marks...))
	})
	return f
}

func basinClass(v int) class {
	switch {
	case v == Diverged:
		return "diverged"
	case v < 0:
		return "unsettled"
	}
	return class("basin" + strconv.Itoa(v%8))
}

// cells draws the map: one element per outcome, made of rectangles that span equal runs of equal rows. Starts that
// diverge are hatched as well, so that shade is not the only sign.
func (p *pen) cells(m Cells) {
	if m.NX < 1 || m.NY < 1 || len(m.Values) != m.NX*m.NY {
		return
	}
	folded := Cells{NX: m.NX, NY: m.NY, Values: make([]int, len(m.Values))}
	for i, v := range m.Values {
		folded.Values[i] = outcome(v)
	}
	blocks := mergeCells(folded)
	for v := Diverged; v < 8; v++ {
		path := p.newPath()
		for _, b := range blocks {
			if b.value == v {
				path = append(path, p.block(m, b).Path()...)
			}
		}
		p.fill(basinClass(v), path)
	}
	path := p.newPath()
	for _, b := range blocks {
		if b.value == Diverged {
			path = appendHatch(path, p.block(m, b))
		}
	}
	p.stroke("hatch", path)
}

// A block is a rectangle of cells with one outcome: columns [i0, i1), rows [j0, j1).
type block struct{ value, i0, i1, j0, j1 int }

// mergeCells joins equal neighbours in a row, and equal runs in neighbouring rows.
func mergeCells(m Cells) []block {
	var done, open []block
	for j := range m.NY {
		var now []block
		row := m.Values[j*m.NX : (j+1)*m.NX]
		for i := 0; i < len(row); {
			k := i
			for k < len(row) && row[k] == row[i] {
				k++
			}
			now = append(now, block{value: row[i], i0: i, i1: k, j0: j, j1: j + 1})
			i = k
		}
		// Both rows are sorted by column, so one pass finds the runs that go on.
		at := 0
		for n := range now {
			for at < len(open) && open[at].i0 < now[n].i0 {
				done = append(done, open[at])
				at++
			}
			if at < len(open) && open[at].i0 == now[n].i0 {
				if open[at].i1 == now[n].i1 && open[at].value == now[n].value {
					now[n].j0 = open[at].j0
				} else {
					done = append(done, open[at])
				}
				at++
			}
		}
		done = append(done, open[at:]...)
		open = now
	}
	return append(done, open...)
}

// outcome folds a value onto the classes that are drawn.
func outcome(v int) int {
	switch {
	case v <= Diverged:
		return Diverged
	case v < 0:
		return NotConverged
	}
	return v % 8
}

func (p *pen) block(m Cells, b block) vg.Rectangle {
	size := p.Size()
	x := func(i int) vg.Length { return p.Min.X + size.X*vg.Length(i)/vg.Length(m.NX) }
	y := func(j int) vg.Length { return p.Min.Y + size.Y*vg.Length(j)/vg.Length(m.NY) }
	return vg.Rectangle{Min: vg.Point{X: x(b.i0), Y: y(b.j0)}, Max: vg.Point{X: x(b.i1), Y: y(b.j1)}}
}

// appendHatch rules horizontal lines on a lattice that all blocks share.
func appendHatch(path vg.Path, r vg.Rectangle) vg.Path {
	const apart = 5
	first := int(r.Min.Y/apart) + 1
	for k := first; vg.Length(k)*apart <= r.Max.Y; k++ {
		path.Move(vg.Point{X: r.Min.X, Y: vg.Length(k) * apart})
		path.Line(vg.Point{X: r.Max.X, Y: vg.Length(k) * apart})
	}
	return path
}
