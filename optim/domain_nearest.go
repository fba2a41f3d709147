package optim

import (
	"context"
	"math"
)

// nearest is the sample nearest to near at which J and its gradient are
// finite, moved towards near as far as they stay so, and rounded; nil when no
// sample will do.
func (s *domainSearch) nearest(ctx context.Context) []float64 {
	theta, best := make([]float64, s.f.Dim()), make([]float64, s.f.Dim())
	least := math.Inf(1)
	for i, v := range s.values {
		if i%checkEvery == 0 && ctx.Err() != nil {
			break
		}
		if !finite(v) {
			continue
		}
		s.put(i, theta)
		if d := Distance(theta, s.near); d < least && s.defined(theta) {
			least = d
			copy(best, theta)
		}
	}
	if math.IsInf(least, 1) {
		return nil
	}
	at := func(t float64) []float64 { // from near, t = 0, to the best sample, t = 1
		theta := make([]float64, len(best))
		for i := range theta {
			theta[i] = s.near[i]*(1-t) + best[i]*t
		}
		return theta
	}
	t := edge(func(t float64) bool { return s.defined(at(t)) }, 1, 0)
	return s.round(at(t), least)
}

// round finds a point with few digits not far beyond θ, which lies at the end
// of its way of the given length from near; θ itself when none will do.
func (s *domainSearch) round(theta []float64, length float64) []float64 {
	for _, share := range [...]float64{0.3, 0.03, 0.003} {
		unit := math.Pow(10, math.Floor(math.Log10(share*max(length, Distance(theta, s.near)))))
		var best []float64
		least := math.Inf(1)
		for corner := range 9 { // the rounded point and its neighbours
			candidate := make([]float64, len(theta))
			for i := range theta {
				shift := [...]float64{0, 1, -1}[[...]int{corner % 3, corner / 3}[i]]
				candidate[i] = decimal(math.Round(theta[i]/unit)+shift, unit)
			}
			if d := Distance(candidate, theta); d < least && s.defined(candidate) {
				best, least = candidate, d
			}
		}
		if best != nil {
			return best
		}
	}
	return theta
}

// decimal is n units, where the unit is a power of ten, without the digits
// that multiplication by 0.1 leaves.
func decimal(n, unit float64) float64 {
	if unit < 1 {
		return n/math.Round(1/unit) + 0
	}
	return n*unit + 0
}
