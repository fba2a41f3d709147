package chart

import (
	"math"
	"math/bits"
)

// coverage finds how much of every pixel an outline covers. Edges are added in any order; they must close. Each edge
// adds to the pixels that it crosses the area to its right, with the sign of its direction, so that running sums along
// a row are the winding number weighed by area (the cells of LibArt and FreeType). All is whole numbers: the same
// outline covers the same on every machine.
type coverage struct {
	width, height int
	sums          []int32  // rows of width+2: the second half of what an edge adds falls on the next pixel
	touched       []uint64 // a bit per entry of sums, in rows of words
	words         int      // of touched in a row
	top, bottom   int      // rows [top, bottom) are touched
}

// Outlines are in pixels, placed in parts of a pixel.
const (
	parts = 256
	whole = 2 * parts * parts // the sum of a pixel that is covered once
)

func (c *coverage) reset(width, height int) {
	c.width, c.height, c.words = width, height, (width+2+63)/64
	c.sums = cleared(c.sums, (width+2)*height)
	c.touched = cleared(c.touched, c.words*height)
	c.top, c.bottom = height, 0
}

func cleared[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n)
	}
	s = s[:n]
	clear(s)
	return s
}

// edge adds the line from a to b. What lies left of the picture is moved to its edge, which changes nothing to the
// right; what lies above, below or right of it is left out.
func (c *coverage) edge(a, b vec) {
	ax, ay, bx, by := c.place(a.x), c.place(a.y), c.place(b.x), c.place(b.y)
	if ay == by {
		return
	}
	sign := 1
	if ay > by { // always downwards, so that an edge and its reverse add up to nothing
		ax, ay, bx, by, sign = bx, by, ax, ay, -1
	}
	last := min(by, c.height*parts)
	x, y := ax, ay
	if y < 0 {
		x, y = ax+(bx-ax)*-ay/(by-ay), 0
	}
	for y < last {
		next := min((y/parts+1)*parts, last)
		nextX := bx
		if next < by {
			nextX = ax + (bx-ax)*(next-ay)/(by-ay)
		}
		c.inRow(y/parts, x, nextX, next-y, sign)
		x, y = nextX, next
	}
}

// place is a coordinate in parts of a pixel, kept near the picture.
func (c *coverage) place(v float64) int {
	const far = 1 << 15
	v = min(max(v, -far), far) * parts
	if math.IsNaN(v) {
		return 0
	}
	if v < 0 {
		return -int(0.5 - v)
	}
	return int(v + 0.5)
}

// inRow adds the part of an edge within a row: from x0 to x1, height parts high.
func (c *coverage) inRow(row, x0, x1, height, sign int) {
	c.top, c.bottom = min(c.top, row), max(c.bottom, row+1)
	right := c.width * parts
	if x0 > x1 { // what it covers is the same from left to right
		x0, x1 = x1, x0
	}
	if x0 >= right {
		return
	}
	if x1 <= 0 {
		c.add(row, 0, 0, height*sign)
		return
	}
	width, done, at := x1-x0, 0, x0
	if x0 < 0 {
		done, at = height*-x0/width, 0
		c.add(row, 0, 0, done*sign)
	}
	for {
		end, upto := min((at/parts+1)*parts, x1), height
		if end < x1 {
			upto = height * (end - x0) / width
		}
		column := at / parts
		c.add(row, column, at-column*parts+end-column*parts, (upto-done)*sign)
		if end == x1 || end >= right {
			return
		}
		at, done = end, upto
	}
}

// add is an edge of the given height within one pixel; twice is twice its mean distance from the pixel's left side.
func (c *coverage) add(row, column, twice, height int) {
	at := row*(c.width+2) + column
	second := int32(twice * height)
	c.sums[at] += int32(2*parts*height) - second
	c.sums[at+1] += second
	bits := c.touched[row*c.words:]
	bits[column/64] |= 1 << (column % 64)
	column++
	bits[column/64] |= 1 << (column % 64)
}

// spans calls do for every run of pixels that are covered alike, from 1 to 255, and forgets the outline. crisp covers
// a pixel fully or not at all.
func (c *coverage) spans(crisp bool, do func(row, from, to int, cover uint32)) {
	for row := c.top; row < c.bottom; row++ {
		sums := c.sums[row*(c.width+2) : (row+1)*(c.width+2)]
		sum, from := int32(0), 0
		for w, word := range c.touched[row*c.words : (row+1)*c.words] {
			for word != 0 {
				at := w*64 + bits.TrailingZeros64(word)
				word &= word - 1
				if k := coverOf(sum, crisp); k > 0 && at > from {
					do(row, from, min(at, c.width), k)
				}
				sum += sums[at]
				sums[at] = 0
				from = at
			}
			c.touched[row*c.words+w] = 0
		}
		if k := coverOf(sum, crisp); k > 0 && from < c.width { // its right edge lies outside
			do(row, from, c.width, k)
		}
	}
	c.top, c.bottom = c.height, 0
}

// coverOf is how much a sum covers, 0 to 255: the nonzero rule, in which what is covered twice is covered.
func coverOf(sum int32, crisp bool) uint32 {
	k := min(max(sum, -sum), whole)
	if crisp {
		if k >= whole/2 {
			return 255
		}
		return 0
	}
	return uint32(k*255+whole/2) / whole
}
