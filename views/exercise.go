package views

import (
	"fmt"
	"html"
	"math"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"descent/lessons"
	"descent/lessons/exercise"
)

// An Exercise is an exercise on a page, as its reader left it.
type Exercise struct {
	ID         string // unique on the page, "exercise-" and the exercise's; prefix of all ids inside
	Number     string // as in a textbook: the lesson's and the exercise's in it, "3.2"
	Address    string // where its form is sent: /lessons/…/exercises/…
	Variant    *exercise.Variant
	Answer     url.Values        // what its fields show: the draft, else the last answer; may be nil
	Verdict    *exercise.Verdict // of the last answer to this variant; nil: none yet
	Stale      bool              // the fields show something else than what the verdict is about
	HintsTaken int               // how many of Variant.Hints are shown
	WrongTries int               // at this variant
	Solved     bool              // this variant; the solution is shown
	GaveUp     bool              // the solution is shown, and this variant counts nothing
	Score      float64           // reached so far, 0 … 1, the best of all variants
	SolvedOnce bool              // a variant of it, so that Score is one
	Draft      bool              // the fields show a draft that is kept
	Key        string            // of the submission; "": script makes one
	Heading    int               // level of the title, 2 or 3
	Notice     string            // such as that nothing could be saved; "": nothing
	Focus      string            // part that takes the focus because it is what is new: "verdict", "hints", "solution", "title", "notice"; "": none
	Owner      string            // tells whose drafts the browser may put back, without saying who it is; "": nobody's yet
	Cell       *Cell             // the instrument that it asks about; nil: none
	HTML       string            // the whole exercise, rendered before; "": render it
}

// An ExercisePage is one exercise alone.
type ExercisePage struct {
	Page
	LessonTitle, LessonAddress string // the address of the exercise's place in its lesson
	Exercise                   *Exercise
}

// DOM is the id of a part of the exercise.
func (e *Exercise) DOM(part string) string { return e.ID + "-" + part }

// FormID is the id of the form that holds the answer: the instrument's where the answer is what its controls say.
func (e *Exercise) FormID() string {
	if e.Cell != nil {
		return e.Cell.DOM("form")
	}
	return e.DOM("form")
}

// Closed reports whether this variant takes no more answers, since its solution is shown.
func (e *Exercise) Closed() bool { return e.Solved || e.GaveUp }

// State names how far the reader is at this variant.
func (e *Exercise) State() string {
	switch {
	case e.Solved:
		return "solved"
	case e.GaveUp:
		return "gave-up"
	case e.Verdict != nil && e.Verdict.Outcome != "":
		return string(e.Verdict.Outcome)
	}
	return "open"
}

// worth is what a right answer would earn now.
func (e *Exercise) worth() float64 {
	return e.Variant.Score(e.WrongTries, e.Variant.Hints[:e.HintsTaken])
}

// nextHint is the hint that can be asked for; nil: none is left.
func (e *Exercise) nextHint() *exercise.Hint {
	if e.HintsTaken >= len(e.Variant.Hints) {
		return nil
	}
	return &e.Variant.Hints[e.HintsTaken]
}

// Percent writes a share of one in whole percent, with one digit more where it is no whole one.
func Percent(share float64) string {
	return strconv.FormatFloat(math.Round(1000*share)/10, 'f', -1, 64) + " %"
}

// rules says what this exercise is worth and what that depends on.
func (e *Exercise) rules() string {
	if e.Closed() {
		return e.best()
	}
	parts := []string{fmt.Sprintf("A wrong try costs %s.", Percent(e.Variant.PerTry))}
	if e.Variant.PerTry == 0 {
		parts[0] = "A wrong try costs nothing."
	}
	if e.Variant.Variants > 1 {
		parts[0] += " Once the solution is shown, this version counts nothing."
	} else {
		parts[0] += " Once the solution is shown, it counts nothing."
	}
	if e.WrongTries > 0 || e.HintsTaken > 0 {
		var why []string
		if e.WrongTries > 0 {
			why = append(why, count(e.WrongTries, "wrong try", "wrong tries"))
		}
		if e.HintsTaken > 0 {
			why = append(why, count(e.HintsTaken, "hint", "hints"))
		}
		parts = []string{fmt.Sprintf("A right answer is worth %s now, after %s.", Percent(e.worth()), strings.Join(why, " and "))}
	}
	if best := e.best(); best != "" {
		parts = append(parts, best)
	}
	return strings.Join(parts, " ")
}

