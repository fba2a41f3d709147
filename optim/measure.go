package optim

import "math"

// Measured is the rate that a run shows: the factor per step of ‖θ−θ*‖ in the
// mean over the steps From to To.
type Measured struct {
	Rate     float64 // NaN: the run has not got near, or has too few steps there
	From, To int
}

const (
	leastStretch = 8     // steps, fewer of which show no rate
	nearHessian  = 0.1   // a Hessian that differs by less, relatively, is that of the minimum
	nearSamples  = 256   // points of a run at which that is looked at
	roundingPart = 1e-10 // distances below this part of the first are rounding
)

// measure fits a line to ln‖θ_k−θ*‖ by least squares, whose slope is the
// logarithm of the rate: the geometric mean of the steps' factors, in which the
// swings of a method with momentum weigh little. The distance is used rather
// than J − J*, which loses half the digits to rounding. The stretch is the
// later half of the steps that lie above rounding and, unless J is quadratic,
// where the Hessian is within a tenth of that at θ*: earlier steps still hold
// parts that shrink faster.
func measure(f *Function, r *Run, at *CriticalPoint, quadratic bool) Measured {
	none := Measured{Rate: math.NaN()}
	logs := make([]float64, 0, r.Len())
	floor := roundingPart * (Norm(at.Theta) + Distance(r.Theta(0), at.Theta))
	for k := range r.LastFinite() + 1 {
		d := Distance(r.Theta(k), at.Theta)
		if !(d > floor) || !finite(d) {
			break
		}
		logs = append(logs, math.Log(d))
	}
	from, to := 0, len(logs)-1
	if !quadratic {
		from = nearFrom(f, r, at, to)
	}
	if to-from < leastStretch {
		return none
	}
	from = (from + to) / 2
	return Measured{math.Exp(slope(logs[from : to+1])), from, to}
}

// nearFrom is the first step from which on to the step to the Hessian stays
// near that of the minimum; to + 1 when it is not near there.
func nearFrom(f *Function, r *Run, at *CriticalPoint, to int) int {
	h, n := f.borrowHessian(), f.Dim()
	defer f.spare.Put(h)
	want, got := make([]float64, n*n), make([]float64, n*n)
	h.at(at.Theta, want)
	from := to + 1
	for k := to; k >= 0; k -= max(1, to/nearSamples) {
		h.at(r.Theta(k), got)
		if !(Distance(got, want) <= nearHessian*Norm(want)) {
			break
		}
		from = k
	}
	return from
}

// slope is that of the line that fits evenly spaced values best.
func slope(ys []float64) float64 {
	middle := float64(len(ys)-1) / 2
	above, below := 0.0, 0.0
	for i, y := range ys {
		x := float64(i) - middle
		above += x * y
		below += x * x
	}
	return above / below
}
