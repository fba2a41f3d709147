package optim

import (
	"context"
	"math"
	"slices"
	"sync/atomic"

	"descent/optim/param"
)

// A PlaneGrid says which runs a [Plane] is made of: one in the middle of each of
// NX×NY cells. Columns are evenly spread over η on a logarithmic scale, rows
// over the second hyper-parameter on a linear one.
type PlaneGrid struct {
	Second   string  // name of the hyper-parameter, one of the method's
	From, To float64 // edges of η, 0 < From < To
	Low, Top float64 // edges of the second parameter, within its range, Low < Top
	NX, NY   int     // columns and rows, at least 1
}

// Eta is the rate of column i.
func (g PlaneGrid) Eta(i int) float64 {
	return g.From * math.Pow(g.To/g.From, (float64(i)+0.5)/float64(g.NX))
}

// Value is the second hyper-parameter in row j.
func (g PlaneGrid) Value(j int) float64 {
	return g.Low + (float64(j)+0.5)/float64(g.NY)*(g.Top-g.Low)
}

// A Plane is what becomes of runs that differ in their learning rate and in one
// other hyper-parameter.
type Plane struct {
	PlaneGrid
	Block  int          // the side of the blocks of cells that show one run; 1 when each cell shows its own
	Points []PlanePoint // NY×NX, row by row from Low
	Best   int          // the cell of the best run, one of Runs; -1 when all diverge
	Cost   float64      // a rough price of the runs made, in nanoseconds of one core
}

// A PlanePoint is one run.
type PlanePoint struct {
	Loss float64 // at the end; +Inf when the run is not finite
	Fate string  // one of the Fate constants
	Step float64 // when it had done all but 1e-12 of its way down, interpolated between steps; +Inf when not finite
}

// Runs are the cells whose own run was made, ascending: all of them where Block
// is 1.
func (p *Plane) Runs() []int {
	var cells []int
	for cell := range p.Points {
		if p.speaker(cell, p.Block) == cell {
			cells = append(cells, cell)
		}
	}
	return cells
}

// speaker is the cell whose run a cell shows.
func (g PlaneGrid) speaker(cell, block int) int {
	return speaker(cell/g.NX, block, g.NY)*g.NX + speaker(cell%g.NX, block, g.NX)
}

// Second is the hyper-parameter that a method's runs are mapped over besides
// the rate: the first that says how slowly a mean of gradients forgets. nil for
// methods without one.
func (m *Method) Second() *param.Param {
	for i := range m.Params {
		if slices.Contains([]string{"momentum", "beta1", "alpha", "rho"}, m.Params[i].Name) {
			return &m.Params[i]
		}
	}
	return nil
}

// SweepPlane makes runs of c.Steps steps from c.Start over a grid; c.Eta is not
// used, and of v not the value of g.Second. It begins with a run for every 8×8
// cells and goes on to 4×4, 2×2 and each cell, as long as the next, four times
// dearer map is expected to cost at most most nanoseconds of one core, counted
// in evaluations. A run that ends at most 1e-12 of the way down above the lowest
// is as good as it, and the one that gets there first is best.
//
// progress, if not nil, is told how many of the runs for all cells are done, one
// call at a time. w says what is far out. When the context ends, its error is
// answered. The result does not depend on the number of cores.
func SweepPlane(ctx context.Context, f *Function, m *Method, v param.Values, c Config, w Window, g PlaneGrid, most float64, progress func(done, total int)) (*Plane, error) {
	s := &planeSweep{f: f, c: c, w: w, plane: &Plane{PlaneGrid: g, Points: make([]PlanePoint, g.NX*g.NY)}, progress: progress}
	for j := range g.NY {
		s.rules = append(s.rules, m.New(v.With(g.Second, g.Value(j))))
	}
	for _, block := range [...]int{8, 4, 2, 1} {
		s.refine(ctx, block)
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if 4*s.plane.Cost > most {
			break
		}
	}
	s.finish()
	return s.plane, nil
}

// A planeSweep is the state of a sweep over a plane.
type planeSweep struct {
	f        *Function
	rules    []Rule // by row
	c        Config
	w        Window
	plane    *Plane
	done     int
	progress func(done, total int)

	evaluations, hessians atomic.Int64
}

// refine makes the runs that are still missing for blocks of this side.
func (s *planeSweep) refine(ctx context.Context, block int) {
	p := s.plane
	p.Block = block
	missing := slices.DeleteFunc(p.Runs(), func(cell int) bool { return p.Points[cell].Fate != "" })
	parts := slices.Collect(slices.Chunk(missing, cellsAtOnce))
	before := s.done
	each(ctx, s.f, s.rules[0], len(parts), func(r *runner, i int) { s.run(ctx, r, parts[i]) }, func(done int) {
		s.done = before + min(done*cellsAtOnce, len(missing))
		if s.progress != nil {
			s.progress(s.done, len(p.Points))
		}
	})
	p.Cost = price(s.f, int(s.evaluations.Load()), int(s.hessians.Load()))
}

// run makes the runs of some cells.
func (s *planeSweep) run(ctx context.Context, r *runner, cells []int) {
	evaluations, hessians := r.point.evaluations, r.point.hessians
	theta := make([]float64, s.f.Dim())
	losses := make([]float64, 0, s.c.Steps+1)
	for _, cell := range cells {
		r.rule, losses = s.rules[cell/s.plane.NX], losses[:0]
		end := r.sweepPoint(ctx, theta, s.c, s.w, s.plane.Eta(cell%s.plane.NX), &losses)
		point := PlanePoint{Loss: end.Loss, Fate: end.Fate, Step: math.Inf(1)}
		if finite(end.Loss) {
			way := attempt{losses: losses}
			point.Step = way.reaches(end.Loss + sameLoss*max(losses[0]-end.Loss, 0))
		}
		s.plane.Points[cell] = point
	}
	s.evaluations.Add(int64(r.point.evaluations - evaluations))
	s.hessians.Add(int64(r.point.hessians - hessians))
}

// finish has every cell show a run, and finds the best one.
func (s *planeSweep) finish() {
	p := s.plane
	least, runs := math.Inf(1), p.Runs()
	for _, cell := range runs {
		if p.Points[cell].Fate != FateDiverges {
			least = min(least, p.Points[cell].Loss)
		}
	}
	target := least + sameLoss*max(s.f.Objective().Eval(s.c.Start, nil)-least, 0)
	p.Best = -1
	for _, cell := range runs {
		point := &p.Points[cell]
		if point.Fate == FateDiverges || !(point.Loss <= target) {
			continue
		}
		if p.Best < 0 || point.Step < p.Points[p.Best].Step {
			p.Best = cell
		}
	}
	for cell := range p.Points {
		p.Points[cell] = p.Points[p.speaker(cell, p.Block)]
	}
}
