package optim

import (
	"context"
	"errors"
	"math"
	"runtime"
	"slices"
	"sync/atomic"
	"testing"
)

// Each version of a map is complete: every block shows the fate of the one
// start that speaks for it, which is that of the final map. The last version is
// the final map, bit for bit.
func TestRefineBasins(t *testing.T) {
	tests := []struct {
		f      string
		nx, ny int
	}{{"himmelblau", 30, 21}, {"double-well", 45, 1}, {"saddle", 8, 8}, {"rastrigin", 5, 3}}
	for _, tt := range tests {
		f, rule, c := resolve(t, tt.f), newRule(t, "gd", nil), Config{Eta: 0.01, Steps: 300}
		final, err := FindBasins(context.Background(), f, rule, c, f.Window, tt.nx, tt.ny)
		if err != nil {
			t.Fatal(err)
		}
		end := func(b *Basins, cell int) []float64 { // where a cell leads; nil: nowhere
			if at := b.Reached[cell]; at >= 0 {
				return b.Attractors[at].Theta
			}
			return nil
		}
		var blocks []int
		for b, err := range RefineBasins(context.Background(), f, rule, c, f.Window, tt.nx, tt.ny) {
			if err != nil || b.NX != tt.nx || b.NY != tt.ny || len(b.Reached) != tt.nx*tt.ny {
				t.Fatalf("%s: %v, %d×%d", tt.f, err, b.NX, b.NY)
			}
			blocks = append(blocks, b.Block)
			for cell := range b.Reached {
				speaks := speaker(cell/tt.nx, b.Block, tt.ny)*tt.nx + speaker(cell%tt.nx, b.Block, tt.nx)
				if !slices.Equal(end(b, cell), end(final, speaks)) {
					t.Errorf("%s in blocks of %d: cell %d leads to %v, finally %v", tt.f, b.Block, cell, end(b, cell), end(final, speaks))
				}
			}
			if b.Block == 1 && !slices.Equal(b.Reached, final.Reached) {
				t.Errorf("%s: the last version is not the final map", tt.f)
			}
		}
		if !slices.Equal(blocks, []int{8, 4, 2, 1}) {
			t.Errorf("%s: blocks %v", tt.f, blocks)
		}
	}
}

