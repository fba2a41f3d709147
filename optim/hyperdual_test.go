package optim_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"descent/optim"

	"gonum.org/v1/gonum/num/hyperdual"
)

// hyper are the catalogue's formulas once more, in gonum's hyperdual numbers,
// which carry exact first and second derivatives along.
var hyper = map[string]func(x, y number) number{
	"quadratic":  func(x, y number) number { return times(0.5, add(sq(x), times(10, sq(y)))) },
	"rosenbrock": func(x, y number) number { return add(sq(sub(num(1), x)), times(100, sq(sub(y, sq(x))))) },
	"beale": func(x, y number) number {
		part := func(c, p float64) number { return sq(add(sub(num(c), x), mul(x, pow(y, p)))) }
		return add(add(part(1.5, 1), part(2.25, 2)), part(2.625, 3))
	},
	"himmelblau": func(x, y number) number {
		return add(sq(sub(add(sq(x), y), num(11))), sq(sub(add(x, sq(y)), num(7))))
	},
	"rastrigin": func(x, y number) number {
		part := func(x number) number {
			return sub(sq(x), times(10, hyperdual.Cos(times(2*math.Pi, x))))
		}
		return add(num(20), add(part(x), part(y)))
	},
	"saddle": func(x, y number) number { return add(sub(sq(x), sq(y)), times(0.05, pow(y, 4))) },
	"sixhump": func(x, y number) number {
		a := mul(add(sub(num(4), times(2.1, sq(x))), times(1./3, pow(x, 4))), sq(x))
		return add(add(a, mul(x, y)), mul(sub(times(4, sq(y)), num(4)), sq(y)))
	},
	"matyas": func(x, y number) number { return sub(times(0.26, add(sq(x), sq(y))), times(0.48, mul(x, y))) },
	"three-hump-camel": func(x, y number) number {
		a := add(sub(times(2, sq(x)), times(1.05, pow(x, 4))), times(1./6, pow(x, 6)))
		return add(a, add(mul(x, y), sq(y)))
	},
	"styblinski-tang": func(x, y number) number {
		part := func(x number) number { return add(sub(pow(x, 4), times(16, sq(x))), times(5, x)) }
		return times(0.5, add(part(x), part(y)))
	},
	"mccormick": func(x, y number) number {
		a := add(hyperdual.Sin(add(x, y)), sq(sub(x, y)))
		return add(add(a, times(-1.5, x)), add(times(2.5, y), num(1)))
	},
	"goldstein-price": func(x, y number) number {
		poly := func(c, cx, cxx, cy, cxy, cyy float64) number {
			a := add(num(c), add(times(cx, x), times(cxx, sq(x))))
			return add(a, add(times(cy, y), add(times(cxy, mul(x, y)), times(cyy, sq(y)))))
		}
		a := add(num(1), mul(sq(add(add(x, y), num(1))), poly(19, -14, 3, -14, 6, 3)))
		b := add(num(30), mul(sq(sub(times(2, x), times(3, y))), poly(18, -32, 12, 48, -36, 27)))
		return mul(a, b)
	},
	"easom": func(x, y number) number {
		a := mul(hyperdual.Cos(x), hyperdual.Cos(y))
		return times(-1, mul(a, hyperdual.Exp(times(-1, add(sq(sub(x, num(math.Pi))), sq(sub(y, num(math.Pi))))))))
	},
	"levi13": func(x, y number) number {
		wave := func(c float64, x number) number { return sq(hyperdual.Sin(times(c*math.Pi, x))) }
		a := mul(sq(sub(x, num(1))), add(num(1), wave(3, y)))
		b := mul(sq(sub(y, num(1))), add(num(1), wave(2, y)))
		return add(wave(3, x), add(a, b))
	},
	"monkey-saddle": func(x, y number) number { return sub(pow(x, 3), times(3, mul(x, sq(y)))) },
	"plateau":       func(x, y number) number { return add(sq(hyperdual.Tanh(x)), times(0.1, sq(y))) },
}

type number = hyperdual.Number

func num(v float64) number             { return number{Real: v} }
func times(k float64, a number) number { return hyperdual.Scale(k, a) }
func add(a, b number) number           { return hyperdual.Add(a, b) }
func sub(a, b number) number           { return hyperdual.Sub(a, b) }
func mul(a, b number) number           { return hyperdual.Mul(a, b) }
func sq(a number) number               { return hyperdual.Mul(a, a) }

func pow(a number, n float64) number {
	p := num(1)
	for range int(n) {
		p = mul(p, a)
	}
	return p
}

// Values, gradients and Hessians agree with hyperdual numbers to rounding.
func TestCatalogueAgainstHyperdualNumbers(t *testing.T) {
	for id, eval := range hyper {
		f, ok := optim.Lookup(id)
		if !ok {
			t.Fatalf("no function %s", id)
		}
		rng := rand.New(rand.NewPCG(9, 10))
		for range 20 {
			w := f.Window
			theta := []float64{w.XMin + rng.Float64()*(w.XMax-w.XMin), w.YMin + rng.Float64()*(w.YMax-w.YMin)}
			l := f.At(theta)
			x, y := num(theta[0]), num(theta[1])
			x1, y1 := number{Real: theta[0], E1mag: 1}, number{Real: theta[1], E2mag: 1}
			xx, yy := number{Real: theta[0], E1mag: 1, E2mag: 1}, number{Real: theta[1], E1mag: 1, E2mag: 1}
			mixed := eval(x1, y1)
			want := []float64{mixed.Real, mixed.E1mag, mixed.E2mag, eval(xx, y).E1E2mag, mixed.E1E2mag, eval(x, yy).E1E2mag}
			got := []float64{l.Value, l.Gradient[0], l.Gradient[1], l.Hessian[0], l.Hessian[1], l.Hessian[3]}
			scale := 1.0
			for _, v := range want {
				scale = max(scale, math.Abs(v))
			}
			for i := range want { // rounding of terms that cancel, relative to the largest
				if math.Abs(got[i]-want[i]) > 1e-12*scale {
					t.Errorf("%s at %v: entry %d is %v, hyperdual numbers say %v", id, theta, i, got[i], want[i])
				}
			}
		}
	}
}
