package cell

import (
	"context"
	"fmt"
	"math"

	"descent/optim"
	"descent/optim/logistic"
	"descent/optim/param"
)

var escapeKind = &Kind{
	ID: "escape", Title: "Escape from a valley",
	Summary: "Examples whose mean loss has several valleys: where 200 runs of SGD end, and where full-batch descent does.",
	Params: table(param.Table{
		formula("f", "double-well", "A formula in x, the mean loss of all examples, or the name of a known function of one variable."),
		{Name: "x", Label: "start", Symbol: "θ₀", Min: -1e6, Max: 1e6, SoftMin: -2, SoftMax: 2, Span: [2]string{"xmin", "xmax"}, Step: 0.01, Default: "0.96"},
		{Name: "starts", Label: "starts of the runs", Type: param.Choice, Default: "one", Options: []param.Option{
			{Value: "one", Label: "all at the start above"}, {Value: "spread", Label: "spread over the picture"},
		}},
		learningRate("0.15"),
		stepCount("200", 2000),
		{Name: "examples", Label: "examples", Symbol: "m", Help: "Example i has the loss J + cᵢθ; the cᵢ lie evenly between c and −c.", Type: param.Integer, Min: 2, Max: mostTilts, SoftMin: 2, SoftMax: 20, Default: "2"},
		{Name: "spread", Label: "spread of the examples", Symbol: "c", Help: "How much the slopes of the examples differ from that of J.", Max: 1e6, SoftMax: 5, Step: 0.1, Default: "2"},
		{Name: "batch", Label: "batch size", Symbol: "b", Help: "How many examples one update looks at.", Type: param.Integer, Min: 1, Max: mostTilts, SoftMin: 1, SoftMax: 20, Default: "1",
			Bound: func(v param.Values) float64 { return v.Float("examples") }},
		{Name: "order", Label: "order of the examples", Type: param.Choice, Default: "replacement", Options: []param.Option{
			{Value: "replacement", Label: "drawn with replacement"}, {Value: "shuffled", Label: "shuffled anew each epoch"},
		}},
		{Name: "seed", Label: "seed", Help: "That of the run that is drawn; the others have the seeds after it.", Type: param.Integer, Max: MaxSeed, SoftMin: 1, SoftMax: 20, Default: "1"},
	}, windowParams("xmin", "xmax")),
	Figures: []string{"path", "ends", "rates", "trace"},
	Run:     runEscape,
}

// How many runs are counted, how many examples there can be, and what the curve of
// rates may cost, in nanoseconds of one core.
const (
	EscapeRuns  = 200
	mostTilts   = 100
	ladderRates = 25
	ladderCost  = 4e8
	leastRuns   = 20
)

// An Escape is what becomes of runs with mini-batches in a function of one variable
// with several valleys.
type Escape struct {
	Function      *optim.Function
	Values        param.Values
	Window        optim.Window
	Points        []optim.CriticalPoint // found in the window
	Valleys       []optim.Valley        // from left to right
	Deepest       int                   // number of the deepest valley; −1: no minimum was found
	Thetas, Batch []float64             // one run with mini-batches, from the start; full-batch descent
	SGD, Full     optim.Landings        // of EscapeRuns runs each
	Ladder        []EscapeRate          // ascending in η; nil without valleys
	LadderRuns    int                   // how many runs each of its shares is of
	descent       *optim.Escape
}

// An EscapeRate is the share of runs that end in the deepest valley, from 0 to 1.
type EscapeRate struct{ Eta, SGD, Full float64 }

func runEscape(ctx context.Context, v param.Values) (Result, error) {
	fn, err := lineFunction(v)
	if err != nil {
		return nil, err
	}
	e := &Escape{Function: fn, Values: v}
	if e.Window, err = window(v, 1, optim.WindowFor(fn, start(v, 1))); err != nil {
		return nil, err
	}
	e.Points = fn.CriticalPoints(ctx, e.Window)
	e.Valleys = optim.Valleys(e.Points)
	e.Deepest = optim.Deepest(e.Valleys)
	e.descent = e.rate(v.Float("eta"))
	theta0 := v.Float("x")
	e.Thetas, e.Batch = e.descent.Walk(theta0, e.deal(0)), e.descent.Walk(theta0, nil)
	if e.Deepest < 0 {
		return e, ctx.Err()
	}
	starts := e.starts(EscapeRuns)
	if e.SGD, err = e.descent.Land(ctx, e.Valleys, starts, e.deal); err != nil {
		return nil, err
	}
	if e.Full, err = e.descent.Land(ctx, e.Valleys, starts, nil); err != nil {
		return nil, err
	}
	return e, e.ladder(ctx)
}

