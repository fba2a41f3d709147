package optim

import "descent/optim/expr"

// Functions is the catalogue of objectives in teaching order. Everything but
// what is written here is derived from the formula; the stated minima are
// tested against the formula's gradient.
var Functions = []*Function{
	entry(Function{
		ID: "quadratic", Title: "Elongated bowl",
		Source: "condition number 10; axes along the coordinates",
		Window: Window{-5, 5, -4.4, 4.4}, Start: []float64{4, 1}, Minima: [][]float64{{0, 0}},
	}, "0.5*(x^2 + 10*y^2)"),
	entry(Function{
		ID: "rosenbrock", Title: "Rosenbrock’s valley",
		Source: "H. H. Rosenbrock, The Computer Journal 3 (1960), 175–184",
		Window: Window{-2, 2, -1, 3}, Start: []float64{-1.2, 1}, Minima: [][]float64{{1, 1}},
	}, "(1-x)^2 + 100*(y-x^2)^2"),
	entry(Function{
		ID: "beale", Title: "Beale’s function",
		Source: "E. M. L. Beale, On an iterative method of finding a local minimum (1958); Moré, Garbow, Hillstrom, ACM TOMS 7 (1981), problem 5",
		Window: Window{-4.5, 4.5, -4.5, 4.5}, Start: []float64{0.5, -0.5}, Minima: [][]float64{{3, 0.5}},
	}, "(1.5-x+x*y)^2 + (2.25-x+x*y^2)^2 + (2.625-x+x*y^3)^2"),
	entry(Function{
		ID: "himmelblau", Title: "Himmelblau’s function",
		Source: "D. M. Himmelblau, Applied Nonlinear Programming (1972)",
		Window: Window{-6, 6, -6, 6}, Start: []float64{0, -1},
		Minima: [][]float64{{3, 2}, {-2.805118086952745, 3.131312518250573}, {-3.779310253377747, -3.283185991286170}, {3.584428340330492, -1.848126526964404}},
	}, "(x^2+y-11)^2 + (x+y^2-7)^2"),
	entry(Function{
		ID: "booth", Title: "Booth’s function",
		Source: "a convex quadratic with tilted axes; eigenvalues 2 and 18",
		Window: Window{-8, 10, -6, 12}, Start: []float64{-6, -4}, Minima: [][]float64{{1, 3}},
	}, "(x+2*y-7)^2 + (2*x+y-5)^2"),
	entry(Function{
		ID: "rastrigin", Title: "Rastrigin’s function",
		Source: "L. A. Rastrigin, Systems of Extremal Control (1974), in two variables",
		Window: Window{-3.2, 3.2, -3.2, 3.2}, Start: []float64{2.3, 1.7}, Minima: [][]float64{{0, 0}},
	}, "20 + x^2 - 10*cos(2*pi*x) + y^2 - 10*cos(2*pi*y)"),
	entry(Function{
		ID: "ackley", Title: "Ackley’s function",
		Source: "D. H. Ackley, A Connectionist Machine for Genetic Hillclimbing (1987); not differentiable at its minimum",
		Window: Window{-4, 4, -4, 4}, Start: []float64{2.5, 1.8}, Minima: [][]float64{{0, 0}},
	}, "-20*exp(-0.2*sqrt(0.5*(x^2+y^2))) - exp(0.5*(cos(2*pi*x)+cos(2*pi*y))) + exp(1) + 20"),
	entry(Function{
		ID: "saddle", Title: "Saddle between two minima",
		Source: "x² − y² with a quartic that bounds it from below",
		Window: Window{-4.5, 4.5, -5, 5}, Start: []float64{3, 0.01},
		Minima: [][]float64{{0, 3.1622776601683795}, {0, -3.1622776601683795}},
	}, "x^2 - y^2 + 0.05*y^4"),
	entry(Function{
		ID: "sixhump", Title: "Six-hump camel",
		Source: "Dixon and Szegő, Towards Global Optimisation 2 (1978)",
		Window: Window{-2, 2, -1.2, 1.2}, Start: []float64{-1.5, 0.2},
		Minima: [][]float64{{0.0898420131003181, -0.7126564030207397}, {-0.0898420131003181, 0.7126564030207397}, {-1.7036067132900241, 0.7960835748678817}, {1.7036067132900241, -0.7960835748678817}, {-1.6071047604789053, -0.5686514547679246}, {1.6071047604789053, 0.5686514547679246}},
	}, "(4 - 2.1*x^2 + x^4/3)*x^2 + x*y + (4*y^2 - 4)*y^2"),
	entry(Function{
		ID: "double-well", Title: "Double well",
		Source: "two minima of different depth on a line",
		Window: Window{XMin: -2.2, XMax: 2.2}, Start: []float64{1.8},
		Minima: [][]float64{{-1.0355787140888537}, {0.9601495555191055}},
	}, "x^4 - 2x^2 + 0.3x"),
	entry(Function{
		ID: "wiggle", Title: "Wiggly bowl",
		Source: "a parabola with a sine on it: many minima on a line",
		Window: Window{XMin: -7, XMax: 7}, Start: []float64{5},
		Minima: nil,
	}, "0.1x^2 + sin(3x)"),
}

var byID = func() map[string]*Function {
	m := make(map[string]*Function, len(Functions))
	for _, f := range Functions {
		m[f.ID] = f
	}
	return m
}()

// Lookup finds a catalogue entry.
func Lookup(id string) (*Function, bool) {
	f, ok := byID[id]
	return f, ok
}

// IDs lists the catalogue's ids in teaching order.
func IDs() []string {
	ids := make([]string, len(Functions))
	for i, f := range Functions {
		ids[i] = f.ID
	}
	return ids
}

func entry(f Function, formula string) *Function {
	e, err := expr.Parse(formula)
	if err != nil {
		panic("optim: catalogue entry " + f.ID + ": " + err.Error())
	}
	derived := newFunction(e)
	f.Expr, f.program, f.second = derived.Expr, derived.program, derived.second
	return &f
}
