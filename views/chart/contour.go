package chart

// A Contour describes a function of two variables seen from above, with paths on it. Backdrop: bands that darken
// towards the minimum. Overlay: paths and marks.
type Contour struct {
	Name, Title string
	Alt         string // "": told from the paths, or the marks where there are none
	Key         string // names Grid and Window for Figure.BackdropKey; "" is replaced by Name
	Window      Window
	XLabel      string
	YLabel      string
	Grid        func() Grid // called once per backdrop written, and with a Patch per overlay; nil draws no bands

	// Minimum is the least value of the function where MinimumKnown is set; else the grid's own least value serves.
	// The levels are log-spaced above it, so that narrow valleys show.
	Minimum      float64
	MinimumKnown bool

	Field func() Field // arrows of the backdrop, which Key must name as well; nil draws none
	Patch *Patch       // what a formula predicts for a part of the window; nil: none
	Paths []Path       // runs, the main one or the compared ones on top
	Marks []Mark       // starts, ends, minima, under the paths
	Table Table        // zero: the points of the first path, or the ends of the runs that are compared, or the marks
}

// NewContour draws c in 480×420 units.
func NewContour(c Contour) *Figure {
	w := c.Window.around(c.Paths)
	f := newFigure(c.Name, c.Title, planeSize)
	f.BackdropKey = keyOf(c.Key, c.Name, c.Window, w)
	f.axes.x = linear(w.XMin, w.XMax, c.XLabel)
	f.axes.y = linear(w.YMin, w.YMax, c.YLabel)
	f.Alt, f.table = c.Alt, given(c.Table)
	if f.Alt == "" {
		f.Alt = pathStory(c.Paths, w)
		if _, walked := mainPath(c.Paths); !walked {
			f.Alt += marked(c.Marks)
		}
	}
	if f.table == nil {
		f.table = func() Table {
			if _, walked := mainPath(c.Paths); !walked && len(c.Marks) > 0 {
				return markTable(c.Marks, c.XLabel, c.YLabel)
			}
			return pathTable(c.Paths, w, c.XLabel, c.YLabel)
		}
	}
	f.backdrop = drawing(func(p *pen) {
		if c.Grid != nil {
			g := c.Grid()
			p.bands(g, contourLevels(g, c.Minimum, c.MinimumKnown))
		}
		if c.Field != nil {
			p.field(c.Field())
		}
	})
	f.overlay = drawing(func(p *pen) {
		if c.Patch != nil && c.Grid != nil {
			p.levelLines(c.Patch, contourLevels(c.Grid(), c.Minimum, c.MinimumKnown))
		}
		p.pathsAndMarks(c.Paths, c.Marks)
	})
	f.film = filmOf(c.Paths)
	return f
}

// pathsAndMarks draws marks, quiet paths over them and the others on top; labels come last.
func (p *pen) pathsAndMarks(paths []Path, marks []Mark) {
	p.markShapes(marks)
	for _, r := range paths {
		if r.Quiet {
			p.path(r)
		}
	}
	var runs []Path
	for _, r := range paths {
		switch {
		case r.Quiet:
		case r.Ink.look() >= 0:
			runs = append(runs, r)
		default:
			p.group("run", func() { p.path(r) })
		}
	}
	p.compared(runs)
	p.markLabels(marks)
}
