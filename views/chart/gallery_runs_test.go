package chart

import "math"

// A testRun is a run of a method over Rosenbrock's valley or a quadratic, as a comparison shows it.
type testRun struct {
	name           string
	xs, ys, losses []float64
}

// descend makes n steps of the heavy ball from (x, y).
func descend(name string, f func(x, y float64) float64, grad func(x, y float64) (float64, float64), x, y, eta, beta float64, n int) testRun {
	r := testRun{name: name}
	var vx, vy float64
	for range n + 1 {
		r.xs, r.ys, r.losses = append(r.xs, x), append(r.ys, y), append(r.losses, f(x, y))
		gx, gy := grad(x, y)
		vx, vy = beta*vx-eta*gx, beta*vy-eta*gy
		x, y = x+vx, y+vy
	}
	return r
}

// scaled makes n steps of Adam.
func scaled(name string, f func(x, y float64) float64, grad func(x, y float64) (float64, float64), x, y, eta float64, n int) testRun {
	r := testRun{name: name}
	var m, v [2]float64
	for k := range n + 1 {
		r.xs, r.ys, r.losses = append(r.xs, x), append(r.ys, y), append(r.losses, f(x, y))
		gx, gy := grad(x, y)
		for i, g := range [2]float64{gx, gy} {
			m[i], v[i] = .9*m[i]+.1*g, .999*v[i]+.001*g*g
			step := eta * m[i] / (1 - math.Pow(.9, float64(k+1))) / (math.Sqrt(v[i]/(1-math.Pow(.999, float64(k+1)))) + 1e-8)
			if i == 0 {
				x -= step
			} else {
				y -= step
			}
		}
	}
	return r
}

func valley(x, y float64) float64                { return .5*x*x + 5*y*y }
func valleyGrad(x, y float64) (float64, float64) { return x, 10 * y }
func rosenGrad(x, y float64) (float64, float64) {
	return -2*(1-x) - 400*x*(y-x*x), 200 * (y - x*x)
}

func comparedRuns() []testRun {
	short := descend("stopped", rosen, rosenGrad, -1.5, 2, .0005, .8, 40)
	return []testRun{
		descend("gradient descent", rosen, rosenGrad, -1.5, 2, .001, 0, 200),
		descend("momentum", rosen, rosenGrad, -1.5, 2, .0006, .9, 200),
		scaled("Adam", rosen, rosenGrad, -1.5, 2, .1, 200),
		descend("too large", rosen, rosenGrad, -1.5, 2, .004, 0, 12),
		scaled("Adam, small", rosen, rosenGrad, -1.5, 2, .02, 200),
		short,
	}
}

func pathsOf(runs []testRun) (paths []Path) {
	for i, r := range runs {
		paths = append(paths, Path{Label: r.name, Ink: InkRun(i), X: r.xs, Y: r.ys})
	}
	return paths
}

func racersOf(runs []testRun) (racers []Racer) {
	for _, r := range runs {
		racers = append(racers, Racer{Label: r.name, Values: r.losses})
	}
	return racers
}

// manyRuns are twelve runs over a quadratic that arrive at the same point.
func manyRuns() (runs []testRun) {
	for i, name := range []string{"η = 0.01", "η = 0.02", "η = 0.04", "η = 0.06", "η = 0.08", "η = 0.1", "η = 0.12", "η = 0.14", "η = 0.16", "η = 0.18", "η = 0.19", "η = 0.21"} {
		eta := []float64{.01, .02, .04, .06, .08, .1, .12, .14, .16, .18, .19, .21}[i]
		runs = append(runs, descend(name, valley, valleyGrad, 4, 2, eta, 0, 60))
	}
	return runs
}

