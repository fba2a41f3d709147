package optim

import (
	"context"
	"math"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/diff/fd"
	"gonum.org/v1/gonum/mat"
)

// Every gradient of the catalogue agrees with central differences at random
// points of its window.
func TestCatalogueGradients(t *testing.T) {
	for _, f := range Functions {
		rng := rand.New(rand.NewPCG(1, 2))
		obj, grad := f.Objective(), make([]float64, f.Dim())
		for range 50 {
			theta := randomPoint(rng, f)
			loss := obj.Eval(theta, grad)
			want := fd.Gradient(nil, func(x []float64) float64 { return obj.Eval(x, nil) }, theta, &fd.Settings{Formula: fd.Central})
			for i := range grad {
				// Central differences with gonum's step lose about a third of the digits.
				if math.Abs(grad[i]-want[i]) > 1e-6*(1+math.Abs(want[i])+math.Abs(loss)) {
					t.Errorf("%s at %v: ∂%d is %v, differences say %v", f.ID, theta, i+1, grad[i], want[i])
				}
			}
		}
	}
}

// Every Hessian agrees with differences of the gradient.
func TestCatalogueHessians(t *testing.T) {
	for _, f := range Functions {
		rng := rand.New(rand.NewPCG(3, 4))
		n := f.Dim()
		obj := f.Objective()
		for range 20 {
			theta := randomPoint(rng, f)
			got := f.Hessian(theta)
			for j := range n {
				const h = 1e-5
				plus, minus := make([]float64, n), make([]float64, n)
				step := append([]float64(nil), theta...)
				step[j] += h
				obj.Eval(step, plus)
				step[j] -= 2 * h
				obj.Eval(step, minus)
				for i := range n {
					want := (plus[i] - minus[i]) / (2 * h)
					if math.Abs(got[i*n+j]-want) > 1e-5*(1+math.Abs(want)) {
						t.Errorf("%s at %v: H%d%d is %v, differences say %v", f.ID, theta, i+1, j+1, got[i*n+j], want)
					}
				}
			}
		}
	}
}

func randomPoint(rng *rand.Rand, f *Function) []float64 {
	w := f.Window
	theta := []float64{w.XMin + rng.Float64()*(w.XMax-w.XMin), w.YMin + rng.Float64()*(w.YMax-w.YMin)}
	return theta[:f.Dim()]
}

// At every stated minimum the gradient vanishes and no point nearby is lower;
// starts lie in the window.
func TestCatalogueMinima(t *testing.T) {
	for _, f := range Functions {
		if !f.Window.Contains(f.Start) || len(f.Start) != f.Dim() {
			t.Errorf("%s: start %v does not fit", f.ID, f.Start)
		}
		obj, grad := f.Objective(), make([]float64, f.Dim())
		for _, m := range f.Minima {
			loss := obj.Eval(m, grad)
			if f.ID != "ackley" && Norm(grad) > 1e-6 { // Ackley's minimum is a cone's tip
				t.Errorf("%s: ‖∇J‖ = %g at the stated minimum %v", f.ID, Norm(grad), m)
			}
			for _, step := range [][]float64{{1e-3, 0}, {-1e-3, 0}, {0, 1e-3}, {0, -1e-3}} {
				near := append([]float64(nil), m...)
				for i := range near {
					near[i] += step[i]
				}
				if obj.Eval(near, nil) < loss {
					t.Errorf("%s: %v is lower than the stated minimum %v", f.ID, near, m)
				}
			}
			if !f.Window.Contains(m) {
				t.Errorf("%s: the minimum %v lies outside the window", f.ID, m)
			}
		}
	}
}

func TestCriticalPointsOfHimmelblau(t *testing.T) {
	f, _ := Lookup("himmelblau")
	points := f.CriticalPoints(context.Background(), f.Window)
	count := map[string]int{}
	for _, p := range points {
		count[p.Kind]++
	}
	// Known: four minima, four saddles, one maximum at about (−0.27, −0.92).
	if count[Minimum] != 4 || count[Saddle] != 4 || count[Maximum] != 1 {
		t.Fatalf("got %v", count)
	}
	top := points[len(points)-1]
	if top.Kind != Maximum || math.Abs(top.Theta[0]+0.270845) > 1e-6 || math.Abs(top.Theta[1]+0.923039) > 1e-6 || math.Abs(top.Loss-181.61652) > 1e-4 {
		t.Errorf("the maximum is %v with J = %v", top.Theta, top.Loss)
	}
}

func TestClassify(t *testing.T) {
	tests := []struct {
		eigenvalues []float64
		want        string
	}{
		{[]float64{2, 5}, Minimum}, {[]float64{-5, -2}, Maximum}, {[]float64{-1, 3}, Saddle},
		{[]float64{0, 3}, Flat}, {[]float64{3}, Minimum}, {[]float64{-1e-9, 4}, Flat}, {nil, Flat},
	}
	for _, tt := range tests {
		if got := Classify(tt.eigenvalues); got != tt.want {
			t.Errorf("Classify(%v) = %s, want %s", tt.eigenvalues, got, tt.want)
		}
	}
}

func TestEigenvaluesOfASymmetricMatrix(t *testing.T) {
	got := Eigenvalues([]float64{10, 8, 8, 10}, 2) // Booth's Hessian
	if math.Abs(got[0]-2) > 1e-12 || math.Abs(got[1]-18) > 1e-12 {
		t.Errorf("got %v, want 2 and 18", got)
	}
	if Eigenvalues([]float64{1, math.NaN(), math.NaN(), 1}, 2) != nil {
		t.Error("NaN must give no eigenvalues")
	}
	// An independent system agrees on random matrices.
	rng := rand.New(rand.NewPCG(5, 6))
	for range 100 {
		a, b, c := rng.NormFloat64(), rng.NormFloat64(), rng.NormFloat64()
		var eig mat.EigenSym
		if !eig.Factorize(mat.NewSymDense(2, []float64{a, b, b, c}), false) {
			t.Fatal("gonum found no eigenvalues")
		}
		want := eig.Values(nil)
		got := Eigenvalues([]float64{a, b, b, c}, 2)
		if math.Abs(got[0]-want[0])+math.Abs(got[1]-want[1]) > 1e-14*10 {
			t.Errorf("Eigenvalues(%g %g %g) = %v, gonum says %v", a, b, c, got, want)
		}
	}
}
