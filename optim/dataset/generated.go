package dataset

import (
	"fmt"
	"math/rand/v2"
)

// Limits of Generated.
const (
	MinGenerated = 2         // rows
	MaxGenerated = 1_000_000 // rows
	MaxDistance  = 1000      // of the clouds' centres, in standard deviations
)

// The line through the two means: a rational unit vector, so that their distance
// is the one asked for.
const (
	directionX = 0.8
	directionY = 0.6
)

// Generated draws rows points in the plane, alternately from N(−μ, I) with label
// 0 and N(+μ, I) with label 1, where μ = distance/2·(0.8, 0.6). The logistic model
// is exact for these data: the true θ is (0, 0.8·distance, 0.6·distance).
//
// The noise depends on the seed alone. A longer set with the same seed begins
// with the shorter one, and changing the distance slides the two clouds without
// redrawing them. It is an error when rows is outside [MinGenerated,
// MaxGenerated] or distance outside [0, MaxDistance].
func Generated(rows int, distance float64, seed uint64) (*Set, error) {
	if rows < MinGenerated || rows > MaxGenerated {
		return nil, fmt.Errorf("dataset: %d rows; want %d to %d", rows, MinGenerated, MaxGenerated)
	}
	if !(distance >= 0 && distance <= MaxDistance) {
		return nil, fmt.Errorf("dataset: distance %g; want 0 to %d", distance, MaxDistance)
	}
	s := &Set{
		Name:     "generated",
		Title:    "Two Gaussian clouds",
		Features: []string{"x₁", "x₂"},
		Classes:  [2]string{"class 0", "class 1"},
		X:        make([]float64, 0, 2*rows),
		Y:        make([]float64, 0, rows),
		Rows:     rows,
		Cols:     2,
		Origin:   fmt.Sprintf("drawn from two unit Gaussians %g apart, seed %d", distance, seed),
		Licence:  "free of rights: computed on request",
	}
	rng := rand.New(rand.NewPCG(seed, 0))
	for i := range rows {
		label := float64(i % 2)
		offset := (label - 0.5) * distance
		s.X = append(s.X, rng.NormFloat64()+offset*directionX, rng.NormFloat64()+offset*directionY)
		s.Y = append(s.Y, label)
	}
	return s, nil
}
