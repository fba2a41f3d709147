// Package cell holds the instruments of the notebook, one file per kind: its
// parameters, its run and its result.
//
// A [Kind] takes valid [param.Values] and answers a [Result] or, where values do
// not fit together or a formula does not parse, [param.Errors]. [Kinds] lists them,
// [Check] judges a lesson's use of one. Each kind has a type of result with the
// figures that its pictures and words are made of: [Objective], [Likelihood],
// [Slope], [Function], [Descent], [Compare], [Sweep], [Basins], [Logistic],
// [Derivation], [SGD], [Noise],
// [Escape].
//
// # Conventions
//
// Results are data: they know how to say themselves in words ([Readout]), as JSON
// and as CSV. How they are drawn is the business of the views. They are read only
// once made. NaN, the infinities and nil mean what they mean in packages optim and
// logistic, whose records they hold: Function, Method and Values are what was asked
// for, Window is what the picture shows, Run is the run. The public JSON writes numbers as [Float]. A
// run that diverges is a result with a Readout of tone [Bad], never an error.
//
// A run observes its context and has caps of its own, so that no request can hold
// the server; caps that depend on time are counted in evaluations, so that the same
// values give the same result on every machine.
//
// The package knows no HTTP, no HTML and no figures. Between runs it keeps what
// it could make again, in bounded numbers: formulas that were understood and
// surveys of rates, so that a point that is dragged over a map costs one run. An
// answer does not show whether it was kept. Sources stand with the numerics, in
// package optim and below it.
package cell

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"descent/optim/param"
)

// A Kind is one instrument.
type Kind struct {
	ID      string      // in addresses and lessons: "descent"
	Title   string      // name in words
	Summary string      // one sentence for the lab page
	Params  param.Table // its parameters, in the order of the form
	Figures []string    // names of its pictures, the main one first
	Shown   []string    // of these those that a lesson's cell has when it names none; nil: all
	Asks    []string    // what a lesson can have it ask before it shows: AskFate …; nil: nothing
	// Run computes the result. Its error is param.Errors for a mistake in the
	// values and the context's error when that ended. v is of Params.
	Run func(ctx context.Context, v param.Values) (Result, error)
	// RunFor is Run for a page that has a picture already: it leaves out what that
	// shows, and makes what takes long coarsely first. nil: Run takes no time.
	RunFor func(ctx context.Context, v param.Values, page Page) (Result, error)
}

// A Page is what an answer is for. The zero Page shows nothing yet and wants an
// answer at once.
type Page struct {
	Shows func(key string) bool // whether it shows the picture of that key; nil: none
	Waits bool                  // it has a coarse picture and waits for the fine one
}

func (p Page) shows(key string) bool { return p.Shows != nil && p.Shows(key) }

// A Result is what a kind answers.
type Result interface {
	// Readout says the result in words.
	Readout() Readout
	// JSON is the value of the public JSON form, for package encoding/json.
	JSON() any
	// CSV is the data row by row, the header first.
	CSV() [][]string
}

// Tone says how a headline is meant.
type Tone string

// The tones.
const (
	Plain Tone = "plain" // a fact
	Good  Tone = "good"  // found, arrived
	Warn  Tone = "warn"  // look twice: a saddle, a rise of the loss
	Bad   Tone = "bad"   // diverges, or is not defined
)

// A Readout is a result in words: a headline of a few words and sentences
// that give the figures and the reason.
type Readout struct {
	Tone      Tone     // of the headline
	Headline  string   // a few words
	Sentences []string // plain text, each with its full stop
}

// Text is the whole readout as one text.
func (r Readout) Text() string {
	text := r.Headline
	for _, s := range r.Sentences {
		text += " " + s
	}
	return text
}

// Kinds is the catalogue in teaching order, read only.
var Kinds = []*Kind{objectiveKind, likelihoodKind, slopeKind, functionKind, descentKind, compareKind, sweepKind, basinsKind, logisticKind, derivationKind, sgdKind, noiseKind, escapeKind}

// Lookup finds a kind; nil when there is none.
func Lookup(id string) *Kind {
	i := slices.IndexFunc(Kinds, func(k *Kind) bool { return k.ID == id })
	if i < 0 {
		return nil
	}
	return Kinds[i]
}

// IDs lists the kinds in order.
func IDs() []string {
	ids := make([]string, len(Kinds))
	for i, k := range Kinds {
		ids[i] = k.ID
	}
	return ids
}

// Check reports every mistake in a lesson's use of a kind: unknown kind,
// names, values, controls and pictures, values that the kind itself
// refuses, and a question ("": none) that it cannot ask.
func Check(kind string, set map[string]string, show, figures []string, ask string) []error {
	k := Lookup(kind)
	if k == nil {
		return []error{fmt.Errorf("there is no kind %q; the kinds are %v", kind, IDs())}
	}
	var problems []error
	v, err := k.Params.Defaults(set)
	if errs, ok := err.(param.Errors); ok {
		for _, e := range errs {
			problems = append(problems, fmt.Errorf("%s: %s", e.Field, e.Message))
		}
	} else if r, err := k.Run(context.Background(), v); err != nil {
		problems = append(problems, err)
	} else if ask != "" {
		problems = append(problems, k.checkAsk(ask, figures, r)...)
	}
	problems = append(problems, k.unknown("show", show, k.Params.Names())...)
	return append(problems, k.unknown("figures", figures, k.Figures)...)
}

// unknown reports the names of a list that are not among those known.
func (k *Kind) unknown(list string, names, known []string) []error {
	var problems []error
	for _, name := range names {
		if slices.Contains(known, name) {
			continue
		}
		hint := "it has " + strings.Join(known, ", ")
		if near := param.Nearest(name, known); near != "" {
			hint = "did you mean " + near + "?"
		}
		problems = append(problems, fmt.Errorf("%s: %s has no %q; %s", list, k.ID, name, hint))
	}
	return problems
}
