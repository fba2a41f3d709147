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

func defaultsOf(t testing.TB, m *Method, set map[string]string) param.Values {
	t.Helper()
	v, err := m.Params.Defaults(set)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func plane(t testing.TB, f, method string, c Config, g PlaneGrid, most float64) *Plane {
	t.Helper()
	fn, m := resolve(t, f), FindMethod(method)
	if g.Second == "" {
		g.Second = m.Second().Name
	}
	p, err := SweepPlane(context.Background(), fn, m, defaultsOf(t, m, nil), c, WindowFor(fn, c.Start), g, most, nil)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

const noLimit = math.MaxFloat64

// Heavy ball on quadratics: where ηλ stays clear of 2 + 2μ the runs end low, and
// beyond they end above the start; the best cell is a neighbour of that of the
// best pair, η* = (2/(√λ₁+√λₙ))², μ* = ((√λₙ−√λ₁)/(√λₙ+√λ₁))².
func TestPlaneOfTheHeavyBall(t *testing.T) {
	tests := []struct {
		f           string
		first, last float64 // eigenvalues
		steps       int
	}{
		{"0.5x^2 + 5y^2", 1, 10, 200},
		{"0.5x^2 + 50y^2", 1, 100, 200},
		{"0.05x^2 + 20y^2", 0.1, 40, 400},
	}
	for _, tt := range tests {
		g := PlaneGrid{From: 0.01 / tt.last, To: 10 / tt.last, Top: 1, NX: 48, NY: 32}
		p := plane(t, tt.f, "momentum", Config{Start: []float64{4, 2}, Steps: tt.steps}, g, noLimit)
		if p.Block != 1 {
			t.Fatalf("%s: blocks of %d", tt.f, p.Block)
		}
		for cell, point := range p.Points {
			eta, mu := p.Eta(cell%p.NX), p.Value(cell/p.NX)
			bound := (2 + 2*mu) / tt.last
			switch {
			case eta > 1.1*bound && point.Fate != FateDiverges:
				t.Errorf("%s: η = %.3g, μ = %.3g beyond the bound %.3g: %+v", tt.f, eta, mu, bound, point)
			case eta < 0.95*bound && point.Fate == FateDiverges:
				t.Errorf("%s: η = %.3g, μ = %.3g within the bound %.3g: %+v", tt.f, eta, mu, bound, point)
			}
		}
		a, b := math.Sqrt(tt.first), math.Sqrt(tt.last)
		eta, mu := 4/((a+b)*(a+b)), (b-a)*(b-a)/((b+a)*(b+a))
		i, j := p.Best%p.NX, p.Best/p.NX
		column, row := math.Log(eta/p.From)/math.Log(p.To/p.From)*float64(p.NX)-0.5, mu*float64(p.NY)-0.5
		if math.Abs(float64(i)-column) > 2.5 || math.Abs(float64(j)-row) > 2.5 {
			t.Errorf("%s: best η = %.3g, μ = %.3g; theory says %.3g, %.3g", tt.f, p.Eta(i), p.Value(j), eta, mu)
		}
	}
}

// Every cell has the loss of a recorded run with its two parameters, and its
// fate is that of a sweep with the same momentum.
func TestPlaneAgainstSingleRuns(t *testing.T) {
	for _, m := range Methods {
		second := m.Second()
		if second == nil {
			continue
		}
		f, c := resolve(t, "rosenbrock"), Config{Start: []float64{-1.2, 1}, Steps: 40}
		g := PlaneGrid{From: 1e-4, To: 10, Low: second.Min, Top: min(second.Max, 1), NX: 9, NY: 5}
		p := plane(t, "rosenbrock", m.ID, c, g, noLimit)
		for cell, point := range p.Points {
			v := defaultsOf(t, m, map[string]string{second.Name: param.Format(p.Value(cell / p.NX))})
			c.Eta = p.Eta(cell % p.NX)
			run := Minimize(context.Background(), f.Objective(), m.New(v), c)
			want := run.Losses[run.Len()-1]
			if run.Stop.Reason == Diverged {
				want = math.Inf(1)
			}
			if point.Loss != want {
				t.Errorf("%s, η = %g, %s = %g: %v, a recorded run has %v", m.ID, c.Eta, second.Name, p.Value(cell/p.NX), point.Loss, want)
			}
			if alone := FateOf(context.Background(), f, m, v, c, f.Window); alone.Fate != point.Fate || alone.Loss != point.Loss {
				t.Errorf("%s, η = %g: in the plane %+v, alone %+v", m.ID, c.Eta, point, alone)
			}
			if point.Fate != FateDiverges && point.Loss < p.Points[p.Best].Loss-1e-12*run.Losses[0] {
				t.Errorf("%s: %v is below the best, %v", m.ID, point.Loss, p.Points[p.Best].Loss)
			}
		}
	}
}

// A map that may not cost more is coarse: every cell shows the run that speaks
// for it, the same as in the fine map.
func TestPlaneKeepsToItsCost(t *testing.T) {
	c, g := Config{Start: []float64{4, 1}, Steps: 30}, PlaneGrid{From: 1e-3, To: 1, Top: 1, NX: 20, NY: 11}
	fine := plane(t, "quadratic", "momentum", c, g, noLimit)
	runs := 0
	for _, most := range []float64{0, fine.Cost / 4, fine.Cost / 2, 5 * fine.Cost} {
		p := plane(t, "quadratic", "momentum", c, g, most)
		if p.Cost > most && p.Block < 8 {
			t.Errorf("costs %g of %g", p.Cost, most)
		}
		if n := len(p.Runs()); n < runs {
			t.Errorf("%d runs for %g, before %d", n, most, runs)
		} else {
			runs = n
		}
		for cell := range p.Points {
			if own := p.speaker(cell, p.Block); p.Points[cell] != fine.Points[own] {
				t.Errorf("blocks of %d: cell %d shows %+v, not %+v", p.Block, cell, p.Points[cell], fine.Points[own])
			}
		}
	}
	if runs != g.NX*g.NY {
		t.Errorf("%d runs without a limit", runs)
	}
}

func TestPlaneDoesNotDependOnTheCores(t *testing.T) {
	c, g := Config{Start: []float64{-1.2, 1}, Steps: 100}, PlaneGrid{From: 1e-4, To: 1, Top: 0.99, NX: 24, NY: 16}
	want := plane(t, "rosenbrock", "adam", c, g, 1e7)
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	got := plane(t, "rosenbrock", "adam", c, g, 1e7)
	if got.Best != want.Best || got.Block != want.Block || got.Cost != want.Cost || !slices.Equal(got.Points, want.Points) {
		t.Errorf("one core finds another map")
	}
}

func TestPlaneTellsAndStops(t *testing.T) {
	f, m := resolve(t, "quadratic"), FindMethod("momentum")
	v, c := defaultsOf(t, m, nil), Config{Start: []float64{4, 1}, Steps: 200}
	g := PlaneGrid{Second: "momentum", From: 1e-3, To: 1, Top: 1, NX: 20, NY: 20}
	last := 0
	_, err := SweepPlane(context.Background(), f, m, v, c, f.Window, g, noLimit, func(done, total int) {
		if done <= last || total != 400 {
			t.Errorf("told %d of %d after %d", done, total, last)
		}
		last = done
	})
	if err != nil || last != 400 {
		t.Errorf("%v after %d runs", err, last)
	}
	for _, asks := range []int64{0, 5, 100} {
		if _, err := SweepPlane(expireAfter(asks), f, m, v, c, f.Window, g, noLimit, nil); !errors.Is(err, context.Canceled) {
			t.Errorf("after %d asks: %v", asks, err)
		}
	}
}

// Where J is not defined or falls without end, where it is constant, and
// without steps there is a map all the same.
func TestPlaneAtTheEnds(t *testing.T) {
	g := PlaneGrid{From: LeastEta, To: MostEta, Top: 1, NX: 8, NY: 3}
	if p := plane(t, "log(x)", "momentum", Config{Start: []float64{-1}, Steps: 5}, g, noLimit); p.Best != -1 || p.Points[0].Fate != FateDiverges {
		t.Errorf("not defined: best %d, %+v", p.Best, p.Points[0])
	}
	if p := plane(t, "5", "momentum", Config{Start: []float64{1}, Steps: 5}, g, noLimit); p.Best < 0 || p.Points[p.Best].Step != 0 {
		t.Errorf("constant: best %d", p.Best)
	}
	if p := plane(t, "x^2", "momentum", Config{Start: []float64{1}}, g, noLimit); p.Best < 0 || p.Points[p.Best].Loss != 1 {
		t.Errorf("without steps: best %d", p.Best)
	}
	one := PlaneGrid{From: 0.1, To: 0.2, Low: 0.4, Top: 0.6, NX: 1, NY: 1}
	if p := plane(t, "x^2", "momentum", Config{Start: []float64{1}, Steps: 3}, one, 0); len(p.Runs()) != 1 || p.Best != 0 || !near(p.Value(0), 0.5, 1e-15) {
		t.Errorf("one cell: %+v", p)
	}
}

// The parameter beside the rate, method by method.
func TestSecond(t *testing.T) {
	want := map[string]string{
		"momentum": "momentum", "nesterov": "momentum", "rmsprop": "alpha", "adadelta": "rho",
		"adam": "beta1", "amsgrad": "beta1", "adamax": "beta1", "adamw": "beta1", "nadam": "beta1", "radam": "beta1",
	}
	for _, m := range Methods {
		got := ""
		if p := m.Second(); p != nil {
			got = p.Name
		}
		if got != want[m.ID] {
			t.Errorf("%s: %q, want %q", m.ID, got, want[m.ID])
		}
	}
}

func BenchmarkSweepPlane(b *testing.B) {
	c, g := Config{Start: []float64{4, 1}, Steps: 60}, PlaneGrid{From: 1e-3, To: 1, Top: 1, NX: 64, NY: 48}
	b.ReportAllocs()
	for b.Loop() {
		plane(b, "quadratic", "momentum", c, g, noLimit)
	}
}
