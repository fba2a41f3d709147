package cell

import (
	"context"
	"fmt"
	"math"
	"slices"

	"descent/optim"
)

// The map of a Basins: coarse at once, then as fine as its price allows.

// How many starts a map tries at most along each side, and what it may cost in
// nanoseconds of one core: where the runs take long, the map stays coarse. A
// sketch may cost less.
const (
	planeCells = 64
	lineCells  = 256
	mapCost    = 6e8
	sketchCost = 3e7
)

// draw makes the map that the page needs, if it needs one, and finds the
// critical points.
func (b *Basins) draw(ctx context.Context, c optim.Config, page Page) error {
	switch {
	case page.Waits:
		return b.refine(ctx, c, page)
	case page.shows(b.mapKey(false)):
	case page.shows(b.mapKey(true)):
		b.Sketch = true
	default:
		return b.refine(ctx, c, page)
	}
	b.Points = b.Function.CriticalPoints(ctx, b.Window)
	return ctx.Err()
}

// refine refines the map as long as the next, finer one keeps to the price.
func (b *Basins) refine(ctx context.Context, c optim.Config, page Page) error {
	nx, ny, finer := lineCells, 1, 2.0 // halving a block doubles the starts
	if b.Function.Dim() == 2 {
		nx, ny, finer = planeCells, planeCells, 4
	}
	for m, err := range optim.RefineBasins(ctx, b.Function, b.Method.New(b.Values), c, b.Window, nx, ny) {
		if err != nil {
			return err
		}
		b.Map, b.Points = m, m.Points
		if finer*m.Cost > mapCost {
			break
		}
		if !page.Waits && m.Block > 1 && finer*m.Cost > sketchCost {
			b.Sketch = true
			break
		}
	}
	return nil
}

// MapKey names all that the map depends on, and whether it is a sketch.
func (b *Basins) MapKey() string { return b.mapKey(b.Sketch) }

func (b *Basins) mapKey(sketch bool) string {
	names := slices.DeleteFunc(b.Values.Table().Names(), func(name string) bool { return name == "x" || name == "y" })
	return fmt.Sprint(b.Function.Expr, b.Window, b.Values.Encode(names), sketch)
}

// MapWords is what there is to say of the map, a sentence each. A map that is not
// there says nothing.
func (b *Basins) MapWords() []string {
	if b.Map == nil {
		return nil
	}
	if b.Sketch {
		return []string{fmt.Sprintf("The map is a sketch of %d starts along each side; the fine one follows.", b.Map.NX/b.Map.Block)}
	}
	var words []string
	if b.Map.Block > 1 {
		words = append(words, fmt.Sprintf("The runs take long, so the map is coarse: %d starts along each side.", b.Map.NX/b.Map.Block))
	}
	if lost := b.share(optim.Unsettled); lost > 0.005 {
		words = append(words, fmt.Sprintf("%.0f %% of the starts have not arrived after %s.", 100*lost, plural(b.Values.Int("steps"), "step")))
	}
	if gone := b.share(optim.Escaped); gone > 0 {
		words = append(words, fmt.Sprintf("%.0f %% of the starts diverge: η is too large for them.", math.Ceil(100*gone)))
	}
	return words
}

// share is the share of starts with a given fate, from 0 to 1.
func (b *Basins) share(fate int) float64 {
	n := 0
	for _, r := range b.Map.Reached {
		if r == fate {
			n++
		}
	}
	return float64(n) / float64(len(b.Map.Reached))
}

// Outcomes is the map with numbers for its colours, which are the same in a
// sketch as in the fine map: the minima of Points in their order, reached or not,
// then what else the runs lead to. Below 0 they are optim.Unsettled and
// optim.Escaped.
func (b *Basins) Outcomes() []int {
	if b.Map == nil {
		return nil
	}
	var minima []optim.CriticalPoint
	for _, p := range b.Points {
		if p.Kind == optim.Minimum {
			minima = append(minima, p)
		}
	}
	numbers, next := make([]int, len(b.Map.Attractors)), len(minima)
	for i, p := range b.Map.Attractors {
		numbers[i] = slices.IndexFunc(minima, func(q optim.CriticalPoint) bool { return slices.Equal(p.Theta, q.Theta) })
		if numbers[i] < 0 {
			numbers[i] = next
			next++
		}
	}
	outcomes := slices.Clone(b.Map.Reached)
	for i, at := range outcomes {
		if at >= 0 {
			outcomes[i] = numbers[at]
		}
	}
	return outcomes
}
