package chart

import (
	"math"

	"gonum.org/v1/plot/vg"
)

// meshEvery is how many cells of the surface lie between two lines of the mesh that is drawn.
const meshEvery = 3

// draw paints the surface strip by strip from the far end to the near one, so that what is near covers what is far. Strips
// lie across the view as well as they can: then only neighbouring cells of a strip can cover each other.
func (s *scene) draw(p *pen) {
	if s.nx == 0 {
		return
	}
	across := math.Abs(s.cosA)*halfX >= math.Abs(s.sinA)*halfY // strips run along x
	n, length := s.nx, s.ny
	node := func(i, strip int) meshed { return s.node(strip, i) }
	towards, aside := -s.sinA, s.cosA // where far is: the signs of depth along strips' order and along a strip
	if across {
		n, length = s.ny, s.nx
		node = func(i, strip int) meshed { return s.node(i, strip) }
		towards, aside = s.cosA, -s.sinA
	}
	order := func(k, n int, depth float64) int { // the kth from the far end of n
		if depth > 0 {
			return n - 1 - k
		}
		return k
	}
	c := newCutter(s)
	var late vg.Path // lines of the strip before, drawn after this one's rim has covered its edge
	for k := range n - 1 {
		far, near := order(k, n, towards), order(k+1, n, towards)
		c.from = meshed{z: nan}
		for m := range length {
			i := order(m, length, aside)
			c.rung(node(i, far), node(i, near))
		}
		c.end()
		c.paint(p)
		strokeAll(p, late)
		var early vg.Path
		late = late[:0]
		to := func(i, beside int) *vg.Path {
			if k < n-2 && folds(node(i, far), node(i, near), node(i, order(k+2, n, towards)), node(beside, near)) {
				return &early
			}
			return &late
		}
		row := near%meshEvery == 0 || k == n-2
		for m := 1; row && m < length; m++ {
			i, before := order(m, length, aside), order(m-1, length, aside)
			path := to(i, before)
			*path = appendMeshLine(*path, node(before, near), node(i, near))
		}
		for m := 1; k == 0 && m < length; m++ {
			late = appendMeshLine(late, node(order(m-1, length, aside), far), node(order(m, length, aside), far))
		}
		for m := range length {
			i := order(m, length, aside)
			if i%meshEvery == 0 || i == length-1 {
				path := to(i, order(max(m-1, 0), length, aside))
				*path = appendMeshLine(*path, node(i, far), node(i, near))
			}
		}
		strokeAll(p, early)
	}
	strokeAll(p, late)
}

func strokeAll(p *pen, path vg.Path) {
	if len(path) > 0 {
		p.svg.class, p.svg.hidden = "mesh", false
		p.svg.Stroke(path)
	}
}

// folds reports whether the next strip turns its other face to the eye, and so may hide the edge that it shares with this
// one: beside is another point of that edge.
func folds(far, near, next, beside meshed) bool {
	edge := near.at.Sub(beside.at)
	return (cross(edge, near.at.Sub(far.at)) > 0) != (cross(edge, next.at.Sub(near.at)) > 0)
}

func appendMeshLine(path vg.Path, a, b meshed) vg.Path {
	if !a.there() || !b.there() || a.at == b.at {
		return path
	}
	if n := len(path); n == 0 || path[n-1].Pos != a.at {
		path.Move(a.at)
	}
	path.Line(b.at)
	return path
}

// A cutter parts a strip into pieces of one shade each. The strip is a ladder: between two rungs lie two triangles, in which
// heights are linear, so that a shade's part of a triangle has one interval on each side. Along the ladder these parts
// join to pieces, of which the outline is kept as two chains of points.
type cutter struct {
	scene      *scene
	from, upto meshed // the last rung's ends; from.z is NaN where there is none
	pieces     []piece
	paths      []vg.Path // by shade
}

type piece struct {
	open      bool
	far, near []vg.Point
}

func newCutter(s *scene) *cutter {
	return &cutter{scene: s, from: meshed{z: nan}, pieces: make([]piece, len(s.levels)+1), paths: make([]vg.Path, len(s.levels)+1)}
}

