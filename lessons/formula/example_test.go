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
