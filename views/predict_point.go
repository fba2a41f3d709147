package views

import (
	"descent/lessons/cell"
	"descent/optim"
	"descent/views/chart"
)

// The picture in which a place is asked for: the function, and what the reader marks.

const (
	placeLabel = "your place"
	rightLabel = "solution"
)

// askedPoint is a function without anything that is known of it, and the place that the reader marks. Once it was
// judged the run from there is drawn, and at the end the right place.
func (c *Cell) askedPoint(r cell.OnPlane) *chart.Figure {
	f, w := r.Plane()
	p := plane{name: "path", title: "Where?", function: f, window: w, alt: "The function " + f.Name() + ". " + c.Predict.Asked(r).Text()}
	at := c.Predict.Point(r)
	if at != nil {
		mark := guessMark(f, at)
		mark.Label = placeLabel
		p.marks = append(p.marks, mark)
	}
	if run := runOf(r); c.Tried && run != nil && run.LastFinite() > 0 {
		p.paths = append(p.paths, pathOf(f, run))
		p.alt += " The run from there is drawn."
	}
	if c.Right != nil {
		mark := guessMark(f, c.Right)
		mark.Kind, mark.Ink, mark.Label = chart.MarkEnd, chart.InkText, rightLabel
		p.marks = append(p.marks, mark)
	}
	figure := p.figure()
	figure.Handles = []chart.Handle{placeHandle(f, w, at)}
	return figure
}

// placeHandle moves the place, which stands in the middle of the picture until it is marked.
func placeHandle(f *optim.Function, w optim.Window, at []float64) chart.Handle {
	if at == nil {
		at = []float64{(w.XMin + w.XMax) / 2, (w.YMin + w.YMax) / 2}[:f.Dim()]
	}
	m := onFigure(f, at, heightAt(f, at))
	h := chart.Handle{Label: placeLabel, X: m.X, Y: m.Y, XParam: "guess_x", YParam: "guess_y"}
	if f.Dim() == 1 {
		h.YParam = ""
	}
	return h
}

// runOf is the run of a result; nil where it has none.
func runOf(r cell.Result) *optim.Run {
	switch r := r.(type) {
	case *cell.Descent:
		return r.Run
	case *cell.Basins:
		return r.Run
	}
	return nil
}

// pathOf is a run up to its last finite step, as a figure of the function has it.
func pathOf(f *optim.Function, run *optim.Run) chart.Path {
	n := run.LastFinite() + 1
	path := chart.Path{X: run.Coordinate(0)[:n], Y: run.Losses[:n]}
	if f.Dim() == 2 {
		path.Y = run.Coordinate(1)[:n]
	}
	return path
}
