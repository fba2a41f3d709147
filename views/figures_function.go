package views

import (
	"math"

	"descent/lessons/cell"
	"descent/optim"
	"descent/optim/param"
	"descent/views/chart"
)

// The pictures of a function itself: with a point and what its derivatives say
// there, its gradient as a field, and its surface.

func functionFigures(f *cell.Function) []*chart.Figure {
	l := f.Local
	at := onFigure(f.Function, l.Theta, l.Value)
	at.Label = "$θ$"
	if f.Function.Dim() == 2 && l.Kind != optim.Undefined {
		at.ArrowX, at.ArrowY, at.ArrowLabel = -l.Gradient[0], -l.Gradient[1], "$−∇J$"
	}
	p := plane{
		name: "function", title: "The function and its critical points", function: f.Function, window: f.Window,
		field: f.Values.Flag("field"), taylor: f.Taylor,
		alt:   "The function " + f.Function.Name() + ". " + f.Readout().Text(),
		table: criticalTable(f.Function, f.Points),
	}
	for _, c := range f.Points {
		m := onFigure(f.Function, c.Theta, c.Loss)
		m.Kind, m.Label = markKinds[c.Kind], c.Kind
		// One point for the eye.
		if optim.Distance(c.Theta, l.Theta) < 0.01*f.Window.Diagonal() {
			m.Label, at.Label = "", "$θ$, a "+c.Kind
		}
		p.marks = append(p.marks, m)
	}
	if !math.IsNaN(l.Value) && !math.IsInf(l.Value, 0) {
		p.marks = append(p.marks, at)
	}
	figure := p.figure()
	figure.Handles = pointHandle("point", f.Function, l.Theta, l.Value)
	return []*chart.Figure{figure}
}

// functionSurface is the function seen from the side, with the same marks.
func functionSurface(f *cell.Function) *chart.Figure {
	s := surface{title: "The function as a surface", alt: "The function " + f.Function.Name() + " as a surface.", function: f.Function, window: f.Window, values: f.Values, taylor: f.Taylor}
	l := f.Local
	here := chart.Mark{Label: "$θ$"}
	if len(l.Theta) == 2 {
		here.X, here.Y = l.Theta[0], l.Theta[1]
	}
	for _, c := range f.Points {
		m := onFigure(f.Function, c.Theta, c.Loss)
		m.Kind, m.Label = markKinds[c.Kind], c.Kind
		if optim.Distance(c.Theta, l.Theta) < 0.01*f.Window.Diagonal() {
			m.Label, here.Label = "", "$θ$, a "+c.Kind
		}
		s.marks = append(s.marks, m)
	}
	if len(l.Theta) == 2 && l.Kind != optim.Undefined {
		here.ArrowX, here.ArrowY, here.ArrowLabel = -l.Gradient[0], -l.Gradient[1], "$−∇J$"
	}
	s.marks = append(s.marks, here)
	return s.figure()
}

// descentSurface is the objective seen from the side, with the run on it.
func descentSurface(d *cell.Descent) *chart.Figure {
	s := surface{title: "The path on the surface", alt: "The function " + d.Function.Name() + " as a surface, with the path of " + d.Method.Title + " on it.",
		function: d.Function, window: d.Window, values: d.Values}
	if d.Function.Dim() == 2 {
		label := func(k int) chart.Moment { return chart.Moment{Label: momentLabel(k)} }
		s.paths = []chart.Path{{X: d.Run.Coordinate(0), Y: d.Run.Coordinate(1), Film: &chart.Film{At: d.K, Moment: label}}}
		s.marks = append(minimaOf(d.Function, d.Theory.Minimum), startMark(d.Function, d.Run))
	}
	return s.figure()
}

// A surface is a function of two variables with runs and points on it, seen from
// the side.
type surface struct {
	title, alt string
	function   *optim.Function
	window     optim.Window
	values     param.Values
	taylor     *cell.Taylor
	paths      []chart.Path
	marks      []chart.Mark
}

const surfaceName = "surface"

