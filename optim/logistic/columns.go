package logistic

import (
	"context"

	"gonum.org/v1/gonum/floats"
)

// dependent is the length, relative to its own, below which what the earlier
// columns leave of a column counts as rounding.
const dependent = 1e-11

// columns splits the columns of the design, in their order, into those that the
// earlier ones do not make up and the rest; the bias comes first and is kept.
// With a penalty every column is kept, for then every weight is determined. The
// error is the context's.
func (m *Model) columns(ctx context.Context) (kept, rest []int, err error) {
	independent := m.l2 > 0
	if !independent {
		if independent, err = m.independent(ctx); err != nil {
			return nil, nil, err
		}
	}
	if !independent {
		return m.orthogonalise(ctx)
	}
	for j := range m.dim {
		kept = append(kept, j)
	}
	return kept, nil, nil
}

// wellConditioned is a condition number of XᵀX, scaled to ones on its diagonal, at
// which no column is within 1e-5 of its length of what the others make up, which is
// far from what rounding could hide.
const wellConditioned = 1e10

// independent tells whether XᵀX alone shows that no column is made up of others. It
// is quick and takes little memory; data that leave doubt are for orthogonalise.
func (m *Model) independent(ctx context.Context) (bool, error) {
	c := newCurvature(m.dim)
	err := m.gram(ctx, c.dense, func(_ int, w []float64) {
		for k := range w {
			w[k] = 1
		}
	})
	return err == nil && c.factorize() && c.chol.Cond() < wellConditioned, err
}

// orthogonalise is columns by the Gram–Schmidt process, done twice for each column,
// since once loses orthogonality when columns are nearly parallel. The context is
// looked at once a column.
func (m *Model) orthogonalise(ctx context.Context) (kept, rest []int, err error) {
	var basis [][]float64
	for j := range m.dim {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		column := make([]float64, m.rows)
		for i := range column {
			column[i] = m.at(i, j)
		}
		length := floats.Norm(column, 2)
		if length == 0 {
			rest = append(rest, j)
			continue
		}
		floats.Scale(1/length, column)
		for range 2 {
			for _, b := range basis {
				floats.AddScaled(column, -floats.Dot(b, column), b)
			}
		}
		left := floats.Norm(column, 2)
		if left <= dependent {
			rest = append(rest, j)
			continue
		}
		floats.Scale(1/left, column)
		basis = append(basis, column)
		kept = append(kept, j)
	}
	return kept, rest, nil
}

// restrict is the model of the given columns alone, the bias first.
func (m *Model) restrict(columns []int) *Model {
	if len(columns) == m.dim {
		return m
	}
	x := make([]float64, 0, m.rows*(len(columns)-1))
	for i := range m.rows {
		for _, j := range columns[1:] {
			x = append(x, m.at(i, j))
		}
	}
	return &Model{x: x, y: m.y, ones: m.ones, rows: m.rows, dim: len(columns), l2: m.l2}
}

// scatter puts the values of the given columns into a vector of length n that is
// 0 elsewhere; nil stays nil.
func scatter(values []float64, columns []int, n int) []float64 {
	if values == nil || len(columns) == n {
		return values
	}
	out := make([]float64, n)
	for k, j := range columns {
		out[j] = values[k]
	}
	return out
}
