package cell

import (
	"context"
	"math"

	"descent/optim"
	"descent/optim/param"
)

var objectiveKind = &Kind{
	ID: "objective", Title: "An objective on a line",
	Summary: "Move θ along a line and watch J(θ); or put f and −f side by side.",
	Params: table(param.Table{
		formula("f", "(x-1)^2 + 1", "A formula in x."),
		{Name: "x", Label: "parameter", Symbol: "θ", Min: -1e6, Max: 1e6, SoftMin: -5, SoftMax: 5, Span: [2]string{"xmin", "xmax"}, Step: 0.01, Default: "-1"},
		{Name: "mirror", Label: "show −f as well", Type: param.Flag, Default: "false"},
	}, windowParams("xmin", "xmax")),
	Figures: []string{"line"},
	Run:     runObjective,
}

// An Objective is J at one θ on a line.
type Objective struct {
	Function *optim.Function
	Window   optim.Window
	X, Value float64               // θ and J(θ)
	Slope    float64               // J′(θ)
	Mirror   bool                  // show −f beside f
	Points   []optim.CriticalPoint // inside the window
	Domain   *optim.Domain         // where J is defined, when it is not at X; else nil
}

func runObjective(ctx context.Context, v param.Values) (Result, error) {
	fn, err := lineFunction(v)
	if err != nil {
		return nil, err
	}
	o := &Objective{Function: fn, X: v.Float("x"), Mirror: v.Flag("mirror")}
	if o.Window, err = window(v, 1, optim.WindowFor(fn, []float64{o.X})); err != nil {
		return nil, err
	}
	grad := []float64{0}
	o.Value = fn.Objective().Eval([]float64{o.X}, grad)
	o.Slope = grad[0]
	o.Points = fn.CriticalPoints(ctx, o.Window)
	if math.IsNaN(o.Value) || math.IsInf(o.Value, 0) {
		o.Domain = domainNear(ctx, fn, o.Window, []float64{o.X})
	}
	return o, ctx.Err()
}

// Lowest is the lowest minimum found in the window, or nil.
func (o *Objective) Lowest() *optim.CriticalPoint { return lowestMinimum(o.Points) }

func lowestMinimum(points []optim.CriticalPoint) *optim.CriticalPoint {
	for i := range points { // sorted by loss
		if points[i].Kind == optim.Minimum {
			return &points[i]
		}
	}
	return nil
}

func (o *Objective) highestMaximum() *optim.CriticalPoint {
	for i := len(o.Points) - 1; i >= 0; i-- {
		if o.Points[i].Kind == optim.Maximum {
			return &o.Points[i]
		}
	}
	return nil
}

// Readout implements [Result].
func (o *Objective) Readout() Readout {
	if o.Domain != nil {
		return Readout{Warn, "J is not defined at θ = " + say(o.X) + ".", sayDomain("J", o.Function, o.Domain, o.Window)}
	}
	if o.Mirror {
		r := Readout{Plain, "f(" + say(o.X) + ") = " + say(o.Value) + ", and −f(" + say(o.X) + ") = " + say(-o.Value) + ".", nil}
		if top := o.highestMaximum(); top != nil {
			r.Sentences = append(r.Sentences, "f has a maximum at "+sayPoint(top.Theta)+"; exactly there −f has a minimum.")
		}
		return r
	}
	r := Readout{Plain, "J(" + say(o.X) + ") = " + say(o.Value) + ".", nil}
	low := o.Lowest()
	switch here := o.Here(); {
	case low == nil:
		r.Sentences = append(r.Sentences, "No minimum with slope zero was found inside this picture.")
	case here == low:
		r.Tone = Good
		r.Sentences = append(r.Sentences, "This is θ*, the minimiser: J(θ*) = "+say(low.Loss)+".")
	case here != nil && here.Kind == optim.Minimum:
		r.Tone = Warn
		r.Sentences = append(r.Sentences, "The slope is zero here, but this is only a local minimum: somewhere in the picture J is lower.")
	case here != nil:
		r.Sentences = append(r.Sentences, "The slope is zero here, but this is no minimum.")
	case o.Slope > 0:
		r.Sentences = append(r.Sentences, "J rises to the right here, so smaller values lie to the left.")
	case o.Slope < 0:
		r.Sentences = append(r.Sentences, "J falls to the right here, so smaller values lie to the right.")
	}
	return r
}

// Here is the critical point that θ stands on, for the eye; nil elsewhere.
func (o *Objective) Here() *optim.CriticalPoint {
	for i := range o.Points {
		if math.Abs(o.Points[i].Theta[0]-o.X) <= 0.005*(o.Window.XMax-o.Window.XMin) {
			return &o.Points[i]
		}
	}
	return nil
}

// JSON implements [Result].
func (o *Objective) JSON() any {
	return struct {
		Expression string          `json:"expression"`
		Theta      Float           `json:"theta"`
		Value      Float           `json:"value"`
		Derivative Float           `json:"derivative"`
		Points     []criticalPoint `json:"critical_points"`
	}{o.Function.Expr.String(), Float(o.X), Float(o.Value), Float(o.Slope), criticalPoints(o.Points)}
}

type criticalPoint struct {
	Theta       []Float `json:"theta"`
	Loss        Float   `json:"loss"`
	Kind        string  `json:"kind"`
	Eigenvalues []Float `json:"eigenvalues"`
}

func criticalPoints(points []optim.CriticalPoint) []criticalPoint {
	out := make([]criticalPoint, len(points))
	for i, p := range points {
		out[i] = criticalPoint{floats(p.Theta), Float(p.Loss), p.Kind, floats(p.Eigenvalues)}
	}
	return out
}

// CSV implements [Result]: the curve, sampled over the window.
func (o *Objective) CSV() [][]string {
	rows := [][]string{{"theta", "J"}}
	xs := optim.Linspace(o.Window.XMin, o.Window.XMax, 401)
	ys := make([]float64, len(xs))
	o.Function.Line(xs, ys)
	for i := range xs {
		rows = append(rows, csvNumbers(xs[i], ys[i]))
	}
	return rows
}
