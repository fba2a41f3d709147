package views

import (
	"context"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/a-h/templ"

	"descent/lessons/cell"
	"descent/optim/dataset"
	"descent/optim/logistic"
	"descent/optim/param"
	"descent/views/chart"
)

// The pictures of the kind logistic that are linked: the example that the reader
// points at and the start that is moved by hand stand in each of them.

// pointParam is the parameter of the example that is looked at, startParam that of
// the start.
const (
	pointParam = "point"
	startParam = "theta0"
)

// pullLength is how long the arrow of a pull is drawn, in units of the picture: the
// longer the larger the mistake, and never too short to be seen.
func pullLength(p cell.Pulling) float64 { return 32 + 56*math.Abs(p.Mistake) }

// exampleName is "flower 71".
func exampleName(l *cell.Logistic, row int) string { return fmt.Sprintf("%s %d", l.Noun(), row+1) }

func linkedData(l *cell.Logistic) *chart.Figure {
	last, theta := l.Last()
	story := fmt.Sprintf("%d of %d points are on the right side.", int(last.Accuracy*float64(l.Data.Rows)+0.5), l.Data.Rows)
	s := scatterOf(l.Regression, theta, story)
	every := strideOf(l.Data.Rows, mostSpots)
	if p, ok := l.Pulling(); ok {
		pull := l.PullVector(p)
		dx, dy := l.Plane.See(pull[1:])
		dx, dy = chart.Around(s.X, s.Y).Arrow(dx, dy, pullLength(p))
		s.Spot = &chart.Spot{Index: p.Row / every, DX: dx, DY: dy, Label: exampleName(l, p.Row)}
		if p.Row%every != 0 { // one that is not drawn yet
			s.Spot.Index = len(s.X)
			s.X, s.Y, s.Class = append(s.X, l.Plane.X[p.Row]), append(s.Y, l.Plane.Y[p.Row]), append(s.Class, int(l.Data.Y[p.Row]))
			s.Key += fmt.Sprint("+", p.Row)
		}
		s.Alt += fmt.Sprintf(" The %s is ringed: it belongs to %s, the model gives %s a probability of %s. An arrow from it shows the direction of its pull, the longer the larger the mistake.",
			exampleName(l, p.Row), p.Class, l.Data.Classes[1], chart.Number(p.P))
	}
	start := l.Run.Theta(0)
	if l.Run.Len() > 1 {
		bias, w1, w2 := l.Plane.Classifier(start)
		s.Start = &chart.Classifier{Bias: bias, W1: w1, W2: w2}
	}
	f := chart.NewScatter(s)
	f.Spots = spotsOf(l, every)
	f.Handles = boundaryHandles(l, s.X, s.Y)
	return f
}

func spotsOf(l *cell.Logistic, every int) *chart.Spots {
	spots := &chart.Spots{Param: pointParam, Every: every, Noun: l.Noun()}
	for i := 0; i < l.Data.Rows; i += every {
		spots.X, spots.Y = append(spots.X, l.Plane.X[i]), append(spots.Y, l.Plane.Y[i])
	}
	return spots
}

// mostMovable is the longest θ that is moved by hand: its text must fit into the
// field.
const mostMovable = 300

// boundaryHandles are two points of the start's boundary. Moving one turns the
// line around the other, and its weights stay as long as they are. Where the start
// has no boundary in the picture they stand on that of the θ that is shown, or
// else on a line in the middle.
func boundaryHandles(l *cell.Logistic, xs, ys []float64) []chart.Handle {
	if l.Model.Dim() > mostMovable {
		return nil
	}
	window := chart.Around(xs, ys)
	_, last := l.Last()
	for _, theta := range [][]float64{l.Run.Theta(0), last} {
		bias, w1, w2 := l.Plane.Classifier(theta)
		if a, b, ok := window.Across(bias, w1, w2); ok {
			return lineHandles(l, theta, a, b, 0)
		}
	}
	// Label 1 to the right, and weights so long that p turns over within the window.
	middle, quarter := (window.XMin+window.XMax)/2, (window.YMax-window.YMin)/4
	return lineHandles(l, l.Run.Theta(0), [2]float64{middle, window.YMax - quarter}, [2]float64{middle, window.YMin + quarter}, 3)
}