func (s surface) figure() *chart.Figure {
	if s.function.Dim() != 2 {
		return chart.NoPicture(surfaceName, s.title, "One variable: the curve is all there is to see.")
	}
	names := s.function.Expr.Variables()
	c := chart.Surface{
		Name: surfaceName, Title: s.title, Alt: s.alt,
		Window: chartWindow(s.window), XLabel: axisName(names, 0), YLabel: axisName(names, 1), ZLabel: "$J$",
		Grid: sampleGrid(s.function, s.window), Azimuth: float64(s.values.Int("azimuth")), Elevation: float64(s.values.Int("elevation")),
		Patch: patchOf(s.taylor, surfacePatch), Paths: s.paths, Marks: s.marks,
	}
	c.Minimum, c.MinimumKnown = lowestKnown(s.function)
	c.Key = key(surfaceName, s.function.Expr, s.window, c.Minimum, c.MinimumKnown)
	f := chart.NewSurface(c)
	f.Turn = &chart.Turn{Azimuth: "azimuth", Elevation: "elevation"}
	return f
}

// lowestKnown is the value at the catalogue's global minimum.
func lowestKnown(f *optim.Function) (value float64, known bool) {
	if len(f.Minima) == 0 {
		return 0, false
	}
	return f.Objective().Eval(f.Minima[0], nil), true
}

// How many points of a Taylor polynomial's patch are sampled along each side.
const (
	planePatch   = 31
	surfacePatch = 13
)

// patchOf is a Taylor polynomial of two variables as a figure has it; nil for none.
func patchOf(t *cell.Taylor, side int) *chart.Patch {
	if t == nil || len(t.Theta) != 2 {
		return nil
	}
	return &chart.Patch{Window: chartWindow(t.Patch), Label: taylorLabel(t), Grid: func() chart.Grid {
		xs, ys := t.Patch.Axes(side, side)
		values := make([]float64, side*side)
		t.Grid(xs, ys, values)
		return chart.Grid{NX: side, NY: side, Values: values}
	}}
}

// taylorLines are a polynomial of one variable over its patch, and its difference
// to J where that is largest.
func taylorLines(t *cell.Taylor) []chart.Line {
	if t == nil || len(t.Theta) != 1 {
		return nil
	}
	const points = 61
	line := chart.Line{Label: taylorLabel(t), Ink: chart.InkTheory, Dashed: true, X: optim.Linspace(t.Patch.XMin, t.Patch.XMax, points), Y: make([]float64, points)}
	t.Line(line.X, line.Y)
	lines := []chart.Line{line}
	if r := t.Remainder; r != nil {
		lines = append(lines, chart.Line{X: []float64{r.Theta[0], r.Theta[0]}, Y: []float64{r.Approximate, r.Value}})
	}
	return lines
}

func taylorLabel(t *cell.Taylor) string { return [...]string{1: "$T_1$", 2: "$T_2$"}[t.Degree] }

// How many arrows a gradient field has in each direction.
const (
	fieldColumns = 16
	fieldRows    = 14
)

// sampleField evaluates −∇J in the middles of a field's cells; nil where none is
// wanted.
func sampleField(wanted bool, f *optim.Function, w optim.Window) func() chart.Field {
	if !wanted {
		return nil
	}
	return func() chart.Field {
		field := chart.Field{NX: fieldColumns, NY: 1}
		if f.Dim() == 2 {
			field.NY = fieldRows
		}
		objective := f.Objective()
		theta, gradient := make([]float64, f.Dim()), make([]float64, f.Dim())
		for k := range field.NX * field.NY {
			theta[0] = w.XMin + (w.XMax-w.XMin)*(float64(k%field.NX)+0.5)/float64(field.NX)
			if f.Dim() == 2 {
				theta[1] = w.YMin + (w.YMax-w.YMin)*(float64(k/field.NX)+0.5)/float64(field.NY)
			}
			objective.Eval(theta, gradient)
			field.X = append(field.X, -gradient[0])
			if f.Dim() == 2 {
				field.Y = append(field.Y, -gradient[1])
			}
		}
		return field
	}
}
