package optim

import (
	"slices"
	"strings"
	"unicode"

	"descent/optim/expr"
)

// Quadratic reports whether J is a quadratic by its formula: the entries of its
// Hessian are constants and its gradient has no kink. A formula whose
// derivatives do not show it is not counted.
func (f *Function) Quadratic() bool { return f.quadratic() }

func (f *Function) findQuadratic() bool {
	// Most functions are told apart by two points, sooner than by symbols.
	if !slices.Equal(f.Hessian([]float64{0.739085, -1.202057}[:f.Dim()]), f.Hessian([]float64{-2.718282, 0.577216}[:f.Dim()])) {
		return false
	}
	for _, g := range f.GradientExprs() {
		if mentions(g, "sign", "step", "abs", "min", "max", "relu") {
			return false
		}
	}
	variables := f.Expr.Variables()
	for _, row := range f.HessianExprs() {
		for _, entry := range row {
			if mentions(entry, variables...) {
				return false
			}
		}
	}
	return true
}

// mentions reports whether one of these names occurs in a formula.
func mentions(e *expr.Expr, names ...string) bool {
	apart := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	for word := range strings.FieldsFuncSeq(e.String(), apart) {
		if slices.Contains(names, word) {
			return true
		}
	}
	return false
}
