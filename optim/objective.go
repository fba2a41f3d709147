package optim

import (
	"errors"
	"fmt"
	"strings"
	"sync"

	"descent/optim/expr"
	"descent/optim/param"
)

// An Objective is J with its derivatives. It belongs to one goroutine and keeps
// no slice that it is given. Outside J's domain values are NaN or ±Inf, and
// derivatives that do not exist follow [expr].
type Objective interface {
	// Dim is the length of θ.
	Dim() int
	// Eval returns J(θ) and, when grad is not nil, stores ∇J(θ) in it.
	Eval(theta, grad []float64) float64
	// Hessian stores the second derivatives at θ in out, Dim×Dim row by row.
	Hessian(theta, out []float64)
}

// A Function is an objective given by a formula in one or two variables: a
// catalogue entry or what a student typed. It is immutable and shared.
type Function struct {
	ID     string      // catalogue id; "" for a typed formula
	Title  string      // name in words; "" for a typed formula
	Source string      // where the function comes from
	Expr   *expr.Expr  // the formula as it was understood
	Window Window      // where to look at it
	Start  []float64   // a start that shows something; nil for a typed formula
	Minima [][]float64 // known minimisers inside Window, global ones first; nil when unknown

	program  *expr.Program
	gradient func() []*expr.Expr    // derived when first asked for
	hessians func() [][]*expr.Expr  // likewise
	second   func() []*expr.Program // Hessian entries, upper triangle, compiled

	quadratic func() bool // found out when first asked for
	spare     *sync.Pool  // of *hessian, for who needs one for a moment: each is some kilobytes
}

// Dim is the number of variables, 1 or 2: the length of θ.
func (f *Function) Dim() int { return f.Expr.Dim() }

// Objective makes an evaluator for one goroutine. Its Hessian is that of the
// symbolic derivatives.
func (f *Function) Objective() Objective {
	return &evaluator{Evaluator: f.program.NewEvaluator(), function: f}
}

// An evaluator is a Function for one goroutine; the second derivatives are
// made ready when first asked for.
type evaluator struct {
	*expr.Evaluator
	function *Function
	second   *hessian
}

// Hessian implements [Objective].
func (e *evaluator) Hessian(theta, out []float64) {
	if e.second == nil {
		e.second = e.function.hessian()
	}
	e.second.at(theta, out)
}

// GradientExprs are the Dim partial derivatives as formulas, derived when first
// asked for. The slice is shared.
func (f *Function) GradientExprs() []*expr.Expr { return f.gradient() }

// HessianExprs are the Dim×Dim second partial derivatives as formulas, row by
// row. The slices are shared.
func (f *Function) HessianExprs() [][]*expr.Expr { return f.hessians() }

// Line evaluates a function of one variable: out[i] = J(xs[i]). Where J is not
// defined, out is NaN or ±Inf. It may be called from several goroutines.
func (f *Function) Line(xs, out []float64) { f.program.Line(xs, out) }

// Grid evaluates a function of two variables: out[j*len(xs)+i] = J(xs[i], ys[j]),
// so out is len(ys)×len(xs), row by row. It may be called from several goroutines.
func (f *Function) Grid(xs, ys, out []float64) { f.program.Grid(xs, ys, out) }

// Cost is a rough price of one evaluation with its gradient, in nanoseconds.
func (f *Function) Cost() int { return f.program.Cost() }

// Name is what the page calls the function: the title, else the formula.
func (f *Function) Name() string {
	if f.Title != "" {
		return f.Title
	}
	return f.Expr.String()
}

// Resolve understands the text of an expression field: a catalogue id or a
// formula. The error is a [param.Errors] with one mistake of the named field and
// its position in the text.
func Resolve(field, text string) (*Function, error) {
	if f, ok := Lookup(text); ok {
		return f, nil
	}
	e, err := expr.Parse(text)
	var syntax *expr.SyntaxError
	if errors.As(err, &syntax) {
		message := syntax.Message
		if near := param.Nearest(text, IDs()); near != "" && len(text) > 4 {
			message = fmt.Sprintf("%s Or did you mean the function “%s”?", strings.TrimRight(message, ".;")+".", near)
		}
		return nil, param.Errors{{Field: field, Message: message, Position: syntax.Position}}
	}
	if err != nil {
		return nil, err
	}
	return newFunction(e), nil
}

func newFunction(e *expr.Expr) *Function {
	f := &Function{Expr: e, program: e.Compile(), gradient: sync.OnceValue(e.Gradient), hessians: sync.OnceValue(e.Hessian)}
	f.second = sync.OnceValue(func() []*expr.Program {
		var programs []*expr.Program
		for i, row := range f.hessians() {
			for _, entry := range row[i:] {
				programs = append(programs, entry.Compile())
			}
		}
		return programs
	})
	f.quadratic = sync.OnceValue(f.findQuadratic)
	f.spare = &sync.Pool{New: func() any { return f.hessian() }}
	return f
}
