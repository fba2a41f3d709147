package expr

import (
	"math"
	"sync"
	"testing"
)

func TestValues(t *testing.T) {
	inf, nan := math.Inf(1), math.NaN()
	for _, c := range []struct {
		source string
		x      float64
		want   float64
	}{
		{"x^2", 3, 9},
		{"x^-2", 2, 0.25},
		{"x^0", 0, 1},
		{"x^3", -2, -8},
		{"x^5", 3, 243},
		{"x^2.5", 4, 32},
		{"(-2)^x", 3, -8},
		{"(-2)^x", 0.5, nan},
		{"x^(1/3)", -8, nan},
		{"log(x)", -1, nan},
		{"log(x)", 0, -inf},
		{"sqrt(x)", -1, nan},
		{"asin(x)", 2, nan},
		{"1/x", 0, inf},
		{"x/x", 0, nan},
		{"exp(x)", 1000, inf},
		{"0.1 + 0.2 + 0x", 0, 0.30000000000000004},
		{"7", 1, 7},
		{"x", 1.5, 1.5},
		{"max(x, 2)", nan, nan},
		{"max(2, 3)", 0, 3},
		{"relu(x)", -2, 0},
		{"sign(x)", nan, nan},
		{"step(x)", nan, nan},
		// The logistic forms, where the text taken literally overflows or cancels.
		{"sigma(x)", -800, 0},
		{"sigma(x)", 800, 1},
		{"1/(1+exp(-x))", -800, 0},
		{"exp(x)/(1+exp(x))", 800, 1},
		{"log(1+exp(x))", 800, 800},
		{"log(1+e^x)", -800, 0},
		{"softplus(x)", 1e4, 1e4},
		{"log(sigma(x))", -1e4, -1e4},
		{"log(1-sigma(x))", 1e4, -1e4},
		{"log(1/(1+exp(-x)))", -1e4, -1e4},
		{"log(1+x)", 1e-20, 1e-20},
	} {
		e := mustParse(t, c.source)
		p := e.Compile()
		grad := make([]float64, 1)
		if got := p.NewEvaluator().Eval([]float64{c.x}, grad); !same(got, c.want) {
			t.Errorf("%s at %v = %v, want %v", c.source, c.x, got, c.want)
		}
		out := make([]float64, 1)
		if p.Line([]float64{c.x}, out); !same(out[0], c.want) {
			t.Errorf("Line of %s at %v = %v, want %v", c.source, c.x, out[0], c.want)
		}
	}
}

func TestStableSlopes(t *testing.T) {
	for _, c := range []struct {
		source  string
		x, want float64
	}{
		{"1/(1+exp(-x))", -800, 0},
		{"log(1+exp(x))", 800, 1},
		{"log(sigma(x))", -800, 1},
		{"sigma(x)", 40, math.Exp(-40)},
	} {
		grad := make([]float64, 1)
		mustParse(t, c.source).Compile().NewEvaluator().Eval([]float64{c.x}, grad)
		if math.Abs(grad[0]-c.want) > 1e-12*c.want {
			t.Errorf("slope of %s at %v = %v, want %v", c.source, c.x, grad[0], c.want)
		}
	}
}

// TestBlocksAgree compares Line and Grid with Eval bit by bit, over more than one block.
func TestBlocksAgree(t *testing.T) {
	xs, ys := make([]float64, blockWidth+7), []float64{-1.3, 0, 0.4, 2}
	for i := range xs {
		xs[i] = float64(i)/50 - 2.5
	}
	for _, source := range append(sources, "x + 0y", "sin(y) + 0x", "(x-1)^2 - 3(y-x)^2 - (y+2)^2", "2x + 3y", "max(y, 1)x") {
		e := mustParse(t, source)
		p := e.Compile()
		ev := p.NewEvaluator()
		if e.Dim() == 1 {
			out := make([]float64, len(xs))
			p.Line(xs, out)
			for i, x := range xs {
				if want := ev.Eval([]float64{x}, nil); !same(out[i], want) {
					t.Fatalf("Line of %s at %v = %v, want %v", source, x, out[i], want)
				}
			}
			continue
		}
		out := make([]float64, len(xs)*len(ys))
		p.Grid(xs, ys, out)
		for j, y := range ys {
			for i, x := range xs {
				if got, want := out[j*len(xs)+i], ev.Eval([]float64{x, y}, nil); !same(got, want) {
					t.Fatalf("Grid of %s at (%v, %v) = %v, want %v", source, x, y, got, want)
				}
			}
		}
	}
}

