package optim

import (
	"context"
	"encoding/json"
	"maps"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"descent/optim/param"
)

// chaotic is the tolerance above which a reference record says nothing.
const chaotic = 1e-6

type number float64

func (n *number) UnmarshalJSON(b []byte) error {
	text := string(b)
	if s, err := strconv.Unquote(text); err == nil {
		text = s
	}
	v, err := strconv.ParseFloat(text, 64)
	*n = number(v)
	return err
}

type referenceCase struct {
	ID, Objective, Optimizer string
	Class                    string `json:"torch_class"`
	LR                       float64
	Hyper                    map[string]any
	Schedule                 map[string]any
	LRUsed                   []number `json:"lr_used"`
	Start                    []float64
	FirstLoss                *int `json:"first_nonfinite_loss_step"`
	FirstTheta               *int `json:"first_nonfinite_theta_step"`
	Records                  []struct {
		Step  int
		Theta []number
		Loss  number
		Grad  []number
		Tol   float64
	}
}

// rule is the method that a PyTorch configuration means. Every
// hyper-parameter of the configuration is used.
func (c referenceCase) rule(t *testing.T) Rule {
	hyper := maps.Clone(c.Hyper)
	take := func(name string) any { v := hyper[name]; delete(hyper, name); return v }
	id := map[string]string{"Adagrad": "adagrad", "RMSprop": "rmsprop", "Adadelta": "adadelta", "Adam": "adam", "AdamW": "adamw", "NAdam": "nadam", "RAdam": "radam", "Adamax": "adamax"}[c.Class]
	switch {
	case c.Class == "SGD" && take("nesterov") == true:
		id = "nesterov"
	case c.Class == "SGD" && hyper["momentum"] != 0.0:
		id = "momentum"
	case c.Class == "SGD":
		id = "gd"
	case c.Class == "Adam" && take("amsgrad") == true:
		id = "amsgrad"
	}
	if betas, ok := take("betas").([]any); ok {
		hyper["beta1"], hyper["beta2"] = betas[0], betas[1]
	}
	m := FindMethod(id)
	set := map[string]string{}
	for name, value := range hyper {
		if m.Params.Lookup(name) == nil && value == 0.0 {
			continue // SGD's momentum where the method has none
		}
		set[name] = format(value)
	}
	v, err := m.Params.Defaults(set)
	if err != nil {
		t.Fatal(err)
	}
	return m.New(v)
}

// rate is the schedule that a PyTorch configuration means.
func (c referenceCase) rate(t *testing.T) Rate {
	if c.Schedule == nil {
		return nil
	}
	id := map[string]string{"StepLR": "step", "ExponentialLR": "exponential", "CosineAnnealingLR": "cosine", "LambdaLR": "inverse"}[c.Schedule["kind"].(string)]
	names := map[string]string{"step_size": "step_size", "gamma": "gamma", "T_max": "t_max", "eta_min": "eta_min", "c": "decay"}
	set := map[string]string{}
	for name, value := range c.Schedule {
		if our, ok := names[name]; ok {
			set[our] = format(value)
		}
	}
	s := FindSchedule(id)
	v, err := s.Params.Defaults(set)
	if err != nil {
		t.Fatal(err)
	}
	return s.New(v)
}

func format(v any) string {
	if b, ok := v.(bool); ok {
		return strconv.FormatBool(b)
	}
	return param.Format(v.(float64))
}

func TestMethodsAgreeWithPyTorch(t *testing.T) {
	var reference struct {
		Objectives map[string]struct{ Expression string }
		Cases      []referenceCase
	}
	readReference(t, "optimizers.json", &reference)
	compared := 0
	for _, c := range reference.Cases {
		t.Run(c.ID, func(t *testing.T) {
			f := resolve(t, reference.Objectives[c.Objective].Expression)
			run := Minimize(context.Background(), f.Objective(), c.rule(t), Config{Start: c.Start, Eta: c.LR, Rate: c.rate(t), Steps: 100})
			if want := firstOf(c.FirstLoss, c.FirstTheta); want >= 0 {
				if run.Stop != (Stop{Diverged, want}) {
					t.Errorf("%s on %s: stopped %v, want diverged at %d", c.Optimizer, c.Objective, run.Stop, want)
				}
			} else if run.Stop != (Stop{StepLimit, 100}) {
				t.Errorf("%s on %s: stopped %v, want all 100 steps", c.Optimizer, c.Objective, run.Stop)
			}
			for _, r := range c.Records {
				if r.Tol > chaotic || r.Step >= run.Len() || !finite(run.Losses[r.Step]) {
					continue
				}
				for i, want := range r.Theta {
					if got := run.Theta(r.Step)[i]; !near(got, float64(want), r.Tol) {
						t.Fatalf("%s on %s: θ%d at step %d is %v, want %v within %g", c.Optimizer, c.Objective, i+1, r.Step, got, want, r.Tol)
					}
				}
				if got := run.Losses[r.Step]; !near(got, float64(r.Loss), r.Tol) {
					t.Fatalf("%s on %s: loss at step %d is %v, want %v within %g", c.Optimizer, c.Objective, r.Step, got, r.Loss, r.Tol)
				}
				compared++
			}
			for k, want := range c.LRUsed {
				// PyTorch gets the rates by recurrence; 100 roundings stay below 1e-13.
				if got := run.Etas[k]; !near(got, float64(want), 1e-13) {
					t.Fatalf("%s: the rate of update %d is %v, want %v", c.Optimizer, k, got, want)
				}
			}
		})
	}
	if compared < 1000 {
		t.Errorf("only %d records were compared", compared)
	}
}

