package exercise

import (
	"context"
	"net/url"
)

// tuneKind: find values of an instrument's controls with which its run meets what is
// required. The program runs it.
var tuneKind = &Kind{
	ID: "tune", Title: "Tune a run",
	Keys: []string{"cell", "require", "solution_values"},
	Read: readTune,
}

type tune struct {
	in       *Instrument
	require  []requirement
	solution map[string]*Template
	mistakes []tried
}

func readTune(r *Reader) Task {
	t := &tune{in: r.instrument()}
	if t.in == nil || !r.Need("solution_values") {
		return t
	}
	if len(t.in.Show) == 0 {
		r.Problem("cell", "show names no control to be turned")
	}
	t.require = r.requirements(t.in.Kind)
	t.solution = r.Templates("solution_values")
	r.among("solution_values", sortedKeys(t.solution), t.in.Show)
	r.Mistakes(func(m *Reader, id string, feedback *Text) {
		t.mistakes = append(t.mistakes, m.tried(id, feedback, t.in.Kind, t.in.Show))
	})
	return t
}

// Instrument implements [Pictured].
func (t *tune) Instrument() *Instrument { return t.in }

// Check implements [Task]: it runs the instrument with the values. Detail is a []Required.
func (t *tune) Check(ctx context.Context, v *Variant, answer url.Values) (Verdict, error) {
	base, err := t.in.Values(v)
	if err != nil {
		return Verdict{}, err
	}
	values, errs := t.in.Turned(base, answer)
	if len(errs) > 0 {
		return Verdict{Errors: errs}, nil
	}
	return t.in.checkRun(ctx, v, values, t.require, t.mistakes, "The run does not do what it should yet.")
}

// Model implements [Task].
func (t *tune) Model(v *Variant) url.Values { return filled(t.solution, v) }

// Mistakes implements [Task].
func (t *tune) Mistakes(v *Variant) []Mistake {
	var list []Mistake
	for _, m := range t.mistakes {
		list = append(list, Mistake{m.id, filled(m.values, v)})
	}
	return list
}

// filled are values as a form would send them.
func filled(values map[string]*Template, v *Variant) url.Values {
	form := url.Values{}
	for name, t := range values {
		form.Set(name, t.Fill(v.Values))
	}
	return form
}
