package expr

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"gonum.org/v1/gonum/num/dual"
)

func TestDerivativesReadWell(t *testing.T) {
	for _, c := range []struct {
		source string
		want   []string
	}{
		{"(x - 1)^2", []string{"2*(x - 1)"}},
		{"x^2", []string{"2*x"}},
		{"x*x*x", []string{"3*x^2"}},
		{"(2x)^3", []string{"24*x^2"}},
		{"5", []string{"0"}},
		{"3x - 7", []string{"3"}},
		{"0.1x^2", []string{"0.2*x"}},
		{"0.5x^2", []string{"x"}},
		{"x^2/4", []string{"x/2"}},
		{"x^2/3 + 0.25x", []string{"2*x/3 + 0.25"}},
		{"x^2.5", []string{"2.5*x^1.5"}},
		{"x^(1/3)", []string{"1/(3*x^(2/3))"}},
		{"1/x", []string{"-1/x^2"}},
		{"x/(1 + y^2)", []string{"1/(1 + y^2)", "-2*x*y/(1 + y^2)^2"}},
		{"sqrt(x^2 + y^2)", []string{"x/sqrt(x^2 + y^2)", "y/sqrt(x^2 + y^2)"}},
		{"x sqrt(x)", []string{"3*sqrt(x)/2"}},
		{"cos(x) + x", []string{"1 - sin(x)"}},
		{"sin(x)^2", []string{"2*sin(x)*cos(x)"}},
		{"sin(x)^2 + cos(x)^2", []string{"0"}},
		{"tan(x)", []string{"1/cos(x)^2"}},
		{"tanh(x)", []string{"1 - tanh(x)^2"}},
		{"exp(-x^2)", []string{"-2*x*exp(-x^2)"}},
		{"2e^x", []string{"2*e^x"}},
		{"2^x", []string{"2^x*log(2)"}},
		{"x log(x)", []string{"log(x) + 1"}},
		{"log2(x)", []string{"1/(x*log(2))"}},
		{"sigma(x)", []string{"sigma(x)*(1 - sigma(x))"}},
		{"log(sigma(x))", []string{"1 - sigma(x)"}},
		{"softplus(2x)", []string{"2*sigma(2*x)"}},
		{"|x|", []string{"sign(x)"}},
		{"relu(1 - x)", []string{"-step(1 - x)"}},
		{"max(x, 0)", []string{"(1 + sign(x))/2"}},
		{"min(0, x)", []string{"(1 - sign(x))/2"}},
		{"max(x, x)", []string{"1"}},
		{"x^y", []string{"y*x^(y - 1)", "x^y*log(x)"}},
		{"x^x", []string{"x^x*(log(x) + 1)"}},
		{"x^pi", []string{"pi*x^(pi - 1)"}},
		{"(θ1 - 1)^2 + 10(θ2 + 1)^2", []string{"2*(θ1 - 1)", "20*(θ2 + 1)"}},
		{rosenbrock, []string{"-2*(1 - x) - 400*x*(y - x^2)", "200*(y - x^2)"}},
		{rastrigin, []string{"2*x + 20*pi*sin(2*pi*x)", "2*y + 20*pi*sin(2*pi*y)"}},
		{"sqrt(y(x/y)) + y/(x/x)^4", []string{"1/(2*sqrt(y*(x/y)))", "1"}},
		{"x exp(-x)", []string{"(1 - x)*exp(-x)"}},
		{"exp(2x)exp(-x)", []string{"exp(x)"}},
		{"exp(x)/(1 + exp(x))", []string{"exp(x)/(1 + exp(x))^2"}},
		{"x/(1 + x^2)", []string{"(1 - x^2)/(1 + x^2)^2"}},
		{"(x + y)/(x - y)", []string{"-2*y/(x - y)^2", "2*x/(x - y)^2"}},
		{"log(x)/x", []string{"(1 - log(x))/x^2"}},
		{"x^2 exp(-x^2 - y^2)", []string{"2*x*(1 - x^2)*exp(-x^2 - y^2)", "-2*x^2*y*exp(-x^2 - y^2)"}},
		{"-exp(-(x - 1)^2/2)", []string{"(x - 1)*exp(-(x - 1)^2/2)"}},
		{"(x + 2y - 7)^2 + (2x + y - 5)^2", []string{"10*x + 8*y - 34", "8*x + 10*y - 38"}},
		{"(x + y)^2(x - y)^2", []string{"4*x*(x + y)*(x - y)", "-4*y*(x + y)*(x - y)"}},
		{"(4 - 2.1x^2 + x^4/3)x^2", []string{"2*x^5 - 8.4*x^3 + 8*x"}},
		{"cos(y) cos(x)", []string{"-sin(x)*cos(y)", "-cos(x)*sin(y)"}},
		{"2^x*3^x", []string{"(log(2) + log(3))*2^x*3^x"}},
		{"x|x|", []string{"2*abs(x)"}},
		{"x^2 x^y", []string{"(2 + y)*x^(y + 1)", "x^(y + 2)*log(x)"}},
		{"0.45sin(x)/(x - 4)", []string{"0.45*cos(x)/(x - 4) - 0.45*sin(x)/(x - 4)^2"}},
		{"9007199254740993x^2", []string{"2*9007199254740993*x"}},
	} {
		for i, g := range mustParse(t, c.source).Gradient() {
			if g.String() != c.want[i] {
				t.Errorf("derivative %d of %s = %s, want %s", i, c.source, g, c.want[i])
			}
		}
	}
}

