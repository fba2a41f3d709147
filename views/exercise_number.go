package views

import (
	"github.com/a-h/templ"

	"descent/lessons/exercise"
)

// numberKeys is the keyboard that a phone shows: digits, unless a unit is to be typed.
func numberKeys(p *exercise.NumberPart) string {
	if p.AskUnit {
		return "text"
	}
	return "decimal"
}

func shownUnit(p *exercise.NumberPart) bool { return p.Unit != "" && !p.AskUnit }

// numberState ties a field to its unit and its error.
func numberState(e *Exercise, p *exercise.NumberPart) templ.Attributes {
	if p.Unit == "" {
		return e.fieldState(p.Name)
	}
	return e.fieldState(p.Name, p.Name+"-unit")
}
