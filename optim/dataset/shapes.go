package dataset

import (
	"math"
	"math/rand/v2"
)

// The shapes of a [Recipe].
const (
	// Gaussians: N(−μ, I) with label 0 and N(+μ, I) with label 1, where μ =
	// distance/2·(0.8, 0.6). The logistic model is exact for them: the true θ is
	// (0, 0.8·distance, 0.6·distance) and 0 for every further column.
	Gaussians = "gaussians"
	// Moons: two half circles of radius 1 that reach into each other, the upper one
	// around (0, 0) with label 0, the lower one around (1, 1/2) with label 1.
	Moons = "moons"
	// Rings: circles around the origin, of radius 1 with label 0 and 1/2 with label 1.
	Rings = "rings"
	// XOR: the square from −1 to 1; label 1 where the signs of the two coordinates
	// differ.
	XOR = "xor"
)

// Shapes lists the shapes in teaching order, read only.
var Shapes = []string{Gaussians, Moons, Rings, XOR}

var titles = map[string]string{Gaussians: "Two Gaussian clouds", Moons: "Two moons", Rings: "Two rings", XOR: "Exclusive or"}

// A shape draws a point of a class.
type shape func(r *Recipe, label float64, rng *rand.Rand) (x, y float64)

var shapes = map[string]shape{Gaussians: gaussian, Moons: moon, Rings: ring, XOR: xor}

// The line through the two means: a rational unit vector, so that their distance
// is the one asked for.
const (
	directionX = 0.8
	directionY = 0.6
)

func gaussian(r *Recipe, label float64, rng *rand.Rand) (x, y float64) {
	offset := (label - 0.5) * r.Distance
	x = rng.NormFloat64() + offset*directionX
	y = rng.NormFloat64() + offset*directionY
	return x, y
}

func moon(r *Recipe, label float64, rng *rand.Rand) (x, y float64) {
	y, x = math.Sincos(math.Pi * rng.Float64())
	if label == 1 {
		x, y = 1-x, 0.5-y
	}
	return r.blur(x, y, rng)
}

func ring(r *Recipe, label float64, rng *rand.Rand) (x, y float64) {
	y, x = math.Sincos(2 * math.Pi * rng.Float64())
	if label == 1 {
		x, y = x/2, y/2
	}
	return r.blur(x, y, rng)
}

func xor(r *Recipe, label float64, rng *rand.Rand) (x, y float64) {
	x = 2*rng.Float64() - 1
	y = math.Copysign(rng.Float64(), x)
	if label == 1 {
		y = -y
	}
	return r.blur(x, y, rng)
}

// blur adds the noise.
func (r *Recipe) blur(x, y float64, rng *rand.Rand) (float64, float64) {
	x += r.Noise * rng.NormFloat64()
	y += r.Noise * rng.NormFloat64()
	return x, y
}
