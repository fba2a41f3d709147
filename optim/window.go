package optim

import "math"

// A Window is the part of the plane, or for one variable of the line, that is
// looked at: x is θ₁ and y is θ₂, with XMin < XMax and YMin < YMax. For one
// variable YMin = YMax = 0. The zero Window stands for none.
type Window struct{ XMin, XMax, YMin, YMax float64 }

// Contains reports whether a point of one or two coordinates lies inside or on
// the edge.
func (w Window) Contains(theta []float64) bool {
	in := theta[0] >= w.XMin && theta[0] <= w.XMax
	return in && (len(theta) < 2 || theta[1] >= w.YMin && theta[1] <= w.YMax)
}

// Diagonal is the length of the diagonal: how large the window is.
func (w Window) Diagonal() float64 { return math.Hypot(w.XMax-w.XMin, w.YMax-w.YMin) }

// farOut reports whether a run that is at θ counts as gone: a thousand windows
// away.
func (w Window) farOut(theta []float64) bool {
	return Norm(theta) > 1000*w.Diagonal()+Norm([]float64{w.XMin, w.XMax, w.YMin, w.YMax})
}

// Axes are nx and ny evenly spaced values from edge to edge, both at least 2: the
// points of a [Function.Grid].
func (w Window) Axes(nx, ny int) (xs, ys []float64) {
	return Linspace(w.XMin, w.XMax, nx), Linspace(w.YMin, w.YMax, ny)
}

// Linspace is n ≥ 2 evenly spaced values from a to b, both included.
func Linspace(a, b float64, n int) []float64 {
	xs := make([]float64, n)
	for i := range xs {
		t := float64(i) / float64(n-1)
		xs[i] = a*(1-t) + b*t
	}
	return xs
}

// Logspace is n ≥ 2 values from a to b, both positive and included, with equal
// ratios.
func Logspace(a, b float64, n int) []float64 {
	xs := Linspace(math.Log(a), math.Log(b), n)
	for i := range xs {
		xs[i] = math.Exp(xs[i])
	}
	xs[0], xs[n-1] = a, b
	return xs
}

// WindowFor is where to look at a function when nobody says: the catalogue
// entry's own window, else the smallest of ±5, ±10, ±20, ±50 … that holds the
// start with some room. The steps keep the picture still while a start is
// dragged.
func WindowFor(f *Function, start []float64) Window {
	if f.Window != (Window{}) && f.Window.Contains(start) {
		return f.Window
	}
	reach := 0.0
	for _, v := range start {
		reach = max(reach, math.Abs(v))
	}
	half := 5.0
	for i := 0; half < 1.04*reach && i < 60; i++ {
		half *= [3]float64{2, 2, 2.5}[i%3]
	}
	if f.Dim() == 1 {
		return Window{XMin: -half, XMax: half}
	}
	return Window{-half, half, -half, half}
}
