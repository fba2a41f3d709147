package cell

import (
	"context"
	"fmt"
	"math"

	"descent/optim"
	"descent/optim/param"
)

var descentKind = &Kind{
	ID: "descent", Title: "Descent",
	Summary: "A method walks down an objective in one or two variables, from the start you choose.",
	Params: table(param.Table{
		formula("f", "quadratic", "A formula in x, or in x and y, or the name of a known function."),
	}, methodParams(), param.Table{
		learningRate("0.1"),
		{Name: "schedule", Label: "schedule of η", Type: param.Choice, Default: "constant", Options: []param.Option{{Value: "constant", Label: "constant"}}},
		coordinate("x", "start, first coordinate", "4"),
		coordinate("y", "start, second coordinate", "1"),
		stepCount("100", 10000),
		tolerance("0"),
	}, windowParams("xmin", "xmax", "ymin", "ymax")),
	Figures: []string{"path", "loss"},
	Run:     runDescent,
}

// A Descent is a run of a method on a function, and what theory says of it.
type Descent struct {
	Function *optim.Function
	Method   *optim.Method
	Values   param.Values
	Window   optim.Window
	Run      *optim.Run
	// End is the critical point near the end of the run; nil when none was
	// found. Minimum is the same point if it is a minimum, else nil.
	End, Minimum *optim.CriticalPoint
	// Curvature is the largest eigenvalue of the Hessian met on the way; 0 when
	// nowhere positive. StableEta is the largest rate that theory allows there;
	// +Inf when theory sets no bound.
	Curvature, StableEta float64
	Advice               float64 // a rate that was tried and does not rise; 0: none, or none needed
}

func runDescent(ctx context.Context, v param.Values) (Result, error) {
	fn, err := function(v)
	if err != nil {
		return nil, err
	}
	d := &Descent{Function: fn, Method: optim.FindMethod(v.Text("method")), Values: v, StableEta: math.Inf(1)}
	theta0 := start(v, fn.Dim())
	if d.Window, err = window(v, fn.Dim(), optim.WindowFor(fn, theta0)); err != nil {
		return nil, err
	}
	d.Run = optim.Minimize(ctx, fn.Objective(), d.Method.New(v), optim.Config{
		Start: theta0, Eta: v.Float("eta"), Steps: v.Int("steps"), Tol: v.Float("tol"),
	})
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	d.Curvature = optim.PathCurvature(fn, d.Run)
	if d.Method.StableEta != nil && d.Curvature > 0 {
		d.StableEta = d.Method.StableEta(v, d.Curvature)
	}
	if k := d.Run.LastFinite(); k >= 0 {
		if p, ok := fn.NearestCritical(d.Run.Theta(k), d.Window); ok {
			d.End = &p
		}
	}
	if p := d.End; p != nil && p.Kind == optim.Minimum {
		d.Minimum = p
	}
	d.Advice = d.calmerEta(ctx)
	return d, ctx.Err()
}

// LowestLoss is the least value that the loss axis is measured from: the
// minimum near the end, when the run never went below it; ok is false when
// none is known.
func (d *Descent) LowestLoss() (v float64, ok bool) {
	if d.Minimum == nil {
		return 0, false
	}
	for _, loss := range d.Run.Losses {
		if loss < d.Minimum.Loss-1e-9*(1+math.Abs(d.Minimum.Loss)) {
			return 0, false // the path came through lower ground elsewhere
		}
	}
	return d.Minimum.Loss, true
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
		K        int     `json:"k"`
		Theta    []Float `json:"theta"`
		Loss     Float   `json:"loss"`
		Gradient []Float `json:"gradient"`
		Eta      Float   `json:"eta"`
		State    []Float `json:"state,omitempty"`
	}
	type stop struct {
		Reason  string `json:"reason"`
		Step    int    `json:"step"`
		Message string `json:"message"`
	}
	run := d.Run
	hyper := map[string]Float{}
	for _, p := range d.Method.Params {
		hyper[p.Name] = Float(d.Values.Float(p.Name))
	}
	derivatives := []string{}
	for _, g := range d.Function.Expr.Gradient() {
		derivatives = append(derivatives, g.String())
	}
	steps := make([]step, run.Len())
	for k := range steps {
		steps[k] = step{k, floats(run.Theta(k)), Float(run.Losses[k]), floats(run.Gradient(k)), Float(run.Eta), floats(run.State(k))}
	}
	return struct {
		Objective objective        `json:"objective"`
		Method    string           `json:"method"`
		Hyper     map[string]Float `json:"hyper"`
		Schedule  string           `json:"schedule"`
		Steps     []step           `json:"steps"`
		Stop      stop             `json:"stop"`
	}{
		objective{d.Function.ID, d.Function.Expr.String(), d.Function.Expr.Variables(), derivatives},
		d.Method.ID, hyper, d.Values.Text("schedule"), steps,
		stop{run.Stop.Reason, run.Stop.Step, d.Readout().Text()},
	}
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
	rows := [][]string{header}
	for k := range d.Run.Len() {
		row := append([]string{fmt.Sprint(k)}, csvNumbers(d.Run.Theta(k)...)...)
		row = append(row, csvNumber(d.Run.Losses[k]))
		rows = append(rows, append(row, csvNumbers(d.Run.Gradient(k)...)...))
	}
	return rows
}
