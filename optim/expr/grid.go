package expr

import (
	"fmt"
	"sync"
)

// blockWidth is how many points an instruction handles at a time: wide enough to pay for choosing the kernel, narrow
// enough for all registers of a usual formula to stay in the first-level cache.
const blockWidth = 256

// A gridSchedule sorts the instructions of a program in two variables by what they depend on. Over a grid, those of x
// alone run once per column of blocks and those of y alone once per row.
type gridSchedule struct {
	ofX, ofY, ofBoth []int32 // positions in code
	spread           []int32 // registers of y alone that the instructions of both read
}

const (
	dependsOnX = 1 << iota
	dependsOnY
)

func (p *Program) schedule() {
	if p.dim < 2 {
		return
	}
	s := &p.grid
	depends := make([]uint8, p.dim+len(p.code))
	spread := make([]bool, len(depends))
	depends[0], depends[1] = dependsOnX, dependsOnY
	for i := range p.code {
		in := &p.code[i]
		all, n := in.operands()
		operands := all[:n]
		var d uint8
		for _, r := range operands {
			d |= depends[r]
		}
		depends[p.dim+i] = d
		switch d {
		case dependsOnX, 0: // a constant is cheapest as a block that is filled once
			s.ofX = append(s.ofX, int32(i))
			continue
		case dependsOnY:
			s.ofY = append(s.ofY, int32(i))
			continue
		}
		s.ofBoth = append(s.ofBoth, int32(i))
		for _, r := range operands {
			spread[r] = spread[r] || depends[r] == dependsOnY
		}
	}
	spread[p.root] = depends[p.root] == dependsOnY
	for r, wanted := range spread {
		if wanted {
			s.spread = append(s.spread, int32(r))
		}
	}
}

// scratch holds blocks of registers between calls of Line and Grid.
var scratch = sync.Pool{New: func() any { return new([]float64) }}

// blocks gives each register blockWidth points of s, which grows as needed.
func (p *Program) blocks(s *[]float64) []float64 {
	n := (p.dim + len(p.code)) * blockWidth
	if cap(*s) < n {
		*s = make([]float64, n)
	}
	return (*s)[:n]
}

func block(registers []float64, r int32, width int) []float64 {
	return registers[int(r)*blockWidth:][:width]
}

func (p *Program) run(i int32, registers []float64, width int) {
	p.runInto(i, registers, block(registers, int32(p.dim)+i, width))
}

func (p *Program) runInto(i int32, registers, out []float64) {
	in, width := &p.code[i], len(out)
	in.kernel(out, block(registers, in.a, width), block(registers, in.b, width), block(registers, in.c, width))
}

// Line stores the value at every point of xs in out, which is as long. It panics unless Dim is 1. The
// values are those of Eval, bit by bit, sooner. It may be called from several goroutines at once.
func (p *Program) Line(xs, out []float64) {
	p.check(1, len(xs), out)
	s := scratch.Get().(*[]float64)
	defer scratch.Put(s)
	registers := p.blocks(s)
	for start := 0; start < len(xs); start += blockWidth {
		width := copy(registers[:blockWidth], xs[start:])
		for i := range p.code {
			p.run(int32(i), registers, width)
		}
		copy(out[start:], block(registers, p.root, width))
	}
}

// Grid stores the value at (xs[i], ys[j]) in out[j*len(xs)+i], for all i and j. It panics unless Dim is 2 and
// len(out) is len(xs)*len(ys). The values are those of Eval, bit by bit, sooner. It may be called from several goroutines
// at once.
func (p *Program) Grid(xs, ys, out []float64) {
	p.check(2, len(xs)*len(ys), out)
	s := scratch.Get().(*[]float64)
	defer scratch.Put(s)
	registers := p.blocks(s)
	for start := 0; start < len(xs); start += blockWidth {
		width := copy(registers[:blockWidth], xs[start:])
		for _, i := range p.grid.ofX {
			p.run(i, registers, width)
		}
		for j, y := range ys {
			registers[blockWidth] = y
			p.row(registers, width, out[j*len(xs)+start:][:width])
		}
	}
}

// row finishes one row of a block, of which the values of x alone are known.
func (p *Program) row(registers []float64, width int, out []float64) {
	for _, i := range p.grid.ofY {
		p.run(i, registers, 1)
	}
	for _, r := range p.grid.spread {
		b := block(registers, r, width)
		fill(b, b[0])
	}
	for _, i := range p.grid.ofBoth {
		if r := int32(p.dim) + i; r == p.root {
			p.runInto(i, registers, out)
			return
		}
		p.run(i, registers, width)
	}
	copy(out, block(registers, p.root, width))
}

func (p *Program) check(dim, points int, out []float64) {
	if p.dim != dim {
		panic(fmt.Sprintf("expr: the program has %d variables, not %d", p.dim, dim))
	}
	if len(out) != points {
		panic(fmt.Sprintf("expr: %d values for %d points", len(out), points))
	}
}
