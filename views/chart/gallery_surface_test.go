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
	return figures
}

func himmelblau(x, y float64) float64 {
	return (x*x+y-11)*(x*x+y-11) + (x+y*y-7)*(x+y*y-7)
}
