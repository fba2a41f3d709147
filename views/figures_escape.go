package views

import (
	"fmt"
	"math"

	"descent/lessons/cell"
	"descent/optim"
	"descent/views/chart"
)

// The pictures of an escape: one run on the curve and against its steps, where all
// runs end, and how that depends on the learning rate.

func escapeFigures(e *cell.Escape) []*chart.Figure {
	return []*chart.Figure{escapePath(e), escapeEnds(e), escapeRates(e), escapeTrace(e)}
}

// sorts are the names of the two sorts of runs.
func sorts(e *cell.Escape) [2]string {
	return [2]string{batchName(e.Values.Int("batch")), "all data"}
}

func escapePath(e *cell.Escape) *chart.Figure {
	obj, names := e.Function.Objective(), sorts(e)
	xs, ys := sampleLine(e.Function, e.Window)
	c := chart.Curve{
		Name: "path", Title: "One run on the curve",
		XLabel: "$θ$", YLabel: "$J$",
		Lines: []chart.Line{{X: xs, Y: ys}},
		Alt:   "The curve of " + e.Function.Name() + " with the losses of the two examples that differ most from it, and one run of SGD and of full-batch descent on it. " + e.Readout().Text(),
	}
	for i, number := range e.Steep() {
		guide := chart.Line{Label: fmt.Sprintf("example %d", number+1), Ink: [2]chart.Ink{chart.InkClass0, chart.InkClass1}[i], Dashed: true, X: xs}
		for k, x := range xs {
			guide.Y = append(guide.Y, e.Tilt(number, x, ys[k]))
		}
		if e.Values.Float("spread") > 0 {
			c.Guides = append(c.Guides, guide)
		}
	}
	for i, thetas := range [][]float64{e.Thetas, e.Batch} {
		path := chart.Path{Label: names[i], Ink: chart.InkRun(i), X: thetas}
		for _, theta := range thetas {
			path.Y = append(path.Y, obj.Eval([]float64{theta}, nil))
		}
		c.Paths = append(c.Paths, path)
	}
	c.Window = escapeWindow(e, c.Paths)
	c.Key = key("escape", e.Function.Expr, c.Window)
	for i, v := range e.Valleys {
		m := chart.Mark{X: v.Minimum.Theta[0], Y: v.Minimum.Loss, Kind: chart.MarkMinimum}
		if i == e.Deepest && len(e.Valleys) > 1 {
			m.Label = "deepest"
		}
		c.Marks = append(c.Marks, m)
	}
	f := chart.NewCurve(c)
	f.Handles = alongX("start", "x", e.Thetas[0], c.Paths[0].Y[0])
	return f
}

// escapeWindow is high enough for the valleys, what parts them and the start, in
// steps of a half power of two so that it stands still while θ moves.
func escapeWindow(e *cell.Escape, paths []chart.Path) chart.Window {
	w := chart.Window{XMin: e.Window.XMin, XMax: e.Window.XMax}
	lo, hi := math.Inf(1), math.Inf(-1)
	see := func(loss float64) {
		if !math.IsNaN(loss) && !math.IsInf(loss, 0) {
			lo, hi = min(lo, loss), max(hi, loss)
		}
	}
	for _, p := range e.Points {
		see(p.Loss)
	}
	see(paths[0].Y[0])
	if !(hi > lo) {
		return w // the curve says how high
	}
	high := math.Exp2(math.Ceil(2*math.Log2(1.5*(hi-lo))) / 2)
	w.YMin, w.YMax = lo-0.25*high, lo+1.25*high
	return w
}

func escapeEnds(e *cell.Escape) *chart.Figure {
	names := sorts(e)
	c := chart.Counts{Name: "ends", Title: fmt.Sprintf("Where %d runs of each end", cell.EscapeRuns), XLabel: "runs", Total: cell.EscapeRuns, Sorts: names[:],
		Alt: "Bars for each valley: how many runs end in it. " + e.Readout().Text()}
	for i := range e.Valleys {
		c.Outcomes = append(c.Outcomes, chart.Outcome{Label: e.ValleyName(i), Counts: []int{e.SGD.In(i), e.Full.In(i)}})
	}
	if sgd, full := e.SGD.In(-1), e.Full.In(-1); sgd+full > 0 {
		c.Outcomes = append(c.Outcomes, chart.Outcome{Label: "diverges", Counts: []int{sgd, full}})
	}
	return chart.NewCounts(c)
}

func escapeRates(e *cell.Escape) *chart.Figure {
	names := sorts(e)
	sgd, full := chart.Line{Label: names[0], Ink: chart.InkRun(0)}, chart.Line{Label: names[1], Ink: chart.InkRun(1)}
	for _, r := range e.Ladder {
		sgd.X, sgd.Y = append(sgd.X, r.Eta), append(sgd.Y, r.SGD)
		full.X, full.Y = append(full.X, r.Eta), append(full.Y, r.Full)
	}
	eta := e.Values.Float("eta")
	s := chart.Sweep{
		Name: "rates", Title: "Share of runs that end in the deepest valley", Label: "share", Lines: []chart.Line{sgd, full}, Shares: true, Current: eta,
		Alt: fmt.Sprintf("The share of %d runs that end in the deepest valley against η, for SGD and for full batch. %s", e.LadderRuns, e.Readout().Text()),
	}
	s.Table = chart.NewTable(fmt.Sprintf("Share of %d runs that end in the deepest valley", e.LadderRuns), []string{"η", fmt.Sprintf("b = %d", e.Values.Int("batch")), "all data"}, len(e.Ladder), "rate", func(i int) []string {
		r := e.Ladder[i]
		return []string{digits(r.Eta), digits(r.SGD), digits(r.Full)}
	})
	f := chart.NewSweep(s)
	share := math.NaN()
	for _, r := range e.Ladder {
		if r.Eta <= eta {
			share = r.SGD
		}
	}
	f.Handles = []chart.Handle{{Label: "learning rate", X: eta, Y: share, XParam: "eta"}}
	return f
}

func escapeTrace(e *cell.Escape) *chart.Figure {
	names := sorts(e)
	s := chart.Series{
		Name: "trace", Title: "θ at each step of one run", XLabel: "step", YLabel: "$θ$",
		Lines: []chart.Line{{Label: names[1], Ink: chart.InkRun(1), Y: e.Batch}, {Label: names[0], Ink: chart.InkRun(0), Y: e.Thetas}},
		YMin:  e.Window.XMin, YMax: e.Window.XMax,
		Alt: "θ against the step, for one run of SGD and for full-batch descent. " + traceWords(e),
	}
	for i, v := range e.Valleys {
		if i > 0 && !math.IsInf(v.From, 0) {
			s.Horizontals = append(s.Horizontals, chart.Rule{At: v.From, Label: "between two valleys"})
		}
	}
	return chart.NewSeries(s)
}

// traceWords say where the two runs end.
func traceWords(e *cell.Escape) string {
	words := ""
	for i, thetas := range [][]float64{e.Thetas, e.Batch} {
		theta, _ := e.Last(thetas)
		where := "outside of all valleys"
		if at := optim.ValleyAt(e.Valleys, theta); at >= 0 {
			where = "in the valley at " + e.ValleyName(at)
		}
		words += fmt.Sprintf("%s ends at θ = %s, %s. ", [2]string{"SGD", "Full batch"}[i], cell.Say(theta), where)
	}
	return words[:len(words)-1]
}
