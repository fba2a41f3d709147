package cell

import (
	"context"
	"fmt"
	"math"

	"descent/optim"
	"descent/optim/param"
)

var compareKind = &Kind{
	ID: "compare", Title: "Methods side by side",
	Summary: "Several methods from one start, with the same learning rate or each at its own best one.",
	Params: table(param.Table{
		formula("f", "quadratic", "A formula in x, or in x and y, or the name of a known function."),
		{Name: "methods", Label: "methods", Type: param.Several, Max: mostRacers, Default: "gd,momentum,adam", Options: methodOptions()},
		{Name: "rate", Label: "learning rate", Type: param.Choice, Default: "best", Options: []param.Option{
			{Value: "best", Label: "each at its own best η"}, {Value: "same", Label: "the same η for all"},
		}},
		sameRate(),
		coordinate("x", "start, first coordinate", "4"),
		coordinate("y", "start, second coordinate", "1"),
		stepCount("60", 2000),
	}, windowParams("xmin", "xmax", "ymin", "ymax")),
	Figures: []string{"path", "loss", "rates"},
	Run:     runCompare,
}

// mostRacers is how many methods a picture can hold and stay legible.
const mostRacers = 8

func methodOptions() []param.Option {
	var options []param.Option
	for _, m := range optim.Methods {
		options = append(options, param.Option{Value: m.ID, Label: m.Label()})
	}
	return options
}

func sameRate() param.Param {
	p := learningRate("0.05")
	p.When = param.Condition{Param: "rate", In: []string{"same"}}
	return p
}

// A Compare is a race of methods, each with its default hyper-parameters, from
// one start.
type Compare struct {
	Function *optim.Function
	Values   param.Values
	Window   optim.Window
	Racers   []Racer              // in the catalogue's order
	Minimum  *optim.CriticalPoint // where the lowest run ends, if that is a minimum; else nil
	Domain   *optim.Domain        // where J is defined, when it is not at the start; else nil
	Steps    int                  // asked for, or fewer where that would take too long
	Sweep    *optim.Sweep         // what becomes of other rates, when a single method is chosen that has one; else nil
}

// compareCost is what a comparison may cost, in nanoseconds of one core.
const compareCost = 4e8

// A Racer is one method of a race.
type Racer struct {
	Method *optim.Method
	Hyper  param.Values // its defaults
	Eta    float64      // NaN for a method without a learning rate
	Best   optim.Tuned  // its own best rate, run or not
	Run    *optim.Run   // with the rate Eta
}

// Hopeless reports whether every rate that was tried diverges.
func (r *Racer) Hopeless() bool { return !r.Method.Rateless && math.IsNaN(r.Best.Eta) }

// Last is the last step whose numbers are finite; -1 if none is.
func (r *Racer) Last() int { return r.Run.LastFinite() }

// Loss is J where the run ends: +Inf when it diverged.
func (r *Racer) Loss() float64 {
	if r.Run.Stop.Reason == optim.Diverged {
		return math.Inf(1)
	}
	return r.Run.Losses[r.Run.Len()-1]
}

func runCompare(ctx context.Context, v param.Values) (Result, error) {
	fn, err := function(v)
	if err != nil {
		return nil, err
	}
	c := &Compare{Function: fn, Values: v}
	theta0 := start(v, fn.Dim())
	if c.Window, err = window(v, fn.Dim(), optim.WindowFor(fn, theta0)); err != nil {
		return nil, err
	}
	for _, id := range v.List("methods") {
		m := optim.FindMethod(id)
		hyper, err := m.Params.Defaults(nil)
		if err != nil {
			return nil, fmt.Errorf("defaults of %s: %w", id, err)
		}
		c.Racers = append(c.Racers, Racer{Method: m, Hyper: hyper, Eta: math.NaN()})
	}
	c.Steps = min(v.Int("steps"), c.affordable(ctx, theta0))
	for i := range c.Racers {
		if err := c.race(ctx, &c.Racers[i], theta0); err != nil {
			return nil, err
		}
	}
	if r := &c.Racers[0]; len(c.Racers) == 1 && !r.Method.Rateless && !r.Hopeless() {
		if c.Sweep, err = c.sweep(ctx, r, theta0); err != nil {
			return nil, err
		}
	}
	if best := c.Lowest(); best != nil {
		if p, ok := fn.NearestCritical(best.Run.Theta(best.Last()), c.Window); ok && p.Kind == optim.Minimum {
			c.Minimum = &p
		}
	} else if c.Racers[0].Last() < 0 {
		c.Domain = domainNear(ctx, fn, c.Window, theta0)
	}
	return c, ctx.Err()
}

// affordable is how many steps the racers can make with all the rates that are
// tried for each, judged by some steps of each.
func (c *Compare) affordable(ctx context.Context, theta0 []float64) int {
	const runs, trial = 200, 200
	price := 0.0
	for i := range c.Racers {
		r := &c.Racers[i]
		run := optim.Minimize(ctx, c.Function.Objective(), r.Method.New(r.Hyper), optim.Config{Start: theta0, Eta: r.Method.Eta, Steps: trial})
		price += run.Cost(c.Function) / float64(run.Len())
	}
	return max(1, int(compareCost/(runs*price)))
}

