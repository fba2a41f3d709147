package cell

import (
	"context"
	"math"

	"descent/optim"
)

// A Survey is what becomes of all runs of a sweep, whichever of them is chosen.
type Survey struct {
	Steps    int                  // of each run: asked for, or fewer where that would take too long
	From, To float64              // the edges of η
	Best     optim.Tuned          // over η alone: the best rate of all, in the picture or not
	Sweep    *optim.Sweep         // over η alone; else nil
	Plane    *optim.Plane         // over η and a second parameter, as fine as the runs' price allows; else nil
	Minimum  *optim.CriticalPoint // where the best run ends, if that is a minimum; else nil
}

// How a survey is made, and what it may cost in nanoseconds of one core: first
// the search for the best rate, whose number of steps follows from what a step
// costs, then the map.
const (
	surveyCost   = 3e8
	planeCost    = 4e8
	searchRuns   = 400 // at most, those of a sweep over η included
	searchAcross = 36  // four rates a decade
	searchUp     = 5
	planeAcross  = 64
	planeUp      = 48
)

// survey makes the runs from a start.
func (s *Sweep) survey(ctx context.Context, theta0 []float64, w optim.Window) (*Survey, error) {
	out := &Survey{Steps: min(s.Values.Int("steps"), s.affordable(ctx, theta0))}
	c := optim.Config{Start: theta0, Steps: out.Steps}
	if s.Second == nil {
		return out, s.line(ctx, out, c, w)
	}
	return out, s.plane(ctx, out, c, w)
}

// affordable is how many steps the runs of the search can make, judged by some
// steps of the dearest of three: line searches look at J more often where the
// rate does not suit them.
func (s *Sweep) affordable(ctx context.Context, theta0 []float64) int {
	const trial = 100
	price := 0.0
	for _, factor := range [...]float64{0.01, 1, 100} {
		run := optim.Minimize(ctx, s.Function.Objective(), s.Method.New(s.Values), optim.Config{Start: theta0, Eta: factor * s.Method.Eta, Steps: trial})
		price = max(price, run.Cost(s.Function)/float64(run.Len()))
	}
	return max(1, int(surveyCost/(searchRuns*price)))
}

// line surveys the rates.
func (s *Sweep) line(ctx context.Context, out *Survey, c optim.Config, w optim.Window) (err error) {
	if out.Best, err = optim.Tune(ctx, s.Function, s.Method, s.Values, c, nil); err != nil {
		return err
	}
	around := out.Best.Eta
	if out.Best.AtEdge {
		around = math.NaN()
	}
	s.edges(out, around)
	if out.Sweep, err = optim.SweepEta(ctx, s.Function, s.Method, s.Values, c, w, out.From, out.To, sweepRates, nil); err != nil {
		return err
	}
	if c.Eta = out.Best.Eta; !math.IsNaN(c.Eta) {
		s.findMinimum(ctx, out, s.Method.New(s.Values), c, w)
	}
	return ctx.Err()
}

// plane surveys the rates and values of the second parameter. Where the edges are
// not given, a coarse map of all rates says where to look.
func (s *Sweep) plane(ctx context.Context, out *Survey, c optim.Config, w optim.Window) (err error) {
	g := optim.PlaneGrid{Second: s.Second.Name, Low: s.Second.Min, Top: s.Second.Max}
	if s.Second.SoftMax > 0 {
		g.Low, g.Top = s.Second.SoftMin, s.Second.SoftMax
	}
	best := math.NaN()
	if !s.Values.Has("from") || !s.Values.Has("to") {
		g.From, g.To, g.NX, g.NY = optim.LeastEta, optim.MostEta, searchAcross, searchUp
		search, err := optim.SweepPlane(ctx, s.Function, s.Method, s.Values, c, w, g, math.Inf(1), nil)
		if err != nil {
			return err
		}
		if column := search.Best % search.NX; column > 0 && column < search.NX-1 { // -1: all diverge
			best = search.Eta(column)
		}
	}
	s.edges(out, best)
	g.From, g.To, g.NX, g.NY = out.From, out.To, planeAcross, planeUp
	if out.Plane, err = optim.SweepPlane(ctx, s.Function, s.Method, s.Values, c, w, g, planeCost, nil); err != nil {
		return err
	}
	if at := out.Plane.Best; at >= 0 {
		c.Eta = out.Plane.Eta(at % g.NX)
		s.findMinimum(ctx, out, s.Method.New(s.Values.With(g.Second, out.Plane.Value(at/g.NX))), c, w)
	}
	return ctx.Err()
}

// edges are those that were asked for, else from a hundredth of the best rate to
// ten times it in round numbers, and all rates where that is NaN: unknown, or
// itself at an end of them.
func (s *Sweep) edges(out *Survey, best float64) {
	out.From, out.To = optim.LeastEta, optim.MostEta
	if !math.IsNaN(best) {
		out.From, out.To = max(roundEta(best/100, math.Floor), out.From), min(roundEta(best*10, math.Ceil), out.To)
	}
	const span = 1000
	if s.Values.Has("from") {
		if out.From = s.Values.Float("from"); out.To < 10*out.From {
			out.To = min(span*out.From, optim.MostEta)
		}
	}
	if s.Values.Has("to") {
		if out.To = s.Values.Float("to"); !s.Values.Has("from") && out.From > out.To/10 {
			out.From = max(out.To/span, optim.LeastEta)
		}
	}
}

// roundEta is a rate with one digit, rounded to one side.
func roundEta(eta float64, round func(float64) float64) float64 {
	power := math.Pow(10, math.Floor(math.Log10(eta)))
	return roundTo(round(eta/power)*power, 1)
}

// findMinimum looks where the best run ends.
func (s *Sweep) findMinimum(ctx context.Context, out *Survey, rule optim.Rule, c optim.Config, w optim.Window) {
	run := optim.Minimize(ctx, s.Function.Objective(), rule, c)
	if last := run.LastFinite(); last >= 0 {
		if p, ok := s.Function.NearestCritical(run.Theta(last), w); ok && p.Kind == optim.Minimum {
			out.Minimum = &p
		}
	}
}

// LowestLoss is what the losses of the picture are measured from: the minimum
// that the best run is near to, when no run ends below it; ok is false when none
// is known.
func (u *Survey) LowestLoss() (v float64, ok bool) {
	if u.Minimum == nil {
		return 0, false
	}
	least := math.Inf(1)
	if u.Sweep != nil {
		for _, p := range u.Sweep.Points {
			least = min(least, p.Loss)
		}
	} else {
		for _, p := range u.Plane.Points {
			least = min(least, p.Loss)
		}
	}
	if least < u.Minimum.Loss-1e-9*(1+math.Abs(u.Minimum.Loss)) {
		return 0, false
	}
	return u.Minimum.Loss, true
}