func TestBasinsDoNotDependOnTheCores(t *testing.T) {
	f, rule := resolve(t, "himmelblau"), newRule(t, "momentum", nil)
	find := func() *Basins {
		b, err := FindBasins(context.Background(), f, rule, Config{Eta: 0.02, Steps: 200}, f.Window, 40, 40)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	want := find()
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	if got := find(); !slices.Equal(got.Reached, want.Reached) || len(got.Attractors) != len(want.Attractors) {
		t.Error("one core finds another map")
	}
}

// Attractors stand lowest first, and each is reached.
func TestBasinsAttractors(t *testing.T) {
	f := resolve(t, "wiggle")
	b, err := FindBasins(context.Background(), f, newRule(t, "gd", nil), Config{Eta: 0.02, Steps: 300}, f.Window, 128, 1)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range b.Attractors {
		if !slices.Contains(b.Reached, i) {
			t.Errorf("no start reaches %v", p.Theta)
		}
		if i > 0 && p.Loss < b.Attractors[i-1].Loss-1e-9 {
			t.Errorf("%v is lower than the one before", p.Theta)
		}
	}
}

// A run that is not recorded ends at the same bits as one that is, with every
// method, also where a method without memory rests.
func TestRunnerEndsWhereMinimizeEnds(t *testing.T) {
	for _, f := range Functions {
		for _, m := range Methods {
			for _, c := range []Config{
				{Start: f.Start, Eta: m.Eta, Steps: 300},
				{Start: f.Start, Eta: 1, Steps: 40},
				{Start: f.Start, Eta: 0.05, Steps: 300, Tol: 1e-6},
				{Start: f.Start, Eta: 0.05, Steps: 50, Rate: func(eta float64, k int) float64 { return eta / float64(1+k) }},
			} {
				v, err := m.Params.Defaults(nil)
				if err != nil {
					t.Fatal(err)
				}
				run := Minimize(context.Background(), f.Objective(), m.New(v), c)
				theta := slices.Clone(c.Start)
				r := newRunner(f, m.New(v))
				reason := r.run(context.Background(), theta, &c, nil)
				last := run.Len() - 1
				if reason != run.Stop.Reason || !sameBits(theta, run.Theta(last)) || !sameBits([]float64{r.point.Loss}, run.Losses[last:]) || !sameBits(r.point.Gradient, run.Gradient(last)) {
					t.Errorf("%s, %s, η = %g: ends %s at %v, recorded %s at %v", f.ID, m.ID, c.Eta, reason, theta, run.Stop.Reason, run.Theta(last))
				}
			}
		}
	}
}

func sameBits(a, b []float64) bool {
	return slices.EqualFunc(a, b, func(x, y float64) bool { return math.Float64bits(x) == math.Float64bits(y) })
}

// However many steps a run that is not recorded makes, it allocates nothing.
func TestRunnerDoesNotAllocate(t *testing.T) {
	f := resolve(t, "rosenbrock")
	for _, m := range Methods {
		v, err := m.Params.Defaults(nil)
		if err != nil {
			t.Fatal(err)
		}
		r, theta, c := newRunner(f, m.New(v)), make([]float64, 2), Config{Eta: 1e-3, Steps: 100}
		r.run(context.Background(), theta, &c, nil) // the Hessian is made ready when first asked for
		if n := testing.AllocsPerRun(5, func() {
			copy(theta, f.Start)
			r.run(context.Background(), theta, &c, nil)
		}); n > 0 {
			t.Errorf("%s: %v allocations in 100 steps", m.ID, n)
		}
	}
}

// An expiring context ends after it was asked so many times: it makes
// cancellation a matter of steps, not of time.
type expiring struct {
	context.Context
	asks atomic.Int64
}

func expireAfter(asks int64) *expiring {
	e := &expiring{Context: context.Background()}
	e.asks.Store(asks)
	return e
}

func (e *expiring) Err() error {
	if e.asks.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

// A run asks the context every 32 steps.
func TestRunnerObservesTheContext(t *testing.T) {
	f := resolve(t, "rosenbrock")
	r, c := newRunner(f, newRule(t, "momentum", nil)), Config{Eta: 1e-5, Steps: 10000}
	if reason := r.run(expireAfter(3), []float64{-1.2, 1}, &c, nil); reason != Cancelled || r.point.K != 3*checkEvery {
		t.Errorf("%s at step %d, want step %d", reason, r.point.K, 3*checkEvery)
	}
}

// Whenever the context ends, a map that is coming in ends with its error, and
// what came before is complete.
func TestRefineBasinsObservesTheContext(t *testing.T) {
	f := resolve(t, "himmelblau")
	for _, asks := range []int64{0, 30, 800, 3000, 10000} {
		var last error
		for b, err := range RefineBasins(expireAfter(asks), f, newRule(t, "gd", nil), Config{Eta: 0.01, Steps: 100}, f.Window, 64, 64) {
			if last = err; (b == nil) != (err != nil) {
				t.Errorf("after %d asks: map %v with error %v", asks, b != nil, err)
			}
			if b != nil && len(b.Reached) != 64*64 {
				t.Errorf("after %d asks: %d cells", asks, len(b.Reached))
			}
		}
		if !errors.Is(last, context.Canceled) {
			t.Errorf("after %d asks: %v", asks, last)
		}
	}
}

func BenchmarkBasins(b *testing.B) {
	f := resolve(b, "himmelblau")
	b.Run("gd 200×200×200", func(b *testing.B) {
		b.ReportAllocs()
		rule := newRule(b, "gd", nil)
		for b.Loop() {
			if _, err := FindBasins(context.Background(), f, rule, Config{Eta: 0.01, Steps: 200}, f.Window, 200, 200); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("gd, first version", func(b *testing.B) {
		b.ReportAllocs()
		rule := newRule(b, "gd", nil)
		for b.Loop() {
			for range RefineBasins(context.Background(), f, rule, Config{Eta: 0.01, Steps: 200}, f.Window, 200, 200) {
				break
			}
		}
	})
	b.Run("by hand, one core", func(b *testing.B) {
		ends := make([]float64, 2*200*200)
		for b.Loop() {
			for cell := range 200 * 200 {
				x, y := -6+(float64(cell%200)+0.5)*0.06, -6+(float64(cell/200)+0.5)*0.06
				for range 200 {
					p, q := x*x+y-11, x+y*y-7
					x, y = x-0.01*(4*x*p+2*q), y-0.01*(2*p+4*y*q)
					if x-x != 0 || y-y != 0 {
						break
					}
				}
				ends[2*cell], ends[2*cell+1] = x, y
			}
		}
	})
}
