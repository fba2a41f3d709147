package kernel

import (
	"math"
	"math/rand/v2"
	"os"
	"strings"
	"testing"
)

// What the other tests here skip must be what the processor lacks: the system's own list of its features says so.
func TestVectorKernelsAreChosen(t *testing.T) {
	info, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		t.Skip("this system does not list the processor's features")
	}
	_, flags, _ := strings.Cut(string(info), "\nflags")
	flags, _, _ = strings.Cut(flags, "\n")
	if want := strings.Contains(flags+" ", " avx2 ") && strings.Contains(flags+" ", " fma "); vector != want {
		t.Errorf("vector kernels: %t; the processor has AVX2 and FMA: %t", vector, want)
	}
}

// extremes are values at the borders of exp, log1p and float64.
var extremes = []float64{
	0, math.Copysign(0, -1), 5e-324, -5e-324, 1e-300, -1e-300, 1e-17, -1e-17, 0.5, -0.5, 0.8813735870195430, -0.8813735870195430,
	math.Ln2, -math.Ln2, 1, -1, 36.7, -36.7, 37.5, 708, -708, 709.9, -709.9, 744.9, -744.9, 745.2, -745.2, 1099.9, -1100.1,
	1e4, -1e4, 1e300, -1e300, math.MaxFloat64, -math.MaxFloat64, math.Inf(1), math.Inf(-1), math.NaN(),
}

func sameBits(a, b []float64) bool {
	for i := range a {
		if math.Float64bits(a[i]) != math.Float64bits(b[i]) && !(math.IsNaN(a[i]) && math.IsNaN(b[i])) {
			return false
		}
	}
	return len(a) == len(b)
}

// value is mostly a plain number, sometimes an extreme one.
func value(rng *rand.Rand, wild bool) float64 {
	if wild && rng.IntN(8) == 0 {
		return extremes[rng.IntN(len(extremes))]
	}
	return rng.NormFloat64() * math.Exp(float64(rng.IntN(9)-4))
}

func values(rng *rand.Rand, n int, wild bool) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = value(rng, wild)
	}
	return v
}

func TestVectorKernelsHaveTheBitsOfThePortable(t *testing.T) {
	if !vector {
		t.Skip("this processor has no AVX2")
	}
	rng := rand.New(rand.NewPCG(1, 0))
	for n := range 70 {
		for _, count := range []int{0, 1, 2, 3, 4, 5, 7, 8, 31} {
			for _, wild := range []bool{false, true} {
				const rows = 11
				stride := n + 1 + count%3
				x, theta := values(rng, rows*n, wild), values(rng, n+1, wild)
				list := make([]int, count)
				for i := range list {
					list[i] = rng.IntN(rows)
				}
				got, want := make([]float64, count), make([]float64, count)
				dots(x, list, list, theta, got)
				dotsGo(x, list, theta, want)
				if !sameBits(got, want) {
					t.Fatalf("n = %d, %d rows: scores %v, portable %v", n, count, got, want)
				}
				dots(x, list, nil, theta, got)
				if !sameBits(got, want) {
					t.Fatalf("n = %d, %d rows, nothing fetched ahead: scores %v, portable %v", n, count, got, want)
				}

				x = values(rng, rows*stride, wild)
				factors := values(rng, count, wild)
				// What lies beyond the sum must stay.
				got = values(rng, n+4, wild)
				want = append([]float64(nil), got...)
				accumulate(x, stride, list, factors, got[:n])
				accumulateGo(x, stride, list, factors, want[:n])
				if !sameBits(got, want) {
					t.Fatalf("n = %d, %d rows: sums %v, portable %v", n, count, got, want)
				}
			}
		}
	}
}

func TestVectorResidualsHaveTheBitsOfThePortable(t *testing.T) {
	if !vector {
		t.Skip("this processor has no AVX2")
	}
	rng := rand.New(rand.NewPCG(2, 0))
	scores := append([]float64(nil), extremes...)
	for len(scores) < 4096 {
		scores = append(scores, value(rng, false), 800*rng.NormFloat64())
	}
	scores = scores[:4096]
	labels := make([]float64, len(scores))
	for range 2 { // each score with either label
		for i := range labels {
			labels[i] = 1 - labels[i]
		}
		for _, chunk := range []int{0, 4, 8, 100, 4096} {
			got, want := make([]float64, chunk), make([]float64, chunk)
			for from := 0; from+chunk <= len(scores); from += max(chunk, 1000) {
				s, y := scores[from:from+chunk], labels[from:from+chunk]
				a, b := [8]float64{1, 2, 3, 4, 5, 6, 7, 8}, [8]float64{1, 2, 3, 4, 5, 6, 7, 8}
				fillResiduals(s, y, got, &a)
				residualsGo(s, y, want, &b)
				if !sameBits(got, want) || !sameBits(a[:], b[:]) {
					t.Fatalf("from %d: residuals %v, sums %v; portable %v, %v", from, got, a, want, b)
				}
				fillLosses(s, y, got, &a)
				lossesGo(s, y, want, &b)
				if !sameBits(got, want) || !sameBits(a[:], b[:]) {
					t.Fatalf("from %d: residuals %v, sums %v; portable with losses %v, %v", from, got, a, want, b)
				}
			}
			labels[0] = 1 - labels[0]
		}
	}
}

func TestVectorDescentHasTheBitsOfThePortable(t *testing.T) {
	if !vector {
		t.Skip("this processor has no AVX2")
	}
	rng := rand.New(rand.NewPCG(3, 0))
	const rows = 9
	list := make([]int, 30)
	for n := range 40 {
		for _, decay := range []float64{0, 0.01} {
			for _, wild := range []bool{false, true} {
				x, labels := values(rng, rows*n, wild), make([]float64, rows)
				for i := range labels {
					labels[i] = float64(rng.IntN(2))
				}
				for i := range list {
					list[i] = rng.IntN(rows)
				}
				got := values(rng, n+1, wild)
				want := append([]float64(nil), got...)
				for _, ahead := range [][]int{list, nil} {
					descend(x, list, ahead, labels, got, 0.1, decay)
					descendGo(x, list, labels, want, 0.1, decay)
					if !sameBits(got, want) {
						t.Fatalf("n = %d, decay %g: θ %v, portable %v", n, decay, got, want)
					}
				}
			}
		}
	}
}
