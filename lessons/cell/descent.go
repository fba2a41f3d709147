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
	// Minimum is the minimum near the end of the run; nil when none was found.
	Minimum *optim.CriticalPoint
	// Curvature is the largest eigenvalue of the Hessian met on the way; 0 when
	// nowhere positive. StableEta is the largest rate that theory allows there;
	// +Inf when theory sets no bound.
	Curvature, StableEta float64
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
		if p, ok := fn.NearestMinimum(d.Run.Theta(k), d.Window); ok {
			d.Minimum = &p
		}
	}
	return d, nil
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

// Readout implements [Result].
func (d *Descent) Readout() Readout {
	run := d.Run
	last := run.LastFinite()
	if last < 0 {
		return Readout{Bad, "J is not defined at the start.", []string{"Choose a start where " + d.Function.Expr.String() + " has a value."}}
	}
	loss, theta, norm := run.Losses[last], run.Theta(last), optim.Norm(run.Gradient(last))
	where := fmt.Sprintf("θ = %s, J = %s, ‖∇J‖ = %s.", sayPoint(theta), say(loss), say(norm))
	rose := loss > run.Losses[0]+1e-9*(1+math.Abs(run.Losses[0]))

	switch {
	case run.Stop.Reason == optim.Diverged:
		r := Readout{Bad, "Diverges.", []string{fmt.Sprintf("At step %d the numbers become too large for the computer.", run.Stop.Step)}}
		if d.leftDomain() {
			r = Readout{Bad, "Leaves the domain.", []string{fmt.Sprintf("At step %d θ lands where J is not defined.", run.Stop.Step)}}
		}
		r.Sentences = append(r.Sentences, d.reason()...)
		return r
	case run.Stop.Reason == optim.Converged:
		return Readout{Good, "Converged after " + plural(run.Stop.Step, "step") + ".", append([]string{where}, d.manner()...)}
	case run.Stop.Step == 0:
		return Readout{Plain, "At the start.", []string{where}}
	case rose && d.unstable():
		return Readout{Bad, "Diverges.", append([]string{fmt.Sprintf("After %s J has grown from %s to %s.", plural(last, "step"), say(run.Losses[0]), say(loss))}, d.reason()...)}
	case rose:
		return Readout{Warn, "J has risen.", append([]string{fmt.Sprintf("After %s: from %s to %s.", plural(last, "step"), say(run.Losses[0]), say(loss))}, d.manner()...)}
	case d.within(1e-3):
		return Readout{Good, "Arrived.", append([]string{"After " + plural(last, "step") + ": " + where}, d.manner()...)}
	case norm == 0:
		return Readout{Warn, "Stands still.", []string{where, "The gradient is exactly zero here, so the method has no direction to go."}}
	}
	r := Readout{Plain, "Still on the way.", append([]string{"After " + plural(last, "step") + ": " + where}, d.manner()...)}
	return r
}

// Arrived reports whether the run ends, for the eye, at a minimum.
func (d *Descent) Arrived() bool { return d.within(1e-2) }

// within reports whether the last finite θ is so near to the minimum, measured
// by the window.
func (d *Descent) within(share float64) bool {
	last := d.Run.LastFinite()
	if d.Minimum == nil || last < 0 {
		return false
	}
	theta := d.Run.Theta(last)
	size := math.Hypot(d.Window.XMax-d.Window.XMin, d.Window.YMax-d.Window.YMin)
	gap := make([]float64, len(theta))
	for i := range theta {
		gap[i] = theta[i] - d.Minimum.Theta[i]
	}
	return optim.Norm(gap) <= share*size
}

// leftDomain reports whether the run ended because J has no value at a θ of
// ordinary size, rather than because numbers grew without bound.
func (d *Descent) leftDomain() bool {
	k := d.Run.Stop.Step
	return math.IsNaN(d.Run.Losses[k]) && optim.Norm(d.Run.Theta(k)) < 1e100
}

func (d *Descent) unstable() bool { return d.Run.Eta > d.StableEta }

// reason explains a divergence by the curvature and says what to try.
func (d *Descent) reason() []string {
	if !d.unstable() {
		if d.Run.FirstRise() < 0 {
			return []string{"J falls all the way: it has no lower bound in this direction."}
		}
		return []string{"Try a smaller η, or a start closer to a minimum."}
	}
	if d.StableEta == 0 {
		return []string{"With μ ≥ 1 the velocity never fades: no η is stable. Try μ = 0.9."}
	}
	product := d.Run.Eta * d.Curvature
	limit := d.StableEta * d.Curvature
	return []string{
		fmt.Sprintf("Where J curves most on the way, λmax = %s, so η·λmax = %s > %s: each step overshoots by more than the one before.", say(d.Curvature), say(product), say(limit)),
		"Try η ≤ " + say(floorTo(d.StableEta*0.999)) + ".",
	}
}

// manner says how the run moves: monotone, zigzag, crawling or swinging.
func (d *Descent) manner() []string {
	zigzag := d.Run.Zigzag()
	product := d.Run.Eta * d.Curvature
	switch {
	case d.Method.ID == "gd" && zigzag > 0.15 && product > 1 && d.Curvature > 0:
		return []string{fmt.Sprintf("The first steps overshoot the valley and zigzag: η·λmax = %s, between 1 and 2.", say(product))}
	case d.Method.ID == "gd" && d.Curvature > 0 && product < 0.05 && d.Run.Stop.Reason != optim.Converged:
		return []string{fmt.Sprintf("η is small for this curvature: η·λmax = %s. A larger η would be faster.", say(product))}
	case d.Method.ID == "gd" && d.Curvature > 0 && product <= 1:
		return []string{fmt.Sprintf("η·λmax = %s: below 1, so no step overshoots.", say(product))}
	case d.Method.ID != "gd" && zigzag > 0.1:
		return []string{"The path swings past the valley floor and back."}
	}
	return nil
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
