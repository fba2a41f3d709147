package logistic_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"gonum.org/v1/gonum/floats"

	"descent/optim/dataset"
	"descent/optim/logistic"
)

// The data of the benchmarks at scale: a million rows of 20 features, labelled by a
// plane with noise.
const (
	millionRows     = 1_000_000
	millionFeatures = 20
)

type table struct{ x, y []float64 }

var million = sync.OnceValue(func() table {
	t := table{make([]float64, millionRows*millionFeatures), make([]float64, millionRows)}
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range t.y {
		score := 0.0
		for j := range millionFeatures {
			v := 2*rng.Float64() - 1
			t.x[i*millionFeatures+j] = v
			score += v * float64(j-10) / 5
		}
		if rng.Float64() < logistic.Sigmoid(score) {
			t.y[i] = 1
		}
	}
	return t
})

// plainGradient is the gradient of the NLL over some rows as one would write it for
// one purpose.
func (t table) plainGradient(rows []int, theta, grad []float64) {
	clear(grad)
	n := len(theta) - 1
	for _, i := range rows {
		x := t.x[i*n : (i+1)*n]
		z := theta[0]
		for j, v := range x {
			z += v * theta[j+1]
		}
		r := 1/(1+math.Exp(-z)) - t.y[i]
		grad[0] += r
		for j, v := range x {
			grad[j+1] += r * v
		}
	}
}

// BenchmarkRead reads the 160 MB of the features on two goroutines: the bandwidth
// that there is.
func BenchmarkRead(b *testing.B) {
	x := million().x
	want := floats.Sum(x)
	for b.Loop() {
		if got := read(x); math.Abs(got-want) > 1e-6 {
			b.Fatalf("the sum is %v, want %v", got, want)
		}
	}
	b.ReportMetric(bandwidth(b), "GB/s")
}

func bandwidth(b *testing.B) float64 {
	return 8 * millionRows * millionFeatures * float64(b.N) / float64(b.Elapsed().Nanoseconds())
}

// read adds x up on two goroutines, by gonum's vector kernel.
func read(x []float64) float64 {
	var first float64
	var other sync.WaitGroup
	other.Go(func() { first = floats.Sum(x[:len(x)/2]) })
	second := floats.Sum(x[len(x)/2:])
	other.Wait()
	return first + second
}

// BenchmarkEpochOfAMillion is one epoch by the trainer and by the plain loop, which
// must end at the same θ. Shuffling is in it.
func BenchmarkEpochOfAMillion(b *testing.B) {
	t := million()
	m := logistic.New(t.x, t.y, millionFeatures, 0)
	for _, batch := range []int{1, 32, 256} {
		for _, order := range []logistic.Order{logistic.Sequential, logistic.Shuffled} {
			c := logistic.Config{Eta: 0.1, Mean: true, Batch: batch, Order: order, Seed: 1}
			// The first epoch by the plain loop, over the same batches.
			want := sync.OnceValue(func() []float64 { return t.plainEpoch(c) })
			name := fmt.Sprintf("b=%d/%s", batch, order)
			b.Run(name, func(b *testing.B) {
				want()
				b.ReportAllocs()
				for b.Loop() {
					trainer, err := logistic.NewTrainer(m, c)
					if err != nil {
						b.Fatal(err)
					}
					trainer.Advance((millionRows + batch - 1) / batch)
					if !allNear(trainer.Theta(), want(), 1e-9) {
						b.Fatalf("θ is %v, want %v", trainer.Theta(), want())
					}
				}
			})
			b.Run(name+"/plain", func(b *testing.B) {
				for b.Loop() {
					if theta := t.plainEpoch(c); !allNear(theta, want(), 1e-12) {
						b.Fatalf("θ is %v, want %v", theta, want())
					}
				}
			})
		}
	}
}

func (t table) plainEpoch(c logistic.Config) []float64 {
	theta, grad := make([]float64, millionFeatures+1), make([]float64, millionFeatures+1)
	batches := logistic.NewBatches(millionRows, c.Batch, c.Order, c.Seed)
	for visited := 0; visited < millionRows; {
		rows := batches.Next()
		visited += len(rows)
		t.plainGradient(rows, theta, grad)
		for j := range theta {
			theta[j] -= c.Eta / float64(len(rows)) * grad[j]
		}
	}
	return theta
}

