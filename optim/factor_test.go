package optim

import (
	"context"
	"fmt"
	"math"
	"math/cmplx"
	"testing"

	"gonum.org/v1/gonum/mat"

	"descent/optim/param"
)

// factorCases are methods with a theory on quadratics.
var factorCases = []struct {
	id  string
	set map[string]string
}{
	{"gd", nil}, {"gd", map[string]string{"weight_decay": "0.5"}},
	{"momentum", nil}, {"momentum", map[string]string{"momentum": "0.5"}}, {"momentum", map[string]string{"momentum": "0"}},
	{"momentum", map[string]string{"momentum": "0.8", "dampening": "0.25", "weight_decay": "0.3"}},
	{"nesterov", nil}, {"nesterov", map[string]string{"momentum": "0.5", "weight_decay": "0.3"}},
	{"newton", nil}, {"newton", map[string]string{"damping": "0.5", "weight_decay": "0.1"}},
}

// companion is the matrix of one update of θ and memory on ½λθ², found by
// making it from unit vectors: the second update, since the first is special.
func companion(rule Rule, eta, lambda float64) *mat.Dense {
	f, err := Resolve("f", param.Format(lambda/2)+"*x^2")
	if err != nil {
		panic(err)
	}
	obj := f.Objective()
	n := 1 + memoryLen(rule.Memory(1))
	m := mat.NewDense(n, n, nil)
	for j := range n {
		p, state, grad := newPoint(obj), make([]float64, n), make([]float64, 1)
		state[j] = 1
		p.K, p.Theta, p.Gradient, p.Eta = 1, state[:1], grad, eta
		p.Loss = obj.Eval(p.Theta, grad)
		rule.Step(p, state[1:])
		m.SetCol(j, state)
	}
	return m
}

// The stated factor is the largest eigenvalue of the update's matrix, as
// gonum finds it.
func TestFactorIsTheSpectralRadius(t *testing.T) {
	for _, tt := range factorCases {
		m := FindMethod(tt.id)
		v, err := m.Params.Defaults(tt.set)
		if err != nil {
			t.Fatal(err)
		}
		for _, lambda := range []float64{0.25, 1, 10} {
			for _, eta := range []float64{0.001, 0.03, 0.1, 0.19, 0.5, 1.3} {
				var eigen mat.Eigen
				if !eigen.Factorize(companion(m.New(v), eta, lambda), mat.EigenNone) {
					t.Fatal("no eigenvalues")
				}
				want := 0.0
				for _, z := range eigen.Values(nil) {
					want = max(want, cmplx.Abs(z))
				}
				// Near a double root an eigenvalue keeps half of the digits.
				if got := m.Factor(v, eta, lambda); math.Abs(got-want) > 1e-7*(1+want) {
					t.Errorf("%s %v, η = %g, λ = %g: factor %v, eigenvalues say %v", tt.id, tt.set, eta, lambda, got, want)
				}
			}
		}
	}
}

// Long runs shrink by the factor: over 160 steps the mean ratio agrees within
// two percent, which leaves room for the swing of complex roots and for roots
// that are almost double.
func TestFactorIsWhatRunsDo(t *testing.T) {
	for _, tt := range factorCases {
		m := FindMethod(tt.id)
		v, _ := m.Params.Defaults(tt.set)
		for _, eta := range []float64{0.03, 0.1, 1.9} {
			factor := m.Factor(v, eta, 1)
			if factor < 0.05 || factor > 2 {
				continue // at rest, or far away, before the steps are made
			}
			run := Minimize(context.Background(), resolve(t, "0.5x^2").Objective(), m.New(v), Config{Start: []float64{1}, Eta: eta, Steps: 240})
			size := func(from int) (most float64) { // of a swing
				for k := from; k < from+40; k++ {
					most = max(most, math.Abs(run.Theta(k)[0]))
				}
				return most
			}
			// Start late enough for the smaller root to be gone.
			if got := math.Pow(size(200)/size(40), 1.0/160); math.Abs(got-factor) > 0.02*factor {
				t.Errorf("%s %v, η = %g: a step multiplies by %v, the factor is %v", tt.id, tt.set, eta, got, factor)
			}
		}
	}
}

// At the stable rate the factor passes 1; there, and not before, runs grow.
func TestStableEta(t *testing.T) {
	f := resolve(t, "0.5*(x^2 + 10*y^2)")
	for _, tt := range factorCases {
		m := FindMethod(tt.id)
		v, err := m.Params.Defaults(tt.set)
		if err != nil {
			t.Fatal(err)
		}
		limit := m.StableEta(v, 10)
		if got := m.Factor(v, limit, 10); math.Abs(got-1) > 1e-12 {
			t.Errorf("%s %v: the factor at the bound is %v, want 1", tt.id, tt.set, got)
		}
		for _, side := range []struct {
			factor float64
			grows  bool
		}{{0.98, false}, {1.02, true}} {
			run := Minimize(context.Background(), f.Objective(), m.New(v), Config{Start: []float64{1, 1}, Eta: limit * side.factor, Steps: 1500})
			if grows := run.Losses[run.Len()-1] > run.Losses[0]; grows != side.grows {
				t.Errorf("%s %v at %g times the bound: grows is %v", tt.id, tt.set, side.factor, grows)
			}
		}
	}
	// The heavy ball that forgets nothing never settles. Nesterov's step damps by
	// itself: with μ = 1 the roots' product is 1 − ηλ, and the bound is 4/3.
	v, _ := FindMethod("momentum").Params.Defaults(map[string]string{"momentum": "1"})
	if got := FindMethod("momentum").StableEta(v, 1); got != 0 {
		t.Errorf("momentum that forgets nothing: bound %v, want 0", got)
	}
	nesterov := FindMethod("nesterov")
	v, _ = nesterov.Params.Defaults(map[string]string{"momentum": "1"})
	if got := nesterov.StableEta(v, 1); math.Abs(got-4.0/3) > 1e-15 || !(nesterov.Factor(v, 0.99*got, 1) < 1) || !(nesterov.Factor(v, 1.01*got, 1) > 1) || !(nesterov.Factor(v, 0.01, 1) < 1) {
		t.Errorf("nesterov that forgets nothing: bound %v, factors %v and %v beside it", got, nesterov.Factor(v, 0.99*got, 1), nesterov.Factor(v, 1.01*got, 1))
	}
}

func ExampleMethod() {
	m := FindMethod("momentum")
	v, _ := m.Params.Defaults(map[string]string{"momentum": "0.5"})
	// On ½·10·x² the heavy ball is stable below 2(1 + ½)/10.
	fmt.Printf("%.2f %.2f\n", m.StableEta(v, 10), m.Factor(v, 0.1, 10))
	// Output: 0.30 0.71
}
