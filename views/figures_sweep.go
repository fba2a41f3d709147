package views

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"descent/lessons/cell"
	"descent/optim"
	"descent/views/chart"
)

// The picture of a sweep, over η alone or with a second parameter. It has one
// name, title and place either way, so that a page can change from one to the
// other.
const (
	sweepName  = "sweep"
	sweepTitle = "Loss at the end of every run"
)

func sweepFigures(s *cell.Sweep) []*chart.Figure {
	draw := lineOfRates
	if s.Second != nil {
		draw = mapOfRates
	}
	return append([]*chart.Figure{draw(s)}, descentFigures(s.Chosen)...)
}

// lossLabel names the loss at the end, from which the lowest one is taken where
// it is known.
func lossLabel(s *cell.Sweep) (label string, lowest float64, known bool) {
	label = "$J(θ_{" + strconv.Itoa(s.Survey.Steps) + "})$"
	if lowest, known = s.Survey.LowestLoss(); known {
		label += "$ − J^*$"
	}
	return label, lowest, known
}

func lineOfRates(s *cell.Sweep) *chart.Figure {
	u := s.Survey
	c := chart.Sweep{
		Name: sweepName, Title: sweepTitle, Key: key("rates", s.SurveyKey()),
		Alt:     "The loss at the end of the run for every rate from " + cell.Say(u.From) + " to " + cell.Say(u.To) + ". " + s.Readout().Text(),
		Current: s.Values.Float("eta"), Bound: u.Sweep.StableEta, BoundLabel: "theory",
	}
	c.Label, c.Minimum, c.MinimumKnown = lossLabel(s)
	if !math.IsNaN(u.Best.Eta) {
		c.Best = u.Best.Eta
	}
	c.Lines = []chart.Line{lossAgainstEta(s)}
	for _, b := range u.Sweep.Bands {
		c.Bands = append(c.Bands, chart.Band{From: b.From, To: b.To, Label: b.Fate, Tone: fateTones[b.Fate]})
	}
	f := chart.NewSweep(c)
	f.Handles = []chart.Handle{{Label: "learning rate", X: c.Current, Y: s.Loss() - c.Minimum, XParam: "eta"}}
	return f
}

// lossAgainstEta is a line through all runs of the survey within the picture and
// the chosen one, so that the marks of the best and of the chosen rate stand where
// their runs end.
func lossAgainstEta(s *cell.Sweep) chart.Line {
	u := s.Survey
	runs := append(slices.Clone(u.Best.Trials), optim.Trial{Eta: s.Values.Float("eta"), Loss: s.Loss()})
	for _, p := range u.Sweep.Points {
		runs = append(runs, optim.Trial{Eta: p.Eta, Loss: p.Loss})
	}
	slices.SortFunc(runs, func(a, b optim.Trial) int { return cmp.Compare(a.Eta, b.Eta) })
	var line chart.Line
	for _, r := range runs {
		if n := len(line.X); r.Eta >= u.From && r.Eta <= u.To && (n == 0 || r.Eta > line.X[n-1]) {
			line.X, line.Y = append(line.X, r.Eta), append(line.Y, r.Loss)
		}
	}
	return line
}

func mapOfRates(s *cell.Sweep) *chart.Figure {
	p := s.Survey.Plane
	eta, second := s.Values.Float("eta"), s.Values.Float(s.Second.Name)
	h := chart.Heat{
		Name: sweepName, Title: sweepTitle, Key: key("map", s.SurveyKey()),
		Alt:    "A map of the loss at the end of the run over η from " + cell.Say(p.From) + " to " + cell.Say(p.To) + " and " + s.Second.Symbol + ". " + s.Readout().Text(),
		Window: chart.Window{XMin: p.From, XMax: p.To, YMin: p.Low, YMax: p.Top}, YLabel: "$" + s.Second.Symbol + "$",
		Cells:   chart.HeatCells{NX: p.NX, NY: p.NY, Values: make([]float64, len(p.Points))},
		Lines:   heavyBallLines(s),
		Current: &chart.Mark{X: eta, Y: second, Label: "your run"},
	}
	h.Label, h.Minimum, h.MinimumKnown = lossLabel(s)
	for i, point := range p.Points {
		if h.Cells.Values[i] = point.Loss; point.Fate == optim.FateDiverges {
			h.Cells.Values[i] = math.Inf(1)
		}
	}
	if p.Best >= 0 {
		h.Best = &chart.Mark{X: p.Eta(p.Best % p.NX), Y: p.Value(p.Best / p.NX), Label: "best"}
	}
	f := chart.NewHeat(h)
	f.Handles = []chart.Handle{{Label: "η and " + s.Second.Symbol, X: eta, Y: second, XParam: "eta", YParam: s.Second.Name}}
	return f
}

// heavyBallLines are theory's lines for the heavy ball on a quadratic: where it
// ceases to be stable, ηλₙ = 2 + 2μ, and critical damping, μ = (1 − √(ηλ))², for
// the smallest and the largest eigenvalue as far as the method is stable.
func heavyBallLines(s *cell.Sweep) []chart.Line {
	lambda := s.Eigenvalues()
	if lambda == nil {
		return nil
	}
	p := s.Survey.Plane
	first, last := lambda[0], lambda[len(lambda)-1]
	etas := optim.Logspace(p.From, p.To, curvePoints)
	bound := chart.Line{Label: "stable up to here", X: etas}
	damped := func(label string, lambda float64) chart.Line {
		l := chart.Line{Label: label, X: etas, Dashed: true}
		for _, eta := range etas {
			root := 1 - math.Sqrt(eta*lambda)
			mu := root * root
			if !(eta*last < 2+2*mu) {
				mu = math.NaN()
			}
			l.Y = append(l.Y, mu)
		}
		return l
	}
	for _, eta := range etas {
		bound.Y = append(bound.Y, eta*last/2-1)
	}
	if first == last {
		return []chart.Line{bound, damped("critical damping", last)}
	}
	return []chart.Line{bound, damped("critical damping, $λ_1$", first), damped("critical damping, $λ_n$", last)}
}
