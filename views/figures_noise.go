package views

import (
	"fmt"
	"math"

	"descent/lessons/cell"
	"descent/views/chart"
)

// The picture of what becomes of SGD for every η, alone or with every batch size.
// It has one name, title and place either way, so that a page can change from one
// to the other.
const noiseName = "noise"

func noiseFigures(n *cell.Noise) []*chart.Figure {
	draw := noiseFloor
	if n.Plane {
		draw = noiseMap
	}
	return []*chart.Figure{draw(n), sgdLoss(n.SGD)}
}

func noiseFloor(n *cell.Noise) *chart.Figure {
	u := n.Survey
	drawn := chart.Line{Label: "with replacement", Ink: chart.InkRun(0)}
	shuffled := chart.Line{Label: "shuffled", Ink: chart.InkRun(1)}
	theory := chart.Line{Label: "theory", Ink: chart.InkTheory}
	known := false
	add := func(f cell.Floor) {
		for _, l := range []struct {
			line *chart.Line
			y    float64
		}{{&drawn, f.Drawn}, {&shuffled, f.Shuffled}, {&theory, f.Theory}} {
			l.line.X, l.line.Y = append(l.line.X, f.Eta), append(l.line.Y, l.y)
		}
		known = known || f.Theory > 0
	}
	placed := false
	for _, f := range u.Floors {
		if !placed && n.Here.Eta <= f.Eta && n.Here.Eta >= u.From {
			placed = true
			if n.Here.Eta < f.Eta {
				add(n.Here)
			}
		}
		add(f)
	}
	lines := []chart.Line{drawn, shuffled}
	if known {
		lines = append(lines, theory)
	}
	s := chart.Sweep{
		Name: noiseName, Title: "How far above its minimum the loss stays", Key: key("floor", n.SurveyKey(), n.Here.Eta, u.NX),
		Label: "mean loss − $J^*$", Lines: lines, MinimumKnown: true, Current: n.Here.Eta,
		Alt: fmt.Sprintf("The mean loss above its minimum against η from %s to %s, both logarithmic, for batches drawn with replacement and shuffled, with theory’s line. %s",
			cell.Say(u.From), cell.Say(u.To), n.Readout().Text()),
		Table: chart.NewTable("The loss above its minimum", []string{"η", "with replacement", "theory", "shuffled"}, len(u.Floors), "rate", func(i int) []string {
			f := u.Floors[i]
			return []string{digits(f.Eta), digits(f.Drawn), digits(f.Theory), digits(f.Shuffled)}
		}),
	}
	f := chart.NewSweep(s)
	f.Sketch = u.Sketch
	f.Handles = []chart.Handle{{Label: "learning rate", X: n.Here.Eta, Y: n.Here.Drawn, XParam: "eta"}}
	return f
}

func noiseMap(n *cell.Noise) *chart.Figure {
	u := n.Survey
	rows := len(u.Batches)
	all := float64(u.Batches[rows-1])
	half := 1.5 // half of a row's height, as a factor
	if rows > 1 {
		half = math.Pow(all, 0.5/float64(rows-1))
	}
	eta, batch := n.Values.Float("eta"), float64(n.Values.Int("batch"))
	h := chart.Heat{
		Name: noiseName, Title: fmt.Sprintf("Loss after %d examples", u.Examples), Key: key("batches", n.SurveyKey(), u.NX, u.Examples),
		Window: chart.Window{XMin: u.From, XMax: u.To, YMin: 1 / half, YMax: all * half}, YLog: true, YLabel: "$b$",
		Label:   "$J$",
		Cells:   chart.HeatCells{NX: u.NX, NY: rows, Values: u.Losses},
		Current: &chart.Mark{X: eta, Y: batch, Label: "your run"},
		Alt: fmt.Sprintf("A map of the loss after %d examples over η from %s to %s and the batch size from 1 to %d, both logarithmic. %s",
			u.Examples, cell.Say(u.From), cell.Say(u.To), u.Batches[rows-1], n.Readout().Text()),
		Table: mapTable(u),
	}
	if least, known := n.Least(); known {
		h.Minimum, h.MinimumKnown, h.Label = least, true, "$J − J^*$"
	}
	if best := u.Best(0); best >= 0 {
		h.Best = &chart.Mark{X: u.Eta(best), Y: math.Pow(all, float64(best/u.NX)/float64(max(rows-1, 1))), Label: "best"}
	}
	f := chart.NewHeat(h)
	f.Sketch = u.Sketch
	f.Handles = []chart.Handle{{Label: "η and b", X: eta, Y: batch, XParam: "eta", YParam: "batch"}}
	return f
}

// mapTable has the best rate of each batch size.
func mapTable(u *cell.BatchSurvey) chart.Table {
	return chart.NewTable("The best rate of each batch size", []string{"batch", "updates of an epoch", "best η", "loss there"}, len(u.Batches), "size", func(j int) []string {
		b := u.Batches[j]
		row := []string{fmt.Sprint(b), fmt.Sprint((u.Batches[len(u.Batches)-1] + b - 1) / b), "", "diverges"}
		if best := u.Best(b); best >= 0 {
			row[2], row[3] = digits(u.Eta(best)), digits(u.Losses[best])
		}
		return row
	})
}
