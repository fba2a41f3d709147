package optim

import (
	"context"
	"errors"
	"math"
	"runtime"
	"slices"
	"testing"

	"descent/optim/param"
)

func tune(t testing.TB, f, method string, set map[string]string, c Config) Tuned {
	m := FindMethod(method)
	v, err := m.Params.Defaults(set)
	if err != nil {
		t.Fatal(err)
	}
	tuned, err := Tune(context.Background(), resolve(t, f), m, v, c, nil)
	if err != nil {
		t.Fatal(err)
	}
	return tuned
}

// On quadratics the best rate in the long run is known: with gd 2/(λ1+λn). In
// so many steps the start still matters by a few per cent.
func TestTuneFindsTheBestRate(t *testing.T) {
	tests := []struct {
		f     string
		start []float64
		steps int
		want  float64
	}{
		{"x^2", []float64{3}, 10, 0.5},
		{"quadratic", []float64{4, 1}, 100, 2. / 11},
		{"quadratic", []float64{4, 1}, 2000, 2. / 11}, // many rates reach 0: the first to arrive is best
		{"booth", []float64{-6, 2}, 50, 0.1},
		{"0.05x^2 + 5y^2", []float64{1, 1}, 300, 2 / 10.1},
	}
	for _, tt := range tests {
		got := tune(t, tt.f, "gd", nil, Config{Start: tt.start, Steps: tt.steps})
		if math.Abs(got.Eta/tt.want-1) > 0.03 || got.AtEdge {
			t.Errorf("%s, %d steps: %+v, want η = %g", tt.f, tt.steps, got, tt.want)
		}
	}
}

// No rate of a fine grid ends lower than the tuned one by more than rounding,
// on smooth bowls; and the loss is that of a recorded run.
func TestTuneAgainstABruteForceGrid(t *testing.T) {
	for _, id := range []string{"gd", "nesterov", "adam"} {
		f, m := resolve(t, "quadratic"), FindMethod(id)
		v, err := m.Params.Defaults(nil)
		if err != nil {
			t.Fatal(err)
		}
		c := Config{Start: []float64{4, 1}, Steps: 40}
		got := tune(t, "quadratic", id, nil, c)
		final := func(eta float64) float64 {
			c.Eta = eta
			run := Minimize(context.Background(), f.Objective(), m.New(v), c)
			return run.Losses[run.Len()-1]
		}
		if got.Loss != final(got.Eta) {
			t.Errorf("%s: tuned loss %v, a recorded run has %v", id, got.Loss, final(got.Eta))
		}
		first := f.Objective().Eval(c.Start, nil)
		for _, eta := range Logspace(got.Eta/3, got.Eta*3, 400) {
			if loss := final(eta); loss < got.Loss-1e-4*(first-got.Loss) {
				t.Errorf("%s: η = %g ends at %g, the tuned %g at %g", id, eta, loss, got.Eta, got.Loss)
			}
		}
	}
}

func TestTuneAtTheEnds(t *testing.T) {
	start := []float64{1}
	if got := tune(t, "log(x)", "gd", nil, Config{Start: []float64{-1}, Steps: 10}); !math.IsNaN(got.Eta) || !math.IsInf(got.Loss, 1) || got.Diverges != LeastEta {
		t.Errorf("where J is not defined: %+v", got)
	}
	if got := tune(t, "-x", "gd", nil, Config{Start: start, Steps: 10}); got.Eta != MostEta || !got.AtEdge {
		t.Errorf("where J falls without end: %+v", got)
	}
	if got := tune(t, "x^2", "gd", nil, Config{Start: []float64{0}, Steps: 10}); got.Loss != 0 || got.Step != 0 {
		t.Errorf("at the minimum: %+v", got)
	}
	if got := tune(t, "x^2", "gd", nil, Config{Start: start}); got.Loss != 1 {
		t.Errorf("without steps: %+v", got)
	}
	got := tune(t, "rosenbrock", "gd", nil, Config{Start: []float64{-1.2, 1}, Steps: 100})
	if !(got.Diverges > got.Eta && got.Diverges < 1) {
		t.Errorf("Rosenbrock: η = %g, diverges from %g", got.Eta, got.Diverges)
	}
}

// Every method can be tuned; one that knows no rate makes one run. The best
// rate does no worse than the method's default.
func TestTuneEveryMethod(t *testing.T) {
	f := resolve(t, "quadratic")
	for _, m := range Methods {
		v, err := m.Params.Defaults(nil)
		if err != nil {
			t.Fatal(err)
		}
		c := Config{Start: []float64{4, 1}, Eta: m.Eta, Steps: 30}
		got := tune(t, "quadratic", m.ID, nil, c)
		run := Minimize(context.Background(), f.Objective(), m.New(v), c)
		if loss := run.Losses[run.Len()-1]; !(got.Loss <= loss+1e-12*(run.Losses[0]-loss)) {
			t.Errorf("%s: tuned %+v, the default η = %g ends at %g", m.ID, got, m.Eta, loss)
		}
		if m.Rateless && (len(got.Trials) != 1 || got.Eta != m.Eta) {
			t.Errorf("%s knows no rate: %+v", m.ID, got)
		}
	}
}

