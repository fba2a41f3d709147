// Package logistic is logistic regression as an optimization problem: the
// negative log-likelihood (NLL), its derivatives, its minimum where one exists,
// mini-batches, and the runs of batch and stochastic gradient descent.
//
// [New] makes a [Model] of features and labels; [Model.Eval] is J with its
// gradient, [Model.Optimum] where J is least or a proof that it is so nowhere.
// [Train] runs gradient descent, over all rows or over mini-batches ([Batches]),
// and records a [Run]. [Model.Noise] says how far a mini-batch's gradient may be
// from the whole, [Model.Lipschitz] which rates are safe.
//
// # The model
//
// The model says p(y = 1 | x; θ) = σ(θᵀx). Its matrix has one row of features per
// example, row-major; in formulas X has a first column of ones besides, which is
// not stored, so θ[0] is the bias. Labels
// are 0 or 1. Every value and gradient is a sum over rows, as on the slides;
// whoever wants means divides by Rows:
//
//	NLL(θ)  = −Σᵢ yᵢ log σ(θᵀxᵢ) + (1 − yᵢ) log(1 − σ(θᵀxᵢ))
//	J(θ)    = NLL(θ) + λ/2·Σ_{j≥1} θⱼ²           the bias is not penalised
//	∇J(θ)ⱼ  = −Σᵢ (yᵢ − σ(θᵀxᵢ)) xᵢⱼ + λθⱼ·[j ≥ 1]
//
// With zᵢ = θᵀxᵢ for yᵢ = 0 and −θᵀxᵢ for yᵢ = 1, a row's loss is log(1 + exp(zᵢ)),
// computed as max(zᵢ, 0) + log1p(exp(−|zᵢ|)); it is right for any finite zᵢ.
//
// # Conventions
//
// Matrices and records are flat and row-major. Slices are read and not kept, but
// for those that New is given. Outside float64's range values are NaN or ±Inf, and
// a run that diverges is a result. The same seed draws the same batches. Sizes
// that do not fit panic in New and [NewBatches]; [Train] answers an error for a
// [Config] outside its limits, which may come from a reader.
//
// # Sources
//
// The model and its derivatives: C. M. Bishop, Pattern Recognition and Machine
// Learning (2006), section 4.3. Separation: A. Albert and J. A. Anderson,
// Biometrika 71 (1984), 1–10. The proof that a minimum exists: F. Bach, Electronic
// Journal of Statistics 4 (2010), 384–414. The variance of batches: W. G. Cochran,
// Sampling Techniques, 3rd edition (1977), theorem 2.2.
//
// Rows are gone over by the kernels of package kernel, in chunks of a fixed number
// of rows: a few chunks on all cores, a single one on the caller's goroutine. Their
// sums are added in order, so that a result has the same bits whatever the number
// of cores.
//
// The package knows two classes and dense data; it does not scale features
// (package dataset does) and fits no other penalty.
package logistic

import (
	"fmt"
	"math"
)

// Model is J(θ), the NLL of fixed data with an optional L2 penalty. It is
// immutable: its methods keep no state and may run at the same time.
type Model struct {
	x    []float64 // rows×(dim−1): the features, without the ones of the bias
	y    []float64
	ones []uint64 // y in bits, 64 rows to a number: for rows in any order, it stays in the cache
	rows int
	dim  int // of θ: the bias and the features
	l2   float64
}

// New makes the model of x, a row-major matrix of len(y) rows and as many columns
// as there are features, none being allowed, with l2 = λ ≥ 0; 0 is no penalty.
// Neither slice is copied: do not change them afterwards.
//
// It panics when the shapes do not fit, a value is not finite, a label is
// neither 0 nor 1 or l2 is negative: package dataset makes no such data.
func New(x, y []float64, features int, l2 float64) *Model {
	m := &Model{x: x, y: y, rows: len(y), dim: features + 1, l2: l2}
	switch {
	case m.rows < 1 || features < 0 || len(x) != m.rows*features:
		panic(fmt.Sprintf("logistic: %d values are not %d×%d", len(x), m.rows, features))
	case !(l2 >= 0) || math.IsInf(l2, 1):
		panic(fmt.Sprintf("logistic: l2 = %g", l2))
	case !allFinite(x):
		panic("logistic: a feature has a value that is not finite")
	}
	m.ones = make([]uint64, (m.rows+63)/64)
	for i, label := range y {
		switch label {
		case 0:
		case 1:
			m.ones[i/64] |= 1 << (i % 64)
		default:
			panic(fmt.Sprintf("logistic: label %g of row %d is neither 0 nor 1", label, i))
		}
	}
	return m
}

