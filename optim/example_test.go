package optim_test

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"descent/optim"
)

func ExampleMinimize() {
	f, _ := optim.Lookup("quadratic")
	m := optim.FindMethod("gd")
	v, _ := m.Params.Defaults(nil)
	run := optim.Minimize(context.Background(), f.Objective(), m.New(v), optim.Config{Start: []float64{4, 1}, Eta: 0.15, Steps: 200, Tol: 1e-6})
	for k := range 3 {
		fmt.Printf("θ%d = %.3g, J = %.3g\n", k, run.Theta(k), run.Losses[k])
	}
	fmt.Println(run.Stop.Reason, "at step", run.Stop.Step)
	// Output:
	// θ0 = [4 1], J = 13
	// θ1 = [3.4 -0.5], J = 7.03
	// θ2 = [2.89 0.25], J = 4.49
	// converged at step 94
}

func ExampleExplain() {
	f, _ := optim.Lookup("quadratic")
	m := optim.FindMethod("momentum")
	v, _ := m.Params.Defaults(nil)
	rule := m.New(v)
	run := optim.Minimize(context.Background(), f.Objective(), rule, optim.Config{Start: []float64{4, 1}, Eta: 0.1, Steps: 5})
	say := func(v float64) string { return strconv.FormatFloat(v, 'g', 3, 64) }
	for _, e := range optim.Explain(f.Objective(), rule, run, 1, say) {
		fmt.Println(e.Symbol, e.Relation, e.Formula, "=", strings.Join(e.Numbers, "; "))
	}
	// Output:
	// g₂ = ∇J(θ₁) = ∇J(3.6, 0)
	// b₂ = 0.9·b₁ + g₂ = 0.9·4 + 3.6; 0.9·10 + 0
	// θ₂ = θ₁ − 0.1·b₂ = 3.6 − 0.1·7.2; 0 − 0.1·9
}

func ExampleSchedule() {
	for _, s := range optim.Schedules {
		v, _ := s.Params.Defaults(nil)
		rate := s.New(v)
		fmt.Printf("%-13s", s.ID)
		for _, k := range []int{0, 5, 20, 50, 100} {
			fmt.Printf(" %.3f", rate(0.1, k))
		}
		fmt.Println()
	}
	// Output:
	// constant      0.100 0.100 0.100 0.100 0.100
	// step          0.100 0.100 0.050 0.025 0.003
	// exponential   0.100 0.086 0.054 0.022 0.005
	// cosine        0.100 0.099 0.090 0.050 0.000
	// inverse       0.100 0.067 0.033 0.017 0.009
	// warmup-cosine 0.010 0.060 0.097 0.059 0.000
}
