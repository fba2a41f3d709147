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

// Of very many examples the picture of the data shows mostSpots, and the contour
// is that of mostSurveyed, both evenly spaced among them; the pictures say so.
const (
	mostSpots    = 4000
	mostSurveyed = 20_000
)

func logisticFigures(l *cell.Logistic) []*chart.Figure {
	return []*chart.Figure{
		linkedData(l),
		linkedNLL(l),
		linkedLoss(l),
		weightsFigure(l.Regression, lastTheta(l), l.Eta()),
		imageFigure(l),
		normFigure(l),
	}
}

func lastTheta(l *cell.Logistic) []float64 {
	_, theta := l.Last()
	return theta
}

// shortName drops the unit of a feature.
func shortName(feature string) string {
	name, _, _ := strings.Cut(feature, " (")
	return name
}

// dataFigure is the data with the boundary of a θ, other features at their mean.
func dataFigure(r *cell.Regression, theta []float64, story string) *chart.Figure {
	s := scatterOf(r, theta, story)
	return chart.NewScatter(s)
}

func scatterOf(r *cell.Regression, theta []float64, story string) chart.Scatter {
	p := r.Plane
	every := strideOf(r.Data.Rows, mostSpots)
	s := chart.Scatter{
		Name: "data", Title: "Data and boundary", Key: key("data", r.Data.Key, r.Values.Text("features"), r.Values.Text("scale"), r.Values.Text("axes"), r.Axes),
		XLabel: p.XLabel, YLabel: p.YLabel, ClassNames: r.Data.Classes,
	}
	held := ""
	if p.Held != "" {
		held, s.Title = " The line is that of examples with "+p.Held+".", s.Title+", "+p.Held
	}
	if every > 1 {
		held += fmt.Sprintf(" One example in %d is drawn.", every)
	}
	s.Alt = fmt.Sprintf("Points of %s and %s by %s and %s, with the line where both classes have probability one half.%s %s",
		r.Data.Classes[0], r.Data.Classes[1], p.XLabel, p.YLabel, held, story)
	for i := 0; i < r.Data.Rows; i += every {
		s.X, s.Y = append(s.X, p.X[i]), append(s.Y, p.Y[i])
		s.Class = append(s.Class, int(r.Data.Y[i]))
	}
	s.Bias, s.W1, s.W2 = p.Classifier(theta)
	return s
}

// strideOf is the distance between two of at most so many of n things.
func strideOf(n, most int) int { return max(1, (n+most-1)/most) }

// nllFigure is the contour of the NLL in the two weights of the axes, the
// others standing where Rest says, with the run's path in these two weights.
func nllFigure(r *cell.Regression, run *logistic.Run, story string) *chart.Figure {
	return chart.NewContour(nllContour(r, run.Theta(run.Len()-1), story, weightPath(r, run.Thetas)))
}

// weightPath is a record of θ in the two weights of the axes.
func weightPath(r *cell.Regression, thetas []float64) chart.Path {
	w := r.Weights()
	var path chart.Path
	for dim := r.Model.Dim(); len(thetas) > 0; thetas = thetas[dim:] {
		path.X, path.Y = append(path.X, thetas[w[0]]), append(path.Y, thetas[w[1]])
	}
	return path
}

// nllContour is the contour with paths of runs from one start, of which theta ends
// the first.
func nllContour(r *cell.Regression, theta []float64, story string, paths ...chart.Path) chart.Contour {
	w := r.Weights()
	rest := r.Rest(theta)
	window := weightWindow(r, paths)
	shown := r.Shown()
	model, every := surveyed(r)
	c := chart.Contour{
		Name: "nll", Title: "NLL over two weights", Window: chartWindow(window),
		Key:    key("nll", r.Data.Key, r.Values.Text("features"), r.Values.Text("scale"), r.Values.Text("l2"), w, window, others(rest, w)),
		XLabel: weightLabel(shown[0]), YLabel: weightLabel(shown[1]),
		Grid: func() chart.Grid {
			xs, ys := window.Axes(nllSide, nllSide)
			return chart.Grid{NX: nllSide, NY: nllSide, Values: model.Plane(rest, w[0], w[1], xs, ys)}
		},
		Paths: paths,
		Marks: []chart.Mark{{X: paths[0].X[0], Y: paths[0].Y[0], Kind: chart.MarkStart, Label: "start"}},
		Alt:   "Contours of the negative log-likelihood over the " + bothWeights(shown) + ", " + restWords(r) + ", and the path of the run. ",
	}
	if every > 1 {
		c.Alt += fmt.Sprintf("The contours are those of one example in %d. ", every)
	}
	c.Alt += story
	if r.HasOptimum() && every == 1 {
		c.Minimum, c.MinimumKnown = r.Optimum.Objective, true
	}
	if r.HasOptimum() {
		c.Marks = append(c.Marks, chart.Mark{X: r.Optimum.Theta[w[0]], Y: r.Optimum.Theta[w[1]], Kind: chart.MarkMinimum, Label: "$θ^*$"})
	}
	return c
}

// surveyed is the model that a contour looks at: that of all examples, or of
// evenly spaced ones where there are very many.
func surveyed(r *cell.Regression) (m *logistic.Model, every int) {
	every = strideOf(r.Data.Rows, mostSurveyed)
	if every == 1 {
		return r.Model, 1
	}
	var x, y []float64
	n := r.Data.Cols
	for i := 0; i < r.Data.Rows; i += every {
		for j := range n {
			x = append(x, r.Model.At(i, j+1))
		}
		y = append(y, r.Data.Y[i])
	}
	return logistic.New(x, y, n, r.Values.Float("l2")/float64(every)), every
}

func weightLabel(name string) string {
	if name == "bias" {
		return name
	}
	return "weight of " + name
}

func bothWeights(names [2]string) string {
	return weightLabel(names[0]) + " and the " + weightLabel(names[1])
}

// restWords says where the weights stand that a contour does not show.
func restWords(r *cell.Regression) string {
	switch {
	case r.Model.Dim() == 2:
		return "which are all there are"
	case r.AtOptimum():
		return "the others at their optimum"
	}
	return "the others as the run leaves them"
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

// weightWindow holds the start, the optimum and the paths, in steps so that it
// stands still while η changes.
func weightWindow(r *cell.Regression, paths []chart.Path) optim.Window {
	w := r.Weights()
	reach := 0.0
	grow := func(v float64) {
		if a := math.Abs(v); a < 1e6 {
			reach = max(reach, a)
		}
	}
	for _, path := range paths {
		for k := range path.X {
			grow(path.X[k])
			grow(path.Y[k])
		}
	}
	if r.HasOptimum() {
		grow(r.Optimum.Theta[w[0]])
		grow(r.Optimum.Theta[w[1]])
	}
	half, i := 1.0, 0
	if !r.HasOptimum() && 0 < reach && reach < 1 { // raw data have tiny weights
		half = math.Pow(10, math.Floor(math.Log10(reach)))
	}
	for ; half < 1.15*reach; i++ {
		half *= [3]float64{2, 2, 2.5}[i%3]
	}
	return optim.Window{XMin: -half, XMax: half, YMin: -half, YMax: half}
}

func weightsFigure(r *cell.Regression, theta []float64, eta float64) *chart.Figure {
	b := chart.Bars{Name: "weights", Title: "What the next step does to each weight", Label: "weight"}
	for j, change := range r.Update(theta, eta) {
		b.Bars = append(b.Bars, chart.Bar{Label: r.WeightName(j), Value: theta[j], Change: change})
	}
	return chart.NewBars(b)
}
