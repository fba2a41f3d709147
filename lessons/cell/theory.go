package cell

import (
	"fmt"
	"math"
	"strings"

	"descent/optim"
)

// A Fact is one line of what theory says: a quantity, its symbol ("" for none),
// its value in words, and what it means.
type Fact struct{ Name, Symbol, Value, Meaning string }

// Facts is what theory says of the run, for a table. Quantities that theory
// does not give are left out.
func (d *Descent) Facts() []Fact {
	t := d.Theory
	var facts []Fact
	add := func(name, symbol, meaning string, values ...float64) {
		for _, v := range values {
			if math.IsNaN(v) {
				return
			}
		}
		if len(values) > 0 {
			facts = append(facts, Fact{name, symbol, sayList(values), meaning})
		}
	}
	add("curvature at the start", "λ", "eigenvalues of the Hessian there", t.Start.Eigenvalues...)
	if t.Critical != nil {
		facts = append(facts, Fact{t.Critical.Kind + " near the end", "θ*", sayPoint(t.Critical.Theta), "J = " + say(t.Critical.Loss)})
	}
	if t.Minimum != nil {
		add("curvature at the minimum", "λ", "eigenvalues of the Hessian there", t.AtMinimum.Eigenvalues...)
		if d.Function.Dim() > 1 {
			add("condition number", "κ", "largest over smallest eigenvalue: how narrow the valley is", t.AtMinimum.Condition())
		}
	}
	add("largest stable rate", "η", "above it each step at the minimum overshoots by more than the one before", t.StableEta)
	add("best rate", "η", "with the other settings as they are: a factor of "+say(t.Best.Rate)+" a step", t.Best.Eta)
	if !math.IsNaN(t.BestPair.Eta) {
		facts = append(facts, Fact{"best rate and momentum", "η, μ", say(t.BestPair.Eta) + ", " + say(t.BestPair.Momentum),
			"together: a factor of " + say(t.BestPair.Rate) + " a step"})
	}
	scope := "by which ‖θ − θ*‖ shrinks a step in the long run"
	if !t.Quadratic {
		scope += ", near the minimum"
	}
	add("predicted factor", "", scope, t.Predicted)
	add("measured factor", "", fmt.Sprintf("from step %d to %d of this run", t.Measured.From, t.Measured.To), t.Measured.Rate)
	return facts
}

func sayList(values []float64) string {
	words := make([]string, len(values))
	for i, v := range values {
		words[i] = say(v)
	}
	return strings.Join(words, ", ")
}

// theoryJSON is what theory says as data; what it does not give is null.
func theoryJSON(t *optim.Theory) any {
	type curvature struct {
		Eigenvalues []Float `json:"eigenvalues"`
		Condition   *Float  `json:"condition"`
	}
	type optimum struct {
		Eta      Float  `json:"eta"`
		Momentum *Float `json:"momentum,omitempty"`
		Rate     Float  `json:"rate"`
	}
	known := func(v float64) *Float {
		if math.IsNaN(v) {
			return nil
		}
		f := Float(v)
		return &f
	}
	curved := func(c optim.Curvature) curvature { return curvature{floats(c.Eigenvalues), known(c.Condition())} }
	best := func(o optim.Optimum) *optimum {
		if math.IsNaN(o.Eta) {
			return nil
		}
		return &optimum{Float(o.Eta), known(o.Momentum), Float(o.Rate)}
	}
	out := struct {
		Quadratic bool           `json:"quadratic"`
		Start     curvature      `json:"start"`
		End       curvature      `json:"end"`
		Minimum   *criticalPoint `json:"minimum"`
		Condition *Float         `json:"condition"`
		Curvature Float          `json:"largest_curvature_met"`
		StableEta *Float         `json:"stable_eta"`
		Best      *optimum       `json:"best"`
		BestPair  *optimum       `json:"best_with_momentum"`
		Predicted *Float         `json:"predicted_rate"`
		Measured  *Float         `json:"measured_rate"`
		Event     string         `json:"divergence,omitempty"`
		Cause     string         `json:"cause,omitempty"`
	}{
		Quadratic: t.Quadratic, Start: curved(t.Start), End: curved(t.End), Condition: known(t.AtMinimum.Condition()),
		Curvature: Float(t.PathCurvature), StableEta: known(t.StableEta), Best: best(t.Best), BestPair: best(t.BestPair),
		Predicted: known(t.Predicted), Measured: known(t.Measured.Rate),
	}
	if t.Minimum != nil {
		out.Minimum = &criticalPoints([]optim.CriticalPoint{*t.Minimum})[0]
	}
	if t.Divergence != nil {
		out.Event, out.Cause = t.Divergence.Event, t.Divergence.Cause
	}
	return out
}
