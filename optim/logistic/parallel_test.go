package logistic_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"runtime"
	"slices"
	"sync/atomic"
	"testing"

	"descent/optim/logistic"
)

// wide is a model of several chunks and of a number of features that is no
// multiple of a vector's.
func wide(rows, features int, l2 float64) *logistic.Model {
	rng := rand.New(rand.NewPCG(11, 0))
	x, y := make([]float64, rows*features), make([]float64, rows)
	for i := range y {
		sum := 0.0
		for j := range features {
			v := rng.NormFloat64()
			x[i*features+j] = v
			sum += v
		}
		if sum+2*rng.NormFloat64() > 0 {
			y[i] = 1
		}
	}
	return logistic.New(x, y, features, l2)
}

func TestSameBitsOnAnyNumberOfCores(t *testing.T) {
	const rows = 20_011
	m := wide(rows, 7, 0.5)
	theta := []float64{0.1, 1, -2, 0.5, 0, 3, -0.25, 0.75}
	list := make([]int, rows)
	for k := range list {
		list[k] = (k * 7919) % rows
	}
	all := func() []float64 {
		grad, hessian := make([]float64, m.Dim()), make([]float64, m.Dim()*m.Dim())
		figures := []float64{m.Eval(theta, grad), m.NLL(theta), m.Accuracy(theta), m.Lipschitz(), m.Condition(theta)}
		figures = append(figures, grad...)
		figures = append(figures, m.EvalRows(list, theta, grad))
		figures = append(figures, grad...)
		m.Hessian(theta, hessian)
		noise := m.Noise(theta)
		optimum, err := m.Optimum(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		return slices.Concat(figures, hessian, noise.Mean, noise.Covariance, optimum.Theta)
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	want := all()
	for _, cores := range []int{2, 5} {
		runtime.GOMAXPROCS(cores)
		if got := all(); !slices.Equal(got, want) {
			t.Errorf("%d cores: %v, one core: %v", cores, got, want)
		}
	}
}

// Over several chunks, the sums are those of the rows one by one.
func TestChunksAddUp(t *testing.T) {
	for _, rows := range []int{1, 3, 4, 5, 127, 129, 4095, 4097, 9001} {
		for _, features := range []int{0, 1, 5, 33} {
			m := wide(rows, features, 0.5)
			theta := make([]float64, m.Dim())
			for j := range theta {
				theta[j] = float64(j%5) / 4
			}
			whole, part, sum := make([]float64, m.Dim()), make([]float64, m.Dim()), make([]float64, m.Dim())
			want := 0.0
			for i := range rows {
				want += m.EvalRows([]int{i}, theta, part)
				for j, v := range part {
					sum[j] += v
				}
			}
			if got := m.Eval(theta, whole); !near(got, want, 1e-12) || !allNear(whole, sum, 1e-10) {
				t.Errorf("%d×%d: J %v, gradient %v; row by row %v, %v", rows, features, got, whole, want, sum)
			}
			m.Gradient(theta, part)
			if !slices.Equal(part, whole) {
				t.Errorf("%d×%d: Gradient and Eval differ", rows, features)
			}
			noise := m.Noise(theta)
			for j, v := range whole {
				if !near(noise.Mean[j], v/float64(rows), 1e-12) {
					t.Errorf("%d×%d: the mean gradient is %v, want %v", rows, features, noise.Mean[j], v/float64(rows))
				}
			}
		}
	}
}

func TestRowsThatDoNotExist(t *testing.T) {
	m := wide(5000, 3, 0)
	theta := make([]float64, m.Dim())
	long := make([]int, 5000)
	long[4999] = 5000
	for name, rows := range map[string][]int{"after the last": {0, 5000}, "negative": {-1}, "in a long list": long} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			m.EvalRows(rows, theta, nil)
		})
	}
}

// countdown is cancelled after it has been asked so many times.
type countdown struct {
	context.Context
	left int32
}

func (c *countdown) Err() error {
	if atomic.AddInt32(&c.left, -1) < 0 {
		return context.Canceled
	}
	return nil
}

// The first iteration alone asks more often than nine times.
func TestLongPassesLookAtTheContext(t *testing.T) {
	ctx := &countdown{Context: context.Background(), left: 9}
	if _, err := wide(20_000, 5, 0).Optimum(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
}
