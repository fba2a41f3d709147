package optim

import (
	"cmp"
	"context"
	"slices"
)

// gather finds for each of these cells the critical point to which the end of
// its run leads by Newton's method, and fills in b.Reached there and
// b.Attractors. Cells are taken in order, so the result depends on nothing
// else.
func (m *basinMap) gather(ctx context.Context, b *Basins, cells []int) {
	n, size := m.f.Dim(), m.w.Diagonal()
	attractors := slices.Clone(m.known)
	count := make([]int, len(attractors))
	nearest := func(theta []float64) int {
		return slices.IndexFunc(attractors, func(p CriticalPoint) bool { return Distance(p.Theta, theta) < 0.01*size })
	}
	m.search.iterations = 0
	for _, cell := range cells {
		if m.fates[cell] == Escaped {
			b.Reached[cell] = Escaped
			continue
		}
		end := m.ends[cell*n : (cell+1)*n]
		at := nearest(end)
		if m.fates[cell] == stopped {
			if b.Reached[cell] = Unsettled; at >= 0 && attractors[at].Kind == Minimum {
				b.Reached[cell] = at
				count[at]++
			}
			continue
		}
		if at < 0 && !m.search.exhausted() && ctx.Err() == nil {
			p, ok := m.search.from(end)
			if ok {
				at = nearest(p.Theta)
			}
			if at < 0 && ok && Distance(p.Theta, end) < 0.1*size && len(attractors) < mostPoints {
				at = len(attractors)
				attractors, count = append(attractors, p), append(count, 0)
			}
		}
		if at < 0 {
			b.Reached[cell] = Unsettled
			continue
		}
		b.Reached[cell] = at
		count[at]++
	}
	b.keep(attractors, count, cells)
}

// keep drops the attractors that no start reaches, puts the lowest first and
// renumbers what these cells reach.
func (b *Basins) keep(attractors []CriticalPoint, count, cells []int) {
	var order []int
	for i := range attractors {
		if count[i] > 0 {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(i, j int) int {
		return cmp.Compare(rounded(attractors[i].Loss), rounded(attractors[j].Loss))
	})
	index := make([]int, len(attractors))
	for to, from := range order {
		index[from] = to
		b.Attractors = append(b.Attractors, attractors[from])
	}
	for _, cell := range cells {
		if at := b.Reached[cell]; at >= 0 {
			b.Reached[cell] = index[at]
		}
	}
}
