package derive

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"
)

// Derivatives agree with central differences of what they differentiate, within the differences' own error.
func TestDerivativesAgreeWithDifferences(t *testing.T) {
	for _, f := range []string{
		"exp(x)", "log(x)", "sigma(x)", "sigma'(x)", "sqrt(x)", "abs(x)", "sin(x)", "cos(x)", "tan(x)", "asin(x/5)", "acos(x/5)", "atan(x)", "sinh(x)", "cosh(x)", "tanh(x)",
		"log2(x)", "log10(x)", "softplus(x)", "relu(x-1)", "max(x, x^2)", "min(x, x^2)", "x^3", "x^-2", "x^0.5", "2^x", "x^x", "x^2*sin(x)", "sin(x)/x", "exp(-x^2)/(1+x)", "-(3-x)^2", "log(sigma(x))",
		"log(1-sigma(2x))", "D(x, x^3*exp(x))", "x/7", "7/x", "1/(1+exp(-x))", "sign(x)*x", "sigma(x)^2*(1-sigma(x))",
	} {
		s := &space{}
		body, err := parse(f, s)
		if err != nil {
			t.Fatal(err)
		}
		slope, err := parse("D(x, "+f+")", s)
		if err != nil {
			t.Fatal(err)
		}
		cf, _ := s.compiled(body.sides[0], nil)
		cd, err2 := s.compiled(slope.sides[0], nil)
		if err2 != nil {
			t.Fatal(err2)
		}
		ev := evaluator{ctx: context.Background(), budget: budget}
		at := func(c *code, x float64) float64 { return ev.at(c, &scene{scalars: []value{real(x)}}, nil).v }
		for _, x := range []float64{0.3, 0.77, 1.9, 2.6} {
			const h = 1e-5
			difference := (at(cf, x+h) - at(cf, x-h)) / (2 * h)
			if got := at(cd, x); math.Abs(got-difference) > 1e-7*(1+math.Abs(difference)) || got != got {
				t.Errorf("%s at %g: %g, by differences %g", f, x, got, difference)
			}
		}
	}
}

// The bound of every value holds against the same formula evaluated by other means: in a form that is exact.
func TestErrorBoundsHold(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, pair := range [][2]string{
		{"(1+x)^9", "1+9x+36x^2+84x^3+126x^4+126x^5+84x^6+36x^7+9x^8+x^9"}, {"x*x-y*y", "(x-y)*(x+y)"}, {"1/x-1/y", "(y-x)/(x*y)"}, {"exp(x)*exp(y)", "exp(x+y)"},
		{"log(x*x*y*y)", "2log(abs(x))+2log(abs(y))"}, {"sin(x+y)", "sin(x)cos(y)+cos(x)sin(y)"}, {"sqrt(x^2*y^2)", "abs(x*y)"}, {"1-sigma(x)", "sigma(-x)"}, {"tanh(x)", "2sigma(2x)-1"},
		{"(x^2)^1.5", "abs(x)^3"}, {"cosh(x)-sinh(x)", "exp(-x)"}, {"atan(tan(x/3))", "x/3"}, {"asin(sin(x/3))", "x/3"}, {"softplus(x)", "log(1+exp(x))"}, {"sigma'(x)", "sigma(x)*sigma(-x)"},
		{"log2(1+x*x)", "log(1+x*x)/log(2)"}, {"log10(1+x*x)", "log(1+x*x)/log(10)"}, {"(1+x*x)^37.5", "exp(37.5*log(1+x*x))"}, {"acos(sin(x/4))", "pi/2-x/4"}, {"2^(x+y)", "2^x * 2^y"},
		{"(x*x)^0.37", "abs(x)^0.74"}, {"sinh(x)^2", "(cosh(2x)-1)/2"}, {"tan(x/3)", "sin(x/3)/cos(x/3)"}, {"exp(x)^7.25", "exp(7.25x)"}, {"x^-5", "1/x/x/x/x/x"},
	} {
		s := &space{}
		var codes [2]*code
		for i, text := range pair {
			f, err := parse(text, s)
			if err != nil {
				t.Fatal(err)
			}
			codes[i], _ = s.compiled(f.sides[0], nil)
		}
		ev := evaluator{ctx: context.Background(), budget: 1 << 40}
		compared := 0
		for range 2000 {
			sc := &scene{}
			for range 2 {
				sc.scalars = append(sc.scalars, real(rng.NormFloat64()*math.Pow(10, -float64(rng.IntN(6)))))
			}
			a, b := ev.at(codes[0], sc, nil), ev.at(codes[1], sc, nil)
			if a.state != fine || b.state != fine {
				continue
			}
			compared++
			if math.Abs(a.v-b.v) > 1.001*(a.e+b.e) { // the bounds are rounded too
				t.Fatalf("%s against %s at %v: %g ± %g, %g ± %g", pair[0], pair[1], sc.scalars, a.v, a.e, b.v, b.e)
			}
		}
		if compared < 1000 {
			t.Errorf("%s: only %d points", pair[0], compared)
		}
	}
}
