package optim

import (
	"context"
	"math"
	"slices"
	"testing"

	"descent/optim/param"
)

func newRule(t testing.TB, id string, set map[string]string) Rule {
	m := FindMethod(id)
	v, err := m.Params.Defaults(set)
	if err != nil {
		t.Fatal(err)
	}
	return m.New(v)
}

func resolve(t testing.TB, text string) *Function {
	f, err := Resolve("f", text)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// Two steps of each method on J = x²/2 from 1, worked out by hand.
func TestStepsByHand(t *testing.T) {
	tests := []struct {
		id   string
		set  map[string]string
		want []float64
	}{
		{"gd", nil, []float64{0.9, 0.81}},
		{"gd", map[string]string{"weight_decay": "1"}, []float64{0.8, 0.64}},
		// b = 1, then 0.5·1 + 0.9 = 1.4.
		{"momentum", map[string]string{"momentum": "0.5"}, []float64{0.9, 0.76}},
		// The first buffer is not dampened; then b = 0.5·1 + 0.5·0.9 = 0.95.
		{"momentum", map[string]string{"momentum": "0.5", "dampening": "0.5"}, []float64{0.9, 0.805}},
		// m̂/√v̂ = 1 at first. Then m = 0.5·0.5 + 0.5·0.9 = 0.7, v = 0.25 + 0.405 = 0.655; both are divided by 0.75.
		{"adam", map[string]string{"beta1": "0.5", "beta2": "0.5", "eps": "0"}, []float64{0.9, 0.9 - 0.1*(0.7/0.75)/math.Sqrt(0.655/0.75)}},
	}
	f := resolve(t, "0.5x^2")
	for _, tt := range tests {
		run := Minimize(context.Background(), f.Objective(), newRule(t, tt.id, tt.set), Config{Start: []float64{1}, Eta: 0.1, Steps: 2})
		for k, want := range tt.want {
			if got := run.Theta(k + 1)[0]; math.Abs(got-want) > 1e-15 {
				t.Errorf("%s %v: θ%d = %v, want %v", tt.id, tt.set, k+1, got, want)
			}
		}
	}
}

func TestMinimizeStops(t *testing.T) {
	gd := newRule(t, "gd", nil)
	tests := []struct {
		name, f string
		c       Config
		want    Stop
	}{
		{"all steps", "x^2", Config{Start: []float64{1}, Eta: 0.1, Steps: 7}, Stop{StepLimit, 7}},
		{"no steps", "x^2", Config{Start: []float64{1}, Eta: 0.1}, Stop{StepLimit, 0}},
		// |2·0.8ᵏ| ≤ 0.1 first for k = 14.
		{"tolerance", "x^2", Config{Start: []float64{1}, Eta: 0.1, Steps: 100, Tol: 0.1}, Stop{Converged, 14}},
		{"at the minimum", "x^2", Config{Start: []float64{0}, Eta: 0.1, Steps: 100, Tol: 1e-9}, Stop{Converged, 0}},
		{"not defined at the start", "log(x)", Config{Start: []float64{-1}, Eta: 0.1, Steps: 9}, Stop{Diverged, 0}},
		{"leaves the domain", "sqrt(x)", Config{Start: []float64{1}, Eta: 4, Steps: 9}, Stop{Diverged, 1}},
		// |−9|ᵏ: the loss 81ᵏ passes 1.8e308 first for k = 162.
		{"overflow", "x^2", Config{Start: []float64{1}, Eta: 5, Steps: 1000}, Stop{Diverged, 162}},
	}
	for _, tt := range tests {
		run := Minimize(context.Background(), resolve(t, tt.f).Objective(), gd, tt.c)
		if run.Stop != tt.want || run.Len() != tt.want.Step+1 {
			t.Errorf("%s: stopped %v with %d records, want %v", tt.name, run.Stop, run.Len(), tt.want)
		}
	}
}

func TestMinimizeObservesTheContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	run := Minimize(ctx, resolve(t, "x^2").Objective(), newRule(t, "gd", nil), Config{Start: []float64{1}, Eta: 0.1, Steps: 10000})
	if run.Stop.Reason != Cancelled || run.Stop.Step >= checkEvery {
		t.Errorf("stopped %v", run.Stop)
	}
}

