package cell

import (
	"cmp"
	"math"
	"net/url"
	"slices"
	"strings"

	"descent/optim"
	"descent/optim/param"
)

// What several kinds share: the parameters of an objective, a method and a
// window, and how they are read.

func formula(name, preset, help string) param.Param {
	return param.Param{Name: name, Label: "objective", Symbol: "J", Help: help, Type: param.Expression, Default: preset, MaxLen: 256}
}

func coordinate(name, label, preset string) param.Param {
	return param.Param{Name: name, Label: label, Symbol: map[string]string{"x": "θ₁", "y": "θ₂"}[name], Min: -1e6, Max: 1e6, SoftMin: -5, SoftMax: 5, Span: [2]string{name + "min", name + "max"}, Step: 0.01, Default: preset}
}

func learningRate(preset string) param.Param {
	return param.Param{Name: "eta", Label: "learning rate", Symbol: "η", Help: "How long a step is for a given gradient.",
		Min: 1e-6, Max: 1e3, SoftMin: 1e-3, SoftMax: 1, Step: 0.001, Scale: param.Log, Default: preset}
}

func stepCount(preset string, most float64) param.Param {
	return param.Param{Name: "steps", Label: "steps", Help: "How many updates are made at most.", Type: param.Integer,
		Max: most, SoftMax: 200, Default: preset}
}

// lookedAt is the step that the reader looks at in a run.
func lookedAt() param.Param {
	return param.Param{Name: "k", Label: "look at step", Symbol: "t", Help: "The step that is looked at; empty: the whole run.", Type: param.Integer, Max: mostSteps, Optional: true}
}

func tolerance(preset string) param.Param {
	return param.Param{Name: "tol", Label: "stop when ‖∇J‖ is below", Help: "0 makes all steps.", Max: 1e3, SoftMin: 1e-9, SoftMax: 1, Step: 1e-6, Scale: param.Log, Default: preset}
}

// windowParams are the edges of the picture; blank ones are chosen.
func windowParams(names ...string) param.Table {
	labels := map[string]string{"xmin": "left edge", "xmax": "right edge", "ymin": "bottom edge", "ymax": "top edge"}
	var t param.Table
	for _, name := range names {
		t = append(t, param.Param{Name: name, Label: labels[name], Help: "Edge of the picture; empty: chosen for you.", Min: -1e6, Max: 1e6, Step: 0.1, Optional: true})
	}
	return t
}

// methodParams are the choice of a method, the hyper-parameters of all, each
// shown only with the methods that have it, and the learning rate. What has
// several defaults follows the method.
func methodParams(eta string) param.Table { return methodsFor(eta, optim.Methods) }

// methodsFor is methodParams with some of the methods.
func methodsFor(eta string, methods []*optim.Method) param.Table {
	choice := param.Param{Name: "method", Label: "method", Type: param.Choice, Default: "gd"}
	rate := learningRate(eta)
	rate.When = param.Condition{Param: choice.Name}
	rate.Vary = param.Variation{Param: choice.Name, Defaults: map[string]string{}}
	var entries []choiceEntry
	for _, m := range methods {
		choice.Options = append(choice.Options, param.Option{Value: m.ID, Label: m.Title})
		entries = append(entries, choiceEntry{m.ID, m.Params})
		if !m.Rateless {
			rate.When.In = append(rate.When.In, m.ID)
		}
		if m.ID != choice.Default {
			rate.Vary.Defaults[m.ID] = param.Format(m.Eta)
		}
	}
	return append(append(param.Table{choice}, merge(choice.Name, entries)...), rate)
}

// scheduleParams are the choice of a schedule of η and the parameters of all.
func scheduleParams() param.Table {
	choice := param.Param{Name: "schedule", Label: "schedule of η", Type: param.Choice, Default: "constant"}
	var entries []choiceEntry
	for _, s := range optim.Schedules {
		choice.Options = append(choice.Options, param.Option{Value: s.ID, Label: s.Title})
		entries = append(entries, choiceEntry{s.ID, s.Params})
	}
	return append(param.Table{choice}, merge(choice.Name, entries)...)
}

// schedule is the chosen schedule as a run takes it.
func schedule(v param.Values) optim.Rate { return optim.FindSchedule(v.Text("schedule")).New(v) }

