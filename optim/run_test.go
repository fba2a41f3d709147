package optim

import (
	"cmp"
	"context"
	"maps"
	"math"
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

// Two steps of every method on J = x²/2, whose gradient is x itself, worked out
// by hand. They start at 1 with η = 0.1 if nothing else is said. RAdam first
// divides at step 6; that is for the reference runs to check.
func TestStepsByHand(t *testing.T) {
	type set = map[string]string
	half := set{"beta1": "0.5", "beta2": "0.5", "eps": "0"}
	with := func(base set, name, value string) set {
		more := maps.Clone(base)
		more[name] = value
		return more
	}
	root := math.Sqrt
	tests := []struct {
		id         string
		set        set
		start, eta float64
		want       [2]float64
	}{
		{id: "gd", want: [2]float64{0.9, 0.81}},
		{id: "gd", set: set{"weight_decay": "1"}, want: [2]float64{0.8, 0.64}},
		// b = 1, then 0.5·1 + 0.9 = 1.4.
		{id: "momentum", set: set{"momentum": "0.5"}, want: [2]float64{0.9, 0.76}},
		// The first buffer is not dampened; then b = 0.5·1 + 0.5·0.9 = 0.95.
		{id: "momentum", set: set{"momentum": "0.5", "dampening": "0.5"}, want: [2]float64{0.9, 0.805}},
		// b = 1, step 0.1·(1 + 0.5·1); then b = 0.5 + 0.85 = 1.35, step 0.1·(0.85 + 0.675).
		{id: "nesterov", set: set{"momentum": "0.5"}, want: [2]float64{0.85, 0.6975}},
		// s = 1, then 1 + 0.81.
		{id: "adagrad", set: set{"eps": "0"}, want: [2]float64{0.9, 0.9 - 0.09/root(1.81)}},
		// s = 3 + 1 = 4, then 4 + 0.95²; the rate is 0.1, then 0.1/2.
		{id: "adagrad", set: set{"eps": "0", "initial_accumulator_value": "3", "lr_decay": "1"}, want: [2]float64{0.95, 0.95 - 0.05*0.95/root(4.9025)}},
		// v = 0.25, step 0.1·1/0.5; then v = 0.75·0.25 + 0.25·0.64 = 0.3475.
		{id: "rmsprop", set: set{"alpha": "0.75", "eps": "0"}, want: [2]float64{0.8, 0.8 - 0.08/root(0.3475)}},
		// ε is outside the root: 0.1·1/(0.5 + 0.5); then v = 0.1875 + 0.25·0.81 = 0.39.
		{id: "rmsprop", set: set{"alpha": "0.75", "eps": "0.5"}, want: [2]float64{0.9, 0.9 - 0.09/(root(0.39)+0.5)}},
		// b = 1/0.5 = 2, then 0.5·2 + 0.8/√0.3475.
		{id: "rmsprop", set: set{"alpha": "0.75", "eps": "0", "momentum": "0.5"}, want: [2]float64{0.8, 0.8 - 0.1*(1+0.8/root(0.3475))}},
		// The mean of g is 0.5, the variance 0.5 − 0.25 = ¼, step 0.1·1/½; then v = 0.25 + 0.32 = 0.57, the mean 0.25 + 0.4 = 0.65.
		{id: "rmsprop", set: set{"alpha": "0.5", "eps": "0", "centered": "true"}, want: [2]float64{0.8, 0.8 - 0.08/root(0.57-0.65*0.65)}},
		// v = 0.5, Δ = √0.5/√1 with ε inside both roots, u = 0.25; with η = √½ that is 1 − ½. Then v = 0.25 + 0.125, Δ = √0.75/√0.875·0.5.
		{id: "adadelta", set: set{"rho": "0.5", "eps": "0.5"}, eta: root(0.5), want: [2]float64{0.5, 0.5 - root(0.5)*root(0.75/0.875)*0.5}},
		// m̂/√v̂ = 1 at first. Then m = 0.5·0.5 + 0.5·0.9 = 0.7, v = 0.25 + 0.405 = 0.655; both are divided by 0.75.
		{id: "adam", set: half, want: [2]float64{0.9, 0.9 - 0.1*(0.7/0.75)/root(0.655/0.75)}},
		// ε is added to the corrected root: 0.1·1/(1 + 1).
		{id: "adam", set: with(half, "eps", "1"), want: [2]float64{0.95, 0.95 - 0.1*((0.25+0.475)/0.75)/(root((0.25+0.5*0.9025)/0.75)+1)}},
		// With η = 0.5, v falls from 0.5 to 0.25 + 0.125 = 0.375: the larger 0.5 is kept, and then corrected. m = 0.25 + 0.25.
		{id: "amsgrad", set: half, eta: 0.5, want: [2]float64{0.5, 0.5 - 0.5*(0.5/0.75)/root(0.5/0.75)}},
		// m̂ = 1, u = 1. Then m = 0.7, u = max(0.5, 0.9).
		{id: "adamax", set: half, want: [2]float64{0.9, 0.9 - 0.1*(0.7/0.75)/0.9}},
		// u = max(0, |1| + 1) = 2, then max(1, 0.95 + 1) = 1.95; m = 0.25 + 0.475.
		{id: "adamax", set: with(half, "eps", "1"), want: [2]float64{0.95, 0.95 - 0.1*(0.725/0.75)/1.95}},
		// θ is shrunk by 0.9, then the step of 0.1. Then g = 0.8 without decay: m = 0.25 + 0.4, v = 0.25 + 0.32.
		{id: "adamw", set: with(half, "weight_decay", "1"), want: [2]float64{0.8, 0.9*0.8 - 0.1*(0.65/0.75)/root(0.57/0.75)}},
		{id: "adamw", set: with(with(half, "weight_decay", "0"), "amsgrad", "true"), eta: 0.5, want: [2]float64{0.5, 0.5 - 0.5*(0.5/0.75)/root(0.5/0.75)}},
		// ψ = 0 keeps μ at 0.25: m̂ = 0.25·0.5/(1 − 0.25²) + 0.75·1/(1 − 0.25) = 17/15, v̂ = 1; with η = 15/34 that is 1 − ½.
		// Then m = v + 0.125 = 0.5 and m̂ = 0.25·0.5/(1 − 0.25³) + 0.75·0.5/(1 − 0.25²) = 8/63 + 2/5, v̂ = 0.375/0.75.
		{id: "nadam", set: with(half, "momentum_decay", "0"), eta: 15. / 34, want: [2]float64{0.5, 0.5 - 15./34*(8./63+0.4)/root(0.5)}},
		// No division yet: m̂ = 1, then 0.7/0.75.
		{id: "radam", set: half, want: [2]float64{0.9, 0.9 - 0.1*0.7/0.75}},
		// H = 1: a tenth of the way.
		{id: "newton", want: [2]float64{0.9, 0.81}},
		{id: "newton", set: set{"damping": "1"}, want: [2]float64{0.95, 0.9025}},
		// g = 2, H = 2.
		{id: "newton", set: set{"weight_decay": "1"}, want: [2]float64{0.9, 0.81}},
		// 4 leads to −3, higher; 2 to −1, as high; 1 to 0.
		{id: "linesearch", eta: 4, want: [2]float64{0, 0}},
		{id: "linesearch", eta: 1.5, want: [2]float64{-0.5, 0.25}},
		// J + θ²/2 has twice the slope: 1.5 leads to −2, higher; 0.75 to −0.5, then to 0.25.
		{id: "linesearch", set: set{"weight_decay": "1"}, eta: 1.5, want: [2]float64{-0.5, 0.25}},
		// ½ leaves half of the slope, more than the tenth asked for; twice that leads to 0.
		{id: "cg", eta: 0.5, want: [2]float64{0, 0}},
		// Now half is enough. Then the gradient has not turned: β = max(0, 0.5·(0.5 − 1)/1), and ½·½·(−1)/(−0.25) = 1 is tried first.
		{id: "cg", set: set{"c2": "0.9"}, eta: 0.5, want: [2]float64{0.5, 0}},
		// Half is enough, and s = y = −½ say that H⁻¹ = 1.
		{id: "bfgs", eta: 0.5, want: [2]float64{0.5, 0.25}},
		{id: "lbfgs", eta: 0.5, want: [2]float64{0.5, 0.25}},
		// Steep, so the first length is 1/8 , and 7/8 of the slope is flat enough; then H⁻¹ = 1 leads to 0.
		{id: "bfgs", start: 8, eta: 1, want: [2]float64{7, 0}},
		{id: "lbfgs", start: 8, eta: 1, want: [2]float64{7, 0}},
		// {4, 5}: 3 is better than 4, and 2 better still. {2, 4}: 0 is better, −2 is not.
		{id: "neldermead", start: 4, want: [2]float64{2, 0}},
		// {1, 2}: 0 is better, −1 is not. {0, 1}: −1 is no better than 1, ½ is, but 0 stays the best.
		{id: "neldermead", want: [2]float64{0, 0}},
	}
	f := resolve(t, "0.5x^2")
	tested := map[string]bool{}
	for _, tt := range tests {
		tested[tt.id] = true
		c := Config{Start: []float64{cmp.Or(tt.start, 1)}, Eta: cmp.Or(tt.eta, 0.1), Steps: 2}
		run := Minimize(context.Background(), f.Objective(), newRule(t, tt.id, tt.set), c)
		for k, want := range tt.want {
			if got := run.Theta(k + 1)[0]; math.Abs(got-want) > 4e-16 { // two roundings at 1
				t.Errorf("%s %v: θ%d = %v, want %v", tt.id, tt.set, k+1, got, want)
			}
		}
	}
	for _, m := range Methods {
		if !tested[m.ID] {
			t.Errorf("%s is not worked out by hand", m.ID)
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
		} else if at < 0 || Distance(b.Attractors[at].Theta, run.Theta(run.Len()-1)) > 0.01 {
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
