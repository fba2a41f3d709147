package export

import (
	"strings"

	"descent/optim"
	"descent/optim/expr"
)

// formulas are an objective and its derivatives, printed in one language.
type formulas struct {
	Arguments string     // "x, y"
	Value     string     // J
	Gradient  []string   // nil where the program has no use for it
	Hessian   [][]string // likewise
	Prelude   string     // functions that the formulas call
	Dim       int
	Vector    bool // the program has vectors
}

// formulasOf prints J, and the derivatives where they are wanted.
func formulasOf(f *optim.Function, python, vector, gradient, hessian bool) *formulas {
	write, prelude := (*expr.Expr).Go, expr.GoPrelude
	if python {
		write, prelude = (*expr.Expr).Python, expr.PythonPrelude
	}
	all := []*expr.Expr{f.Expr}
	out := &formulas{Arguments: strings.Join(f.Expr.Identifiers(), ", "), Value: write(f.Expr), Dim: f.Dim(), Vector: vector}
	if gradient {
		for _, g := range f.GradientExprs() {
			out.Gradient = append(out.Gradient, write(g))
			all = append(all, g)
		}
	}
	if hessian {
		for _, row := range f.HessianExprs() {
			var texts []string
			for _, h := range row {
				texts = append(texts, write(h))
				all = append(all, h)
			}
			out.Hessian = append(out.Hessian, texts)
		}
	}
	out.Prelude = prelude(all...)
	return out
}
