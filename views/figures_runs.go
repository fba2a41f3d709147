package views

import (
	"strconv"
	"strings"

	"descent/lessons/cell"
	"descent/optim"
	"descent/views/chart"
)

// The pictures of runs: one run, and several side by side.

func descentFigures(d *cell.Descent) []*chart.Figure {
	return []*chart.Figure{descentPath(d), lossFigure(d)}
}

// descentPath is the run over the function, with more marks where there are
// any.
func descentPath(d *cell.Descent, more ...chart.Mark) *chart.Figure {
	run := d.Run
	path := chart.Path{X: run.Coordinate(0), Film: &chart.Film{At: d.K, Moment: func(k int) chart.Moment { return momentOf(d, k) }}}
	if d.Function.Dim() == 1 {
		path.Y, path.Slopes = run.Losses, run.Gradients
	} else {
		path.Y = run.Coordinate(1)
		if last := run.LastFinite(); d.K < 0 && last >= 0 && (!d.Arrived() || last == 0) { // at a minimum the arrow has nothing to say
			g := run.Gradient(last)
			path.ArrowX, path.ArrowY, path.ArrowLabel = -g[0], -g[1], "$−∇J$"
		}
	}
	p := plane{
		name: "path", title: "Path over the contours", function: d.Function, window: d.Window, alt: pathAlt(d), field: d.Values.Flag("field"),
		paths: []chart.Path{path}, marks: []chart.Mark{startMark(d.Function, run)},
	}
	p.marks = append(append(p.marks, minimaOf(d.Function, d.Theory.Minimum)...), more...)
	if d.Function.Dim() == 1 {
		p.title = "Steps on the curve"
	}
	figure := p.figure()
	figure.Alt += leaving(figure, "", path)
	figure.Handles = startHandle(d.Function, run)
	return figure
}

// startHandle lets a reader move the start of a run.
func startHandle(f *optim.Function, r *optim.Run) []chart.Handle {
	return pointHandle("start", f, r.Theta(0), r.Losses[0])
}

// pointHandle lets a reader move a point of a function: in the plane, or along a line.
func pointHandle(label string, f *optim.Function, theta []float64, loss float64) []chart.Handle {
	at := onFigure(f, theta, loss)
	h := chart.Handle{Label: label, X: at.X, Y: at.Y, XParam: "x"}
	if f.Dim() == 2 {
		h.YParam = "y"
	}
	return []chart.Handle{h}
}

// momentOf is what the pictures show of a run at step k.
func momentOf(d *cell.Descent, k int) chart.Moment {
	m := chart.Moment{Label: momentLabel(k), ArrowLabel: "$−∇J$"}
	look := d.LookAt(k)
	m.ArrowX, m.ArrowY = planar(d.Run.Gradient(k), -1)
	if look.Momentum != nil {
		m.MemoryX, m.MemoryY = planar(look.Momentum, -1)
		m.MemoryLabel = "$−" + look.MomentumSymbol + "$"
	}
	if look.Scale != nil {
		m.BoxX, m.BoxY = planar(look.Scale, 1)
		m.BoxLabel = look.ScaleSymbol
	}
	m.SearchLine = look.Searched
	if d.Function.Dim() == 1 {
		m.ArrowLabel = "$−J′$"
		return m // where the method looked stands on the line, not on the curve
	}
	for _, p := range look.Tried {
		m.TriedX, m.TriedY = append(m.TriedX, p[0]), append(m.TriedY, p[1])
	}
	for _, p := range look.Simplex {
		m.SimplexX, m.SimplexY = append(m.SimplexX, p[0]), append(m.SimplexY, p[1])
	}
	return m
}

func momentLabel(k int) string { return "$θ_{" + strconv.Itoa(k) + "}$" }

// planar is a vector of one or two coordinates in the plane, times a factor.
func planar(v []float64, by float64) (x, y float64) {
	if len(v) == 1 {
		return by * v[0], 0
	}
	return by * v[0], by * v[1]
}

// A plane is a function of one or two variables with runs and points on it:
// a curve or contours.
type plane struct {
	name, title string
	function    *optim.Function
	window      optim.Window
	alt         string
	field       bool         // with arrows of −∇J
	taylor      *cell.Taylor // nil: none
	paths       []chart.Path
	marks       []chart.Mark
	table       chart.Table
}

