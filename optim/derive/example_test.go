package derive_test

import (
	"context"
	"fmt"

	"descent/optim/derive"
)

func ExampleEqual() {
	c, err := derive.Equal(context.Background(), "log(x^2)", "2 log x", nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(c.Verdict)
	fmt.Println(c.Note, c.Counterexample.Point)
	// Output:
	// equal where defined
	// the first is defined where the second is not map[x:-2]
}

func ExampleCheck() {
	task, _ := derive.LookupTask("logistic-gradient")
	report, err := derive.Check(context.Background(), task, `∂/∂θ_j NLL
= -Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] ∂h_i/∂θ_j
= -Σ_i [y_i/h_i - (1-y_i)/(1-h_i)] h_i x_ij`)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, l := range report.Lines {
		fmt.Println(l.N, l.Verdict, l.Formula)
	}
	fmt.Println(report.Lines[2].Diagnosis)
	// Output:
	// 1 start D(theta_j, NLL)
	// 2 follows -sum(i,1,m, (y_i/h_i - (1 - y_i)/(1 - h_i))*D(theta_j, h_i))
	// 3 breaks -sum(i,1,m, (y_i/h_i - (1 - y_i)/(1 - h_i))*h_i*x_ij)
	// sigma-prime-sigma
}
