package optim

import (
	"context"
	"math"
	"math/cmplx"
	"strconv"
	"testing"

	"descent/optim/param"

	"gonum.org/v1/gonum/mat"
)

// A subject is a run with all that theory is asked about.
type subject struct {
	f      *Function
	m      *Method
	v      param.Values
	c      Config
	run    *Run
	theory *Theory
}

func subjectOf(t testing.TB, f, method string, set map[string]string, c Config) *subject {
	s := &subject{f: resolve(t, f), m: FindMethod(method), c: c}
	var err error
	if s.v, err = s.m.Params.Defaults(set); err != nil {
		t.Fatal(err)
	}
	s.run = Minimize(context.Background(), s.f.Objective(), s.m.New(s.v), c)
	s.theory = TheoryOf(s.f, s.m, s.v, s.run, WindowFor(s.f, c.Start))
	return s
}

func TestTheoryOfAQuadratic(t *testing.T) {
	// Booth's function has the eigenvalues 2 and 18.
	th := subjectOf(t, "booth", "gd", nil, Config{Start: []float64{-6, 2}, Eta: 0.05, Steps: 200}).theory
	if !th.Quadratic || th.Minimum == nil || !near(th.Minimum.Theta[0], 1, 1e-9) || !near(th.Minimum.Theta[1], 3, 1e-9) {
		t.Fatalf("quadratic %v, minimum %v", th.Quadratic, th.Minimum)
	}
	for _, c := range []Curvature{th.Start, th.End, th.AtMinimum} {
		if !near(c.Eigenvalues[0], 2, 1e-12) || !near(c.Eigenvalues[1], 18, 1e-12) || !near(c.Condition(), 9, 1e-12) {
			t.Errorf("eigenvalues %v, κ = %v", c.Eigenvalues, c.Condition())
		}
	}
	figures := []struct {
		name      string
		got, want float64
	}{
		{"stable η", th.StableEta, 2. / 18}, {"stable η on the way", th.PathStableEta, 2. / 18},
		{"best η = 2/(λ1+λn)", th.Best.Eta, 0.1}, {"its rate (κ−1)/(κ+1)", th.Best.Rate, 0.8},
		{"predicted", th.Predicted, 0.9}, {"measured", th.Measured.Rate, 0.9},
	}
	for _, f := range figures {
		if !near(f.got, f.want, 1e-9) {
			t.Errorf("%s is %v, want %v", f.name, f.got, f.want)
		}
	}
	if !math.IsNaN(th.BestPair.Eta) || th.Divergence != nil {
		t.Errorf("best pair %v, divergence %v", th.BestPair, th.Divergence)
	}
}

// With the best momentum the best rate, found numerically, is Polyak's:
// η* = (2/(√λ1+√λn))², rate (√κ−1)/(√κ+1).
func TestBestMomentumInClosedForm(t *testing.T) {
	for _, kappa := range []float64{4, 10, 100, 1e4} {
		f := "0.5x^2 + " + param.Format(kappa/2) + "y^2"
		root := math.Sqrt(kappa)
		rate := (root - 1) / (root + 1)
		beta := strconv.FormatFloat(rate*rate, 'g', -1, 64)
		th := subjectOf(t, f, "momentum", map[string]string{"momentum": beta}, Config{Start: []float64{1, 1}, Eta: 0.01 / kappa, Steps: 5}).theory
		// Two roots meet at the optimum, so an error ε of β becomes one of √ε.
		if want := 4 / ((1 + root) * (1 + root)); !near(th.Best.Eta/want, 1, 1e-6) || !near(th.Best.Rate, rate, 1e-6) {
			t.Errorf("κ = %g: best η %v with rate %v, want %v with %v", kappa, th.Best.Eta, th.Best.Rate, want, rate)
		}
		if p := th.BestPair; !near(p.Momentum, rate*rate, 1e-12) || !near(p.Eta/th.Best.Eta, 1, 1e-6) || !near(p.Rate, rate, 1e-12) {
			t.Errorf("κ = %g: best pair %v", kappa, p)
		}
	}
}