func (p plane) figure() *chart.Figure {
	names := p.function.Expr.Variables()
	if p.function.Dim() == 1 {
		xs, ys := sampleLine(p.function, p.window)
		return chart.NewCurve(chart.Curve{
			Name: p.name, Title: p.title, Key: key("path1", p.function.Expr, p.window, p.field), Alt: p.alt,
			Window: chart.Window{XMin: p.window.XMin, XMax: p.window.XMax}, XLabel: axisName(names, 0), YLabel: "$J$",
			Lines: []chart.Line{{X: xs, Y: ys}}, Field: sampleField(p.field, p.function, p.window), Guides: taylorLines(p.taylor), Paths: p.paths, Marks: p.marks, Table: p.table,
		})
	}
	c := chart.Contour{
		Name: p.name, Title: p.title, Alt: p.alt,
		Window: chartWindow(p.window), XLabel: axisName(names, 0), YLabel: axisName(names, 1),
		Grid: sampleGrid(p.function, p.window), Field: sampleField(p.field, p.function, p.window), Patch: patchOf(p.taylor, planePatch), Paths: p.paths, Marks: p.marks, Table: p.table,
	}
	c.Minimum, c.MinimumKnown = lowestKnown(p.function)
	// The levels begin at the minimum, which is known of a function of the catalogue and not of the same formula typed.
	c.Key = key("path2", p.function.Expr, p.window, p.field, c.Minimum, c.MinimumKnown)
	return chart.NewContour(c)
}

// onFigure is a point as a figure of the function has it: with J as height
// over a line.
func onFigure(f *optim.Function, theta []float64, loss float64) chart.Mark {
	if f.Dim() == 1 {
		return chart.Mark{X: theta[0], Y: loss}
	}
	return chart.Mark{X: theta[0], Y: theta[1]}
}

func startMark(f *optim.Function, r *optim.Run) chart.Mark {
	m := onFigure(f, r.Theta(0), r.Losses[0])
	m.Kind, m.Label = chart.MarkStart, "start"
	return m
}

// minimaOf are the minima to mark in the plane: the catalogue's, else the one
// that was found. On a line only that one, since the curve shows the others.
func minimaOf(f *optim.Function, found *optim.CriticalPoint) []chart.Mark {
	var marks []chart.Mark
	if f.Dim() > 1 {
		for _, theta := range f.Minima {
			marks = append(marks, chart.Mark{X: theta[0], Y: theta[1], Kind: chart.MarkMinimum})
		}
	}
	if len(marks) == 0 && found != nil {
		m := onFigure(f, found.Theta, found.Loss)
		m.Kind = chart.MarkMinimum
		marks = append(marks, m)
	}
	return marks
}

func pathAlt(d *cell.Descent) string {
	over := "Contours of " + d.Function.Name() + " and, over them, the path of " + d.Method.Title
	if d.Function.Dim() == 1 {
		over = "The curve of " + d.Function.Name() + " and, on it, the steps of " + d.Method.Title
	}
	return over + ". " + d.Readout().Text()
}

func lossFigure(d *cell.Descent) *chart.Figure {
	l := chart.Loss{Name: "loss", Title: "Loss at each step", Label: "$J$", Values: d.Run.Losses}
	if l.Minimum, l.MinimumKnown = d.Theory.LowestLoss(d.Run); l.MinimumKnown {
		l.Label = "$J − J^*$"
	}
	if l.Theory = d.Theory.LossLine(d.Run); l.Theory != nil {
		l.TheoryLabel = "theory’s rate"
	}
	l.Film = &chart.Film{At: d.K}
	f := chart.NewLoss(l)
	at := max(d.K, 0)
	f.Handles = []chart.Handle{{Label: "step", X: float64(at), Y: l.Values[at] - l.Minimum, XParam: "k"}}
	return f
}

