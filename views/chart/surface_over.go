package chart

import (
	"math"

	"gonum.org/v1/plot/vg"
)

// What lies on a surface: paths, marks and patches. Lines follow the surface between their points.

// behind is the class of what the surface hides.
const behind class = " behind"

// A trail collects a line on the surface, what is seen of it apart from what is hidden.
type trail struct {
	scene        *scene
	seen, hidden vg.Path
	piece        []vg.Point
	free         bool // the piece is seen
}

// to goes on to a point of the box; one that is not there (its height is NaN) breaks the line.
func (t *trail) to(u, v, z float64) {
	if math.IsNaN(z) {
		t.end()
		return
	}
	pt, free := t.scene.see(u, v, z), t.scene.seen(u, v, z)
	if n := len(t.piece); n > 0 && free != t.free {
		last := t.piece[n-1]
		t.end()
		t.piece = append(t.piece, last)
	}
	t.free = free
	t.piece = append(t.piece, pt)
}

// end ends the line.
func (t *trail) end() {
	if t.free {
		t.seen = appendPolyline(t.seen, simplify(t.piece))
	} else {
		t.hidden = appendPolyline(t.hidden, simplify(t.piece))
	}
	t.piece = t.piece[:0]
}

func (t *trail) stroke(p *pen, k class) {
	t.end()
	p.stroke(k+behind, t.hidden)
	p.stroke(k, t.seen)
}

// along follows the surface from one place on the ground to another, as far as the window reaches, in steps of a cell.
func (t *trail) along(u0, v0, u1, v1 float64) {
	a, b, inside := clip(vg.Rectangle{Max: vg.Point{X: 1, Y: 1}}, vg.Point{X: vg.Length(u0), Y: vg.Length(v0)}, vg.Point{X: vg.Length(u1), Y: vg.Length(v1)})
	if !inside {
		t.end()
		return
	}
	n := int(math.Ceil(mostCells * math.Hypot(float64(b.X-a.X), float64(b.Y-a.Y))))
	if len(t.piece) == 0 || float64(a.X) != u0 || float64(a.Y) != v0 {
		t.end()
		n = max(n, 1)
	}
	for k := range n + 1 {
		if k == 0 && len(t.piece) > 0 {
			continue
		}
		share := vg.Length(k) / vg.Length(max(n, 1))
		u, v := float64(a.X+share*(b.X-a.X)), float64(a.Y+share*(b.Y-a.Y))
		t.to(u, v, t.scene.height(u, v))
	}
	if float64(b.X) != u1 || float64(b.Y) != v1 {
		t.end()
	}
}

// path draws a run on the surface: its line, a dot per step, a ring at the start and a disc at the end. Steps that are seen
// at the same place are drawn once.
func (s *scene) path(p *pen, r Path) {
	const (
		same = 0.004 // of the window
		most = 3000  // places of a run that are drawn; its start and end are among them
	)
	ink := r.Ink.or(InkTheta)
	t := trail{scene: s}
	var steps []vg.Point
	n, drawn := length(r.X, r.Y), 0
	u0, v0 := nan, nan
	for i := range n {
		x, y := pair(r.X, r.Y, i)
		if !finite(x) || !finite(y) {
			break
		}
		u, v := s.ground(x, y)
		if i > 0 && i < n-1 && (math.Hypot(u-u0, v-v0) < same || drawn > most) {
			continue
		}
		if i > 0 {
			t.along(u0, v0, u, v)
		}
		u0, v0 = u, v
		drawn++
		if z, ok := s.on(u, v); ok && s.seen(u, v, z) {
			steps = append(steps, s.see(u, v, z))
		}
	}
	t.stroke(p, ink.line())
	p.keepClear(steps)
	p.stepDots(ink.class(), steps)
	first, last := MarkStart, MarkEnd
	for k, kind := range [...]MarkKind{first, last} {
		if at, k2, ok := s.step(r, k*(n-1), ink.class()); ok && n > 0 {
			p.shape(kind, k2, at)
			p.avoid = append(p.avoid, at)
			if kind == MarkEnd {
				p.label(ink.class(), 10, r.Label, at)
			}
		}
	}
}

// step is where step k of a run is seen, in an ink that says whether it is hidden.
func (s *scene) step(r Path, k int, ink class) (at vg.Point, as class, ok bool) {
	if k < 0 || k >= length(r.X, r.Y) {
		return at, ink, false
	}
	return s.spot(r.X, r.Y, k, ink)
}

func (s *scene) spot(xs, ys []float64, k int, ink class) (at vg.Point, as class, ok bool) {
	u, v := s.ground(pair(xs, ys, k))
	z, ok := s.on(u, v)
	if ok && !s.seen(u, v, z) {
		ink += behind
	}
	return s.see(u, v, z), ink, ok
}

