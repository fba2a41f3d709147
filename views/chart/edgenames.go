package chart

import (
	"cmp"
	"slices"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// edgeNames writes names to the right of the data area at the heights of their ends, pushed apart. A thin line leads to
// the end; a name whose line ends elsewhere stands after the line's marker.
func (p *pen) edgeNames(names []endName) {
	if p.svg.wordless {
		return
	}
	slices.SortStableFunc(names, func(a, b endName) int {
		return cmp.Or(cmp.Compare(a.at.Y, b.at.Y), cmp.Compare(a.at.X, b.at.X))
	})
	heights := make([]vg.Length, len(names))
	for i, n := range names {
		heights[i] = n.at.Y
	}
	row := min(lineHeight+3, (p.Max.Y-p.Min.Y+14)/vg.Length(max(len(names), 1)))
	pushApart(heights, row, p.Min.Y-4, p.Max.Y+10)
	for i, n := range names {
		if n.words == "" {
			continue
		}
		at := vg.Point{X: p.Max.X + 22, Y: heights[i]}
		if n.at.X > p.Max.X-1 {
			p.stroke("soft thin", appendPolyline(p.newPath(), []vg.Point{{X: n.at.X + 7, Y: n.at.Y}, {X: at.X - 4, Y: at.Y}}))
		} else {
			p.runMarker(n.ink, vg.Point{X: at.X - 9, Y: at.Y})
		}
		p.labelAt(n.ink.class(), at, text.XLeft, text.YCenter, n.words)
	}
}

// pushApart moves ascending places so that neighbours are at least so far apart and none lies beyond lo and hi, as
// little as can be: places that would touch move as one block around their mean. Where there is not room for all they
// start at lo.
func pushApart(places []vg.Length, apart, lo, hi vg.Length) {
	type block struct {
		first, n int
		sum      vg.Length // of the places, each less its offset in the block
	}
	at := func(b block) vg.Length {
		length := apart * vg.Length(b.n-1)
		return max(min(b.sum/vg.Length(b.n), hi-length), lo)
	}
	var blocks []block
	for i, v := range places {
		b := block{first: i, n: 1, sum: v}
		for len(blocks) > 0 {
			below := blocks[len(blocks)-1]
			if at(below)+apart*vg.Length(below.n) <= at(b)+1e-9 {
				break
			}
			b = block{first: below.first, n: below.n + b.n, sum: below.sum + b.sum - apart*vg.Length(below.n*b.n)}
			blocks = blocks[:len(blocks)-1]
		}
		blocks = append(blocks, b)
	}
	for _, b := range blocks {
		from := at(b)
		for k := range b.n {
			places[b.first+k] = from + apart*vg.Length(k)
		}
	}
}
