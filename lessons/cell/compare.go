package cell

import (
	"context"
	"fmt"
	"math"
	"slices"

	"descent/optim"
	"descent/optim/param"
)

var compareKind = &Kind{
	ID: "compare", Title: "Runs side by side",
	Summary: "Several methods, several learning rates or several starts on one objective.",
	Params:  compareParams(),
	Figures: []string{"path", "loss", "rates"},
	Run:     runCompare,
}

// mostRacers is how many runs a picture can hold and stay legible.
const mostRacers = 8

// What the runs of a comparison differ in.
const (
	VaryMethods = "methods"
	VaryRates   = "rates"
	VaryStarts  = "starts"
)

func compareParams() param.Table {
	vary := param.Param{Name: "vary", Label: "compare", Type: param.Choice, Default: VaryMethods, Options: []param.Option{
		{Value: VaryMethods, Label: "methods"}, {Value: VaryRates, Label: "learning rates of one method"}, {Value: VaryStarts, Label: "starts"},
	}}
	with := func(modes ...string) param.Condition { return param.Condition{Param: vary.Name, In: modes} }

	methods := param.Param{Name: "methods", Label: "methods", Type: param.Several, Max: mostRacers, Default: "gd,momentum,adam", When: with(VaryMethods)}
	for _, m := range optim.Methods {
		methods.Options = append(methods.Options, param.Option{Value: m.ID, Label: m.Label()})
	}
	one := methodParams("0.05") // the method with its hyper-parameters, and last its rate
	for i := range one {
		one[i].When.And = []param.Condition{with(VaryRates, VaryStarts)}
	}
	one[0].When = with(VaryRates, VaryStarts)
	one, eta := one[:len(one)-1], one[len(one)-1]
	rate := param.Param{Name: "rate", Label: "learning rate", Type: param.Choice, Default: "best", Options: []param.Option{
		{Value: "best", Label: "each at its own best η"}, {Value: "same", Label: "the same η for all"},
	}}
	rate.When = eta.When // with a method that has a rate
	rate.When.And = []param.Condition{with(VaryMethods, VaryStarts)}
	eta.When.And = append(rate.When.And, param.Condition{Param: rate.Name, In: []string{"same"}})

	x, y := coordinate("x", "start, first coordinate", "4"), coordinate("y", "start, second coordinate", "1")
	x.When, y.When = with(VaryMethods, VaryRates), with(VaryMethods, VaryRates)
	return table(param.Table{
		formula("f", "quadratic", "A formula in x, or in x and y, or the name of a known function."),
		vary, methods,
	}, one, param.Table{
		rate, eta,
		{Name: "etas", Label: "learning rates", Symbol: "η", Help: "One to eight, between commas: 0.02, 0.1, 0.18.", Type: param.Text, Default: "0.02, 0.1, 0.18", MaxLen: 200, When: with(VaryRates)},
		x, y,
		{Name: "starts", Label: "starts", Help: "One to eight, between commas: 4 1, -4 2, 0 3. Empty: chosen for you.", Type: param.Text, Optional: true, MaxLen: 300, When: with(VaryStarts)},
		stepCount("60", 2000),
		sortParam(),
	}, windowParams("xmin", "xmax", "ymin", "ymax"))
}

// A Compare is a race of runs that differ in their methods, each with its default
// hyper-parameters, in their learning rates, or in their starts.
type Compare struct {
	Function *optim.Function
	Values   param.Values
	Vary     string // VaryMethods, VaryRates or VaryStarts
	Window   optim.Window
	Racers   []Racer              // as the picture shows them: methods in the catalogue's order, rates and starts as they were typed
	Minimum  *optim.CriticalPoint // where the lowest run ends, if that is a minimum; else nil
	Domain   *optim.Domain        // where J is defined, when it is not at the start; else nil
	Steps    int                  // asked for, or fewer where that would take too long
	Sweep    *optim.Sweep         // what becomes of other rates, when the runs have one method with a rate, and one start; else nil
}

// compareCost is what a comparison may cost, in nanoseconds of one core.
const compareCost = 4e8

// A Racer is one run of a race.
type Racer struct {
	Name   string // in a sentence: "gradient descent", "η = 0.1", "start (4, 1)"
	Label  string // in a picture, where room is scarce
	Method *optim.Method
	Hyper  param.Values // values of its hyper-parameters
	Start  []float64
	Eta    float64       // NaN for a method without a learning rate
	Best   optim.Tuned   // the best rate from this start, run or not
	Run    *optim.Run    // with the rate Eta
	Theory *optim.Theory // of Run
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
	c := &Compare{Function: fn, Values: v, Vary: v.Text("vary")}
	if err := c.lineUp(); err != nil {
		return nil, err
	}
	c.Steps = min(v.Int("steps"), c.affordable(ctx))
	for i := range c.Racers {
		if err := c.race(ctx, &c.Racers[i]); err != nil {
			return nil, err
		}
	}
	if c.Sweep, err = c.sweep(ctx); err != nil {
		return nil, err
	}
	if best := c.Lowest(); best != nil {
		c.Minimum = best.Theory.Minimum
	} else if c.Racers[0].Last() < 0 {
		c.Domain = domainNear(ctx, fn, c.Window, c.Racers[0].Start)
	}
	return c, ctx.Err()
}

