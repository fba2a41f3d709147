package optim

import (
	"context"
	"math"

	"descent/optim/param"
)

// What becomes of a run with some learning rate.
const (
	FateSlow       = "slow"       // goes down calmly but has not arrived after all steps
	FateConverges  = "converges"  // arrives, its gradient a thousandth of that at the start, without swinging
	FateOscillates = "oscillates" // swings from side to side, whether it arrives or not
	FateDiverges   = "diverges"   // is not finite, or ends above its start, or very far out
)

// A Sweep is what becomes of runs that differ in their learning rate only.
type Sweep struct {
	Points    []SweepPoint // ascending in η
	Bands     []Band       // ascending; neighbours differ in fate and share a boundary
	StableEta float64      // theory's bound at the minimum that the sweep's best run is near; NaN: none
}

// A SweepPoint is one run.
type SweepPoint struct {
	Eta  float64 // its learning rate
	Loss float64 // at the end; +Inf when the run is not finite
	Fate string  // one of the Fate constants
}

// A Band is a stretch of rates with the same fate, as far as the sweep's points
// tell.
type Band struct {
	Fate     string  // one of the Fate constants
	From, To float64 // rates η, From ≤ To; a boundary is known to 0.1 %, past the twelfth to half-way between two points
}

const (
	bandPrecision = 1.001 // a boundary is known to this factor
	mostBands     = 12    // past so many boundaries they are put half-way between two points
	swings        = 0.15  // of the first ten steps, or of all before arriving: more turn back or rise, and the run oscillates
)

// SweepEta makes runs of c.Steps steps from c.Start with n ≥ 2 rates between
// from and to, evenly spread on a logarithmic scale, and finds where their
// fates change, by bisection between neighbouring rates. c.Eta is not used. The
// work is at most c.Steps updates for n + 120 rates. progress, if not nil, is
// told how many of the n runs are done. w is where the minimum for theory's
// bound is looked for. When the context ends, its error is answered.
func SweepEta(ctx context.Context, f *Function, m *Method, v param.Values, c Config, w Window, from, to float64, n int, progress func(done, total int)) (*Sweep, error) {
	etas := Logspace(from, to, n)
	s := &Sweep{Points: make([]SweepPoint, n), StableEta: math.NaN()}
	ends := make([]float64, n*f.Dim())
	end := func(i int) []float64 { return ends[i*f.Dim() : (i+1)*f.Dim()] }
	each(ctx, f, m.New(v), n, func(r *runner, i int) {
		s.Points[i] = r.sweepPoint(ctx, end(i), c, w, etas[i], nil)
	}, func(done int) {
		if progress != nil {
			progress(done, n)
		}
	})
	s.findBands(ctx, newRunner(f, m.New(v)), c, w)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	best := 0
	for i := range s.Points {
		if s.Points[i].Loss < s.Points[best].Loss {
			best = i
		}
	}
	if p, ok := f.NearestCritical(end(best), w); ok && p.Kind == Minimum {
		s.StableEta = rates{m, v, p.Eigenvalues}.stableEta()
	}
	return s, nil
}

// FateOf is what becomes of the run that c describes, by the definitions of
// [SweepEta]. When the context ends it means nothing.
func FateOf(ctx context.Context, f *Function, m *Method, v param.Values, c Config, w Window) SweepPoint {
	return newRunner(f, m.New(v)).sweepPoint(ctx, make([]float64, f.Dim()), c, w, c.Eta, nil)
}

// sweepPoint makes one run, leaves θ at its end and the losses, where they are
// wanted, in losses.
func (r *runner) sweepPoint(ctx context.Context, theta []float64, c Config, w Window, eta float64, losses *[]float64) SweepPoint {
	copy(theta, c.Start)
	c.Eta = eta
	before := make([]float64, len(theta))
	first, loss, steepness := 0.0, 0.0, 0.0
	steps, swung, early := 0, 0, 0
	reason := r.run(ctx, theta, &c, func(p *Point) {
		if losses != nil {
			*losses = append(*losses, p.Loss)
		}
		if p.K == 0 {
			first, steepness = p.Loss, Norm(p.Gradient)
		} else if !Settled(Norm(before), steepness) {
			steps++
			if !(p.Loss <= loss) || dot(p.Gradient, before) < 0 {
				swung++
				if steps <= zigzagSteps {
					early++
				}
			}
		}
		loss = p.Loss
		copy(before, p.Gradient)
	})
	point := SweepPoint{eta, loss, FateSlow}
	switch {
	case reason == Diverged:
		point.Loss, point.Fate = math.Inf(1), FateDiverges
	case loss > first+1e-9*(1+math.Abs(first)) || w.farOut(theta):
		point.Fate = FateDiverges
	case float64(swung) > swings*float64(steps) || float64(early) > swings*float64(min(steps, zigzagSteps)):
		point.Fate = FateOscillates
	case Settled(Norm(before), steepness):
		point.Fate = FateConverges
	}
	return point
}

// findBands joins neighbours of the same fate.
func (s *Sweep) findBands(ctx context.Context, r *runner, c Config, w Window) {
	theta := make([]float64, len(c.Start))
	changes := 0
	s.Bands = []Band{{s.Points[0].Fate, s.Points[0].Eta, s.Points[0].Eta}}
	for i := 1; i < len(s.Points) && ctx.Err() == nil; i++ {
		last := &s.Bands[len(s.Bands)-1]
		if s.Points[i].Fate == last.Fate {
			last.To = s.Points[i].Eta
			continue
		}
		lo, hi := s.Points[i-1].Eta, s.Points[i].Eta
		for changes++; changes <= mostBands && hi/lo > bandPrecision; {
			if middle := math.Sqrt(lo * hi); r.sweepPoint(ctx, theta, c, w, middle, nil).Fate == last.Fate {
				lo = middle
			} else {
				hi = middle
			}
		}
		last.To = math.Sqrt(lo * hi)
		s.Bands = append(s.Bands, Band{s.Points[i].Fate, last.To, s.Points[i].Eta})
	}
}
