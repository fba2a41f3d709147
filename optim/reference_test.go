package optim

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"strconv"
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

// rule finds the method that a PyTorch configuration means.
func (c referenceCase) rule(t *testing.T) Rule {
	set := map[string]string{"weight_decay": format(c.Hyper["weight_decay"])}
	id := "gd"
	switch {
	case c.Class == "Adam":
		id = "adam"
		betas := c.Hyper["betas"].([]any)
		set["beta1"], set["beta2"], set["eps"] = format(betas[0]), format(betas[1]), format(c.Hyper["eps"])
	case c.Hyper["momentum"].(float64) != 0:
		id = "momentum"
		set["momentum"], set["dampening"] = format(c.Hyper["momentum"]), format(c.Hyper["dampening"])
	}
	m := FindMethod(id)
	v, err := m.Params.Defaults(set)
	if err != nil {
		t.Fatal(err)
	}
	return m.New(v)
}

func format(v any) string { return param.Format(v.(float64)) }

func TestMethodsAgreeWithPyTorch(t *testing.T) {
	raw, err := os.ReadFile("testdata/optimizers.json")
	if err != nil {
		t.Fatal(err)
	}
	var reference struct {
		Objectives map[string]struct{ Expression string }
		Cases      []referenceCase
	}
	if err := json.Unmarshal(raw, &reference); err != nil {
		t.Fatal(err)
	}
	compared := 0
	for _, c := range reference.Cases {
		t.Run(c.ID, func(t *testing.T) {
			f, err := Resolve("f", reference.Objectives[c.Objective].Expression)
			if err != nil {
				t.Fatal(err)
			}
			run := Minimize(context.Background(), f.Objective(), c.rule(t), Config{Start: c.Start, Eta: c.LR, Steps: 100})
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
		})
	}
	if compared < 400 {
		t.Errorf("only %d records were compared", compared)
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

func near(got, want, tol float64) bool { return math.Abs(got-want) <= tol*(1+math.Abs(want)) }
