package exercise

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"

	"descent/lessons/cell"
	"descent/optim/param"
)

// A Pictured task has an instrument, a live picture: the answer is what its controls say, or a guess in it.
type Pictured interface {
	Task
	Instrument() *Instrument
}

// An Instrument is the cell of an exercise: fixed values, and the controls that a student may turn. It is read only.
type Instrument struct {
	Kind    *cell.Kind
	Show    []string // names of the parameters with a control; nil: none
	Figures []string // names of its pictures; nil: those that the kind shows unasked
	Ask     string   // of a [cell.Prediction]: what is to be guessed; "": nothing, the controls are the answer
	// Starts says that the guessed point is where the run begins: once it is judged, its run can be shown.
	Starts bool

	set map[string]*Template
}

// instrument reads the mapping at the key cell; nil where it has a mistake.
func (r *Reader) instrument() *Instrument {
	if !r.Need("cell") {
		return nil
	}
	c := r.Sub("cell")
	if !c.Need("kind") {
		return nil
	}
	id := c.Text("kind")
	in := &Instrument{Kind: cell.Lookup(id)}
	if in.Kind == nil {
		c.Problem("kind", "there is no %q; %s", id, suggest(id, cell.IDs()))
		return nil
	}
	in.set, in.Show, in.Figures = c.Templates("set"), c.Words("show"), c.Words("figures")
	known := in.Kind.Params.Names()
	c.among("set", sortedKeys(in.set), known)
	c.among("show", in.Show, known)
	c.among("figures", in.Figures, in.Kind.Figures)
	return in
}

// among reports the words at a key that are not known.
func (r *Reader) among(key string, words, known []string) {
	for _, w := range words {
		if !slices.Contains(known, w) {
			r.Problem(key, "there is no %q; %s", w, suggest(w, known))
		}
	}
}

// Values are those that the instrument begins with. The error is that the block's values with the variant's
// numbers are refused.
func (in *Instrument) Values(v *Variant) (param.Values, error) {
	set := map[string]string{}
	for name, t := range in.set {
		set[name] = t.Fill(v.Values)
	}
	values, err := in.Kind.Params.Defaults(set)
	if err != nil {
		return values, fmt.Errorf("%s: cell: %w", v.ID, err)
	}
	return values, nil
}

// Turned are the values with those of the student's controls that an answer has. What it says of other
// parameters is not looked at: they are not the student's to turn.
func (in *Instrument) Turned(base param.Values, answer url.Values) (param.Values, param.Errors) {
	own := url.Values{}
	for _, name := range in.Show {
		for _, field := range []string{name, in.Kind.Params.Lookup(name).FieldName()} {
			if given, ok := answer[field]; ok {
				own[field] = given
			}
		}
	}
	values, _, errs := in.Kind.Params.Parse(own, base)
	return values, errs
}

// Run is the instrument's result. A map behind a guess, which would give it away, is not computed. The error is
// param.Errors or the context's.
func (in *Instrument) Run(ctx context.Context, values param.Values) (cell.Result, error) {
	if in.Ask != "" && in.Kind.RunFor != nil {
		return in.Kind.RunFor(ctx, values, cell.Page{Shows: func(string) bool { return true }})
	}
	return in.Kind.Run(ctx, values)
}

// run is Run with the mistakes in the values apart from the context's error.
func (in *Instrument) run(ctx context.Context, values param.Values) (cell.Result, param.Errors, error) {
	result, err := in.Run(ctx, values)
	var errs param.Errors
	if errors.As(err, &errs) {
		return nil, errs, nil
	}
	return result, nil, err
}

// Predict is the question about a result, with the guess that an answer holds. The errors are
// what is wrong with the guess.
func (in *Instrument) Predict(answer url.Values) (*cell.Prediction, param.Errors) {
	p := &cell.Prediction{Ask: in.Ask, Question: in.prompt(), Values: cell.PredictionState(in.Ask, true)}
	own := url.Values{}
	for _, name := range p.Values.Table().Names()[1:] { // the first is whether the answer is shown
		if given, ok := answer[name]; ok {
			own[name] = given
		}
	}
	var errs param.Errors
	p.Values, _, errs = p.Values.Table().Parse(own, p.Values)
	return p, errs
}

func (in *Instrument) prompt() string {
	switch in.Ask {
	case cell.AskPoint:
		return "Mark the place in the picture."
	case cell.AskLine:
		return "Turn the line."
	case cell.AskSlope:
		return "How steep is the curve here?"
	case cell.AskNextPoint:
		return "Where does the next step lead?"
	}
	return "What becomes of this run?"
}

// guess reads a whole guess about a result; errors say what is wrong with it or missing.
func (in *Instrument) guess(r cell.Result, answer url.Values) (*cell.Prediction, param.Errors) {
	p, errs := in.Predict(answer)
	for _, f := range p.Fields(r) {
		if errs.For(f.Name) != nil || p.Values.Has(f.Name) {
			continue
		}
		message := "type a number, or move the ring in the picture"
		if f.Type == param.Choice {
			message = "choose one"
		}
		errs = append(errs, param.Errorf(f.Name, "%s", message)...)
	}
	return p, errs
}
