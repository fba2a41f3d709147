package optim

import (
	"context"
	"iter"
	"slices"
	"sync/atomic"
)

// What a start reaches that reaches no attractor.
const (
	Unsettled = -1 // after all steps the gradient is still not small
	Escaped   = -2 // the run diverged
)

// Basins says for each start of a grid which critical point a method reaches.
type Basins struct {
	NX, NY     int             // cells in each direction; NY = 1 for one variable
	Window     Window          // cell (0, 0) has its corner at XMin, YMin
	Block      int             // the side of the blocks of cells that show one start's fate; 1 when each cell shows its own
	Reached    []int           // NY×NX: index into Attractors, or Unsettled, or Escaped
	Attractors []CriticalPoint // lowest first; those that no start reaches are left out
	Points     []CriticalPoint // found in the window, reached or not, lowest first
	Cost       float64         // a rough price of the runs made so far, in nanoseconds of one core
}

// Settled reports whether a run whose gradient's norm was first at the start and
// is norm at the end counts as arrived at a critical point. Neither a constant
// added to J nor its scale matters.
func Settled(norm, first float64) bool { return norm <= 1e-3*first }

// FindBasins runs the method from the centre of each cell of an nx×ny grid
// over w, ny = 1 for one variable; c.Start is not used. The result does not depend on the number of
// cores. When the context ends, its error is answered.
func FindBasins(ctx context.Context, f *Function, rule Rule, c Config, w Window, nx, ny int) (*Basins, error) {
	return newBasinMap(f, rule, c, w, nx, ny).refine(ctx, 1)
}

// RefineBasins yields the map that [FindBasins] makes as it comes in: first
// each block of 8×8 cells shows the fate of one start near its middle, then of
// 4×4 and 2×2; the last map is that of FindBasins, bit for bit, for the same
// work. Indices of attractors belong to their own map. When the context ends,
// its error is yielded last; whoever leaves the loop stops the work.
func RefineBasins(ctx context.Context, f *Function, rule Rule, c Config, w Window, nx, ny int) iter.Seq2[*Basins, error] {
	return func(yield func(*Basins, error) bool) {
		m := newBasinMap(f, rule, c, w, nx, ny)
		for _, block := range [...]int{8, 4, 2, 1} {
			if b, err := m.refine(ctx, block); !yield(b, err) || err != nil {
				return
			}
		}
	}
}

// A basinMap holds what is known of a map so far.
type basinMap struct {
	f      *Function
	rule   Rule
	c      Config
	w      Window
	nx, ny int
	fates  []int     // of each cell: pending, arrived, stopped or Escaped
	ends   []float64 // NY×NX×Dim: where its run ended
	known  []CriticalPoint
	search *newtonSearch

	evaluations, hessians atomic.Int64 // made so far
}

// What a cell's run came to, besides Escaped.
const (
	pending = iota
	arrived // the gradient has become small
	stopped // after all steps it is not small; near a minimum that is near enough
)

func newBasinMap(f *Function, rule Rule, c Config, w Window, nx, ny int) *basinMap {
	return &basinMap{f: f, rule: rule, c: c, w: w, nx: nx, ny: ny, fates: make([]int, nx*ny), ends: make([]float64, nx*ny*f.Dim())}
}

// speaker is the row or column whose cells speak for the block that i lies in.
// Those of a block of 8 speak in one of 4 too, and those of 4 in one of 2.
func speaker(i, block, n int) int { return min(i-i%block+[...]int{1: 0, 2: 1, 4: 3, 8: 3}[block], n-1) }

// refine makes the runs that are still missing for blocks of this side, and
// the map that they give.
func (m *basinMap) refine(ctx context.Context, block int) (*Basins, error) {
	if m.search == nil {
		m.search, m.known = newSearch(m.f, m.w), m.f.CriticalPoints(ctx, m.w)
	}
	var cells []int // those that speak
	for j := range m.ny {
		for i := range m.nx {
			if i == speaker(i, block, m.nx) && j == speaker(j, block, m.ny) {
				cells = append(cells, j*m.nx+i)
			}
		}
	}
	m.run(ctx, cells)
	if err := ctx.Err(); err != nil { // cells that were left say nothing yet
		return nil, err
	}
	b := &Basins{NX: m.nx, NY: m.ny, Window: m.w, Block: block, Reached: make([]int, m.nx*m.ny), Points: m.known}
	b.Cost = price(m.f, int(m.evaluations.Load()), int(m.hessians.Load()))
	m.gather(ctx, b, cells)
	for cell := range b.Reached {
		b.Reached[cell] = b.Reached[speaker(cell/m.nx, block, m.ny)*m.nx+speaker(cell%m.nx, block, m.nx)]
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return b, nil
}

// cellsAtOnce is how many runs a core takes at a time.
const cellsAtOnce = 16

// run makes the runs of those cells that are pending.
func (m *basinMap) run(ctx context.Context, cells []int) {
	parts := slices.Collect(slices.Chunk(cells, cellsAtOnce))
	each(ctx, m.f, m.rule, len(parts), func(r *runner, part int) {
		evaluations, hessians := r.point.evaluations, r.point.hessians
		for _, cell := range parts[part] {
			if m.fates[cell] == pending {
				m.fates[cell] = m.fate(ctx, r, cell)
			}
		}
		m.evaluations.Add(int64(r.point.evaluations - evaluations))
		m.hessians.Add(int64(r.point.hessians - hessians))
	}, func(int) {})
}

// fate makes the run of one cell.
func (m *basinMap) fate(ctx context.Context, r *runner, cell int) int {
	n := m.f.Dim()
	theta := m.ends[cell*n : (cell+1)*n]
	i, j := cell%m.nx, cell/m.nx
	theta[0] = m.w.XMin + (float64(i)+0.5)/float64(m.nx)*(m.w.XMax-m.w.XMin)
	if n == 2 {
		theta[1] = m.w.YMin + (float64(j)+0.5)/float64(m.ny)*(m.w.YMax-m.w.YMin)
	}
	first := Norm(r.gradientAt(theta))
	switch reason := r.run(ctx, theta, &m.c, nil); {
	case reason == Cancelled:
		return pending
	case reason == Diverged:
		return Escaped
	case m.w.farOut(theta): // there ‖∇J‖ may be small beside a large J
		return Escaped
	case Settled(Norm(r.point.Gradient), first):
		return arrived
	}
	return stopped
}