// rung goes on to the next rung of the ladder.
func (c *cutter) rung(far, near meshed) {
	switch {
	case !far.there() || !near.there():
		c.end()
		c.from.z = nan
		return
	case c.from.there():
		c.triangle(c.from, c.upto, far, c.upto, true)
		c.triangle(far, c.upto, far, near, false)
	default:
		for k := c.bandOf(min(far.z, near.z)); k <= c.bandOf(max(far.z, near.z)); k++ {
			a, b, _ := c.interval(far, near, k)
			c.pieces[k].far, c.pieces[k].near, c.pieces[k].open = append(c.pieces[k].far, a), append(c.pieces[k].near, b), true
		}
	}
	c.from, c.upto = far, near
}

// triangle goes from the rung ab to the rung cd, which share one end; the side between the others is the far or the near one.
func (c *cutter) triangle(a, b, d, e meshed, farSide bool) {
	side := [2]meshed{b, e}
	if farSide {
		side = [2]meshed{a, d}
	}
	lo, hi := min(a.z, b.z, d.z, e.z), max(a.z, b.z, d.z, e.z)
	for k := c.bandOf(lo); k <= c.bandOf(hi); k++ {
		pc := &c.pieces[k]
		if from, to, ok := c.interval(side[0], side[1], k); ok {
			pc.open = true
			if farSide {
				pc.far = appendApart(appendApart(pc.far, from), to)
			} else {
				pc.near = appendApart(appendApart(pc.near, from), to)
			}
		}
		if from, to, ok := c.interval(d, e, k); ok {
			pc.open = true
			pc.far, pc.near = appendApart(pc.far, from), appendApart(pc.near, to)
		} else {
			c.close(k)
		}
	}
}

func (c *cutter) bandOf(z float64) int { return c.scene.bandOf(z) }

// interval is the part of the segment ab in shade k.
func (c *cutter) interval(a, b meshed, k int) (from, to vg.Point, ok bool) {
	if k < c.bandOf(min(a.z, b.z)) || k > c.bandOf(max(a.z, b.z)) {
		return from, to, false
	}
	place := func(z float64) vg.Point {
		t := vg.Length((z - a.z) / (b.z - a.z))
		return vg.Point{X: a.at.X + t*(b.at.X-a.at.X), Y: a.at.Y + t*(b.at.Y-a.at.Y)}
	}
	from, to = a.at, b.at
	levels := c.scene.levels
	for _, end := range [...]struct {
		at *vg.Point
		z  float64
	}{{&from, a.z}, {&to, b.z}} {
		switch {
		case k > 0 && end.z < levels[k-1]:
			*end.at = place(levels[k-1])
		case k < len(levels) && end.z >= levels[k]:
			*end.at = place(levels[k])
		}
	}
	return from, to, true
}

func appendApart(pts []vg.Point, pt vg.Point) []vg.Point {
	const least = 0.05 // what is nearer is the same tenth
	if n := len(pts); n > 0 && math.Abs(float64(pts[n-1].X-pt.X)) < least && math.Abs(float64(pts[n-1].Y-pt.Y)) < least {
		return pts
	}
	return append(pts, pt)
}

// close ends the piece of shade k, if there is one, and adds it to the shade's path.
func (c *cutter) close(k int) {
	pc := &c.pieces[k]
	if !pc.open {
		return
	}
	const slip = 0.22 // less than the rims that close the seams
	far, near := simplifyWithin(slip, pc.far), simplifyWithin(slip, pc.near)
	if len(far)+len(near) > 2 {
		path := c.paths[k]
		for i, pt := range far {
			if i == 0 {
				path.Move(pt)
			} else {
				path.Line(pt)
			}
		}
		for i := len(near) - 1; i >= 0; i-- {
			if len(far) == 0 && i == len(near)-1 {
				path.Move(near[i])
			} else {
				path.Line(near[i])
			}
		}
		path.Close()
		c.paths[k] = path
	}
	pc.far, pc.near, pc.open = pc.far[:0], pc.near[:0], false
}

// end closes all pieces: the strip ends, or has a hole.
func (c *cutter) end() {
	for k := range c.pieces {
		c.close(k)
	}
}

// paint fills the strip's pieces, one element for each shade.
func (c *cutter) paint(p *pen) {
	for k := len(c.paths) - 1; k >= 0; k-- {
		if len(c.paths[k]) > 0 {
			p.svg.class = "y " + bandClass(c.scene.band[k])
			p.svg.Fill(c.paths[k])
			c.paths[k] = c.paths[k][:0]
		}
	}
}