// runGallery is the part of the gallery with several runs, sweeps and moments.
func runGallery() (figures []*Figure) {
	add := func(f *Figure) { figures = append(figures, f) }
	rw := Window{-2, 2, -1, 3}
	rosenbrock := Contour{Window: rw, XLabel: "$x$", YLabel: "$y$", Grid: func() Grid { return sampleGrid(rw, 100, rosen) }, MinimumKnown: true,
		Marks: []Mark{{X: 1, Y: 1, Kind: MarkMinimum}}}
	vw := Window{-5, 5, -3, 3}
	quadratic := Contour{Window: vw, XLabel: "$θ_1$", YLabel: "$θ_2$", Grid: func() Grid { return sampleGrid(vw, 100, valley) }, MinimumKnown: true,
		Marks: []Mark{{X: 0, Y: 0, Kind: MarkMinimum}}}

	c := rosenbrock
	c.Name, c.Title, c.Paths = "compared", "Six runs", pathsOf(comparedRuns())
	add(NewContour(c))
	c = rosenbrock
	c.Name, c.Title, c.Paths = "compared3", "Three runs", pathsOf(comparedRuns()[:3])
	add(NewContour(c))
	c = quadratic
	c.Name, c.Title, c.Paths = "compared12", "Twelve runs", pathsOf(manyRuns())
	add(NewContour(c))
	c = quadratic
	c.Name, c.Title = "fates", "Ends of all sorts"
	c.Paths = []Path{
		{Label: "Newton", Ink: InkRun(0), X: []float64{-4, 0}, Y: []float64{-2, 0}},
		{Label: "sign step", Ink: InkRun(1), X: []float64{-4, -3, -2, -1, 0, .3}, Y: []float64{2, 1, 0, 1, 0, .2}},
		{Label: "Adam", Ink: InkRun(2), X: []float64{2, 3, 4, 9}, Y: []float64{1, 2, 1, 1.5}},
		{Label: "BFGS", Ink: InkRun(3), X: []float64{2, 4, 4.5, 12}, Y: []float64{-1, -2, 1.5, 1}},
		{Label: "raw", Ink: InkRun(4), X: []float64{-1, -2, nan}, Y: []float64{-1, -2.5, nan}},
		{Label: "far", Ink: InkRun(5), X: []float64{20, 30}, Y: []float64{20, 30}},
	}
	add(NewContour(c))

	runs := comparedRuns()
	add(NewRace(Race{Name: "race", Title: "Losses of six runs", Racers: racersOf(runs), MinimumKnown: true}))
	quad := []testRun{
		descend("gradient descent", valley, valleyGrad, 4, 2, .15, 0, 100), descend("heavy ball", valley, valleyGrad, 4, 2, .15, .5, 100),
		scaled("Adam", valley, valleyGrad, 4, 2, .3, 100), descend("η too large", valley, valleyGrad, 4, 2, .22, 0, 100),
	}
	racers := racersOf(quad)
	racers[0].Theory = make([]float64, 101)
	for k := range racers[0].Theory {
		racers[0].Theory[k] = 28 * math.Pow(.85, 2*float64(k))
	}
	racers[1].Values = racers[1].Values[:61]
	add(NewRace(Race{Name: "racetheory", Title: "Losses and theory", Racers: racers, MinimumKnown: true, TheoryLabel: "theory’s rate", At: new(20)}))
	add(NewRace(Race{Name: "race12", Title: "Losses of twelve runs", Racers: racersOf(manyRuns()), MinimumKnown: true}))
	add(NewRace(Race{Name: "racelinear", Title: "Losses of a double well", Label: "$J$", Racers: []Racer{
		{Label: "left", Values: []float64{4, 2, 1, .2, -.5, -1, -1.2, -1.3}}, {Label: "right", Values: []float64{4, 3, 1.5, .5, -.2, -.6, -.7, -.72}},
		{Label: "wild", Values: []float64{4, 9, 60, 800, math.Inf(1)}}}}))

	sweep := sampleSweep("sweep", 0)
	sweep.Current, sweep.Best, sweep.Bound, sweep.BoundLabel = .05, 2./11, .2, "$2/λ_{max}$"
	add(NewSweep(sweep))
	chosen := sampleSweep("sweepruns", 0)
	chosen.Best, chosen.Bound, chosen.BoundLabel = 2./11, .2, "theory"
	for i, eta := range []float64{.01, .1, .18, .4} {
		chosen.Runs = append(chosen.Runs, SweepRun{Eta: eta, Ink: InkRun(i)})
	}
	add(NewSweep(chosen))
	several := sampleSweep("sweeps", 0)
	several.Lines[0].Label = "β = 0"
	for _, beta := range []float64{.5, .9} {
		l := sampleSweep("", beta).Lines[0]
		l.Label = "β = " + Number(beta)
		several.Lines = append(several.Lines, l)
	}
	several.Current = .15
	add(NewSweep(several))
	sweep.Name, sweep.Key = "sweepkeyed", "rates"
	add(NewSweep(sweep))
	heat := sampleHeat()
	heat.Name = "heat"
	add(NewHeat(heat))
	heat = Heat{Name: "heatlinear", Title: "A map of few cells", Window: Window{.05, .1, 0, 1}, YLabel: "$β_1$", Label: "$J$",
		Cells: HeatCells{NX: 3, NY: 2, Values: []float64{-1, -.5, 2, math.Inf(1), 0, 1}}, Current: &Mark{X: .1, Y: 1, Label: "yours"}}
	add(NewHeat(heat))
	return append(figures, momentGallery(quadratic)...)
}

