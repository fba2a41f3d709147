package views

import (
	"fmt"
	"math"

	"descent/lessons/cell"
	"descent/optim/logistic"
	"descent/views/chart"
)

// The pictures of stochastic gradient descent: the loss against what it cost, the
// paths over the NLL, and the cloud of mini-batch gradients.

func sgdFigures(s *cell.SGD) []*chart.Figure {
	figures := []*chart.Figure{sgdLoss(s), sgdPaths(s)}
	_, theta := s.Last()
	return append(figures, cloudFigure(s), dataFigure(s.Regression, theta, ""))
}

// cost is what the loss is drawn against, and its name on the axis.
func cost(s *cell.SGD) (label string, of func(logistic.Step) float64) {
	switch s.Values.Text("against") {
	case cell.AgainstEpochs:
		return "epochs", func(step logistic.Step) float64 { return step.Epoch }
	case cell.AgainstUpdates:
		return "updates", func(step logistic.Step) float64 { return float64(step.K) }
	}
	return "examples seen", func(step logistic.Step) float64 { return float64(step.Examples) }
}

// compares reports whether the picture has more than the run and full-batch descent.
func compares(s *cell.SGD) bool { return len(s.Rivals) > 0 || s.Run.Averaged != nil }

// sgdInks are those of the run, of those beside it, of full-batch descent and of
// the average: the same in all pictures.
func sgdInks(s *cell.SGD) (run chart.Ink, rivals []chart.Ink, full, average chart.Ink) {
	if !compares(s) {
		return chart.InkTheta, nil, chart.InkLoss, ""
	}
	for i := range s.Rivals {
		rivals = append(rivals, chart.InkRun(1+i))
	}
	n := 1 + len(rivals)
	return chart.InkRun(0), rivals, chart.InkRun(n), chart.InkRun(n + 1)
}

func sgdLoss(s *cell.SGD) *chart.Figure {
	xlabel, x := cost(s)
	line := func(label string, ink chart.Ink, steps []logistic.Step) chart.Line {
		l := chart.Line{Label: label, Ink: ink}
		for _, step := range steps {
			l.X, l.Y = append(l.X, x(step)), append(l.Y, step.NLL)
		}
		return l
	}
	ink, inks, full, average := sgdInks(s)
	lines := []chart.Line{line(batchName(s.Values.Int("batch")), ink, s.Run.Steps)}
	whole := s.Values.Int("batch") == s.Data.Rows
	for i, r := range s.Rivals {
		name := batchName(r.Batch)
		if r.Batch == s.Data.Rows {
			name, whole = "all data", true
		}
		lines = append(lines, line(name, inks[i], r.Run.Steps))
	}
	if !whole {
		lines = append(lines, line("all data", full, s.Batch.Steps))
	}
	if s.Run.Averaged != nil {
		lines = append(lines, line("average", average, s.Run.Averaged))
	}
	for i, j := 0, len(lines)-1; i < j; i, j = i+1, j-1 { // the run on top
		lines[i], lines[j] = lines[j], lines[i]
	}
	series := chart.Series{
		Name: "loss", Title: "NLL of all data against " + xlabel, XLabel: xlabel, YLabel: "$NLL$",
		Lines: lines, LogY: true, Table: batchTable(s),
		Alt: "The negative log-likelihood of all data against " + xlabel + ", for mini-batches and for the whole data. " + s.Readout().Text(),
	}
	if s.Known && !s.Optimum.Separable {
		series.Horizontals = []chart.Rule{{At: s.Optimum.NLL, Label: "best possible"}}
		const apart = 1.12 // so that the names of both lines have room
		if floor := s.Optimum.NLL + s.Floor; s.Values.Text("order") == "replacement" && s.Values.Float("l2") == 0 && floor > apart*s.Optimum.NLL {
			series.Horizontals = append(series.Horizontals, chart.Rule{At: floor, Label: "noise floor, theory"})
		}
	}
	return chart.NewSeries(series)
}

func batchName(b int) string { return fmt.Sprintf("$b = %d$", b) }

// batchTable is what every line of the loss has come to.
func batchTable(s *cell.SGD) chart.Table {
	rows := s.BatchRows()
	return chart.NewTable("Where each run ends", []string{"batch", "updates", "examples seen", "loss", "share predicted right"}, len(rows), "run", func(i int) []string {
		r := rows[i]
		loss := digits(r.Loss)
		if r.Diverged {
			loss = "diverges"
		}
		return []string{r.Label, fmt.Sprint(r.Updates), fmt.Sprint(r.Seen), loss, digits(r.Accuracy)}
	})
}

// sgdPaths is the run over the NLL, with those beside it.
func sgdPaths(s *cell.SGD) *chart.Figure {
	story := s.Readout().Text()
	if !compares(s) {
		return nllFigure(s.Regression, s.Run, story)
	}
	ink, inks, full, average := sgdInks(s)
	path := func(label string, ink chart.Ink, thetas []float64) chart.Path {
		p := weightPath(s.Regression, thetas)
		p.Label, p.Ink = label, ink
		return p
	}
	paths := []chart.Path{path(batchName(s.Values.Int("batch")), ink, s.Run.Thetas)}
	whole := s.Values.Int("batch") == s.Data.Rows
	for i, r := range s.Rivals {
		name := batchName(r.Batch)
		if r.Batch == s.Data.Rows {
			name, whole = "all data", true
		}
		paths = append(paths, path(name, inks[i], r.Run.Thetas))
	}
	if !whole {
		paths = append(paths, path("all data", full, s.Batch.Thetas))
	}
	if s.Run.Averaged != nil {
		paths = append(paths, path("average", average, s.Run.Averages))
	}
	_, theta := s.Last()
	c := nllContour(s.Regression, theta, story, paths...)
	c.Title = "Paths over two weights"
	c.Alt = "Contours of the negative log-likelihood over two weights, the others held fixed, and the paths of several runs from one start. " + story
	c.Marks = c.Marks[1:] // the runs mark their start themselves
	return chart.NewContour(c)
}

func cloudFigure(s *cell.SGD) *chart.Figure {
	c := chart.Cloud{
		Name: "cloud", Title: "Mini-batch gradients where the run ends",
		XLabel: "gradient in the weight of " + shortName(s.Data.Features[s.Axes[0]]), YLabel: "… of " + shortName(s.Data.Features[s.Axes[1]]),
	}
	if cloud := s.Cloud; cloud != nil {
		c.X, c.Y, c.FullX, c.FullY = cloud.X, cloud.Y, cloud.Full[0], cloud.Full[1]
		c.Table = spreadTable(s)
		c.Alt = fmt.Sprintf("%d gradients of mini-batches as dots around the full gradient, an arrow from 0 to (%s, %s), with their mean and the ellipse of one standard deviation. %s",
			len(c.X), cell.Say(c.FullX), cell.Say(c.FullY), cloud.Words())
	}
	return chart.NewCloud(c)
}

// spreadTable compares the spread of the cloud with theory.
func spreadTable(s *cell.SGD) chart.Table {
	facts := s.Spread()
	return chart.NewTable("The spread of the cloud, measured and in theory", []string{"of the mini-batch gradients", "measured", "theory", "ratio"}, len(facts), "row", func(i int) []string {
		f := facts[i]
		ratio := ""
		if r := f.Measured / f.Theory; !math.IsNaN(r) && !math.IsInf(r, 0) {
			ratio = fmt.Sprintf("%.2f", r)
		}
		return []string{f.Name, digits(f.Measured), digits(f.Theory), ratio}
	})
}
