package chart

import (
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/plot/vg"
)

// bandCount is how many contour bands a figure has; chart.css has as many shades.
const bandCount = 20

// contourLevels chooses ascending levels for a grid. Where the least value lies inside the window, levels are
// log-spaced above it, from a region of a hundredth of the window to the largest value: narrow valleys show.
// Otherwise (a saddle, a slope) they are evenly spaced, or at equal shares of the window where a few values dwarf all
// others. A constant grid has none.
func contourLevels(g Grid, minimum float64, known bool) []float64 {
	if g.NX < 2 || g.NY < 2 || len(g.Values) != g.NX*g.NY {
		return nil
	}
	sample := sortedSample(g.Values)
	if len(sample) == 0 {
		return nil
	}
	least, inner := leastValue(g)
	most := sample[len(sample)-1]
	if known && minimum <= least {
		least, inner = minimum, true
	}
	if !(most-least > 1e-12*math.Max(math.Abs(most), math.Abs(least))) {
		return nil
	}
	quantile := func(q float64) float64 { return sample[int(q*float64(len(sample)-1))] }
	var levels []float64
	from := math.Max(quantile(0.012)-least, (most-least)*1e-9)
	switch {
	case inner && (most-least)/from < 1e8:
		ratio := math.Log((most - least) / from)
		for k := range bandCount {
			levels = append(levels, least+from*math.Exp(ratio*float64(k)/bandCount))
		}
	case most-least < 30*(quantile(0.75)-quantile(0.25)):
		for k := range bandCount {
			levels = append(levels, least+(most-least)*float64(k+1)/(bandCount+1))
		}
	default:
		for k := range bandCount {
			levels = append(levels, quantile(float64(k+1)/(bandCount+1)))
		}
	}
	return slices.Compact(levels)
}

// sortedSample is every kth finite value, some 500 of them, in order: sorting all would take longer than drawing them.
func sortedSample(values []float64) []float64 {
	const wanted = 500
	// A step that is coprime to most row lengths, so that the sample is no single column.
	every := max(1, len(values)/wanted) | 1
	sample := make([]float64, 0, len(values)/every+1)
	for i := 0; i < len(values); i += every {
		if v := values[i]; finite(v) {
			sample = append(sample, min(max(v, -huge), huge))
		}
	}
	slices.Sort(sample)
	return sample
}

// leastValue is the least finite value and whether it lies off the grid's border.
func leastValue(g Grid) (least float64, inner bool) {
	least = math.Inf(1)
	at := 0
	for i, v := range g.Values {
		if v < least && !math.IsInf(v, -1) {
			least, at = v, i
		}
	}
	i, j := at%g.NX, at/g.NX
	return max(least, -huge), i > 0 && j > 0 && i < g.NX-1 && j < g.NY-1
}

// bands fills the data area with a shade per band and a thin line around each, the deepest last.
func (p *pen) bands(g Grid, levels []float64) {
	p.fill(bandClass(bandCount), p.Rectangle.Path())
	p.isolines(g, levels, func(k int, path vg.Path) {
		p.fill(bandClass(k*bandCount/len(levels)), path)
	})
}

// contours strokes thin lines only.
func (p *pen) contours(g Grid, levels []float64) {
	p.isolines(g, levels, func(_ int, path vg.Path) { p.stroke("contour", path) })
}

func (p *pen) isolines(g Grid, levels []float64, draw func(k int, path vg.Path)) {
	if len(levels) == 0 {
		return
	}
	t := newIsolines(g, levels, p.Rectangle)
	// A function with dozens of valleys gets fewer lines, for the eye's sake and the wire's.
	const most = 12000
	every := 1 + len(t.cells)/most
	for k := len(levels) - 1; k >= 0; k -= every {
		path := p.newPath()
		t.trace(k, func(pts []vg.Point) {
			pts = simplify(pts)
			if len(pts) < 4 {
				return
			}
			path = appendPolyline(path, pts[:len(pts)-1])
			path.Close()
		})
		draw(k, path)
	}
}

func bandClass(k int) class { return class("z" + strconv.Itoa(k)) }
