package logistic

import (
	"context"
	"math/big"

	"gonum.org/v1/gonum/floats"
)

// maxExact bounds Rows·Dim² for the exact check, which is then done in about a
// second at worst: rational numbers grow with every elimination.
const maxExact = 50_000

// touching looks for quasi-complete separation (A. Albert and J. A. Anderson, On
// the existence of maximum likelihood estimates in logistic regression models,
// Biometrika 71, 1984): a direction d that has the right sign on some rows and is
// exactly 0 on the others, so that J has no minimum although no plane parts the
// classes strictly.
//
// step is Newton's last one. It points the way: θᵀx of the rows that run off
// changes by about 1 each iteration, that of the others hardly at all. d is the
// step moved into the null space of those others, in rational arithmetic, and the
// signs are checked there. Which rows stay is a guess; the check is none.
func (m *Model) touching(ctx context.Context, step []float64) (Optimum, error) {
	if step == nil || !allFinite(step) || m.rows*m.dim*m.dim > maxExact {
		return Optimum{}, ErrUndecided
	}
	space, x := elimination{cols: m.dim}, make([]float64, m.dim)
	for i := range m.rows {
		if err := ctx.Err(); err != nil {
			return Optimum{}, err
		}
		if change := m.score(i, step) * (2*m.y[i] - 1); change < 0.1 {
			space.add(m.withBias(i, x))
		}
	}
	d := space.project(step)
	if !m.exactlySeparates(d) {
		return Optimum{}, ErrUndecided
	}
	direction := make([]float64, m.dim)
	for j, v := range d {
		direction[j], _ = v.Float64()
	}
	floats.Scale(1/floats.Norm(direction, 2), direction)
	if !allFinite(direction) {
		return Optimum{}, ErrUndecided
	}
	return Optimum{Separable: true, Touching: true, Direction: direction}, nil
}

// exactlySeparates tells whether dᵀx is on its label's side or 0 for every row,
// and not 0 for all.
func (m *Model) exactlySeparates(d []*big.Rat) bool {
	moves, x := false, make([]float64, m.dim)
	for i := range m.rows {
		sum, term := new(big.Rat), new(big.Rat)
		for j, v := range m.withBias(i, x) {
			sum.Add(sum, term.Mul(term.SetFloat64(v), d[j]))
		}
		switch sum.Sign() * int(2*m.y[i]-1) {
		case -1:
			return false
		case 1:
			moves = true
		}
	}
	return moves
}

// elimination holds independent rows in reduced form: row k has a 1 in column
// pivots[k], where all others have 0.
type elimination struct {
	cols   int
	rows   [][]*big.Rat
	pivots []int
}

// add takes a row into the span, reducing it by the others and the others by it.
func (e *elimination) add(values []float64) {
	if len(e.rows) == e.cols {
		return
	}
	row := make([]*big.Rat, e.cols)
	for j, v := range values {
		row[j] = new(big.Rat).SetFloat64(v)
	}
	for k, r := range e.rows {
		subtract(row, r, e.pivots[k])
	}
	// The largest pivot keeps project near the vector it is given.
	pivot, largest := 0, new(big.Rat)
	for j, v := range row {
		if size := new(big.Rat).Abs(v); size.Cmp(largest) > 0 {
			pivot, largest = j, size
		}
	}
	if largest.Sign() == 0 {
		return
	}
	inverse := new(big.Rat).Inv(row[pivot])
	for _, v := range row {
		v.Mul(v, inverse)
	}
	for _, r := range e.rows {
		subtract(r, row, pivot)
	}
	e.rows = append(e.rows, row)
	e.pivots = append(e.pivots, pivot)
}

// subtract takes from row the multiple of other that clears column pivot, where
// other has 1.
func subtract(row, other []*big.Rat, pivot int) {
	factor := new(big.Rat).Set(row[pivot])
	if factor.Sign() == 0 {
		return
	}
	term := new(big.Rat)
	for j, v := range other {
		row[j].Sub(row[j], term.Mul(factor, v))
	}
}

// project returns the vector that is 0 on every row of the span and agrees with v
// in the columns without a pivot.
func (e *elimination) project(v []float64) []*big.Rat {
	d := make([]*big.Rat, e.cols)
	for j := range d {
		d[j] = new(big.Rat).SetFloat64(v[j])
	}
	for _, p := range e.pivots {
		d[p] = new(big.Rat)
	}
	term := new(big.Rat)
	for k, p := range e.pivots {
		sum := new(big.Rat)
		for j, r := range e.rows[k] {
			if j != p {
				sum.Sub(sum, term.Mul(r, d[j]))
			}
		}
		d[p] = sum
	}
	return d
}
