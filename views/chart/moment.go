package chart

import (
	"math"
	"sync"

	"gonum.org/v1/plot/vg"
)

// A Film lets a reader walk along a run, one step at a time: the whole run is drawn quieter, and over it the way up to
// the step, its point, and what the method knew and did there.
type Film struct {
	At     int                // the step that is shown, kept within the run; negative: the whole run
	Moment func(k int) Moment // what a step has to show; nil: nothing but its point
}

// A Moment is what is shown of one step besides its point and the arrow to the next one. All but points are vectors in
// data units of one kind, such as that of gradients, and are drawn to one scale, the gradient kept between 14 and 90
// units so that it can be seen. What is zero or not finite is left out.
type Moment struct {
	Label string // written at the point

	ArrowX, ArrowY float64 // −∇J
	ArrowLabel     string

	MemoryX, MemoryY float64 // what is remembered of the gradients before: the velocity, the first moment
	MemoryLabel      string

	BoxX, BoxY float64 // half the sides of a box around the point: the usual size of the gradient's coordinates
	BoxLabel   string

	TriedX, TriedY []float64 // points at which the method looked before it stepped
	SearchLine     bool      // they lie on a line through the point, which is drawn
	SimplexX       []float64 // the corners of a simplex
	SimplexY       []float64
}

// A reel is a film as a figure keeps it.
type reel struct {
	film   Film
	length int // steps, the start included
	quiet  bool
	ink    class
	path   func(*pen) []vg.Point // the run; nil where the way up to a step is not drawn
	draw   func(*pen, int)       // the moment of step k, 0 to length−1

	once  sync.Once
	steps []vg.Point
}

// track is where each step is; nil where the way up to a step is not drawn.
func (r *reel) track(p *pen) []vg.Point {
	r.once.Do(func() {
		if r.path != nil {
			r.steps = r.path(p)
		}
	})
	return r.steps
}

// filmOf is the film of the first path that has one.
func filmOf(paths []Path) *reel {
	for _, r := range paths {
		if r.Film == nil {
			continue
		}
		n := 0
		for n < length(r.X, r.Y) {
			if x, y := pair(r.X, r.Y, n); !finite(x) || !finite(y) {
				break
			}
			n++
		}
		if n == 0 {
			return nil
		}
		f := &reel{film: *r.Film, length: n, ink: r.Ink.or(InkTheta).class(), path: func(p *pen) []vg.Point { return p.steps(r) }}
		f.draw = func(p *pen, k int) { p.moment(r, f.track(p), k) }
		return f
	}
	return nil
}

// at is the step that is shown; −1: none.
func (r *reel) at() int {
	if r == nil || r.film.At < 0 {
		return -1
	}
	return min(r.film.At, r.length-1)
}

// way draws the part of the run that leads up to a step.
func (r *reel) way(p *pen, k int) {
	steps := r.track(p)
	if steps == nil {
		return
	}
	done := steps[:k+1]
	path := p.newPath()
	for i := 1; i < len(done); i++ {
		if a, b, visible := clip(p.Rectangle, done[i-1], done[i]); visible {
			path = appendPolyline(path, []vg.Point{a, b})
		}
	}
	p.stroke(r.ink, path)
	p.dots(r.ink+wayDots, done)
}

// wayDots is the size of the dots on the way.
const wayDots class = " d1"

// moment draws a step: the point in a ring, the gradient's arrow, what the method remembers, and over them the update that
// leads to the next point. Gradient and update may point the same way, so the gradient's arrow is the broader one. On
// a curve it adds the tangent.
func (p *pen) moment(r Path, steps []vg.Point, k int) {
	at := steps[k]
	if !p.inside(at) {
		return
	}
	ink := r.Ink.or(InkTheta).class()
	var m Moment
	if r.Film.Moment != nil {
		m = r.Film.Moment(k)
	}
	if k < len(r.Slopes) {
		p.tangent(at, r.Slopes[k])
	}
	p.simplexOf(m)
	tips := p.vectors(m, at)
	p.tried(m, at)
	if k+1 < len(steps) {
		if _, tip, visible := clip(p.Rectangle, at, steps[k+1]); visible {
			p.arrow(ink, at, tip)
			p.keepClear([]vg.Point{at, tip})
		}
	}
	p.ring(ink, at)
	for _, t := range tips {
		p.label(t.ink, 9, t.words, t.at)
	}
	p.label(ink, 11, m.Label, at)
}

// A tip is the end of a vector, and its name.
type tip struct {
	at    vg.Point
	ink   class
	words string
}

