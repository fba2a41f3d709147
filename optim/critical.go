package optim

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// Kinds of points, by the signs of the Hessian's eigenvalues (J. Nocedal and
// S. Wright, Numerical Optimization, 2006, section 2.1).
const (
	Minimum = "minimum" // critical, all positive
	Maximum = "maximum" // critical, all negative
	Saddle  = "saddle"  // critical, both signs
	Flat    = "flat"    // critical, none of these: some eigenvalue is zero; of a CriticalPoint besides: some value around equals its own

	NotStationary = "not stationary" // not critical: ∇J ≠ 0
	Undefined     = "undefined"      // J, its gradient or its Hessian has no finite value
)

// A CriticalPoint is a place where ∇J = 0.
type CriticalPoint struct {
	Theta       []float64 // read only
	Loss        float64   // J there
	Eigenvalues []float64 // of the Hessian, ascending; nil for a catalogue's minimum that was not found, as at a kink
	Kind        string    // Minimum, Maximum, Saddle or Flat
}

// Classify names a critical point by the Hessian's eigenvalues, ascending.
// Values whose magnitude is at most 1e-7 of the largest one's, or of 1, count
// as zero: Newton's method leaves about as much of a zero at a degenerate point.
func Classify(eigenvalues []float64) string { return classify(eigenvalues, 1e-7, 1) }

// classifyExact is Classify where the Hessian is known to rounding: at a point
// whose gradient is exactly zero, and anywhere on a quadratic.
func classifyExact(eigenvalues []float64) string { return classify(eigenvalues, 1e-14, 0) }

// classify counts as zero what is at most the share of the largest magnitude,
// or of least.
func classify(eigenvalues []float64, share, least float64) string {
	if len(eigenvalues) == 0 {
		return Flat
	}
	lo, hi := eigenvalues[0], eigenvalues[len(eigenvalues)-1]
	zero := share * max(math.Abs(lo), math.Abs(hi), least)
	switch {
	case lo < -zero && hi > zero:
		return Saddle
	case lo > zero:
		return Minimum
	case hi < -zero:
		return Maximum
	}
	return Flat
}

// How many Newton starts a search makes at most and at least, along a line and
// along each side of a plane window; and what it may cost, in nanoseconds.
const (
	lineStarts  = 241
	planeStarts = 25
	leastStarts = 7
	searchCost  = 60e6
	mostPoints  = 400 // points kept, so that a wild formula cannot fill the memory
)

// CriticalPoints searches a window by Newton's method on ∇J = 0 from a grid of
// starts, fewer where the formula is long. It finds the isolated critical
// points that some start leads to, and adds the catalogue's known minima (one
// at a kink has no zero gradient), the lowest first, at most 400. It does not
// prove that there are no others. When the context ends, those found so far are
// answered.
func (f *Function) CriticalPoints(ctx context.Context, w Window) []CriticalPoint {
	s := newSearch(f, w)
	nx, ny := s.starts(lineStarts), 1
	if f.Dim() == 2 {
		nx = s.starts(planeStarts)
		ny = nx
	}
	xs := Linspace(w.XMin, w.XMax, nx)
	ys := []float64{0}
	if ny > 1 {
		ys = Linspace(w.YMin, w.YMax, ny)
	}
	var found []CriticalPoint
	add := func(p CriticalPoint) {
		known := slices.ContainsFunc(found, func(q CriticalPoint) bool { return Distance(p.Theta, q.Theta) < 1e-4*s.size })
		if !known && w.Contains(p.Theta) {
			found = append(found, p)
		}
	}
	for _, y := range ys {
		for _, x := range xs {
			if ctx.Err() != nil {
				break
			}
			if p, ok := s.from([]float64{x, y}[:f.Dim()]); ok {
				add(p)
			}
		}
	}
	for _, m := range f.Minima {
		add(CriticalPoint{Theta: m, Loss: s.obj.Eval(m, nil), Kind: Minimum})
	}
	slices.SortFunc(found, func(a, b CriticalPoint) int {
		return cmp.Or(cmp.Compare(rounded(a.Loss), rounded(b.Loss)), slices.Compare(a.Theta, b.Theta))
	})
	return found[:min(len(found), mostPoints)]
}

// rounded makes mirror-image minima compare equal although rounding parts them.
func rounded(v float64) float64 { return math.Round(v*1e9) / 1e9 }
