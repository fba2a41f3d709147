package optim

import (
	"context"
	"math"
	"testing"
)

// A recorded run of a typed formula beside the same loop written by hand, with
// the objective in Go.
func BenchmarkMinimize(b *testing.B) {
	f := resolve(b, "(1-x)^2 + 100*(y-x^2)^2")
	ctx := context.Background()
	runs := []struct {
		name, method string
		eta          float64
		steps        int
		byHand       func(steps int, eta float64) float64
	}{
		{"adam-10000", "adam", 0.001, 10000, adamByHand}, {"gd-1000", "gd", 0.001, 1000, descentByHand},
	}
	for _, r := range runs {
		rule := newRule(b, r.method, nil)
		b.Run(r.name, func(b *testing.B) {
			obj := f.Objective()
			b.ReportAllocs()
			for b.Loop() {
				Minimize(ctx, obj, rule, Config{Start: []float64{-1.2, 1}, Eta: r.eta, Steps: r.steps})
			}
		})
		b.Run(r.name+"-by-hand", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r.byHand(r.steps, r.eta)
			}
		})
	}
	for _, m := range Methods {
		rule := defaultRule(m)
		b.Run("step/"+m.ID, func(b *testing.B) {
			obj := f.Objective()
			steps := 0
			for b.Loop() {
				steps += Minimize(ctx, obj, rule, Config{Start: []float64{-1.2, 1}, Eta: calm(m), Steps: 100}).Len() - 1
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(steps), "ns/step")
		})
	}
}

// adamByHand is Adam on Rosenbrock's function as one would write it for one
// purpose, with the same record.
func adamByHand(steps int, eta float64) float64 {
	const beta1, beta2, eps = 0.9, 0.999, 1e-8
	thetas, gradients, states := make([]float64, 2*(steps+1)), make([]float64, 2*(steps+1)), make([]float64, 6*(steps+1))
	losses, etas := make([]float64, steps+1), make([]float64, steps+1)
	x, y := -1.2, 1.0
	var c1, c2, mx, my, vx, vy float64
	for k := 0; ; k++ {
		p, q := 1-x, y-x*x
		gx, gy := -2*p-400*x*q, 200*q
		thetas[2*k], thetas[2*k+1], gradients[2*k], gradients[2*k+1] = x, y, gx, gy
		losses[k], etas[k] = p*p+100*q*q, eta
		copy(states[6*k:], []float64{c1, c2, mx, my, vx, vy})
		if k == steps {
			return losses[k]
		}
		c1, c2 = beta1*c1+(1-beta1), beta2*c2+(1-beta2)
		mx, my = beta1*mx+(1-beta1)*gx, beta1*my+(1-beta1)*gy
		vx, vy = beta2*vx+(1-beta2)*gx*gx, beta2*vy+(1-beta2)*gy*gy
		x -= eta / c1 * mx / (math.Sqrt(vx/c2) + eps)
		y -= eta / c1 * my / (math.Sqrt(vy/c2) + eps)
	}
}

func descentByHand(steps int, eta float64) float64 {
	thetas, gradients := make([]float64, 2*(steps+1)), make([]float64, 2*(steps+1))
	losses, etas := make([]float64, steps+1), make([]float64, steps+1)
	x, y := -1.2, 1.0
	for k := 0; ; k++ {
		p, q := 1-x, y-x*x
		gx, gy := -2*p-400*x*q, 200*q
		thetas[2*k], thetas[2*k+1], gradients[2*k], gradients[2*k+1] = x, y, gx, gy
		losses[k], etas[k] = p*p+100*q*q, eta
		if k == steps {
			return losses[k]
		}
		x, y = x-eta*gx, y-eta*gy
	}
}