// A choiceEntry is one option of a choice with the parameters it brings.
type choiceEntry struct {
	id     string
	params param.Table
}

// merge lists the parameters of all options of a choice, each once, relevant
// where an option has it, with the default that the option gives it, in an
// order that is as far as possible that of every option.
func merge(choice string, entries []choiceEntry) param.Table {
	var all param.Table
	place := map[string]int{} // the last place that a parameter has in any option
	for _, e := range entries {
		for i, p := range e.params {
			place[p.Name] = max(place[p.Name], i)
			known := all.Lookup(p.Name)
			if known == nil {
				p.When = param.Condition{Param: choice, In: []string{e.id}}
				all = append(all, p)
				continue
			}
			known.When.In = append(known.When.In, e.id)
			if p.Default != known.Default {
				if known.Vary.Defaults == nil {
					known.Vary = param.Variation{Param: choice, Defaults: map[string]string{}}
				}
				known.Vary.Defaults[e.id] = p.Default
			}
		}
	}
	slices.SortStableFunc(all, func(a, b param.Param) int { return cmp.Compare(place[a.Name], place[b.Name]) })
	return all
}

func table(parts ...param.Table) param.Table { return slices.Concat(parts...) }

// start is the starting point for a function of one or two variables.
func start(v param.Values, dim int) []float64 {
	if dim == 1 {
		return []float64{v.Float("x")}
	}
	return []float64{v.Float("x"), v.Float("y")}
}

// window reads the edges; blank ones come from automatic.
func window(v param.Values, dim int, automatic optim.Window) (optim.Window, error) {
	w := automatic
	edges := []struct {
		name string
		at   *float64
	}{{"xmin", &w.XMin}, {"xmax", &w.XMax}, {"ymin", &w.YMin}, {"ymax", &w.YMax}}
	for _, e := range edges[:2*dim] {
		if v.Has(e.name) {
			*e.at = v.Float(e.name)
		}
	}
	if !wider(w.XMin, w.XMax) {
		return w, edgeError(v, "xmin", "xmax", "left", "right", w.XMin, w.XMax)
	}
	if dim == 2 && !wider(w.YMin, w.YMax) {
		return w, edgeError(v, "ymin", "ymax", "bottom", "top", w.YMin, w.YMax)
	}
	return w, nil
}

// edgeError stands at the edge that was typed.
func edgeError(v param.Values, low, high, lowName, highName string, lo, hi float64) error {
	if !v.Has(high) {
		return param.Errorf(low, "the %s edge must be less than the %s edge, %s", lowName, highName, say(hi))
	}
	return param.Errorf(high, "the %s edge must be greater than the %s edge, %s", highName, lowName, say(lo))
}

// wider reports whether an axis from a to b can be drawn and ticked.
func wider(a, b float64) bool { return b-a > 1e-6*(1+math.Abs(a)+math.Abs(b)) }

// numbers reads a comma-separated list of finite numbers of magnitude ≤ limit.
func numbers(field, text string, most int, limit float64) ([]float64, error) {
	p := param.Param{Type: param.Number, Min: -limit, Max: limit}
	var list []float64
	for part := range strings.SplitSeq(text, ",") {
		if strings.TrimSpace(part) == "" {
			return nil, param.Errorf(field, "expects numbers between commas, such as 1.2, 0.4, 2.9")
		}
		v, message := number(&p, part)
		if message != "" {
			return nil, param.Errorf(field, "“%s” %s", strings.TrimSpace(part), message)
		}
		list = append(list, v)
	}
	if len(list) > most {
		return nil, param.Errorf(field, "has %d numbers; at most %d are allowed", len(list), most)
	}
	return list, nil
}

// number reads one number as a parameter takes it, or says what is wrong.
func number(p *param.Param, text string) (v float64, message string) {
	t := param.Table{{Name: "number", Type: param.Number, Min: p.Min, Max: p.Max, Default: param.Format(p.Max)}}
	values, _, errs := t.Parse(url.Values{"number": {text}}, param.Values{})
	if len(errs) > 0 {
		return 0, errs[0].Message
	}
	return values.Float("number"), ""
}
