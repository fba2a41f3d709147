package exercise

import (
	"context"
	"fmt"
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"

	"descent/lessons/exercise/sandbox"
	"descent/optim"
	"descent/optim/param"
)

// A program is compared at the start that is shown and at some that are not.
const (
	hiddenStarts = 4
	hiddenSteps  = 12
	shownSteps   = 20
)

// A programBench is a variant made ready to compare programs: what the right one computes.
type programBench struct {
	task     *ProgramTask
	function *optim.Function
	rule     optim.Rule
	hyper    param.Values
	window   optim.Window
	cases    []*optim.Run // by the method, from the start that is shown and then from the hidden ones
	theirs   *optim.Run   // the race's
}

// bench makes a variant ready. An error is the author's mistake.
func (t *ProgramTask) bench(v *Variant) (*programBench, error) {
	b := &programBench{task: t}
	var err error
	if b.function, err = t.function(v); err != nil {
		return nil, err
	}
	if b.function.Dim() != len(t.start) {
		return nil, fmt.Errorf("the objective has %d variables, and the start has %d", b.function.Dim(), len(t.start))
	}
	set := map[string]string{}
	for name, value := range t.set {
		set[name] = value.Fill(v.Values)
	}
	if b.hyper, err = t.Method.Params.Defaults(set); err != nil {
		return nil, err
	}
	b.rule = t.Method.New(b.hyper)
	eta, err := t.eta.Value(v.Values)
	if err != nil {
		return nil, err
	}
	start := make([]float64, len(t.start))
	for i, f := range t.start {
		if start[i], err = f.Value(v.Values); err != nil {
			return nil, err
		}
	}
	b.window = optim.WindowFor(b.function, start)
	b.theirs = b.run(start, eta, t.Steps)
	if b.theirs.Stop.Reason == optim.Diverged {
		return nil, fmt.Errorf("%s diverges from the start that is shown, at step %d", t.Method.Title, b.theirs.Stop.Step)
	}
	b.cases = []*optim.Run{b.run(start, eta, min(t.Steps, shownSteps))}
	return b, b.hide(v, eta)
}

// run is the method's run. Its length is bounded, so that it needs no context.
func (b *programBench) run(start []float64, eta float64, steps int) *optim.Run {
	return optim.Minimize(context.Background(), b.function.Objective(), b.rule, optim.Config{Start: start, Eta: eta, Steps: steps})
}

// hide draws starts all over the window, the same for the same variant, each with a rate of its own: who wrote the
// shown numbers into a program is found out.
func (b *programBench) hide(v *Variant, eta float64) error {
	h := fnv.New64a()
	h.Write([]byte(v.ID))
	random := rand.New(rand.NewPCG(h.Sum64(), uint64(v.Number)))
	edges := [2][2]float64{{b.window.XMin, b.window.XMax}, {b.window.YMin, b.window.YMax}}
	for tries := 0; len(b.cases) <= hiddenStarts; tries++ {
		if tries == 200 {
			return fmt.Errorf("no starts are found besides the one that is shown where J and its gradient are finite")
		}
		start := make([]float64, b.function.Dim())
		for i := range start {
			lo, hi := edges[i][0], edges[i][1]
			start[i] = readable(lo + (hi-lo)*(0.1+0.8*random.Float64()))
		}
		rate := readable(eta * (0.4 + 0.5*random.Float64()))
		run := b.run(start, rate, hiddenSteps)
		if run.LastFinite() >= 2 && optim.Norm(run.Gradient(0)) > 1e-6 && !slices.Contains(start, 0) {
			b.cases = append(b.cases, run)
		}
	}
	return nil
}

// readable is a number near x that is short to write: two digits.
func readable(x float64) float64 {
	if x == 0 {
		return 0
	}
	unit := math.Pow(10, math.Floor(math.Log10(math.Abs(x)))-1)
	if unit < 1 { // 1/unit is a power of ten, exactly
		return math.Round(x/unit) / math.Round(1/unit)
	}
	return math.Round(x/unit) * unit
}

// A programTrial is what a program computed, for each case and step; and its own run from the start that is shown.
type programTrial struct {
	outputs [][][]float64
	yours   *optim.Run
}

// try runs a program on all cases. It is always given the points of the right run, so that two programs
// differ at a step only by what they compute there. The error is a *sandbox.Fault or the context's.
func (b *programBench) try(ctx context.Context, source string, budget *sandbox.Budget) (*programTrial, error) {
	p, err := sandbox.Compile(source, b.task.Entry)
	if err != nil {
		return nil, err
	}
	trial := &programTrial{}
	if trial.yours, err = b.free(ctx, p, budget); err != nil {
		return nil, err
	}
	budget.Hush()
	for _, run := range b.cases {
		m, err := p.Start(ctx, budget)
		if err != nil {
			return nil, err
		}
		var outputs [][]float64
		for k := range run.LastFinite() {
			out, err := m.Call(ctx, b.values(run.Theta(k), run.Gradient(k), run.Etas[k], k), run.Dim)
			if err != nil {
				return nil, err
			}
			outputs = append(outputs, out)
		}
		trial.outputs = append(trial.outputs, outputs)
	}
	return trial, nil
}

// values are the arguments of a program.
func (b *programBench) values(theta, gradient []float64, eta float64, k int) map[string]any {
	values := map[string]any{"theta": theta}
	switch {
	case b.task.Asks == AsksRule:
		values["gradient"], values["eta"], values["t"] = gradient, eta, k
	case b.task.Rows != nil:
		x := make([][]float64, len(b.task.Rows))
		y := make([]float64, len(b.task.Rows))
		for i, row := range b.task.Rows {
			x[i], y[i] = row.X, row.Y
		}
		values["X"], values["y"] = x, y
	}
	return values
}

// free is the program's own run from the start that is shown: by its rule, or by the method with its gradient.
func (b *programBench) free(ctx context.Context, p *sandbox.Program, budget *sandbox.Budget) (*optim.Run, error) {
	m, err := p.Start(ctx, budget)
	if err != nil {
		return nil, err
	}
	rule := &programRule{ctx: ctx, bench: b, machine: m}
	run := optim.Minimize(ctx, b.function.Objective(), rule, optim.Config{Start: b.theirs.Theta(0), Eta: b.theirs.Etas[0], Steps: b.task.Steps})
	return run, rule.err
}

// A programRule is a student's program as a rule of a run. After an error it gives NaN, which ends the run.
type programRule struct {
	ctx     context.Context // of the one run that the rule is made for
	bench   *programBench
	machine *sandbox.Machine
	err     error
}

// Memory is that of the method that uses the gradient; a rule's own is in its machine.
func (r *programRule) Memory(dim int) []optim.Part {
	if r.bench.task.Asks == AsksRule {
		return nil
	}
	return r.bench.rule.Memory(dim)
}

func (r *programRule) Step(p *optim.Point, state []float64) {
	out, err := r.machine.Call(r.ctx, r.bench.values(p.Theta, p.Gradient, p.Eta, p.K), len(p.Theta))
	switch {
	case err != nil:
		r.err = err
		for i := range p.Theta {
			p.Theta[i] = math.NaN()
		}
	case r.bench.task.Asks == AsksRule:
		copy(p.Theta, out)
	default:
		p.Gradient = out
		r.bench.rule.Step(p, state)
	}
}

// Explain writes nothing: the program is the explanation.
func (r *programRule) Explain(*optim.Workings) {}
