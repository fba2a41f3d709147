package cell

import (
	"fmt"

	"descent/optim/dataset"
)

// A Plane is how examples with many features are shown in a picture of two axes:
// a point (x, y) of the picture stands for the example with the scaled features
// Centre + x·Across + y·Upwards. A vector v of scaled features is seen as
// (FromAcross·v, FromUpwards·v).
type Plane struct {
	XLabel, YLabel string
	X, Y           []float64 // where the examples are seen, one each
	Held           string    // what the boundary assumes of what is not shown; "" where all is

	Centre          []float64 // one number per feature, as all of these
	Across, Upwards []float64
	// FromAcross and FromUpwards are dual to Across and Upwards: the product with
	// the one of the same name is 1, with the other 0.
	FromAcross, FromUpwards []float64
}

// featurePlane has two features on the axes, in raw units; the others stand at
// their mean.
func featurePlane(f *fit, a, b int) *Plane {
	n := f.data.Cols
	p := &Plane{XLabel: f.data.Features[a], YLabel: f.data.Features[b], Centre: append([]float64(nil), f.mean...)}
	p.Across, p.FromAcross = make([]float64, n), make([]float64, n)
	p.Upwards, p.FromUpwards = make([]float64, n), make([]float64, n)
	for _, axis := range []struct {
		j        int
		to, from []float64
		at       *[]float64
	}{{a, p.Across, p.FromAcross, &p.X}, {b, p.Upwards, p.FromUpwards, &p.Y}} {
		divisor := f.scaling.Divisor[axis.j]
		axis.to[axis.j], axis.from[axis.j] = 1/divisor, divisor
		p.Centre[axis.j] = -f.scaling.Shift[axis.j] / divisor
		*axis.at = column(f.data, axis.j)
	}
	if n > 2 {
		p.Held = "the other features at their mean"
	}
	return p
}

// componentPlane has the first two principal components of the scaled features on
// the axes, measured from the mean.
func componentPlane(scaled *dataset.Set) *Plane {
	mean, c, explained := dataset.Principal(scaled)
	p := &Plane{Centre: mean, Across: c[0], FromAcross: c[0], Upwards: c[1], FromUpwards: c[1]}
	p.XLabel = fmt.Sprintf("1st principal component (%.0f %%)", 100*explained[0])
	p.YLabel = fmt.Sprintf("2nd principal component (%.0f %%)", 100*explained[1])
	p.X, p.Y = make([]float64, scaled.Rows), make([]float64, scaled.Rows)
	for i := range scaled.Rows {
		row := scaled.Row(i)
		p.X[i], p.Y[i] = dot(c[0], row)-dot(c[0], mean), dot(c[1], row)-dot(c[1], mean)
	}
	if scaled.Cols > 2 {
		p.Held = "all other directions at their mean"
	}
	return p
}

func column(s *dataset.Set, j int) []float64 {
	values := make([]float64, s.Rows)
	for i := range values {
		values[i] = s.X[i*s.Cols+j]
	}
	return values
}

// Classifier is the model θ over the plane: p = σ(bias + w1·x + w2·y).
func (p *Plane) Classifier(theta []float64) (bias, w1, w2 float64) {
	weights := theta[1:]
	return theta[0] + dot(weights, p.Centre), dot(weights, p.Across), dot(weights, p.Upwards)
}

// See is how a vector of scaled features is seen.
func (p *Plane) See(v []float64) (x, y float64) { return dot(p.FromAcross, v), dot(p.FromUpwards, v) }

// A Lift makes θ of a classifier over the plane: θ = Rest + bias·(1, 0, …) + w1·Right + w2·Up.
// Rest is what of a given θ the plane does not show, so that the other weights stay.
type Lift struct{ Rest, Right, Up []float64 }

// Lift is that around a θ.
func (p *Plane) Lift(theta []float64) Lift {
	_, w1, w2 := p.Classifier(theta)
	n := len(theta)
	l := Lift{make([]float64, n), make([]float64, n), make([]float64, n)}
	for j := range p.Centre {
		l.Right[1+j], l.Up[1+j] = p.FromAcross[j], p.FromUpwards[j]
		l.Rest[1+j] = theta[1+j] - w1*p.FromAcross[j] - w2*p.FromUpwards[j]
	}
	for _, v := range [][]float64{l.Rest, l.Right, l.Up} {
		v[0] = -dot(v[1:], p.Centre)
	}
	return l
}

func dot(a, b []float64) float64 {
	sum := 0.0
	for i, v := range a {
		sum += v * b[i]
	}
	return sum
}
