package derive

import (
	"math"
	"math/rand/v2"
	"sync"
)

// seed fixes the points at which formulas are compared.
const seed = 20190401

// shapes are the numbers of rows and features. Neither is one row nor one feature, where mistakes look right.
var shapes = [2][2]int{{3, 3}, {5, 2}}

// pointsPerShape is how many points a shape has; each is looked at for every feature j. needed is how many must agree.
const (
	pointsPerShape = 12
	needed         = 8
)

// within is a random number of [lo, hi], with few digits: students may see it.
func within(rng *rand.Rand, lo, hi float64) float64 {
	return math.Round(1000*(lo+(hi-lo)*rng.Float64())) / 1000
}

// between is a random number of [lo, hi] with a random sign.
func between(rng *rand.Rand, lo, hi float64) float64 {
	v := within(rng, lo, hi)
	if rng.IntN(2) == 0 {
		return -v
	}
	return v
}

// A kindOfY says which values y takes in scenes.
type kindOfY int

const (
	shares    kindOfY = iota // between 0.1 and 0.9: labels, as far as they may be any number
	labels                   // 0 or 1
	anyNumber                // any sign
)

// kindOfY is that of formulas which are not said to need y to be 0 or 1.
func (s *space) kindOfY() kindOfY {
	if s.task != nil && s.task.logistic {
		return shares
	}
	return anyNumber
}

// dataScenes are the scenes of formulas with sums, by kind of y and shape, and for each point feature by feature.
var dataScenes = sync.OnceValue(func() (scenes [3][2][]*scene) {
	rng := rand.New(rand.NewPCG(seed, 1))
	order := 0
	for y := range scenes {
		for shape, dims := range shapes {
			for point := range pointsPerShape {
				var s scene
				s.m, s.n, s.generic = dims[0], dims[1], true
				for i := range size {
					s.theta[i] = between(rng, 0.3, 1.7)
					switch kindOfY(y) {
					case shares:
						s.y[i] = within(rng, 0.1, 0.9)
					case labels:
						s.y[i] = float64((i + point + rng.IntN(2)) % 2)
					case anyNumber:
						s.y[i] = between(rng, 0.1, 1.7)
					}
					for k := range size {
						s.x[i][k] = between(rng, 0.3, 1.7)
					}
				}
				s.prepare()
				for j := range s.n {
					at := s
					at.free[slotJ] = j
					for i := slotFree; i < slotSum; i++ {
						at.free[i] = rng.IntN(min(s.m, s.n))
					}
					for range maxScalars {
						at.scalars = append(at.scalars, real(between(rng, 0.3, 1.7)))
					}
					at.order = order
					order++
					scenes[y][shape] = append(scenes[y][shape], &at)
				}
			}
		}
	}
	return scenes
})

// fitted are scenes with the scalars of s in their domains.
func fitted(scenes []*scene, s *space) []*scene {
	rng := rand.New(rand.NewPCG(seed, 3))
	plain := true
	for _, d := range s.domains {
		plain = plain && d == Real
	}
	if plain {
		return scenes
	}
	list := make([]*scene, len(scenes))
	for i, old := range scenes {
		at := *old
		at.order = -1
		at.scalars = append([]value(nil), old.scalars...)
		for k, d := range s.domains {
			if d != Real {
				at.scalars[k] = generic(rng, d)
			}
		}
		list[i] = &at
	}
	return list
}

// generic is a random value of a domain at which nothing special happens.
func generic(rng *rand.Rand, d Domain) value {
	switch d {
	case Positive:
		return real(within(rng, 0.2, 3.2))
	case Unit:
		return real(within(rng, 0.03, 0.97))
	case Binary:
		return whole(int64(rng.IntN(2)))
	}
	return real(between(rng, 0.2, 3.2))
}