func TestSecondDerivativesReadWell(t *testing.T) {
	for _, c := range []struct{ source, want string }{
		{"x^2", "2"},
		{rosenbrock, "1200*x^2 - 400*y + 2"},
		{"1/(1 + x^2)", "2*(3*x^2 - 1)/(1 + x^2)^3"},
		{"x/(1 + x^2)", "2*x*(x^2 - 3)/(1 + x^2)^3"},
		{"sqrt(1 + x^2)", "1/(1 + x^2)^(3/2)"},
		{"sqrt(x^2 + y^2)", "y^2/(x^2 + y^2)^(3/2)"},
		{"(x^2 - 1)^2", "12*x^2 - 4"},
		{"(x^2 - 1)^3", "6*(x^2 - 1)*(5*x^2 - 1)"},
		{"exp(-x^2)", "2*(2*x^2 - 1)*exp(-x^2)"},
		{"x tanh(x)", "2*(1 - tanh(x)^2)*(1 - x*tanh(x))"},
		{"sigma(x)^2", "2*sigma(x)^2*(1 - sigma(x))*(2 - 3*sigma(x))"},
		{"1/(1 + exp(-x))", "exp(-x)*(exp(-x) - 1)/(1 + exp(-x))^3"},
		{"log(1 + exp(x))", "exp(x)/(1 + exp(x))^2"},
		{"x y/(x^2 + y^2 + 1)", "2*x*y*(x^2 - 3*y^2 - 3)/(x^2 + y^2 + 1)^3"},
		{"(x^2 + y - 11)^2 + (x + y^2 - 7)^2", "12*x^2 + 4*y - 42"},
		{"x^x", "x^x*(log(x) + 1)^2 + x^(x - 1)"},
		{"|sin(x)|", "-abs(sin(x))"},
		{"asin(x/2)", "x/(8*(1 - x^2/4)^(3/2))"},
	} {
		if got := mustParse(t, c.source).Hessian()[0][0].String(); got != c.want {
			t.Errorf("∂²/∂x² of %s = %s, want %s", c.source, got, c.want)
		}
	}
}