// rate is the descent with a learning rate.
func (e *Escape) rate(eta float64) *optim.Escape {
	v := e.Values
	return &optim.Escape{Function: e.Function, Tilts: optim.Tilts(v.Int("examples"), v.Float("spread")), Eta: eta, Steps: v.Int("steps")}
}

// deal is the batches of run i, whose seed is i after the one asked for.
func (e *Escape) deal(i int) optim.Batches {
	v := e.Values
	return logistic.NewBatches(v.Int("examples"), v.Int("batch"), logistic.Order(v.Text("order")), uint64(v.Int("seed")+i)).Next
}

// starts are those of n runs.
func (e *Escape) starts(n int) []float64 {
	starts := make([]float64, n)
	for i := range starts {
		starts[i] = e.Values.Float("x")
		if e.Values.Text("starts") == "spread" {
			starts[i] = e.Window.XMin + (float64(i)+0.5)/float64(n)*(e.Window.XMax-e.Window.XMin)
		}
	}
	return starts
}

// ladder counts the runs that end in the deepest valley for rates from a
// thirtieth of η to thirty times it, with fewer runs where they take long.
func (e *Escape) ladder(ctx context.Context) error {
	const reach = 30
	eta := e.Values.Float("eta")
	price := float64(e.Function.Cost()+40+8*e.Values.Int("batch")) * float64(max(e.Values.Int("steps"), 1)) * 2 * ladderRates
	e.LadderRuns = min(EscapeRuns, max(leastRuns, int(ladderCost/price)))
	starts := e.starts(e.LadderRuns)
	for _, rate := range optim.Logspace(max(eta/reach, optim.LeastEta), min(eta*reach, optim.MostEta), ladderRates) {
		rate = roundTo(rate, 2)
		d := e.rate(rate)
		sgd, err := d.Land(ctx, e.Valleys, starts, e.deal)
		if err != nil {
			return err
		}
		full, err := d.Land(ctx, e.Valleys, starts, nil)
		if err != nil {
			return err
		}
		n := float64(len(starts))
		e.Ladder = append(e.Ladder, EscapeRate{rate, float64(sgd.In(e.Deepest)) / n, float64(full.In(e.Deepest)) / n})
	}
	return nil
}

// Tilts are the cᵢ of the examples.
func (e *Escape) Tilts() []float64 { return e.descent.Tilts }

// Tilt is the loss of example i, from 0, at θ.
func (e *Escape) Tilt(i int, theta, loss float64) float64 { return loss + e.descent.Tilts[i]*theta }

// Steep are the examples whose loss differs most from J: the first and the last.
func (e *Escape) Steep() [2]int { return [2]int{0, len(e.descent.Tilts) - 1} }

// ValleyName calls a valley by its minimum.
func (e *Escape) ValleyName(i int) string {
	name := "θ = " + say(e.Valleys[i].Minimum.Theta[0])
	if i == e.Deepest && len(e.Valleys) > 1 {
		name += ", the deepest"
	}
	return name
}

