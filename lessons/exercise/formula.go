package exercise

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

const (
	maxFormula = 1000   // characters
	maxSteps   = 10_000 // of the interpreter
)

// A Formula is an expression of Starlark over named numbers, such as "x - 2*eta*x" or
// "a > 0 and a != x". Only numbers, arithmetic, comparisons, conditions and the functions of
// [Functions] take part. It is read only and safe for concurrent use.
type Formula struct {
	text  string
	names []string // in the order of the function's arguments
	call  *starlark.Function
}

// ParseFormula understands a formula over the names. The error says what is not understood.
func ParseFormula(text string, names []string) (*Formula, error) {
	if len(text) > maxFormula {
		return nil, fmt.Errorf("the formula has %d characters; at most %d are allowed", len(text), maxFormula)
	}
	options := &syntax.FileOptions{}
	expr, err := options.ParseExpr("formula", text, 0)
	if err != nil {
		return nil, complaint(text, err)
	}
	f := &Formula{text: text}
	if err := f.inspect(expr, names); err != nil {
		return nil, err
	}
	source := "lambda " + strings.Join(f.names, ", ") + ": (" + text + "\n)"
	value, err := starlark.EvalOptions(options, &starlark.Thread{}, "formula", source, functions)
	if err != nil {
		return nil, complaint(text, err)
	}
	value.Freeze()
	f.call = value.(*starlark.Function)
	return f, nil
}

// complaint is what Starlark says, without the place in a file that there is not.
func complaint(text string, err error) error {
	message := err.Error()
	if strings.Contains(text, "**") {
		return fmt.Errorf("%q: %s", text, howPowers)
	}
	if syntaxError := (syntax.Error{}); errors.As(err, &syntaxError) {
		message = syntaxError.Msg
	}
	return fmt.Errorf("%q is not understood: %s", text, message)
}

const howPowers = "powers are written pow(x, 2) or x*x"

var operators = []syntax.Token{
	syntax.PLUS, syntax.MINUS, syntax.STAR, syntax.SLASH, syntax.SLASHSLASH, syntax.PERCENT, syntax.LT, syntax.LE, syntax.GT,
	syntax.GE, syntax.EQL, syntax.NEQ, syntax.AND, syntax.OR, syntax.NOT,
}

// inspect refuses what does not belong into a formula, and collects the names that it uses.
func (f *Formula) inspect(expr syntax.Expr, names []string) (err error) {
	refuse := func(format string, args ...any) {
		if err == nil {
			err = fmt.Errorf("%q: "+format, append([]any{f.text}, args...)...)
		}
	}
	operator := func(op syntax.Token) {
		if op == syntax.CIRCUMFLEX || op == syntax.STARSTAR {
			refuse("%s", howPowers)
		} else if !slices.Contains(operators, op) {
			refuse("“%s” does not belong into a formula", op)
		}
	}
	called := map[*syntax.Ident]bool{}
	syntax.Walk(expr, func(n syntax.Node) bool {
		switch n := n.(type) {
		case nil:
		case *syntax.Ident:
			f.name(n.Name, called[n], names, refuse)
		case *syntax.Literal:
			if n.Token != syntax.INT && n.Token != syntax.FLOAT {
				refuse("%s is not a number", n.Raw)
			}
		case *syntax.UnaryExpr:
			operator(n.Op)
		case *syntax.BinaryExpr:
			operator(n.Op)
		case *syntax.CallExpr:
			if id, ok := n.Fn.(*syntax.Ident); ok {
				called[id] = true
			} else {
				refuse("only functions by name can be called")
			}
		case *syntax.ParenExpr, *syntax.CondExpr:
		default:
			refuse("only numbers, names, arithmetic, comparisons, “… if … else …” and functions belong into a formula")
		}
		return err == nil
	})
	return err
}

// name judges one name in a formula.
func (f *Formula) name(name string, called bool, names []string, refuse func(string, ...any)) {
	fn := functions[name]
	_, isConstant := fn.(starlark.Float)
	switch {
	case called && (fn == nil || isConstant):
		refuse("there is no function %s; %s", name, suggest(name, calls()))
	case called || isConstant || name == "True" || name == "False":
	case fn != nil:
		refuse("%s is a function: write %s(…)", name, name)
	case !slices.Contains(names, name):
		refuse("%s is no value; %s", name, suggest(name, names))
	case !slices.Contains(f.names, name):
		f.names = append(f.names, name)
	}
}

// Names are the values that the formula uses.
func (f *Formula) Names() []string { return f.names }