// best says what counts so far.
func (e *Exercise) best() string {
	switch {
	case !e.SolvedOnce && e.GaveUp && e.Variant.Variants > 1:
		return "These numbers count nothing any more; another version does."
	case !e.SolvedOnce && e.GaveUp:
		return "It counts nothing any more, since the solution is shown."
	case !e.SolvedOnce:
		return ""
	case e.Variant.Variants == 1:
		return fmt.Sprintf("Your score: %s.", Percent(e.Score))
	}
	return fmt.Sprintf("Your score: %s. The best of all versions counts.", Percent(e.Score))
}

// points says what the exercise counts, where that is not the usual.
func (e *Exercise) points() string {
	if e.Variant.Points == 1 {
		return ""
	}
	return strconv.FormatFloat(e.Variant.Points, 'f', -1, 64) + " points"
}

func count(n int, one, many string) string {
	if n == 1 {
		return "one " + one
	}
	return strconv.Itoa(n) + " " + many
}

// solutionTitle stands over the model solution.
func (e *Exercise) solutionTitle() string {
	if e.Solved {
		return "One way to do it"
	}
	return "The solution"
}

// focus lets a part take the focus if it is what is new.
func (e *Exercise) focus(part string) templ.Attributes {
	if e.Focus == part {
		return templ.Attributes{"tabindex": "-1", "autofocus": true}
	}
	return templ.Attributes{"tabindex": "-1"}
}

// verdictWord says how an answer was judged, in a word that needs no colour.
func verdictWord(o exercise.Outcome) string {
	switch o {
	case exercise.Right:
		return "Right."
	case exercise.Wrong:
		return "Not right yet."
	}
	return "The program cannot decide this."
}

// hintLabel is the button's text: what the next hint costs, and how many there are.
func hintLabel(e *Exercise, h *exercise.Hint) string {
	label := "Hint"
	if n := len(e.Variant.Hints); n > 1 {
		label = fmt.Sprintf("Hint %d of %d", e.HintsTaken+1, n)
	}
	if h.Cost == 0 {
		return label + " (free)"
	}
	return label + " (−" + Percent(h.Cost) + ")"
}

// KeepTyped has the fields show an answer that was not kept.
func (e *Exercise) KeepTyped(answer url.Values) {
	e.Answer, e.Draft, e.Stale = answer, false, e.Verdict != nil
}

// exercisesOf are the exercises among the blocks of a section, in order.
func (p *LessonPage) exercisesOf(list []lessons.Block) []*Exercise {
	var all []*Exercise
	for _, b := range list {
		if b.Exercise != nil {
			all = append(all, p.Exercises[b.Exercise.ID])
		}
	}
	return all
}

// firstExercise is the place of the first exercise among the blocks; -1: there is none.
func firstExercise(list []lessons.Block) int {
	return slices.IndexFunc(list, func(b lessons.Block) bool { return b.Exercise != nil })
}

// lessonNumber and shortNumber are the two halves of its number: "3." and "2".
func (e *Exercise) lessonNumber() string { return strings.TrimSuffix(e.Number, e.shortNumber()) }
func (e *Exercise) shortNumber() string  { return e.Number[strings.LastIndex(e.Number, ".")+1:] }

var (
	markup  = regexp.MustCompile(`<[^>]*>`)
	mathTag = regexp.MustCompile(`(?s)<math.*?</math>`)
)

// formulaAlone reports whether rendered HTML has no words besides its formulas.
func formulaAlone(rendered string) bool {
	return strings.Trim(withoutMarkup(mathTag.ReplaceAllString(rendered, "")), " .,;") == ""
}

// withoutMarkup is the text of rendered HTML. A label that is a formula alone has no text for some readers' programs.
func withoutMarkup(rendered string) string {
	return strings.TrimSpace(html.UnescapeString(markup.ReplaceAllString(rendered, "")))
}
