package exercise

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"descent/lessons/cell"
	"descent/optim/param"
)

// A requirement is a condition over the facts of a result.
type requirement struct {
	that *Formula
	say  *Text
}

// A Required is a requirement beside a result, ready to be shown.
type Required struct {
	SayHTML string // the author's words
	Holds   bool
	Numbers string // plain text: the facts that the condition names
}

// requirements reads the list at the key require.
func (r *Reader) requirements(k *cell.Kind) []requirement {
	if !r.Need("require") {
		return nil
	}
	var list []requirement
	for _, item := range r.Each("require") {
		if item.Need("that", "say") {
			list = append(list, requirement{item.Formula("that", factNames(k)...), item.Markdown("say")})
		}
		item.Close()
	}
	if len(list) == 0 {
		r.Problem("require", "is an empty list")
	}
	return list
}

// A finding is a result as conditions see it.
type finding struct {
	kind   *cell.Kind
	values map[string]float64 // of the variant and, before those, the facts
}

func findingOf(v *Variant, k *cell.Kind, values param.Values, r cell.Result) finding {
	all := maps.Clone(v.Values)
	if all == nil {
		all = map[string]float64{}
	}
	maps.Copy(all, factValues(k, values, r))
	return finding{k, all}
}

// judge says which of the requirements hold.
func (f finding) judge(v *Variant, list []requirement) (all bool, shown []Required, err error) {
	all = true
	for _, q := range list {
		holds, err := q.that.True(f.values)
		if err != nil {
			return false, nil, fmt.Errorf("%s: require: %w", v.ID, err)
		}
		all = all && holds
		shown = append(shown, Required{q.say.HTML(v.Values), holds, f.numbers(q.that)})
	}
	return all, shown, nil
}

// numbers says the facts that a condition names.
func (f finding) numbers(that *Formula) string {
	var parts []string
	for _, name := range that.Names() {
		if said := sayFact(f.kind, name, f.values[name]); said != "" {
			parts = append(parts, said)
		}
	}
	return strings.Join(parts, "; ")
}

// A tried is a mistake that the author states by values that make it, and a condition that knows it.
type tried struct {
	id       string
	values   map[string]*Template
	when     *Formula
	feedback *Text
}

// tried reads the values and the condition of one.
func (r *Reader) tried(id string, feedback *Text, k *cell.Kind, names []string) tried {
	r.Need("try", "when")
	t := tried{id, r.Templates("try"), r.Formula("when", factNames(k)...), feedback}
	r.among("try", sortedKeys(t.values), names)
	return t
}

// diagnose finds the first mistake whose condition holds; nil: none.
func (f finding) diagnose(v *Variant, list []tried) (*tried, error) {
	for i := range list {
		holds, err := list[i].when.True(f.values)
		if err != nil {
			return nil, fmt.Errorf("%s: mistake %s: %w", v.ID, list[i].id, err)
		}
		if holds {
			return &list[i], nil
		}
	}
	return nil, nil
}

// checkRun judges the run with these values. Detail is a []Required; otherwise is what is said of a wrong answer that
// is no known mistake.
func (in *Instrument) checkRun(ctx context.Context, v *Variant, values param.Values, require []requirement, mistakes []tried, otherwise string) (Verdict, error) {
	result, errs, err := in.run(ctx, values)
	if err != nil || len(errs) > 0 {
		return Verdict{Errors: errs}, err
	}
	f := findingOf(v, in.Kind, values, result)
	all, shown, err := f.judge(v, require)
	if err != nil {
		return Verdict{}, err
	}
	if all {
		return Verdict{Outcome: Right, Detail: shown}, nil
	}
	verdict := Verdict{Outcome: Wrong, Detail: shown, Feedback: []string{Escape(otherwise)}}
	known, err := f.diagnose(v, mistakes)
	if err != nil {
		return Verdict{}, err
	}
	if known != nil {
		verdict.Diagnosis, verdict.Feedback = known.id, []string{known.feedback.HTML(v.Values)}
	}
	return verdict, nil
}