// TestLongProducts holds the text of derivatives to a size that a page can carry: written out, the Hessian of a product of
// n brackets has n² terms of n factors.
func TestLongProducts(t *testing.T) {
	for _, source := range heavySources() {
		e := mustParse(t, source)
		length := 0
		for _, row := range e.Hessian() {
			for _, h := range row {
				length = max(length, len(h.String()))
			}
		}
		if length > 1<<20 {
			t.Errorf("a second derivative of %s has %d characters", source, length)
		}
	}
}

// heavySources are formulas near the limits that take long to differentiate twice.
func heavySources() []string {
	var brackets strings.Builder
	for i := range 30 {
		fmt.Fprintf(&brackets, "(%dx+%dy)", i/5+1, i%5+1)
	}
	nested := func(open string, depth int) string {
		return strings.Repeat(open, depth) + "y" + strings.Repeat(")", depth)
	}
	return []string{
		brackets.String(), nested("sin(x", 32), nested("x/(y+", 31), nested("sqrt(x+", 31), nested("σ(x+y*", 31), nested("tanh(xy", 31),
		nested("max(x,y+", 28), strings.Repeat("x^", 32) + "y", strings.Repeat("(x+y)^", 30) + "y", nested("(x+", 31) + "^2",
		strings.Repeat("1/(x+y)+", 31) + "x", "sin x cos x tan x log x exp x sin y cos y tan y log y exp y sinh x cosh x tanh x sinh y cosh y σ x σ y",
	}
}

// points returns n random points away from the origin's symmetries, the same at every run.
func points(n int) [][]float64 {
	random := rand.New(rand.NewPCG(1, 2))
	list := make([][]float64, n)
	for i := range list {
		list[i] = []float64{random.Float64()*5 - 2, random.Float64()*5 - 2}
	}
	return list
}

// TestGradients compares, wherever the formula is defined, three ways to differentiate: the printed derivative, reverse
// mode, and central differences of the value.
func TestGradients(t *testing.T) {
	for _, source := range sources {
		e := mustParse(t, source)
		gradient := e.Gradient()
		ev := e.Compile().NewEvaluator()
		checked := 0
		for _, theta := range points(40) {
			theta = theta[:e.Dim()]
			grad := make([]float64, e.Dim())
			value := ev.Eval(theta, grad)
			for i, g := range gradient {
				difference := centralDifference(ev, theta, i)
				if math.IsNaN(value) || math.IsNaN(difference) || math.IsInf(value, 0) {
					continue
				}
				checked++
				symbolic := evaluate(g, theta)
				if !near(symbolic, grad[i], 1e-10) {
					t.Errorf("∂%d of %s at %v: %s = %v, reverse mode %v", i, source, theta, g, symbolic, grad[i])
				}
				if !near(grad[i], difference, 2e-6*(1+math.Abs(value)/(1+math.Abs(grad[i])))) {
					t.Errorf("∂%d of %s at %v: reverse mode %v, central difference %v", i, source, theta, grad[i], difference)
				}
			}
		}
		if checked < 10 {
			t.Errorf("%s was checked at %d points only", source, checked)
		}
	}
}

func centralDifference(ev *Evaluator, theta []float64, i int) float64 {
	const h = 1e-6
	moved := append([]float64(nil), theta...)
	moved[i] = theta[i] + h
	right := ev.Eval(moved, nil)
	moved[i] = theta[i] - h
	return (right - ev.Eval(moved, nil)) / (2 * h)
}

// near compares relative to 1 + |b|.
func near(a, b, tolerance float64) bool {
	return math.Abs(a-b) <= tolerance*(1+math.Abs(b))
}

