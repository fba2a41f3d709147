package cell

import (
	"encoding/json"
	"maps"
	"math"
	"slices"
	"strings"
	"testing"

	"descent/optim"
	"descent/optim/param"
)

// The hyper-parameters and their defaults, as the public contract states them.
var contract = map[string]map[string]any{
	"gd":       {"weight_decay": 0.0},
	"momentum": {"weight_decay": 0.0, "momentum": 0.9, "dampening": 0.0},
	"nesterov": {"weight_decay": 0.0, "momentum": 0.9},
	"adagrad":  {"weight_decay": 0.0, "lr_decay": 0.0, "initial_accumulator_value": 0.0, "eps": 1e-10},
	"rmsprop":  {"weight_decay": 0.0, "alpha": 0.99, "eps": 1e-8, "momentum": 0.0, "centered": false},
	"adadelta": {"weight_decay": 0.0, "rho": 0.9, "eps": 1e-6},
	"adam":     {"weight_decay": 0.0, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8},
	"amsgrad":  {"weight_decay": 0.0, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8},
	"adamax":   {"weight_decay": 0.0, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8},
	"adamw":    {"weight_decay": 0.01, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "amsgrad": false},
	"nadam":    {"weight_decay": 0.0, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8, "momentum_decay": 0.004},
	"radam":    {"weight_decay": 0.0, "beta1": 0.9, "beta2": 0.999, "eps": 1e-8},
	"newton":   {"weight_decay": 0.0, "damping": 0.0}, "linesearch": {"weight_decay": 0.0, "c1": 1e-4, "shrink": 0.5},
	"cg": {}, "bfgs": {}, "lbfgs": {}, "neldermead": {}, // no hyper-parameter stated
}

// Every method can be chosen, with the defaults that the contract states,
// takes part in a comparison, and its first update is worked out.
func TestEveryMethodCanBeChosen(t *testing.T) {
	if got, want := slices.Sorted(maps.Keys(contract)), len(optim.Methods); len(got) != want {
		t.Fatalf("%d methods in the contract, %d in the catalogue", len(got), want)
	}
	for _, m := range optim.Methods {
		want, ok := contract[m.ID]
		if !ok {
			t.Errorf("%s is not in the contract", m.ID)
		}
		d := run(t, "descent", "method="+m.ID+"&steps=5&k=2").(*Descent)
		var got struct {
			Hyper map[string]any
			Steps []struct {
				Eta   float64
				State map[string][]float64
			}
		}
		raw, err := json.Marshal(d.JSON())
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(raw, &got); err != nil {
			t.Fatal(err)
		}
		for name, value := range want {
			if got.Hyper[name] != value {
				t.Errorf("%s: %s defaults to %v, want %v", m.ID, name, got.Hyper[name], value)
			}
		}
		if len(want) > 0 && len(got.Hyper) != len(want) {
			t.Errorf("%s: hyper-parameters %v, want %v", m.ID, got.Hyper, want)
		}
		if parts := m.New(d.Values).Memory(2); len(got.Steps[1].State) != len(parts) {
			t.Errorf("%s: the JSON names %d parts of the memory, the rule %d", m.ID, len(got.Steps[1].State), len(parts))
		}
		update := d.Update(max(d.K, 0))
		if last := update[len(update)-1]; last.Left != "θ₃" || len(last.Values) != 2 || last.Values[0] != sayPrecisely(d.Run.Theta(3)[0]) {
			t.Errorf("%s: the update of step 2 ends in %+v, the run went on to %v", m.ID, last, d.Run.Theta(3))
		}
		c := run(t, "compare", "methods="+m.ID+"&steps=20").(*Compare)
		if r := c.Racers[0]; r.Method != m || m.Rateless != math.IsNaN(r.Eta) || !(r.Loss() < r.Run.Losses[0]) {
			t.Errorf("compare: %s at its best η = %g goes from %g to %g", m.ID, r.Eta, r.Run.Losses[0], r.Loss())
		}
	}
}

