package views

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"descent/lessons/cell"
	"descent/optim"
	"descent/views/chart"
)

// Figures are the pictures of a result, the main one first; nil for a result
// without. It panics for a type of result that it does not know.
func Figures(result cell.Result) []*chart.Figure {
	return append(flatFigures(result), surfaceOf(result)...)
}

// figuresAmong are the pictures of a result, without those that cost more than the
// others where names leave them out; all where there are no names.
func figuresAmong(result cell.Result, names []string) []*chart.Figure {
	if len(names) == 0 || slices.Contains(names, surfaceName) {
		return Figures(result)
	}
	return flatFigures(result)
}

// chosen are the figures with these names, in their order; all where there are no
// names.
func chosen(figures []*chart.Figure, names []string) []*chart.Figure {
	if len(names) == 0 {
		return figures
	}
	list := make([]*chart.Figure, 0, len(names))
	for _, name := range names {
		if i := slices.IndexFunc(figures, func(f *chart.Figure) bool { return f.Name == name }); i >= 0 {
			list = append(list, figures[i])
		}
	}
	return list
}

func surfaceOf(result cell.Result) []*chart.Figure {
	switch r := result.(type) {
	case *cell.Function:
		return []*chart.Figure{functionSurface(r)}
	case *cell.Descent:
		return []*chart.Figure{descentSurface(r)}
	}
	return nil
}

func flatFigures(result cell.Result) []*chart.Figure {
	switch r := result.(type) {
	case *cell.Objective:
		return objectiveFigures(r)
	case *cell.Likelihood:
		return likelihoodFigures(r)
	case *cell.Slope:
		return slopeFigures(r)
	case *cell.Function:
		return functionFigures(r)
	case *cell.Descent:
		return descentFigures(r)
	case *cell.Compare:
		return compareFigures(r)
	case *cell.Sweep:
		return sweepFigures(r)
	case *cell.Basins:
		return basinsFigures(r)
	case *cell.Logistic:
		return logisticFigures(r)
	case *cell.SGD:
		return sgdFigures(r)
	case *cell.Noise:
		return noiseFigures(r)
	case *cell.Escape:
		return escapeFigures(r)
	case *cell.Derivation:
		return nil // lines of formulas, not pictures
	}
	panic(fmt.Sprintf("views: no figures for %T", result))
}

// gridSide is how many points a backdrop samples in each direction, and
// curvePoints how many along a line.
const (
	gridSide    = 100
	curvePoints = 401
)

// ShowsBackdrop reports whether a page that shows these backdrops, as it named
// them, has that of a figure with a key of these parts.
func ShowsBackdrop(shown, figure string, parts ...any) bool {
	return strings.Contains(" "+shown+" ", " "+figure+":"+key(parts...)+" ")
}

// key makes a short name for all that a backdrop depends on. Backdrops are
// shared between readers, so nobody must be able to find two parts with one name;
// NUL stands in no part.
func key(parts ...any) string {
	var all []byte
	for _, p := range parts {
		all = fmt.Appendf(all, "%v\x00", p)
	}
	sum := sha256.Sum256(all)
	return base64.RawURLEncoding.EncodeToString(sum[:15])
}

func chartWindow(w optim.Window) chart.Window {
	return chart.Window{XMin: w.XMin, XMax: w.XMax, YMin: w.YMin, YMax: w.YMax}
}

// sampleGrid evaluates a function of two variables over a window.
func sampleGrid(f *optim.Function, w optim.Window) func() chart.Grid {
	return func() chart.Grid {
		xs, ys := w.Axes(gridSide, gridSide)
		values := make([]float64, gridSide*gridSide)
		f.Grid(xs, ys, values)
		return chart.Grid{NX: gridSide, NY: gridSide, Values: values}
	}
}