// lineHandles stand at a and b, with p ≥ ½ to the left of the way from b to a: to
// the right of that from a to b. least is how long the weights are at least.
func lineHandles(l *cell.Logistic, theta []float64, a, b [2]float64, least float64) []chart.Handle {
	lift := l.Plane.Lift(theta)
	norm := 0.0
	_, w1, w2 := l.Plane.Classifier(theta)
	for j := 1; j < len(theta); j++ {
		v := w1*lift.Right[j] + w2*lift.Up[j]
		norm += v * v
	}
	norm = max(math.Sqrt(norm), least)
	if math.IsNaN(norm) || math.IsInf(norm, 0) {
		return nil
	}
	// The line through (x, y) and (px, py) is s·(w1·X + w2·Y + bias) = 0 with w1 = py − y, w2 = x − px and
	// bias = y·px − x·py, which is affine in x and y.
	through := func(p [2]float64, sign float64) *chart.Vector {
		v := &chart.Vector{Base: lift.Rest, Norm: norm}
		for j := range theta {
			right, up, one := sign*lift.Right[j], sign*lift.Up[j], 0.0
			if j == 0 {
				one = sign
			}
			v.Offset = append(v.Offset, p[1]*right-p[0]*up)
			v.X = append(v.X, up-p[1]*one)
			v.Y = append(v.Y, p[0]*one-right)
		}
		return v
	}
	sign := 1.0
	if w1*(b[1]-a[1])+w2*(a[0]-b[0]) < 0 {
		sign = -1
	}
	return []chart.Handle{
		{Label: "boundary of the start, upper end", X: a[0], Y: a[1], XParam: startParam, Vector: through(b, sign)},
		{Label: "boundary of the start, lower end", X: b[0], Y: b[1], XParam: startParam, Vector: through(a, -sign)},
	}
}

func linkedNLL(l *cell.Logistic) *chart.Figure {
	_, theta := l.Last()
	c := nllContour(l.Regression, theta, l.Readout().Text(), weightPath(l.Regression, l.Run.Thetas))
	w := l.Weights()
	if p, ok := l.Pulling(); ok {
		pull := l.PullVector(p)
		c.Paths[0].ArrowX, c.Paths[0].ArrowY = c.Window.Arrow(pull[w[0]], pull[w[1]], pullLength(p))
		c.Paths[0].ArrowLabel = "pull of " + exampleName(l, p.Row)
		c.Alt += fmt.Sprintf(" An arrow from the end of the path is the pull of %s on these two weights: %s and %s.", exampleName(l, p.Row), chart.Number(pull[w[0]]), chart.Number(pull[w[1]]))
	}
	f := chart.NewContour(c)
	if start := l.Run.Theta(0); len(start) <= mostMovable {
		v := &chart.Vector{Base: append([]float64(nil), start...), Offset: make([]float64, len(start)), X: make([]float64, len(start)), Y: make([]float64, len(start))}
		v.Base[w[0]], v.Base[w[1]] = 0, 0
		v.X[w[0]], v.Y[w[1]] = 1, 1
		f.Handles = []chart.Handle{{Label: "start of the run", X: start[w[0]], Y: start[w[1]], XParam: startParam, Vector: v}}
	}
	return f
}

// linkedLoss is the NLL at each step, with the part of the example that is looked
// at.
func linkedLoss(l *cell.Logistic) *chart.Figure {
	losses := make([]float64, l.Run.Len())
	for k, s := range l.Run.Steps {
		losses[k] = s.NLL
	}
	loss := chart.Loss{Name: "loss", Title: "NLL at each step", Label: "$NLL$", Values: losses}
	if l.HasOptimum() && l.Values.Float("l2") == 0 {
		loss.Minimum, loss.MinimumKnown = l.Optimum.NLL, true
		loss.Label = "$NLL − NLL^*$"
	}
	p, ok := l.Pulling()
	if !ok {
		return chart.NewLoss(loss)
	}
	// The part of one example is shown as it is, where the axis of the whole reaches.
	part := chart.Line{Label: exampleName(l, p.Row) + " alone", Ink: chart.InkGradient}
	floor, seen := math.Inf(1), 0
	for _, v := range losses {
		floor = min(floor, v-loss.Minimum)
	}
	for k := range losses {
		v := l.Model.Pull(p.Row, l.Run.Theta(k)).Loss
		if v < floor {
			v = math.NaN()
		} else {
			seen++
		}
		part.X, part.Y = append(part.X, float64(k)), append(part.Y, v+loss.Minimum)
	}
	if seen > 1 {
		loss.Others = []chart.Line{part}
	}
	f := chart.NewLoss(loss)
	f.Alt += fmt.Sprintf(" The part of %s alone, a second line where the axis reaches, is %s at the start and %s at the end.", exampleName(l, p.Row),
		chart.Number(l.Model.Pull(p.Row, l.Run.Theta(0)).Loss), chart.Number(p.Loss))
	return f
}