// lineUp names the runs that are asked for, and sets the window that holds their
// starts.
func (c *Compare) lineUp() error {
	v, dim := c.Values, c.Function.Dim()
	if c.Vary == VaryStarts {
		starts, err := c.starts()
		if err != nil {
			return err
		}
		for _, theta0 := range starts {
			name := "start " + sayPoint(theta0)
			label := name
			if dim > 1 {
				label = sayPoint(theta0)
			}
			c.Racers = append(c.Racers, Racer{Name: name, Label: label, Method: optim.FindMethod(v.Text("method")), Hyper: v, Start: theta0, Eta: v.Float("eta")})
		}
		return nil
	}
	theta0 := start(v, dim)
	var err error
	if c.Window, err = window(v, dim, optim.WindowFor(c.Function, theta0)); err != nil {
		return err
	}
	if c.Vary == VaryRates {
		m := optim.FindMethod(v.Text("method"))
		if m.Rateless {
			return param.Errorf("method", "%s has no learning rate: choose another method, or compare starts", m.Title)
		}
		etas, err := rateList("etas", v.Text("etas"))
		if err != nil {
			return err
		}
		for _, eta := range etas {
			name := "η = " + param.Format(eta) // all digits: neighbours must not look the same
			c.Racers = append(c.Racers, Racer{Name: name, Label: name, Method: m, Hyper: v, Start: theta0, Eta: eta})
		}
		return nil
	}
	for _, id := range v.List("methods") {
		m := optim.FindMethod(id)
		hyper, err := m.Params.Defaults(nil)
		if err != nil {
			return fmt.Errorf("defaults of %s: %w", id, err)
		}
		c.Racers = append(c.Racers, Racer{Name: m.Title, Label: m.Label(), Method: m, Hyper: hyper, Start: theta0, Eta: v.Float("eta")})
	}
	return nil
}

// affordable is how many steps the racers can make with all the rates that are
// tried for each, judged by some steps of each.
func (c *Compare) affordable(ctx context.Context) int {
	const runs, trial = 200, 200
	price := 0.0
	for i := range c.Racers {
		r := &c.Racers[i]
		run := optim.Minimize(ctx, c.Function.Objective(), r.Method.New(r.Hyper), optim.Config{Start: r.Start, Eta: r.Method.Eta, Steps: trial})
		price += run.Cost(c.Function) / float64(run.Len())
		if c.Vary == VaryRates { // all share one search for the best rate
			break
		}
	}
	return max(1, int(compareCost/(runs*price)))
}

// race chooses a racer's rate and makes its run.
func (c *Compare) race(ctx context.Context, r *Racer) error {
	m, config := r.Method, optim.Config{Start: r.Start, Steps: c.Steps}
	switch {
	case m.Rateless:
		r.Eta = math.NaN()
	case c.Vary == VaryRates && r != &c.Racers[0]:
		r.Best = c.Racers[0].Best
	default:
		var err error
		if r.Best, err = optim.Tune(ctx, c.Function, m, r.Hyper, config, nil); err != nil {
			return err
		}
	}
	switch {
	case m.Rateless || !c.Tuned():
	case r.Hopeless(): // show what happens at the method's usual rate
		r.Eta = m.Eta
	default:
		r.Eta = r.Best.Eta
	}
	config.Eta = r.Eta
	r.Run = optim.Minimize(ctx, c.Function.Objective(), m.New(r.Hyper), config)
	r.Theory = optim.TheoryOf(c.Function, m, r.Hyper, r.Run, c.Window)
	return ctx.Err()
}

// How a sweep looks around a method's best rate: from so much below to so much
// above it.
const (
	sweepBelow, sweepAbove = 300, 30
	sweepRates             = 60
)

// sweep looks at other rates where one picture can show them: for one method
// from one start. It spans the rates that are compared, too.
func (c *Compare) sweep(ctx context.Context) (*optim.Sweep, error) {
	r := &c.Racers[0]
	if r.Method.Rateless || r.Hopeless() || len(c.Racers) > 1 && c.Vary != VaryRates {
		return nil, nil
	}
	from, to := r.Best.Eta/sweepBelow, r.Best.Eta*sweepAbove
	if c.Vary == VaryRates {
		for _, r := range c.Racers {
			from, to = min(from, r.Eta/2), max(to, r.Eta*2)
		}
	}
	from, to = max(from, optim.LeastEta), min(to, optim.MostEta)
	return optim.SweepEta(ctx, c.Function, r.Method, r.Hyper, optim.Config{Start: r.Start, Steps: c.Steps}, c.Window, from, to, sweepRates, nil)
}

// Methods are those that are compared, or the one that all runs have.
func (c *Compare) Methods() []*optim.Method {
	var methods []*optim.Method
	for _, r := range c.Racers {
		if !slices.Contains(methods, r.Method) {
			methods = append(methods, r.Method)
		}
	}
	return methods
}

// Tuned reports whether each run has its own best rate.
func (c *Compare) Tuned() bool { return c.Vary != VaryRates && c.Values.Text("rate") == "best" }

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
// the way down to the minimum near its end; -1 if it has not, or no minimum is
// known there.
func (c *Compare) Arrival(r *Racer) int {
	low, ok := r.Theory.LowestLoss(r.Run)
	if !ok || math.IsInf(r.Loss(), 1) {
		return -1
	}
	for k, loss := range r.Run.Losses {
		if loss-low <= closeShare*(r.Run.Losses[0]-low) {
			return k
		}
	}
	return -1
}

// InLocal reports whether a racer has arrived at a minimum that is higher than
// the one where the lowest run ends.
func (c *Compare) InLocal(r *Racer) bool {
	return c.Minimum != nil && c.Arrival(r) >= 0 && r.Theory.Minimum.Loss > c.Minimum.Loss+1e-6*(1+math.Abs(c.Minimum.Loss))
}
