package chart

import (
	"slices"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// An endName is what is written at the end of a run.
type endName struct {
	at    vg.Point
	ink   Ink
	words string
	order int // among the runs
}

// endLabels writes the runs' names at their ends. Names that have no room there, or whose ends lie close together,
// stand in lists nearby, each after the marker of its run.
func (p *pen) endLabels(names []endName) {
	const crowded = 100
	if p.svg.wordless {
		return
	}
	for i := range names {
		names[i].order = i
	}
	var lists [][]endName
	var homeless []endName
	for _, g := range grouped(names) {
		switch {
		case len(g) > 1:
			lists = append(lists, g)
		case !p.labelUnless(crowded, g[0].ink.class(), 11, g[0].words, g[0].at):
			homeless = append(homeless, g[0])
		}
	}
	// The long lists first: they are the hardest to place.
	slices.SortStableFunc(lists, func(a, b []endName) int { return len(b) - len(a) })
	switch {
	case len(homeless) == 0:
	case len(lists) == 0:
		lists = append(lists, homeless)
	default:
		lists[0] = append(lists[0], homeless...)
	}
	for _, g := range lists {
		p.list(g)
	}
}

// grouped puts names together whose ends are closer than a line of text is to the next.
func grouped(names []endName) [][]endName {
	const close = 1.4 * lineHeight
	var groups [][]endName
	for _, n := range names {
		if n.words == "" {
			continue
		}
		joined := -1
		for g := 0; g < len(groups); g++ {
			near := false
			for _, other := range groups[g] {
				if _, _, gap := direction(n.at, other.at); gap < close {
					near = true
					break
				}
			}
			switch {
			case !near:
			case joined < 0:
				groups[g] = append(groups[g], n)
				joined = g
			default: // n joins two groups
				groups[joined] = append(groups[joined], groups[g]...)
				groups = append(groups[:g], groups[g+1:]...)
				g--
			}
		}
		if joined < 0 {
			groups = append(groups, []endName{n})
		}
	}
	return groups
}

// keepOff makes labels stay off the marker at the end of a run.
func (p *pen) keepOff(at vg.Point) {
	const half = 6
	d := vg.Point{X: half, Y: half}
	p.taken = append(p.taken, vg.Rectangle{Min: at.Sub(d), Max: at.Add(d)})
}

// swatch is the room of a marker before a name in a list.
const swatch = 15

// list writes names at the place near their ends where they cover least. Where the ends lie together a thin
// line leads there.
func (p *pen) list(g []endName) {
	const together = 60
	const row = lineHeight + 2
	slices.SortFunc(g, func(a, b endName) int { return a.order - b.order })
	ends := vg.Rectangle{Min: g[0].at, Max: g[0].at}
	width := vg.Length(0)
	for _, n := range g {
		ends.Min.X, ends.Min.Y = min(ends.Min.X, n.at.X), min(ends.Min.Y, n.at.Y)
		ends.Max.X, ends.Max.Y = max(ends.Max.X, n.at.X), max(ends.Max.Y, n.at.Y)
		width = max(width, textWidth(n.words)+swatch)
	}
	box := p.roomFor(ends, width, vg.Length(len(g))*row)
	if size := ends.Size(); size.X+size.Y < together {
		p.leader(box, vg.Point{X: (ends.Min.X + ends.Max.X) / 2, Y: (ends.Min.Y + ends.Max.Y) / 2})
	}
	p.taken = append(p.taken, box)
	for i, n := range g {
		y := box.Max.Y - (vg.Length(i)+0.5)*row
		p.runMarker(n.ink, vg.Point{X: box.Min.X + swatch/2 - 1, Y: y})
		p.text("label "+n.ink.class(), vg.Point{X: box.Min.X + swatch, Y: y}, text.XLeft, text.YCenter, n.words)
	}
}

// roomFor is the place of a box of the given size beside a rectangle where it covers least, the nearer the better.
func (p *pen) roomFor(beside vg.Rectangle, width, height vg.Length) vg.Rectangle {
	var best vg.Rectangle
	least := vg.Length(-1)
	for _, gap := range [...]vg.Length{14, 30, 50, 75, 105, 140} {
		left, right := beside.Min.X-gap-width, beside.Max.X+gap
		below, above := beside.Min.Y-gap-height, beside.Max.Y+gap
		midX, midY := (beside.Min.X+beside.Max.X-width)/2, (beside.Min.Y+beside.Max.Y-height)/2
		for _, corner := range [...]vg.Point{
			{X: right, Y: midY}, {X: left, Y: midY}, {X: right, Y: above}, {X: left, Y: above}, {X: right, Y: below}, {X: left, Y: below},
			{X: midX, Y: above}, {X: midX, Y: below},
		} {
			// A list that would stick out is pushed back in.
			corner.X = max(min(corner.X, p.Max.X-width-2), p.Min.X+2)
			corner.Y = max(min(corner.Y, p.Max.Y-height-2), p.Min.Y+2)
			box := vg.Rectangle{Min: corner, Max: vg.Point{X: corner.X + width, Y: corner.Y + height}}
			if cost := p.cost(box) + 2*gap + overlap(box, beside, 8); least < 0 || cost < least {
				best, least = box, cost
			}
		}
	}
	return best
}

// overlap weighs how much of the ends a box covers, with a margin around them.
func overlap(box, ends vg.Rectangle, margin vg.Length) vg.Length {
	w := min(box.Max.X, ends.Max.X+margin) - max(box.Min.X, ends.Min.X-margin)
	h := min(box.Max.Y, ends.Max.Y+margin) - max(box.Min.Y, ends.Min.Y-margin)
	if w <= 0 || h <= 0 {
		return 0
	}
	return 100 + w*h
}

// leader is a thin line from the nearest point of a box to the ends that it names, where they are apart.
func (p *pen) leader(box vg.Rectangle, to vg.Point) {
	const least, short = 18, 8
	box.Max.X -= (box.Max.X - box.Min.X) / 5 // texts are mostly narrower than what is kept free for them
	from := vg.Point{X: min(max(to.X, box.Min.X), box.Max.X), Y: min(max(to.Y, box.Min.Y), box.Max.Y)}
	dx, dy, gap := direction(from, to)
	if gap < least {
		return
	}
	p.segment("soft thin", from, vg.Point{X: to.X - short*dx, Y: to.Y - short*dy})
}
