package cell

import (
	"context"
	"fmt"
	"math"

	"descent/optim"
	"descent/optim/param"
)

var functionKind = &Kind{
	ID: "function", Title: "A function and its derivatives",
	Summary: "The gradient and the Hessian of a formula, what they say at a point, and a check by differences.",
	Params: table(param.Table{
		formula("f", "(1-x)^2 + 100*(y-x^2)^2", "A formula in x, or in x and y, or the name of a known function."),
		coordinate("x", "point, first coordinate", "1"),
		coordinate("y", "point, second coordinate", "1"),
		fieldParam(),
	}, taylorParams(), turnParams(), windowParams("xmin", "xmax", "ymin", "ymax")),
	Figures: []string{"function", "surface"},
	Shown:   []string{"function"},
	Run:     runFunction,
}

// A Function is a formula with its derivatives and what they say at a point.
type Function struct {
	Function *optim.Function
	Values   param.Values
	Window   optim.Window
	Local    optim.Local           // at the point
	Taylor   *Taylor               // at the point; nil: not asked for, or there is none
	Points   []optim.CriticalPoint // found in the window, lowest first
	Domain   *optim.Domain         // where J is defined, when it is not at the point; else nil
}

func runFunction(ctx context.Context, v param.Values) (Result, error) {
	fn, err := function(v)
	if err != nil {
		return nil, err
	}
	f := &Function{Function: fn, Values: v}
	theta := start(v, fn.Dim())
	if f.Window, err = window(v, fn.Dim(), optim.WindowFor(fn, theta)); err != nil {
		return nil, err
	}
	f.Local = fn.At(theta)
	f.Points = fn.CriticalPoints(ctx, f.Window)
	if degree := f.degree(); degree > 0 && f.Local.Kind != optim.Undefined {
		f.Taylor = f.taylor(degree, v.Float("patch"))
	}
	if f.Local.Kind == optim.Undefined {
		f.Domain = domainNear(ctx, fn, f.Window, theta)
	}
	return f, ctx.Err()
}

// degree is that of the polynomial that was asked for; 0: none.
func (f *Function) degree() int { return map[string]int{"1": 1, "2": 2}[f.Values.Text("taylor")] }

// Readout implements [Result].
func (f *Function) Readout() Readout {
	l := f.Local
	at := "θ = " + sayPoint(l.Theta)
	if !math.IsNaN(l.Value) && !math.IsInf(l.Value, 0) && f.Domain != nil {
		return Readout{Warn, "J has no gradient or no curvature at " + at + ".", []string{"J = " + say(l.Value) + " there: a kink, a tip or an edge of the domain."}}
	}
	if f.Domain != nil {
		return Readout{Bad, "J is not defined at " + at + ".", sayDomain("J", f.Function, f.Domain, f.Window)}
	}
	values := fmt.Sprintf("At %s: J = %s, ∇J = %s.", at, say(l.Value), sayPoint(l.Gradient))
	var r Readout
	switch l.Kind {
	case optim.NotStationary:
		r = Readout{Plain, "Not stationary.", []string{values, "The gradient is not zero: −∇J points downhill."}}
	case optim.Flat:
		r = Readout{Warn, "The second derivatives do not decide.", []string{values, "An eigenvalue of the Hessian is zero. The values around say: " + flatWords[l.Around] + "."}}
	default:
		r = Readout{Good, "A " + l.Kind + ".", []string{values, eigenvalueWords[l.Kind]}}
		if l.Kind == optim.Saddle {
			r.Tone = Warn
		}
	}
	if len(l.Eigenvalues) > 0 {
		r.Sentences = append(r.Sentences, "Eigenvalues of the Hessian: "+sayList(l.Eigenvalues)+".")
	}
	check := "Check: differences of values give the same gradient, to a relative error of " + say(l.Check.RelativeError) + "."
	if !(l.Check.RelativeError <= 1e-5) {
		r.Tone = Warn
		check = "Check: differences of values give " + sayPoint(l.Check.Differences) + ", which is not the gradient. At a kink or an edge of the domain they need not agree."
	}
	switch {
	case f.Taylor != nil:
		r.Sentences = append(r.Sentences, f.Taylor.sentences()...)
	case f.degree() > 0:
		r.Sentences = append(r.Sentences, "The point lies outside the picture: its Taylor polynomial is not drawn.")
	}
	r.Sentences = append(r.Sentences, check)
	return r
}

var flatWords = map[string]string{
	optim.Minimum: "a minimum", optim.Maximum: "a maximum", optim.Saddle: "neither a minimum nor a maximum", optim.Flat: "J is level here in some direction",
}

var eigenvalueWords = map[string]string{
	optim.Minimum: "The gradient is zero and J curves upwards in every direction.",
	optim.Maximum: "The gradient is zero and J curves downwards in every direction.",
	optim.Saddle:  "The gradient is zero; J curves upwards in one direction and downwards in another.",
}

// JSON implements [Result].
func (f *Function) JSON() any {
	type check struct {
		Differences   []Float `json:"finite_difference"`
		RelativeError Float   `json:"relative_error"`
	}
	l, n := f.Local, f.Function.Dim()
	hessian, hessianTexts := make([][]Float, n), make([][]string, n)
	for i, row := range f.Function.HessianExprs() {
		hessian[i] = floats(l.Hessian[i*n : (i+1)*n])
		for _, entry := range row {
			hessianTexts[i] = append(hessianTexts[i], entry.String())
		}
	}
	return struct {
		Expression   string          `json:"expression"`
		Variables    []string        `json:"variables"`
		Notes        []string        `json:"notes,omitempty"`
		Value        Float           `json:"value"`
		Gradient     []Float         `json:"gradient"`
		Hessian      [][]Float       `json:"hessian"`
		GradientText []string        `json:"gradient_expressions"`
		HessianText  [][]string      `json:"hessian_expressions"`
		Eigenvalues  []Float         `json:"eigenvalues"`
		Point        string          `json:"point"`
		Around       string          `json:"around,omitempty"`
		Check        check           `json:"check"`
		Points       []criticalPoint `json:"critical_points"`
		Taylor       *taylorJSON     `json:"taylor,omitempty"`
	}{
		f.Function.Expr.String(), f.Function.Expr.Variables(), f.Function.Expr.Notes(), Float(l.Value), floats(l.Gradient), hessian,
		gradientTexts(f.Function), hessianTexts, floats(l.Eigenvalues), l.Kind, l.Around,
		check{floats(l.Check.Differences), Float(l.Check.RelativeError)}, criticalPoints(f.Points),
		f.Taylor.json(),
	}
}

// CSV implements [Result]: the critical points found in the window.
func (f *Function) CSV() [][]string {
	header := append([]string{"kind"}, f.Function.Expr.Variables()...)
	header = append(header, "J")
	for i := range f.Function.Dim() {
		header = append(header, fmt.Sprintf("eigenvalue%d", i+1))
	}
	rows := [][]string{header}
	for _, p := range f.Points {
		row := append([]string{p.Kind}, csvNumbers(p.Theta...)...)
		row = append(append(row, csvNumber(p.Loss)), csvNumbers(p.Eigenvalues...)...)
		for len(row) < len(header) { // a minimum at a kink has no eigenvalues
			row = append(row, "")
		}
		rows = append(rows, row)
	}
	return rows
}
