package optim

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// A tuning is the state of a search.
type tuning struct {
	f           *Function
	rule        Rule
	c           Config
	progress    func(done, total int)
	done, total int
	tried       []attempt // ascending in eta
}

// An attempt is one run.
type attempt struct {
	eta    float64
	losses []float64 // c.Steps+1, or fewer when it stopped earlier; nil: diverged
}

func (t *attempt) final() float64 {
	if t.losses == nil {
		return math.Inf(1)
	}
	return t.losses[len(t.losses)-1]
}

func (t *tuning) perDecade() int {
	affordable := tuneCost/float64(t.f.Cost()*max(t.c.Steps, 1)) - zooms*zoomRates
	return max(2, min(coarsePerDecade, int(affordable/9)))
}

// try makes the runs for some rates and puts them among the others.
func (t *tuning) try(ctx context.Context, rates []float64) {
	attempts := make([]attempt, len(rates))
	done := t.done
	each(ctx, t.f, t.rule, len(rates), func(r *runner, i int) {
		attempts[i] = t.one(ctx, r, rates[i])
	}, func(n int) {
		if t.progress != nil {
			t.progress(done+n, t.total)
		}
	})
	t.done += len(rates)
	t.tried = append(t.tried, attempts...)
	slices.SortFunc(t.tried, func(a, b attempt) int { return cmp.Compare(a.eta, b.eta) })
}

func (t *tuning) one(ctx context.Context, r *runner, eta float64) attempt {
	c := t.c
	c.Eta = eta
	losses := make([]float64, 0, c.Steps+1)
	theta := slices.Clone(c.Start)
	if reason := r.run(ctx, theta, &c, func(p *Point) { losses = append(losses, p.Loss) }); reason == Diverged {
		return attempt{eta, nil}
	}
	return attempt{eta, losses}
}

// zoom tries rates between the neighbours of the best one so far.
func (t *tuning) zoom(ctx context.Context) {
	best := t.best()
	lo, hi := t.tried[max(best-1, 0)].eta, t.tried[min(best+1, len(t.tried)-1)].eta
	t.try(ctx, Logspace(lo, hi, zoomRates+2)[1:zoomRates+1])
}

func (t *tuning) result() Tuned {
	trials := make([]Trial, len(t.tried))
	for i := range trials {
		trials[i] = Trial{t.tried[i].eta, t.tried[i].final()}
	}
	best := t.best()
	if best < 0 {
		return Tuned{Eta: math.NaN(), Loss: math.Inf(1), Step: math.Inf(1), Diverges: t.tried[0].eta, Trials: trials}
	}
	b := &t.tried[best]
	r := Tuned{Eta: b.eta, Loss: b.final(), Step: b.reaches(t.target()), Diverges: math.Inf(1), Trials: trials}
	r.AtEdge = len(t.tried) > 1 && (best == 0 || best == len(t.tried)-1)
	for _, above := range t.tried[best+1:] {
		if above.losses == nil || above.final() > above.losses[0] {
			r.Diverges = above.eta
			break
		}
	}
	return r
}

// best is the index of the best attempt; -1 when all diverge.
func (t *tuning) best() int {
	target := t.target()
	best, bestStep := -1, math.Inf(1)
	for i := range t.tried {
		final := t.tried[i].final()
		if math.IsInf(final, 1) {
			continue
		}
		step := t.tried[i].reaches(target)
		switch {
		case best < 0:
		case final <= target && t.tried[best].final() > target:
		case final <= target && step < bestStep:
		case final > target && final < t.tried[best].final():
		default:
			continue
		}
		best, bestStep = i, step
	}
	return best
}

// target is the loss below which runs are equally good.
func (t *tuning) target() float64 {
	least, first := math.Inf(1), math.Inf(1)
	for i := range t.tried {
		if final := t.tried[i].final(); final < least {
			least, first = final, t.tried[i].losses[0]
		}
	}
	return least + sameLoss*max(first-least, 0)
}

// reaches is the step at which a run that ends at or below the target first
// comes down to it, interpolated; +Inf for other runs.
func (t *attempt) reaches(target float64) float64 {
	if !(t.final() <= target) {
		return math.Inf(1)
	}
	for k, loss := range t.losses {
		if loss > target {
			continue
		}
		if k == 0 {
			return 0
		}
		return float64(k-1) + (t.losses[k-1]-target)/(t.losses[k-1]-loss)
	}
	return math.Inf(1)
}
