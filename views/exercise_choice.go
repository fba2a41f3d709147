package views

import (
	"github.com/a-h/templ"

	"descent/lessons/exercise"
)

// choiceState ties the group of options to its error. Of groups only one of radio buttons can be invalid itself;
// boxes are invalid one by one.
func choiceState(e *Exercise, task *exercise.ChoiceTask) templ.Attributes {
	attributes := e.fieldState(exercise.ChoiceField)
	if task.Several {
		delete(attributes, "aria-invalid")
	} else {
		attributes["role"] = "radiogroup"
	}
	return attributes
}

// held are the values of the options that hold, once the solution is shown: an author's words for all variants cannot
// name them.
func (e *Exercise) held(task *exercise.ChoiceTask) map[string]bool {
	held := map[string]bool{}
	if !e.Closed() {
		return held
	}
	for _, value := range task.Model(e.Variant)[exercise.ChoiceField] {
		held[value] = true
	}
	return held
}

// heldMark is what stands beside an option that holds.
func heldMark(task *exercise.ChoiceTask) string {
	if task.Several {
		return "holds"
	}
	return "right"
}