// sampleHeat is the loss of the heavy ball after 50 steps in the valley, with theory's lines.
func sampleHeat() Heat {
	h := Heat{Title: "Loss after 50 steps", Window: Window{.002, 2, 0, 1}, YLabel: "$μ$", Label: "$J − J^*$", MinimumKnown: true,
		Cells: HeatCells{NX: 64, NY: 48}, Current: &Mark{X: .02, Y: .9, Label: "yours"}}
	start, least := 28.0, math.Inf(1)
	for j := range h.Cells.NY {
		for i := range h.Cells.NX {
			beta := h.second(float64(j) + .5)
			loss := descend("", valley, valleyGrad, 4, 2, h.eta(i), beta, 50).losses[50]
			if !(loss <= start) {
				loss = math.Inf(1)
			}
			h.Cells.Values = append(h.Cells.Values, loss)
			if loss < least {
				least, h.Best = loss, &Mark{X: h.eta(i), Y: beta, Label: "best"}
			}
		}
	}
	bound, first, last := Line{Label: "stable up to here"}, Line{Label: "critical damping, $λ_1$", Dashed: true}, Line{Label: "critical damping, $λ_n$", Dashed: true}
	for k := range 201 {
		eta := h.edge(float64(k) / 200 * 64)
		bound.X, bound.Y = append(bound.X, eta), append(bound.Y, eta*10/2-1)
		first.X, first.Y = append(first.X, eta), append(first.Y, math.Pow(1-math.Sqrt(eta), 2))
		last.X, last.Y = append(last.X, eta), append(last.Y, math.Pow(1-math.Sqrt(eta*10), 2))
	}
	h.Lines = []Line{bound, first, last}
	return h
}

// sampleSweep is the loss after 50 steps in the valley for η from 0.001 to 1.
func sampleSweep(name string, beta float64) Sweep {
	l := Line{}
	for k := range 91 {
		eta := math.Pow(10, -3+float64(k)/30)
		r := descend("", valley, valleyGrad, 4, 2, eta, beta, 50)
		l.X, l.Y = append(l.X, eta), append(l.Y, r.losses[50])
	}
	return Sweep{Name: name, Title: "Loss after 50 steps", Label: "$J(θ_{50}) − J^*$", Lines: []Line{l}, MinimumKnown: true,
		Bands: []Band{{0, .1, "converges", ToneConverges}, {.1, .2, "oscillates", ToneOscillates}, {.2, math.Inf(1), "diverges", ToneDiverges}}}
}

