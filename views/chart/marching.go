package chart

import (
	"math"
	"math/bits"

	"gonum.org/v1/plot/vg"
)

// isolines traces the regions {f < level} of a grid as closed polygons, by marching squares. The grid is thought to
// be surrounded by a ring of cells without width whose outer values lie above every level, so that polygons close
// along the window's edge. What is not a number counts as above every level.
type isolines struct {
	grid   Grid
	levels []float64 // ascending
	x, y   []vg.Length

	nx, ny int     // of the padded grid
	rank   []uint8 // per padded node: how many levels are ≤ its value
	starts []int   // cells[starts[k]:starts[k+1]] are crossed by level k
	cells  []int32
	seen   []uint8 // per cell: edges by which this level's polygons have entered it

	points []vg.Point
}

// newIsolines prepares the grid for at most 254 ascending levels, its nodes placed on r.
func newIsolines(g Grid, levels []float64, r vg.Rectangle) *isolines {
	t := &isolines{grid: g, levels: levels, nx: g.NX + 2, ny: g.NY + 2}
	t.x, t.y = spread(r.Min.X, r.Max.X, g.NX), spread(r.Min.Y, r.Max.Y, g.NY)
	t.rank = make([]uint8, t.nx*t.ny)
	above := uint8(len(levels))
	for i := range t.rank {
		t.rank[i] = above
	}
	for j := range g.NY {
		row := t.rank[(j+1)*t.nx+1:]
		for i, v := range g.Values[j*g.NX : (j+1)*g.NX] {
			row[i] = rankOf(levels, v)
		}
	}
	t.seen = make([]uint8, t.nx*t.ny)
	t.sortCells()
	return t
}

// spread is n places from lo to hi with the first and the last doubled for the ring.
func spread(lo, hi vg.Length, n int) []vg.Length {
	at := make([]vg.Length, n+2)
	for i := range n {
		at[i+1] = lo + (hi-lo)*vg.Length(i)/vg.Length(n-1)
	}
	at[0], at[n], at[n+1] = lo, hi, hi
	return at
}

// rankOf is the number of levels ≤ v, all of them for NaN.
func rankOf(levels []float64, v float64) uint8 {
	lo, hi := 0, len(levels)
	for lo < hi {
		middle := (lo + hi) / 2
		if v < levels[middle] {
			hi = middle
		} else {
			lo = middle + 1
		}
	}
	return uint8(lo)
}

// sortCells lists the cells that each level crosses, so that tracing visits no others.
func (t *isolines) sortCells() {
	t.starts = make([]int, len(t.levels)+2)
	each := func(do func(cell int32, lo, hi uint8)) {
		for j := range t.ny - 1 {
			below, above := t.rank[j*t.nx:(j+1)*t.nx], t.rank[(j+1)*t.nx:(j+2)*t.nx]
			for i := range t.nx - 1 {
				a, b, c, d := below[i], below[i+1], above[i], above[i+1]
				if lo, hi := min(a, b, c, d), max(a, b, c, d); lo < hi {
					do(int32(j*t.nx+i), lo, hi)
				}
			}
		}
	}
	each(func(_ int32, lo, hi uint8) {
		for k := lo; k < hi; k++ {
			t.starts[k+2]++
		}
	})
	for k := 2; k < len(t.starts); k++ {
		t.starts[k] += t.starts[k-1]
	}
	t.cells = make([]int32, t.starts[len(t.starts)-1])
	each(func(cell int32, lo, hi uint8) {
		for k := lo; k < hi; k++ {
			t.cells[t.starts[k+1]] = cell
			t.starts[k+1]++
		}
	})
}

// Edges of a cell, counter-clockwise: edge e runs from corner e to corner e+1, and corner 0 is the lower left one.
const (
	lower = iota
	right
	upper
	left
)

// entries tells by which edges polygons enter a cell, as bits, for the corners that are inside as bits. With the
// inside on its left a polygon enters where, going counter-clockwise, an inside corner is followed by an outside one.
var entries = func() (e [16]uint8) {
	for corners := range e {
		for edge := range 4 {
			if corners>>edge&1 == 1 && corners>>((edge+1)%4)&1 == 0 {
				e[corners] |= 1 << edge
			}
		}
	}
	return e
}()

