package optim

import (
	"cmp"
	"context"
	"math"
	"slices"

	"descent/optim/expr"
)

// Kinds of critical points, by the signs of the Hessian's eigenvalues.
const (
	Minimum = "minimum" // all positive
	Maximum = "maximum" // all negative
	Saddle  = "saddle"  // both signs
	Flat    = "flat"    // neither: some eigenvalue is zero, and values around are equal
)

// A CriticalPoint is a place where ∇J = 0.
type CriticalPoint struct {
	Theta       []float64
	Loss        float64
	Eigenvalues []float64 // of the Hessian, ascending
	Kind        string
}

// A hessian evaluates second derivatives; it belongs to one goroutine.
type hessian struct {
	dim     int
	entries []*expr.Evaluator // upper triangle, row by row
}

func (f *Function) hessian() *hessian {
	h := &hessian{dim: f.Dim()}
	for _, p := range f.second() {
		h.entries = append(h.entries, p.NewEvaluator())
	}
	return h
}

// at fills the dim×dim matrix out with the Hessian at θ.
func (h *hessian) at(theta, out []float64) {
	e := 0
	for i := range h.dim {
		for j := i; j < h.dim; j++ {
			v := h.entries[e].Eval(theta, nil)
			out[i*h.dim+j], out[j*h.dim+i] = v, v
			e++
		}
	}
}

// Hessian is the matrix of second derivatives at θ, Dim×Dim, from the
// symbolic derivatives.
func (f *Function) Hessian(theta []float64) []float64 {
	out := make([]float64, f.Dim()*f.Dim())
	f.hessian().at(theta, out)
	return out
}

// Eigenvalues of a symmetric 1×1 or 2×2 matrix, ascending; nil when an entry
// is not finite or an eigenvalue overflows. In closed form: gonum 0.17's
// EigenSym panics on finite matrices of very uneven scale.
func Eigenvalues(h []float64, n int) []float64 {
	if n == 1 {
		if !finite(h[0]) {
			return nil
		}
		return []float64{h[0]}
	}
	middle, radius := h[0]/2+h[3]/2, math.Hypot(h[0]/2-h[3]/2, h[1])
	if !allFinite([]float64{middle - radius, middle + radius}) {
		return nil
	}
	return []float64{middle - radius, middle + radius}
}

// Classify names a critical point by the Hessian's eigenvalues. Values below
// 1e-7 of the largest (or of 1) count as zero.
func Classify(eigenvalues []float64) string {
	if len(eigenvalues) == 0 {
		return Flat
	}
	lo, hi := eigenvalues[0], eigenvalues[len(eigenvalues)-1]
	zero := 1e-7 * max(math.Abs(lo), math.Abs(hi), 1)
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
	searchCost  = 200e6
	mostPoints  = 400 // points kept, so that a wild formula cannot fill the memory
)