func (f *Formula) String() string { return f.text }

func (f *Formula) eval(values map[string]float64) (starlark.Value, error) {
	args := make(starlark.Tuple, len(f.names))
	for i, name := range f.names {
		v, ok := values[name]
		if !ok {
			return nil, fmt.Errorf("%q: %s has no value here", f.text, name)
		}
		args[i] = starlark.Float(v)
	}
	thread := &starlark.Thread{}
	thread.SetMaxExecutionSteps(maxSteps)
	v, err := starlark.Call(thread, f.call, args, nil)
	if err != nil {
		return nil, fmt.Errorf("%q: %v", f.text, err)
	}
	return v, nil
}

// Value is the formula's number. The error is that there is none: a division by zero, a logarithm of a
// negative number, something that is true or false.
func (f *Formula) Value(values map[string]float64) (float64, error) {
	v, err := f.eval(values)
	if err != nil {
		return 0, err
	}
	number, ok := starlark.AsFloat(v)
	if !ok {
		return 0, fmt.Errorf("%q is %s, not a number", f.text, v)
	}
	if math.IsNaN(number) || math.IsInf(number, 0) {
		return 0, fmt.Errorf("%q is not a finite number", f.text)
	}
	return number, nil
}

// True says whether a condition holds. The error is that it is no condition, or [Formula.Value]'s.
func (f *Formula) True(values map[string]float64) (bool, error) {
	v, err := f.eval(values)
	if err != nil {
		return false, err
	}
	truth, ok := v.(starlark.Bool)
	if !ok {
		return false, fmt.Errorf("%q is %s, not true or false", f.text, v)
	}
	return bool(truth), nil
}

// Functions are the names that every formula knows, sorted.
func Functions() []string { return sortedKeys(functions) }

// calls are the functions among them, without the constants.
func calls() []string {
	return slices.DeleteFunc(Functions(), func(name string) bool { _, constant := functions[name].(starlark.Float); return constant })
}

var functions = starlark.StringDict{
	"pi": starlark.Float(math.Pi), "e": starlark.Float(math.E),
	"exp":     function("exp", 1, 1, func(x []float64) float64 { return math.Exp(x[0]) }),
	"log":     function("log", 1, 1, func(x []float64) float64 { return math.Log(x[0]) }),
	"sqrt":    function("sqrt", 1, 1, func(x []float64) float64 { return math.Sqrt(x[0]) }),
	"sin":     function("sin", 1, 1, func(x []float64) float64 { return math.Sin(x[0]) }),
	"cos":     function("cos", 1, 1, func(x []float64) float64 { return math.Cos(x[0]) }),
	"sigmoid": function("sigmoid", 1, 1, func(x []float64) float64 { return 1 / (1 + math.Exp(-x[0])) }),
	"pow":     function("pow", 2, 2, func(x []float64) float64 { return math.Pow(x[0], x[1]) }),
	"abs":     function("abs", 1, 1, func(x []float64) float64 { return math.Abs(x[0]) }),
	"min":     function("min", 1, 20, slices.Min[[]float64]),
	"max":     function("max", 1, 20, slices.Max[[]float64]),
	"floor":   function("floor", 1, 1, func(x []float64) float64 { return math.Floor(x[0]) }),
	"round":   function("round", 1, 2, round),
}

// round rounds to whole numbers or, with a second argument, to so many digits after the point.
func round(x []float64) float64 {
	if len(x) == 1 {
		return math.Round(x[0])
	}
	v, _ := strconv.ParseFloat(strconv.FormatFloat(x[0], 'f', int(min(max(x[1], 0), 30)), 64), 64)
	return v
}

// function makes a function of numbers with at least lo and at most hi arguments.
func function(name string, lo, hi int, f func(x []float64) float64) *starlark.Builtin {
	return starlark.NewBuiltin(name, func(_ *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
		if len(args) < lo || len(args) > hi || len(kwargs) > 0 {
			return nil, fmt.Errorf("%s takes %d arguments, not %d", name, lo, len(args)+len(kwargs))
		}
		x := make([]float64, len(args))
		for i, arg := range args {
			v, ok := starlark.AsFloat(arg)
			if !ok {
				return nil, fmt.Errorf("%s takes numbers, not %s", name, arg)
			}
			x[i] = v
		}
		v := f(x)
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, fmt.Errorf("%s is not defined at %s", name, strings.Trim(args.String(), "(,)"))
		}
		return starlark.Float(v), nil
	})
}