// A run continued from any of its records gives the same bits.
func TestReplay(t *testing.T) {
	f := resolve(t, "rosenbrock")
	for _, m := range Methods {
		v, _ := m.Params.Defaults(nil)
		rule := m.New(v)
		run := Minimize(context.Background(), f.Objective(), rule, Config{Start: []float64{-1.2, 1}, Eta: 1e-4, Steps: 50})
		obj, grad := f.Objective(), make([]float64, 2)
		for k := range 49 {
			theta, state := slices.Clone(run.Theta(k)), slices.Clone(run.State(k))
			loss := obj.Eval(theta, grad)
			rule.Step(&Point{K: k, Theta: theta, Gradient: grad, Loss: loss, Eta: run.Eta}, state)
			if !slices.Equal(theta, run.Theta(k+1)) || !slices.Equal(state, run.State(k+1)) {
				t.Fatalf("%s: step %d replayed gives %v %v, recorded %v %v", m.ID, k, theta, state, run.Theta(k+1), run.State(k+1))
			}
		}
	}
}

// The stated bound is sharp: a little below the quadratic converges, a little
// above it does not.
func TestStableEta(t *testing.T) {
	f := resolve(t, "0.5*(x^2 + 10*y^2)")
	tests := []struct {
		id  string
		set map[string]string
	}{
		{"gd", nil}, {"gd", map[string]string{"weight_decay": "0.5"}},
		{"momentum", map[string]string{"momentum": "0.8"}}, {"momentum", map[string]string{"momentum": "0.5", "dampening": "0.25"}},
	}
	for _, tt := range tests {
		m := FindMethod(tt.id)
		v, err := m.Params.Defaults(tt.set)
		if err != nil {
			t.Fatal(err)
		}
		limit := m.StableEta(v, 10)
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
}

func TestBasinsOfHimmelblau(t *testing.T) {
	f := resolve(t, "himmelblau")
	b, err := FindBasins(context.Background(), f, newRule(t, "gd", nil), Config{Eta: 0.01, Steps: 300}, f.Window, 24, 24)
	if err != nil {
		t.Fatal(err)
	}
	if len(b.Attractors) != 4 {
		t.Fatalf("%d attractors, want 4", len(b.Attractors))
	}
	// The start in the middle of each cell leads where a recorded run leads.
	for _, cell := range []int{0, 100, 300, 575} {
		x := f.Window.XMin + (float64(cell%24)+0.5)/24*12
		y := f.Window.YMin + (float64(cell/24)+0.5)/24*12
		run := Minimize(context.Background(), f.Objective(), newRule(t, "gd", nil), Config{Start: []float64{x, y}, Eta: 0.01, Steps: 300})
		if at := b.Reached[cell]; run.Stop.Reason == Diverged {
			if at != Escaped {
				t.Errorf("cell %d reached %d, the run diverges", cell, at)
			}
		} else if at < 0 || distance(b.Attractors[at].Theta, run.Theta(run.Len()-1)) > 0.01 {
			t.Errorf("cell %d reached %d, the run ends at %v", cell, at, run.Theta(run.Len()-1))
		}
	}
}

func TestBasinsStopWithTheContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	f := resolve(t, "himmelblau")
	if _, err := FindBasins(ctx, f, newRule(t, "gd", nil), Config{Eta: 0.01, Steps: 300}, f.Window, 24, 24); err == nil {
		t.Error("no error from a cancelled context")
	}
}

func TestResolve(t *testing.T) {
	if f := resolve(t, "beale"); f.ID != "beale" || f.Dim() != 2 {
		t.Errorf("beale resolved to %q", f.ID)
	}
	if f := resolve(t, "θ1^2 + 1"); f.ID != "" || f.Dim() != 1 {
		t.Errorf("a typed formula resolved to %q with %d variables", f.ID, f.Dim())
	}
	_, err := Resolve("f", "rosenbrok")
	errs, ok := err.(param.Errors)
	if !ok || errs.For("f") == nil {
		t.Fatalf("got %v", err)
	}
}

func TestNorm(t *testing.T) {
	tests := []struct {
		v    []float64
		want float64
	}{
		{[]float64{-3}, 3}, {[]float64{3, 4}, 5}, {[]float64{2, 3, 6}, 7}, {[]float64{0, 0, 0}, 0},
		{[]float64{3e200, 4e200, 0}, 5e200}, {[]float64{1e308, 1e308, 1e308}, math.Inf(1)},
	}
	for _, tt := range tests {
		if got := Norm(tt.v); math.Abs(got-tt.want) > 1e-12*tt.want && got != tt.want && !(tt.v[0] == 1e308 && got > 1.7e308) {
			t.Errorf("Norm(%v) = %v, want %v", tt.v, got, tt.want)
		}
	}
}
