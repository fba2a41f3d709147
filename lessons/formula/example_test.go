package formula_test

import (
	"fmt"

	"descent/lessons/formula"
)

func ExampleMathML() {
	html, err := formula.MathML(`\eta`, false)
	fmt.Println(html, err)
	// Output:
	// <math><mi>η</mi></math> <nil>
}

// TeX that cannot be set is an error with its place.
func ExampleMathML_mistake() {
	_, err := formula.MathML(`\frac{1}{2`, true)
	fmt.Println(err)
	// Output:
	// Unexpected end of input in a macro argument, expected '}' at end of input
}
