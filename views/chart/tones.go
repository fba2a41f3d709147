package chart

import (
	"math"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// The strip of bands along the foot of the data area.
const (
	stripHeight = 20
	stripGap    = 4 // between two bands' words
)

func (b Band) class() class {
	switch b.Tone {
	case ToneOscillates:
		return "tone1"
	case ToneDiverges:
		return "tone2"
	}
	return "tone0"
}

// fits says whether a band of this width has room for its words.
func (b Band) fits(width vg.Length) bool { return textWidth(b.Label) <= width+stripGap }

// bandRoom is the height that the strip needs, with a second row where a band is too narrow for its words.
func bandRoom(bands []Band, a *axes) vg.Length {
	if len(bands) == 0 {
		return 0
	}
	lo, hi := math.Log10(a.x.min), math.Log10(a.x.max)
	perDecade := (a.width - a.left - a.right) / (hi - lo)
	for _, b := range bands {
		from, to := max(safeLog10(b.From), lo), min(safeLog10(b.To), hi)
		if to > from && !b.fits(vg.Length((to-from)*perDecade)) {
			return stripHeight + lineHeight + 8
		}
	}
	return stripHeight + 8
}

// bandStrip colours the foot of the data area and, more faintly, all above it. Words that do not fit into their band
// stand over it, each tied to its band.
func (p *pen) bandStrip(bands []Band) {
	top := p.Min.Y + stripHeight
	var over []*bandWords
	for _, b := range bands {
		from, to := max(p.x(b.From), p.Min.X), min(p.x(b.To), p.Max.X)
		if !(to > from) { // empty, outside or not a number
			continue
		}
		foot := vg.Rectangle{Min: vg.Point{X: from, Y: p.Min.Y}, Max: vg.Point{X: to, Y: top}}
		above := vg.Rectangle{Min: vg.Point{X: from, Y: top}, Max: vg.Point{X: to, Y: p.Max.Y}}
		p.fill(b.class()+" veil", above.Path())
		p.fill(b.class(), foot.Path())
		if b.Tone == ToneDiverges {
			p.stroke("slant", appendSlants(p.newPath(), foot))
		}
		middle := vg.Point{X: (from + to) / 2, Y: p.Min.Y + stripHeight/2}
		if b.fits(to - from) {
			p.labelAt("soft", middle, text.XCenter, text.YCenter, b.Label)
		} else if b.Label != "" {
			over = append(over, &bandWords{b.Label, middle.X, middle.X})
		}
	}
	partWords(over, p.Min.X, p.Max.X)
	for _, w := range over {
		half := max(textWidth(w.label)/2-stripGap, 0)
		end := max(min(w.band, w.at+half), w.at-half)
		p.segment("soft thin", vg.Point{X: w.band, Y: top - 6}, vg.Point{X: end, Y: top + 4})
		p.labelAt("soft", vg.Point{X: w.at, Y: top + lineHeight/2 + 3}, text.XCenter, text.YCenter, w.label)
	}
}

// bandWords are the words of a narrow band: the middles of the band and of the words.
type bandWords struct {
	label    string
	band, at vg.Length
}

// partWords moves words, which stand in order, apart so that none touch, as little as can be and within lo and hi.
func partWords(words []*bandWords, lo, hi vg.Length) {
	type group struct {
		words       []*bandWords
		left, width vg.Length
	}
	within := func(g group) group {
		g.left = max(min(g.left, hi-g.width), lo)
		return g
	}
	var groups []group
	for _, w := range words {
		width := textWidth(w.label) + stripGap
		g := within(group{[]*bandWords{w}, w.band - width/2, width})
		for n := len(groups) - 1; n >= 0 && groups[n].left+groups[n].width > g.left; n-- { // they touch: one group, midway
			before := groups[n]
			middle := (before.left + g.left + g.width) / 2
			together := before.width + g.width
			g = within(group{append(before.words, g.words...), middle - together/2, together})
			groups = groups[:n]
		}
		groups = append(groups, g)
	}
	for _, g := range groups {
		at := g.left
		for _, w := range g.words {
			width := textWidth(w.label) + stripGap
			w.at = at + width/2
			at += width
		}
	}
}

// appendSlants rules slanting lines on a lattice over a rectangle.
func appendSlants(path vg.Path, r vg.Rectangle) vg.Path {
	const apart = 7
	height := r.Max.Y - r.Min.Y
	for x := r.Min.X - height; x < r.Max.X; x += apart {
		a, b, visible := clip(r, vg.Point{X: x, Y: r.Min.Y}, vg.Point{X: x + height, Y: r.Max.Y})
		if visible {
			path.Move(a)
			path.Line(b)
		}
	}
	return path
}