// vectors draws box, memory and gradient to one scale.
func (p *pen) vectors(m Moment, at vg.Point) []tip {
	const shortest, longest, most, tiny = 14, 90, 150, 1e-150 // units; tiny is no length at all
	across := func(x, y float64) (dx, dy, length float64) {
		dx, dy = x*p.h.factor, y*p.v.factor
		if length = math.Hypot(dx, dy); !finite(length) || length < tiny {
			return 0, 0, 0
		}
		return dx, dy, length
	}
	gx, gy, g := across(m.ArrowX, m.ArrowY)
	mx, my, memory := across(m.MemoryX, m.MemoryY)
	bx, by, box := across(m.BoxX, m.BoxY)
	largest := max(g, memory, box)
	if largest == 0 {
		return nil
	}
	scale := most / largest
	if g > 0 {
		scale = min(min(max(g, shortest), longest)/g, most/largest)
	}
	end := func(dx, dy float64) vg.Point {
		_, tip, _ := clip(p.Rectangle, at, vg.Point{X: at.X + vg.Length(dx*scale), Y: at.Y + vg.Length(dy*scale)})
		return tip
	}
	var tips []tip
	if box > 0 {
		half := vg.Point{X: vg.Length(math.Abs(bx) * scale), Y: max(vg.Length(math.Abs(by)*scale), 5)}
		p.clippedBox("memory thin dash", vg.Rectangle{Min: at.Sub(half), Max: at.Add(half)})
		tips = append(tips, tip{vg.Point{X: min(at.X+half.X, p.Max.X), Y: min(at.Y+half.Y, p.Max.Y)}, "memory", m.BoxLabel})
	}
	if memory > 0 {
		t := end(mx, my)
		p.arrow(class(InkMemory), at, t)
		p.keepClear([]vg.Point{at, t})
		tips = append(tips, tip{t, class(InkMemory), m.MemoryLabel})
	}
	if g > 0 {
		t := end(gx, gy)
		p.broadArrow(class(InkGradient), at, t)
		p.keepClear([]vg.Point{at, t})
		tips = append(tips, tip{t, class(InkGradient), m.ArrowLabel})
	}
	return tips
}

// clippedBox strokes the visible parts of a rectangle's sides.
func (p *pen) clippedBox(k class, r vg.Rectangle) {
	corners := [...]vg.Point{r.Min, {X: r.Max.X, Y: r.Min.Y}, r.Max, {X: r.Min.X, Y: r.Max.Y}, r.Min}
	path := p.newPath()
	for i := 1; i < len(corners); i++ {
		if a, b, visible := clip(p.Rectangle, corners[i-1], corners[i]); visible {
			path = appendPolyline(path, []vg.Point{a, b})
		}
	}
	p.stroke(k, path)
}

// tried draws the points at which the method looked, and the line through them.
func (p *pen) tried(m Moment, at vg.Point) {
	if pts := p.points(m.TriedX, m.TriedY); len(pts) > 0 {
		if far := farthest(at, pts); m.SearchLine && far != at {
			dx, dy, _ := direction(at, far)
			const reach = 2000
			p.segment("memory thin dash", vg.Point{X: at.X - reach*dx, Y: at.Y - reach*dy}, vg.Point{X: at.X + reach*dx, Y: at.Y + reach*dy})
		}
		p.dots("memory d4", pts)
		p.dots("paper d2", pts)
	}
}

func farthest(from vg.Point, pts []vg.Point) vg.Point {
	far, most := from, vg.Length(0)
	for _, pt := range pts {
		if _, _, d := direction(from, pt); d > most {
			far, most = pt, d
		}
	}
	return far
}

func (p *pen) simplexOf(m Moment) {
	pts := p.points(m.SimplexX, m.SimplexY)
	path := p.newPath()
	for i, a := range pts {
		for _, b := range pts[i+1:] {
			if from, to, visible := clip(p.Rectangle, a, b); visible {
				path = appendPolyline(path, []vg.Point{from, to})
			}
		}
	}
	p.stroke("memory", path)
}

// ring is a disc in a ring: the point that the reader looks at.
func (p *pen) ring(ink class, at vg.Point) {
	p.dots("paper d8", []vg.Point{at})
	p.dots(ink+" d7", []vg.Point{at})
	p.dots("paper d6", []vg.Point{at})
	p.dots(ink+" d4", []vg.Point{at})
	p.avoid = append(p.avoid, at)
}

// tangent draws the tangent of a curve at one point, long enough to compare its slope with the curve's.
func (p *pen) tangent(at vg.Point, slope float64) {
	const reach = 70
	if a, b, ok := p.tangentEnds(at, slope, reach); ok {
		p.stroke(class(InkGradient), appendPolyline(p.newPath(), []vg.Point{a, b}))
		p.keepClear([]vg.Point{a, b})
	}
}

// broadArrow is an arrow that shows under another one.
func (p *pen) broadArrow(k class, from, tip vg.Point) {
	const head, half = 12, 6
	dx, dy, length := direction(from, tip)
	if length == 0 {
		return
	}
	size := min(head, length)
	neck := vg.Point{X: tip.X - dx*size, Y: tip.Y - dy*size}
	p.stroke(k+" broad", appendPolyline(p.newPath(), []vg.Point{from, neck}))
	p.arrowHead(k, tip, dx, dy, size, half*size/head)
}