// sampleLine evaluates a function of one variable over a window.
func sampleLine(f *optim.Function, w optim.Window) (xs, ys []float64) {
	xs = optim.Linspace(w.XMin, w.XMax, curvePoints)
	ys = make([]float64, len(xs))
	f.Line(xs, ys)
	return xs, ys
}

// axisName is a variable as an axis calls it.
func axisName(variables []string, i int) string { return "$" + symbolOf(variables, i) + "$" }

var markKinds = map[string]chart.MarkKind{
	optim.Minimum: chart.MarkMinimum, optim.Maximum: chart.MarkMaximum, optim.Saddle: chart.MarkSaddle, optim.Flat: chart.MarkSaddle,
}

func objectiveFigures(o *cell.Objective) []*chart.Figure {
	xs, ys := sampleLine(o.Function, o.Window)
	c := chart.Curve{
		Name: "line", Title: "J on a line", Key: key("line", o.Function.Expr, o.Window, o.Mirror),
		Window: chart.Window{XMin: o.Window.XMin, XMax: o.Window.XMax}, XLabel: "$θ$", YLabel: "$J(θ)$",
		Lines: []chart.Line{{X: xs, Y: ys}},
		Marks: []chart.Mark{{X: o.X, Y: o.Value, Label: "$θ$", Drop: true}},
	}
	if o.Mirror {
		negative := make([]float64, len(ys))
		for i, y := range ys {
			negative[i] = -y
		}
		c.Title, c.YLabel = "f and −f", "value"
		c.Lines = []chart.Line{{Label: "$f$", X: xs, Y: ys}, {Label: "$−f$", Ink: chart.InkLoss, X: xs, Y: negative}}
		c.Marks[0].Label = "$f(θ)$"
		c.Marks = append(c.Marks, chart.Mark{X: o.X, Y: -o.Value, Label: "$−f(θ)$"})
		for _, p := range o.Points {
			if p.Kind == optim.Maximum {
				c.Marks = append(c.Marks, chart.Mark{X: p.Theta[0], Y: p.Loss, Kind: chart.MarkMaximum, Label: "maximum of $f$"},
					chart.Mark{X: p.Theta[0], Y: -p.Loss, Kind: chart.MarkMinimum, Label: "minimum of $−f$"})
			}
		}
	} else if low := o.Lowest(); low != nil && o.Here() == low { // shown once it is found
		c.Marks = append(c.Marks, chart.Mark{X: low.Theta[0], Y: low.Loss, Kind: chart.MarkMinimum, Label: "$θ^*$"})
	}
	c.Alt = "The curve of " + o.Function.Expr.String() + ". " + o.Readout().Text()
	figure := chart.NewCurve(c)
	figure.Handles = alongX("θ", "x", o.X, o.Value)
	return []*chart.Figure{figure}
}

// alongX lets a reader move a point of a curve along the axis of its parameter.
func alongX(label, parameter string, x, y float64) []chart.Handle {
	return []chart.Handle{{Label: label, X: x, Y: y, XParam: parameter}}
}

func likelihoodFigures(l *cell.Likelihood) []*chart.Figure {
	xs := optim.Linspace(l.Min, l.Max, curvePoints)
	ys := make([]float64, len(xs))
	for i, x := range xs {
		ys[i] = l.At(x)
	}
	window := chart.Window{XMin: l.Min, XMax: l.Max}
	xlabel, parameter := "$θ$, the mean", "mu"
	if l.Model == "coin" { // infinite at the edges: show the part that can be read
		xlabel, parameter = "$θ$, the probability of heads", "theta"
		top := 1.0
		if !math.IsNaN(l.BestNLL) {
			top = l.BestNLL + 3*max(1, float64(l.Heads+l.Tails)/4)
		}
		window.YMin, window.YMax = 0, top
	} else {
		window.YMin, window.YMax = 0, max(l.At(l.Min), l.At(l.Max))
	}
	c := chart.Curve{
		Name: "nll", Title: "Negative log-likelihood", Key: key("nll", l.Model, l.Heads, l.Tails, l.Observations, l.Min, l.Max),
		Window: window, XLabel: xlabel, YLabel: "$NLL$",
		Lines: []chart.Line{{X: xs, Y: ys, Ink: chart.InkLoss}},
		Marks: []chart.Mark{{X: l.Theta, Y: l.NLL, Label: "$θ$", Drop: true}},
		Alt:   "The negative log-likelihood as a curve over θ. " + l.Readout().Text(),
	}
	for _, x := range l.Observations { // the data, on the axis
		c.Marks = append(c.Marks, chart.Mark{X: x, Y: 0, Ink: chart.InkClass0})
	}
	if l.Found() { // shown once it is found
		c.Marks = append(c.Marks, chart.Mark{X: l.Best, Y: l.BestNLL, Kind: chart.MarkMinimum, Label: "$θ^*$"})
	}
	figure := chart.NewCurve(c)
	figure.Handles = alongX("θ", parameter, l.Theta, l.NLL)
	return []*chart.Figure{figure}
}