// TestFunctionsAgainstDualNumbers checks every function's value and slope against gonum's dual numbers.
func TestFunctionsAgainstDualNumbers(t *testing.T) {
	oracle := map[string]func(dual.Number) dual.Number{
		"exp": dual.Exp, "log": dual.Log, "sqrt": dual.Sqrt, "abs": dual.Abs, "sin": dual.Sin, "cos": dual.Cos, "tan": dual.Tan,
		"asin": dual.Asin, "acos": dual.Acos, "atan": dual.Atan, "sinh": dual.Sinh, "cosh": dual.Cosh, "tanh": dual.Tanh,
		"sigma": func(x dual.Number) dual.Number {
			return dual.Inv(dual.Add(dual.Number{Real: 1}, dual.Exp(dual.Scale(-1, x))))
		},
		"softplus": func(x dual.Number) dual.Number { return dual.Log(dual.Add(dual.Number{Real: 1}, dual.Exp(x))) },
		"log2":     func(x dual.Number) dual.Number { return dual.Scale(1/math.Ln2, dual.Log(x)) },
		"log10":    func(x dual.Number) dual.Number { return dual.Scale(1/math.Ln10, dual.Log(x)) },
	}
	for name, f := range oracle {
		e := mustParse(t, name+"(x)")
		ev, grad := e.Compile().NewEvaluator(), make([]float64, 1)
		for _, x := range []float64{0.07, 0.31, 0.5, 0.92} {
			want := f(dual.Number{Real: x, Emag: 1})
			value := ev.Eval([]float64{x}, grad)
			if !near(value, want.Real, 1e-14) || !near(grad[0], want.Emag, 1e-13) {
				t.Errorf("%s at %v: %v, slope %v; want %v, %v", name, x, value, grad[0], want.Real, want.Emag)
			}
		}
	}
}

func TestHessianIsSymmetric(t *testing.T) {
	for _, source := range sources {
		e := mustParse(t, source)
		if e.Dim() == 1 {
			continue
		}
		one := e.Derivative(0).Derivative(1).Compile().NewEvaluator()
		other := e.Hessian()[0][1].Compile().NewEvaluator()
		for _, theta := range points(10) {
			a, b := one.Eval(theta, nil), other.Eval(theta, nil)
			if !math.IsNaN(a) && !math.IsInf(a, 0) && !near(a, b, 1e-10) {
				t.Errorf("%s at %v: ∂x∂y %v, ∂y∂x %v", source, theta, b, a)
			}
		}
	}
}

func TestKinks(t *testing.T) {
	for _, c := range []struct {
		source   string
		theta    []float64
		gradient []float64
	}{
		{"|x|", []float64{0}, []float64{0}},
		{"relu(x)", []float64{0}, []float64{0}},
		{"max(x, y)", []float64{2, 2}, []float64{0.5, 0.5}},
		{"min(x, y)", []float64{-1, -1}, []float64{0.5, 0.5}},
		{"max(x, y)", []float64{3, 2}, []float64{1, 0}},
		{"min(x, y)", []float64{3, 2}, []float64{0, 1}},
		{"sign(x) + step(x)", []float64{0}, []float64{0}},
		{"x^2", []float64{0}, []float64{0}},
		{"x^3", []float64{-2}, []float64{12}},
		{"x^y", []float64{-2, 3}, []float64{12, math.NaN()}},
		{"x^y", []float64{0, 2}, []float64{0, 0}},
		{"(-2)^x", []float64{2}, []float64{math.NaN()}},
	} {
		e := mustParse(t, c.source)
		grad := make([]float64, e.Dim())
		e.Compile().NewEvaluator().Eval(c.theta, grad)
		for i, want := range c.gradient {
			if !same(grad[i], want) {
				t.Errorf("gradient of %s at %v = %v, want %v", c.source, c.theta, grad, c.gradient)
			}
			symbolic := evaluate(e.Derivative(i), c.theta)
			if !same(symbolic, want) && !(c.source == "x^y" && c.theta[0] == 0) {
				t.Errorf("derivative %s at %v = %v, want %v", e.Derivative(i), c.theta, symbolic, want)
			}
		}
	}
}

// same is equality in which NaN equals itself.
func same(a, b float64) bool { return a == b || math.IsNaN(a) && math.IsNaN(b) }
