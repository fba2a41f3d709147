package exercise

import (
	"math"
	"slices"

	"descent/lessons/cell"
	"descent/optim"
	"descent/optim/logistic"
	"descent/optim/param"
)

// A fact is a number that a condition can name: what a run did, or what a kind of
// instrument found. Where there is none, as for the loss of a run that left the
// computer's numbers, it is +Inf, so that no "loss < …" holds by accident.
type fact struct {
	name string
	says string // in words, as the start of "… is 3.2"
	yes  bool   // it is 1 for yes and 0 for no
	of   func(cell.Result) float64
}

// factsOf are the facts of a kind's results; the table of docs/authoring.md.
var factsOf = map[string][]fact{
	"objective": {{"value", "J", false, func(r cell.Result) float64 { return number(r.(*cell.Objective).Value) }}},
	"slope": {
		{"value", "the value of f", false, func(r cell.Result) float64 { return number(r.(*cell.Slope).Value) }},
		{"derivative", "the derivative", false, func(r cell.Result) float64 { return number(r.(*cell.Slope).Derivative) }},
		{"secant", "the slope of the secant", false, func(r cell.Result) float64 { return number(r.(*cell.Slope).Forward) }},
		{"secant_error", "the error of the secant", false, func(r cell.Result) float64 { s := r.(*cell.Slope); return number(math.Abs(s.Forward - s.Derivative)) }},
		{"central_error", "the error of the central difference", false, func(r cell.Result) float64 { s := r.(*cell.Slope); return number(math.Abs(s.Central - s.Derivative)) }},
		{"decreased", "the step lowers f", true, func(r cell.Result) float64 { return truth(r.(*cell.Slope).SignStep.Decreased) }},
	},
	"function": {
		{"value", "J", false, func(r cell.Result) float64 { return number(r.(*cell.Function).Local.Value) }},
		{"gradient_norm", "‖∇J‖", false, func(r cell.Result) float64 { return number(optim.Norm(r.(*cell.Function).Local.Gradient)) }},
	},
	"descent": runFacts(func(r cell.Result) *optim.Run { return r.(*cell.Descent).Run }),
	"basins": append(runFacts(func(r cell.Result) *optim.Run { return r.(*cell.Basins).Run }),
		fact{"gap", "the distance of J from its lowest minimum", false, func(r cell.Result) float64 { return gap(r.(*cell.Basins)) }},
		fact{"saddle", "the least distance from a saddle on the way", false, func(r cell.Result) float64 { return saddleDistance(r.(*cell.Basins)) }},
	),
	"logistic": trainingFacts(func(r cell.Result) (*cell.Regression, *logistic.Run) {
		l := r.(*cell.Logistic)
		return l.Regression, l.Run
	}),
	"sgd": append(trainingFacts(func(r cell.Result) (*cell.Regression, *logistic.Run) {
		s := r.(*cell.SGD)
		return s.Regression, s.Run
	}),
		fact{"full", "the loss of full batch after as many examples", false, func(r cell.Result) float64 { return lastLoss(r.(*cell.SGD).Batch) }},
		fact{"floor", "how far above the minimum it stays in theory", false, func(r cell.Result) float64 { return number(r.(*cell.SGD).Floor) }},
	),
}

// runFacts are those of a run over a function.
func runFacts(of func(cell.Result) *optim.Run) []fact {
	about := func(f func(*optim.Run) float64) func(cell.Result) float64 {
		return func(r cell.Result) float64 { return f(of(r)) }
	}
	end := func(i int) func(*optim.Run) float64 {
		return func(r *optim.Run) float64 {
			if i >= r.Dim {
				return 0
			}
			return number(r.Theta(r.Len() - 1)[i])
		}
	}
	return []fact{
		{"converged", "the run arrives within its tolerance", true, about(func(r *optim.Run) float64 { return truth(r.Stop.Reason == optim.Converged) })},
		{"diverged", "the run leaves the computer’s numbers", true, about(func(r *optim.Run) float64 { return truth(r.Stop.Reason == optim.Diverged) })},
		{"steps", "the number of steps made", false, about(func(r *optim.Run) float64 { return float64(r.Len() - 1) })},
		{"loss", "J at the end", false, about(func(r *optim.Run) float64 { return number(r.Losses[r.Len()-1]) })},
		{"loss_start", "J at the start", false, about(func(r *optim.Run) float64 { return number(r.Losses[0]) })},
		{"rises", "the number of steps at which J rises", false, about(func(r *optim.Run) float64 {
			return rises(r.Len(), func(k int) float64 { return r.Losses[k] })
		})},
		{"gradient_norm", "‖∇J‖ at the end", false, about(func(r *optim.Run) float64 { return number(optim.Norm(r.Gradient(r.Len() - 1))) })},
		{"end_x", "the first coordinate at the end", false, about(end(0))},
		{"end_y", "the second coordinate at the end", false, about(end(1))},
		{"evaluations", "the number of evaluations of J", false, about(func(r *optim.Run) float64 { return float64(r.Evaluations) })},
	}
}

