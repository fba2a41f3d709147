package views

import (
	"slices"
	"strconv"
	"strings"

	"descent/lessons/exercise"
	"descent/optim/derive"
)

// editor is the sheet of an exercise.
func (e *Exercise) editor(task *derive.Task) *DerivationEditor {
	d := &DerivationEditor{ID: e.DOM("lines"), Form: e.FormID(), Name: "lines", Task: task, Text: e.Answer.Get("lines")}
	if e.Verdict != nil {
		d.Err = e.Verdict.Errors.For("lines")
	}
	return d
}

// modelLines are the lines of the model answer, once it may be seen.
func (e *Exercise) modelLines(task *exercise.DerivationTask) []derive.Echo {
	if !e.Solved && !e.GaveUp {
		return nil
	}
	lines, err := derive.Echoes(task.Goal, task.Model(e.Variant).Get("lines"))
	if err != nil {
		return nil // it was read when the lesson was
	}
	return lines
}

// factOptions are the choices for a step.
func factOptions() []exercise.Fact {
	return slices.Concat(exercise.Facts, []exercise.Fact{{Number: exercise.NoFact, Name: "none of them: only rearranged"}})
}

func factLabel(f exercise.Fact) string {
	if f.Number == exercise.NoFact {
		return f.Name
	}
	return strconv.Itoa(f.Number) + " " + f.Name
}

// stepMark is how the step to a line was judged: "follows", "breaks", or "" for not yet.
func (e *Exercise) stepMark(n int) string {
	if e.Verdict == nil {
		return ""
	}
	steps, _ := e.Verdict.Detail.(exercise.Justification)
	right, judged := steps[n]
	switch {
	case !judged:
		return ""
	case right:
		return "follows"
	}
	return "breaks"
}

// correctionEcho is how the correction is understood.
func (e *Exercise) correctionEcho(task *derive.Task) []derive.Echo {
	lines, err := derive.Echoes(task, strings.TrimSpace(e.Answer.Get(exercise.CorrectionField)))
	if err != nil {
		return nil
	}
	return lines
}
