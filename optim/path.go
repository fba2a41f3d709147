package optim

// curvatureSamples is how many points of a path the curvature is looked at.
const curvatureSamples = 64

// PathCurvature is the largest eigenvalue of the Hessian met on the way: over
// at most 64 finite points from the start to the first step whose loss rises,
// or to the end when none does. It is what the learning rate has to be
// measured by. 0 when the curvature is nowhere positive or not finite.
func PathCurvature(f *Function, r *Run) float64 {
	last := r.LastFinite()
	if rise := r.FirstRise(); rise > 0 {
		last = min(last, rise-1)
	}
	h, most := f.borrowHessian(), 0.0
	defer f.spare.Put(h)
	buf := make([]float64, f.Dim()*f.Dim())
	stride := max(1, (last+1)/curvatureSamples)
	for k := 0; k <= last; k += stride {
		h.at(r.Theta(k), buf)
		if lo, hi := spectrum(buf, f.Dim()); finite(lo) && finite(hi) {
			most = max(most, hi)
		}
	}
	return most
}

// zigzagSteps is how many first steps Zigzag looks at: later the steep
// direction is often settled and the path follows the valley.
const zigzagSteps = 10

// Zigzag is the share of the first ten steps, from 0 to 1, at which the
// gradient turned by more than a right angle: the sign of steps that overshoot.
func (r *Run) Zigzag() float64 {
	last := min(r.LastFinite(), zigzagSteps)
	if last < 1 {
		return 0
	}
	turns := 0
	for k := 1; k <= last; k++ {
		dot := 0.0
		for i, g := range r.Gradient(k) {
			dot += g * r.Gradient(k - 1)[i]
		}
		if dot < 0 {
			turns++
		}
	}
	return float64(turns) / float64(last)
}
