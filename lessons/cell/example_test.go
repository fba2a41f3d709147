package cell_test

import (
	"context"
	"fmt"
	"net/url"

	"descent/lessons/cell"
	"descent/optim/param"
)

// A query becomes values, values a result, and the result says itself in words.
func ExampleKind() {
	kind := cell.Lookup("descent")
	query, _ := url.ParseQuery("f=x^2&x=1&eta=0.25&steps=3")
	values, _, errs := kind.Params.Parse(query, param.Values{})
	if errs != nil {
		fmt.Println(errs)
		return
	}
	result, err := kind.Run(context.Background(), values)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(result.Readout().Text())
	for _, row := range result.CSV() {
		fmt.Println(row)
	}
	// Output:
	// Still on the way. After 3 steps: θ = 0.125, J = 0.01562, ‖∇J‖ = 0.25. η·λmax = 0.5: not above 1, so no step overshoots.
	// [k theta1 loss gradient1 eta]
	// [0 1 1 2 0.25]
	// [1 0.5 0.25 1 0.25]
	// [2 0.25 0.0625 0.5 0.25]
	// [3 0.125 0.015625 0.25 0.25]
}

// What a lesson that names a value or a control wrongly is told.
func ExampleCheck() {
	for _, err := range cell.Check("descent", map[string]string{"eta": "-1"}, []string{"etta"}, nil, "") {
		fmt.Println(err)
	}
	// Output:
	// eta: must be between 0.000001 and 1000
	// show: descent has no "etta"; did you mean eta?
}