func TestTuneDoesNotDependOnTheCores(t *testing.T) {
	c := Config{Start: []float64{-1.2, 1}, Steps: 200}
	want := tune(t, "rosenbrock", "adam", nil, c)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if got := tune(t, "rosenbrock", "adam", nil, c); got.Eta != want.Eta || !slices.Equal(got.Trials, want.Trials) {
		t.Errorf("one core finds %+v, two %+v", got, want)
	}
}

func TestTuneTellsAndStops(t *testing.T) {
	m := FindMethod("gd")
	v, err := m.Params.Defaults(nil)
	if err != nil {
		t.Fatal(err)
	}
	var told []int
	tuned, err := Tune(context.Background(), resolve(t, "quadratic"), m, v, Config{Start: []float64{4, 1}, Steps: 20}, func(done, total int) {
		if told = append(told, done); done != len(told) || total != 195 {
			t.Errorf("told %d of %d after %d runs", done, total, len(told))
		}
	})
	if err != nil || len(told) != len(tuned.Trials) {
		t.Errorf("%v: told %v of %d", err, told, len(tuned.Trials))
	}
	for _, asks := range []int64{0, 5, 60} {
		if _, err := Tune(expireAfter(asks), resolve(t, "quadratic"), m, v, Config{Start: []float64{4, 1}, Steps: 200}, nil); !errors.Is(err, context.Canceled) {
			t.Errorf("after %d asks: %v", asks, err)
		}
	}
}

// The search is bounded: for a dear formula and many steps it tries fewer
// rates.
func TestTuneKeepsToItsCost(t *testing.T) {
	cheap := &tuning{f: resolve(t, "x^2"), c: Config{Steps: 100}}
	dear := &tuning{f: resolve(t, "sin(x)^2*cos(y)^2 + exp(sin(x*y))*tanh(x+y)^2"), c: Config{Steps: 1e6}}
	if cheap.perDecade() != coarsePerDecade || dear.perDecade() != 2 {
		t.Errorf("%d and %d rates a decade", cheap.perDecade(), dear.perDecade())
	}
}

// Bands of gd on a quadratic: up to 1/λn nothing swings, from 2/λn on it
// diverges.
func TestSweepBands(t *testing.T) {
	f, m := resolve(t, "quadratic"), FindMethod("gd")
	v, err := m.Params.Defaults(nil)
	if err != nil {
		t.Fatal(err)
	}
	s, err := SweepEta(context.Background(), f, m, v, Config{Start: []float64{4, 1}, Steps: 200}, f.Window, 1e-4, 1, 41, nil)
	if err != nil {
		t.Fatal(err)
	}
	fates := make([]string, len(s.Bands))
	for i, b := range s.Bands {
		fates[i] = b.Fate
		if i > 0 && b.From != s.Bands[i-1].To {
			t.Errorf("bands %v and %v do not meet", s.Bands[i-1], b)
		}
	}
	if !slices.Equal(fates, []string{FateSlow, FateConverges, FateOscillates, FateDiverges}) {
		t.Fatalf("bands %v", s.Bands)
	}
	if s.Bands[0].From != 1e-4 || s.Bands[3].To != 1 {
		t.Errorf("the bands go from %g to %g", s.Bands[0].From, s.Bands[3].To)
	}
	if at := s.Bands[2].From; at < 0.1 { // visible swings begin past 1/λn, where the steep part overshoots
		t.Errorf("swings from η = %g", at)
	}
	// 200 steps show growth of a factor that is a little above 1.
	if at := s.Bands[3].From; math.Abs(at/0.2-1) > 0.01 || !near(s.StableEta, 0.2, 1e-12) {
		t.Errorf("diverges from η = %g, theory says %g", at, s.StableEta)
	}
	if !math.IsInf(s.Points[40].Loss, 1) && s.Points[40].Fate != FateDiverges {
		t.Errorf("η = 1 ends %+v", s.Points[40])
	}
}

func TestSweepEveryMethod(t *testing.T) {
	for _, m := range Methods {
		v, err := m.Params.Defaults(nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range []string{"rosenbrock", "double-well", "log(x)"} {
			f := resolve(t, id)
			start := f.Start
			if start == nil {
				start = []float64{-1}
			}
			s, err := SweepEta(context.Background(), f, m, v, Config{Start: start, Steps: 50}, WindowFor(f, start), LeastEta, MostEta, 19, nil)
			if err != nil || len(s.Points) != 19 || s.Bands[0].From != LeastEta || s.Bands[len(s.Bands)-1].To != MostEta {
				t.Errorf("%s on %s: %v, %+v", m.ID, id, err, s)
			}
		}
	}
	m := FindMethod("gd")
	f := resolve(t, "quadratic")
	var v param.Values
	v, _ = m.Params.Defaults(nil)
	if _, err := SweepEta(expireAfter(10), f, m, v, Config{Start: f.Start, Steps: 100}, f.Window, 1e-3, 1, 30, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func BenchmarkTune(b *testing.B) {
	for _, id := range []string{"gd", "adam"} {
		b.Run(id, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				tune(b, "rosenbrock", id, nil, Config{Start: []float64{-1.2, 1}, Steps: 200})
			}
		})
	}
}
