package logistic_test

import (
	"testing"

	"descent/optim/dataset"
)

// Every batch of b rows is drawn once, so the formula must hold to rounding.
func TestBatchVarianceByEnumeration(t *testing.T) {
	s, err := dataset.Generate(dataset.Recipe{Shape: dataset.Gaussians, Rows: 5, Cols: 2, Distance: 2, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	m := model(s, 0.7)
	theta := []float64{0.3, -1, 0.5}
	noise := m.Noise(theta)
	gradient := make([]float64, m.Dim())

	// spread is the mean squared distance of the batches' mean gradients from Mean.
	spread := func(batches [][]int) float64 {
		sum := 0.0
		for _, rows := range batches {
			m.EvalRows(rows, theta, gradient)
			for j := range gradient {
				d := gradient[j]/float64(len(rows)) - noise.Mean[j]
				sum += d * d
			}
		}
		return sum / float64(len(batches))
	}
	for b := 1; b <= m.Rows(); b++ {
		if got, want := spread(subsets(m.Rows(), b)), noise.BatchVariance(b, false); !near(got, want, 1e-13) {
			t.Errorf("b = %d without replacement: spread %v, formula %v", b, got, want)
		}
		if got, want := spread(tuples(m.Rows(), b)), noise.BatchVariance(b, true); !near(got, want, 1e-13) {
			t.Errorf("b = %d with replacement: spread %v, formula %v", b, got, want)
		}
	}
}

// subsets lists the sets of b numbers below m.
func subsets(m, b int) [][]int {
	var all [][]int
	for mask := range 1 << m {
		var set []int
		for i := range m {
			if mask>>i&1 == 1 {
				set = append(set, i)
			}
		}
		if len(set) == b {
			all = append(all, set)
		}
	}
	return all
}

// tuples lists the sequences of b numbers below m.
func tuples(m, b int) [][]int {
	all := [][]int{nil}
	for range b {
		var longer [][]int
		for _, tuple := range all {
			for i := range m {
				longer = append(longer, append(tuple[:len(tuple):len(tuple)], i))
			}
		}
		all = longer
	}
	return all
}

func TestNoiseOfIris(t *testing.T) {
	m := iris(0)
	noise := m.Noise(somewhere)
	gradient := make([]float64, m.Dim())
	m.Eval(somewhere, gradient)
	for j := range gradient {
		gradient[j] /= float64(m.Rows())
	}
	if !allNear(noise.Mean, gradient, 1e-14) {
		t.Errorf("mean %v, want %v", noise.Mean, gradient)
	}
	for j := range noise.Dim {
		for k := range noise.Dim {
			if noise.Covariance[j*noise.Dim+k] != noise.Covariance[k*noise.Dim+j] {
				t.Errorf("the covariance is not symmetric in %d, %d", j, k)
			}
		}
	}
}

func TestBatchVarianceOfOneRow(t *testing.T) {
	one := line([]float64{2}, []float64{1}, 0).Noise([]float64{0, 0})
	if got := one.BatchVariance(1, false); got != 0 {
		t.Errorf("the only row has variance %v, want 0", got)
	}
}
