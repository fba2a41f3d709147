package chart

import "math"

// surfaceGallery is surfaces as the lessons have them, and from other sides.
func surfaceGallery() (figures []*Figure) {
	over := func(s Surface, f func(x, y float64) float64) {
		s.XLabel, s.YLabel, s.ZLabel = "$θ_1$", "$θ_2$", "$J$"
		s.Grid = func() Grid { return sampleGrid(s.Window, 100, f) }
		figures = append(figures, NewSurface(s))
	}
	pass := func(x, y float64) float64 { return x*x - y*y + .05*y*y*y*y }
	var xs, ys []float64
	for x, y := 3.0, .01; len(xs) < 60; x, y = x-.1*2*x, y-.1*(-2*y+.2*y*y*y) {
		xs, ys = append(xs, x), append(ys, y)
	}
	over(Surface{Name: "surface", Title: "A saddle", Window: Window{-4.6, 4.6, -4, 4}, Azimuth: 40, Elevation: 35,
		Paths: []Path{{X: xs, Y: ys, Label: "$θ_{59}$", Film: &Film{At: -1}}},
		Marks: []Mark{{Kind: MarkSaddle, Label: "saddle"}, {Y: math.Sqrt(10), Kind: MarkMinimum, Label: "minimum"}, {Y: -math.Sqrt(10), Kind: MarkMinimum, Label: "minimum"}}}, pass)
	rosenWindow := Window{-2, 2, -1, 3}
	at, gx, gy, step := [2]float64{-1, .2}, 0.0, 0.0, 1e-6
	gx = (rosen(at[0]+step, at[1]) - rosen(at[0]-step, at[1])) / (2 * step)
	gy = (rosen(at[0], at[1]+step) - rosen(at[0], at[1]-step)) / (2 * step)
	patch := Window{-1.5, -.5, -.3, .7}
	over(Surface{Name: "surface-rosen", Title: "Rosenbrock", Window: rosenWindow, Azimuth: -35, Elevation: 40, MinimumKnown: true,
		Patch: &Patch{Window: patch, Label: "$T_2$", Grid: func() Grid {
			return sampleGrid(patch, 13, func(x, y float64) float64 {
				dx, dy := x-at[0], y-at[1]
				return rosen(at[0], at[1]) + gx*dx + gy*dy + (2-400*(at[1]-3*at[0]*at[0]))/2*dx*dx - 400*at[0]*dx*dy + 100*dy*dy
			})
		}},
		Marks: []Mark{{X: at[0], Y: at[1], Label: "$θ$", ArrowX: -gx, ArrowY: -gy, ArrowLabel: "$−∇J$"}, {X: 1, Y: 1, Kind: MarkMinimum, Label: "minimum"}}}, rosen)
	hole := func(x, y float64) float64 { return math.Log(x*x+y*y-1) + .3*x }
	over(Surface{Name: "surface-hole", Title: "Where J is defined", Window: Window{-3, 3, -3, 3}, Azimuth: 130, Elevation: 25}, hole)
	over(Surface{Name: "surface-above", Title: "From above", Window: Window{-5, 5, -5, 5}, Elevation: 90,
		Marks: []Mark{{X: 3, Y: 2, Kind: MarkMinimum, Label: "minimum"}}}, himmelblau)
	over(Surface{Name: "surface-low", Title: "From low down", Window: Window{-5, 5, -5, 5}, Azimuth: -160, Elevation: 12,
		Marks: []Mark{{X: 3, Y: 2, Kind: MarkMinimum, Label: "minimum"}}}, himmelblau)
	return append(figures, derivativeGallery()...)
}

// derivativeGallery shows gradients as a field and Taylor polynomials as a patch.
func derivativeGallery() []*Figure {
	w := Window{-2, 2, -1, 3}
	downhill := func() Field {
		f := Field{NX: 16, NY: 14}
		for k := range f.NX * f.NY {
			x, y := -2+4*(float64(k%16)+.5)/16, -1+4*(float64(k/16)+.5)/14
			f.X, f.Y = append(f.X, 2*(1-x)+400*x*(y-x*x)), append(f.Y, -200*(y-x*x))
		}
		return f
	}
	patch := Window{-.5, .5, -.3, .7}
	contour := NewContour(Contour{Name: "field", Title: "Downhill", Window: w, XLabel: "$x$", YLabel: "$y$", Grid: func() Grid { return sampleGrid(w, 100, rosen) }, MinimumKnown: true, Field: downhill,
		Patch: &Patch{Window: patch, Label: "$T_2$", Grid: func() Grid {
			return sampleGrid(patch, 31, func(x, y float64) float64 { // around (0, 0.2)
				return 5 - 2*x + 40*(y-.2) - 39*x*x + 100*(y-.2)*(y-.2)
			})
		}},
		Marks: []Mark{{Y: .2, Label: "$θ$", ArrowX: 2, ArrowY: -40, ArrowLabel: "$−∇J$"}}})
	f := func(x float64) float64 { return x*x*x - 2*x }
	c := Curve{Name: "taylor", Title: "A parabola", XLabel: "$x$", YLabel: "$J$", Window: Window{-2, 2, -4, 4},
		Marks: []Mark{{X: 1, Y: -1, Label: "$θ$"}}, Lines: []Line{{}}, Guides: []Line{{Label: "$T_2$", Ink: InkTheory, Dashed: true}, {X: []float64{1.8, 1.8}, Y: []float64{1.72, f(1.8)}}},
		Field: func() Field {
			var f Field
			for f.NX, f.NY = 16, 1; len(f.X) < 16; {
				x := -2 + 4*(float64(len(f.X))+.5)/16
				f.X = append(f.X, 2-3*x*x)
			}
			return f
		}}
	for x := -2.0; x <= 2; x += .0625 {
		c.Lines[0].X, c.Lines[0].Y = append(c.Lines[0].X, x), append(c.Lines[0].Y, f(x))
		if d := x - 1; math.Abs(d) <= .8 {
			c.Guides[0].X, c.Guides[0].Y = append(c.Guides[0].X, x), append(c.Guides[0].Y, -1+d+3*d*d)
		}
	}
	return []*Figure{contour, NewCurve(c), NoPicture("surface-none", "The function as a surface", "One variable: the curve is all there is to see.")}
}

func himmelblau(x, y float64) float64 {
	return (x*x+y-11)*(x*x+y-11) + (x+y*y-7)*(x+y*y-7)
}