// CriticalPoints searches a window by Newton's method on ∇J = 0 from a grid of
// starts, fewer where the formula is long. It finds the isolated critical
// points that some start leads to, and adds the catalogue's known minima (one
// at a kink has no zero gradient), the lowest first. It does not prove that
// there are no others.
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
		known := slices.ContainsFunc(found, func(q CriticalPoint) bool { return distance(p.Theta, q.Theta) < 1e-4*s.size })
		if !known && w.Contains(p.Theta) {
			found = append(found, p)
		}
	}
	for _, y := range ys {
		if ctx.Err() != nil {
			break
		}
		for _, x := range xs {
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

// A newtonSearch runs Newton's method on the gradient; it belongs to one
// goroutine.
type newtonSearch struct {
	obj  Objective
	hess *hessian
	size float64 // the window's diagonal
	cost int     // of one iteration, in nanoseconds
}

func newSearch(f *Function, w Window) *newtonSearch {
	s := &newtonSearch{obj: f.Objective(), hess: f.hessian(), size: math.Hypot(w.XMax-w.XMin, w.YMax-w.YMin), cost: f.Cost()}
	for _, p := range f.second() {
		s.cost += p.Cost()
	}
	return s
}

// mostIterations suffices for a degenerate minimum such as that of x⁴, to which
// Newton's method converges only linearly.
const mostIterations = 100

// starts is how many starts to make along each side so that the search keeps
// to its price; a start takes some ten iterations.
func (s *newtonSearch) starts(most int) int {
	affordable := searchCost / float64(10*s.cost)
	if s.hess.dim == 2 {
		affordable = math.Sqrt(affordable)
	}
	return max(leastStarts, min(most, int(affordable)))
}

// from runs damped Newton on ∇J = 0. Steps are at most a tenth of the window,
// so that a start finds a point near it.
func (s *newtonSearch) from(start []float64) (CriticalPoint, bool) {
	n := len(start)
	theta, g, h, step := slices.Clone(start), make([]float64, n), make([]float64, n*n), make([]float64, n)
	first := math.Inf(1)
	for i := range mostIterations {
		loss := s.obj.Eval(theta, g)
		norm := Norm(g)
		if !finite(loss) || !finite(norm) {
			return CriticalPoint{}, false
		}
		if i == 0 {
			first = norm
		}
		s.hess.at(theta, h)
		if norm == 0 {
			return s.point(theta, loss, h)
		}
		if !solve(h, g, step) {
			return CriticalPoint{}, false
		}
		length := Norm(step)
		if length <= 1e-10*(s.size+Norm(theta)) && norm <= 1e-6*(1+first) {
			return s.point(theta, loss, h)
		}
		shrink := min(1, s.size/10/length)
		for j := range theta {
			theta[j] -= shrink * step[j]
		}
	}
	return CriticalPoint{}, false
}

// point classifies what was found. Where an eigenvalue is zero the Hessian
// does not decide, and the values around do.
func (s *newtonSearch) point(theta []float64, loss float64, h []float64) (CriticalPoint, bool) {
	eigenvalues := Eigenvalues(h, len(theta))
	if eigenvalues == nil {
		return CriticalPoint{}, false
	}
	for j := range theta {
		theta[j] += 0 // no -0 on the page
	}
	kind := Classify(eigenvalues)
	if kind == Flat {
		kind = s.look(theta, loss)
	}
	return CriticalPoint{theta, loss, eigenvalues, kind}, true
}

// look compares the values on a small circle with that in its middle.
func (s *newtonSearch) look(theta []float64, loss float64) string {
	const directions = 16
	above, below := 0, 0
	near := make([]float64, len(theta))
	for i := range directions {
		angle := 2 * math.Pi * float64(i) / directions
		near[0] = theta[0] + 1e-2*s.size*math.Cos(angle)
		if len(theta) == 2 {
			near[1] = theta[1] + 1e-2*s.size*math.Sin(angle)
		} else if math.Abs(math.Cos(angle)) < 0.5 {
			continue
		}
		switch v := s.obj.Eval(near, nil); {
		case v > loss:
			above++
		case v < loss:
			below++
		default:
			return Flat
		}
	}
	switch {
	case below == 0:
		return Minimum
	case above == 0:
		return Maximum
	}
	return Saddle
}

// solve finds step with h·step = g for one or two unknowns.
func solve(h, g, step []float64) bool {
	if len(g) == 1 {
		step[0] = g[0] / h[0]
		return finite(step[0])
	}
	det := h[0]*h[3] - h[1]*h[2]
	step[0] = (h[3]*g[0] - h[1]*g[1]) / det
	step[1] = (h[0]*g[1] - h[2]*g[0]) / det
	return allFinite(step)
}

func distance(a, b []float64) float64 {
	sum := 0.0
	for i := range a {
		sum += (a[i] - b[i]) * (a[i] - b[i])
	}
	return math.Sqrt(sum)
}
