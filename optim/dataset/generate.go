package dataset

import (
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"

	"descent/optim/param"
)

// Limits of a Recipe.
const (
	MinRows     = 2
	MaxRows     = 1_000_000
	MinCols     = 2
	MaxCols     = 20
	MaxDistance = 1000
	MaxNoise    = 1000
)

// A Recipe says what [Generate] draws.
type Recipe struct {
	Shape      string  // Gaussians, Moons, Rings or XOR
	Rows, Cols int     // MinRows to MaxRows, MinCols to MaxCols
	Distance   float64 // of the two centres of Gaussians, in standard deviations, 0 to MaxDistance; of no account with other shapes
	Noise      float64 // standard deviation of what is added to the other shapes, 0 to MaxNoise
	Seed       uint64
}

// Generate draws the points of a recipe, alternately with label 0 and label 1.
// The shape lies in the first two columns; any further ones are standard normal,
// the same for both classes: features that say nothing.
//
// The draws depend on the seed alone. A longer set with the same seed begins with
// the shorter one, more columns leave the first two as they are, and another
// distance or noise slides the points without redrawing them. The bits are the
// same whatever the number of cores.
//
// The error is a [param.Errors] that names the recipe's field as forms do.
func Generate(r Recipe) (*Set, error) {
	return GenerateContext(context.Background(), r, func(float64) {})
}

// GenerateContext is Generate for a caller who may lose interest: it ends early
// with the context's error, within a millisecond or two. done is told, from several
// goroutines, what share of the rows is drawn, 0 to 1.
func GenerateContext(ctx context.Context, r Recipe, done func(share float64)) (*Set, error) {
	shape := shapes[r.Shape]
	switch {
	case shape == nil:
		return nil, param.Errorf("shape", "must be one of %s", strings.Join(Shapes, ", "))
	case r.Rows < MinRows || r.Rows > MaxRows:
		return nil, param.Errorf("rows", "must be between %d and %d", MinRows, MaxRows)
	case r.Cols < MinCols || r.Cols > MaxCols:
		return nil, param.Errorf("cols", "must be between %d and %d", MinCols, MaxCols)
	case !(r.Distance >= 0 && r.Distance <= MaxDistance):
		return nil, param.Errorf("distance", "must be between 0 and %d", MaxDistance)
	case !(r.Noise >= 0 && r.Noise <= MaxNoise):
		return nil, param.Errorf("noise", "must be between 0 and %d", MaxNoise)
	}
	s := r.set()
	s.X = make([]float64, r.Rows*r.Cols)
	s.Y = make([]float64, r.Rows)
	chunks := (r.Rows + chunkRows - 1) / chunkRows
	var wait sync.WaitGroup
	var drawn atomic.Int64
	for worker := range min(runtime.GOMAXPROCS(0), chunks) {
		wait.Go(func() {
			for chunk := worker; chunk < chunks; chunk += runtime.GOMAXPROCS(0) {
				if ctx.Err() != nil {
					return
				}
				r.fill(s, chunk, shape)
				done(float64(drawn.Add(1)) / float64(chunks))
			}
		})
	}
	wait.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return s, nil
}

// chunkRows is the number of rows, an even one, that have random numbers of their
// own, so that several cores can draw them.
const chunkRows = 4096

// fill draws one chunk.
func (r *Recipe) fill(s *Set, chunk int, shape shape) {
	points, rest := rand.New(rand.NewPCG(r.Seed, stream(chunk, 0))), rand.New(rand.NewPCG(r.Seed, stream(chunk, 1)))
	for i := chunk * chunkRows; i < min((chunk+1)*chunkRows, r.Rows); i++ {
		label := float64(i % 2)
		row := s.Row(i)
		row[0], row[1] = shape(r, label, points)
		for j := 2; j < len(row); j++ {
			row[j] = rest.NormFloat64()
		}
		s.Y[i] = label
	}
}

// stream is the second seed of a chunk's generators. Numbers that follow each other
// would start neighbouring sequences: they are scattered by the finaliser of
// SplitMix64, a bijection that keeps 0 (G. Steele, D. Lea and C. Flood, OOPSLA 2014).
func stream(chunk, part int) uint64 {
	z := uint64(chunk) | uint64(part)<<32
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// set is the recipe's set without its points.
func (r *Recipe) set() *Set {
	s := &Set{
		Name:    "generated",
		Key:     fmt.Sprintf("generated/%s/%d/%d/%g/%g/%d", r.Shape, r.Rows, r.Cols, r.Distance, r.Noise, r.Seed),
		Title:   titles[r.Shape],
		Noun:    "points",
		Classes: [2]string{"class 0", "class 1"},
		Rows:    r.Rows, Cols: r.Cols,
		Origin:  fmt.Sprintf("drawn by Descent: %s, %s, seed %d", lowerFirst(titles[r.Shape]), r.spread(), r.Seed),
		Licence: "free of rights: computed on request",
	}
	for j := range r.Cols {
		s.Features = append(s.Features, "x"+subscript(j+1))
	}
	return s
}

// spread says how far the classes are apart.
func (r *Recipe) spread() string {
	if r.Shape == Gaussians {
		return fmt.Sprintf("their centres %g standard deviations apart", r.Distance)
	}
	return fmt.Sprintf("noise with standard deviation %g", r.Noise)
}

func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }

// subscript writes a number in small digits.
func subscript(n int) string {
	return strings.Map(func(digit rune) rune { return digit - '0' + '₀' }, fmt.Sprint(n))
}
