package optim_test

import (
	"context"
	"fmt"

	"descent/optim"
)

// The methods in teaching order: what each takes besides the learning rate, and
// the rate that a form offers first.
func ExampleMethod() {
	for _, m := range optim.Methods[:4] {
		fmt.Printf("%s, η = %g: %v\n", m.Title, m.Eta, m.Params.Names())
	}
	// Output:
	// gradient descent, η = 0.1: [weight_decay]
	// momentum (heavy ball), η = 0.02: [momentum dampening weight_decay]
	// Nesterov momentum, η = 0.02: [momentum weight_decay]
	// AdaGrad, η = 0.5: [lr_decay initial_accumulator_value eps weight_decay]
}

// The record holds what a method remembers, so that a step can be made again
// from the middle of a run, to the last bit.
func ExampleRun_Replay() {
	f, _ := optim.Lookup("quadratic")
	m := optim.FindMethod("momentum")
	v, _ := m.Params.Defaults(nil)
	rule := m.New(v)
	run := optim.Minimize(context.Background(), f.Objective(), rule, optim.Config{Start: []float64{4, 1}, Eta: 0.1, Steps: 20})

	theta, velocity := run.Replay(f.Objective(), rule, 1)
	fmt.Printf("%s: %.4g → %.4g\n", run.Memory[0].Name, run.State(1), velocity)
	fmt.Printf("θ: %.4g → %.4g\n", run.Theta(1), theta)
	fmt.Println(theta[0] == run.Theta(2)[0] && theta[1] == run.Theta(2)[1])
	// Output:
	// velocity: [4 10] → [7.2 9]
	// θ: [3.6 0] → [2.88 -0.9]
	// true
}

// A formula as a reader types it, or what is wrong with it and where.
func ExampleResolve() {
	f, err := optim.Resolve("f", "(x-1)^2 + 2y^2")
	fmt.Println(f.Name(), f.GradientExprs(), f.Quadratic(), err)
	_, err = optim.Resolve("f", "2x + ")
	fmt.Println(err)
	// Output:
	// (x - 1)^2 + 2*y^2 [2*(x - 1) 4*y] true <nil>
	// f: after “+” I expect a number, a variable, a function or (.
}

// Where to look at a function when nobody says: wide enough for the start.
func ExampleWindowFor() {
	f, _ := optim.Resolve("f", "x^2 + y^2")
	fmt.Println(optim.WindowFor(f, []float64{3, 1}))
	fmt.Println(optim.WindowFor(f, []float64{12, 1}))
	// Output:
	// {-5 5 -5 5}
	// {-20 20 -20 20}
}
