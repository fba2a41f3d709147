package views

import (
	"strings"

	"descent/lessons/exercise"
	"descent/lessons/exercise/sandbox"
)

// leastLines is how many lines the field of a program shows at least, numberedLines how many have a number beside them.
const (
	leastLines    = 8
	numberedLines = 200
)

// program is what the field of the program holds: the answer, or what the exercise starts with.
func (e *Exercise) program() string {
	if e.Answer.Has(exercise.CodeField) {
		return e.Answer.Get(exercise.CodeField)
	}
	return e.Variant.Task.(*exercise.ProgramTask).Starter(e.Variant)
}

// programLines is how many lines the field shows.
func (e *Exercise) programLines() int {
	return max(leastLines, strings.Count(strings.TrimRight(e.program(), "\n"), "\n")+3)
}

// programReport is what the last answer has to show; nil for nothing.
func (e *Exercise) programReport() *exercise.ProgramReport {
	if e.Verdict == nil {
		return nil
	}
	report, _ := e.Verdict.Detail.(*exercise.ProgramReport)
	return report
}

// programFault is why the last program was refused; nil where it was not.
func (e *Exercise) programFault() *sandbox.Fault {
	if report := e.programReport(); report != nil {
		return report.Fault
	}
	return nil
}

// A meaning is a name that a program has, and what it stands for.
type meaning struct{ name, means, example string }

var meanings = []meaning{
	{"theta", "θ, a vector", "theta[0]"},
	{"gradient", "∇J at θ, a vector", ""},
	{"eta", "the learning rate η", ""},
	{"t", "how many steps were made before: 0 at the first", ""},
	{"state", "a dict that stays from step to step, empty at first", "state.get(\"m\", zeros(len(theta)))"},
	{"X", "the rows of the data, a vector each", "X[0]"},
	{"y", "their labels, a vector of zeros and ones", "y[0]"},
}

// programMeanings are the parameters of a task's function.
func programMeanings(t *exercise.ProgramTask) []meaning {
	var list []meaning
	for _, name := range t.Entry.Parameters {
		for _, m := range meanings {
			if m.name == name {
				list = append(list, m)
			}
		}
	}
	return list
}

// programResult is what the function is to return.
func programResult(t *exercise.ProgramTask) string {
	if t.Asks == exercise.AsksRule {
		return "the next θ"
	}
	return "∇J at θ"
}

// programFrame names the figures of an exercise's race for a page.
func programFrame(e *Exercise) *Cell {
	return &Cell{ID: e.DOM("race"), Title: e.Variant.Title}
}
