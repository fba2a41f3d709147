package optim

import (
	"context"

	"descent/optim/param"
)

// The least and the largest rate that are looked at when a rate is looked for:
// nine decades.
const (
	LeastEta = 1e-6
	MostEta  = 1e3
)

// A Tuned is the learning rate that suits a method best.
type Tuned struct {
	Eta  float64 // NaN when every rate diverges
	Loss float64 // after the run; +Inf when every rate diverges
	// Step is when the run has done all but 1e-12 of the way from its first loss
	// to the least one found, interpolated between steps; +Inf when never.
	Step     float64
	Diverges float64 // the least tried rate above Eta that diverges or ends above its start; +Inf: none
	AtEdge   bool    // the best rate is LeastEta or MostEta
	Trials   []Trial // all runs that were made, ascending in η
}

// A Trial is J after a run with one rate η; +Inf when it diverged.
type Trial struct{ Eta, Loss float64 }

// How Tune searches: a coarse grid over the whole range, then finer ones
// between the neighbours of the best rate so far.
const (
	coarsePerDecade = 18
	zooms           = 4
	zoomRates       = 8     // between the two neighbours: each zoom is finer by a factor of 4.5
	tuneCost        = 2e9   // nanoseconds of one core; where steps × rates cost more, the coarse grid has fewer rates
	sameLoss        = 1e-12 // of the way down: losses that differ by less are equally good
)

// Tune finds the rate with which m ends lowest after c.Steps steps from
// c.Start, among rates from LeastEta to MostEta; c.Eta is not used, unless the
// method knows no rate. A run that diverges counts as +Inf. Where several rates
// end equally low, to 1e-12 of the way down, the one that gets there first is
// best, and of equals the smallest, which has most room to divergence. The last
// grid is finer than 0.2 %. J may have several minima, and a rate may reach
// another one than its neighbours: the best rate found is the best of those
// tried, no more.
//
// The work is at most c.Steps updates for 195 rates. progress, if not nil,
// is told how many runs are done, one call at a time. When the context ends,
// its error is answered. The result does not depend on the number of cores.
func Tune(ctx context.Context, f *Function, m *Method, v param.Values, c Config, progress func(done, total int)) (Tuned, error) {
	t := &tuning{f: f, rule: m.New(v), c: c, progress: progress}
	if m.Rateless {
		t.total = 1
		t.try(ctx, []float64{c.Eta})
	} else {
		rates := Logspace(LeastEta, MostEta, 1+t.perDecade()*9)
		t.total = len(rates) + zooms*zoomRates
		t.try(ctx, rates)
		for range zooms {
			if ctx.Err() != nil || t.best() < 0 {
				break
			}
			t.zoom(ctx)
		}
	}
	if err := ctx.Err(); err != nil {
		return Tuned{}, err
	}
	return t.result(), nil
}