// imageFigure shows weights that belong to pixels as the picture that they are.
func imageFigure(l *cell.Logistic) *chart.Figure {
	const name, title = "image", "The weights as a picture"
	rows, cols := l.Image()
	if rows == 0 {
		return chart.NoPicture(name, title, "These examples are no pictures, so their weights are none either.")
	}
	theta := lastTheta(l)
	p := chart.Picture{Name: name, Title: title, Rows: rows, Cols: cols, Panels: []chart.Panel{
		{Title: "weights", Values: theta[1:]},
		{Title: "change in the next step", Values: l.Update(theta, l.Eta())[1:]},
	}}
	p.Alt = fmt.Sprintf("The weights as an image of %d by %d pixels, and beside it what the next step adds to them. Ink on a pixel with a plus speaks for %s, on one with a minus for %s.",
		rows, cols, l.Data.Classes[1], l.Data.Classes[0])
	if pulling, ok := l.Pulling(); ok {
		p.Panels = append(p.Panels, chart.Panel{Title: exampleName(l, pulling.Row) + ": " + pulling.Class, Values: l.Data.Row(pulling.Row), Ink: true})
		p.Alt += fmt.Sprintf(" A third image is %s.", exampleName(l, pulling.Row))
	}
	return chart.NewPicture(p)
}

// normFigure shows how long θ becomes.
func normFigure(l *cell.Logistic) *chart.Figure {
	steps, norms, losses := l.Norms()
	for i := range steps {
		steps[i]++ // a logarithmic axis has no 0
	}
	s := chart.Series{
		Name: "norm", Title: "How long θ becomes", XLabel: "step + 1", YLabel: "value", LogX: true, LogY: true,
		Lines: []chart.Line{{Label: "$‖θ‖$", Ink: chart.InkTheta, X: steps, Y: norms}, {Label: "$NLL$", Ink: chart.InkLoss, X: steps, Y: losses}},
	}
	if n := len(steps); n > 0 {
		s.Alt = fmt.Sprintf("The length of θ without the bias and the NLL against the step, both axes logarithmic. At the end ‖θ‖ is %s and the NLL %s. ", chart.Number(norms[n-1]), chart.Number(losses[n-1]))
	}
	switch {
	case l.HasOptimum():
		best := 0.0
		for _, v := range l.Optimum.Theta[1:] {
			best = math.Hypot(best, v)
		}
		s.Horizontals = []chart.Rule{{At: best, Label: "$‖θ^*‖$"}}
		s.Alt += "‖θ‖ goes towards that of the minimum, " + chart.Number(best) + "."
	case l.Known && l.Run.Stop.Reason != logistic.Diverged:
		s.Alt += "A " + l.Separator() + " separates the classes, so there is no minimum: ‖θ‖ grows without end."
	}
	return chart.NewSeries(s)
}

// named reports whether a name is among those of a header, which has spaces
// between them.
func named(list, name string) bool { return strings.Contains(" "+list+" ", " "+name+" ") }

// pointAddress is the address of the cell up to the number of the example that is
// looked at.
func (c *Cell) pointAddress() string {
	address := c.With(pointParam, "")
	if !strings.HasSuffix(address, "?") {
		address += "&"
	}
	return address + pointParam + "="
}

// where says where the condition number is taken.
func where(l *cell.Logistic) string {
	if l.HasOptimum() {
		return "at the minimum"
	}
	return "at θ = 0, for lack of a known minimum"
}

func tinyImage(values []float64, rows, cols int) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		return chart.WriteTinyImage(w, values, rows, cols)
	})
}

// blankMeans is what an empty field says that it means.
func blankMeans(p *param.Param) string {
	if p.Name == pointParam {
		return "none"
	}
	return "auto"
}

// dataOf is the data of a result; nil where it has none.
func dataOf(result cell.Result) *dataset.Set {
	switch r := result.(type) {
	case *cell.Logistic:
		return r.Data
	case *cell.SGD:
		return r.Data
	}
	return nil
}