func slopeFigures(s *cell.Slope) []*chart.Figure {
	e := chart.Errors{Name: "errors", Title: "Error of the difference quotients", Current: s.Eps}
	for _, row := range s.Sweep {
		e.Eps = append(e.Eps, row.Eps)
		e.Forward = append(e.Forward, math.Abs(row.Errors.Forward))
		e.Central = append(e.Central, math.Abs(row.Errors.Central))
	}
	return []*chart.Figure{slopeFigure(s), chart.NewErrors(e)}
}

// slopeCurve is the curve alone.
func slopeCurve(s *cell.Slope) chart.Curve {
	xs, ys := sampleLine(s.Function, s.Window)
	return chart.Curve{
		Name: "slope", Title: "Secant and tangent", Key: key("slope", s.Function.Expr, s.Window),
		Window: chart.Window{XMin: s.Window.XMin, XMax: s.Window.XMax}, XLabel: "$x$", YLabel: "$f(x)$",
		Lines: []chart.Line{{X: xs, Y: ys}},
	}
}

// slopeFigure is the curve with tangent and secant, and with more lines where
// there are any.
func slopeFigure(s *cell.Slope, more ...chart.Straight) *chart.Figure {
	curve := slopeCurve(s)
	curve.Straights = append([]chart.Straight{{X: s.X, Y: s.Value, Slope: s.Derivative, Label: "tangent"}}, more...)
	curve.Marks = []chart.Mark{{X: s.X, Y: s.Value, Ink: chart.InkText, Label: "$x$", Drop: true}}
	curve.Alt = "The curve of " + s.Function.Expr.String() + " with its tangent. " + s.Readout().Text()
	if s.ShowSecant {
		curve.Straights = append(curve.Straights, chart.Straight{X: s.X, Y: s.Value, Slope: s.Forward, Label: "secant", Ink: chart.InkTheory, Dashed: true})
		curve.Marks = append(curve.Marks, chart.Mark{X: s.X + s.Eps, Y: s.Actual, Ink: chart.InkText, Label: "$x + ε$"})
	} else {
		curve.Title, curve.Marks[0].Label = "The curve and its tangent", "" // room for what the cell is about
	}
	if s.ShowSign {
		curve.Marks = append(curve.Marks, chart.Mark{X: s.SignStep.Theta, Y: s.SignStep.Value, Kind: chart.MarkEnd, Label: "after the step", Drop: true})
	}
	figure := chart.NewCurve(curve)
	figure.Handles = alongX("x", "x", s.X, s.Value)
	return figure
}

