package logistic_test

import (
	"context"
	"errors"
	"math"
	"reflect"
	"slices"
	"testing"

	"descent/optim/logistic"
)

func train(t *testing.T, m *logistic.Model, c logistic.Config) *logistic.Run {
	t.Helper()
	run, err := logistic.Train(context.Background(), m, c)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// Whatever the batch, the record is about all rows.
func TestRecordsAreOverAllRows(t *testing.T) {
	m := iris(0.3)
	run := train(t, m, logistic.Config{Eta: 0.05, Batch: 8, Seed: 2, Updates: 30})
	if run.Len() != 31 || run.Stop != (logistic.Stop{Reason: logistic.StepLimit, K: 30}) {
		t.Fatalf("%d records, stop %+v", run.Len(), run.Stop)
	}
	gradient := make([]float64, m.Dim())
	examples := 0
	for k, step := range run.Steps {
		theta := run.Theta(k)
		want := logistic.Step{
			K: k, Examples: examples, Epoch: float64(examples) / 100,
			Objective: m.Eval(theta, gradient), NLL: m.NLL(theta),
			GradientNorm: step.GradientNorm, Accuracy: m.Accuracy(theta),
		}
		if step != want {
			t.Errorf("record %d is %+v, want %+v", k, step, want)
		}
		if !slices.Equal(run.Gradient(k), gradient) || !near(step.GradientNorm, norm(gradient), 1e-14) {
			t.Errorf("record %d: gradient %v of norm %v, want %v", k, run.Gradient(k), step.GradientNorm, gradient)
		}
		examples += 8
		if k%13 == 12 {
			examples -= 4 // the thirteenth batch of an epoch has 4 rows
		}
	}
}

func TestEveryThinsTheRecord(t *testing.T) {
	m := iris(0)
	for _, batch := range []int{0, 8} {
		c := logistic.Config{Eta: 0.02, Batch: batch, Seed: 2, Updates: 25}
		full := train(t, m, c)
		c.Every = 10
		thin := train(t, m, c)
		for i, k := range []int{0, 10, 20, 25} {
			if i >= thin.Len() || thin.Steps[i] != full.Steps[k] || !slices.Equal(thin.Theta(i), full.Theta(k)) {
				t.Errorf("b = %d: record %d of %+v is not that of update %d", batch, i, thin.Steps, k)
			}
		}
	}
}

func TestMeanIsSumWithSmallerEta(t *testing.T) {
	m := iris(0.3)
	sum := train(t, m, logistic.Config{Eta: 0.01, Batch: 10, Updates: 40})
	mean := train(t, m, logistic.Config{Eta: 0.1, Mean: true, Batch: 10, Updates: 40})
	if !allNear(sum.Thetas, mean.Thetas, 1e-12) {
		t.Error("η = 0.01 by sum and η = 0.1 by mean over 10 rows take different ways")
	}
}

func TestAllRowsInOneBatch(t *testing.T) {
	m := iris(0)
	whole := train(t, m, logistic.Config{Eta: 0.02, Updates: 20})
	for _, order := range []logistic.Order{"", logistic.Shuffled, logistic.Sequential} {
		run := train(t, m, logistic.Config{Eta: 0.02, Updates: 20, Batch: 100, Order: order, Seed: 5})
		if !reflect.DeepEqual(run, whole) {
			t.Errorf("order %q: a batch of all rows is not batch gradient descent", order)
		}
	}
	drawn := train(t, m, logistic.Config{Eta: 0.02, Updates: 20, Batch: 100, Order: logistic.Replacement})
	if slices.Equal(drawn.Thetas, whole.Thetas) {
		t.Error("100 draws with replacement are not the 100 rows")
	}
}

func TestRunsRepeat(t *testing.T) {
	m := iris(0)
	c := logistic.Config{Eta: 0.1, Batch: 3, Order: logistic.Replacement, Seed: 9, Updates: 50}
	if !reflect.DeepEqual(train(t, m, c), train(t, m, c)) {
		t.Error("the same configuration gives another run")
	}
}

// Below 2/L every step descends; the penalty makes a large η diverge, and the
// step where J leaves the numbers is recorded.
func TestStepSizes(t *testing.T) {
	m := iris(2)
	safe := train(t, m, logistic.Config{Eta: 1.99 / m.Lipschitz(), Updates: 200})
	for k := 1; k < safe.Len(); k++ {
		if safe.Steps[k].Objective > safe.Steps[k-1].Objective*(1+1e-14) {
			t.Fatalf("J rises at update %d", k)
		}
	}
	for _, every := range []int{1, 1000} {
		run := train(t, m, logistic.Config{Eta: 10, Updates: 5000, Every: every})
		last := run.Steps[run.Len()-1]
		if run.Stop.Reason != logistic.Diverged || last.K != run.Stop.K || run.Stop.K >= 1000 {
			t.Errorf("every %d: stop %+v at %+v, want divergence", every, run.Stop, last)
			continue
		}
		if !math.IsInf(last.Objective, 0) && !math.IsNaN(last.Objective) {
			t.Errorf("every %d: the last J is %v", every, last.Objective)
		}
		for _, step := range run.Steps[:run.Len()-1] {
			if math.IsInf(step.Objective, 0) || math.IsNaN(step.Objective) {
				t.Errorf("every %d: J is %v at update %d, before the stop at %d", every, step.Objective, step.K, run.Stop.K)
			}
		}
	}
}

func TestTrainRefuses(t *testing.T) {
	m := iris(0)
	for name, c := range map[string]logistic.Config{
		"negative eta":     {Eta: -1},
		"NaN eta":          {Eta: math.NaN()},
		"infinite eta":     {Eta: math.Inf(1)},
		"negative batch":   {Batch: -1},
		"batch over rows":  {Batch: 101},
		"unknown order":    {Batch: 1, Order: "sorted"},
		"negative updates": {Updates: -1},
		"many updates":     {Updates: logistic.MaxUpdates + 1, Every: 1000},
		"long record":      {Updates: 1_000_000},
		"negative every":   {Every: -1},
		"short theta0":     {Theta0: []float64{1}},
		"NaN theta0":       {Theta0: []float64{0, 0, math.NaN(), 0, 0}},
		"average before 0": {Average: true, AverageFrom: -1},
		"long averages":    {Average: true, Updates: 150_000},
	} {
		if _, err := logistic.Train(context.Background(), m, c); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
}

func TestTrainLooksAtTheContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := logistic.Train(ctx, iris(0), logistic.Config{Updates: 10}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
}

// One epoch of single rows over 200, each update recorded.
func BenchmarkEpochRecorded(b *testing.B) {
	m := clouds(b, 200, 2)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := logistic.Train(context.Background(), m, logistic.Config{Eta: 0.02, Batch: 1, Updates: 200}); err != nil {
			b.Fatal(err)
		}
	}
}

// The same, with the start and the end recorded alone.
func BenchmarkEpoch(b *testing.B) {
	m := clouds(b, 200, 2)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := logistic.Train(context.Background(), m, logistic.Config{Eta: 0.02, Batch: 1, Updates: 200, Every: 200}); err != nil {
			b.Fatal(err)
		}
	}
}

