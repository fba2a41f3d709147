package views

import (
	"fmt"
	"math"
	"strings"

	"descent/lessons/cell"
	"descent/optim"
	"descent/optim/logistic"
	"descent/views/chart"
)

// nllSide is the grid of an NLL contour: each of its points is a pass over all
// rows, so it is coarser than that of a formula.
const nllSide = 44

func logisticFigures(l *cell.Logistic) []*chart.Figure {
	last, theta := l.Last()
	losses := make([]float64, l.Run.Len())
	for k, s := range l.Run.Steps {
		losses[k] = s.NLL
	}
	loss := chart.Loss{Name: "loss", Title: "NLL at each step", Label: "$NLL$", Values: losses}
	if l.Known && !l.Optimum.Separable && l.Values.Float("l2") == 0 {
		loss.Minimum, loss.MinimumKnown = l.Optimum.NLL, true
		loss.Label = "$NLL − NLL^*$"
	}
	return []*chart.Figure{
		dataFigure(l.Regression, theta, fmt.Sprintf("%d of %d points are on the right side.", int(last.Accuracy*float64(l.Data.Rows)+0.5), l.Data.Rows)),
		nllFigure(l.Regression, l.Run, l.Readout().Text()),
		chart.NewLoss(loss),
		weightsFigure(l.Regression, theta, l.Eta()),
	}
}

// shortName drops the unit of a feature.
func shortName(feature string) string {
	name, _, _ := strings.Cut(feature, " (")
	return name
}

func dataFigure(r *cell.Regression, theta []float64, story string) *chart.Figure {
	a, b := r.Axes[0], r.Axes[1]
	s := chart.Scatter{
		Name: "data", Title: "Data and boundary", Key: key("data", r.Data.Key, r.Values.Text("features"), r.Axes),
		XLabel: r.Data.Features[a], YLabel: r.Data.Features[b], ClassNames: r.Data.Classes,
		Alt: fmt.Sprintf("Points of %s and %s by %s and %s, with the line where both classes have probability one half. %s",
			r.Data.Classes[0], r.Data.Classes[1], r.Data.Features[a], r.Data.Features[b], story),
	}
	for i := range r.Data.Rows {
		row := r.Data.Row(i)
		s.X, s.Y = append(s.X, row[a]), append(s.Y, row[b])
		s.Class = append(s.Class, int(r.Data.Y[i]))
	}
	s.Bias, s.W1, s.W2 = r.Boundary(theta)
	return chart.NewScatter(s)
}

// nllFigure is the contour of the NLL in the two weights of the axes, the
// others standing where Rest says, with the run's path in these two weights.
func nllFigure(r *cell.Regression, run *logistic.Run, story string) *chart.Figure {
	w := r.Weights()
	path := chart.Path{}
	for k := range run.Len() {
		theta := run.Theta(k)
		path.X, path.Y = append(path.X, theta[w[0]]), append(path.Y, theta[w[1]])
	}
	theta := run.Theta(run.Len() - 1)
	rest := r.Rest(theta)
	window := weightWindow(r, path)
	c := chart.Contour{
		Name: "nll", Title: "NLL over two weights", Window: chartWindow(window),
		Key:    key("nll", r.Data.Key, r.Values.Text("features"), r.Values.Text("scale"), r.Values.Text("l2"), w, window, others(rest, w)),
		XLabel: "weight of " + shortName(r.Data.Features[r.Axes[0]]), YLabel: "weight of " + shortName(r.Data.Features[r.Axes[1]]),
		Grid: func() chart.Grid {
			xs, ys := window.Axes(nllSide, nllSide)
			at := append([]float64(nil), rest...)
			values := make([]float64, 0, nllSide*nllSide)
			for _, y := range ys {
				for _, x := range xs {
					at[w[0]], at[w[1]] = x, y
					values = append(values, r.Model.Eval(at, nil))
				}
			}
			return chart.Grid{NX: nllSide, NY: nllSide, Values: values}
		},
		Paths: []chart.Path{path},
		Marks: []chart.Mark{{X: path.X[0], Y: path.Y[0], Kind: chart.MarkStart, Label: "start"}},
		Alt:   "Contours of the negative log-likelihood over two weights, the others held fixed, and the path of the run. " + story,
	}
	if r.Known && !r.Optimum.Separable {
		c.Minimum, c.MinimumKnown = r.Optimum.Objective, true
		c.Marks = append(c.Marks, chart.Mark{X: r.Optimum.Theta[w[0]], Y: r.Optimum.Theta[w[1]], Kind: chart.MarkMinimum, Label: "$θ^*$"})
	}
	return chart.NewContour(c)
}

