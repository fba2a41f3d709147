package logistic

import (
	"context"
	"errors"
	"math"

	"gonum.org/v1/gonum/floats"

	"descent/optim/logistic/kernel"
)

// Optimum is where J is least, or the reason why it is so nowhere.
type Optimum struct {
	// Separable: J falls for ever along Direction and has no minimum. Theta is then
	// nil and the figures are 0.
	Separable bool
	// Direction is a unit vector d with dᵀx ≥ 0 on every row with label 1 and ≤ 0 on
	// every row with label 0, not all of them 0.
	Direction []float64
	// Touching: some rows have dᵀx = 0 for every such d (quasi-complete separation), so
	// that J tends to a positive number instead of 0.
	Touching bool

	Theta        []float64 // the minimiser
	Objective    float64   // J there
	NLL          float64   // the NLL there: Objective without the penalty
	GradientNorm float64   // ‖∇J‖₂ there, a few roundings
	// Free lists the columns whose weight the data leave undetermined, since earlier
	// columns and the bias make them up; their weight in Theta is 0. Always empty
	// when l2 > 0.
	Free []int
}

// ErrUndecided says that neither a minimum nor a direction of separation could
// be proved: the data are within rounding of the border between the two, or too
// large in value or number for the proof.
var ErrUndecided = errors.New("logistic: neither a minimum nor a separation of the classes can be proved within rounding")

// maxNewton bounds Newton's iterations. Data with a minimum take about 10, hard
// ones 25; separable data fewer. Touching data go on until the Hessian is
// singular, after about 30, or, if it never looks so, to this bound.
const maxNewton = 100

// Optimum finds the minimum of J with Newton's method, or a proof that there is
// none. Neither answer is a guess from slow convergence:
//
//   - Separable: the sign of dᵀx has been checked on every row, beyond the rounding
//     of the sum. In the Touching case the rows on the plane are checked in exact
//     arithmetic; data that touch only up to rounding give ErrUndecided.
//   - A minimum exists, strictly near Theta, when λ·R < 1, where λ = (∇ᵀH⁻¹∇)^½ is the
//     Newton decrement and R = max (xᵢᵀH⁻¹xᵢ)^½. For along any d with dᵀHd = 1,
//     φ(t) = J(θ+td) has |φ‴| ≤ R·φ″, so φ″(t) ≥ exp(−Rt) and φ′(∞) ≥ 1/R − λ > 0: J rises
//     at last in every direction (the argument of F. Bach, Self-concordant analysis for
//     logistic regression, Electronic Journal of Statistics 4, 2010).
//
// With l2 > 0 a minimum is missing only if all labels are the same: the bias is
// not penalised. An iteration costs Rows·Dim²; the context is looked at every few
// thousand rows, and its error returned as it is.
func (m *Model) Optimum(ctx context.Context) (Optimum, error) {
	if o, ok := m.oneClass(); ok {
		return o, nil
	}
	kept, free, err := m.columns(ctx)
	if err != nil {
		return Optimum{}, err
	}
	o, err := m.restrict(kept).newton(ctx)
	if err != nil {
		return Optimum{}, err
	}
	o.Free = free
	o.Theta = scatter(o.Theta, kept, m.dim)
	o.Direction = scatter(o.Direction, kept, m.dim)
	return o, nil
}

// oneClass answers for data in which all labels agree: the bias alone separates
// them, whatever the penalty.
func (m *Model) oneClass() (Optimum, bool) {
	for _, label := range m.y {
		if label != m.y[0] {
			return Optimum{}, false
		}
	}
	direction := make([]float64, m.dim)
	direction[0] = 2*m.y[0] - 1
	return Optimum{Separable: true, Direction: direction}, true
}

// newton assumes independent columns and both labels.
func (m *Model) newton(ctx context.Context) (Optimum, error) {
	var (
		theta = make([]float64, m.dim)
		trial = make([]float64, m.dim)
		grad  = make([]float64, m.dim)
		hess  = newCurvature(m.dim)
		value = m.Eval(theta, grad)
		step  []float64
	)
	for range maxNewton {
		if err := ctx.Err(); err != nil {
			return Optimum{}, err
		}
		if m.l2 == 0 && m.separates(theta) {
			floats.Scale(1/floats.Norm(theta, 2), theta)
			return Optimum{Separable: true, Direction: theta}, nil
		}
		if err := m.hessian(ctx, theta, hess.dense); err != nil {
			return Optimum{}, err
		}
		if !hess.factorize() {
			break
		}
		var decrement float64
		step, decrement = hess.newtonStep(grad)
		radius, err := m.radius(ctx, hess)
		if err != nil {
			return Optimum{}, err
		}
		if decrement*radius < 1e-7 {
			// Newton squares λR at each step here: one more leaves only rounding.
			floats.Add(theta, step)
			return m.optimumAt(theta, grad), nil
		}
		length := 1.0
		for ; length > 1e-12; length /= 2 {
			floats.AddScaledTo(trial, theta, length, step)
			// The slack is the rounding of J: without it the last steps look like a rise.
			if v := m.Eval(trial, nil); v <= value-1e-4*length*decrement*decrement+1e-15*value {
				break
			}
		}
		floats.AddScaled(theta, length, step)
		value = m.Eval(theta, grad)
	}
	if m.l2 == 0 {
		return m.touching(ctx, step)
	}
	return Optimum{}, ErrUndecided
}

func (m *Model) optimumAt(theta, grad []float64) Optimum {
	value := m.Eval(theta, grad)
	return Optimum{
		Theta:        theta,
		Objective:    value,
		NLL:          m.NLL(theta),
		GradientNorm: floats.Norm(grad, 2),
	}
}

// separates tells whether θᵀx has the right sign, strictly, on every row: by more
// than the error bound n·u·Σ|θⱼxⱼ| of a sum of n products, doubled.
func (m *Model) separates(theta []float64) bool {
	x := make([]float64, m.dim)
	for i := range m.rows {
		magnitude := 0.0
		for j, v := range m.withBias(i, x) {
			magnitude += math.Abs(v * theta[j])
		}
		margin := m.score(i, theta) * (2*m.y[i] - 1)
		if !(margin > float64(2*m.dim)*0x1p-53*magnitude) {
			return false
		}
	}
	return true
}

// radius is max (xᵢᵀH⁻¹xᵢ)^½ over the rows. The error is the context's, which is looked at
// once a chunk.
func (m *Model) radius(ctx context.Context, hess *curvature) (float64, error) {
	var scores, squares [maxBlock]float64
	root, largest, size := hess.inverseRoot(), 0.0, m.blockRows()
	for from := 0; from < m.rows; from += size {
		if from%chunkRows < size && ctx.Err() != nil {
			return 0, ctx.Err()
		}
		k := min(size, m.rows-from)
		clear(squares[:k])
		for j := range m.dim {
			kernel.Dots(m.x[from*(m.dim-1):], inOrder[:k], nil, root[j*m.dim:(j+1)*m.dim], scores[:k])
			for i, v := range scores[:k] {
				squares[i] += v * v
			}
		}
		largest = max(largest, floats.Max(squares[:k]))
	}
	return math.Sqrt(largest), nil
}
