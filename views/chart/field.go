package chart

import (
	"math"

	"gonum.org/v1/plot/vg"
)

// A Field is a vector for each of NX×NY equal cells of a window, in data units: the one of cell (i, j), counted from the
// corner at XMin, YMin, is (X[j*NX+i], Y[j*NX+i]) and holds for the cell's middle. On a line NY is 1 and Y is nil.
//
// Its arrows are true in direction. Their length is the fourth root of the vector's, and the longest is as long as a
// cell, so that vectors that differ by orders of magnitude can all be seen. Those that are zero or not finite are left out.
type Field struct {
	NX, NY int
	X, Y   []float64
}

// usable reports whether a field has the vectors it says.
func (f Field) usable() bool {
	return f.NX > 0 && f.NY > 0 && len(f.X) == f.NX*f.NY && (f.Y == nil && f.NY == 1 || len(f.Y) == len(f.X))
}

// field draws the arrows of a plane, each with its middle in the middle of its cell.
func (p *pen) field(f Field) {
	if !f.usable() {
		return
	}
	size := p.Size()
	cell := vg.Point{X: size.X / vg.Length(f.NX), Y: size.Y / vg.Length(f.NY)}
	p.arrows(f, min(cell.X, cell.Y), func(k int) vg.Point {
		return vg.Point{X: p.Min.X + (vg.Length(k%f.NX)+0.5)*cell.X, Y: p.Min.Y + (vg.Length(k/f.NX)+0.5)*cell.Y}
	})
}

// fieldLine draws the arrows of a line at the foot of the data area, so high above it.
func (p *pen) fieldLine(f Field, above vg.Length) {
	if !f.usable() || f.NY != 1 {
		return
	}
	cell := p.Size().X / vg.Length(f.NX)
	p.arrows(f, cell, func(k int) vg.Point { return vg.Point{X: p.Min.X + (vg.Length(k)+0.5)*cell, Y: p.Min.Y + above} })
}

func (p *pen) arrows(f Field, room vg.Length, middle func(int) vg.Point) {
	const share, shortest = 0.92, 5 // of the room; units
	vector := func(k int) (x, y, length float64) {
		x = f.X[k] * p.h.factor
		if f.Y != nil {
			y = f.Y[k] * p.v.factor
		}
		return x, y, math.Hypot(x, y)
	}
	largest := 0.0
	for k := range f.X {
		if _, _, length := vector(k); finite(length) {
			largest = max(largest, length)
		}
	}
	path := p.newPath()
	for k := range f.X {
		x, y, length := vector(k)
		if !finite(length) || length == 0 {
			continue
		}
		long := max(share*room*vg.Length(math.Sqrt(math.Sqrt(length/largest))), shortest)
		path = appendArrow(path, middle(k), vg.Length(x/length), vg.Length(y/length), long)
	}
	p.stroke("gradient field", path)
}

// appendArrow adds an arrow with an open head, given by its middle, its direction and its length.
func appendArrow(path vg.Path, middle vg.Point, dx, dy, length vg.Length) vg.Path {
	head := min(4.2, length*0.45)
	tip := vg.Point{X: middle.X + dx*length/2, Y: middle.Y + dy*length/2}
	back := vg.Point{X: tip.X - dx*head, Y: tip.Y - dy*head}
	half := head * 0.55
	path.Move(vg.Point{X: middle.X - dx*length/2, Y: middle.Y - dy*length/2})
	path.Line(tip)
	path.Line(vg.Point{X: back.X - dy*half, Y: back.Y + dx*half})
	path.Move(tip)
	path.Line(vg.Point{X: back.X + dy*half, Y: back.Y - dx*half})
	return path
}
