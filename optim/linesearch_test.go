package optim

import (
	"math"
	"math/rand/v2"
	"testing"
)

func rayAt(obj Objective, theta []float64, decay float64) ray {
	p := newPoint(obj)
	p.Theta, p.Gradient = theta, make([]float64, len(theta))
	p.Loss = obj.Eval(theta, p.Gradient)
	return newRay(p, decay)
}

// The slopes along a ray are the differences of its losses, with weight decay
// too.
func TestRaySlopes(t *testing.T) {
	for _, decay := range []float64{0, 0.7} {
		y := rayAt(&chain{dim: 3}, []float64{0.5, -1, 2}, decay)
		const h = 1e-6
		for _, alpha := range []float64{0, 1e-3, 2e-3} {
			want := (y.look(alpha+h).loss - y.look(alpha-h).loss) / (2 * h)
			got := y.look(alpha).slope
			// Central differences with this step keep about 1e-6 of the slope's scale.
			if math.Abs(got-want) > 1e-5*math.Abs(y.slope) {
				t.Errorf("decay %g, α = %g: slope %v, differences say %v", decay, alpha, got, want)
			}
			if alpha == 0 && math.Abs(got-y.slope) > 1e-12*math.Abs(y.slope) {
				t.Errorf("decay %g: slope at 0 is %v, the ray says %v", decay, got, y.slope)
			}
		}
	}
}

// From random points and with any first length the search finds a length that
// satisfies both strong Wolfe conditions.
func TestWolfeConditionsHold(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	for _, id := range []string{"quadratic", "rosenbrock", "beale", "himmelblau", "rastrigin"} {
		f := resolve(t, id)
		for range 200 {
			for _, c := range []wolfe{{1e-4, 0.9}, {1e-4, 0.1}, {0.1, 0.2}} {
				y := rayAt(f.Objective(), randomPoint(rng, f), 0)
				first := math.Exp(10 * rng.NormFloat64())
				trials := 0
				alpha := c.search(&y, first, func(_, _ trial) { trials++ })
				got := y.look(alpha)
				if alpha <= 0 || !y.enough(got, c.c1) || !c.flat(&y, got) {
					t.Errorf("%s from %v, %+v, first %g: α = %g after %d trials: loss %v from %v, slope %v from %v",
						id, y.point.Theta, c, first, alpha, trials, got.loss, y.loss, got.slope, y.slope)
				}
			}
		}
	}
}
