package exercise

import (
	"context"
	"math"
	"net/url"
	"strings"

	"descent/lessons/cell"
	"descent/optim/param"
)

// pointKind: a point of a picture or the slope of a line in it, with the hand or typed. What is right is a place, or
// what the run from there must do.
var pointKind = &Kind{
	ID: "point", Title: "Point at it",
	Keys: []string{"cell", "answer", "slope", "tolerance", "require", "solution_values"},
	Read: readPoint,
}

type point struct {
	in        *Instrument
	at        place // with require: nowhere
	tolerance nearness
	misplaced []misplaced

	require  []requirement // of the run that begins at the point; nil: at is what is right
	solution map[string]*Template
	tried    []tried
}

// coordinates are what a block calls the point, and the fields of the guess.
var coordinates = map[string]string{"x": "guess_x", "y": "guess_y"}

func readPoint(r *Reader) Task {
	t := &point{in: r.instrument()}
	if t.in == nil {
		return t
	}
	if len(t.in.Show)+len(t.in.Figures) > 0 {
		r.Problem("cell", "show and figures have no place here: the one picture stands still")
	}
	t.in.Ask = cell.AskPoint
	switch {
	case r.Has("slope") && t.in.Kind.ID != "slope":
		r.Problem("slope", "only a cell of the kind slope has a line to turn")
	case r.Has("require"):
		t.readRun(r)
		return t
	case r.Has("slope"):
		t.in.Ask = cell.AskLine
	}
	t.at = r.place(t.in.Ask)
	near := r.Sub("tolerance")
	t.tolerance = near.near(0.04)
	near.Close()
	t.misplaced = r.misplaced(t.in.Ask)
	return t
}

// readRun reads what is required of the run that begins at the point.
func (t *point) readRun(r *Reader) {
	for _, key := range []string{"answer", "slope", "tolerance"} {
		if r.Has(key) {
			r.Problem(key, "and require exclude each other")
		}
	}
	if t.in.Kind.Params.Lookup("x") == nil {
		r.Problem("cell", "%s begins at no point", t.in.Kind.ID)
		return
	}
	t.in.Starts = true
	t.require = r.requirements(t.in.Kind)
	r.Need("solution_values")
	t.solution = r.Templates("solution_values")
	names := sortedKeys(coordinates)
	r.among("solution_values", sortedKeys(t.solution), names)
	r.Mistakes(func(m *Reader, id string, feedback *Text) {
		t.tried = append(t.tried, m.tried(id, feedback, t.in.Kind, names))
	})
}

// Instrument implements [Pictured].
func (t *point) Instrument() *Instrument { return t.in }

// From are the values with the run's start at the guess; those of the block where there is no guess.
func (in *Instrument) From(base param.Values, p *cell.Prediction) param.Values {
	for name, field := range coordinates {
		if in.Starts && p.Values.Has(field) && in.Kind.Params.Lookup(name) != nil {
			base = base.With(name, p.Values.Float(field))
		}
	}
	return base
}

// Check implements [Task]. Where a run is required to do something, Detail is a []Required.
func (t *point) Check(ctx context.Context, v *Variant, answer url.Values) (Verdict, error) {
	base, err := t.in.Values(v)
	if err != nil {
		return Verdict{}, err
	}
	r, errs, err := t.in.run(ctx, base)
	if err != nil || len(errs) > 0 {
		return Verdict{Errors: errs}, err
	}
	guess, errs := t.in.guess(r, answer)
	if len(errs) > 0 {
		return Verdict{Errors: errs}, nil
	}
	if t.in.Starts {
		return t.in.checkRun(ctx, v, t.in.From(base, guess), t.require, t.tried, "The run from there does not do what it should.")
	}
	form, err := t.at.form(v, guess, r)
	if err != nil {
		return Verdict{}, err
	}
	want, _ := t.in.Predict(form)
	if t.tolerance.reached(r, guess, want) {
		return Verdict{Outcome: Right}, nil
	}
	return t.in.wrong(v, r, guess, t.tolerance, t.misplaced, t.direction(r, guess, want))
}

// direction says roughly how far off a guess is and which way to go, not where the answer is.
func (t *point) direction(r cell.Result, guess, want *cell.Prediction) string {
	if s, ok := r.(*cell.Slope); ok && guess.Ask == cell.AskLine {
		return cell.MissedSlope(s.LineSlope(guess.Point(s)[0]), s.LineSlope(want.Point(s)[0]))
	}
	dx, dy := t.tolerance.apart(r, guess.Point(r), want.Point(r))
	const side = 0.4 // of the distance: less than that is no direction
	far := math.Hypot(dx, dy)
	var ways []string
	for _, w := range []struct {
		by   float64
		name string
	}{{dy, "lower"}, {-dy, "higher"}, {dx, "to the left"}, {-dx, "to the right"}} {
		if w.by > side*far {
			ways = append(ways, w.name)
		}
	}
	words := "Far off: it lies "
	switch {
	case far <= 3:
		words = "Nearly: it lies a little "
	case far <= 10:
		words = "Some way off: it lies "
	}
	return words + strings.Join(ways, " and ") + "."
}

// Model implements [Task].
func (t *point) Model(v *Variant) url.Values {
	if t.in.Starts {
		return guessed(filled(t.solution, v))
	}
	r, p := t.still(v)
	if r == nil {
		return nil
	}
	form, err := t.at.form(v, p, r)
	if err != nil {
		return nil
	}
	return form
}

// Mistakes implements [Task].
func (t *point) Mistakes(v *Variant) []Mistake {
	var list []Mistake
	for _, m := range t.tried {
		list = append(list, Mistake{m.id, guessed(filled(m.values, v))})
	}
	if r, _ := t.still(v); r != nil && !t.in.Starts {
		list = t.in.stated(v, r, t.misplaced)
	}
	return list
}

// still is the instrument with the block's values, and its question; nil where those are refused.
func (t *point) still(v *Variant) (cell.Result, *cell.Prediction) {
	base, err := t.in.Values(v)
	if err != nil {
		return nil, nil
	}
	r, _, _ := t.in.run(context.Background(), base)
	p, _ := t.in.Predict(nil)
	return r, p
}

// guessed renames the coordinates of a block to the fields of the guess.
func guessed(values url.Values) url.Values {
	form := url.Values{}
	for name, field := range coordinates {
		if values.Has(name) {
			form.Set(field, values.Get(name))
		}
	}
	return form
}
