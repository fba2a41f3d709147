package optim

import (
	"math"

	"descent/optim/param"
)

// An Optimum is the choice of hyper-parameters with the least rate.
type Optimum struct {
	Eta      float64
	Momentum float64 // NaN where it is not part of the choice
	Rate     float64 // the factor per step of ‖θ−θ*‖
}

// rates are the rates of a method on a quadratic with these eigenvalues,
// ascending and positive.
type rates struct {
	method *Method
	v      param.Values
	lambda []float64
}

// stableEta is the largest stable rate: that of the largest eigenvalue.
func (r rates) stableEta() float64 {
	if r.method.StableEta == nil {
		return math.NaN()
	}
	return r.method.StableEta(r.v, r.lambda[len(r.lambda)-1])
}

// factor is the largest spectral radius of one update; NaN where theory has
// none or there is no eigenvalue.
func (r rates) factor(eta float64) float64 {
	if r.method.Factor == nil || len(r.lambda) == 0 {
		return math.NaN()
	}
	largest := 0.0
	for _, lambda := range r.lambda {
		largest = max(largest, r.method.Factor(r.v, eta, lambda))
	}
	return largest
}

// bestEta is the rate between 0 and the stable one with the least factor. For
// gradient descent it is 2/(λ1+λn), with the factor (κ−1)/(κ+1); for others
// it is found by golden section: over η the factor of each eigenvalue first
// falls and then rises, and so does the largest of them. Where a stretch of
// rates is equally good, as for a heavy ball with all roots complex, it is the
// middle of that stretch.
func (r rates) bestEta() Optimum {
	none := Optimum{math.NaN(), math.NaN(), math.NaN()}
	stable := r.stableEta()
	if r.method.Factor == nil || !(stable > 0) || math.IsInf(stable, 1) {
		return none
	}
	if r.method.ID == "gd" {
		eta := 2 / (r.lambda[0] + r.lambda[len(r.lambda)-1])
		return Optimum{eta, math.NaN(), r.factor(eta)}
	}
	eta := golden(r.factor, 0, stable)
	least := r.factor(eta)
	const rounding = 1e-13
	good := func(eta float64) bool { return r.factor(eta) <= least+rounding }
	eta = (edge(good, eta, 0) + edge(good, eta, stable)) / 2
	return Optimum{eta, math.NaN(), r.factor(eta)}
}

// bestPair is the best rate and momentum together, in closed form: for the
// heavy ball B. T. Polyak, USSR Comp. Math. Math. Phys. 4 (1964), 1–17; for
// Nesterov's method L. Lessard, B. Recht and A. Packard, SIAM J. Optim. 26
// (2016), 57–95, proposition 1.
func (r rates) bestPair() Optimum {
	first, last := r.lambda[0], r.lambda[len(r.lambda)-1]
	kappa := last / first
	switch r.method.ID {
	case "momentum":
		if r.v.Float("dampening") != 0 {
			break
		}
		a, b := math.Sqrt(first), math.Sqrt(last)
		rate := (b - a) / (b + a)
		return Optimum{Eta: 4 / ((a + b) * (a + b)), Momentum: rate * rate, Rate: rate}
	case "nesterov":
		root := math.Sqrt(3*kappa + 1)
		return Optimum{Eta: 4 / (3*last + first), Momentum: (root - 2) / (root + 2), Rate: 1 - 2/root}
	}
	return Optimum{math.NaN(), math.NaN(), math.NaN()}
}

// golden is where f, which first falls and then rises, is least between a and
// b: to rounding at a kink, to half the digits where f is smooth.
func golden(f func(float64) float64, a, b float64) float64 {
	ratio := (math.Sqrt(5) - 1) / 2
	c, d := b-ratio*(b-a), a+ratio*(b-a)
	fc, fd := f(c), f(d)
	for range 100 {
		if fc <= fd {
			b, d, fd = d, c, fc
			c = b - ratio*(b-a)
			fc = f(c)
		} else {
			a, c, fc = c, d, fd
			d = a + ratio*(b-a)
			fd = f(d)
		}
	}
	if fc <= fd {
		return c
	}
	return d
}

// edge is where a condition that holds at in ceases to hold on the way to out;
// out itself when it holds there too.
func edge(holds func(float64) bool, in, out float64) float64 {
	if holds(out) {
		return out
	}
	for range 60 {
		if middle := (in + out) / 2; holds(middle) {
			in = middle
		} else {
			out = middle
		}
	}
	return in
}
