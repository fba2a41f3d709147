package optim

import (
	"math"

	"descent/optim/expr"
)

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
		Window: Window{-8, 10, -6, 12}, Start: []float64{-6, 2}, Minima: [][]float64{{1, 3}},
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
		Minima: [][]float64{{0.08984201310031806, -0.7126564030207396}, {-0.08984201310031806, 0.7126564030207396}, {-1.703606714969981, 0.7960835686726251}, {1.703606714969981, -0.7960835686726251}, {-1.6071047529201972, -0.5686514548841314}, {1.6071047529201972, 0.5686514548841314}},
	}, "(4 - 2.1*x^2 + x^4/3)*x^2 + x*y + (4*y^2 - 4)*y^2"),
	entry(Function{
		ID: "matyas", Title: "Matyas’ function",
		Source: "Jamil and Yang, Int. J. Mathematical Modelling and Numerical Optimisation 4 (2013), 150–194; a convex quadratic with a valley along the diagonal, eigenvalues 0.04 and 1",
		Window: Window{-10, 10, -10, 10}, Start: []float64{-8, 3}, Minima: [][]float64{{0, 0}},
	}, "0.26*(x^2 + y^2) - 0.48*x*y"),
	entry(Function{
		ID: "three-hump-camel", Title: "Three-hump camel",
		Source: "Jamil and Yang (2013); three minima along a bent valley",
		Window: Window{-2.5, 2.5, -2.5, 2.5}, Start: []float64{2, -1.8},
		Minima: [][]float64{{0, 0}, {-1.7475523458302888, 0.8737761729151444}, {1.7475523458302888, -0.8737761729151444}},
	}, "2x^2 - 1.05x^4 + x^6/6 + x*y + y^2"),
	entry(Function{
		ID: "styblinski-tang", Title: "Styblinski–Tang",
		Source: "M. A. Styblinski and T.-S. Tang, Neural Networks 3 (1990), 467–483; four minima, one of them global",
		Window: Window{-4.5, 4.5, -4.5, 4.5}, Start: []float64{1.5, 3.5},
		Minima: [][]float64{{-2.903534027771177, -2.903534027771177}, {-2.903534027771177, 2.746802770990837}, {2.746802770990837, -2.903534027771177}, {2.746802770990837, 2.746802770990837}},
	}, "0.5*(x^4 - 16x^2 + 5x + y^4 - 16y^2 + 5y)"),
	entry(Function{
		ID: "mccormick", Title: "McCormick’s function",
		Source: "G. P. McCormick, Mathematical Programming 10 (1976), 147–175; outside its window it falls without end",
		Window: Window{-1.5, 4, -3, 4}, Start: []float64{-1, 3.5},
		Minima: [][]float64{{-0.5471975511965977, -1.5471975511965979}, {2.5943951023931957, 1.5943951023931955}},
	}, "sin(x + y) + (x - y)^2 - 1.5x + 2.5y + 1"),
	entry(Function{
		ID: "goldstein-price", Title: "Goldstein–Price",
		Source: "A. A. Goldstein and J. F. Price, Math. Comp. 25 (1971), 569–574; values from 3 to a million",
		Window: Window{-2, 2, -3, 1}, Start: []float64{-1.2, -1.4},
		Minima: [][]float64{{0, -1}, {-0.6, -0.4}, {1.8, 0.2}, {1.2, 0.8}},
	}, "(1 + (x+y+1)^2*(19 - 14x + 3x^2 - 14y + 6x*y + 3y^2)) * (30 + (2x-3y)^2*(18 - 32x + 12x^2 + 48y - 36x*y + 27y^2))"),
	entry(Function{
		ID: "easom", Title: "Easom’s needle",
		Source: "Jamil and Yang (2013); one narrow hole in a plain where the gradient vanishes",
		Window: Window{0, 6.3, 0, 6.3}, Start: []float64{2.2, 4},
		Minima: [][]float64{{math.Pi, math.Pi}},
	}, "-cos(x)*cos(y)*exp(-(x - pi)^2 - (y - pi)^2)"),
	entry(Function{
		ID: "levi13", Title: "Lévi’s function no. 13",
		Source: "after A. V. Levy and A. Montalvo, SIAM J. Sci. Stat. Comput. 6 (1985), 15–29; ripples on a bowl",
		Window: Window{-2, 4, -2, 4}, Start: []float64{-1.2, 3.1}, Minima: [][]float64{{1, 1}},
	}, "sin(3pi*x)^2 + (x - 1)^2*(1 + sin(3pi*y)^2) + (y - 1)^2*(1 + sin(2pi*y)^2)"),
	entry(Function{
		ID: "monkey-saddle", Title: "Monkey saddle",
		Source: "the real part of (x + iy)³: three ways down, two for the legs and one for the tail; the Hessian at 0 is zero",
		Window: Window{-2, 2, -2, 2}, Start: []float64{1.5, 0.1}, Minima: nil,
	}, "x^3 - 3x*y^2"),
	entry(Function{
		ID: "plateau", Title: "Plateaus beside a valley",
		Source: "the square of a saturating unit: far out the slope fades, and gradient descent crawls",
		Window: Window{-5, 5, -5, 5}, Start: []float64{3, 3}, Minima: [][]float64{{0, 0}},
	}, "tanh(x)^2 + 0.1y^2"),
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
	entry(Function{
		ID: "abs", Title: "Kink",
		Source: "not differentiable at its minimum: steps of a fixed rate jump to and fro",
		Window: Window{XMin: -3, XMax: 3}, Start: []float64{2.25}, Minima: [][]float64{{0}},
	}, "|x|"),
	entry(Function{
		ID: "quartic", Title: "Flat bottom",
		Source: "no curvature at its minimum: no rate of convergence, however small η",
		Window: Window{XMin: -2, XMax: 2}, Start: []float64{1.5}, Minima: [][]float64{{0}},
	}, "x^4"),
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
	derived.ID, derived.Title, derived.Source = f.ID, f.Title, f.Source
	derived.Window, derived.Start, derived.Minima = f.Window, f.Start, f.Minima
	return derived
}
