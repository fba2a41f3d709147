package exercise

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"descent/optim/derive"
	"descent/optim/param"
)

// A DerivationTask asks for a derivation, written line by line in the field "lines".
type DerivationTask struct {
	Goal     *derive.Task
	model    string
	mistakes []derivationMistake
}

// A derivationMistake is a whole derivation that goes wrong in a known way.
type derivationMistake struct {
	id, lines string
	feedback  *Text // nil: the words of package derive are enough
}

// Diagnoses of a derivation besides those of [derive.Mistakes].
const (
	firstLine  = "first-line" // it does not begin with the task
	unfinished = "unfinished" // it holds, and stops before the goal
)

const derivationField = "lines"

func readWrite(r *Reader, task *derive.Task) Task {
	t := &DerivationTask{Goal: task, model: strings.TrimSpace(r.Text("model"))}
	known := []string{firstLine, unfinished}
	for _, m := range derive.Mistakes {
		known = append(known, m.ID)
	}
	for _, m := range r.Each("mistakes") {
		m.Need("id", "lines")
		id := m.Text("id")
		if !slices.Contains(known, id) {
			m.Problem("id", "no diagnosis is called %q; %s", id, suggest(id, known))
		}
		if slices.ContainsFunc(t.mistakes, func(o derivationMistake) bool { return o.id == id && o.feedback != nil }) && m.Has("feedback") {
			m.Problem("feedback", "the mistake %q has feedback already", id)
		}
		t.mistakes = append(t.mistakes, derivationMistake{id, strings.TrimSpace(m.Text("lines")), m.Markdown("feedback")})
		m.Close()
	}
	return t
}

// Model is a derivation that is complete.
func (t *DerivationTask) Model(*Variant) url.Values {
	return url.Values{derivationField: {t.model}}
}

// Mistakes are the stated derivations.
func (t *DerivationTask) Mistakes(*Variant) []Mistake {
	var list []Mistake
	for _, m := range t.mistakes {
		list = append(list, Mistake{m.id, url.Values{derivationField: {m.lines}}})
	}
	return list
}

// Check judges a derivation. Its detail is the *[derive.Report]. A line that cannot be read is refused as it is while nothing
// else is wrong: to mistype costs nothing.
func (t *DerivationTask) Check(ctx context.Context, v *Variant, form url.Values) (Verdict, error) {
	r, refused, err := report(ctx, t.Goal, derivationField, form.Get(derivationField))
	switch {
	case err != nil:
		return Verdict{}, err
	case refused != nil:
		return Verdict{Errors: refused}, nil
	case len(r.Lines) == 0:
		return Verdict{Errors: param.Errorf(derivationField, "write at least one line: the first one is the task, %s", t.Goal.Statement)}, nil
	}
	undecided := slices.ContainsFunc(r.Lines, func(l derive.Line) bool { return l.Verdict == derive.LineUndecided })
	switch {
	case r.Complete:
		return Verdict{Outcome: Right, Detail: r}, nil
	case r.FirstBreak > 0:
		return t.broken(v, r), nil
	case undecided && r.Reached:
		return Verdict{Outcome: Undecided, Detail: r, Feedback: []string{Escape("The program cannot decide whether a step follows; nothing else speaks against your derivation. It costs you nothing, and your lecturer can look at it.")}}, nil
	}
	return Verdict{Outcome: Wrong, Diagnosis: unfinished, Detail: r, Feedback: t.say(v, unfinished, "Every line holds so far. The last one is not yet the goal in its final form: go on from there.")}, nil
}

// broken judges a derivation by its first break.
func (t *DerivationTask) broken(v *Variant, r *derive.Report) Verdict {
	l := lineReport(r, r.FirstBreak)
	n := strconv.Itoa(l.N)
	switch first := r.Lines[0].N == l.N; {
	case l.Verdict == derive.NotUnderstood && l.Diagnosis == "":
		return Verdict{Detail: r, Errors: param.Errors{{Field: derivationField, Message: "line " + n + ", character " + strconv.Itoa(l.Position+1) + ": " + l.Note, Position: -1}}}
	case first && l.Diagnosis == "":
		return Verdict{Outcome: Wrong, Diagnosis: firstLine, Detail: r, Feedback: t.say(v, firstLine, "Line "+n+" is not yet the task, "+t.Goal.Statement+".")}
	}
	return Verdict{Outcome: Wrong, Diagnosis: l.Diagnosis, Detail: r, Feedback: t.say(v, l.Diagnosis, "Line "+n+" is the first that does not follow from the one before.")}
}

// say is a plain sentence, and the author's own words for a diagnosis if there are some.
func (t *DerivationTask) say(v *Variant, id, sentence string) []string {
	feedback := []string{Escape(sentence)}
	for _, m := range t.mistakes {
		if id != "" && m.id == id && m.feedback != nil {
			return append(feedback, m.feedback.HTML(v.Values))
		}
	}
	return feedback
}
