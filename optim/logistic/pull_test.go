package logistic

import (
	"math"
	"testing"
)

func smallModel(l2 float64) *Model {
	x := []float64{0.5, -1, 2, 0.3, -1.5, 0.2, 1, 1, -0.4, -2}
	return New(x, []float64{0, 1, 0, 1, 1}, 2, l2)
}

// The pulls add up to minus the gradient.
func TestPullsAddUp(t *testing.T) {
	m, theta, grad := smallModel(0), []float64{0.3, -1.2, 0.7}, make([]float64, 3)
	nll := m.Eval(theta, grad)
	sum, loss := make([]float64, 3), 0.0
	for i := range m.Rows() {
		p := m.Pull(i, theta)
		length := 0.0
		for j := range sum {
			sum[j] += p.Mistake * m.At(i, j)
			length += m.At(i, j) * m.At(i, j)
		}
		loss += p.Loss
		if want := math.Abs(p.Mistake) * math.Sqrt(length); math.Abs(p.Size-want) > 1e-14 {
			t.Errorf("row %d: size %g, want %g", i, p.Size, want)
		}
		if got := m.y[i] - p.P; math.Abs(got-p.Mistake) > 1e-15 {
			t.Errorf("row %d: y − p = %g, mistake %g", i, got, p.Mistake)
		}
	}
	for j := range sum {
		if math.Abs(sum[j]+grad[j]) > 1e-14 {
			t.Errorf("pull %d sums to %g, gradient %g", j, sum[j], grad[j])
		}
	}
	if math.Abs(loss-nll) > 1e-14 {
		t.Errorf("losses sum to %g, NLL %g", loss, nll)
	}
}

// Far from the boundary a mistake keeps its digits.
func TestPullOfASureRow(t *testing.T) {
	m := New([]float64{100}, []float64{1}, 1, 0)
	if got, want := m.Pull(0, []float64{0, 1}).Mistake, math.Exp(-100); math.Abs(got/want-1) > 1e-12 {
		t.Errorf("mistake %g, want %g", got, want)
	}
}

func TestPlaneIsEval(t *testing.T) {
	xs, ys := []float64{-3, 0, 2, 900}, []float64{-1, 0.5, 40}
	for _, l2 := range []float64{0, 0.7} {
		m := smallModel(l2)
		for _, jk := range [][2]int{{1, 2}, {2, 0}, {0, 1}} {
			theta := []float64{0.3, -1.2, 0.7}
			values := m.Plane(theta, jk[0], jk[1], xs, ys)
			for b, y := range ys {
				for a, x := range xs {
					at := append([]float64(nil), theta...)
					at[jk[0]], at[jk[1]] = x, y
					want, got := m.Eval(at, nil), values[b*len(xs)+a]
					if math.Abs(got-want) > 1e-13*(1+want) {
						t.Errorf("weights %v at (%g, %g), λ = %g: %g, want %g", jk, x, y, l2, got, want)
					}
				}
			}
		}
	}
}

func TestCondition(t *testing.T) {
	// Two rows on each axis: the Hessian at 0 is ¼·diag(4, 2a², 2).
	m := New([]float64{3, 0, -3, 0, 0, 1, 0, -1}, []float64{0, 1, 1, 0}, 2, 0)
	if got, want := m.Condition([]float64{0, 0, 0}), 9.0; math.Abs(got-want) > 1e-12 {
		t.Errorf("κ = %g, want %g", got, want)
	}
	// A column twice: singular.
	m = New([]float64{1, 1, -2, -2, 3, 3}, []float64{0, 1, 0}, 2, 0)
	if got := m.Condition([]float64{0, 0, 0}); !math.IsInf(got, 1) {
		t.Errorf("κ = %g of a singular Hessian", got)
	}
}
