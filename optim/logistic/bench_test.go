package logistic_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"

	"gonum.org/v1/gonum/floats"

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
// that BenchmarkFull has.
func BenchmarkRead(b *testing.B) {
	x := million().x
	want := read(x, 1)
	for b.Loop() {
		if got := read(x, 2); math.Abs(got-want) > 1e-6 {
			b.Fatalf("the sum is %v, want %v", got, want)
		}
	}
	b.ReportMetric(bandwidth(b), "GB/s")
}

func bandwidth(b *testing.B) float64 {
	return 8 * millionRows * millionFeatures * float64(b.N) / float64(b.Elapsed().Nanoseconds())
}

// read adds x up on several goroutines, by gonum's vector kernel.
func read(x []float64, goroutines int) float64 {
	sums := make([]float64, goroutines)
	var wg sync.WaitGroup
	for g := range sums {
		wg.Go(func() { sums[g] = floats.Sum(x[g*len(x)/goroutines : (g+1)*len(x)/goroutines]) })
	}
	wg.Wait()
	return floats.Sum(sums)
}

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

func BenchmarkFull(b *testing.B) {
	t := million()
	m := logistic.New(t.x, t.y, millionFeatures, 0)
	_ = runtime.NumCPU
	theta := make([]float64, millionFeatures+1)
	for j := range theta {
		theta[j] = float64(j-10) / 7
	}
	got, want := make([]float64, len(theta)), make([]float64, len(theta))
	rows := make([]int, millionRows)
	for i := range rows {
		rows[i] = i
	}
	t.plainGradient(rows, theta, want)
	b.Run("gradient", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			m.Gradient(theta, got)
			if !allNear(got, want, 1e-9) {
				b.Fatalf("gradient %v, want %v", got, want)
			}
		}
		b.ReportMetric(bandwidth(b), "GB/s")
	})
	b.Run("eval", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			m.Eval(theta, got)
		}
		b.ReportMetric(bandwidth(b), "GB/s")
	})
	b.Run("plain", func(b *testing.B) {
		for b.Loop() {
			t.plainGradient(rows, theta, got)
		}
		b.ReportMetric(bandwidth(b), "GB/s")
	})
}
