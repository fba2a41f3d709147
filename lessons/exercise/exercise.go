// Package exercise holds the kinds of exercises: what each asks, and how it judges an
// answer. One file or a few per kind, which begin with its name.
//
// [Read] reads a block of a lesson, [Check] tries whether it holds what it promises, and [Exercise.Variant] gives
// the numbers of a student to it. What a block may say stands in docs/authoring.md, with the
// facts about a run that conditions can name ([Facts]).
//
// # Conventions
//
// An [Exercise] has variants, numbered from 0: the same question with other numbers. A [Variant] is
// what one student sees, ready to be drawn. The Check of its [Task] judges what a form sent: a wrong
// answer is a [Verdict], not an error; what cannot be judged because it is no number, too long, or
// does not parse is refused with a message at its field (Verdict.Errors), and is no attempt.
//
// Texts have holes, such as @{eta}, for the values of a variant ([Text]); conditions and values are formulas ([Formula]).
// Where the answer is given with a cell, as a point, a guess or its controls, an [Instrument] reads it.
// Programs of students run in package sandbox.
//
// Strings whose name ends in HTML come rendered from the lesson or are made here from escaped parts. The same variant and answer give
// the same verdict, at any time. Checks run under a context and within caps of their own.
package exercise

import (
	"context"
	"net/url"

	"descent/optim/param"
)

// An Outcome is how an answer was judged. The words are those of package classroom.
type Outcome string

// The outcomes.
const (
	Right     Outcome = "right"
	Wrong     Outcome = "wrong"
	Undecided Outcome = "undecided" // costs nothing; the lecturer settles it
)

// A Verdict is what is said of an answer.
type Verdict struct {
	Outcome   Outcome
	Diagnosis string       // id of a known mistake, of the author's (its id in the block) or of the kind; "": none
	Feedback  []string     // HTML, one paragraph or more each; what is wrong and why, never the answer itself
	Errors    param.Errors // not empty: the answer could not be judged; Outcome is "" and nothing is counted
	Detail    any          // what the kind has to show besides, such as *derive.Report; nil: nothing
}

// A Task is what is particular to a kind of exercise, read from its block.
type Task interface {
	// Check judges an answer to a variant: the fields as a form sent them. The error is that of the context, or a fault of ours.
	Check(ctx context.Context, v *Variant, answer url.Values) (Verdict, error)
	// Model is a right answer as a form would send it, shown with the solution and tested for every variant.
	Model(v *Variant) url.Values
	// Mistakes are the wrong answers to a variant that the author states. Each is judged [Wrong], with its id as Diagnosis;
	// [Check] sees to it for every variant.
	Mistakes(v *Variant) []Mistake
}

// A series is a task whose variants are listed one by one, each with a solution that follows the block's.
type series interface {
	cases() int
	solution(n int) *Text
}

// A Mistake is a wrong answer that an author expects, as a form would send it.
type Mistake struct {
	ID     string
	Answer url.Values
}

// A Hint is one rung of the ladder.
type Hint struct {
	HTML string
	Cost float64 // share of the exercise's worth, 0 … 1
}

// An Exercise is one task of a lesson. It is read only.
type Exercise struct {
	ID, Title string // Title is plain text
	Kind      *Kind
	Task      Task
	Points    float64 // what it counts in a gradebook; 1 unless the block says otherwise
	PerTry    float64 // what a wrong try costs, as a share of the worth; 0.1 unless the block says otherwise
	Variants  int     // at least 1
	Rule      string  // fingerprint of the block: another one means that it may judge otherwise
	Line      int     // of the lesson's file, where the block begins

	question, solution *Text
	hints              []hint
	values             []map[string]float64 // by variant
}

type hint struct {
	text *Text
	cost float64
}

// Variant is the exercise with the numbers of its nth variant. They go round: after the last comes the first.
func (e *Exercise) Variant(n int) *Variant {
	n = ((n % e.Variants) + e.Variants) % e.Variants
	v := &Variant{Exercise: e, Number: n, Values: e.values[n]}
	v.QuestionHTML = e.question.HTML(v.Values)
	v.SolutionHTML = e.solution.HTML(v.Values)
	if s, ok := e.Task.(series); ok {
		v.SolutionHTML += s.solution(n).HTML(v.Values)
	}
	for _, h := range e.hints {
		v.Hints = append(v.Hints, Hint{h.text.HTML(v.Values), h.cost})
	}
	return v
}

// A Variant is an exercise with its numbers: what one student sees. It is read only.
type Variant struct {
	*Exercise
	Number       int                // 0 … Variants − 1
	Values       map[string]float64 // of the block's parameters and derived values
	QuestionHTML string
	Hints        []Hint
	SolutionHTML string // the model solution, shown after success or on giving up
}

// Score is what a right answer is worth, 0 … 1, after wrong tries and hints of the same variant.
func (e *Exercise) Score(wrongTries int, hints []Hint) float64 {
	score := 1 - e.PerTry*float64(wrongTries)
	for _, h := range hints {
		score -= h.Cost
	}
	return max(0, score)
}

// A Kind is one sort of exercise.
type Kind struct {
	ID, Title string
	Keys      []string             // what its block may say besides what every block may
	Read      func(r *Reader) Task // reads its keys; mistakes are reported to r, and then the task is not used
}

// Kinds are the kinds of exercises.
var Kinds = []*Kind{numberKind, choiceKind, expressionKind, pointKind, tuneKind, predictKind, derivationKind, programKind}
