package chart

import "math"

func rosen(x, y float64) float64 { return (1-x)*(1-x) + 100*(y-x*x)*(y-x*x) }

func sampleGrid(w Window, n int, f func(x, y float64) float64) Grid {
	g := Grid{NX: n, NY: n, Values: make([]float64, n*n)}
	for j := range n {
		for i := range n {
			g.Values[j*n+i] = f(w.XMin+float64(i)*(w.XMax-w.XMin)/float64(n-1), w.YMin+float64(j)*(w.YMax-w.YMin)/float64(n-1))
		}
	}
	return g
}

// gallery is one of each figure, as the lessons have them.
func gallery() (figures []*Figure) {
	add := func(f *Figure) { figures = append(figures, f) }

	w := Window{-5, 5, -3, 3}
	var xs, ys []float64
	x, y := 4.0, 2.0
	for range 40 {
		xs, ys = append(xs, x), append(ys, y)
		x, y = x-.17*x, y-.17*10*y
	}
	add(NewContour(Contour{Name: "path", Title: "A narrow valley", Window: w, XLabel: "$θ_1$", YLabel: "$θ_2$",
		Grid:  func() Grid { return sampleGrid(w, 100, func(x, y float64) float64 { return .5*x*x + 5*y*y }) },
		Paths: []Path{{X: xs, Y: ys, Label: "$θ_{39}$", ArrowX: -.5, ArrowY: .2, ArrowLabel: "$−∇J$"}},
		Marks: []Mark{{X: 0, Y: 0, Kind: MarkMinimum, Label: "minimum"}},
	}))
	rw := Window{-2, 2, -1, 3}
	add(NewContour(Contour{Name: "rosen", Title: "Rosenbrock", Window: rw, XLabel: "$x$", YLabel: "$y$",
		Grid: func() Grid { return sampleGrid(rw, 100, rosen) }, MinimumKnown: true,
		Paths: []Path{{X: []float64{-1.5, -1, 0, 1, 5}, Y: []float64{2, .5, .2, 1.5, 4}}},
		Marks: []Mark{{X: 1, Y: 1, Kind: MarkMinimum, Label: "minimum"}, {X: -1, Y: -.5, Kind: MarkSaddle, Label: "saddle"}, {X: .5, Y: 2, Kind: MarkMaximum, Label: "maximum"}},
	}))
	sw := Window{-2, 2, -2, 2}
	add(NewContour(Contour{Name: "saddle", Title: "Saddle", Window: sw, XLabel: "$x$", YLabel: "$y$",
		Grid: func() Grid { return sampleGrid(sw, 100, func(x, y float64) float64 { return x*x - y*y }) },
	}))

	bw := Window{-5, 5, -5, 5}
	him := func(x, y float64) float64 { return (x*x+y-11)*(x*x+y-11) + (x+y*y-7)*(x+y*y-7) }
	mins := [][2]float64{{3, 2}, {-2.805, 3.131}, {-3.779, -3.283}, {3.584, -1.848}}
	add(NewBasins(Basins{Name: "basins", Title: "Himmelblau", Window: bw, XLabel: "$x$", YLabel: "$y$",
		Grid: func() Grid { return sampleGrid(bw, 80, him) },
		Map: func() Cells {
			c := Cells{NX: 100, NY: 100}
			for j := range 100 {
				for i := range 100 {
					x, y := -5+float64(i)*.1+.05, -5+float64(j)*.1+.05
					v := NotConverged
					for range 200 {
						gx := 4*x*(x*x+y-11) + 2*(x+y*y-7)
						gy := 2*(x*x+y-11) + 4*y*(x+y*y-7)
						x, y = x-.012*gx, y-.012*gy
					}
					for k, m := range mins {
						if math.Hypot(x-m[0], y-m[1]) < .1 {
							v = k
						}
					}
					if math.IsNaN(x+y) || math.Abs(x+y) > 100 {
						v = Diverged
					}
					c.Values = append(c.Values, v)
				}
			}
			return c
		},
		Critical: []Mark{{X: 3, Y: 2, Kind: MarkMinimum, Label: "minimum"}, {X: -2.805, Y: 3.131, Kind: MarkMinimum, Label: "minimum"}, {X: -3.779, Y: -3.283, Kind: MarkMinimum, Label: "minimum"}, {X: 3.584, Y: -1.848, Kind: MarkMinimum, Label: "minimum"}, {X: -.27, Y: -.92, Kind: MarkMaximum, Label: "maximum"}, {X: .087, Y: 2.884, Kind: MarkSaddle, Label: "saddle"}},
		Paths:    []Path{{X: []float64{-.5, .1, .5, 1.5, 2.5, 3}, Y: []float64{-.5, 0, 1, 1.8, 2.1, 2}}},
	}))
	f := func(x float64) float64 { return x*x*x*x - 2*x*x + .3*x }
	df := func(x float64) float64 { return 4*x*x*x - 4*x + .3 }
	var cx, cy []float64
	for i := range 201 {
		x := -2 + float64(i)*.02
		cx, cy = append(cx, x), append(cy, f(x))
	}
	var px, py, ps []float64
	strip := make([]int, 100)
	for i := range strip {
		strip[i] = i / 52
		if i < 4 || i > 96 {
			strip[i] = Diverged
		}
	}
	x = 1.7
	for range 12 {
		px, py, ps = append(px, x), append(py, f(x)), append(ps, df(x))
		x -= .06 * df(x)
	}
	add(NewCurve(Curve{Name: "curve", Title: "Double well", XLabel: "$x$", YLabel: "$f(x)$", Lines: []Line{{X: cx, Y: cy}}, Strip: strip, Window: Window{-2, 2, -2, 4},
		Paths: []Path{{X: px, Y: py, Slopes: ps, Label: "$x_{11}$"}}, Marks: []Mark{{X: -1.0355, Y: f(-1.0355), Kind: MarkMinimum, Label: "global minimum"}, {X: .96, Y: f(.96), Kind: MarkMinimum, Label: "local minimum"}, {X: .0755, Y: f(.0755), Kind: MarkMaximum, Label: "maximum"}}}))
	g := func(x float64) float64 { return x*x*x - 2*x }
	var gx, gy []float64
	for i := range 161 {
		x := -2 + float64(i)*.025
		gx, gy = append(gx, x), append(gy, g(x))
	}
	add(NewCurve(Curve{Name: "slope", Title: "Secant and tangent", XLabel: "$x$", YLabel: "$f(x)$", Lines: []Line{{X: gx, Y: gy, Label: "$f$"}}, Window: Window{-2, 2, -4, 4},
		Straights: []Straight{{X: 1, Y: -1, Slope: 1, Label: "tangent $f'(x)$"}, {X: 1, Y: -1, Slope: (g(1.6) + 1) / .6, Label: "secant", Ink: InkTheta, Dashed: true}},
		Marks:     []Mark{{X: 1, Y: -1, Label: "$x$", Drop: true}, {X: 1.6, Y: g(1.6), Label: "$x + ε$", Drop: true}, {X: .4, Y: g(.4), Kind: MarkStart, Label: "$x − ε$ sign $f'(x)$", Drop: true}}}))
	loss := make([]float64, 60)
	th := make([]float64, 60)
	for i := range loss {
		loss[i] = 8*math.Pow(.69, float64(i)) + 20*math.Pow(.49, float64(i))
		th[i] = 28 * math.Pow(.69, float64(i))
	}
	add(NewLoss(Loss{Name: "loss", Title: "Loss", Label: "$J(θ_t) − J^*$", Values: loss, MinimumKnown: true, Theory: th, TheoryLabel: "theory: factor 0.69 a step"}))
	div := []float64{30}
	for i := range 50 {
		div = append(div, div[i]*3.1)
	}
	add(NewLoss(Loss{Name: "lossdiv", Title: "Loss", Label: "$J(θ_t)$", Values: div}))
	var eps, fw, ce []float64
	for k := -16.0; k <= 0; k += .5 {
		e := math.Pow(10, k)
		h := math.Exp
		eps = append(eps, e)
		fw = append(fw, math.Abs((h(1+e)-h(1))/e-math.E))
		ce = append(ce, math.Abs((h(1+e)-h(1-e))/(2*e)-math.E))
	}
	add(NewErrors(Errors{Name: "errors", Title: "Error", Eps: eps, Forward: fw, Central: ce, Current: 1e-3}))
	var sx, sy []float64
	var sc []int
	for i := range 100 {
		c := i % 2
		u, v := math.Sin(float64(i)*12.9898)*43758.5453, math.Sin(float64(i)*78.233)*43758.5453
		u, v = u-math.Floor(u), v-math.Floor(v)
		sx, sy, sc = append(sx, 3.2+1.9*u+float64(c)*1.1), append(sy, 1+.7*v+.55*float64(c)), append(sc, c)
	}
	add(NewScatter(Scatter{Name: "data", Title: "Iris", XLabel: "petal length (cm)", YLabel: "petal width (cm)", X: sx, Y: sy, Class: sc, ClassNames: [2]string{"virginica", "versicolor"}, Bias: -17, W1: 2, W2: 5, Highlight: []int{3, 8, 20}}))
	add(NewScatter(Scatter{Name: "spot", Title: "One flower's pull", XLabel: "petal length (cm)", YLabel: "petal width (cm)", X: sx, Y: sy, Class: sc, ClassNames: [2]string{"virginica", "versicolor"}, Bias: -17, W1: 2, W2: 5,
		Start: &Classifier{-9, 2, 0.5}, Spot: &Spot{Index: 33, DX: .4, DY: .1, Label: "flower 34"}}))
	image := make([]float64, 64)
	ink := make([]float64, 64)
	for i := range image {
		image[i] = math.Sin(float64(i%8)) * math.Cos(float64(i/8)/2)
		ink[i] = float64(i * 7 % 17)
	}
	add(NewPicture(Picture{Name: "image", Title: "Weights", Rows: 8, Cols: 8, Panels: []Panel{{Title: "weights", Values: image}, {Title: "change", Values: ink}, {Title: "digit 7: 3", Values: ink, Ink: true}}}))
	var s1, s8, sm []float64
	for i := range 100 {
		s1 = append(s1, 60*math.Exp(-float64(i)/10)+8+3*math.Sin(float64(i*i)))
		s8 = append(s8, 60*math.Exp(-float64(i)/20)+6+.5*math.Sin(float64(i*i)))
		sm = append(sm, 60*math.Exp(-float64(i)/70)+6)
	}
	add(NewSeries(Series{Name: "series", Title: "NLL", XLabel: "examples seen", YLabel: "NLL", LogY: true, Lines: []Line{{Label: "batch 1", Ink: InkClass1, Y: s1}, {Label: "batch 8", Ink: InkTheta, Y: s8}, {Label: "all 100", Ink: InkText, Y: sm, Dashed: true}}, Horizontals: []Rule{{5.95, "optimum"}}}))
	add(NewCloud(Cloud{Name: "cloud", Title: "Gradients", XLabel: "$∂/∂θ_1$", YLabel: "$∂/∂θ_2$", X: sx, Y: sy, FullX: 4.5, FullY: 1.6}))
	add(NewBars(Bars{Name: "weights", Title: "Weights", Bars: []Bar{{"bias", -1.2, .3}, {"sepal length", .4, -.1}, {"sepal width", -.3, .001}, {"petal length", 2.2, .6}, {"petal width", 2.9, -.4}}}))
	add(NewCounts(Counts{Name: "counts", Title: "Where 200 runs end", XLabel: "runs", Total: 200, Sorts: []string{"$b = 1$", "all data"},
		Outcomes: []Outcome{{"θ = −1.036, the deepest", []int{186, 0}}, {"θ = 0.9601", []int{11, 200}}, {"diverges", []int{3}}}}))
	return append(append(figures, runGallery()...), surfaceGallery()...)
}