// on is the surface's height over a place, if there is one.
func (s *scene) on(u, v float64) (z float64, ok bool) {
	if !(u >= 0 && u <= 1 && v >= 0 && v <= 1) {
		return 0, false
	}
	z = s.height(u, v)
	return z, !math.IsNaN(z)
}

// filmOf marks the step that a reader looks at. The way up to it is not drawn apart from the rest.
func (s *scene) filmOf(paths []Path) *reel {
	r := filmOf(paths)
	if r == nil {
		return nil
	}
	for _, path := range paths {
		if path.Film == nil {
			continue
		}
		r.quiet, r.path = true, nil
		r.draw = func(p *pen, k int) {
			if at, ink, ok := s.step(path, k, r.ink); ok {
				p.ring(ink, at)
				if path.Film.Moment != nil {
					p.label(r.ink, 11, path.Film.Moment(k).Label, at)
				}
			}
		}
		break
	}
	return r
}

// marks draws points of the surface with their arrows, which run along it. Many critical points would cover it, and are
// left to the map.
func (s *scene) marks(p *pen, marks []Mark) {
	const (
		reach = 0.13 // of the window
		many  = 24
	)
	points := 0
	for _, m := range marks {
		if critical(m.Kind) >= 0 {
			points++
		}
	}
	seen := make([]Mark, 0, len(marks))
	for _, m := range marks {
		if points > many && critical(m.Kind) >= 0 {
			continue
		}
		at, ink, ok := s.spot([]float64{m.X}, []float64{m.Y}, 0, markInk(m).class())
		if !finite(m.X) || !finite(m.Y) || !ok {
			continue
		}
		u, v := s.ground(m.X, m.Y)
		du, dv := s.ground(s.window.XMin+m.ArrowX, s.window.YMin+m.ArrowY)
		if long := math.Hypot(du, dv); finite(long) && long > 0 {
			t := trail{scene: s}
			t.along(u, v, u+reach*du/long, v+reach*dv/long)
			tip := at
			if n := len(t.piece); n > 1 {
				tip = t.piece[n-1]
				dx, dy, _ := direction(t.piece[n-2], tip)
				p.arrowHead(class(InkGradient), tip, dx, dy, 8, 3.4)
			}
			t.stroke(p, class(InkGradient))
			p.keepClear([]vg.Point{at, tip})
			p.label(class(InkGradient), 9, m.ArrowLabel, tip)
		}
		p.shape(m.Kind, ink, at)
		p.avoid = append(p.avoid, at)
		m.X, m.Y, m.ArrowX, m.ArrowY, m.Drop = float64(at.X), float64(at.Y), 0, 0, false
		seen = append(seen, m)
	}
	const few = 5 // on a surface they stand closer than on a map
	p.markLabelsUpTo(few, vg.Point{X: p.Max.X - 5, Y: p.Max.Y - 8}, seen)
}

// patch draws an approximation as a mesh of its own over a part of the window, as far as it stays in the box.
func (s *scene) patch(p *pen, patch *Patch) {
	g, within := patch.Grid(), patch.Window
	if !usable(within.XMin, within.XMax) || !usable(within.YMin, within.YMax) || g.NX < 2 || g.NY < 2 || len(g.Values) != g.NX*g.NY {
		return
	}
	inner, rim := trail{scene: s}, trail{scene: s}
	node := func(i, j int) (u, v, z float64) {
		along, up := float64(i)/float64(g.NX-1), float64(j)/float64(g.NY-1)
		u, v = s.ground(within.XMin*(1-along)+within.XMax*along, within.YMin*(1-up)+within.YMax*up)
		const slack = 1e-9 // a patch may end where the window does
		if z = s.heights.at(g.Values[j*g.NX+i]); z < 0 || z > 1 || !(u >= -slack && u <= 1+slack && v >= -slack && v <= 1+slack) {
			z = nan
		}
		return u, v, z
	}
	const every = 2
	for j := 0; j < g.NY; j += every {
		t := &inner
		if j == 0 || j+every >= g.NY {
			t = &rim
		}
		for i := range g.NX {
			t.to(node(i, j))
		}
		t.end()
	}
	for i := 0; i < g.NX; i += every {
		t := &inner
		if i == 0 || i+every >= g.NX {
			t = &rim
		}
		for j := range g.NY {
			t.to(node(i, j))
		}
		t.end()
	}
	inner.stroke(p, "theory weft")
	rim.stroke(p, "theory")
	if patch.Label != "" {
		for _, corner := range [...][2]int{{g.NX - 1, g.NY - 1}, {0, g.NY - 1}, {g.NX - 1, 0}, {0, 0}} {
			if u, v, z := node(corner[0], corner[1]); !math.IsNaN(z) && s.seen(u, v, z) {
				p.label(class(InkTheory), 8, patch.Label, s.see(u, v, z))
				break
			}
		}
	}
}