func readReference(t *testing.T, name string, into any) {
	raw, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, into); err != nil {
		t.Fatal(err)
	}
}

func firstOf(a, b *int) int {
	first := -1
	for _, p := range []*int{a, b} {
		if p != nil && (first < 0 || *p < first) {
			first = *p
		}
	}
	return first
}

type lineSearchReference struct {
	Objectives map[string]struct {
		Expression string
		Multimodal bool
		Points     []struct {
			X    []float64
			F    float64
			Kind string
		} `json:"stationary_points"`
	}
	Runs []struct {
		Objective string
		Start     []float64
		Nearest   []float64 `json:"nearest_stationary_point"`
		Value     float64   `json:"nearest_value"`
		TolX      float64   `json:"tol_x"`
		TolF      float64   `json:"tol_f"`
	}
}

// clearStarts lists the starts on objectives of several minima from which a careful
// method goes to the minimum that SciPy went to. From (1, 0) on the saddle
// that is the saddle itself.
var clearStarts = map[string][][]float64{
	"himmelblau": {{-4, 1}, {4, -3}},
	"rastrigin":  {{0.1, -0.1}, {0.7, -1.3}},
	"ackley":     {{0.1, 0.05}, {1.5, -0.8}},
	"saddle":     {{1, 0.001}, {2, -3}, {1, 0}, {-1, 0.5}},
}

// The methods that search along a line end where SciPy's BFGS ends, within the
// reference's tolerances: at the same point where the objective has one
// minimum or the start is clear, else at one of the minima.
func TestLineSearchesAgreeWithSciPy(t *testing.T) {
	tests := []struct {
		id    string
		set   map[string]string
		c     Config
		leaps bool // may leave the basin of a clear start
		plain bool // only compared where there is one minimum
		skip  string
		tolX  float64 // instead of the reference's, if not 0
	}{
		{id: "bfgs", c: Config{Eta: 1, Steps: 200, Tol: 1e-8}},
		{id: "lbfgs", c: Config{Eta: 1, Steps: 200, Tol: 1e-8}},
		{id: "lbfgs", set: map[string]string{"memory": "1"}, c: Config{Eta: 1, Steps: 200, Tol: 1e-8}},
		{id: "cg", c: Config{Eta: 1, Steps: 200, Tol: 1e-8}},
		// Steepest descent begins with a step of η‖g‖, and crawls in Rosenbrock's valley.
		{id: "linesearch", c: Config{Eta: 1, Steps: 2000, Tol: 1e-8}, leaps: true, skip: "rosenbrock"},
		// A simplex of losses that differ by less than rounding can tell θ to the root of that.
		{id: "neldermead", set: map[string]string{"size": "0.2"}, c: Config{Steps: 300, Tol: 1e-8}, plain: true, tolX: 1e-4},
	}
	var reference lineSearchReference
	readReference(t, "linesearch.json", &reference)
	for _, tt := range tests {
		for _, r := range reference.Runs {
			o := reference.Objectives[r.Objective]
			if r.Objective == tt.skip || tt.plain && o.Multimodal {
				continue
			}
			tt.c.Start = r.Start
			run := Minimize(context.Background(), resolve(t, o.Expression).Objective(), newRule(t, tt.id, tt.set), tt.c)
			end, loss := run.Theta(run.Len()-1), run.Losses[run.Len()-1]
			tolX, tolF := max(r.TolX, tt.tolX), max(r.TolF, tt.tolX)
			at := func(x []float64, f float64) bool { return Distance(end, x) <= tolX && math.Abs(loss-f) <= tolF }
			isClear := slices.ContainsFunc(clearStarts[r.Objective], func(s []float64) bool { return slices.Equal(s, r.Start) })
			if !o.Multimodal || isClear && !tt.leaps {
				if !at(r.Nearest, r.Value) {
					t.Errorf("%s %v on %s from %v: ends at %v with J = %v, SciPy at %v with %v (%v)", tt.id, tt.set, r.Objective, r.Start, end, loss, r.Nearest, r.Value, run.Stop)
				}
				continue
			}
			found := false
			for _, p := range o.Points {
				found = found || strings.HasPrefix(p.Kind, "minimum") && at(p.X, p.F)
			}
			if !found && r.Start[1] != 0 { // on the saddle's ridge it stays there
				t.Errorf("%s %v on %s from %v: ends at %v with J = %v, which is no known minimum (%v)", tt.id, tt.set, r.Objective, r.Start, end, loss, run.Stop)
			}
		}
	}
}

// Newton's method goes to some critical point; where there is one, it gets
// there in a few steps.
func TestNewtonAgreesWithSciPy(t *testing.T) {
	var reference lineSearchReference
	readReference(t, "linesearch.json", &reference)
	for _, r := range reference.Runs {
		o := reference.Objectives[r.Objective]
		if len(o.Points) > 1 {
			continue
		}
		for _, damping := range []string{"0", "0.01"} {
			run := Minimize(context.Background(), resolve(t, o.Expression).Objective(), newRule(t, "newton", map[string]string{"damping": damping}), Config{Start: r.Start, Eta: 1, Steps: 40, Tol: 1e-9})
			if end := run.Theta(run.Len() - 1); run.Stop.Reason != Converged || Distance(end, r.Nearest) > r.TolX {
				t.Errorf("damping %s on %s from %v: ends at %v, want %v (%v)", damping, r.Objective, r.Start, end, r.Nearest, run.Stop)
			}
		}
	}
}

func near(got, want, tol float64) bool { return math.Abs(got-want) <= tol*(1+math.Abs(want)) }