// A value that follows the method's default is valid for every method.
func TestDefaultsFollowTheMethod(t *testing.T) {
	for _, kind := range []string{"descent", "basins"} {
		table := Lookup(kind).Params
		for _, m := range optim.Methods {
			v, err := table.Defaults(map[string]string{"method": m.ID})
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range m.Params {
				own, err := m.Params.Defaults(nil)
				if err != nil {
					t.Fatal(err)
				}
				if !v.Relevant(p.Name) || v.Text(p.Name) != own.Text(p.Name) {
					t.Errorf("%s: %s of %s is %q, want %q", kind, p.Name, m.ID, v.Text(p.Name), own.Text(p.Name))
				}
			}
			if v.Relevant("eta") == m.Rateless {
				t.Errorf("%s: η with %s: relevant is %v", kind, m.ID, v.Relevant("eta"))
			}
		}
	}
}

// The recorded rates are those of the schedule.
func TestSchedules(t *testing.T) {
	tests := []struct {
		query string
		want  map[int]float64 // the rate of the update from step k
	}{
		{"schedule=constant", map[int]float64{0: 0.1, 30: 0.1}},
		{"schedule=step&step_size=10&gamma=0.5", map[int]float64{0: 0.1, 9: 0.1, 10: 0.05, 20: 0.025}},
		{"schedule=exponential&gamma=0.5", map[int]float64{0: 0.1, 1: 0.05, 3: 0.0125}},
		{"schedule=cosine&t_max=20&eta_min=0.02", map[int]float64{0: 0.1, 10: 0.06, 20: 0.02, 30: 0.06}},
		{"schedule=inverse&decay=0.5", map[int]float64{0: 0.1, 2: 0.05, 8: 0.02}},
		{"schedule=warmup-cosine&warmup=4&t_max=24&eta_min=0", map[int]float64{0: 0.025, 3: 0.1, 4: 0.1, 14: 0.05, 24: 0}},
	}
	for _, tt := range tests {
		d := run(t, "descent", "eta=0.1&steps=40&"+tt.query).(*Descent)
		for k, want := range tt.want {
			if got := d.Run.Etas[k]; math.Abs(got-want) > 1e-15 {
				t.Errorf("%s: the rate of step %d is %v, want %v", tt.query, k, got, want)
			}
		}
	}
	if len(optim.Schedules) != len(tests) {
		t.Errorf("%d schedules, %d tested", len(optim.Schedules), len(tests))
	}
}

// The step that is looked at never lies behind the end of the run.
func TestTheStepLookedAt(t *testing.T) {
	for query, want := range map[string]int{"k=7": 7, "k=9999": 100, "k=9999&eta=5": 161, "f=log(x)&x=-1&k=5": 0} {
		if d := run(t, "descent", "f=x^2&x=1&steps=200&tol=1e-9&eta=0.1&"+query).(*Descent); d.K != want && !(query == "k=9999" && d.K == d.Run.Len()-1) {
			t.Errorf("%s: step %d, want %d", query, d.K, want)
		}
	}
}

// Where J is not defined the reader is told where it is.
func TestUndefinedStartsAreExplained(t *testing.T) {
	tests := []struct{ kind, query, want string }{
		{"descent", "f=log(x)&x=-1", "J is defined for 0 < x ≤ 5"},
		{"descent", "f=sqrt(x-30)&x=1", "Nowhere in this picture does J have a value."},
		{"descent", "f=sqrt(-1-x^2)&x=1", "No place was found where J has a value"},
		{"descent", "f=log(x)%2Blog(y)&x=-1&y=2", "The nearest point found"},
		{"basins", "f=log(x)&x=-1", "J is defined for 0 < x"},
		{"compare", "f=log(x)&x=-1", "J is defined for 0 < x"},
		{"function", "f=log(x)&x=-1", "J is defined for 0 < x"},
		{"objective", "f=log(x)&x=-1", "J is defined for 0 < x"},
		{"function", "f=ackley&x=0&y=0", "J has no gradient or no curvature at θ = (0, 0). J = "},
	}
	for _, tt := range tests {
		if got := run(t, tt.kind, tt.query).Readout().Text(); !strings.Contains(got, tt.want) {
			t.Errorf("%s?%s says %q, want %q in it", tt.kind, tt.query, got, tt.want)
		}
	}
}

