package cell

import (
	"context"
	"math"
	"strings"

	"descent/optim"
	"descent/optim/param"
)

var slopeKind = &Kind{
	ID: "slope", Title: "Slope of a curve",
	Summary: "Secant and tangent of a curve at a point, and the error of the difference quotients for every ε from 10⁻¹ to 10⁻¹⁶.",
	Params: table(param.Table{
		{Name: "f", Label: "function", Symbol: "f", Help: "A formula in x.", Type: param.Expression, Default: "x^3 - 2x", MaxLen: 256},
		{Name: "x", Label: "point", Symbol: "x", Min: -1e3, Max: 1e3, SoftMin: -3, SoftMax: 3, Span: [2]string{"xmin", "xmax"}, Step: 0.01, Default: "1"},
		{Name: "eps", Label: "step", Symbol: "ε", Help: "The small change of the input.", Min: 1e-16, Max: 10, SoftMin: 1e-4, SoftMax: 3, Step: 0.001, Scale: param.Log, Default: "0.5"},
		{Name: "secant", Label: "draw the secant", Type: param.Flag, Default: "true"},
		{Name: "sign", Label: "mark the step x − ε sign f′(x)", Type: param.Flag, Default: "true"},
	}, windowParams("xmin", "xmax")),
	Figures: []string{"slope", "errors"},
	Asks:    []string{AskSlope},
	Run:     runSlope,
}

// A Slope is a function near a point: its derivative, the difference quotients
// with step ε, and the step against the sign of the derivative.
type Slope struct {
	Function   *optim.Function
	Window     optim.Window
	X, Eps     float64 // the point and the step ε > 0
	ShowSecant bool    // draw the secant and its second point
	ShowSign   bool    // mark the step against the sign
	Value      float64 // f(x)
	Derivative float64 // f′(x), from the symbolic derivative
	Quotients
	Linear    float64 // f(x) + ε f′(x)
	Actual    float64 // f(x+ε)
	Remainder float64 // Actual − Linear
	SignStep  SignStep
	Sweep     []SweepRow // ε = 10⁻¹ … 10⁻¹⁶
}

// Quotients are the three difference quotients, in float64 and in the order of
// operations that the formulas show: rounding is part of the lesson.
type Quotients struct {
	Forward  float64 // (f(x+ε) − f(x))/ε
	Backward float64 // (f(x) − f(x−ε))/ε
	Central  float64 // (f(x+ε) − f(x−ε))/2ε
}

// A SignStep is x − ε sign f′(x).
type SignStep struct {
	Theta, Value float64 // where it leads, and f there
	Decreased    bool    // Value is below f(x)
}

// A SweepRow holds the quotients for one ε and their errors.
type SweepRow struct {
	Eps float64 // ε
	Quotients
	Errors Quotients // quotient − f′(x)
}

func quotients(f func(float64) float64, x, eps float64) Quotients {
	return Quotients{
		Forward:  (f(x+eps) - f(x)) / eps,
		Backward: (f(x) - f(x-eps)) / eps,
		Central:  (f(x+eps) - f(x-eps)) / (2 * eps),
	}
}

func runSlope(ctx context.Context, v param.Values) (Result, error) {
	fn, err := lineFunction(v)
	if err != nil {
		return nil, err
	}
	obj := fn.Objective()
	f := func(x float64) float64 { return obj.Eval([]float64{x}, nil) }
	s := &Slope{Function: fn, X: v.Float("x"), Eps: v.Float("eps"), ShowSecant: v.Flag("secant"), ShowSign: v.Flag("sign")}
	s.Value = f(s.X)
	switch {
	case math.IsNaN(s.Value):
		picture := optim.WindowFor(fn, []float64{s.X})
		return nil, param.Errorf("x", "f is not defined at %s. %s", say(s.X), strings.Join(sayDomain("f", fn, domainNear(ctx, fn, picture, []float64{s.X}), picture), " "))
	case math.IsInf(s.Value, 0):
		return nil, param.Errorf("x", "f is too large at %s for the computer’s numbers: choose another point", say(s.X))
	}
	s.Derivative = fn.GradientExprs()[0].Compile().NewEvaluator().Eval([]float64{s.X}, nil)
	s.Quotients = quotients(f, s.X, s.Eps)
	s.Linear = s.Value + s.Eps*s.Derivative
	s.Actual = f(s.X + s.Eps)
	s.Remainder = s.Actual - s.Linear
	s.SignStep.Theta = s.X - s.Eps*sign(s.Derivative)
	s.SignStep.Value = f(s.SignStep.Theta)
	s.SignStep.Decreased = s.SignStep.Value < s.Value
	for k := 1; k <= 16; k++ {
		eps := math.Pow(10, -float64(k))
		q := quotients(f, s.X, eps)
		s.Sweep = append(s.Sweep, SweepRow{eps, q, Quotients{q.Forward - s.Derivative, q.Backward - s.Derivative, q.Central - s.Derivative}})
	}
	s.Window, err = window(v, 1, optim.WindowFor(fn, []float64{s.X}))
	return s, err
}

func sign(v float64) float64 {
	switch {
	case v > 0:
		return 1
	case v < 0:
		return -1
	}
	return 0
}

