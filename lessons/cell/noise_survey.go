package cell

import (
	"context"
	"math"
	"runtime"
	"sync"
	"sync/atomic"

	"descent/optim"
	"descent/optim/logistic"
)

// A BatchSurvey is what becomes of all runs of a Noise, whichever of them is chosen.
type BatchSurvey struct {
	From, To float64 // the edges of η
	Sketch   bool    // a finer one can be had
	Epochs   int     // of each run: asked for, or fewer where that would take too long

	Seeds  int     // over η alone: how many runs each mean is of
	Floors []Floor // over η alone, ascending in η; else nil

	NX       int       // over η and b: the number of rates
	Batches  []int     // over η and b, ascending: 1 to all examples, evenly spread over log b
	Examples int       // that each run of the map sees, but for the rest of a batch
	Losses   []float64 // NX×len(Batches), a row per batch size: at the end, over all examples; +Inf where a run diverges
}

// Eta and Batch are those of a point of the map.
func (s *BatchSurvey) Eta(point int) float64 {
	lo, hi := math.Log(s.From), math.Log(s.To)
	return math.Exp(lo + (hi-lo)*(float64(point%s.NX)+0.5)/float64(s.NX))
}
func (s *BatchSurvey) Batch(point int) int { return s.Batches[point/s.NX] }

// Best is the point of the map with the least loss, among those with a batch size,
// or among all for 0; −1 where all diverge.
func (s *BatchSurvey) Best(batch int) int {
	best := -1
	for i, loss := range s.Losses {
		if (batch == 0 || s.Batch(i) == batch) && !math.IsInf(loss, 1) && (best < 0 || loss < s.Losses[best]) {
			best = i
		}
	}
	return best
}

// How fine surveys are. They keep to mapCost and sketchCost, by a rough price of
// one visit of one row.
const (
	floorRates  = 13
	floorSeeds  = 5
	planeRates  = 24
	leastRates  = 6
	leastEpochs = 4
)

// survey is the survey in the grade that the page needs.
func (n *Noise) survey(ctx context.Context, page Page) (*BatchSurvey, error) {
	fine := page.Waits || page.shows(n.surveyKey(false)) || batchSurveys.has(n.surveyKey(false)) || n.cost(n.plan(mapCost)) <= sketchCost
	plan, budget := n.plan(mapCost), mapCost
	if !fine {
		plan, budget = n.plan(sketchCost), sketchCost
	}
	plan.Sketch = float64(budget) < mapCost
	return batchSurveys.get(ctx, n.surveyKey(plan.Sketch), func(ctx context.Context) (*BatchSurvey, error) {
		if n.Plane {
			return plan, n.fillPlane(ctx, plan)
		}
		return plan, n.fillFloors(ctx, plan)
	})
}

// plan is a survey without its runs, as fine as the price allows.
func (n *Noise) plan(budget float64) *BatchSurvey {
	s := &BatchSurvey{Epochs: n.Values.Int("epochs")}
	n.edges(s)
	if n.Plane {
		s.NX, s.Batches = planeRates, spreadBatches(n.Data.Rows)
		for n.cost(s) > budget && s.NX > leastRates {
			s.NX /= 2
		}
	} else {
		s.NX, s.Seeds = floorRates, floorSeeds
		for n.cost(s) > budget && s.Seeds > 1 {
			s.Seeds--
		}
		for n.cost(s) > budget && s.NX > leastRates {
			s.NX--
		}
	}
	for n.cost(s) > budget && s.Epochs > leastEpochs {
		s.Epochs = max(leastEpochs, s.Epochs/2)
	}
	s.Examples = s.Epochs * n.Data.Rows
	return s
}

// cost is what the runs of a plan take, in nanoseconds of one core.
func (n *Noise) cost(s *BatchSurvey) float64 {
	row := 12 + 1.5*float64(n.Model.Dim()) + 4*float64(n.stateLen())/float64(n.Values.Int("batch"))
	visits := float64(s.Epochs * n.Data.Rows)
	if n.Plane {
		return row * float64(s.NX*len(s.Batches)) * (visits + 2*float64(n.Data.Rows))
	}
	return row * float64(s.NX*s.Seeds*2) * 2 * visits // each epoch's end looks at all rows
}

// stateLen is the length of what the method remembers.
func (n *Noise) stateLen() int {
	sum := 0
	if r := rule(n.Method, n.Values); r != nil {
		for _, part := range r.Memory(n.Model.Dim()) {
			sum += part.Len
		}
	}
	return sum
}

