package optim_test

import (
	"context"
	"fmt"

	"descent/optim"
)

// What theory says of gradient descent on an elongated bowl with κ = 10.
func ExampleTheoryOf() {
	f, _ := optim.Lookup("quadratic")
	gd := optim.FindMethod("gd")
	values, _ := gd.Params.Defaults(nil)
	c := optim.Config{Start: []float64{4, 1}, Eta: 0.15, Steps: 200}
	run := optim.Minimize(context.Background(), f.Objective(), gd.New(values), c)
	t := optim.TheoryOf(f, gd, values, run, f.Window)

	fmt.Printf("eigenvalues %.4g, κ = %.4g\n", t.AtMinimum.Eigenvalues, t.AtMinimum.Condition())
	fmt.Printf("stable below η = %.4g, best η = %.4g with rate %.4g\n", t.StableEta, t.Best.Eta, t.Best.Rate)
	fmt.Printf("at η = %.4g: predicted %.4g, measured %.4g\n", t.Eta, t.Predicted, t.Measured.Rate)
	// Output:
	// eigenvalues [1 10], κ = 10
	// stable below η = 0.2, best η = 0.1818 with rate 0.8182
	// at η = 0.15: predicted 0.85, measured 0.85
}

// Why a run diverges, as figures from which words can be made.
func ExampleDivergence() {
	f, _ := optim.Lookup("quadratic")
	gd := optim.FindMethod("gd")
	values, _ := gd.Params.Defaults(nil)
	c := optim.Config{Start: []float64{4, 1}, Eta: 0.3, Steps: 50}
	run := optim.Minimize(context.Background(), f.Objective(), gd.New(values), c)
	t := optim.TheoryOf(f, gd, values, run, f.Window)

	d := t.Divergence
	fmt.Printf("%s (%s): η·λ = %.4g, bound %.4g; first rise at step %d\n", d.Event, d.Cause, d.Product, d.Bound, d.FirstRise)
	fmt.Println("try η =", optim.CalmerEta(context.Background(), f, gd, values, c, t))
	// Output:
	// grows (overshoot): η·λ = 3, bound 2; first rise at step 1
	// try η = 0.19
}

// Methods compared from one start, each at its own best rate.
func ExampleTune() {
	f, _ := optim.Lookup("quadratic")
	for _, id := range []string{"gd", "nesterov", "newton"} {
		m := optim.FindMethod(id)
		values, _ := m.Params.Defaults(nil)
		t, err := optim.Tune(context.Background(), f, m, values, optim.Config{Start: f.Start, Steps: 50}, nil)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%-8s η = %.2f: J = %.0e after 50 steps\n", id, t.Eta, t.Loss)
	}
	// Output:
	// gd       η = 0.18: J = 2e-08 after 50 steps
	// nesterov η = 0.11: J = 6e-12 after 50 steps
	// newton   η = 1.00: J = 0e+00 after 50 steps
}

// Learning rates sorted by what becomes of the run.
func ExampleSweepEta() {
	f, _ := optim.Lookup("quadratic")
	gd := optim.FindMethod("gd")
	values, _ := gd.Params.Defaults(nil)
	s, err := optim.SweepEta(context.Background(), f, gd, values, optim.Config{Start: f.Start, Steps: 100}, f.Window, 0.001, 1, 31, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, b := range s.Bands {
		fmt.Printf("%-10s %.2f to %.2f\n", b.Fate, b.From, b.To)
	}
	// Output:
	// slow       0.00 to 0.06
	// converges  0.06 to 0.15
	// oscillates 0.15 to 0.20
	// diverges   0.20 to 1.00
}

// A map of where starts lead, as a caller draws it while it comes in.
func ExampleRefineBasins() {
	f, _ := optim.Lookup("double-well")
	gd := optim.FindMethod("gd")
	values, _ := gd.Params.Defaults(nil)
	c := optim.Config{Eta: 0.05, Steps: 200, Tol: 1e-6}
	for b, err := range optim.RefineBasins(context.Background(), f, gd.New(values), c, f.Window, 32, 1) {
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, at := range b.Reached {
			fmt.Print(at)
		}
		fmt.Println()
	}
	// Output:
	// 00000000000000001111111111111111
	// 00000000000000001111111111111111
	// 00000000000000001111111111111111
	// 00000000000000000111111111111111
}

func ExampleFindBasins() {
	f, _ := optim.Lookup("himmelblau")
	gd := optim.FindMethod("gd")
	values, _ := gd.Params.Defaults(nil)
	b, err := optim.FindBasins(context.Background(), f, gd.New(values), optim.Config{Eta: 0.01, Steps: 200}, f.Window, 16, 16)
	if err != nil {
		fmt.Println(err)
		return
	}
	count := make([]int, len(b.Attractors))
	for _, at := range b.Reached {
		if at >= 0 {
			count[at]++
		}
	}
	for i, p := range b.Attractors {
		fmt.Printf("%d of 256 starts reach the %s at (%.3f, %.3f)\n", count[i], p.Kind, p.Theta[0], p.Theta[1])
	}
	// Output:
	// 61 of 256 starts reach the minimum at (-3.779, -3.283)
	// 69 of 256 starts reach the minimum at (-2.805, 3.131)
	// 66 of 256 starts reach the minimum at (3.000, 2.000)
	// 60 of 256 starts reach the minimum at (3.584, -1.848)
}

func ExampleFunction_CriticalPoints() {
	f, err := optim.Resolve("f", "(x^2 - 1)^2 + y^2")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range f.CriticalPoints(context.Background(), optim.Window{XMin: -2, XMax: 2, YMin: -2, YMax: 2}) {
		fmt.Printf("%s at %v, J = %v, eigenvalues %v\n", p.Kind, p.Theta, p.Loss, p.Eigenvalues)
	}
	// Output:
	// minimum at [-1 0], J = 0, eigenvalues [2 8]
	// minimum at [1 0], J = 0, eigenvalues [2 8]
	// saddle at [0 0], J = 1, eigenvalues [-4 2]
}

// What a point is, and whether its gradient agrees with differences.
func ExampleFunction_At() {
	f, _ := optim.Lookup("saddle")
	l := f.At([]float64{0, 0})
	fmt.Println(l.Kind, l.Gradient, l.Eigenvalues, l.Check.RelativeError < 1e-9)
	// Output:
	// saddle [0 0] [-2 2] true
}

// A start where J is not defined, and where it is.
func ExampleFunction_Domain() {
	f, err := optim.Resolve("f", "log(x^2 - 1)")
	if err != nil {
		fmt.Println(err)
		return
	}
	d := f.Domain(context.Background(), optim.Window{XMin: -5, XMax: 5}, []float64{0.2})
	fmt.Println(d.Defined, d.Nearest)
	for _, i := range d.Intervals {
		fmt.Printf("%+v\n", i)
	}
	// Output:
	// false [1.1]
	// {From:-5 To:-1 FromOpen:false ToOpen:true}
	// {From:1 To:5 FromOpen:true ToOpen:false}
}
