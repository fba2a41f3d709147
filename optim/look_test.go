package optim

import (
	"context"
	"math"
	"slices"
	"testing"
)

// lookAt makes ten steps of a method with its defaults on a valley and looks at update k.
func lookAt(t *testing.T, id string, k int) (*Run, Look) {
	t.Helper()
	f, err := Resolve("f", "0.5*x^2 + 5*y^2")
	if err != nil {
		t.Fatal(err)
	}
	m := FindMethod(id)
	v, err := m.Params.Defaults(nil)
	if err != nil {
		t.Fatal(err)
	}
	r := Minimize(context.Background(), f.Objective(), m.New(v), Config{Start: []float64{4, 2}, Eta: m.Eta, Steps: 10})
	return r, r.LookAt(f.Objective(), m.New(v), k)
}

// The scale is what divides the gradient: the first step of these methods is
// η·g/(scale + ε).
func TestLookScale(t *testing.T) {
	for _, id := range []string{"adagrad", "rmsprop", "adam", "amsgrad", "adamax"} {
		r, l := lookAt(t, id, 0)
		if len(l.Scale) != 2 || l.ScaleSymbol == "" {
			t.Errorf("%s: scale %v %q", id, l.Scale, l.ScaleSymbol)
			continue
		}
		for i, g := range r.Gradient(0) {
			want := r.Theta(0)[i] - r.Etas[0]*g/l.Scale[i]
			if got := r.Theta(1)[i]; math.Abs(got-want) > 1e-7*math.Abs(want) { // ε is left out
				t.Errorf("%s: θ₁ is %g, by the scale %g", id, got, want)
			}
		}
	}
	_, l := lookAt(t, "rmsprop", 3)
	if l.ScaleSymbol != "√v₄" {
		t.Errorf("the scale of the fourth update is called %s", l.ScaleSymbol)
	}
}

func TestLookMomentum(t *testing.T) {
	for id, symbol := range map[string]string{"momentum": "b₃", "nesterov": "b₃", "adam": "m₃", "nadam": "m₃", "radam": "m₃", "adamax": "m₃"} {
		r, l := lookAt(t, id, 3)
		if len(l.Momentum) != 2 || l.MomentumSymbol != symbol || !contains(r.State(3), l.Momentum) {
			t.Errorf("%s: momentum %v %q, state %v", id, l.Momentum, l.MomentumSymbol, r.State(3))
		}
		if _, first := lookAt(t, id, 0); first.Momentum != nil {
			t.Errorf("%s remembers something before its first update: %v", id, first.Momentum)
		}
	}
	if _, l := lookAt(t, "gd", 3); l.Momentum != nil || l.Scale != nil || l.Tried != nil || l.Simplex != nil {
		t.Errorf("gradient descent remembers nothing, not %+v", l)
	}
}

func contains(state, part []float64) bool {
	for i := range state[:len(state)-len(part)+1] {
		if slices.Equal(state[i:i+len(part)], part) {
			return true
		}
	}
	return false
}

func TestLookAround(t *testing.T) {
	for _, id := range []string{"linesearch", "cg", "bfgs", "lbfgs"} {
		r, l := lookAt(t, id, 1)
		if !l.Searched || !slices.ContainsFunc(l.Tried, func(p []float64) bool { return Distance(p, r.Theta(2)) < 1e-12 }) {
			t.Errorf("%s: from %v it tried %v and went to %v", id, r.Theta(1), l.Tried, r.Theta(2))
		}
	}
	r, l := lookAt(t, "neldermead", 2)
	if len(l.Simplex) != 3 || !slices.Equal(l.Simplex[0], r.Theta(2)) || len(l.Tried) == 0 || l.Searched {
		t.Errorf("Nelder–Mead at %v: %+v", r.Theta(2), l)
	}
}