func momentGallery(quadratic Contour) (figures []*Figure) {
	add := func(f *Figure) { figures = append(figures, f) }
	r := descend("", valley, valleyGrad, 4, 2, .17, 0, 40)
	c := quadratic
	c.Name, c.Title = "moment", "Step 2 of a run"
	c.Paths = []Path{{X: r.xs, Y: r.ys, Film: &Film{At: 2, Moment: func(k int) Moment {
		return Moment{Label: "$θ_2$", ArrowX: -r.xs[k], ArrowY: -10 * r.ys[k], ArrowLabel: "$−∇J$"}
	}}}}
	add(NewContour(c))
	c = quadratic
	c.Name, c.Title = "memory", "What a method remembers at step 4"
	c.Paths = []Path{{X: r.xs, Y: r.ys, Film: &Film{At: 4, Moment: func(k int) Moment {
		return Moment{Label: "$θ_4$", ArrowX: -r.xs[k], ArrowY: -10 * r.ys[k], ArrowLabel: "$−∇J$", MemoryX: -3, MemoryY: 6, MemoryLabel: "$−m_4$", BoxX: 3, BoxY: 14, BoxLabel: "$√v$"}
	}}}}
	add(NewContour(c))
	c.Name, c.Title = "search", "A line search at step 1"
	c.Paths = []Path{{X: r.xs, Y: r.ys, Film: &Film{At: 1, Moment: func(k int) Moment {
		return Moment{Label: "$θ_1$", ArrowX: -r.xs[k], ArrowY: -10 * r.ys[k], ArrowLabel: "$−∇J$", TriedX: []float64{r.xs[2], (r.xs[1] + r.xs[2]) / 2}, TriedY: []float64{r.ys[2], (r.ys[1] + r.ys[2]) / 2}, SearchLine: true}
	}}}}
	add(NewContour(c))

	f := func(x float64) float64 { return x*x*x*x - 2*x*x + .3*x }
	df := func(x float64) float64 { return 4*x*x*x - 4*x + .3 }
	line := Line{}
	for i := range 201 {
		x := -2 + float64(i)*.02
		line.X, line.Y = append(line.X, x), append(line.Y, f(x))
	}
	p := Path{Film: &Film{Moment: func(int) Moment { return Moment{Label: "$θ_0$"} }}}
	for x := -1.7; len(p.X) < 12; x -= .035 * df(x) {
		p.X, p.Y, p.Slopes = append(p.X, x), append(p.Y, f(x)), append(p.Slopes, df(x))
	}
	add(NewCurve(Curve{Name: "momentcurve", Title: "Step 0 on the curve", XLabel: "$θ$", YLabel: "$J$", Lines: []Line{line}, Window: Window{-2, 2, -2, 4}, Paths: []Path{p}}))
	left := Path{Label: "small η", Ink: InkRun(0)}
	for x := -1.8; len(left.X) < 30; x -= .01 * df(x) {
		left.X, left.Y = append(left.X, x), append(left.Y, f(x))
	}
	right := Path{Label: "large η", Ink: InkRun(1)}
	for x := -1.8; len(right.X) < 12; x -= .13 * df(x) {
		right.X, right.Y = append(right.X, x), append(right.Y, f(x))
	}
	add(NewCurve(Curve{Name: "comparedcurve", Title: "Two runs on the curve", XLabel: "$θ$", YLabel: "$J$", Lines: []Line{line}, Window: Window{-2, 2, -2, 4}, Paths: []Path{left, right}}))
	add(NewLoss(Loss{Name: "momentloss", Title: "Loss at step 12", Values: r.losses, MinimumKnown: true, Film: &Film{At: 12}}))

	sw := Window{-2, 2, -2, 2}
	add(NewContour(Contour{Name: "function", Title: "A function at a point", Window: sw, XLabel: "$x$", YLabel: "$y$",
		Grid: func() Grid {
			return sampleGrid(sw, 100, func(x, y float64) float64 { return x*x*x*x/2 - x*x + y*y + .2*x })
		},
		Marks: []Mark{{X: .6, Y: 1.1, Label: "$θ$", ArrowX: -(2*.216 - 1.2 + .2), ArrowY: -2.2, ArrowLabel: "$−∇J$"},
			{X: -1.0467, Y: 0, Kind: MarkMinimum, Label: "minimum"}, {X: .9456, Y: 0, Kind: MarkMinimum, Label: "local minimum"}, {X: .101, Y: 0, Kind: MarkSaddle, Label: "saddle"}}}))
	return figures
}