// others is θ without the two weights that the contour is drawn over.
func others(theta []float64, w [2]int) []float64 {
	var rest []float64
	for j, v := range theta {
		if j != w[0] && j != w[1] {
			rest = append(rest, v)
		}
	}
	return rest
}

// weightWindow holds the start, the optimum and the path, in steps so that it
// stands still while η changes.
func weightWindow(r *cell.Regression, path chart.Path) optim.Window {
	w := r.Weights()
	reach := 1.0
	grow := func(v float64) {
		if a := math.Abs(v); a < 1e6 {
			reach = max(reach, a)
		}
	}
	for k := range path.X {
		grow(path.X[k])
		grow(path.Y[k])
	}
	if r.Known && !r.Optimum.Separable {
		grow(r.Optimum.Theta[w[0]])
		grow(r.Optimum.Theta[w[1]])
	}
	half := 1.0
	for i := 0; half < 1.15*reach; i++ {
		half *= [3]float64{2, 2, 2.5}[i%3]
	}
	return optim.Window{XMin: -half, XMax: half, YMin: -half, YMax: half}
}

func weightsFigure(r *cell.Regression, theta []float64, eta float64) *chart.Figure {
	b := chart.Bars{Name: "weights", Title: "What the next step does to each weight", Label: "weight"}
	for j, change := range r.Update(theta, eta) {
		name := "bias"
		if j > 0 {
			name = shortName(r.Data.Features[j-1])
		}
		b.Bars = append(b.Bars, chart.Bar{Label: name, Value: theta[j], Change: change})
	}
	return chart.NewBars(b)
}

func sgdFigures(s *cell.SGD) []*chart.Figure {
	sgd := chart.Line{Label: fmt.Sprintf("$b = %d$", s.Values.Int("batch")), Ink: chart.InkTheta}
	for _, step := range s.Run.Steps {
		sgd.X, sgd.Y = append(sgd.X, float64(step.Examples)), append(sgd.Y, step.NLL)
	}
	full := chart.Line{Label: "all data", Ink: chart.InkLoss}
	for _, step := range s.Batch.Steps {
		full.X, full.Y = append(full.X, float64(step.Examples)), append(full.Y, step.NLL)
	}
	series := chart.Series{
		Name: "loss", Title: "NLL of all data against examples seen", XLabel: "examples seen", YLabel: "$NLL$",
		Lines: []chart.Line{full, sgd}, LogY: true,
		Alt: "The negative log-likelihood against the number of examples seen, for mini-batches and for the whole data. " + s.Readout().Text(),
	}
	if s.Known && !s.Optimum.Separable {
		series.Horizontals = []chart.Rule{{At: s.Optimum.NLL, Label: "best possible"}}
	}
	_, theta := s.Last()
	cloud := chart.Cloud{
		Name: "cloud", Title: "Mini-batch gradients where the run ends",
		XLabel: "gradient in the weight of " + shortName(s.Data.Features[s.Axes[0]]), YLabel: "… of " + shortName(s.Data.Features[s.Axes[1]]),
		X: s.CloudX, Y: s.CloudY, FullX: s.Full[0], FullY: s.Full[1],
	}
	return []*chart.Figure{
		chart.NewSeries(series),
		nllFigure(s.Regression, s.Run, s.Readout().Text()),
		chart.NewCloud(cloud),
		dataFigure(s.Regression, theta, ""),
	}
}
