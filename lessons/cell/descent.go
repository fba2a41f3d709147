package cell

import (
	"context"
	"fmt"

	"descent/optim"
	"descent/optim/param"
)

var descentKind = &Kind{
	ID: "descent", Title: "Descent",
	Summary: "A method walks down an objective in one or two variables, from the start you choose.",
	Params: table(param.Table{
		formula("f", "quadratic", "A formula in x, or in x and y, or the name of a known function."),
	}, methodParams("0.1"), scheduleParams(), param.Table{
		coordinate("x", "start, first coordinate", "4"),
		coordinate("y", "start, second coordinate", "1"),
		stepCount("100", mostSteps),
		lookedAt(),
		tolerance("0"),
		fieldParam(),
	}, turnParams(), windowParams("xmin", "xmax", "ymin", "ymax")),
	Figures: []string{"path", "loss", "surface"},
	Shown:   []string{"path", "loss"},
	Asks:    []string{AskNextPoint, AskFate},
	Run:     runDescent,
}

const mostSteps = 10000

// A Descent is a run of a method on a function, and what theory says of it.
type Descent struct {
	Function *optim.Function
	Method   *optim.Method
	Values   param.Values
	Window   optim.Window
	Run      *optim.Run
	Theory   *optim.Theory // of Run
	Domain   *optim.Domain // where J is defined, when it is not at the start; else nil
	K        int           // the step that the reader looks at, at most the last finite one; -1: the whole run
	Advice   float64       // a rate that was tried and does not rise; 0: none, or none needed
}

func runDescent(ctx context.Context, v param.Values) (Result, error) {
	fn, err := function(v)
	if err != nil {
		return nil, err
	}
	d := &Descent{Function: fn, Method: optim.FindMethod(v.Text("method")), Values: v}
	theta0 := start(v, fn.Dim())
	if d.Window, err = window(v, fn.Dim(), optim.WindowFor(fn, theta0)); err != nil {
		return nil, err
	}
	config := optim.Config{Start: theta0, Eta: v.Float("eta"), Rate: schedule(v), Steps: v.Int("steps"), Tol: v.Float("tol")}
	return d, d.run(ctx, config)
}

// run makes the run and finds what there is to say of it.
func (d *Descent) run(ctx context.Context, c optim.Config) error {
	d.Run, d.K = optim.Minimize(ctx, d.Function.Objective(), d.Method.New(d.Values), c), -1
	if err := ctx.Err(); err != nil {
		return err
	}
	if d.Values.Has("k") {
		d.K = max(0, min(d.Values.Int("k"), d.Run.LastFinite()))
	}
	if d.Run.LastFinite() < 0 {
		d.Domain = domainNear(ctx, d.Function, d.Window, c.Start)
	}
	d.Theory = optim.TheoryOf(d.Function, d.Method, d.Values, d.Run, d.Window)
	d.Advice = optim.CalmerEta(ctx, d.Function, d.Method, d.Values, c, d.Theory)
	return ctx.Err()
}

// A Working is one line of a step's arithmetic, an [optim.Equation] whose numbers
// are written with six significant digits.
type Working struct {
	Left     string   // "m₃"
	Relation string   // "=", or how the two Values of a condition compare: "≤"
	Formula  string   // "0.9·m₂ + 0.1·g₃"
	Numbers  []string // the same with all numbers put in: one per value, or one for all
	Values   []string // the results; of a condition its two sides
	Columns  int      // > 0: Values are a matrix, row by row
	Note     string   // may be ""
}

// At says in words where the run stands at step k, 0 to Run.Len()−1.
func (d *Descent) At(k int) string {
	return fmt.Sprintf("θ = %s, J = %s, ‖∇J‖ = %s", sayPoint(d.Run.Theta(k)), say(d.Run.Losses[k]), say(optim.Norm(d.Run.Gradient(k))))
}

// LookAt is what there is to be drawn of the update from step k.
func (d *Descent) LookAt(k int) optim.Look {
	return d.Run.LookAt(d.Function.Objective(), d.Method.New(d.Values), k)
}