func basinsFigures(b *cell.Basins) []*chart.Figure {
	var critical []chart.Mark
	lowest, unequal := minimaLevels(b.Points)
	for _, p := range b.Points {
		m := chart.Mark{X: p.Theta[0], Y: p.Loss, Kind: markKinds[p.Kind], Label: p.Kind}
		if p.Kind == optim.Minimum && unequal {
			m.Label = "local minimum"
			if p.Loss <= lowest+1e-6*(1+math.Abs(lowest)) {
				m.Label = "lowest minimum"
			}
		}
		if b.Function.Dim() == 2 {
			m.Y = p.Theta[1]
		}
		critical = append(critical, m)
	}
	run := b.Run
	path := chart.Path{X: run.Coordinate(0)}
	alt := strings.Join(append([]string{"A map of starts coloured by where " + b.Method.Title + " leads from them. " + b.Readout().Text()}, b.MapWords()...), " ")
	names := b.Function.Expr.Variables()
	var figure *chart.Figure
	if b.Function.Dim() == 1 {
		path.Y, path.Slopes = run.Losses, run.Gradients
		xs, ys := sampleLine(b.Function, b.Window)
		figure = chart.NewCurve(chart.Curve{
			Name: "basins", Title: "Where each start leads", Key: key(b.MapKey()), Alt: alt,
			Window: chart.Window{XMin: b.Window.XMin, XMax: b.Window.XMax}, XLabel: axisName(names, 0), YLabel: "$J$",
			Lines: []chart.Line{{X: xs, Y: ys}}, Strip: b.Outcomes(), Field: sampleField(b.Values.Flag("field"), b.Function, b.Window),
			Paths: []chart.Path{path},
			Marks: append(critical, chart.Mark{X: run.Theta(0)[0], Y: run.Losses[0], Kind: chart.MarkStart, Label: "start", Drop: true}),
			Table: criticalTable(b.Function, b.Points),
		})
	} else {
		path.Y = run.Coordinate(1)
		figure = chart.NewBasins(chart.Basins{
			Name: "basins", Title: "Where each start leads", Key: key(b.MapKey()), Alt: alt,
			Window: chartWindow(b.Window), XLabel: axisName(names, 0), YLabel: axisName(names, 1),
			Map: func() chart.Cells {
				if b.Map == nil {
					return chart.Cells{}
				}
				return chart.Cells{NX: b.Map.NX, NY: b.Map.NY, Values: b.Outcomes()}
			},
			Grid:     sampleGrid(b.Function, b.Window),
			Field:    sampleField(b.Values.Flag("field"), b.Function, b.Window),
			Critical: critical,
			Paths:    []chart.Path{path},
			Marks:    []chart.Mark{{X: run.Theta(0)[0], Y: run.Theta(0)[1], Kind: chart.MarkStart, Label: "start"}},
			Table:    criticalTable(b.Function, b.Points),
		})
	}
	figure.Sketch = b.Sketch
	figure.Handles = startHandle(b.Function, run)
	return []*chart.Figure{figure}
}

// minimaLevels is the lowest minimum's value, and whether another one is higher.
func minimaLevels(points []optim.CriticalPoint) (lowest float64, unequal bool) {
	lowest = math.Inf(1)
	for _, p := range points { // lowest first
		if p.Kind == optim.Minimum {
			lowest = min(lowest, p.Loss)
			unequal = unequal || p.Loss > lowest+1e-6*(1+math.Abs(lowest))
		}
	}
	return lowest, unequal
}

func criticalTable(f *optim.Function, points []optim.CriticalPoint) chart.Table {
	header := append([]string{"kind"}, f.Expr.Variables()...)
	header = append(header, "J", "eigenvalues of the Hessian")
	return chart.NewTable("Critical points found in the window", header, len(points), "point", func(i int) []string {
		p := points[i]
		row := []string{p.Kind}
		for _, v := range p.Theta {
			row = append(row, digits(v))
		}
		eigenvalues := ""
		for j, v := range p.Eigenvalues {
			if j > 0 {
				eigenvalues += ", "
			}
			eigenvalues += digits(v)
		}
		return append(row, digits(p.Loss), eigenvalues)
	})
}

// digits writes a number for a table, with six significant digits.
func digits(v float64) string { return strconv.FormatFloat(v, 'g', 6, 64) }