// Readout implements [Result].
func (e *Escape) Readout() Readout {
	if e.Deepest < 0 {
		return Readout{Warn, "No valley.", []string{"J has no minimum in this picture. Choose wider edges or another formula."}}
	}
	sgd, full := e.SGD.In(e.Deepest), e.Full.In(e.Deepest)
	name := "deepest"
	if len(e.Valleys) == 2 {
		name = "deeper"
	}
	r := Readout{Tone: Plain, Headline: fmt.Sprintf("%d of %d runs of SGD end in the %s valley, %d of %d of full batch.", sgd, EscapeRuns, name, full, EscapeRuns)}
	if len(e.Valleys) == 1 {
		r.Headline = fmt.Sprintf("There is one valley only: %d of %d runs of SGD end in it, %d of %d of full batch.", sgd, EscapeRuns, full, EscapeRuns)
	}
	low := e.Valleys[e.Deepest].Minimum
	r.Sentences = append(r.Sentences, fmt.Sprintf("That valley is at θ = %s with J = %s.", say(low.Theta[0]), say(low.Loss)))
	if e.Values.Text("starts") == "one" {
		r.Sentences = append(r.Sentences, "Full-batch descent draws nothing at random: from one start all its runs are the same.")
	}
	if e.Values.Int("batch") == e.Values.Int("examples") && e.Values.Text("order") == "shuffled" {
		r.Sentences = append(r.Sentences, "With all examples in every batch there is no noise.")
	} else if e.SGD.Left > 0 {
		r.Sentences = append(r.Sentences, fmt.Sprintf("Noise does not know where the deep valley is: %s of SGD had been in it and were carried out again.", plural(e.SGD.Left, "run")))
	}
	if lost := e.SGD.In(-1); lost > 0 {
		r.Tone = Bad
		r.Sentences = append(r.Sentences, fmt.Sprintf("%s of SGD diverge: η is too large.", plural(lost, "run")))
	} else if sgd > full {
		r.Tone = Good
	}
	if e.LadderRuns > 0 {
		best := e.bestRate()
		r.Sentences = append(r.Sentences, fmt.Sprintf("Of the rates tried η = %s serves SGD best: %.0f %% of %d runs.", say(best.Eta), 100*best.SGD, e.LadderRuns))
	}
	return r
}

// bestRate is the rate at which most runs of SGD end in the deepest valley, the
// smallest of several.
func (e *Escape) bestRate() EscapeRate {
	best := e.Ladder[0]
	for _, r := range e.Ladder[1:] {
		if r.SGD > best.SGD {
			best = r
		}
	}
	return best
}

// JSON implements [Result].
func (e *Escape) JSON() any {
	type valley struct {
		Theta   Float `json:"theta"`
		Loss    Float `json:"loss"`
		Deepest bool  `json:"deepest"`
		SGD     int   `json:"sgd"`
		Full    int   `json:"full_batch"`
	}
	type rate struct {
		Eta  Float `json:"eta"`
		SGD  Float `json:"sgd"`
		Full Float `json:"full_batch"`
	}
	out := struct {
		Expression string   `json:"expression"`
		Tilts      []Float  `json:"tilts"`
		Runs       int      `json:"runs"`
		Valleys    []valley `json:"valleys"`
		Nowhere    int      `json:"sgd_nowhere"`
		Left       int      `json:"sgd_left_the_deepest"`
		Thetas     []Float  `json:"thetas"`
		Batch      []Float  `json:"full_batch_thetas"`
		Rates      []rate   `json:"rates"`
		RatesRuns  int      `json:"rates_runs"`
		Message    string   `json:"message"`
	}{
		Expression: e.Function.Expr.String(), Tilts: floats(e.descent.Tilts), Runs: EscapeRuns, Nowhere: e.SGD.In(-1), Left: e.SGD.Left,
		Thetas: floats(e.Thetas), Batch: floats(e.Batch), RatesRuns: e.LadderRuns, Message: e.Readout().Text(),
	}
	for i, v := range e.Valleys {
		out.Valleys = append(out.Valleys, valley{Float(v.Minimum.Theta[0]), Float(v.Minimum.Loss), i == e.Deepest, e.SGD.In(i), e.Full.In(i)})
	}
	for _, r := range e.Ladder {
		out.Rates = append(out.Rates, rate{Float(r.Eta), Float(r.SGD), Float(r.Full)})
	}
	return out
}

// CSV implements [Result]: where each run ends.
func (e *Escape) CSV() [][]string {
	rows := [][]string{{"seed", "start", "sgd_ends_at", "full_batch_ends_at"}}
	end := func(valley int) string {
		if valley < 0 {
			return ""
		}
		return csvNumber(e.Valleys[valley].Minimum.Theta[0])
	}
	starts := e.starts(len(e.SGD.Ends))
	for i, at := range e.SGD.Ends {
		rows = append(rows, []string{fmt.Sprint(e.Values.Int("seed") + i), csvNumber(starts[i]), end(at), end(e.Full.Ends[i])})
	}
	return rows
}

// Last is θ and J where a run ends, the last step that is finite.
func (e *Escape) Last(thetas []float64) (theta, loss float64) {
	theta = thetas[len(thetas)-1]
	if (math.IsNaN(theta) || math.IsInf(theta, 0)) && len(thetas) > 1 {
		theta = thetas[len(thetas)-2]
	}
	return theta, e.Function.Objective().Eval([]float64{theta}, nil)
}
