package expr

import (
	"math"
	"testing"
)

const (
	rosenbrock = "(1 - x)^2 + 100(y - x^2)^2"
	rastrigin  = "20 + x^2 - 10cos(2pi x) + y^2 - 10cos(2pi y)"
)

func rosenbrockByHand(theta, grad []float64) float64 {
	x, y := theta[0], theta[1]
	a, b := 1-x, y-x*x
	if grad != nil {
		grad[0] = -2*a - 400*x*b
		grad[1] = 200 * b
	}
	return a*a + 100*b*b
}

func rastriginByHand(theta, grad []float64) float64 {
	x, y := theta[0], theta[1]
	if grad != nil {
		grad[0] = 2*x + 20*math.Pi*math.Sin(2*math.Pi*x)
		grad[1] = 2*y + 20*math.Pi*math.Sin(2*math.Pi*y)
	}
	return 20 + x*x - 10*math.Cos(2*math.Pi*x) + y*y - 10*math.Cos(2*math.Pi*y)
}

// Each benchmark stands beside the same work written by hand, called through a function value as a compiled objective is.
var byHand = []struct {
	name, source string
	eval         func(theta, grad []float64) float64
}{
	{"rosenbrock", rosenbrock, rosenbrockByHand},
	{"rastrigin", rastrigin, rastriginByHand},
}

func BenchmarkEval(b *testing.B) {
	for _, c := range byHand {
		theta, grad := []float64{-1.2, 1}, make([]float64, 2)
		measure := func(name string, eval func(theta, grad []float64) float64) {
			b.Run(c.name+"/"+name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					eval(theta, grad)
				}
			})
		}
		measure("compiled", mustParse(b, c.source).Compile().NewEvaluator().Eval)
		measure("by hand", c.eval)
	}
}

// BenchmarkDescent makes 1000 steps of gradient descent and of Adam, each from where the last one went, and reports
// nanoseconds per step. The loss is recorded and checked in both loops.
func BenchmarkDescent(b *testing.B) {
	losses := make([]float64, 1000)
	measure := func(name string, run func(losses []float64) float64) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				run(losses)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(losses)), "ns/step")
		})
	}
	ev := mustParse(b, rosenbrock).Compile().NewEvaluator()
	measure("gradient descent/compiled", func(losses []float64) float64 { return descend(ev, losses) })
	measure("gradient descent/by hand", descendByHand)
	measure("Adam/compiled", func(losses []float64) float64 { return adam(ev, losses) })
	measure("Adam/by hand", adamByHand)
}

func descend(ev *Evaluator, losses []float64) float64 {
	theta, grad := []float64{-1.2, 1}, []float64{0, 0}
	for k := range losses {
		loss := ev.Eval(theta, grad)
		losses[k] = loss
		if loss-loss != 0 {
			break
		}
		for i, g := range grad {
			theta[i] -= 0.001 * g
		}
	}
	return theta[0] + theta[1]
}

func descendByHand(losses []float64) float64 {
	x, y := -1.2, 1.0
	for k := range losses {
		a, b := 1-x, y-x*x
		loss := a*a + 100*(b*b)
		losses[k] = loss
		if loss-loss != 0 {
			break
		}
		x, y = x-0.001*(-2*a-400*x*b), y-0.001*(200*b)
	}
	return x + y
}

func adam(ev *Evaluator, losses []float64) float64 {
	const eta, beta1, beta2, epsilon = 0.01, 0.9, 0.999, 1e-8
	theta, grad, m, v := []float64{-1.2, 1}, []float64{0, 0}, []float64{0, 0}, []float64{0, 0}
	c1, c2 := 0.0, 0.0
	for k := range losses {
		loss := ev.Eval(theta, grad)
		losses[k] = loss
		if loss-loss != 0 {
			break
		}
		c1, c2 = beta1*c1+(1-beta1), beta2*c2+(1-beta2)
		for i, g := range grad {
			m[i] = beta1*m[i] + (1-beta1)*g
			v[i] = beta2*v[i] + (1-beta2)*g*g
			theta[i] -= eta * (m[i] / c1) / (math.Sqrt(v[i]/c2) + epsilon)
		}
	}
	return theta[0] + theta[1]
}

func adamByHand(losses []float64) float64 {
	const eta, beta1, beta2, epsilon = 0.01, 0.9, 0.999, 1e-8
	x, y := -1.2, 1.0
	var mx, my, vx, vy, c1, c2 float64
	for k := range losses {
		a, b := 1-x, y-x*x
		loss := a*a + 100*(b*b)
		losses[k] = loss
		if loss-loss != 0 {
			break
		}
		gx, gy := -2*a-400*x*b, 200*b
		c1, c2 = beta1*c1+(1-beta1), beta2*c2+(1-beta2)
		mx, my = beta1*mx+(1-beta1)*gx, beta1*my+(1-beta1)*gy
		vx, vy = beta2*vx+(1-beta2)*gx*gx, beta2*vy+(1-beta2)*gy*gy
		x -= eta * (mx / c1) / (math.Sqrt(vx/c2) + epsilon)
		y -= eta * (my / c1) / (math.Sqrt(vy/c2) + epsilon)
	}
	return x + y
}

func BenchmarkGrid(b *testing.B) {
	const n = 100
	xs, ys, out := make([]float64, n), make([]float64, n), make([]float64, n*n)
	for i := range n {
		xs[i], ys[i] = float64(i)/25-2, float64(i)/25-1
	}
	for _, c := range byHand {
		p := mustParse(b, c.source).Compile()
		b.Run(c.name+"/compiled", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				p.Grid(xs, ys, out)
			}
		})
	}
	b.Run("rosenbrock/by hand", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for j, y := range ys {
				row := out[j*n : (j+1)*n]
				for i, x := range xs {
					a, b := 1-x, y-x*x
					row[i] = a*a + 100*b*b
				}
			}
		}
	})
	b.Run("rastrigin/by hand", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for j, y := range ys {
				row := out[j*n : (j+1)*n]
				for i, x := range xs {
					row[i] = 20 + x*x - 10*math.Cos(2*math.Pi*x) + y*y - 10*math.Cos(2*math.Pi*y)
				}
			}
		}
	})
}

func BenchmarkLine(b *testing.B) {
	xs, out := make([]float64, 400), make([]float64, 400)
	for i := range xs {
		xs[i] = float64(i)/100 - 2
	}
	p := mustParse(b, "x^4 - 2x^2 + 0.3x").Compile()
	b.ReportAllocs()
	for b.Loop() {
		p.Line(xs, out)
	}
}

// BenchmarkParse reads, differentiates and compiles a formula of 60 characters.
func BenchmarkParse(b *testing.B) {
	const source = "(1.5 - x + x*y)^2 + (2.25 - x + x*y^2)^2 + exp(-x)*sin(3y+1)"
	if len(source) != 60 {
		b.Fatalf("%d characters", len(source))
	}
	b.ReportAllocs()
	for b.Loop() {
		e := mustParse(b, source)
		e.Gradient()
		e.Compile()
	}
}

func mustParse(tb testing.TB, source string) *Expr {
	tb.Helper()
	e, err := Parse(source)
	if err != nil {
		tb.Fatalf("Parse(%q): %v", source, err)
	}
	return e
}
