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