// No rate and momentum of a grid do better than the best pair, and the pair
// has the rate that it states.
func TestBestPairIsBest(t *testing.T) {
	for _, id := range []string{"momentum", "nesterov"} {
		at := rates{method: FindMethod(id), lambda: []float64{1, 30}}
		set := func(beta float64) {
			v, err := at.method.Params.Defaults(map[string]string{"momentum": strconv.FormatFloat(beta, 'g', -1, 64)})
			if err != nil {
				t.Fatal(err)
			}
			at.v = v
		}
		set(0)
		pair := at.bestPair()
		set(pair.Momentum)
		if got := at.factor(pair.Eta); !near(got, pair.Rate, 1e-6) {
			t.Errorf("%s: the best pair has rate %v, it states %v", id, got, pair.Rate)
		}
		for beta := 0.0; beta < 0.99; beta += 0.01 {
			set(beta)
			if best := at.bestEta(); best.Rate < pair.Rate-1e-9 {
				t.Errorf("%s: μ = %v, η = %v has rate %v, better than the best pair's %v", id, beta, best.Eta, best.Rate, pair.Rate)
			}
		}
	}
}

// The predicted rate is the spectral radius of the update, as gonum finds it,
// and the rate that a long run shows.
func TestPredictedRate(t *testing.T) {
	const lambda = 10.0
	tests := []struct {
		method string
		set    map[string]string
		eta    float64
		update func(lambda float64) []float64 // of (θ, b), row by row
		tol    float64                        // of the measured rate: complex roots swing
	}{
		{"gd", nil, 0.15, func(l float64) []float64 { return []float64{1 - 0.15*l, 0, 0, 0} }, 1e-9},
		{"gd", nil, 0.01, func(l float64) []float64 { return []float64{1 - 0.01*l, 0, 0, 0} }, 1e-9},
		{"gd", nil, 0.3, func(l float64) []float64 { return []float64{1 - 0.3*l, 0, 0, 0} }, 1e-9},
		{"momentum", map[string]string{"momentum": "0.5"}, 0.02, func(l float64) []float64 {
			return []float64{1 - 0.02*l, -0.02 * 0.5, l, 0.5}
		}, 1e-3},
		{"momentum", map[string]string{"momentum": "0.9"}, 0.1, func(l float64) []float64 {
			return []float64{1 - 0.1*l, -0.1 * 0.9, l, 0.9}
		}, 3e-3},
		{"nesterov", map[string]string{"momentum": "0.5"}, 0.02, func(l float64) []float64 {
			return []float64{1 - 0.02*(1+0.5)*l, -0.02 * 0.5 * 0.5, l, 0.5}
		}, 1e-3},
	}
	for _, tt := range tests {
		want := 0.0
		for _, l := range []float64{1, lambda} {
			var eigen mat.Eigen
			if !eigen.Factorize(mat.NewDense(2, 2, tt.update(l)), mat.EigenNone) {
				t.Fatal("gonum found no eigenvalues")
			}
			for _, z := range eigen.Values(nil) {
				want = max(want, cmplx.Abs(z))
			}
		}
		th := subjectOf(t, "quadratic", tt.method, tt.set, Config{Start: []float64{4, 1}, Eta: tt.eta, Steps: 400}).theory
		if !near(th.Predicted, want, 1e-9) {
			t.Errorf("%s %v η = %g: predicted %v, gonum says %v", tt.method, tt.set, tt.eta, th.Predicted, want)
		}
		if !near(th.Measured.Rate, want, tt.tol) {
			t.Errorf("%s %v η = %g: measured %v, gonum says %v", tt.method, tt.set, tt.eta, th.Measured, want)
		}
	}
}

// A start on an axis of a quadratic has no part in the other one.
func TestPredictedRateOnAnAxis(t *testing.T) {
	th := subjectOf(t, "booth", "gd", nil, Config{Start: []float64{-6, -4}, Eta: 0.01, Steps: 300}).theory
	if !near(th.Predicted, 1-0.18, 1e-9) || !near(th.Measured.Rate, 1-0.18, 1e-6) {
		t.Errorf("predicted %v, measured %v, want 0.82", th.Predicted, th.Measured)
	}
}

