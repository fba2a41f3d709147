package optim

import (
	"context"
	"math"
	"slices"
	"testing"

	"descent/optim/param"
)

// A chain is Rosenbrock's function in any number of variables,
// Σ (1 − θᵢ)² + 100(θᵢ₊₁ − θᵢ²)², and (1 − θ)² in one. It counts its
// evaluations and can run a hook before each.
type chain struct {
	dim, evaluations int
	before           func()
}

func (c *chain) Dim() int { return c.dim }

func (c *chain) Eval(theta, grad []float64) float64 {
	c.evaluations++
	if c.before != nil {
		c.before()
	}
	loss := 0.0
	clear(grad)
	for i, x := range theta {
		if i == len(theta)-1 {
			if i == 0 {
				loss += (1 - x) * (1 - x)
				if grad != nil {
					grad[i] -= 2 * (1 - x)
				}
			}
			break
		}
		a, b := 1-x, theta[i+1]-x*x
		loss += a*a + 100*b*b
		if grad != nil {
			grad[i] += -2*a - 400*x*b
			grad[i+1] += 200 * b
		}
	}
	return loss
}

func (c *chain) Hessian(theta, out []float64) {
	n := c.dim
	clear(out)
	if n == 1 {
		out[0] = 2
	}
	for i := range n - 1 {
		x := theta[i]
		out[i*n+i] += 2 - 400*(theta[i+1]-3*x*x)
		out[i*n+i+1], out[(i+1)*n+i] = -400*x, -400*x
		out[(i+1)*n+i+1] += 200
	}
}

// far is −1.2, 1, −1.2, …
func far(dim int) []float64 {
	start := make([]float64, dim)
	for i := range start {
		start[i] = 1 - 2.2*float64((i+1)%2)
	}
	return start
}

func defaultRule(m *Method) Rule {
	v, err := m.Params.Defaults(nil)
	if err != nil {
		panic(err) // tested
	}
	return m.New(v)
}

// calm is a rate at which a method does not blow up on a chain.
func calm(m *Method) float64 {
	if m.Eta < 1 {
		return 1e-3
	}
	return m.Eta
}

// Every entry says what a page needs.
func TestMethodsAreDescribed(t *testing.T) {
	ids := map[string]bool{}
	check := func(id, title, formula, source string, params param.Table) {
		if title == "" || formula == "" || source == "" || ids[id] {
			t.Errorf("%s lacks a title, a formula, a source or an id of its own", id)
		}
		ids[id] = true
		if _, err := params.Defaults(nil); err != nil {
			t.Errorf("%s: %v", id, err)
		}
		for _, p := range params {
			if p.Label == "" || p.Help == "" || p.Symbol == "" && p.Type != param.Flag || p.Min >= p.Max && p.Type != param.Flag {
				t.Errorf("%s: %s lacks a label, a symbol, a help or a range", id, p.Name)
			}
		}
	}
	for _, m := range Methods {
		check(m.ID, m.Title, m.Formula, m.Source, m.Params)
		if m.Params.Lookup("weight_decay") == nil || m.Eta <= 0 || FindMethod(m.ID) != m {
			t.Errorf("%s: no weight decay, no learning rate to begin with, or not found", m.ID)
		}
		if (m.StableEta == nil) != (m.Factor == nil) {
			t.Errorf("%s has one of bound and factor", m.ID)
		}
	}
	for _, s := range Schedules {
		check("schedule "+s.ID, s.Title, s.Formula, s.Source, s.Params)
		if FindSchedule(s.ID) != s {
			t.Errorf("schedule %s is not found", s.ID)
		}
	}
	if FindMethod("sgd") != nil || FindSchedule("") != nil {
		t.Error("something that does not exist was found")
	}
}

// With its own first rate each method makes headway on the bowl of the lab.
func TestMethodsBeginWell(t *testing.T) {
	f := resolve(t, "quadratic")
	for _, m := range Methods {
		run := Minimize(context.Background(), f.Objective(), defaultRule(m), Config{Start: f.Start, Eta: m.Eta, Steps: 100})
		goal := 0.05
		if m.ID == "adadelta" {
			goal = 12.9 // its steps begin at √ε; that it crawls is what it shows
		}
		if got := run.Losses[run.Len()-1]; !(got < goal) {
			t.Errorf("%s with η = %g comes to J = %g in 100 steps, want below %g", m.ID, m.Eta, got, goal)
		}
	}
}

// No step allocates, in one, two and five dimensions.
func TestStepsDoNotAllocate(t *testing.T) {
	for _, m := range Methods {
		for _, dim := range []int{1, 2, 5} {
			rule, obj := defaultRule(m), &chain{dim: dim}
			p := newPoint(obj)
			p.Theta, p.Gradient, p.Eta = far(dim), make([]float64, dim), calm(m)
			state := make([]float64, memoryLen(rule.Memory(dim)))
			allocations := testing.AllocsPerRun(50, func() {
				p.Loss = obj.Eval(p.Theta, p.Gradient)
				rule.Step(p, state)
				p.K++
			})
			if allocations > 0 {
				t.Errorf("%s in %d dimensions: %v allocations a step", m.ID, dim, allocations)
			}
		}
	}
}

// A run continued from any of its records gives the same bits, in any
// dimension.
func TestReplay(t *testing.T) {
	for _, m := range Methods {
		for _, dim := range []int{1, 2, 5} {
			rule, obj := defaultRule(m), &chain{dim: dim}
			run := Minimize(context.Background(), obj, rule, Config{Start: far(dim), Eta: calm(m), Steps: 50})
			for k := range run.Len() - 1 {
				theta, state := run.Replay(obj, rule, k)
				if !slices.Equal(theta, run.Theta(k+1)) || !slices.Equal(state, run.State(k+1)) {
					t.Fatalf("%s: step %d replayed gives %v %v, recorded %v %v", m.ID, k, theta, state, run.Theta(k+1), run.State(k+1))
				}
			}
		}
	}
}