// TestLongSequences runs every formula as if it had too many registers for steps and compares value and gradient bit by
// bit, and likewise the value with and without gradient.
func TestLongSequences(t *testing.T) {
	for _, source := range append(sources, rosenbrock, rastrigin, "x^3 - 2x^4 + x^-2 y^5", "x^y + 2^x - max(x, 2y)/(x + y)") {
		p := mustParse(t, source).Compile()
		long := *p
		long.value.steps, long.gradient.steps = nil, nil
		ev, other := p.NewEvaluator(), long.NewEvaluator()
		for _, theta := range append(points(20), []float64{0, 0}, []float64{1, math.Inf(1)}, []float64{1e200, -1e200}) {
			grad, want := make([]float64, p.Dim()), make([]float64, p.Dim())
			value := ev.Eval(theta, nil)
			if got := ev.Eval(theta, grad); !same(got, value) {
				t.Errorf("%s at %v = %v with gradient, %v without", source, theta, got, value)
			}
			if got := other.Eval(theta, want); !same(got, value) {
				t.Errorf("%s at %v = %v as a long sequence, want %v", source, theta, got, value)
			}
			if got := other.Eval(theta, nil); !same(got, value) {
				t.Errorf("%s at %v = %v as a long sequence without gradient, want %v", source, theta, got, value)
			}
			for i := range grad {
				if !same(grad[i], want[i]) {
					t.Errorf("∂%d of %s at %v = %v, as a long sequence %v", i, source, theta, grad[i], want[i])
				}
			}
		}
	}
}

// TestLongFormula has more instructions than a step can number.
func TestLongFormula(t *testing.T) {
	e := mustParse(t, "x")
	for range 150 {
		e = &Expr{root: call(fnSin, binary(opAdd, e.root, one)), vars: e.vars}
	}
	p := e.Compile()
	if p.gradient.steps != nil {
		t.Fatalf("%d instructions only", len(p.gradient.code))
	}
	ev, grad, out := p.NewEvaluator(), make([]float64, 1), make([]float64, 1)
	value := ev.Eval([]float64{0.3}, grad)
	if p.Line([]float64{0.3}, out); !same(out[0], value) {
		t.Errorf("value %v, on a line %v", value, out[0])
	}
	if d := centralDifference(ev, []float64{0.3}, 0); !near(grad[0], d, 1e-6) {
		t.Errorf("derivative %v, central difference %v", grad[0], d)
	}
}

// TestDerivativeGrids covers programs whose value is of x alone, of y alone, or constant, though the formula has both.
func TestDerivativeGrids(t *testing.T) {
	for _, source := range []string{"x^2 + 3y", "3x + y^2", "x y", "2x + 3y"} {
		for i, g := range mustParse(t, source).Gradient() {
			xs, ys, out := []float64{1, 2, 3}, []float64{4, 5}, make([]float64, 6)
			p := g.Compile()
			p.Grid(xs, ys, out)
			for k := range out {
				if want := p.NewEvaluator().Eval([]float64{xs[k%3], ys[k/3]}, nil); out[k] != want {
					t.Errorf("∂%d of %s: grid value %d is %v, want %v", i, source, k, out[k], want)
				}
			}
		}
	}
}

func TestEmptyGrid(t *testing.T) {
	mustParse(t, "x y").Compile().Grid(nil, []float64{1}, nil)
	mustParse(t, "x").Compile().Line(nil, nil)
}

func TestProgramsAreShared(t *testing.T) {
	p := mustParse(t, rosenbrock).Compile()
	xs := make([]float64, 300)
	for i := range xs {
		xs[i] = float64(i) / 100
	}
	want := make([]float64, len(xs)*len(xs))
	p.Grid(xs, xs, want)
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			out := make([]float64, len(want))
			p.Grid(xs, xs, out)
			for i := range out {
				if out[i] != want[i] {
					t.Errorf("value %d is %v, want %v", i, out[i], want[i])
					return
				}
			}
		})
	}
	wait.Wait()
}

func TestEvalAllocatesNothing(t *testing.T) {
	ev := mustParse(t, rastrigin).Compile().NewEvaluator()
	theta, grad := []float64{1, 2}, make([]float64, 2)
	if n := testing.AllocsPerRun(100, func() { ev.Eval(theta, grad) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func TestProgramsShareAndFuse(t *testing.T) {
	for _, c := range []struct {
		source       string
		instructions int
	}{
		{rosenbrock, 4},
		{"sin(x)y + sin(x)", 3},
		{"(2*3)x", 1},
		{"x^2", 1},
		{"x x", 1},
		{"(x - y)^2 + (x - y)", 3},
	} {
		if got := len(mustParse(t, c.source).Compile().code); got != c.instructions {
			t.Errorf("%s takes %d instructions, want %d", c.source, got, c.instructions)
		}
	}
}
