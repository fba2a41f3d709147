package chart

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/plot/vg"
)

// A span is the range of the finite values seen; it begins empty.
type span struct{ lo, hi float64 }

func newSpan() span { return span{math.Inf(1), math.Inf(-1)} }

func (s *span) see(values ...float64) {
	for _, v := range values {
		if finite(v) {
			s.lo, s.hi = min(s.lo, v), max(s.hi, v)
		}
	}
}

// positive is see for log axes.
func (s *span) positive(values ...float64) {
	for _, v := range values {
		if v > 0 {
			s.see(v)
		}
	}
}

func (s span) empty() bool { return s.lo > s.hi }

// margin widens the span by a share of it on both sides; an empty one becomes [-1, 1].
func (s span) margin(share float64) (lo, hi float64) {
	if s.empty() {
		return -1, 1
	}
	lo, hi = sane(s.lo, s.hi)
	d := (hi - lo) * share
	return lo - d, hi + d
}

func usable(lo, hi float64) bool { return finite(lo) && finite(hi) && lo < hi }

// around is w, with a range that cannot be used replaced by that of the paths.
func (w Window) around(paths []Path) Window {
	x, y := newSpan(), newSpan()
	for _, r := range paths {
		for i := range length(r.X, r.Y) {
			px, py := pair(r.X, r.Y, i)
			x.see(px)
			y.see(py)
		}
	}
	return w.or(x, y)
}

// keyOf is a backdrop's key, or its name where none is given, with the window where that was fitted to paths that the
// key does not name.
func keyOf(key, name string, given, used Window) string {
	key = cmp.Or(key, name)
	if given != used {
		for _, v := range [...]float64{used.XMin, used.XMax, used.YMin, used.YMax} {
			key += "," + strconv.FormatFloat(v, 'g', -1, 64)
		}
	}
	return key
}

func (w Window) or(x, y span) Window {
	if !usable(w.XMin, w.XMax) {
		w.XMin, w.XMax = x.margin(0.08)
	}
	if !usable(w.YMin, w.YMax) {
		w.YMin, w.YMax = y.margin(0.08)
	}
	return w
}

func (w Window) contains(x, y float64) bool {
	return x >= w.XMin && x <= w.XMax && y >= w.YMin && y <= w.YMax
}

// fit sees the values that a curve's y-range should hold: all of them, or without the outermost twentieths where a
// pole or a steep flank would flatten the rest.
func (s *span) fit(values []float64) {
	var sorted []float64
	for _, v := range values {
		if finite(v) {
			sorted = append(sorted, min(max(v, -huge), huge))
		}
	}
	if len(sorted) == 0 {
		return
	}
	slices.Sort(sorted)
	quantile := func(q float64) float64 { return sorted[int(q*float64(len(sorted)-1)+0.5)] }
	const steep = 12
	if quantile(1)-quantile(0) > steep*(quantile(0.9)-quantile(0.1)) && quantile(0.9) > quantile(0.1) {
		s.see(quantile(0.05), quantile(0.95))
		return
	}
	s.see(quantile(0), quantile(1))
}

// Around is the window that a figure of points has where none is given.
func Around(xs, ys []float64) Window {
	x, y := newSpan(), newSpan()
	x.see(xs...)
	y.see(ys...)
	return Window{}.or(x, y)
}

// Across is the part of the line bias + w1·x + w2·y = 0 inside the window: two points of it, a quarter of its length from
// its ends, the upper one first. ok is false where the line misses the window or is none.
func (w Window) Across(bias, w1, w2 float64) (a, b [2]float64, ok bool) {
	// In shares of the window, so that neither axis counts more.
	width, height := w.XMax-w.XMin, w.YMax-w.YMin
	u, v, c := w1*width, w2*height, bias+w1*w.XMin+w2*w.YMin
	norm := math.Hypot(u, v)
	if !(norm > 1e-12) || !finite(norm) || !finite(c) {
		return a, b, false
	}
	u, v, c = u/norm, v/norm, c/norm
	foot := vg.Point{X: vg.Length(0.5 - u*(c+0.5*u+0.5*v)), Y: vg.Length(0.5 - v*(c+0.5*u+0.5*v))}
	far := vg.Point{X: vg.Length(-v * 4), Y: vg.Length(u * 4)}
	unit := vg.Rectangle{Max: vg.Point{X: 1, Y: 1}}
	from, to, visible := clip(unit, foot.Sub(far), foot.Add(far))
	if _, _, length := direction(from, to); !visible || length < 0.1 {
		return a, b, false
	}
	if from.Y < to.Y {
		from, to = to, from
	}
	at := func(share float64) [2]float64 {
		x, y := float64(from.X)+share*float64(to.X-from.X), float64(from.Y)+share*float64(to.Y-from.Y)
		return [2]float64{w.XMin + x*width, w.YMin + y*height}
	}
	return at(0.25), at(0.75), true
}

// Arrow is the vector along (dx, dy) that is so many units long in a plane figure with this window; zero where it has no
// direction.
func (w Window) Arrow(dx, dy, units float64) (x, y float64) {
	u := dx / (w.XMax - w.XMin) * (planeSize.width - planeSize.left - planeSize.right)
	v := dy / (w.YMax - w.YMin) * (planeSize.height - planeSize.top - planeSize.bottom)
	length := math.Hypot(u, v)
	if !(length > 0) || !finite(length) {
		return 0, 0
	}
	return dx / length * units, dy / length * units
}
