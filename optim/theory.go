package optim

import (
	"math"
	"slices"

	"descent/optim/param"
)

// A Theory is what the theory of quadratics says of a run, beside what was
// measured. NaN stands where theory says nothing.
type Theory struct {
	// Quadratic: the Hessian is the same everywhere, so what is predicted holds
	// from any start; otherwise it holds near Minimum.
	Quadratic bool

	Start, End Curvature      // at θ₀ and at the last finite step
	Critical   *CriticalPoint // near the end of the run; of a quadratic the one there is; nil: none was found
	Minimum    *CriticalPoint // Critical if it is a minimum, else nil
	AtMinimum  Curvature      // zero without a Minimum

	PathCurvature float64 // the largest eigenvalue met on the way: see the function of that name
	Eta           float64 // the rate of the first update
	Varies        bool    // a schedule changes it
	StableEta     float64 // the largest stable rate at Minimum
	PathStableEta float64 // and where J curves most on the way; 0: no rate is stable

	Best     Optimum // the best rate at Minimum, the other hyper-parameters as they are
	BestPair Optimum // the best rate and momentum together

	// Predicted is the factor by which ‖θ−θ*‖ shrinks a step in the long run:
	// the largest spectral radius of the update over the eigenvalues at Minimum;
	// on a quadratic over those along whose eigenvector the start lies off
	// Minimum, as the run has no part in the others. NaN under a schedule, and
	// with weight decay, which moves the point where the method settles.
	Predicted float64
	Measured  Measured // the same factor as the run shows it

	Divergence *Divergence // nil when the run ended finite and not above its start
}

// A Curvature is the spectrum of the Hessian at a point.
type Curvature struct {
	Theta       []float64 // the point
	Eigenvalues []float64 // ascending; nil where an entry is not finite

	exact bool // the Hessian does not depend on the point, which may be off a little
}

// Condition is the condition number κ = λn/λ1; NaN unless all eigenvalues are
// positive, and not merely what Newton's method leaves of a zero.
func (c Curvature) Condition() float64 {
	kind := Classify(c.Eigenvalues)
	if c.exact {
		kind = classifyExact(c.Eigenvalues)
	}
	if kind != Minimum {
		return math.NaN()
	}
	return c.Eigenvalues[len(c.Eigenvalues)-1] / c.Eigenvalues[0]
}

// TheoryOf says what theory predicts for a run of m with hyper-parameters v,
// and what the run shows. f, m, v and the window are those of the run. The
// nearest minimum is looked for within half the window's diagonal. The rates are
// those of linear iterations, by the spectral radius of one update: [Method.Factor].
func TheoryOf(f *Function, m *Method, v param.Values, r *Run, w Window) *Theory {
	nan := math.NaN()
	t := &Theory{
		Quadratic: f.Quadratic(), PathCurvature: PathCurvature(f, r), Eta: r.Etas[0],
		StableEta: nan, PathStableEta: nan, Predicted: nan,
		Best: Optimum{nan, nan, nan}, BestPair: Optimum{nan, nan, nan}, Measured: Measured{Rate: nan},
	}
	for _, eta := range r.Etas {
		t.Varies = t.Varies || eta != t.Eta
	}
	t.Start = f.curvature(r.Theta(0))
	if last := r.LastFinite(); last >= 0 {
		t.End = f.curvature(r.Theta(last))
		t.findCritical(f, r.Theta(0), r.Theta(last), w)
	}
	if m.StableEta != nil && t.PathCurvature > 0 {
		t.PathStableEta = m.StableEta(v, t.PathCurvature)
	}
	t.Divergence = t.divergence(r)
	if t.Minimum == nil {
		return t
	}
	t.AtMinimum = Curvature{t.Minimum.Theta, t.Minimum.Eigenvalues, t.Quadratic}
	if !finite(t.AtMinimum.Condition()) {
		return t
	}
	at := rates{m, v, t.AtMinimum.Eigenvalues}
	t.StableEta = at.stableEta()
	if decays(m, v) {
		return t
	}
	t.Best, t.BestPair = at.bestEta(), at.bestPair()
	if !t.Varies {
		at.lambda = t.inPlay(f, r.Theta(0))
		t.Predicted = at.factor(t.Eta)
	}
	t.Measured = measure(f, r, t.Minimum, t.Quadratic)
	return t
}

// findCritical looks for the critical point that the run is about. That of a
// quadratic is one Newton step away from anywhere.
func (t *Theory) findCritical(f *Function, first, last []float64, w Window) {
	p, ok := f.NearestCritical(last, w)
	if !ok && t.Quadratic {
		p, ok = newSearch(f, w).from(first)
	}
	if !ok {
		return
	}
	t.Critical = &p
	if p.Kind == Minimum {
		t.Minimum = &p
	}
}

// inPlay are the eigenvalues at Minimum that matter for a run from start.
func (t *Theory) inPlay(f *Function, start []float64) []float64 {
	if !t.Quadratic {
		return t.Minimum.Eigenvalues
	}
	gap := slices.Clone(start)
	for i := range gap {
		gap[i] -= t.Minimum.Theta[i]
	}
	var lambda []float64
	for i, part := range alongEigenvectors(f.Hessian(start), gap) {
		const rounding = 1e-12
		if math.Abs(part) > rounding*(Norm(gap)+Norm(start)) {
			lambda = append(lambda, t.Minimum.Eigenvalues[i])
		}
	}
	return lambda
}

func (f *Function) curvature(theta []float64) Curvature {
	return Curvature{theta, Eigenvalues(f.Hessian(theta), f.Dim()), f.Quadratic()}
}

// decays reports whether weight decay moves the point where the method
// settles.
func decays(m *Method, v param.Values) bool {
	return m.Params.Lookup("weight_decay") != nil && v.Float("weight_decay") != 0
}

// LowestLoss is what a loss axis is measured from: the loss at the minimum,
// unless the run came through lower ground elsewhere; ok is false when none
// is known.
func (t *Theory) LowestLoss(r *Run) (v float64, ok bool) {
	if t.Minimum == nil || r.WentBelow(t.Minimum.Loss) {
		return 0, false
	}
	return t.Minimum.Loss, true
}

// LossLine is the line that the predicted rate draws beside the losses, one
// value per record: J* + gap·Predicted²ᵏ, since near a minimum J − J* goes with
// the square of the distance. It begins with the run's own loss, on a
// quadratic at the start and else where the run came near the minimum; before
// that it is NaN. nil where there is nothing to draw.
func (t *Theory) LossLine(r *Run) []float64 {
	low, ok := t.LowestLoss(r)
	from := 0
	if !t.Quadratic {
		from = t.Measured.From
		ok = ok && finite(t.Measured.Rate)
	}
	if !ok || !(t.Predicted > 0 && t.Predicted < 1) || r.Stop.Reason == Diverged {
		return nil
	}
	line := make([]float64, r.Len())
	gap := r.Losses[from] - low
	for k := range line {
		if k < from {
			line[k] = math.NaN()
			continue
		}
		line[k] = low + gap
		gap *= t.Predicted * t.Predicted
	}
	return line
}
