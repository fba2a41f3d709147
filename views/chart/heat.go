package chart

import (
	"math"
	"slices"
)

// A Heat figure is a map of the loss at the end of runs over the step size η, on a logarithmic axis, and a second
// parameter, on a linear one or, with YLog, on a logarithmic one. Backdrop: the cells in shades of the loss, the darker the lower, and the key of the
// shades. Overlay: theory's lines, the best cell and the reader's point.
type Heat struct {
	Name, Title string
	Alt         string // "": told from the cells
	Key         string // names Window, Cells, Minimum and Label; "" is replaced by Name
	Window      Window // of η, positive, and of the second parameter, positive with YLog
	YLog        bool   // the rows are evenly spread over the logarithm of the second parameter
	XLabel      string // "": "$η$"
	YLabel      string
	Label       string // what the shades say: "$J − J^*$"
	Cells       HeatCells

	// Minimum is the least value where MinimumKnown is set: then the shades are those of log(loss − Minimum). Otherwise
	// they are logarithmic where all losses are positive and span more than a decade, and linear where not.
	Minimum      float64
	MinimumKnown bool

	Lines   []Line // of theory, with their names beside them
	Best    *Mark  // the best cell, a star; nil: none
	Current *Mark  // the reader's point; nil: none
	Table   Table  // zero: the best η of each row
}

// HeatCells is a grid of losses: Values[j*NX+i] belongs to column i, evenly spread over log η, and row j from below. A
// value that is not finite says that the run diverged: such cells are hatched.
type HeatCells struct {
	NX, NY int
	Values []float64
}

// heatCount is the number of shades; chart.css has as many.
const heatCount = 12

// heatDecades is how many decades of a logarithmic loss the shades tell apart.
const heatDecades = 12

// NewHeat draws h in 480×420 units.
func NewHeat(h Heat) *Figure {
	if h.XLabel == "" {
		h.XLabel = "$η$"
	}
	f := newFigure(h.Name, h.Title, planeSize)
	f.BackdropKey = keyOf(h.Key, h.Name, h.Window, h.Window)
	f.axes.x = logarithmic(h.Window.XMin, h.Window.XMax, 2*heatDecades, h.XLabel)
	f.axes.y = linear(h.Window.YMin, h.Window.YMax, h.YLabel)
	if h.YLog {
		f.axes.y = logarithmic(h.Window.YMin, h.Window.YMax, 2*heatDecades, h.YLabel)
	}
	shades := h.shades()
	f.Alt, f.table = h.Alt, given(h.Table)
	if f.Alt == "" {
		f.Alt = h.story()
	}
	if f.table == nil {
		f.table = h.table
	}
	f.backdrop = drawing(func(p *pen) {
		h.draw(p, shades)
		p.heatKey(h.Label, shades)
	})
	f.overlay = drawing(func(p *pen) {
		for _, l := range h.Lines {
			k := class("ink")
			if l.Dashed {
				k += " dash"
			}
			p.line(k, l.X, l.Y)
			p.keepOffLine(p.points(l.X, l.Y))
		}
		marks := make([]Mark, 0, 2)
		if h.Best != nil {
			m := *h.Best
			m.Kind = MarkMinimum
			marks = append(marks, m)
		}
		p.markShapes(marks)
		p.markLabels(marks)
		for _, l := range h.Lines {
			p.lineName(l)
		}
		if h.Current != nil { // last, so that the other labels stay where they are while it moves
			p.markShapes([]Mark{*h.Current})
			if at, ok := p.place(*h.Current); ok {
				const coveredWords = 200 // a cost: rather no name than one over another
				p.labelUnless(coveredWords, markInk(*h.Current).class(), 10, h.Current.Label, at)
			}
		}
	})
	return f
}

// ok reports whether there is a map to draw.
func (h *Heat) ok() bool {
	c := &h.Cells
	w := h.Window
	return c.NX > 0 && c.NY > 0 && len(c.Values) == c.NX*c.NY && w.XMin > 0 && usable(w.XMin, w.XMax) && usable(w.YMin, w.YMax) && (!h.YLog || w.YMin > 0)
}

func (h *Heat) shift() float64 {
	if h.MinimumKnown {
		return h.Minimum
	}
	return 0
}

// eta is the middle of column i.
func (h *Heat) eta(i int) float64 { return h.edge(float64(i) + 0.5) }

// edge is the η at so many columns from the left.
func (h *Heat) edge(columns float64) float64 {
	lo, hi := math.Log(h.Window.XMin), math.Log(h.Window.XMax)
	return math.Exp(lo + (hi-lo)*columns/float64(h.Cells.NX))
}

// second is the value of the second parameter at so many rows from below.
func (h *Heat) second(rows float64) float64 {
	share := rows / float64(h.Cells.NY)
	if h.YLog {
		return h.Window.YMin * math.Pow(h.Window.YMax/h.Window.YMin, share)
	}
	return h.Window.YMin + (h.Window.YMax-h.Window.YMin)*share
}

// shades says which losses have which shade: lo and below the first, hi and above the last.
type shades struct {
	lo, hi     float64
	log, below bool // below: some are lower than lo
}

// shades spans all losses, but on a logarithmic scale not those below the lowest fiftieth, of which a lucky few may lie
// decades below all others, and at most heatDecades.
func (h *Heat) shades() shades {
	seen := newSpan()
	var positive []float64
	for _, v := range h.Cells.Values {
		if !finite(v) {
			continue
		}
		v = min(max(v-h.shift(), -huge), huge)
		seen.see(v)
		if v > math.SmallestNonzeroFloat64 {
			positive = append(positive, v)
		}
	}
	switch {
	case seen.empty():
		return shades{}
	case len(positive) > 0 && (h.MinimumKnown || seen.lo > 0 && seen.hi/seen.lo > 10):
		slices.Sort(positive)
		hi := positive[len(positive)-1]
		lo := max(positive[len(positive)/50], hi*math.Pow(10, -heatDecades))
		return shades{lo, hi, true, seen.lo < lo}
	}
	return shades{lo: seen.lo, hi: seen.hi}
}

// of is the number of the shade of a loss, 0 the lowest; Diverged for one that is not finite.
func (s shades) of(v float64) int {
	if !finite(v) {
		return Diverged
	}
	lo, hi := s.lo, s.hi
	if s.log {
		lo, hi, v = math.Log(lo), math.Log(hi), math.Log(max(v, s.lo))
	}
	if !(hi > lo) {
		return 0
	}
	share := (v/2 - lo/2) / (hi/2 - lo/2) // halves: the difference of two huge losses is no number
	return min(max(int(share*heatCount), 0), heatCount-1)
}
