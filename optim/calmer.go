package optim

import (
	"context"
	"math"

	"descent/optim/param"
)

// How an advised rate is tried: with enough steps to see it blow up, and as
// many as the run has where that costs no more than so many nanoseconds; and
// how many rates at most.
const (
	adviceSteps = 500
	adviceCost  = 50e6
	mostAdvice  = 24
)

// CalmerEta finds a rate to advise after a run that ended above its start or
// not at all: from theory's bound on the way (see [Theory]) or half the run's
// rate downwards, the first with which the run from the same start ends no
// higher than it begins. It is tried, over 500 steps or all of the run, since theory knows only
// the curvature that was met. Two significant digits; 0 when none is found or
// none is needed. c is the configuration of the run.
func CalmerEta(ctx context.Context, f *Function, m *Method, v param.Values, c Config, t *Theory) float64 {
	if t.Divergence == nil || m.Rateless || t.Divergence.Event == UndefinedStart || t.Divergence.Event == Falling {
		return 0
	}
	eta := c.Eta / 2
	if c.Eta > t.PathStableEta {
		eta = t.PathStableEta * 0.999
	}
	r := newRunner(f, m.New(v))
	theta := make([]float64, f.Dim())
	steps := max(adviceSteps, min(c.Steps, int(adviceCost/float64(mostAdvice*f.Cost()))))
	for range mostAdvice {
		if eta = floorDigits(eta); !(eta >= LeastEta) || ctx.Err() != nil {
			return 0
		}
		trial := Config{Eta: eta, Rate: c.Rate, Steps: steps}
		copy(theta, c.Start)
		first := math.NaN()
		reason := r.run(ctx, theta, &trial, func(p *Point) {
			if p.K == 0 {
				first = p.Loss
			}
		})
		if reason == StepLimit && r.point.Loss <= first {
			return eta
		}
		eta /= 2
	}
	return 0
}

// floorDigits rounds a positive number down to two significant digits.
func floorDigits(v float64) float64 {
	exponent := math.Floor(math.Log10(v)) - 1
	digits := math.Floor(v / math.Pow(10, exponent) * (1 + 1e-12))
	if exponent < 0 { // division by a whole power is exact to rounding, its inverse is not
		return digits / math.Pow(10, -exponent)
	}
	return digits * math.Pow(10, exponent)
}