// Advance takes a shorter way for single rows, which must end at the same bits.
func TestAdvanceIsManyUpdates(t *testing.T) {
	for _, order := range []logistic.Order{logistic.Sequential, logistic.Shuffled, logistic.Replacement} {
		for _, c := range []logistic.Config{
			{Eta: 0.1, Batch: 1}, {Eta: 0.01, Batch: 1, Mean: true}, {Eta: 0.01, Batch: 1, Average: true},
			{Eta: 0.01, Batch: 1, Rate: halving}, {Eta: 0.01, Batch: 7}, {Eta: 0.01},
		} {
			c.Order, c.Seed = order, 3
			for _, m := range []*logistic.Model{iris(0), iris(0.5), clouds(t, 3, 1)} {
				c.Batch = min(c.Batch, m.Rows())
				one, many := trainer(t, m, c), trainer(t, m, c)
				for _, updates := range []int{1, 0, 2, 40, 130, 1, 700} {
					many.Advance(updates)
					for range updates {
						one.Update()
					}
					if !slices.Equal(one.Theta(), many.Theta()) || one.Examples() != many.Examples() || one.Updates() != many.Updates() {
						t.Fatalf("%+v: θ %v after %d examples, by single updates %v after %d",
							c, many.Theta(), many.Examples(), one.Theta(), one.Examples())
					}
				}
			}
		}
	}
}

// halving is a rate that falls.
func halving(eta float64, k int) float64 { return eta / float64(1+k) }

func trainer(t *testing.T, m *logistic.Model, c logistic.Config) *logistic.Trainer {
	t.Helper()
	trainer, err := logistic.NewTrainer(m, c)
	if err != nil {
		t.Fatal(err)
	}
	return trainer
}
