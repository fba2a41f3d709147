package cell

import (
	"context"
	"fmt"
	"math"
	"strings"

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
const compareCost = 2e8

// affordable is how many steps each of the methods can make with the rates
// that are tried for it, judged by some steps of each.
func affordable(ctx context.Context, f *optim.Function, ids []string, theta0 []float64) (int, error) {
	const runs, trial = 100, 200
	price := 0.0
	for _, id := range ids {
		m := optim.FindMethod(id)
		hyper, err := m.Params.Defaults(nil)
		if err != nil {
			return 0, fmt.Errorf("defaults of %s: %w", id, err)
		}
		run := optim.Minimize(ctx, f.Objective(), m.New(hyper), optim.Config{Start: theta0, Eta: m.Eta, Steps: trial})
		price += run.Cost(f) / float64(run.Len())
	}
	return max(1, int(compareCost/(runs*price))), nil
}

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
	methods := v.List("methods")
	most, err := affordable(ctx, fn, methods, theta0)
	if err != nil {
		return nil, err
	}
	c.Steps = min(v.Int("steps"), most)
	for _, id := range methods {
		r, err := c.race(ctx, optim.FindMethod(id), theta0)
		if err != nil {
			return nil, err
		}
		c.Racers = append(c.Racers, r)
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
		domain := fn.Domain(ctx, c.Window, theta0)
		c.Domain = &domain
	}
	return c, ctx.Err()
}

func (c *Compare) race(ctx context.Context, m *optim.Method, theta0 []float64) (Racer, error) {
	hyper, err := m.Params.Defaults(nil)
	if err != nil {
		return Racer{}, fmt.Errorf("defaults of %s: %w", m.ID, err)
	}
	r := Racer{Method: m, Hyper: hyper, Eta: math.NaN()}
	config := optim.Config{Start: theta0, Steps: c.Steps}
	if !m.Rateless {
		if r.Best, err = optim.Tune(ctx, c.Function, m, hyper, config, nil); err != nil {
			return r, err
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
	r.Run = optim.Minimize(ctx, c.Function.Objective(), m.New(hyper), config)
	return r, ctx.Err()
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
		for _, loss := range r.Run.Losses {
			if loss < c.Minimum.Loss-1e-9*(1+math.Abs(c.Minimum.Loss)) {
				return 0, false
			}
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

// Fate says in a few words how a racer ended.
func (c *Compare) Fate(r *Racer) string {
	switch {
	case r.Hopeless() && c.tuned():
		return "diverges at every η that was tried"
	case r.Run.Stop.Reason == optim.Diverged:
		return fmt.Sprintf("diverges at step %d", r.Run.Stop.Step)
	case r.Loss() > r.Run.Losses[0]:
		return "ends above its start"
	}
	if k := c.Arrival(r); k >= 0 {
		return fmt.Sprintf("arrives at step %d", k)
	}
	return "still on the way"
}

// Readout implements [Result].
func (c *Compare) Readout() Readout {
	best := c.Lowest()
	if c.Domain != nil {
		return Readout{Bad, "J is not defined at the start.", sayDomain("J", c.Function, c.Domain, c.Window)}
	}
	if best == nil {
		return Readout{Bad, "All diverge.", []string{"Choose “each at its own best η”, a smaller η, or another start."}}
	}
	out := Readout{Tone: Good}
	if first := c.firstThere(); len(first) > 0 {
		k := c.Arrival(first[0])
		switch {
		case len(c.Racers) == 1:
			out.Headline = sentenceCase(titles(first)) + " arrives."
		case len(first) == 1:
			out.Headline = sentenceCase(titles(first)) + " is there first."
		default:
			out.Headline = sentenceCase(titles(first)) + " are there first."
		}
		out.Sentences = append(out.Sentences, fmt.Sprintf("After %s all but a millionth of the way down is done.", plural(k, "step")))
	} else {
		out.Tone = Plain
		out.Headline = fmt.Sprintf("%s is lowest after %s.", sentenceCase(best.Method.Title), plural(c.Steps, "step"))
		if len(c.Racers) == 1 {
			out.Headline = "Still on the way after " + plural(c.Steps, "step") + "."
		}
		out.Sentences = append(out.Sentences, "J = "+say(best.Loss())+".")
	}
	var lost []*Racer
	for i := range c.Racers {
		if math.IsInf(c.Racers[i].Loss(), 1) {
			lost = append(lost, &c.Racers[i])
		}
	}
	if len(lost) > 0 {
		out.Tone = Warn
		out.Sentences = append(out.Sentences, sentenceCase(titles(lost))+map[bool]string{true: " diverges.", false: " diverge."}[len(lost) == 1])
	}
	if c.tuned() {
		out.Sentences = append(out.Sentences, fmt.Sprintf("Each method runs at the best η of those tried for %s from this start: another start or another number of steps has other best rates.", plural(c.Steps, "step")))
	} else {
		out.Sentences = append(out.Sentences, "The same η is not the same length of step for every method: compare each at its own best η as well.")
	}
	if c.Steps < c.Values.Int("steps") {
		out.Sentences = append(out.Sentences, fmt.Sprintf("The runs take long, so each makes only %s.", plural(c.Steps, "step")))
	}
	if r := c.thirstiest(); r != nil {
		out.Sentences = append(out.Sentences, fmt.Sprintf("A step is not the same work everywhere: %s looked at J %d times for %s.", r.Method.Title, r.Run.Evaluations, plural(r.Run.Len()-1, "step")))
	}
	return out
}

// firstThere are the racers that arrive earliest.
func (c *Compare) firstThere() []*Racer {
	var first []*Racer
	for i := range c.Racers {
		r := &c.Racers[i]
		k := c.Arrival(r)
		switch {
		case k < 0:
		case len(first) == 0 || k < c.Arrival(first[0]):
			first = []*Racer{r}
		case k == c.Arrival(first[0]):
			first = append(first, r)
		}
	}
	return first
}

// thirstiest is the racer with the most evaluations of J a step, when those
// are more than one and a half; else nil.
func (c *Compare) thirstiest() *Racer {
	var most *Racer
	share := 1.5
	for i := range c.Racers {
		r := &c.Racers[i]
		if s := float64(r.Run.Evaluations) / float64(r.Run.Len()); s > share {
			most, share = r, s
		}
	}
	return most
}

// titles lists methods as “a, b and c”.
func titles(racers []*Racer) string {
	names := make([]string, len(racers))
	for i, r := range racers {
		names[i] = r.Method.Title
	}
	if len(names) == 1 {
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

func sentenceCase(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// Rows is the comparison as a table, the header first.
func (c *Compare) Rows() [][]string {
	rows := [][]string{{"method", "η", fmt.Sprintf("J after %s", plural(c.Steps, "step")), "what happens", "evaluations of J"}}
	for i := range c.Racers {
		r := &c.Racers[i]
		eta, loss := "none", say(r.Loss())
		if !math.IsNaN(r.Eta) {
			eta = say(r.Eta)
		}
		if math.IsInf(r.Loss(), 1) {
			loss = "none"
		}
		if r.Best.AtEdge && c.tuned() {
			eta += " (end of the range)"
		}
		rows = append(rows, []string{r.Method.Title, eta, loss, c.Fate(r), fmt.Sprint(r.Run.Evaluations)})
	}
	return rows
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