// Away from quadratics the prediction holds near the minimum.
func TestPredictedRateNearAMinimum(t *testing.T) {
	s := subjectOf(t, "himmelblau", "gd", nil, Config{Start: []float64{0, -1}, Eta: 0.005, Steps: 400})
	th := s.theory
	if th.Quadratic || !near(th.Measured.Rate, th.Predicted, 1e-3) {
		t.Errorf("quadratic %v, predicted %v, measured %v", th.Quadratic, th.Predicted, th.Measured)
	}
	line := th.LossLine(s.run)
	from, to := th.Measured.From, th.Measured.To
	if !math.IsNaN(line[from-1]) || line[from] != s.run.Losses[from] {
		t.Errorf("the line begins with %v, %v at step %d", line[from-1], line[from], from)
	}
	// The line stays with the losses: their logarithms differ by little.
	if got, want := math.Log(line[to]-th.Minimum.Loss), math.Log(s.run.Losses[to]-th.Minimum.Loss); math.Abs(got-want) > 0.3 {
		t.Errorf("after %d steps the line is at ln %v, the loss at ln %v", to-from, got, want)
	}
}

func TestTheoryStaysSilent(t *testing.T) {
	start := []float64{4, 1}
	tests := []struct {
		name, f, method string
		set             map[string]string
		c               Config
	}{
		{"weight decay", "quadratic", "gd", map[string]string{"weight_decay": "0.1"}, Config{Start: start, Eta: 0.1, Steps: 50}},
		{"schedule", "quadratic", "gd", nil, Config{Start: start, Eta: 0.1, Steps: 50, Rate: func(eta float64, k int) float64 { return eta / float64(1+k) }}},
		{"no theory", "quadratic", "adam", nil, Config{Start: start, Eta: 0.1, Steps: 50}},
		{"no curvature", "x^4 + y^4", "gd", nil, Config{Start: []float64{1, 1}, Eta: 0.1, Steps: 50}},
		{"no minimum", "x^2 - y^2", "gd", nil, Config{Start: []float64{1, 1}, Eta: 0.1, Steps: 50}},
		{"not near", "rosenbrock", "adam", nil, Config{Start: []float64{-1.2, 1}, Eta: 1e-3, Steps: 50}},
	}
	for _, tt := range tests {
		s := subjectOf(t, tt.f, tt.method, tt.set, tt.c)
		if !math.IsNaN(s.theory.Predicted) || s.theory.LossLine(s.run) != nil {
			t.Errorf("%s: predicted %v", tt.name, s.theory.Predicted)
		}
	}
	if th := subjectOf(t, "rosenbrock", "gd", nil, Config{Start: []float64{-1.2, 1}, Eta: 1e-3, Steps: 300}).theory; !math.IsNaN(th.Measured.Rate) {
		t.Errorf("a run in the valley measures %v", th.Measured)
	}
}

func TestDivergence(t *testing.T) {
	tests := []struct {
		f, method    string
		set          map[string]string
		start        []float64
		eta          float64
		steps        int
		event, cause string
	}{
		{"x^2", "gd", nil, []float64{1}, 5, 1000, Overflow, Overshoot},
		{"x^2", "gd", nil, []float64{1}, 1.01, 50, Growing, Overshoot},
		{"x^2", "momentum", map[string]string{"momentum": "1.2"}, []float64{1}, 0.1, 5000, Overflow, NoStableRate},
		{"log(x)", "gd", nil, []float64{-1}, 0.1, 9, UndefinedStart, ""},
		{"sqrt(x)", "gd", nil, []float64{1}, 4, 9, LeftDomain, ""}, // concave: no curvature to blame
		{"x - log(x)", "gd", nil, []float64{0.1}, 0.5, 1, Risen, Overshoot},
		{"|x|^0.5", "gd", nil, []float64{0}, 0.1, 9, UndefinedGradient, ""},
		{"x^2", "adam", map[string]string{"eps": "0"}, []float64{0}, 0.1, 9, Indeterminate, ""},
		{"-exp(x)", "gd", nil, []float64{1}, 0.5, 99, Overflow, Unbounded},
		{"-x^2", "gd", nil, []float64{1}, 0.5, 40, Falling, Unbounded},
		{"-x^2", "gd", nil, []float64{1}, 0.5, 5, "", ""}, // no sign of it yet
		{"x^2", "gd", nil, []float64{1}, 0.1, 50, "", ""},
	}
	for _, tt := range tests {
		th := subjectOf(t, tt.f, tt.method, tt.set, Config{Start: tt.start, Eta: tt.eta, Steps: tt.steps}).theory
		if th.Divergence == nil {
			if tt.event != "" {
				t.Errorf("%s, %s, η = %g: no divergence, want %q", tt.f, tt.method, tt.eta, tt.event)
			}
			continue
		}
		if d := th.Divergence; d.Event != tt.event || d.Cause != tt.cause {
			t.Errorf("%s, %s, η = %g: %q because of %q, want %q because of %q", tt.f, tt.method, tt.eta, d.Event, d.Cause, tt.event, tt.cause)
		}
	}

	d := subjectOf(t, "0.5*(x^2 + 10*y^2)", "gd", nil, Config{Start: []float64{4, 1}, Eta: 0.3, Steps: 50}).theory.Divergence
	want := Divergence{Event: Growing, Cause: Overshoot, Step: 50, FirstRise: 1, Eta: 0.3, Lambda: 10, Product: 3, Bound: 2}
	if d == nil || *d != want {
		t.Errorf("got %+v, want %+v", d, want)
	}
}