// Update is the arithmetic of the step from k to k+1, line by line.
func (d *Descent) Update(k int) []Working {
	equations := optim.Explain(d.Function.Objective(), d.Method.New(d.Values), d.Run, k, sayPrecisely)
	workings := make([]Working, len(equations))
	for i, e := range equations {
		w := Working{Left: e.Symbol, Relation: e.Relation, Formula: e.Formula, Numbers: e.Numbers, Columns: e.Columns, Note: e.Note}
		for _, v := range e.Values {
			w.Values = append(w.Values, sayPrecisely(v))
		}
		workings[i] = w
	}
	return workings
}

// JSON implements [Result].
func (d *Descent) JSON() any {
	type objective struct {
		ID          string   `json:"id,omitempty"`
		Expression  string   `json:"expression"`
		Variables   []string `json:"variables"`
		Derivatives []string `json:"gradient_expressions"`
	}
	type step struct {
		K        int                `json:"k"`
		Theta    []Float            `json:"theta"`
		Loss     Float              `json:"loss"`
		Gradient []Float            `json:"gradient"`
		Eta      Float              `json:"eta"`
		State    map[string][]Float `json:"state,omitempty"`
	}
	type stop struct {
		Reason  string `json:"reason"`
		Step    int    `json:"step"`
		Message string `json:"message"`
	}
	run := d.Run
	steps := make([]step, run.Len())
	for k := range steps {
		steps[k] = step{k, floats(run.Theta(k)), Float(run.Losses[k]), floats(run.Gradient(k)), Float(run.Etas[k]), stateJSON(run, k)}
	}
	return struct {
		Objective   objective      `json:"objective"`
		Method      string         `json:"method"`
		Hyper       map[string]any `json:"hyper"`
		Schedule    string         `json:"schedule"`
		Scheduled   map[string]any `json:"schedule_parameters"`
		Steps       []step         `json:"steps"`
		Evaluations int            `json:"evaluations"`
		Theory      any            `json:"theory"`
		Stop        stop           `json:"stop"`
	}{
		objective{d.Function.ID, d.Function.Expr.String(), d.Function.Expr.Variables(), gradientTexts(d.Function)},
		d.Method.ID, hyperJSON(d.Method.Params, d.Values),
		d.Values.Text("schedule"), hyperJSON(optim.FindSchedule(d.Values.Text("schedule")).Params, d.Values),
		steps, run.Evaluations, theoryJSON(d.Theory),
		stop{run.Stop.Reason, run.Stop.Step, d.Readout().Text()},
	}
}

// gradientTexts are the partial derivatives in plain text.
func gradientTexts(f *optim.Function) []string {
	texts := []string{}
	for _, g := range f.GradientExprs() {
		texts = append(texts, g.String())
	}
	return texts
}

// hyperJSON is the values of a table's parameters.
func hyperJSON(t param.Table, v param.Values) map[string]any {
	hyper := map[string]any{}
	for _, p := range t {
		if p.Type == param.Flag {
			hyper[p.Name] = v.Flag(p.Name)
		} else {
			hyper[p.Name] = Float(v.Float(p.Name))
		}
	}
	return hyper
}

// stateJSON is the method's memory before the update from step k, part by part.
func stateJSON(r *optim.Run, k int) map[string][]Float {
	parts, row := map[string][]Float{}, r.State(k)
	for _, part := range r.Memory {
		parts[part.Symbol], row = floats(row[:part.Len]), row[part.Len:]
	}
	return parts
}

// CSV implements [Result].
func (d *Descent) CSV() [][]string {
	header := []string{"k"}
	for i := range d.Run.Dim {
		header = append(header, fmt.Sprintf("theta%d", i+1))
	}
	header = append(header, "loss")
	for i := range d.Run.Dim {
		header = append(header, fmt.Sprintf("gradient%d", i+1))
	}
	header = append(header, "eta")
	rows := [][]string{header}
	for k := range d.Run.Len() {
		row := append([]string{fmt.Sprint(k)}, csvNumbers(d.Run.Theta(k)...)...)
		row = append(row, csvNumber(d.Run.Losses[k]))
		row = append(row, csvNumbers(d.Run.Gradient(k)...)...)
		rows = append(rows, append(row, csvNumber(d.Run.Etas[k])))
	}
	return rows
}