func compareFigures(c *cell.Compare) []*chart.Figure {
	p := plane{
		name: "path", title: "Paths from one start", function: c.Function, window: c.Window,
		alt:   "Paths over " + c.Function.Name() + ". " + c.Readout().Text(),
		marks: minimaOf(c.Function, c.Minimum),
	}
	if c.Vary == cell.VaryStarts {
		p.title = "Paths from several starts"
	}
	race := chart.Race{Name: "loss", Title: "Loss at each step", Label: "$J$", TheoryLabel: "theory’s rate"}
	if race.Minimum, race.MinimumKnown = c.LowestLoss(); race.MinimumKnown {
		race.Label = "$J − J^*$"
	}
	for i, r := range c.Racers {
		path := chart.Path{Label: r.Label, Ink: chart.InkRun(i), X: r.Run.Coordinate(0), Y: r.Run.Losses}
		if c.Function.Dim() == 2 {
			path.Y = r.Run.Coordinate(1)
		}
		p.paths = append(p.paths, path)
		racer := chart.Racer{Label: r.Label, Ink: chart.InkRun(i), Values: r.Run.Losses}
		if race.MinimumKnown {
			racer.Theory = r.Theory.LossLine(r.Run)
		}
		race.Racers = append(race.Racers, racer)
	}
	figure := p.figure()
	for i, r := range c.Racers {
		figure.Alt += leaving(figure, r.Name, p.paths[i])
	}
	if c.Vary != cell.VaryStarts {
		figure.Handles = startHandle(c.Function, c.Racers[0].Run)
	}
	return []*chart.Figure{figure, chart.NewRace(race), ratesFigure(c)}
}

// leaving says in a further sentence how a run leaves its picture; "" where it
// does not. A run without a name is the path.
func leaving(f *chart.Figure, name string, path chart.Path) string {
	said := f.Leaving(path)
	if said == "" {
		return ""
	}
	if name != "" {
		said = cell.SentenceCase(name) + strings.TrimPrefix(said, "The path")
	}
	return " " + said
}

// ratesFigure is the loss at the end against the rate, for every run that has
// one; where all have one method and one start, with the fates of the rates.
func ratesFigure(c *cell.Compare) *chart.Figure {
	s := chart.Sweep{Name: "rates", Title: "Loss at the end, for every η", Label: "$J(θ_{" + strconv.Itoa(c.Steps) + "})$"}
	if s.Minimum, s.MinimumKnown = c.LowestLoss(); s.MinimumKnown {
		s.Label += "$ − J^*$"
	}
	if c.Vary != cell.VaryRates && !c.Tuned() {
		s.Current = c.Values.Float("eta")
	}
	if c.Sweep != nil {
		s.Best, s.Bound, s.BoundLabel = c.Racers[0].Best.Eta, c.Sweep.StableEta, "theory"
		line := chart.Line{}
		for _, t := range c.Sweep.Points {
			line.X, line.Y = append(line.X, t.Eta), append(line.Y, t.Loss)
		}
		s.Lines = []chart.Line{line}
		for _, b := range c.Sweep.Bands {
			s.Bands = append(s.Bands, chart.Band{From: b.From, To: b.To, Label: b.Fate, Tone: fateTones[b.Fate]})
		}
		if c.Vary == cell.VaryRates {
			for i, r := range c.Racers {
				s.Runs = append(s.Runs, chart.SweepRun{Eta: r.Eta, Ink: chart.InkRun(i)})
			}
		}
		return chart.NewSweep(s)
	}
	for i, r := range c.Racers {
		if r.Method.Rateless || r.Hopeless() {
			continue
		}
		line := chart.Line{Label: r.Label, Ink: chart.InkRun(i)}
		for _, t := range r.Best.Trials {
			if t.Eta >= r.Best.Eta/1000 && t.Eta <= r.Best.Eta*100 {
				line.X, line.Y = append(line.X, t.Eta), append(line.Y, t.Loss)
			}
		}
		s.Lines = append(s.Lines, line)
	}
	return chart.NewSweep(s)
}

// A slow rate converges, only later.
var fateTones = map[string]chart.Tone{
	optim.FateSlow: chart.ToneConverges, optim.FateConverges: chart.ToneConverges,
	optim.FateOscillates: chart.ToneOscillates, optim.FateDiverges: chart.ToneDiverges,
}