// edges are those that were asked for, else around the largest safe rate of full
// batch, 2/L.
func (n *Noise) edges(s *BatchSurvey) {
	safe, v := n.StableEta, n.Values
	low, high := safe/300, safe
	switch {
	case !(safe < optim.MostEta) && n.Method.ID == "gd":
		low, high = optim.LeastEta, optim.MostEta
	case n.Method.ID != "gd":
		low, high = n.Method.Eta/1000, n.Method.Eta*3
	case n.Plane && n.mean:
		low, high = safe/3000, safe*30
	case n.Plane:
		low, high = safe/30, safe*float64(n.Data.Rows)
	case !n.mean: // of a batch's sum
		factor := float64(n.Data.Rows) / float64(v.Int("batch"))
		low, high = low*factor, high*factor
	}
	s.From, s.To = roundEta(max(low, optim.LeastEta), math.Floor), roundEta(min(high, optim.MostEta), math.Ceil)
	const span = 1000
	if v.Has("from") {
		if s.From = v.Float("from"); s.To < 10*s.From {
			s.To = min(span*s.From, optim.MostEta)
		}
	}
	if v.Has("to") {
		if s.To = v.Float("to"); !v.Has("from") && s.From > s.To/10 {
			s.From = max(s.To/span, optim.LeastEta)
		}
	}
}

// spreadBatches are sizes from 1 to all rows, each about twice the one before.
func spreadBatches(rows int) []int {
	count := int(math.Log2(float64(rows))) + 1
	sizes := make([]int, count)
	for j := range sizes {
		sizes[j] = int(math.Round(math.Pow(float64(rows), float64(j)/float64(max(count-1, 1)))))
	}
	return sizes
}

// fillFloors measures the floor of every rate.
func (n *Noise) fillFloors(ctx context.Context, s *BatchSurvey) error {
	etas := optim.Logspace(s.From, s.To, s.NX)
	s.Floors = make([]Floor, len(etas))
	return inParallel(ctx, len(etas), func(i int) (err error) {
		s.Floors[i], err = n.floorAt(ctx, etas[i], s.Epochs, s.Seeds)
		return err
	})
}

// floorAt measures the floor at one rate, with seeds from the one asked for on.
func (n *Noise) floorAt(ctx context.Context, eta float64, epochs, seeds int) (Floor, error) {
	f := Floor{Eta: eta, Theory: n.floor(eta, n.Values.Int("batch"))}
	for i, mean := range []*float64{&f.Drawn, &f.Shuffled} {
		order := [...]logistic.Order{logistic.Replacement, logistic.Shuffled}[i]
		c := n.config(n.Values.Int("batch"), epochs*n.PerEpoch())
		c.Eta, c.Order, c.Theta0, c.Average, c.Every = eta, order, n.Optimum.Theta, false, n.PerEpoch()
		first := c.Seed
		for seed := range seeds {
			c.Seed = first + uint64(seed)
			run, err := logistic.Train(ctx, n.Model, c)
			if err != nil {
				return f, err
			}
			if run.Stop.Reason == logistic.Diverged {
				*mean = math.Inf(1)
				break
			}
			half := run.Steps[(run.Len()+1)/2:]
			for _, step := range half {
				*mean += (step.Objective - n.Optimum.Objective) / float64(len(half)*seeds)
			}
		}
	}
	return f, nil
}

// fillPlane makes the runs of the map.
func (n *Noise) fillPlane(ctx context.Context, s *BatchSurvey) error {
	s.Losses = make([]float64, s.NX*len(s.Batches))
	return inParallel(ctx, len(s.Losses), func(i int) error {
		c := n.config(s.Batch(i), min(n.updatesFor(s.Examples, s.Batch(i)), logistic.MaxUpdates))
		c.Eta, c.Average, c.Every = s.Eta(i), false, max(1, c.Updates)
		run, err := logistic.Train(ctx, n.Model, c)
		if err != nil {
			return err
		}
		s.Losses[i] = run.Steps[run.Len()-1].Objective
		if run.Stop.Reason == logistic.Diverged {
			s.Losses[i] = math.Inf(1)
		}
		return nil
	})
}

// inParallel calls do for the numbers below n on all cores, until one fails; the
// error is that of one that failed, or the context's.
func inParallel(ctx context.Context, n int, do func(i int) error) error {
	var next atomic.Int64
	var failed atomic.Value
	var wait sync.WaitGroup
	for range min(n, runtime.GOMAXPROCS(0)) {
		wait.Go(func() {
			for i := int(next.Add(1)) - 1; i < n && ctx.Err() == nil && failed.Load() == nil; i = int(next.Add(1)) - 1 {
				if err := do(i); err != nil {
					failed.CompareAndSwap(nil, failure{err})
				}
			}
		})
	}
	wait.Wait()
	if f, ok := failed.Load().(failure); ok {
		return f.err
	}
	return ctx.Err()
}

// A failure is an error of whatever type, for an atomic value.
type failure struct{ err error }
