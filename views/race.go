package views

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"descent/lessons/cell"
	"descent/lessons/race"
	"descent/views/chart"
)

// A RacePage is the race: its form, and how it stands.
type RacePage struct {
	Page
	Cell         *Cell       // the form; it draws no picture
	State        *race.State // the zero State before it has begun
	PlainSeconds float64     // how long each runner has where the page runs no script
}

// A RacePart is what stands in the element with an id, for the script to replace.
type RacePart struct {
	ID      string
	Content templ.Component
}

// RaceParts are all parts of the page that follow the race.
func RaceParts(s *race.State) []RacePart {
	f := raceFigure(s)
	return []RacePart{
		{"race-phase", racePhase(s)},
		{"race-numbers", raceNumbers(s)},
		{"race-facts", raceFactsView(s)},
		{"race-words", raceWords(s)},
		{raceID("overlay"), svgOverlay(f)},
		{raceID("alt"), templ.Raw(templ.EscapeString(f.Alt))},
		{raceID("table"), tableView(f.Table())},
	}
}

// raceID is the id of a part of the picture, as figureView writes it.
func raceID(part string) string { return "cell-race-fig-loss-" + part }

// RaceSaid is the state in one or two short sentences, for a screen reader.
func RaceSaid(s *race.State) string {
	if s.Phase != race.Running {
		return s.Readout().Text()
	}
	return fmt.Sprintf("%s %.0f %% done. Loss of batch GD: %s. Loss of SGD: %s.", s.Headline(), 100*s.Progress, lossText(&s.Runners[0]), lossText(&s.Runners[1]))
}

// lossText is a loss with four digits.
func lossText(r *race.Runner) string {
	switch {
	case r.Name == "" || r.Seconds == 0 && r.Updates == 0 && !r.Whole:
		return "–"
	case r.Lost:
		return "diverged"
	}
	return fmt.Sprintf("%.4f", r.Loss)
}

// remaining is the time left in words; "" where it is not known.
func remaining(s *race.State) string {
	if s.Remaining < 0 || s.Phase.Over() {
		return ""
	}
	seconds := int(math.Ceil(s.Remaining.Seconds()))
	if s.Remaining < time.Second {
		return "less than a second left"
	}
	return fmt.Sprintf("about %d s left", seconds)
}

// percent is the progress for the words beside the bar.
func percent(s *race.State) string { return strconv.Itoa(int(100*s.Progress)) + " %" }

// A raceFact is a row of the tables around the picture.
type raceFact struct {
	what   string
	values [2]string
}

func factOf(s *race.State, what string, value func(r *race.Runner) string) raceFact {
	return raceFact{what, [2]string{value(&s.Runners[0]), value(&s.Runners[1])}}
}

func rateFact(s *race.State) raceFact {
	return factOf(s, "examples per second", func(r *race.Runner) string { return rate(r.Rate) })
}

func raceFacts(s *race.State) []raceFact {
	row := func(what string, value func(r *race.Runner) string) raceFact { return factOf(s, what, value) }
	return []raceFact{
		row("examples seen", func(r *race.Runner) string { return race.Count(float64(r.Examples)) }),
		row("passes over the data", func(r *race.Runner) string { return fmt.Sprintf("%.1f", r.Epochs) }),
		row("updates", func(r *race.Runner) string { return race.Count(float64(r.Updates)) }),
		row("its clock", func(r *race.Runner) string { return fmt.Sprintf("%.2f s", r.Seconds) }),
		row("learning rate η", func(r *race.Runner) string { return cell.Say(r.Eta) }),
	}
}

// rate writes examples per second in millions where they are.
func rate(perSecond float64) string {
	switch {
	case perSecond == 0:
		return "–"
	case perSecond >= 1e6:
		return fmt.Sprintf("%.1f million", perSecond/1e6)
	}
	return race.Count(perSecond)
}

// firstInstant stands for the start of the clocks on a logarithmic axis, in seconds.
const firstInstant = 2e-4

// raceFigure is the loss of both against their clocks. A loss stays as it is until it is measured anew.
func raceFigure(s *race.State) *chart.Figure {
	figure := chart.Series{
		Name: "loss", Title: "Loss against the seconds of each clock", XLabel: "seconds", YLabel: "loss", LogX: true, LogY: true,
		Alt: "No race has been run yet: an empty picture.",
	}
	if !s.Begun() {
		return chart.NewSeries(figure)
	}
	for i, r := range s.Runners {
		line := chart.Line{Label: r.Name, Ink: [...]chart.Ink{chart.InkGradient, chart.InkTheta}[i]}
		for j, seconds := range r.CurveSeconds {
			if j > 0 {
				line.X, line.Y = append(line.X, max(seconds, firstInstant)), append(line.Y, r.CurveLosses[j-1])
			}
			line.X, line.Y = append(line.X, max(seconds, firstInstant)), append(line.Y, r.CurveLosses[j])
		}
		figure.Lines = append(figure.Lines, line)
	}
	figure.Alt = "The loss of batch GD and of SGD against the time that each has computed, both axes logarithmic. " + s.Readout().Text()
	figure.Table = raceTable(s)
	return chart.NewSeries(figure)
}

// raceTable is both losses at the times at which SGD's was measured.
func raceTable(s *race.State) chart.Table {
	full, sgd := &s.Runners[0], &s.Runners[1]
	return chart.NewTable("Loss over a sample, by the clock", []string{"seconds", full.Name, sgd.Name}, len(sgd.CurveSeconds), "point", func(i int) []string {
		at := sgd.CurveSeconds[i]
		j, found := slices.BinarySearch(full.CurveSeconds, at)
		if !found {
			j--
		}
		return []string{chart.Number(at), chart.Number(full.CurveLosses[j]), chart.Number(sgd.CurveLosses[i])}
	})
}
