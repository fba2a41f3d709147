package logistic_test

import (
	"context"
	"math"
	"testing"

	"descent/optim"
	"descent/optim/logistic"
)

// ruleOf is a method at its defaults.
func ruleOf(t *testing.T, m *optim.Method) optim.Rule {
	t.Helper()
	v, err := m.Params.Defaults(nil)
	if err != nil {
		t.Fatal(err)
	}
	return m.New(v)
}

// A model is an objective like any other: over all rows Train makes the steps
// that Minimize makes, with every method and every schedule.
func TestFullBatchIsMinimize(t *testing.T) {
	m := iris(0.5)
	const steps = 60
	same := func(name string, rule optim.Rule, eta float64, rate optim.Rate) {
		want := optim.Minimize(context.Background(), m, rule, optim.Config{Start: make([]float64, m.Dim()), Eta: eta, Rate: rate, Steps: steps})
		got := train(t, m, logistic.Config{Eta: eta, Rule: rule, Rate: rate, Updates: steps})
		if !allNear(got.Thetas, want.Thetas, 1e-12) {
			t.Errorf("%s ends at %v, Minimize at %v", name, got.Theta(steps), want.Theta(steps))
		}
	}
	for _, method := range optim.GradientMethods() {
		same(method.ID, ruleOf(t, method), min(method.Eta, 0.01), nil)
	}
	for _, s := range optim.Schedules {
		v, err := s.Params.Defaults(nil)
		if err != nil {
			t.Fatal(err)
		}
		same(s.ID, ruleOf(t, optim.FindMethod("adam")), 0.1, s.New(v))
	}
}

// The plain update and the rule of gradient descent differ by rounding alone, for
// mini-batches by sum and by mean, under a schedule as well.
func TestPlainUpdateIsTheRule(t *testing.T) {
	m := iris(0.5)
	halving := func(eta float64, k int) float64 { return eta * math.Pow(0.5, float64(k/20)) }
	for _, c := range []logistic.Config{
		{Eta: 0.02, Batch: 7, Seed: 3, Updates: 80},
		{Eta: 0.3, Mean: true, Batch: 7, Seed: 3, Updates: 80, Rate: halving},
	} {
		plain := train(t, m, c)
		c.Rule = ruleOf(t, optim.FindMethod("gd"))
		if ruled := train(t, m, c); !allNear(plain.Thetas, ruled.Thetas, 1e-12) {
			t.Errorf("mean %v: gradient descent is not its rule", c.Mean)
		}
	}
}

// A rule has the mean gradient over the batch when Mean is set: momentum without
// momentum is gradient descent.
func TestRuleTakesTheMean(t *testing.T) {
	m := iris(0.5)
	v, err := optim.FindMethod("momentum").Params.Defaults(map[string]string{"momentum": "0"})
	if err != nil {
		t.Fatal(err)
	}
	c := logistic.Config{Eta: 0.3, Mean: true, Batch: 9, Seed: 4, Updates: 40}
	plain := train(t, m, c)
	c.Rule = optim.FindMethod("momentum").New(v)
	if got := train(t, m, c); !allNear(plain.Thetas, got.Thetas, 1e-12) {
		t.Error("μ = 0 is not gradient descent")
	}
}

// The average is that of the iterates after update AverageFrom+1 and on, as
// PyTorch's ASGD has it with t0: before, it is θ itself.
func TestAverage(t *testing.T) {
	m := iris(0.3)
	const updates = 30
	for _, from := range []int{0, 12, updates} {
		c := logistic.Config{Eta: 0.05, Batch: 8, Seed: 2, Updates: updates, Average: true, AverageFrom: from}
		run := train(t, m, c)
		if len(run.Averaged) != run.Len() {
			t.Fatalf("%d records of the average, %d of θ", len(run.Averaged), run.Len())
		}
		for k := range run.Len() {
			want := append([]float64(nil), run.Theta(k)...)
			if k > from {
				clear(want)
				for i := from + 1; i <= k; i++ {
					for j, v := range run.Theta(i) {
						want[j] += v / float64(k-from)
					}
				}
			}
			if !allNear(run.Average(k), want, 1e-13) {
				t.Errorf("from %d: the average after update %d is %v, want %v", from, k, run.Average(k), want)
			}
			step := run.Averaged[k]
			if step.K != k || step.Examples != run.Steps[k].Examples || !near(step.NLL, m.NLL(run.Average(k)), 1e-14) {
				t.Errorf("from %d: record %d of the average is %+v", from, k, step)
			}
		}
		c.Average = false
		if plain := train(t, m, c); !allNear(plain.Thetas, run.Thetas, 0) || plain.Averaged != nil {
			t.Errorf("from %d: the average changes the run", from)
		}
	}
}

// With a constant η the average comes nearer to the optimum than θ, which keeps
// moving around it.
func TestAverageIsBelowTheNoise(t *testing.T) {
	m := clouds(t, 400, 2)
	best, err := m.Optimum(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	run := train(t, m, logistic.Config{Eta: 0.5, Mean: true, Batch: 1, Order: logistic.Replacement, Seed: 1, Updates: 20_000, Every: 100, Average: true, AverageFrom: 4000})
	noise := 0.0
	for _, s := range run.Steps[run.Len()/2:] {
		noise += (s.NLL - best.NLL) / float64(run.Len()-run.Len()/2)
	}
	if last := run.Averaged[run.Len()-1].NLL - best.NLL; last > noise/10 {
		t.Errorf("the average ends %.3g above the optimum, θ is %.3g above it", last, noise)
	}
}

// Updates allocate nothing, with a rule and an average, too.
func TestUpdatesAllocateNothing(t *testing.T) {
	for name, c := range map[string]logistic.Config{
		"plain": {Eta: 0.01, Batch: 4, Seed: 1},
		"adam":  {Eta: 0.01, Batch: 4, Seed: 1, Rule: ruleOf(t, optim.FindMethod("adam")), Average: true},
	} {
		trainer, err := logistic.NewTrainer(iris(0), c)
		if err != nil {
			t.Fatal(err)
		}
		if n := testing.AllocsPerRun(100, trainer.Update); n != 0 {
			t.Errorf("%s: %v allocations an update", name, n)
		}
	}
}

// Every schedule sees the number of updates made, from 0.
func TestRateCountsUpdates(t *testing.T) {
	var seen []int
	rate := func(eta float64, k int) float64 {
		seen = append(seen, k)
		return eta
	}
	train(t, iris(0), logistic.Config{Eta: 0.01, Batch: 40, Seed: 1, Rate: rate, Updates: 5, Every: 2})
	for i, k := range seen {
		if k != i {
			t.Fatalf("the rate was asked for updates %v", seen)
		}
	}
	if len(seen) != 5 {
		t.Errorf("the rate was asked for %d of 5 updates", len(seen))
	}
}