func TestFunctionAtAPoint(t *testing.T) {
	tests := []struct{ query, point, around string }{
		{"f=rosenbrock&x=1&y=1", optim.Minimum, ""},
		{"f=x^2-y^2&x=0&y=0", optim.Saddle, ""},
		{"f=-x^2-y^2&x=0&y=0", optim.Maximum, ""},
		{"f=x^4%2By^4&x=0&y=0", optim.Flat, optim.Minimum},
		{"f=x^3-3x*y^2&x=0&y=0", optim.Flat, optim.Saddle},
		{"f=x^2%2By^2&x=1&y=0", optim.NotStationary, ""},
		{"f=himmelblau&x=3.584428340330492&y=-1.848126526964404", optim.Minimum, ""},
	}
	for _, tt := range tests {
		f := run(t, "function", tt.query).(*Function)
		if f.Local.Kind != tt.point || f.Local.Around != tt.around {
			t.Errorf("%s: %q, %q around; want %q, %q", tt.query, f.Local.Kind, f.Local.Around, tt.point, tt.around)
		}
		if f.Local.Check.RelativeError > 1e-7 {
			t.Errorf("%s: the gradient check is off by %g", tt.query, f.Local.Check.RelativeError)
		}
	}
}

// What theory says of the quadratic with curvatures 1 and 10 by gradient
// descent: κ = 10, stable below 2/10, best 2/11 with factor 9/11.
func TestTheoryInJSON(t *testing.T) {
	d := run(t, "descent", "f=quadratic&eta=0.1&steps=100")
	raw, err := json.Marshal(d.JSON())
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Theory struct {
			Quadratic bool
			Condition float64
			StableEta float64 `json:"stable_eta"`
			Best      struct{ Eta, Rate float64 }
			Predicted float64 `json:"predicted_rate"`
			Measured  float64 `json:"measured_rate"`
		}
	}
	if err := json.Unmarshal(raw, &got); err != nil {
		t.Fatal(err)
	}
	th := got.Theory
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"κ", th.Condition, 10}, {"stable η", th.StableEta, 0.2}, {"best η", th.Best.Eta, 2.0 / 11}, {"its factor", th.Best.Rate, 9.0 / 11},
		{"predicted factor", th.Predicted, 0.9}, {"measured factor", th.Measured, 0.9},
	} {
		if math.Abs(c.got-c.want) > 1e-9 {
			t.Errorf("%s is %v, want %v", c.name, c.got, c.want)
		}
	}
	if !th.Quadratic {
		t.Error("a quadratic is not recognised")
	}
}

// What the comparison says is what the runs did.
func TestComparisonIsTrue(t *testing.T) {
	c := run(t, "compare", "f=quadratic&methods=gd,momentum,adam,bfgs,newton&steps=80").(*Compare)
	if got := c.Readout().Headline; got != "Newton’s method is there first." && !strings.HasPrefix(got, "BFGS and Newton") {
		t.Errorf("the headline is %q", got)
	}
	for i := range c.Racers {
		r := &c.Racers[i]
		if r.Method.Rateless {
			continue
		}
		// No rate near by ends lower: it is the method's own best.
		for _, factor := range []float64{0.8, 0.97, 1.03, 1.25} {
			other := optim.Minimize(t.Context(), c.Function.Objective(), r.Method.New(r.Hyper), optim.Config{Start: r.Run.Theta(0), Eta: r.Eta * factor, Steps: 80})
			if end := other.Losses[other.Len()-1]; end < r.Loss()*(1-1e-6)-1e-25 {
				t.Errorf("%s: η = %g ends at %g, the one called best, %g, at %g", r.Method.ID, r.Eta*factor, end, r.Eta, r.Loss())
			}
		}
	}
	all := run(t, "compare", "f=x^2&methods=gd,momentum&rate=same&eta=100&steps=400").(*Compare)
	if got := all.Readout().Headline; got != "All diverge." {
		t.Errorf("the headline is %q", got)
	}
	if _, err := try(t, "compare", "methods="); err == nil || err.(param.Errors).For("methods") == nil {
		t.Errorf("no method chosen: %v", err)
	}
}