// trainingFacts are those of logistic regression. Losses are sums over the examples, as on the slides.
func trainingFacts(of func(cell.Result) (*cell.Regression, *logistic.Run)) []fact {
	last := func(f func(logistic.Step) float64) func(cell.Result) float64 {
		return func(r cell.Result) float64 { _, run := of(r); return number(f(run.Steps[run.Len()-1])) }
	}
	return []fact{
		{"diverged", "the run leaves the computer’s numbers", true, func(r cell.Result) float64 {
			_, run := of(r)
			return truth(run.Stop.Reason == logistic.Diverged)
		}},
		{"steps", "the number of updates made", false, last(func(s logistic.Step) float64 { return float64(s.K) })},
		{"examples", "the number of examples looked at", false, last(func(s logistic.Step) float64 { return float64(s.Examples) })},
		{"loss", "the loss at the end", false, func(r cell.Result) float64 { _, run := of(r); return lastLoss(run) }},
		{"nll", "the NLL at the end", false, last(func(s logistic.Step) float64 { return s.NLL })},
		{"accuracy", "the share on the right side", false, last(func(s logistic.Step) float64 { return s.Accuracy })},
		{"gradient_norm", "‖∇J‖ at the end", false, last(func(s logistic.Step) float64 { return s.GradientNorm })},
		{"rises", "the number of records at which the loss rises", false, func(r cell.Result) float64 {
			_, run := of(r)
			return rises(run.Len(), func(k int) float64 { return run.Steps[k].Objective })
		}},
		{"gap", "the distance of the loss from the least possible", false, func(r cell.Result) float64 {
			model, run := of(r)
			if !model.Known || model.Optimum.Separable {
				return math.Inf(1)
			}
			return number(lastLoss(run) - model.Optimum.Objective)
		}},
	}
}

func lastLoss(run *logistic.Run) float64 { return number(run.Steps[run.Len()-1].Objective) }

// number takes +Inf for what has no value.
func number(v float64) float64 {
	if math.IsNaN(v) {
		return math.Inf(1)
	}
	return v
}

func truth(yes bool) float64 {
	if yes {
		return 1
	}
	return 0
}

func rises(n int, loss func(k int) float64) float64 {
	count := 0
	for k := 1; k < n; k++ {
		if !(loss(k) <= loss(k-1)) {
			count++
		}
	}
	return float64(count)
}

// gap is how far above the lowest minimum found in the window a run ends.
func gap(b *cell.Basins) float64 {
	for _, p := range b.Points { // the lowest first
		if p.Kind == optim.Minimum {
			return number(b.Run.Losses[b.Run.Len()-1] - p.Loss)
		}
	}
	return math.Inf(1)
}

// saddleDistance is how near a run after its start comes to a saddle found in the window.
func saddleDistance(b *cell.Basins) float64 {
	least := math.Inf(1)
	for _, p := range b.Points {
		for k := 1; p.Kind == optim.Saddle && k <= b.Run.LastFinite(); k++ {
			least = min(least, optim.Distance(b.Run.Theta(k), p.Theta))
		}
	}
	return least
}

// knobs are the numbers of a kind's table: a condition names them as an address does.
func knobs(k *cell.Kind) []*param.Param {
	var list []*param.Param
	for i := range k.Params {
		if p := &k.Params[i]; p.Numeric() {
			list = append(list, p)
		}
	}
	return list
}

// factNames are the names that conditions over a kind's results can use.
func factNames(k *cell.Kind) []string {
	var names []string
	for _, f := range factsOf[k.ID] {
		names = append(names, f.name)
	}
	for _, p := range knobs(k) {
		if !slices.Contains(names, p.Name) {
			names = append(names, p.Name)
		}
	}
	return names
}

// factValues are the values of a kind's facts: of its knobs, unless blank, and of what the
// result says, which goes before.
func factValues(k *cell.Kind, v param.Values, r cell.Result) map[string]float64 {
	values := map[string]float64{}
	for _, p := range knobs(k) {
		values[p.Name] = math.Inf(1)
		if v.Has(p.Name) {
			values[p.Name] = v.Float(p.Name)
		}
	}
	for _, f := range factsOf[k.ID] {
		values[f.name] = f.of(r)
	}
	return values
}

// sayFact is a fact with its number in words: "J at the end is 3.2·10⁻⁷".
func sayFact(k *cell.Kind, name string, v float64) string {
	for _, f := range factsOf[k.ID] {
		switch {
		case f.name != name:
		case f.yes && v == 1:
			return f.says + ": yes"
		case f.yes:
			return f.says + ": no"
		case math.IsInf(v, 0):
			return f.says + " has no value"
		default:
			return f.says + " is " + cell.Say(v)
		}
	}
	if p := k.Params.Lookup(name); p != nil {
		if p.Symbol != "" {
			return p.Symbol + " is " + cell.Say(v)
		}
		return p.Label + " is " + cell.Say(v)
	}
	return ""
}