// The second-order methods reach the minimum in five dimensions too.
func TestHigherDimensions(t *testing.T) {
	for id, steps := range map[string]int{"newton": 100, "cg": 300, "bfgs": 150, "lbfgs": 150, "neldermead": 1500} {
		for _, dim := range []int{1, 2, 5} {
			start := make([]float64, dim)
			for i := range start {
				start[i] = 0.5 // near the global minimum; the chain has a local one from dim 4 on
			}
			run := Minimize(context.Background(), &chain{dim: dim}, defaultRule(FindMethod(id)), Config{Start: start, Eta: 1, Steps: steps, Tol: 1e-7})
			for _, x := range run.Theta(run.Len() - 1) {
				if math.Abs(x-1) > 1e-6 {
					t.Errorf("%s in %d dimensions ends at %v (%v)", id, dim, run.Theta(run.Len()-1), run.Stop)
					break
				}
			}
		}
	}
}

// After the context has ended a run makes at most checkEvery steps more; the
// line searches here look some ten times a step.
func TestCancelledRunsStop(t *testing.T) {
	for _, m := range Methods {
		ctx, cancel := context.WithCancel(context.Background())
		obj := &chain{dim: 2}
		obj.before = func() {
			if obj.evaluations == 50 {
				cancel()
			}
		}
		run := Minimize(ctx, obj, defaultRule(m), Config{Start: far(2), Eta: 1e-4, Steps: 100000})
		if after := obj.evaluations - 50; run.Stop.Reason != Cancelled || after > 20*checkEvery {
			t.Errorf("%s: %v, %d evaluations after the context had ended", m.ID, run.Stop, after)
		}
		if run.Evaluations != obj.evaluations {
			t.Errorf("%s counts %d evaluations of %d", m.ID, run.Evaluations, obj.evaluations)
		}
	}
}

// Wherever a run blows up it ends with the first step that is not finite.
func TestBlowUpsEndTheRun(t *testing.T) {
	tests := []struct {
		f     string
		start []float64
		eta   float64
	}{
		{"rosenbrock", []float64{-1.2, 1}, 1e3}, {"x^2 + y^2", []float64{1e308, -1e308}, 1},
		{"log(x) + y^2", []float64{1e-3, 1}, 1}, {"sqrt(x)*sqrt(y)", []float64{1, 1}, 1e3},
		{"exp(x) + exp(y)", []float64{700, 700}, 1}, {"-x^2 - y^4", []float64{1, 1}, 1},
		{"x", []float64{0}, 1e3}, {"x^3", []float64{-1}, 1}, {"1/x", []float64{-1e-200}, 1e3},
		{"log(x)", []float64{-1}, 1}, {"abs(x)", []float64{0}, 1}, {"x^4", []float64{0}, 1}, {"0*x", []float64{2}, 1},
	}
	for _, m := range Methods {
		for _, tt := range tests {
			run := Minimize(context.Background(), resolve(t, tt.f).Objective(), defaultRule(m), Config{Start: tt.start, Eta: tt.eta, Steps: 200})
			checkFinite(t, run)
		}
	}
}

// checkFinite says that all steps but the last are finite, and the last one
// too unless the run diverged.
func checkFinite(t *testing.T, run *Run) {
	t.Helper()
	for k := range run.Len() {
		ok := finite(run.Losses[k]) && allFinite(run.Theta(k))
		if want := k < run.Len()-1 || run.Stop.Reason != Diverged; ok != want {
			t.Errorf("step %d of %d: J = %v at %v, and the run ended %v", k, run.Len()-1, run.Losses[k], run.Theta(k), run.Stop)
			return
		}
	}
}

// Weight decay λ pulls every method but AdamW to the minimum of
// J + λ/2·‖θ‖², here of ½(θ − 3)² + ½θ²: at 1.5.
func TestWeightDecayMovesTheMinimum(t *testing.T) {
	f := resolve(t, "0.5*(x-3)^2")
	for _, m := range Methods {
		if m.ID == "adamw" || m.ID == "adadelta" { // another fixed point; too slow
			continue
		}
		run := Minimize(context.Background(), f.Objective(), newRule(t, m.ID, map[string]string{"weight_decay": "1"}), Config{Start: []float64{0}, Eta: m.Eta, Steps: 2000})
		// The adaptive ones swing around it by less than η.
		if got := run.Theta(run.Len() - 1)[0]; math.Abs(got-1.5) > 0.1 {
			t.Errorf("%s ends at %v, want 1.5", m.ID, got)
		}
	}
}

// A method that is not Exact makes its update of a gradient alone; one that is
// looks at J around θ or, as quasi-Newton methods do, through the Point.
func TestGradientMethods(t *testing.T) {
	needs := func(m *Method) (needs bool) {
		defer func() { needs = recover() != nil }()
		v, err := m.Params.Defaults(nil)
		if err != nil {
			t.Fatal(err)
		}
		rule := m.New(v)
		state := make([]float64, memoryLen(rule.Memory(2)))
		p := &Point{Theta: []float64{1, 2}, Gradient: []float64{3, -1}, Eta: 0.1} // no objective behind it
		for p.K = range 3 {
			rule.Step(p, state)
		}
		return false
	}
	for _, m := range Methods {
		if needs(m) != m.Exact {
			t.Errorf("%s: Exact is %v", m.ID, m.Exact)
		}
	}
	if len(GradientMethods()) != 12 {
		t.Errorf("%d methods make do with a gradient", len(GradientMethods()))
	}
}
