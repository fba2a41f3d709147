package optim

import (
	"context"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// A runner makes runs that are not recorded, of which any number are wanted:
// maps, sweeps, tuning. It belongs to one goroutine and allocates nothing
// after it is made.
type runner struct {
	point *Point
	rule  Rule
	state []float64
	last  []float64 // θ before the update
}

func newRunner(f *Function, rule Rule) *runner {
	n := f.Dim()
	p := newPoint(f.Objective())
	p.Gradient = make([]float64, n)
	return &runner{p, rule, make([]float64, memoryLen(rule.Memory(n))), make([]float64, n)}
}

// gradientAt is ∇J at θ, in the point's own slice.
func (r *runner) gradientAt(theta []float64) []float64 {
	r.point.Eval(theta, r.point.Gradient)
	return r.point.Gradient
}

// run moves θ from the start, instead of c.Start, to where the run ends: the
// same bits and the same reason as [Minimize]. The point then holds the last
// step, its loss and its gradient. watch, if there is one, sees each step
// before its update.
//
// Without a watch, a method without memory whose update leaves θ as it is, to
// the last bit, is not run further: under a constant rate all later updates
// would do the same.
func (r *runner) run(ctx context.Context, theta []float64, c *Config, watch func(*Point)) (reason string) {
	clear(r.state)
	p := r.point
	p.Theta = theta
	canRest := watch == nil && c.Rate == nil && len(r.state) == 0
	for k := 0; ; k++ {
		p.K, p.Eta, p.Loss = k, c.rate(k), p.Eval(theta, p.Gradient)
		if watch != nil {
			watch(p)
		}
		switch {
		case !finite(p.Loss) || !allFinite(theta):
			return Diverged
		case c.Tol > 0 && Norm(p.Gradient) <= c.Tol:
			return Converged
		case k == c.Steps:
			return StepLimit
		case k%checkEvery == 0 && ctx.Err() != nil:
			return Cancelled
		}
		if !canRest {
			r.rule.Step(p, r.state)
			continue
		}
		copy(r.last, theta)
		if r.rule.Step(p, nil); slices.Equal(r.last, theta) {
			return StepLimit
		}
	}
}

// each calls do for the numbers below n on all cores, each core with a runner
// of its own, and told with how many are done, one call at a time. When the
// context ends it leaves the rest.
func each(ctx context.Context, f *Function, rule Rule, n int, do func(r *runner, i int), told func(done int)) {
	var next atomic.Int64
	var telling sync.Mutex
	var wait sync.WaitGroup
	done := 0
	for range min(n, runtime.GOMAXPROCS(0)) {
		wait.Go(func() {
			r := newRunner(f, rule)
			for i := int(next.Add(1)) - 1; i < n && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				do(r, i)
				telling.Lock()
				done++
				told(done)
				telling.Unlock()
			}
		})
	}
	wait.Wait()
}
