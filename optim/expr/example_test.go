package expr_test

import (
	"errors"
	"fmt"

	"descent/optim/expr"
)

func Example() {
	e, err := expr.Parse("(1 - x)^2 + 100(y - x^2)^2")
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, g := range e.Gradient() {
		fmt.Printf("∂/∂%s: %s\n", e.Variables()[i], g)
	}
	gradient := make([]float64, e.Dim())
	value := e.Compile().NewEvaluator().Eval([]float64{-1.2, 1}, gradient)
	fmt.Printf("%.1f %.1f\n", value, gradient)
	// Output:
	// ∂/∂x: -2*(1 - x) - 400*x*(y - x^2)
	// ∂/∂y: 200*(y - x^2)
	// 24.2 [-215.6 -88.0]
}

// A reading with which one could disagree is stated.
func ExampleParse() {
	e, _ := expr.Parse("1/2x")
	fmt.Println(e)
	fmt.Println(e.Notes()[0])
	// Output:
	// 1/2*x
	// 1/2x is read as (1/2)·x; for the other reading write 1/(2*x).
}

func ExampleSyntaxError() {
	_, err := expr.Parse("2x + sen(x)")
	var syntax *expr.SyntaxError
	if errors.As(err, &syntax) {
		fmt.Println(syntax.Position, syntax.Message, syntax.Suggestion)
	}
	// Output:
	// 5 I do not know “sen”. Did you mean sin? sin
}

func ExampleExpr_Hessian() {
	e, _ := expr.Parse("x/(1 + y^2)")
	for _, row := range e.Hessian() {
		fmt.Println(row)
	}
	// Output:
	// [0 -2*y/(1 + y^2)^2]
	// [-2*y/(1 + y^2)^2 2*x*(3*y^2 - 1)/(1 + y^2)^3]
}

// The value is right where the text, taken literally, would overflow.
func ExampleEvaluator_Eval() {
	e, _ := expr.Parse("log(1 + exp(-x))")
	ev := e.Compile().NewEvaluator()
	slope := make([]float64, 1)
	for _, x := range []float64{-1000, 0, 40} {
		value := ev.Eval([]float64{x}, slope)
		fmt.Printf("%.4g %.4g\n", value, slope[0])
	}
	// Output:
	// 1000 -1
	// 0.6931 -0.5
	// 4.248e-18 -4.248e-18
}

func ExampleProgram_Grid() {
	e, _ := expr.Parse("x^2 + 10y^2")
	values := make([]float64, 6)
	e.Compile().Grid([]float64{0, 1, 2}, []float64{0, 1}, values)
	fmt.Println(values)
	// Output:
	// [0 1 4 10 11 14]
}

func ExampleExpr_MathML() {
	e, _ := expr.Parse("x^2")
	fmt.Println(e.MathML())
	// Output:
	// <math display="inline" alttext="x^2"><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow></math>
}

func ExampleExpr_LaTeX() {
	e, _ := expr.Parse("σ(θ_1)^2 + |θ_2|/2")
	fmt.Println(e.LaTeX())
	// Output:
	// \sigma(\theta_1)^2 + \frac{\left|\theta_2\right|}{2}
}

func ExampleExpr_Go() {
	e, _ := expr.Parse("x^2/2 + relu(1 - x^3)")
	fmt.Print(expr.GoPrelude(e))
	fmt.Println(e.Go())
	// Output:
	// // relu is the positive part of z.
	// func relu(z float64) float64 {
	// 	return math.Max(z, 0)
	// }
	// x*x/2 + relu(1 - x*x*x)
}

func ExampleExpr_Python() {
	e, _ := expr.Parse("x^2/2 + relu(1 - x^3)")
	fmt.Print(expr.PythonPrelude(e))
	fmt.Println(e.Python())
	// Output:
	// def relu(z):
	//     """The positive part of z."""
	//     return np.maximum(z, 0)
	// x**2/2 + relu(1 - x**3)
}
