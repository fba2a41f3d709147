package optim

import "math"

// A Taylor is the Taylor polynomial of a function around a point θ₀,
//
//	T₁(θ) = J + ∇J·d,  T₂(θ) = T₁(θ) + ½·dᵀ·H·d  with d = θ − θ₀
//
// (J. Nocedal and S. Wright, Numerical Optimization, 2006, theorem 2.1).
type Taylor struct {
	Degree   int       // 1 or 2
	Theta    []float64 // θ₀
	Value    float64   // J there
	Gradient []float64 // ∇J there
	Hessian  []float64 // Dim×Dim, row by row; nil with degree 1
}

// Taylor is the polynomial of degree 1 or 2 around the point that l looks at; nil where what it is made of has no finite
// value. It shares l's slices.
func (l *Local) Taylor(degree int) *Taylor {
	if !finite(l.Value) || !allFinite(l.Gradient) || degree > 1 && !allFinite(l.Hessian) {
		return nil
	}
	t := &Taylor{Degree: degree, Theta: l.Theta, Value: l.Value, Gradient: l.Gradient}
	if degree > 1 {
		t.Hessian = l.Hessian
	}
	return t
}

// At is the polynomial's value at θ.
func (t *Taylor) At(theta []float64) float64 {
	v := t.Value
	for i, g := range t.Gradient {
		d := theta[i] - t.Theta[i]
		v += g * d
		if t.Hessian != nil {
			row := t.Hessian[i*len(theta):]
			for j := range theta {
				v += d * row[j] * (theta[j] - t.Theta[j]) / 2
			}
		}
	}
	return v
}

// Line evaluates a polynomial of one variable: out[i] = T(xs[i]).
func (t *Taylor) Line(xs, out []float64) {
	for i, x := range xs {
		out[i] = t.At([]float64{x})
	}
}

// Grid evaluates a polynomial of two variables: out[j*len(xs)+i] = T(xs[i], ys[j]).
func (t *Taylor) Grid(xs, ys, out []float64) {
	theta := make([]float64, 2)
	for j, y := range ys {
		for i, x := range xs {
			theta[0], theta[1] = x, y
			out[j*len(xs)+i] = t.At(theta)
		}
	}
}

// A Remainder is J − T, where it is largest.
type Remainder struct {
	Theta       []float64 // the place
	Value       float64   // J there
	Approximate float64   // T there
	Undefined   bool      // J has no finite value somewhere in the window
}

// Size is |J − T|.
func (r *Remainder) Size() float64 { return math.Abs(r.Value - r.Approximate) }

// Remainder looks for the largest |J − T| in a window, on an even lattice of 801 points of a line or 41×41 of a plane,
// edges included; of equal ones it takes the first. nil where J has no finite value there.
func (t *Taylor) Remainder(f *Function, w Window) *Remainder {
	const alongLine, alongSide = 801, 41
	nx, ny := alongLine, 1
	if f.Dim() == 2 {
		nx, ny = alongSide, alongSide
	}
	xs, ys := Linspace(w.XMin, w.XMax, nx), []float64{0}
	values, approximate := make([]float64, nx*ny), make([]float64, nx*ny)
	if f.Dim() == 1 {
		f.Line(xs, values)
		t.Line(xs, approximate)
	} else {
		ys = Linspace(w.YMin, w.YMax, ny)
		f.Grid(xs, ys, values)
		t.Grid(xs, ys, approximate)
	}
	var r *Remainder
	undefined := false
	for i, v := range values {
		gap := math.Abs(v - approximate[i])
		if !finite(gap) {
			undefined = true
			continue
		}
		// The margin lets no rounding choose between mirror images.
		if r == nil || gap > r.Size()*(1+1e-9) {
			r = &Remainder{Theta: []float64{xs[i%nx], ys[i/nx]}[:f.Dim()], Value: v, Approximate: approximate[i]}
		}
	}
	if r != nil {
		r.Undefined = undefined
	}
	return r
}

// Around is the part of a window within a box around a point of one or two coordinates: share times as wide and as
// high as the window, share > 0. ok is false, and the part zero, where no part of the box that could be drawn lies in the
// window.
func (w Window) Around(theta []float64, share float64) (part Window, ok bool) {
	within := func(at, lo, hi float64) (a, b float64) {
		half := share * (hi - lo) / 2
		a, b = max(at-half, lo), min(at+half, hi)
		ok = ok && b-a > 1e-3*half
		return a, b
	}
	ok = true
	part.XMin, part.XMax = within(theta[0], w.XMin, w.XMax)
	if len(theta) > 1 {
		part.YMin, part.YMax = within(theta[1], w.YMin, w.YMax)
	}
	if !ok {
		return Window{}, false
	}
	return part, true
}
