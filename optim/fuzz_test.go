package optim

import (
	"context"
	"math"
	"strconv"
	"testing"

	"descent/optim/param"
)

// odd are objectives with holes, kinks, poles and overflows.
var odd = []string{
	"x^2 + y^2", "rosenbrock", "log(x) + y^2", "sqrt(x) - sqrt(y)", "exp(x*y)", "1/x + 1/y", "abs(x) - abs(y)", "x", "-x^4 - y^4", "0*x + 0*y",
	"asin(x) + y^2", "x^0.5 * y^1.5", "tan(x)", "max(x, -y)", "1e300*x + y^2", "1e-320*x^2 + 1e-320*y^2", "x^3", "log(x)", "abs(x)", "sinh(x) + cosh(y)",
}

// FuzzRules runs every method with any hyper-parameters from anywhere on odd
// objectives: no panic, no hang, nothing recorded after the first step that is
// not finite, and workings that can be written.
func FuzzRules(f *testing.F) {
	for i := range uint8(len(Methods)) {
		f.Add(i, uint8(0), 4.0, 1.0, 0.1, 0.5, 0.5, false)
		f.Add(i, uint8(1), 1e308, -1e308, 1e3, 0.0, 1.0, true)
		f.Add(i, uint8(2), 4.9e-324, 1e-310, 1e-6, 1.0, 0.0, true)
		f.Add(i, uint8(9), 1.0, 1.0, 1.0, 0.9, 0.1, false)
		f.Add(i, uint8(15), 1e160, 1e-160, 1e3, 0.99, 0.01, true)
	}
	f.Fuzz(func(t *testing.T, method, objective uint8, x, y, eta, a, b float64, flag bool) {
		// Any numbers, brought into the ranges that a form accepts.
		if eta = math.Abs(eta); !(eta >= LeastEta && eta <= MostEta) {
			eta = 0.1
		}
		m := Methods[int(method)%len(Methods)]
		fn := resolve(t, odd[int(objective)%len(odd)])
		rule := newRule(t, m.ID, hyperAt(m.Params, a, b, flag))
		obj := fn.Objective()
		run := Minimize(context.Background(), obj, rule, Config{Start: []float64{x, y}[:fn.Dim()], Eta: eta, Steps: 60})
		checkFinite(t, run)
		if run.Evaluations > 61*(mostTrials+2) {
			t.Errorf("%d evaluations in %d steps", run.Evaluations, run.Len()-1)
		}
		for _, k := range []int{0, 1, run.Len() - 1} {
			if k >= 0 && k < run.Len() && len(Explain(obj, rule, run, k, sayShort)) == 0 {
				t.Errorf("%s has no workings", m.ID)
			}
		}
	})
}

// hyperAt picks values from the ranges of the hyper-parameters: in turn at the
// fractions a and b of the range.
func hyperAt(params param.Table, a, b float64, flag bool) map[string]string {
	set := map[string]string{}
	for i, p := range params {
		fraction := math.Abs(math.Mod(a, 1))
		if i%2 == 1 {
			fraction = math.Abs(math.Mod(b, 1))
		}
		if !finite(fraction) {
			fraction = 0.5
		}
		switch v := p.Min + fraction*(p.Max-p.Min); {
		case p.Type == param.Flag:
			set[p.Name] = strconv.FormatBool(flag)
		case p.Type == param.Integer:
			set[p.Name] = param.Format(math.Floor(v))
		default:
			set[p.Name] = param.Format(v)
		}
	}
	return set
}