// race chooses a racer's rate and makes its run.
func (c *Compare) race(ctx context.Context, r *Racer, theta0 []float64) error {
	m, config := r.Method, optim.Config{Start: theta0, Steps: c.Steps}
	if !m.Rateless {
		var err error
		if r.Best, err = optim.Tune(ctx, c.Function, m, r.Hyper, config, nil); err != nil {
			return err
		}
		switch {
		case c.Values.Text("rate") == "same":
			r.Eta = c.Values.Float("eta")
		case r.Hopeless(): // show what happens at the method's usual rate
			r.Eta = m.Eta
		default:
			r.Eta = r.Best.Eta
		}
	}
	config.Eta = r.Eta
	r.Run = optim.Minimize(ctx, c.Function.Objective(), m.New(r.Hyper), config)
	return ctx.Err()
}

// How a sweep looks around a method's best rate: from so much below to so much
// above it.
const (
	sweepBelow, sweepAbove = 300, 30
	sweepRates             = 60
)

func (c *Compare) sweep(ctx context.Context, r *Racer, theta0 []float64) (*optim.Sweep, error) {
	from, to := max(r.Best.Eta/sweepBelow, optim.LeastEta), min(r.Best.Eta*sweepAbove, optim.MostEta)
	return optim.SweepEta(ctx, c.Function, r.Method, r.Hyper, optim.Config{Start: theta0, Steps: c.Steps}, c.Window, from, to, sweepRates, nil)
}

// Methods are those that are compared.
func (c *Compare) Methods() []*optim.Method {
	methods := make([]*optim.Method, len(c.Racers))
	for i, r := range c.Racers {
		methods[i] = r.Method
	}
	return methods
}

// tuned reports whether each method runs at its own best rate.
func (c *Compare) tuned() bool { return c.Values.Text("rate") == "best" }

// Lowest is the racer that ends lowest; nil when all diverge.
func (c *Compare) Lowest() *Racer {
	var best *Racer
	for i := range c.Racers {
		if r := &c.Racers[i]; !math.IsInf(r.Loss(), 1) && (best == nil || r.Loss() < best.Loss()) {
			best = r
		}
	}
	return best
}

// LowestLoss is the least value that the loss axis is measured from: the
// minimum that the lowest run is near to, when no run went below it; ok is
// false when none is known.
func (c *Compare) LowestLoss() (v float64, ok bool) {
	if c.Minimum == nil {
		return 0, false
	}
	for _, r := range c.Racers {
		if r.Run.WentBelow(c.Minimum.Loss) {
			return 0, false
		}
	}
	return c.Minimum.Loss, true
}

// closeShare is the share of the way down after which a racer counts as there.
const closeShare = 1e-6

// Arrival is the first step at which a racer has done all but a millionth of
// the way down to the minimum; -1 if it has not, or no minimum is known.
func (c *Compare) Arrival(r *Racer) int {
	low, ok := c.LowestLoss()
	if !ok {
		return -1
	}
	for k, loss := range r.Run.Losses {
		if loss-low <= closeShare*(r.Run.Losses[0]-low) {
			return k
		}
	}
	return -1
}

// JSON implements [Result].
func (c *Compare) JSON() any {
	type racer struct {
		Method      string         `json:"method"`
		Hyper       map[string]any `json:"hyper"`
		Eta         Float          `json:"eta"`
		Tuned       bool           `json:"tuned"`
		Best        *Float         `json:"best_eta"`
		Thetas      [][]Float      `json:"thetas"`
		Losses      []Float        `json:"losses"`
		Evaluations int            `json:"evaluations"`
		Reason      string         `json:"stop"`
		Step        int            `json:"stop_step"`
	}
	racers := make([]racer, len(c.Racers))
	for i, r := range c.Racers {
		racers[i] = racer{
			Method: r.Method.ID, Hyper: hyperJSON(r.Method.Params, r.Hyper), Eta: Float(r.Eta),
			Tuned: c.tuned() && !r.Method.Rateless, Losses: floats(r.Run.Losses),
			Evaluations: r.Run.Evaluations, Reason: r.Run.Stop.Reason, Step: r.Run.Stop.Step,
		}
		if !r.Method.Rateless && !r.Hopeless() {
			best := Float(r.Best.Eta)
			racers[i].Best = &best
		}
		for k := range r.Run.Len() {
			racers[i].Thetas = append(racers[i].Thetas, floats(r.Run.Theta(k)))
		}
	}
	return struct {
		Expression string   `json:"expression"`
		Variables  []string `json:"variables"`
		Steps      int      `json:"steps"`
		Runs       []racer  `json:"runs"`
	}{c.Function.Expr.String(), c.Function.Expr.Variables(), c.Steps, racers}
}

// CSV implements [Result]: one row per method and step.
func (c *Compare) CSV() [][]string {
	header := []string{"method", "eta", "k"}
	for i := range c.Function.Dim() {
		header = append(header, fmt.Sprintf("theta%d", i+1))
	}
	rows := [][]string{append(header, "loss")}
	for _, r := range c.Racers {
		for k := range r.Run.Len() {
			row := append([]string{r.Method.ID, csvNumber(r.Eta), fmt.Sprint(k)}, csvNumbers(r.Run.Theta(k)...)...)
			rows = append(rows, append(row, csvNumber(r.Run.Losses[k])))
		}
	}
	return rows
}