// What CalmerEta advises does not rise; where nothing is wrong or nothing helps
// it is silent.
func TestCalmerEta(t *testing.T) {
	tests := []struct {
		f      string
		method string
		start  []float64
		eta    float64
		advice bool
	}{
		{"quadratic", "gd", []float64{4, 1}, 0.3, true},
		{"rosenbrock", "gd", []float64{-1.2, 1}, 0.01, true},
		{"himmelblau", "nesterov", []float64{0, -1}, 0.15, true},
		{"quadratic", "gd", []float64{4, 1}, 0.1, false},
		{"log(x)", "gd", []float64{-1}, 0.1, false},
	}
	for _, tt := range tests {
		s := subjectOf(t, tt.f, tt.method, nil, Config{Start: tt.start, Eta: tt.eta, Steps: 100})
		eta := CalmerEta(context.Background(), s.f, s.m, s.v, s.c, s.theory)
		if eta > 0 != tt.advice {
			t.Errorf("%s, %s, η = %g: advice %v", tt.f, tt.method, tt.eta, eta)
		}
		if eta == 0 {
			continue
		}
		c := s.c
		c.Eta = eta
		run := Minimize(context.Background(), s.f.Objective(), s.m.New(s.v), c)
		if eta >= tt.eta || run.Stop.Reason == Diverged || run.Losses[run.Len()-1] > run.Losses[0] {
			t.Errorf("%s, %s: the advised η = %g ends with %v", tt.f, tt.method, eta, run.Losses[run.Len()-1])
		}
	}
}

func TestQuadratic(t *testing.T) {
	tests := map[string]bool{
		"quadratic": true, "booth": true, "matyas": true, "3": true, "2x - y": true, "x*y": true, "θ1^2 + 2θ1 θ2": true, "(x + y)^2/3": true,
		"rosenbrock": false, "x^3": false, "|x|": false, "relu(x)": false, "x^2 + |x - 100|": false, "max(x, 1)": false, "x*|x|": false,
		"exp(x)": false, "log(x)": false, "himmelblau": false,
	}
	for text, want := range tests {
		if got := resolve(t, text).Quadratic(); got != want {
			t.Errorf("%s: quadratic is %v", text, got)
		}
	}
}

// Theory does not fail anywhere in the catalogue, with any method.
func TestTheoryOverTheCatalogues(t *testing.T) {
	for _, f := range Functions {
		for _, m := range Methods {
			for _, eta := range []float64{1e-3, 10} {
				th := subjectOf(t, f.ID, m.ID, nil, Config{Start: f.Start, Eta: eta, Steps: 60}).theory
				if th.Minimum != nil && th.Best.Rate >= 1 {
					t.Errorf("%s, %s: the best rate %v does not converge", f.ID, m.ID, th.Best)
				}
			}
		}
	}
}

func BenchmarkTheoryOf(b *testing.B) {
	for _, id := range []string{"quadratic", "himmelblau", "rosenbrock"} {
		f := resolve(b, id)
		s := subjectOf(b, id, "gd", nil, Config{Start: f.Start, Eta: 1e-3, Steps: 200})
		b.Run(id, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				TheoryOf(s.f, s.m, s.v, s.run, f.Window)
			}
		})
	}
}