// Dim is the length of θ, the bias included.
func (m *Model) Dim() int { return m.dim }

// Rows is the number of examples.
func (m *Model) Rows() int { return m.rows }

// row is the features of example i.
func (m *Model) row(i int) []float64 {
	n := m.dim - 1
	return m.x[i*n : (i+1)*n : (i+1)*n]
}

// at is the entry of X in row i and column j, column 0 being the bias's.
func (m *Model) at(i, j int) float64 {
	if j == 0 {
		return 1
	}
	return m.x[i*(m.dim-1)+j-1]
}

// withBias stores row i of X in x, the 1 of the bias first.
func (m *Model) withBias(i int, x []float64) []float64 {
	x[0] = 1
	copy(x[1:], m.row(i))
	return x
}

// Eval returns J(θ), summed over all rows, and stores ∇J(θ) in grad unless it is
// nil. Both slices have length Dim. It allocates nothing for up to 4096 rows;
// beyond, it runs on all cores, with the same result to the bit on any number of
// them. When θ is not finite or θᵀx overflows, the result is not finite either.
func (m *Model) Eval(theta, grad []float64) float64 {
	nll, _ := m.pass(m.all(), theta, grad, withLoss)
	return nll + m.penalty(theta, grad, 1)
}

// Gradient stores ∇J(θ) in grad, the same as Eval does, in less time.
func (m *Model) Gradient(theta, grad []float64) {
	m.pass(m.all(), theta, grad, gradientAlone)
	m.penalty(theta, grad, 1)
}

// NLL is the negative log-likelihood over all rows, without the penalty.
func (m *Model) NLL(theta []float64) float64 {
	nll, _ := m.pass(m.all(), theta, nil, withLoss)
	return nll
}

// Accuracy is the share of rows, 0 to 1, on which θ predicts the label; p ≥ 1/2
// predicts 1. The test is θᵀx ≥ 0, which is the same without rounding.
func (m *Model) Accuracy(theta []float64) float64 {
	_, right := m.pass(m.all(), theta, nil, withAccuracy)
	return float64(right) / float64(m.rows)
}

// EvalRows is Eval over the given rows, where a row named twice counts twice.
// The penalty is scaled by len(rows)/Rows, so that the batches of one epoch add
// up to Eval, and the gradient of a random batch is in expectation the full one
// times len(rows)/Rows. It panics when there is no such row.
func (m *Model) EvalRows(rows []int, theta, grad []float64) float64 {
	nll, _ := m.pass(visit{list: rows, count: len(rows)}, theta, grad, withLoss)
	return nll + m.penalty(theta, grad, m.share(len(rows)))
}

// GradientRows stores the gradient over the given rows in grad, the same as
// EvalRows does, in less time.
func (m *Model) GradientRows(rows []int, theta, grad []float64) {
	m.gradientRows(rows, len(rows), theta, grad)
}

// gradientRows is GradientRows over the first count of list; those after them are
// fetched into the cache meanwhile.
func (m *Model) gradientRows(list []int, count int, theta, grad []float64) {
	m.pass(visit{list: list, count: count}, theta, grad, gradientAlone)
	m.penalty(theta, grad, m.share(count))
}

func (m *Model) all() visit { return visit{count: m.rows} }

// share is the part of the penalty that so many rows bear.
func (m *Model) share(rows int) float64 { return float64(rows) / float64(m.rows) }

// score is θᵀxᵢ.
func (m *Model) score(i int, theta []float64) float64 {
	row := m.row(i)
	weights := theta[1 : 1+len(row)]
	sum := theta[0]
	for j, v := range row {
		sum += v * weights[j]
	}
	return sum
}

// penalty returns share·λ/2·Σ_{j≥1} θⱼ² and adds its gradient to grad unless that
// is nil.
func (m *Model) penalty(theta, grad []float64, share float64) float64 {
	if m.l2 == 0 {
		return 0
	}
	weight, sum := share*m.l2, 0.0
	for j := 1; j < m.dim; j++ {
		sum += float64(theta[j] * theta[j])
		if grad != nil {
			grad[j] += float64(weight * theta[j]) // not fused: the same bits on all processors
		}
	}
	return weight / 2 * sum
}

func allFinite(v []float64) bool {
	for _, x := range v {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return false
		}
	}
	return true
}
