package optim

import (
	"context"
	"math"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
)

// What a start reaches that reaches no attractor.
const (
	Unsettled = -1 // after all steps the gradient is still not small
	Escaped   = -2 // the run diverged
)

// Basins says for each start of a grid which critical point a method reaches.
type Basins struct {
	NX, NY     int // NY = 1 for one variable
	Window     Window
	Reached    []int           // NY×NX: index into Attractors, or Unsettled, or Escaped
	Attractors []CriticalPoint // lowest first; those that no start reaches are left out
}

// Settled reports whether a run that ends with this gradient norm and loss
// counts as arrived at a critical point.
func Settled(norm, loss float64) bool { return norm <= 1e-3*(1+math.Abs(loss)) }

// FindBasins runs the method from the centre of each cell of an nx×ny grid
// over w. The result does not depend on the number of cores. When the context
// ends, its error is answered.
func FindBasins(ctx context.Context, f *Function, rule Rule, c Config, w Window, nx, ny int) (*Basins, error) {
	n := f.Dim()
	ends := make([]float64, nx*ny*n)
	fates := make([]int, nx*ny)
	var next atomic.Int64
	var wait sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wait.Go(func() {
			d := newDescender(f, rule, w)
			for j := int(next.Add(1)) - 1; j < ny && ctx.Err() == nil; j = int(next.Add(1)) - 1 {
				for i := range nx {
					theta := ends[(j*nx+i)*n : (j*nx+i+1)*n]
					theta[0] = w.XMin + (float64(i)+0.5)/float64(nx)*(w.XMax-w.XMin)
					if n == 2 {
						theta[1] = w.YMin + (float64(j)+0.5)/float64(ny)*(w.YMax-w.YMin)
					}
					fates[j*nx+i] = d.descend(theta, c)
				}
			}
		})
	}
	wait.Wait()
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	b := &Basins{NX: nx, NY: ny, Window: w, Reached: fates}
	b.gather(f, f.CriticalPoints(ctx, w), ends)
	return b, ctx.Err()
}

// A descender makes runs that are not recorded.
type descender struct {
	obj         Objective
	rule        Rule
	grad, state []float64
	far         float64 // a run that ends farther out than this has escaped
}

// farOut is how many windows away a run counts as gone.
const farOut = 1000

func newDescender(f *Function, rule Rule, w Window) *descender {
	size := math.Hypot(w.XMax-w.XMin, w.YMax-w.YMin)
	far := farOut*size + Norm([]float64{w.XMin, w.XMax, w.YMin, w.YMax})
	return &descender{f.Objective(), rule, make([]float64, f.Dim()), make([]float64, rule.StateLen(f.Dim())), far}
}

// descend moves θ to where the run ends: 0 when it arrived, else Unsettled or
// Escaped.
func (d *descender) descend(theta []float64, c Config) int {
	clear(d.state)
	p := Point{Theta: theta, Gradient: d.grad, Eta: c.Eta}
	for k := 0; ; k++ {
		p.K, p.Loss = k, d.obj.Eval(theta, d.grad)
		if !finite(p.Loss) || !allFinite(theta) {
			return Escaped
		}
		if norm := Norm(d.grad); k == c.Steps || c.Tol > 0 && norm <= c.Tol {
			switch {
			case Settled(norm, p.Loss):
				return 0
			case Norm(theta) > d.far:
				return Escaped
			}
			return Unsettled
		}
		d.rule.Step(&p, d.state)
	}
}

// gather turns end points into attractors: the critical point that each leads
// to by Newton's method.
func (b *Basins) gather(f *Function, known []CriticalPoint, ends []float64) {
	n := f.Dim()
	search := newSearch(f, b.Window)
	size := search.size
	attractors := slices.Clone(known)
	nearest := func(theta []float64) int {
		return slices.IndexFunc(attractors, func(p CriticalPoint) bool { return distance(p.Theta, theta) < 0.01*size })
	}
	count := make([]int, len(attractors))
	for cell, fate := range b.Reached {
		if fate != 0 {
			continue
		}
		end := ends[cell*n : (cell+1)*n]
		at := nearest(end)
		if at < 0 {
			p, ok := search.from(end)
			if ok {
				at = nearest(p.Theta)
			}
			switch {
			case at >= 0:
			case ok && distance(p.Theta, end) < 0.1*size && len(attractors) < mostPoints:
				at = len(attractors)
				attractors, count = append(attractors, p), append(count, 0)
			default:
				b.Reached[cell] = Unsettled
				continue
			}
		}
		b.Reached[cell] = at
		count[at]++
	}
	b.keep(attractors, count)
}

// keep drops the attractors that no start reaches and renumbers the rest.
func (b *Basins) keep(attractors []CriticalPoint, count []int) {
	index := make([]int, len(attractors))
	for i, p := range attractors {
		index[i] = len(b.Attractors)
		if count[i] > 0 {
			b.Attractors = append(b.Attractors, p)
		}
	}
	for cell, at := range b.Reached {
		if at >= 0 {
			b.Reached[cell] = index[at]
		}
	}
}
