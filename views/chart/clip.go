package chart

import (
	"math"

	"gonum.org/v1/plot/vg"
)

// huge bounds every value that is drawn: gonum's and our own differences stay finite below it.
const huge = 1e300

var nan = math.NaN()

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// length is the number of points of a line whose xs may be nil.
func length(xs, ys []float64) int {
	if xs == nil {
		return len(ys)
	}
	return min(len(xs), len(ys))
}

func pair(xs, ys []float64, i int) (x, y float64) {
	if xs == nil {
		return float64(i), ys[i]
	}
	return xs[i], ys[i]
}

// clip is the part of the segment ab inside r (Liang and Barsky 1984).
func clip(r vg.Rectangle, a, b vg.Point) (vg.Point, vg.Point, bool) {
	if within(r, a) && within(r, b) { // nearly all are
		return a, b, true
	}
	dx, dy := b.X-a.X, b.Y-a.Y
	from, to := vg.Length(0), vg.Length(1)
	for _, e := range [4][2]vg.Length{
		{-dx, a.X - r.Min.X}, {dx, r.Max.X - a.X},
		{-dy, a.Y - r.Min.Y}, {dy, r.Max.Y - a.Y},
	} {
		p, q := e[0], e[1]
		switch {
		case p == 0:
			if q < 0 {
				return a, b, false
			}
		case p < 0:
			from = max(from, q/p)
		default:
			to = min(to, q/p)
		}
	}
	if from > to {
		return a, b, false
	}
	start, end := a, b
	if from > 0 {
		start = vg.Point{X: a.X + from*dx, Y: a.Y + from*dy}
	}
	if to < 1 {
		end = vg.Point{X: a.X + to*dx, Y: a.Y + to*dy}
	}
	return start, end, true
}

func within(r vg.Rectangle, p vg.Point) bool {
	return p.X >= r.Min.X && p.X <= r.Max.X && p.Y >= r.Min.Y && p.Y <= r.Max.Y
}

// cut is the part of a convex polygon where a·x + b·y ≥ c, in the polygon's own coordinates (Sutherland and Hodgman
// 1974).
func cut(polygon []vg.Point, a, b, c float64) []vg.Point {
	side := func(p vg.Point) float64 { return a*float64(p.X) + b*float64(p.Y) - c }
	var kept []vg.Point
	for i, p := range polygon {
		q := polygon[(i+1)%len(polygon)]
		sp, sq := side(p), side(q)
		if sp >= 0 {
			kept = append(kept, p)
		}
		if (sp >= 0) != (sq >= 0) {
			t := vg.Length(sp / (sp - sq))
			kept = append(kept, vg.Point{X: p.X + t*(q.X-p.X), Y: p.Y + t*(q.Y-p.Y)})
		}
	}
	return kept
}

// tolerance is how far a simplified line may lie from its points, in user units: a fifth of a device pixel or so.
const tolerance = 0.1

// simplify drops points that lie within the tolerance of the line that is left, in place and in one pass: from each
// kept point, the sector of directions that pass all later points closely enough is narrowed until a point falls out
// of it or turns back (the sector test of Zhao and Saalfeld, AutoCarto 13, 1997). Both ends are kept.
func simplify(pts []vg.Point) []vg.Point { return simplifyWithin(tolerance, pts) }

// simplifyWithin is simplify with a tolerance of the caller's.
func simplifyWithin(tolerance vg.Length, pts []vg.Point) []vg.Point {
	if len(pts) < 3 {
		return pts
	}
	kept, anchor := 1, pts[0]
	var left, right vg.Point // the sector's edges as vectors from anchor
	reach := vg.Length(0)    // distance of the farthest point in the sector; 0: no sector yet
	for i := 1; i < len(pts); {
		d := pts[i].Sub(anchor)
		dist := vg.Length(math.Sqrt(float64(d.X*d.X + d.Y*d.Y)))
		if reach > 0 && (cross(right, d) < 0 || cross(d, left) < 0 || dist < reach-tolerance) {
			anchor = pts[i-1]
			pts[kept] = anchor
			kept++
			reach = 0
			continue // the point that fell out opens the next sector
		}
		i++
		if dist <= tolerance {
			continue
		}
		sin := tolerance / dist
		cos := vg.Length(math.Sqrt(float64(1 - sin*sin)))
		l := vg.Point{X: cos*d.X - sin*d.Y, Y: sin*d.X + cos*d.Y}
		r := vg.Point{X: cos*d.X + sin*d.Y, Y: cos*d.Y - sin*d.X}
		if reach == 0 || cross(l, left) > 0 {
			left = l
		}
		if reach == 0 || cross(right, r) > 0 {
			right = r
		}
		reach = max(reach, dist)
	}
	pts[kept] = pts[len(pts)-1]
	return pts[:kept+1]
}

func cross(a, b vg.Point) vg.Length { return a.X*b.Y - a.Y*b.X }
