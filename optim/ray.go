package optim

import "math"

// A ray is the objective along θ + αd, from where a run stands in a direction
// d: what a line search sees. With weight decay λ the objective is
// J + λ/2·‖θ‖².
type ray struct {
	point     *Point
	decay     float64   // λ
	gradient  []float64 // at α = 0
	direction []float64 // d
	trial     []float64 // θ + αd of the last look
	slopes    []float64 // the gradient there
	loss      float64   // at α = 0
	slope     float64   // dᵀ·gradient at α = 0
	moved     bool      // the last look was not at θ itself, to the last bit
}

// A trial is one look along a ray.
type trial struct{ alpha, loss, slope float64 }

// newRay is the ray against the gradient. It takes four vectors of the scratch
// space.
func newRay(p *Point, decay float64) ray {
	y := ray{point: p, decay: decay, gradient: p.vector(0), direction: p.vector(1), trial: p.vector(2), slopes: p.vector(3)}
	for i, g := range p.Gradient {
		y.gradient[i] = g + decay*p.Theta[i]
	}
	y.loss = y.penalised(p.Loss, p.Theta)
	y.descend()
	return y
}

// vector is the i-th vector of the scratch space.
func (p *Point) vector(i int) []float64 {
	n := len(p.Theta)
	return p.Work[i*n : (i+1)*n]
}

// descend points the ray against the gradient.
func (y *ray) descend() {
	for i, g := range y.gradient {
		y.direction[i] = -g
	}
	y.slope = dot(y.gradient, y.direction)
}

func (y *ray) penalised(loss float64, theta []float64) float64 {
	if y.decay == 0 {
		return loss
	}
	return loss + y.decay/2*dot(theta, theta)
}

// look evaluates at α.
func (y *ray) look(alpha float64) trial {
	y.moved = false
	for i, d := range y.direction {
		theta := y.point.Theta[i]
		y.trial[i] = theta + alpha*d
		y.moved = y.moved || y.trial[i] != theta
	}
	loss := y.penalised(y.point.Eval(y.trial, y.slopes), y.trial)
	slope := dot(y.slopes, y.direction)
	if y.decay != 0 {
		slope += y.decay * dot(y.trial, y.direction)
	}
	return trial{alpha, loss, slope}
}

// enough says whether a trial's loss has fallen by the share c1 of what the
// slope promises (Armijo). A change that rounding could make is no rise.
func (y *ray) enough(t trial, c1 float64) bool {
	return t.loss <= y.loss+c1*t.alpha*y.slope+0x1p-50*math.Abs(y.loss)
}

// move makes the step.
func (y *ray) move(alpha float64) {
	for i, d := range y.direction {
		y.point.Theta[i] += alpha * d
	}
}

// steepest says whether the ray points against the gradient.
func (y *ray) steepest() bool {
	for i, g := range y.gradient {
		if y.direction[i] != -g {
			return false
		}
	}
	return true
}

// oneNorm is the sum of the gradient's magnitudes.
func (y *ray) oneNorm() float64 {
	s := 0.0
	for _, g := range y.gradient {
		s += math.Abs(g)
	}
	return s
}

func dot(a, b []float64) float64 {
	s := 0.0
	for i := range a {
		s += a[i] * b[i]
	}
	return s
}
