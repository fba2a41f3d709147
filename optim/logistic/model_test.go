package logistic_test

import (
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
	"gonum.org/v1/gonum/mat"

	"descent/optim/dataset"
	"descent/optim/logistic"
)

var somewhere = []float64{0.5, -0.25, 1, -0.125, 0.3}

func TestDerivativesAgreeWithDifferences(t *testing.T) {
	rows := []int{3, 99, 3, 50}
	for _, l2 := range []float64{0, 2.5} {
		m := iris(l2)
		gradient := make([]float64, m.Dim())
		m.Eval(somewhere, gradient)
		differences := fd.Gradient(nil, func(theta []float64) float64 { return m.Eval(theta, nil) },
			somewhere, &fd.Settings{Formula: fd.Central})
		if !allNear(gradient, differences, 1e-7) {
			t.Errorf("λ = %g: gradient %v, differences %v", l2, gradient, differences)
		}

		m.EvalRows(rows, somewhere, gradient)
		fd.Gradient(differences, func(theta []float64) float64 { return m.EvalRows(rows, theta, nil) },
			somewhere, &fd.Settings{Formula: fd.Central})
		if !allNear(gradient, differences, 1e-7) {
			t.Errorf("λ = %g, some rows: gradient %v, differences %v", l2, gradient, differences)
		}

		hessian := make([]float64, m.Dim()*m.Dim())
		m.Hessian(somewhere, hessian)
		jacobian := mat.NewDense(m.Dim(), m.Dim(), nil)
		fd.Jacobian(jacobian, func(g, theta []float64) { m.Eval(theta, g) },
			somewhere, &fd.JacobianSettings{Formula: fd.Central})
		if !allNear(hessian, jacobian.RawMatrix().Data, 1e-6) {
			t.Errorf("λ = %g: Hessian %v, differences %v", l2, hessian, jacobian.RawMatrix().Data)
		}
	}
}

func TestBiasIsNotPenalised(t *testing.T) {
	m := iris(2)
	theta := []float64{100, 1, 2, 0, 0}
	if got := m.Eval(theta, nil) - m.NLL(theta); !near(got, 5, 1e-12) {
		t.Errorf("the penalty is %v, want 2/2·(1 + 4)", got)
	}
}

func TestBatchesAddUpToTheWhole(t *testing.T) {
	m := iris(2.5)
	whole, part, sum := make([]float64, m.Dim()), make([]float64, m.Dim()), make([]float64, m.Dim())
	want := m.Eval(somewhere, whole)
	batches := logistic.NewBatches(m.Rows(), 7, logistic.Shuffled, 1)
	got := 0.0
	for visited := 0; visited < m.Rows(); {
		rows := batches.Next()
		visited += len(rows)
		got += m.EvalRows(rows, somewhere, part)
		for j := range sum {
			sum[j] += part[j]
		}
	}
	if !near(got, want, 1e-13) || !allNear(sum, whole, 1e-13) {
		t.Errorf("the batches add up to %v, %v; want %v, %v", got, sum, want, whole)
	}
}

// Two rows with θᵀx = 0 exactly: p = 1/2 predicts 1.
func TestAccuracyAtOneHalf(t *testing.T) {
	m := logistic.New([]float64{1, 1}, []float64{0, 1}, 1, 0)
	if got := m.Accuracy([]float64{0, 0}); got != 0.5 {
		t.Errorf("accuracy %v at p = 1/2, want 0.5", got)
	}
	if got := m.Accuracy([]float64{-5e-324, 0}); got != 0.5 {
		t.Errorf("accuracy %v just below p = 1/2, want 0.5", got)
	}
}

func TestEvalAllocatesNothing(t *testing.T) {
	m := iris(1)
	gradient := make([]float64, m.Dim())
	rows := []int{1, 2, 3}
	if n := testing.AllocsPerRun(10, func() {
		m.Eval(somewhere, gradient)
		m.EvalRows(rows, somewhere, gradient)
		m.Accuracy(somewhere)
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// A bound on the curvature that did not hold would make a "safe" η diverge. At
// θ = 0 it is reached.
func TestLipschitzBoundsTheHessian(t *testing.T) {
	m := iris(0.5)
	hessian := make([]float64, m.Dim()*m.Dim())
	for _, theta := range [][]float64{make([]float64, 5), somewhere, {3, 1, -2, 0, 9}} {
		m.Hessian(theta, hessian)
		var eigen mat.EigenSym
		if !eigen.Factorize(mat.NewSymDense(5, hessian), false) {
			t.Fatal("no eigenvalues")
		}
		if largest := slices.Max(eigen.Values(nil)); largest > m.Lipschitz()*(1+1e-14) {
			t.Errorf("at %v the largest eigenvalue is %v, above %v", theta, largest, m.Lipschitz())
		}
	}
	// gonum's eigenvalue solver panics on XᵀX itself here.
	uneven := logistic.New([]float64{1e60, 9.999999999999998e-121, 2.0000000000000006e130}, []float64{1}, 3, 0)
	if got := uneven.Lipschitz(); !near(got, 1e260, 1e-12) {
		t.Errorf("Lipschitz is %v for a feature of 2e130, want 1e260", got)
	}
	huge := logistic.New([]float64{1e200}, []float64{1}, 1, 0)
	if got := huge.Lipschitz(); !math.IsInf(got, 1) {
		t.Errorf("Lipschitz is %v where XᵀX overflows, want +Inf", got)
	}
}

func TestNewPanics(t *testing.T) {
	for name, make := range map[string]func(){
		"no rows":         func() { logistic.New(nil, nil, 1, 0) },
		"shape":           func() { logistic.New([]float64{2, 1, 3}, []float64{0, 1}, 2, 0) },
		"label":           func() { logistic.New(nil, []float64{0.5}, 0, 0) },
		"NaN":             func() { logistic.New([]float64{math.NaN()}, []float64{0}, 1, 0) },
		"negative l2":     func() { logistic.New(nil, []float64{0}, 0, -1) },
		"infinite l2":     func() { logistic.New(nil, []float64{0}, 0, math.Inf(1)) },
		"batch too large": func() { logistic.NewBatches(3, 4, logistic.Shuffled, 0) },
		"empty batch":     func() { logistic.NewBatches(3, 0, logistic.Shuffled, 0) },
		"unknown order":   func() { logistic.NewBatches(3, 1, "sorted", 0) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			make()
		})
	}
}

func BenchmarkEval(b *testing.B) {
	m := iris(0)
	gradient := make([]float64, m.Dim())
	b.ReportAllocs()
	for b.Loop() {
		m.Eval(somewhere, gradient)
	}
}

func clouds(t testing.TB, rows int, distance float64) *logistic.Model {
	t.Helper()
	s, err := dataset.Generate(dataset.Recipe{Shape: dataset.Gaussians, Rows: rows, Cols: 2, Distance: distance, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	return model(s, 0)
}