// kink reports whether the one-sided slopes, measured with ε = 10⁻⁶, differ by
// more than any curvature of ordinary size explains.
func (s *Slope) kink() bool {
	row := s.Sweep[5]
	return math.Abs(row.Forward-row.Backward) > 1e-2*(1+math.Abs(s.Derivative))
}

// Readout implements [Result].
func (s *Slope) Readout() Readout {
	if math.IsNaN(s.Derivative) || math.IsInf(s.Derivative, 0) {
		return Readout{Warn, "No slope here.", []string{"f′ is not defined at x = " + say(s.X) + "."}}
	}
	r := Readout{Plain, "f(" + say(s.X) + ") = " + say(s.Value) + ", f′(" + say(s.X) + ") = " + say(s.Derivative) + ".", nil}
	switch {
	case !s.ShowSecant:
	case math.IsNaN(s.Forward) || math.IsInf(s.Forward, 0):
		r.Sentences = append(r.Sentences, "f is not defined at x + ε = "+say(s.X+s.Eps)+", so the secant is missing.")
	default:
		r.Sentences = append(r.Sentences,
			"At x + ε the tangent predicts "+say(s.Linear)+"; the truth is "+say(s.Actual)+", a gap of "+say(math.Abs(s.Remainder))+".",
			"The secant with ε = "+say(s.Eps)+" has slope "+say(s.Forward)+": off by "+say(s.Forward-s.Derivative)+".")
	}
	if s.kink() {
		r.Sentences = append(r.Sentences, "The curve has a kink here: the slopes to its two sides differ, and f′ is a convention.")
	}
	switch {
	case !s.ShowSign:
	case s.Derivative == 0:
		r.Sentences = append(r.Sentences, "The slope is zero, so sign f′ gives no direction.")
	case math.IsNaN(s.SignStep.Value):
		r.Sentences = append(r.Sentences, "f is not defined at x − ε sign f′(x) = "+say(s.SignStep.Theta)+".")
	case s.SignStep.Decreased:
		r.Tone = Good
		r.Sentences = append(r.Sentences, "The step x − ε sign f′(x) leads down: from "+say(s.Value)+" to "+say(s.SignStep.Value)+".")
	case s.SignStep.Theta == s.X:
		r.Tone = Warn
		r.Sentences = append(r.Sentences, "ε is so small that x − ε is rounded to x: nothing moves.")
	case s.SignStep.Value == s.Value:
		r.Tone = Warn
		r.Sentences = append(r.Sentences, "The step x − ε sign f′(x) changes nothing: f has the same value there, "+say(s.Value)+".")
	default:
		r.Tone = Warn
		r.Sentences = append(r.Sentences, "The step x − ε sign f′(x) does not lead down: from "+say(s.Value)+" to "+say(s.SignStep.Value)+". ε is too large for this place.")
	}
	return r
}

// JSON implements [Result].
func (s *Slope) JSON() any {
	type quotients struct {
		Forward  Float `json:"forward"`
		Backward Float `json:"backward"`
		Central  Float `json:"central"`
	}
	type row struct {
		Eps Float `json:"eps"`
		quotients
		ForwardError  Float `json:"forward_error"`
		BackwardError Float `json:"backward_error"`
		CentralError  Float `json:"central_error"`
	}
	type signStep struct {
		Theta     Float `json:"theta"`
		Value     Float `json:"value"`
		Decreased bool  `json:"decreased"`
	}
	sweep := make([]row, len(s.Sweep))
	for i, r := range s.Sweep {
		sweep[i] = row{Float(r.Eps), quotients{Float(r.Forward), Float(r.Backward), Float(r.Central)},
			Float(r.Errors.Forward), Float(r.Errors.Backward), Float(r.Errors.Central)}
	}
	return struct {
		Expression string `json:"expression"`
		DerivExpr  string `json:"derivative_expression"`
		X          Float  `json:"x"`
		Eps        Float  `json:"eps"`
		Value      Float  `json:"value"`
		Derivative Float  `json:"derivative"`
		quotients
		Linear    Float    `json:"linear"`
		Actual    Float    `json:"actual"`
		Remainder Float    `json:"remainder"`
		SignStep  signStep `json:"sign_step"`
		Sweep     []row    `json:"sweep"`
	}{
		s.Function.Expr.String(), s.Function.Expr.Derivative(0).String(), Float(s.X), Float(s.Eps), Float(s.Value), Float(s.Derivative),
		quotients{Float(s.Forward), Float(s.Backward), Float(s.Central)},
		Float(s.Linear), Float(s.Actual), Float(s.Remainder),
		signStep{Float(s.SignStep.Theta), Float(s.SignStep.Value), s.SignStep.Decreased}, sweep,
	}
}

// CSV implements [Result].
func (s *Slope) CSV() [][]string {
	rows := [][]string{{"eps", "forward", "backward", "central", "forward_error", "backward_error", "central_error"}}
	for _, r := range s.Sweep {
		rows = append(rows, csvNumbers(r.Eps, r.Forward, r.Backward, r.Central, r.Errors.Forward, r.Errors.Backward, r.Errors.Central))
	}
	return rows
}
