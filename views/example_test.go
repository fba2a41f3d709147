package views_test

import (
	"context"
	"fmt"

	"descent/lessons/cell"
	"descent/views"
)

// The pictures that a result has, the main one first.
func ExampleFigures() {
	kind := cell.Lookup("descent")
	values, err := kind.Params.Defaults(map[string]string{"f": "x^2", "x": "1", "eta": "0.25"})
	if err != nil {
		fmt.Println(err)
		return
	}
	result, err := kind.Run(context.Background(), values)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range views.Figures(result) {
		fmt.Printf("%s: %s, %g×%g\n", f.Name, f.Title, f.Width, f.Height)
	}
	// Output:
	// path: Steps on the curve, 480×300
	// loss: Loss at each step, 480×300
	// surface: The path on the surface, 480×60
}
