package sandbox_test

import (
	"context"
	"errors"
	"fmt"

	"descent/lessons/exercise/sandbox"
)

var step = sandbox.Entry{Name: "step", Parameters: []string{"theta", "gradient", "eta", "t", "state"}}

// Gradient descent with momentum, as a student writes it: two steps of one machine, whose state stays between them.
func ExampleMachine() {
	ctx := context.Background()
	program, err := sandbox.Compile(`def step(theta, gradient, eta, state):
    v = 0.5 * state.get("v", zeros(len(theta))) + gradient
    state["v"] = v
    return theta - eta * v
`, step)
	if err != nil {
		fmt.Println(err)
		return
	}
	machine, err := program.Start(ctx, sandbox.NewBudget())
	if err != nil {
		fmt.Println(err)
		return
	}
	theta := []float64{4, 1}
	for t := range 2 {
		theta, err = machine.Call(ctx, map[string]any{"theta": theta, "gradient": theta, "eta": 0.5, "t": t}, 2)
		fmt.Println(theta, err)
	}
	// Output:
	// [2 0.5] <nil>
	// [0 0] <nil>
}

// What cannot run is refused with its line and what to do instead.
func ExampleCompile() {
	_, err := sandbox.Compile("def step(theta):\n    while True:\n        pass\n", step)
	var fault *sandbox.Fault
	fmt.Println(errors.As(err, &fault), fault.Line)
	// Output: true 2
}
