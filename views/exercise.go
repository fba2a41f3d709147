package views

import (
	"net/url"

	"descent/lessons/exercise"
)

// An Exercise is an exercise on a page, as its reader left it.
type Exercise struct {
	ID         string // unique on the page, "exercise-" and the exercise's; prefix of all ids inside
	Address    string // where its form is sent: /lessons/…/exercises/…
	Variant    *exercise.Variant
	Answer     url.Values        // what its fields show: the draft, else the last answer; may be nil
	Verdict    *exercise.Verdict // of the last answer to this variant; nil: none yet
	HintsTaken int               // how many of Variant.Hints are shown
	Solved     bool              // this variant; the solution is shown
	GaveUp     bool              // the solution is shown, and this variant counts nothing
	Score      float64           // reached so far, 0 … 1, the best of all variants
	Key        string            // of the submission
	Heading    int               // level of the title, 2 or 3
	Notice     string            // such as that nothing could be saved; "": nothing
	Cell       *Cell             // the instrument that it asks about; nil: none
}

// DOM is the id of a part of the exercise.
func (e *Exercise) DOM(part string) string { return e.ID + "-" + part }

// FormID is the id of the form that holds the answer: the instrument's where the answer is what its controls say.
func (e *Exercise) FormID() string { return e.DOM("form") }
