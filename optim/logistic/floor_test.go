package logistic_test

import (
	"context"
	"math"
	"testing"

	"descent/optim/logistic"
)

// Long runs from the minimum stay as far above it as Floor says, and half the
// rate or twice the batch halves that.
func TestFloor(t *testing.T) {
	m := clouds(t, 200, 2)
	best, err := m.Optimum(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	noise := m.Noise(best.Theta)
	excess := func(eta float64, batch, every int, order logistic.Order) float64 {
		run := train(t, m, logistic.Config{Eta: eta, Mean: true, Batch: batch, Order: order, Seed: 5, Updates: 40_000, Every: every, Theta0: best.Theta})
		sum := 0.0
		for _, s := range run.Steps[run.Len()/4:] {
			sum += s.Objective - best.Objective
		}
		return sum / float64(run.Len()-run.Len()/4) / float64(m.Rows())
	}
	for _, c := range []struct {
		eta   float64
		batch int
	}{{0.2, 1}, {0.1, 1}, {0.2, 4}} {
		got, want := excess(c.eta, c.batch, 20, logistic.Replacement), noise.Floor(c.eta, c.batch)
		if math.Abs(got/want-1) > 0.2 {
			t.Errorf("η = %g, b = %d: %.3g above the minimum, theory says %.3g", c.eta, c.batch, got, want)
		}
	}
	// At the end of an epoch each row has been seen as often as any other.
	if got, want := excess(0.02, 1, m.Rows(), logistic.Shuffled), noise.Floor(0.02, 1); got > want/4 {
		t.Errorf("shuffled rows stay %.3g above the minimum, drawn ones %.3g", got, want)
	}
}
