package views

import (
	"descent/lessons/cell"
	"descent/optim/expr"
)

// formulaOf is the typed formula behind a result, or nil.
func formulaOf(result cell.Result) *expr.Expr {
	switch r := result.(type) {
	case *cell.Objective:
		return r.Function.Expr
	case *cell.Slope:
		return r.Function.Expr
	case *cell.Function:
		return r.Function.Expr
	case *cell.Descent:
		return r.Function.Expr
	case *cell.Compare:
		return r.Function.Expr
	case *cell.Sweep:
		return r.Function.Expr
	case *cell.Basins:
		return r.Function.Expr
	}
	return nil
}
