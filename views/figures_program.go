package views

import (
	"fmt"

	"descent/lessons/exercise"
	"descent/optim"
	"descent/views/chart"
)

// programFigures are the race of a student's program with the built-in method: both paths, and both losses.
func programFigures(r *exercise.ProgramRace) []*chart.Figure {
	runs := []struct {
		run   *optim.Run
		label string
	}{{r.Theirs, r.Label}, {r.Yours, "yours"}}
	p := plane{
		name: "path", title: "Your path and that of " + r.Name, function: r.Function, window: r.Window,
		alt: "Two paths over " + r.Function.Name() + ". " + programWords(r), marks: minimaOf(r.Function, r.Theory.Minimum),
	}
	race := chart.Race{Name: "loss", Title: "Loss at each step", Alt: "The losses of both runs, step by step. " + programWords(r), Label: "$J$"}
	if race.Minimum, race.MinimumKnown = r.Theory.LowestLoss(r.Theirs); race.MinimumKnown {
		race.Minimum = min(race.Minimum, lowestLoss(r.Yours))
		race.Label = "$J − J^*$"
	}
	for i, run := range runs {
		path := chart.Path{Label: run.label, Ink: chart.InkRun(i), X: run.run.Coordinate(0), Y: run.run.Losses}
		if r.Function.Dim() == 2 {
			path.Y = run.run.Coordinate(1)
		}
		p.paths = append(p.paths, path)
		race.Racers = append(race.Racers, chart.Racer{Label: run.label, Ink: chart.InkRun(i), Values: run.run.Losses})
	}
	p.marks = append(p.marks, startMark(r.Function, r.Theirs))
	figure := p.figure()
	figure.Alt += leaving(figure, r.Name, p.paths[0]) + leaving(figure, "your run", p.paths[1])
	return []*chart.Figure{figure, chart.NewRace(race)}
}

// lowestLoss is the least finite loss of a run.
func lowestLoss(r *optim.Run) float64 {
	low := r.Losses[0]
	for _, l := range r.Losses {
		low = min(low, l)
		if l != l {
			break
		}
	}
	return low
}

// programWords says where both runs end.
func programWords(r *exercise.ProgramRace) string {
	last := r.Theirs.Len() - 1
	theirs := fmt.Sprintf("after %d steps J = %s by %s", last, chart.Number(r.Theirs.Losses[last]), r.Name)
	mine := r.Yours.Len() - 1
	switch at := r.Yours.LastFinite(); {
	case r.Yours.Stop.Reason == optim.Diverged:
		return fmt.Sprintf("Your run is not finite from step %d on; %s.", at+1, theirs)
	case coincide(r):
		return fmt.Sprintf("Both runs are the same: J = %s after %d steps.", chart.Number(r.Yours.Losses[mine]), mine)
	default:
		return fmt.Sprintf("From the same start, %s, and J = %s by yours.", theirs, chart.Number(r.Yours.Losses[mine]))
	}
}

// coincide says whether nobody can tell the paths apart in the picture.
func coincide(r *exercise.ProgramRace) bool {
	if r.Yours.Len() != r.Theirs.Len() {
		return false
	}
	for k := range r.Yours.Len() {
		if !(optim.Distance(r.Yours.Theta(k), r.Theirs.Theta(k)) <= 1e-4*r.Window.Diagonal()) {
			return false
		}
	}
	return true
}