// trace calls polygon for every closed polygon around {f < levels[k]}; the first point is repeated at the end, the slice
// is only lent.
func (t *isolines) trace(k int, polygon func([]vg.Point)) {
	cells := t.cells[t.starts[k]:t.starts[k+1]]
	for _, cell := range cells {
		t.seen[cell] = 0
	}
	for _, cell := range cells {
		for left := entries[t.corners(cell, k)] &^ t.seen[cell]; left != 0; left &^= t.seen[cell] {
			polygon(t.follow(cell, bits.TrailingZeros8(left), k))
		}
	}
}

func (t *isolines) corners(cell int32, k int) int {
	i, n := int(cell), t.nx
	corners := 0
	if int(t.rank[i]) <= k {
		corners |= 1
	}
	if int(t.rank[i+1]) <= k {
		corners |= 2
	}
	if int(t.rank[i+n+1]) <= k {
		corners |= 4
	}
	if int(t.rank[i+n]) <= k {
		corners |= 8
	}
	return corners
}

// follow walks one polygon from its entry into cell by edge until it comes back there.
func (t *isolines) follow(cell int32, edge, k int) []vg.Point {
	t.points = t.points[:0]
	for t.seen[cell]&(1<<edge) == 0 {
		t.seen[cell] |= 1 << edge
		t.points = append(t.points, t.crossing(cell, edge, k))
		exit := t.exit(cell, edge, k)
		switch exit {
		case lower:
			cell -= int32(t.nx)
		case right:
			cell++
		case upper:
			cell += int32(t.nx)
		case left:
			cell--
		}
		edge = (exit + 2) % 4
	}
	t.points = append(t.points, t.points[0])
	return t.points
}

// exit is the edge by which a polygon leaves a cell: the next one, clockwise, where an outside corner is followed by
// an inside one; in a saddle whose middle is inside, the next one counter-clockwise.
func (t *isolines) exit(cell int32, edge, k int) int {
	corners := t.corners(cell, k)
	if corners == 5 || corners == 10 {
		if t.middle(cell) < t.levels[k] {
			return (edge + 1) % 4
		}
		return (edge + 3) % 4
	}
	for e := (edge + 3) % 4; ; e = (e + 3) % 4 {
		if corners>>e&1 == 0 && corners>>((e+1)%4)&1 == 1 {
			return e
		}
	}
}

func (t *isolines) middle(cell int32) float64 {
	i, j := int(cell)%t.nx, int(cell)/t.nx
	return t.value(i, j)/4 + t.value(i+1, j)/4 + t.value(i, j+1)/4 + t.value(i+1, j+1)/4
}

// value is the padded grid's.
func (t *isolines) value(i, j int) float64 {
	if i == 0 || j == 0 || i == t.nx-1 || j == t.ny-1 {
		return math.Inf(1)
	}
	v := t.grid.Values[(j-1)*t.grid.NX+i-1]
	if math.IsNaN(v) {
		return math.Inf(1)
	}
	return min(max(v, -huge), huge)
}

// crossing is where level k crosses an edge, by linear interpolation.
func (t *isolines) crossing(cell int32, edge, k int) vg.Point {
	i, j := int(cell)%t.nx, int(cell)/t.nx
	i0, j0, i1, j1 := i, j, i+1, j // the edge's ends, in ascending order so that both its cells find the same point
	switch edge {
	case right:
		i0, j1 = i+1, j+1
	case upper:
		j0, j1 = j+1, j+1
	case left:
		i1, j1 = i, j+1
	}
	a, b := t.value(i0, j0), t.value(i1, j1)
	at := vg.Length(0.5)
	switch {
	case math.IsInf(a, 1):
		at = 1
	case math.IsInf(b, 1):
		at = 0
	case a != b:
		at = vg.Length(min(max((t.levels[k]-a)/(b-a), 0), 1))
	}
	return vg.Point{X: t.x[i0] + at*(t.x[i1]-t.x[i0]), Y: t.y[j0] + at*(t.y[j1]-t.y[j0])}
}