// BenchmarkFull is one gradient over all rows. of-read is its bandwidth over that of
// reading alone, which is measured between the passes.
func BenchmarkFull(b *testing.B) {
	t := million()
	m := logistic.New(t.x, t.y, millionFeatures, 0)
	theta := make([]float64, millionFeatures+1)
	for j := range theta {
		theta[j] = float64(j-10) / 7
	}
	got, want := make([]float64, len(theta)), make([]float64, len(theta))
	all := rowNumbers(millionRows)
	t.plainGradient(all, theta, want)
	for _, way := range []struct {
		name string
		pass func()
	}{
		{"gradient", func() { m.Gradient(theta, got) }},
		{"gradient-and-loss", func() { m.Eval(theta, got) }},
		{"plain", func() { t.plainGradient(all, theta, got) }},
	} {
		b.Run(way.name, func(b *testing.B) {
			b.ReportAllocs()
			var passing, reading time.Duration
			for b.Loop() {
				start := time.Now()
				way.pass()
				passing += time.Since(start)
				b.StopTimer()
				if !allNear(got, want, 1e-9) {
					b.Fatalf("gradient %v, want %v", got, want)
				}
				start = time.Now()
				read(t.x)
				reading += time.Since(start)
				b.StartTimer()
			}
			b.ReportMetric(bandwidth(b), "GB/s")
			b.ReportMetric(float64(reading)/float64(passing), "of-read")
		})
	}
}

func rowNumbers(n int) []int {
	rows := make([]int, n)
	for i := range rows {
		rows[i] = i
	}
	return rows
}

// BenchmarkDescent is full-batch gradient descent by means, on NLL/m + 0.01/2·‖w‖²
// with η = 1/L, until ‖∇‖ ≤ 1e-6, on standardised data.
func BenchmarkDescent(b *testing.B) {
	for _, id := range []string{"breast-cancer", "digits-3-8"} {
		raw, ok := dataset.Shipped(id)
		if !ok {
			b.Fatalf("there are no data %s", id)
		}
		s, _ := raw.Scaled(dataset.Standard)
		rows := float64(s.Rows)
		m := model(s, 0.01*rows) // the sums are m times the means
		optimum, err := m.Optimum(b.Context())
		if err != nil {
			b.Fatal(err)
		}
		t, all := table{s.X, s.Y}, rowNumbers(s.Rows)
		for _, way := range []struct {
			name     string
			gradient func(theta, grad []float64)
		}{
			{id, m.Gradient},
			{id + "/plain", func(theta, grad []float64) {
				t.plainGradient(all, theta, grad)
				floats.AddScaled(grad[1:], 0.01*rows, theta[1:])
			}},
		} {
			b.Run(way.name, func(b *testing.B) {
				b.ReportAllocs()
				steps := 0
				for b.Loop() {
					theta, grad := make([]float64, m.Dim()), make([]float64, m.Dim())
					eta := 1 / m.Lipschitz()
					for steps = 0; ; steps++ {
						way.gradient(theta, grad)
						if floats.Norm(grad, 2)/rows <= 1e-6 {
							break
						}
						floats.AddScaled(theta, -eta, grad)
					}
					if !allNear(theta, optimum.Theta, 1e-4) {
						b.Fatalf("θ is %v, want %v", theta, optimum.Theta)
					}
				}
				b.ReportMetric(float64(steps), "steps")
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*(steps+1)), "ns/step")
			})
		}
	}
}

// BenchmarkExact is what costs Rows·Dim².
func BenchmarkExact(b *testing.B) {
	m := wide(20_000, 20, 0)
	theta := make([]float64, m.Dim())
	for _, c := range []struct {
		name    string
		compute func()
	}{
		{"optimum", func() {
			if o, err := m.Optimum(b.Context()); err != nil || !(o.GradientNorm < 1e-9) {
				b.Fatalf("%+v, %v", o, err)
			}
		}},
		{"lipschitz", func() { m.Lipschitz() }},
		{"condition", func() { m.Condition(theta) }},
		{"noise", func() { m.Noise(theta) }},
	} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				c.compute()
			}
		})
	}
}
