package export

import (
	"strconv"
	"strings"

	"descent/optim"
	"descent/optim/param"
)

// A run is one minimisation of a program: a call of its method's function.
type run struct {
	Method   *optim.Method
	Hyper    param.Values // has at least the method's parameters
	Eta      float64      // of no account where the method is rateless
	Schedule *optim.Schedule
	Rates    param.Values // has at least the schedule's parameters
	Start    []float64
	Steps    int
	Tol      float64
	Name     string      // of the function: the method's id, with a number where that is taken
	Data     *regression // whose mini-batches give the gradient; nil: J has a formula
	Label    string      // before the printed line where there are several runs
}

// newRun is the run of a form with a method, its hyper-parameters and perhaps a
// schedule and a tolerance.
func newRun(m *optim.Method, v param.Values, record *optim.Run) *run {
	r := &run{Method: m, Hyper: v, Rates: v, Eta: v.Float("eta"), Start: record.Theta(0), Steps: v.Int("steps"), Schedule: optim.Schedules[0]}
	if v.Table().Lookup("tol") != nil {
		r.Tol = v.Float("tol")
	}
	if v.Table().Lookup("schedule") != nil {
		r.Schedule = optim.FindSchedule(v.Text("schedule"))
	}
	return r
}

// Dim is the length of θ.
func (r *run) Dim() int { return len(r.Start) }

// Scheduled reports whether the rate changes from step to step, to the method's
// concern.
func (r *run) Scheduled() bool { return r.Schedule.ID != "constant" && !r.Method.Rateless }

// On reports whether a hyper-parameter is neither 0 nor false: whether a line
// about it is wanted.
func (r *run) On(name string) bool {
	if p := r.Hyper.Table().Lookup(name); p.Type == param.Flag {
		return r.Hyper.Flag(name)
	}
	return r.Hyper.Float(name) != 0
}

// Decay reports whether there is a weight decay.
func (r *run) Decay() bool { return r.On("weight_decay") }

// used are the hyper-parameters that a method's function names: those given,
// where a name with a question mark counts only when it is on, and the weight
// decay likewise.
func (r *run) used(names []string) []string {
	var list []string
	for _, name := range append(names[:len(names):len(names)], "weight_decay?") {
		if name, optional := strings.CutSuffix(name, "?"); !optional || r.On(name) {
			list = append(list, name)
		}
	}
	return list
}

func (r *run) literal(name string) string { return literalOf(r.Hyper, name) }

func literalOf(v param.Values, name string) string {
	if v.Table().Lookup(name).Type == param.Integer {
		return strconv.Itoa(v.Int(name))
	}
	return number(v.Float(name))
}

// Parameters are those of the Python function: θ, the rate, and the rest with
// their values as defaults.
func (r *run) Parameters(names ...string) string {
	list := []string{"theta"}
	switch {
	case r.Scheduled():
		list = append(list, "eta0")
	case !r.Method.Rateless:
		list = append(list, "eta")
	}
	list = append(list, "steps="+strconv.Itoa(r.Steps))
	if r.Tol > 0 {
		list = append(list, "tol="+number(r.Tol))
	}
	for _, name := range r.used(names) {
		list = append(list, name+"="+r.literal(name))
	}
	return strings.Join(list, ", ")
}

// Constants are the Go function's steps, tolerance and hyper-parameters. They are
// variables, since Go calculates with constants exactly and 1 - 0.9 would not be
// float64's.
func (r *run) Constants(names ...string) string {
	lines := "const steps = " + strconv.Itoa(r.Steps) + "\n"
	if r.Tol > 0 {
		lines += "const tol = " + number(r.Tol) + "\n"
	}
	var left, right []string
	for _, name := range r.used(names) {
		left, right = append(left, camel(name)), append(right, r.literal(name))
	}
	if left != nil {
		lines += strings.Join(left, ", ") + " := " + strings.Join(right, ", ") + "\n"
	}
	return lines
}

// Rate is a parameter of the schedule as a literal.
func (r *run) Rate(name string) string { return literalOf(r.Rates, name) }

// Arguments are those of a call, behind the start.
func (r *run) Arguments() string {
	if r.Method.Rateless {
		return ""
	}
	return ", " + number(r.Eta)
}

// StartText is the start's coordinates.
func (r *run) StartText() string { return numbers(r.Start) }

// About is a sentence about the method for the head of its function.
func (r *run) About() string { return r.Method.Title + ": " + r.Method.Source + "." }
