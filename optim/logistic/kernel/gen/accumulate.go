package main

import (
	"fmt"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// widest is how many vectors of columns are summed at a time; each has two sums,
// over the even rows and the odd ones, so that they wait less for each other.
const widest = 6

// accumulate goes over the rows once for each panel of up to widest vectors. The
// last vector of the last panel is masked when n is no multiple of 4.
func accumulate() {
	TEXT("accumulateAVX2", NOSPLIT, "func(x *float64, stride, n int, rows *int, count int, factors *float64, sum *float64)")
	Pragma("noescape")
	Doc("accumulateAVX2 is accumulateGo.")
	x := Load(Param("x"), GP64()).(reg.GPVirtual)
	stride := Load(Param("stride"), GP64()).(reg.GPVirtual)
	n := Load(Param("n"), GP64()).(reg.GPVirtual)
	rows := Load(Param("rows"), GP64()).(reg.GPVirtual)
	count := Load(Param("count"), GP64()).(reg.GPVirtual)
	factors := Load(Param("factors"), GP64()).(reg.GPVirtual)
	sum := Load(Param("sum"), GP64()).(reg.GPVirtual)
	SHLQ(Imm(3), stride)
	tail := GP64()
	MOVQ(n, tail)
	ANDQ(Imm(3), tail)
	m := loadMask(tail)
	p := panel{x, stride, rows, count, factors, sum, m}

	Label("panels")
	CMPQ(n, Imm(4*widest))
	JL(LabelRef("rest"))
	p.write("whole", widest, false)
	ADDQ(Imm(32*widest), x)
	ADDQ(Imm(32*widest), sum)
	SUBQ(Imm(4*widest), n)
	JMP(LabelRef("panels"))

	Label("rest")
	for vectors := widest; vectors >= 1; vectors-- {
		for _, masked := range []bool{false, true} {
			least := 4 * vectors
			if masked {
				least -= 3
			}
			if vectors == widest && !masked {
				continue // done above
			}
			name := fmt.Sprintf("rest%d%v", vectors, masked)
			CMPQ(n, Imm(uint64(least)))
			if masked {
				JL(LabelRef(name + "skip"))
			} else {
				JNE(LabelRef(name + "skip"))
			}
			p.write(name, vectors, masked)
			JMP(LabelRef("done"))
			Label(name + "skip")
		}
	}
	Label("done")
	VZEROUPPER()
	RET()
}

type panel struct {
	x, stride, rows, count, factors, sum reg.GPVirtual
	mask                                 reg.VecVirtual
}

func (p panel) write(name string, vectors int, masked bool) {
	sums := [2][]reg.VecVirtual{}
	for side := range sums {
		for range vectors {
			s := YMM()
			VXORPD(s, s, s)
			sums[side] = append(sums[side], s)
		}
	}
	row, end := GP64(), GP64()
	list, factor := GP64(), GP64()
	MOVQ(p.rows, list)
	MOVQ(p.factors, factor)
	MOVQ(p.count, end)
	add := func(side int) {
		c, v := YMM(), YMM()
		MOVQ(Mem{Base: list, Disp: 8 * side}, row)
		IMULQ(p.stride, row)
		ADDQ(p.x, row)
		VBROADCASTSD(Mem{Base: factor, Disp: 8 * side}, c)
		for k, s := range sums[side] {
			at := Mem{Base: row, Disp: 32 * k}
			if masked && k == vectors-1 {
				VMASKMOVPD(at, p.mask, v)
				VFMADD231PD(v, c, s)
			} else {
				VFMADD231PD(at, c, s)
			}
		}
	}
	SUBQ(Imm(2), end)
	JL(LabelRef(name + "odd"))
	Label(name + "pair")
	add(0)
	add(1)
	ADDQ(Imm(16), list)
	ADDQ(Imm(16), factor)
	SUBQ(Imm(2), end)
	JGE(LabelRef(name + "pair"))
	Label(name + "odd")
	CMPQ(end, I8(-1))
	JNE(LabelRef(name + "store"))
	add(0)
	Label(name + "store")
	for k := range vectors {
		s, at := sums[0][k], Mem{Base: p.sum, Disp: 32 * k}
		VADDPD(sums[1][k], s, s)
		if masked && k == vectors-1 {
			before := YMM()
			VMASKMOVPD(at, p.mask, before)
			VADDPD(before, s, s)
			VMASKMOVPD(s, p.mask, at)
		} else {
			VADDPD(at, s, s)
			VMOVUPD(s, at)
		}
	}
}
