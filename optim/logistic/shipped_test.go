package logistic_test

import (
	"context"
	"math"
	"testing"

	"descent/optim/dataset"
	"descent/optim/logistic"
)

// The figures are NumPy's: Newton's method on the sums, λmax(XᵀX)/4, and the
// condition number of the Hessian at the minimum, on standardised features.
var shipped = []struct {
	id        string
	lipschitz float64
	minima    []minimum
}{
	{"breast-cancer", 1889.3086928011867, []minimum{
		{0.01, 19.216504038030717, 4674.044339909375}, {5.69, 56.66749265079743, 22.91499148577325},
		{1, 37.758945961875966, 85.85917983543825},
	}},
	// With pixels that are the same in all pictures, and so 0 when standardised.
	{"digits-3-8", 763.5657753161602, []minimum{
		{0.01, 0.41319695425754077, 124.9274733909293}, {3.57, 19.95788188746777, 22.123466702937357},
		{1, 9.634394498597604, 36.599715348971785},
	}},
}

type minimum struct{ l2, objective, condition float64 }

func standardised(t testing.TB, id string, l2 float64) *logistic.Model {
	t.Helper()
	raw, ok := dataset.Shipped(id)
	if !ok {
		t.Fatalf("there are no data %s", id)
	}
	s, _ := raw.Scaled(dataset.Standard)
	return model(s, l2)
}

func TestShippedSets(t *testing.T) {
	for _, set := range shipped {
		m := standardised(t, set.id, 0)
		if got := m.Lipschitz(); !near(got, set.lipschitz, 1e-12) {
			t.Errorf("%s: Lipschitz is %v, want %v", set.id, got, set.lipschitz)
		}
		// Both are linearly separable: the proof is a direction that is right on every row.
		separable, err := m.Optimum(context.Background())
		if err != nil || !separable.Separable || separable.Touching || m.Accuracy(separable.Direction) != 1 {
			t.Errorf("%s: %+v, %v; want separable", set.id, separable, err)
		}
		for _, want := range set.minima {
			m := standardised(t, set.id, want.l2)
			got, err := m.Optimum(context.Background())
			if err != nil {
				t.Errorf("%s, λ = %g: %v", set.id, want.l2, err)
				continue
			}
			if !near(got.Objective, want.objective, 1e-11) || !(got.GradientNorm < 1e-12) {
				t.Errorf("%s, λ = %g: J %v, gradient of norm %g; want %v", set.id, want.l2, got.Objective, got.GradientNorm, want.objective)
			}
			if kappa := m.Condition(got.Theta); !near(kappa, want.condition, 1e-9) {
				t.Errorf("%s, λ = %g: condition number %v, want %v", set.id, want.l2, kappa, want.condition)
			}
		}
	}
}

func TestConditionOfConstantColumns(t *testing.T) {
	zeros := make([]float64, 65)
	if got := standardised(t, "digits-3-8", 0).Condition(zeros); !math.IsInf(got, 1) {
		t.Errorf("with columns of zeros the condition number is %v, want +Inf", got)
	}
	// The penalty alone bends along such a column.
	m := standardised(t, "digits-3-8", 2)
	if got, want := m.Condition(zeros), m.Lipschitz()/2; !near(got, want, 1e-9) {
		t.Errorf("the condition number is %v, want L/λ = %v", got, want)
	}
}

// Units do not hide a small eigenvalue: H is diag(1/2, s²/2) at θ = 0.
func TestConditionInUnevenUnits(t *testing.T) {
	for _, unit := range []float64{1e-120, 1e-9, 1, 1e9, 1e120} {
		m := line([]float64{-unit, unit}, []float64{0, 1}, 0)
		want := max(unit*unit, 1/(unit*unit))
		if got := m.Condition([]float64{0, 0}); math.Abs(got-want) > 1e-12*want {
			t.Errorf("unit %g: condition number %v, want %v", unit, got, want)
		}
	}
	huge := line([]float64{1e200, -1e200}, []float64{0, 1}, 0)
	if got := huge.Condition([]float64{0, 0}); !math.IsInf(got, 1) {
		t.Errorf("the condition number is %v where the Hessian overflows, want +Inf", got)
	}
	if got := line([]float64{1, -1}, []float64{0, 1}, 0).Condition([]float64{0, 0}); !near(got, 1, 1e-15) {
		t.Errorf("the condition number of the identity is %v, want 1", got)
	}
}
