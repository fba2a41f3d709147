package optim

import (
	"context"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// An Escape is gradient descent with mini-batches on a function J of one variable
// that is the mean of m examples, example i having the loss J(θ) + Tilts[i]·θ. Their
// tilts add up to 0, so that full-batch descent sees J alone, and a batch J with a
// tilt of its own.
type Escape struct {
	Function *Function // of one variable
	Tilts    []float64 // one per example, their sum 0
	Eta      float64
	Steps    int
}

// Tilts are m ≥ 2 numbers evenly spaced from spread to −spread.
func Tilts(m int, spread float64) []float64 {
	tilts := make([]float64, m)
	for i := range tilts {
		tilts[i] = spread * float64(m-1-2*i) / float64(m-1)
	}
	return tilts
}

// Batches deals numbers of examples for one run, batch after batch. The slice may
// be used again by the next call.
type Batches func() []int

// Walk is θ at steps 0 to Steps, or to the first that is not finite, which is
// included. nil for deal is full-batch descent.
func (e *Escape) Walk(theta0 float64, deal Batches) []float64 {
	thetas := make([]float64, 0, e.Steps+1)
	e.walk(e.Function.Objective(), theta0, deal, func(theta float64) { thetas = append(thetas, theta) })
	return thetas
}

// walk shows each θ of a run.
func (e *Escape) walk(obj Objective, theta0 float64, deal Batches, see func(theta float64)) {
	var theta, gradient [1]float64
	theta[0] = theta0
	see(theta0)
	for k := 0; k < e.Steps && finite(theta[0]); k++ {
		obj.Eval(theta[:], gradient[:])
		g := gradient[0]
		if deal != nil {
			batch, tilt := deal(), 0.0
			for _, i := range batch {
				tilt += e.Tilts[i]
			}
			g += tilt / float64(len(batch))
		}
		theta[0] -= e.Eta * g
		see(theta[0])
	}
}

// A Valley is what surrounds a minimum, up to the maxima on both sides.
type Valley struct {
	Minimum  CriticalPoint
	From, To float64 // −Inf and +Inf where there is no maximum on that side
}

// Valleys are the valleys of a function of one variable from left to right; points
// are its critical points, in any order. What is neither minimum nor maximum bounds
// no valley.
func Valleys(points []CriticalPoint) []Valley {
	line := slices.Clone(points)
	slices.SortFunc(line, func(a, b CriticalPoint) int {
		if a.Theta[0] < b.Theta[0] {
			return -1
		}
		return 1
	})
	var valleys []Valley
	from := math.Inf(-1)
	for _, p := range line {
		switch p.Kind {
		case Minimum:
			if n := len(valleys); n > 0 && math.IsInf(valleys[n-1].To, 1) { // two minima without a maximum found between
				edge := (valleys[n-1].Minimum.Theta[0] + p.Theta[0]) / 2
				valleys[n-1].To, from = edge, edge
			}
			valleys = append(valleys, Valley{p, from, math.Inf(1)})
		case Maximum:
			from = p.Theta[0]
			if n := len(valleys); n > 0 && math.IsInf(valleys[n-1].To, 1) {
				valleys[n-1].To = from
			}
		}
	}
	return valleys
}

// Deepest is the number of the valley with the lowest minimum; −1 where there is
// none.
func Deepest(valleys []Valley) int {
	best := -1
	for i, v := range valleys {
		if best < 0 || v.Minimum.Loss < valleys[best].Minimum.Loss {
			best = i
		}
	}
	return best
}

// ValleyAt is the number of the valley that θ lies in; −1 for none.
func ValleyAt(valleys []Valley, theta float64) int {
	return slices.IndexFunc(valleys, func(v Valley) bool { return theta >= v.From && theta < v.To })
}

// Landings say where runs end.
type Landings struct {
	Ends []int // one per run: the number of the valley; −1: none, or θ is not finite
	Left int   // runs that were in the deepest valley at some step, and end in another
}

// In is how many runs end in a valley, −1 being none.
func (l Landings) In(valley int) int {
	n := 0
	for _, end := range l.Ends {
		if end == valley {
			n++
		}
	}
	return n
}

// Land makes one run from each start, on all cores, and says where they end. deal
// answers the batches of run i; nil is full-batch descent. The same arguments give
// the same landings. The error is the context's.
func (e *Escape) Land(ctx context.Context, valleys []Valley, starts []float64, deal func(i int) Batches) (Landings, error) {
	l := Landings{Ends: make([]int, len(starts))}
	deepest := Deepest(valleys)
	left := make([]bool, len(starts))
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(len(starts), runtime.GOMAXPROCS(0)) {
		wait.Go(func() {
			obj := e.Function.Objective()
			for i := int(next.Add(1)) - 1; i < len(starts) && ctx.Err() == nil; i = int(next.Add(1)) - 1 {
				var batches Batches
				if deal != nil {
					batches = deal(i)
				}
				end, was := -1, false
				e.walk(obj, starts[i], batches, func(theta float64) {
					end = ValleyAt(valleys, theta)
					if !finite(theta) {
						end = -1
					}
					was = was || end >= 0 && end == deepest
				})
				l.Ends[i], left[i] = end, was && end >= 0 && end != deepest
			}
		})
	}
	wait.Wait()
	for _, gone := range left {
		if gone {
			l.Left++
		}
	}
	return l, ctx.Err()
}
