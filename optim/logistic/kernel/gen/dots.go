package main

import (
	"strconv"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// maxLines bounds how much of a row is fetched ahead, in cache lines of 64 bytes;
// the processor itself goes on with what is longer.
const maxLines = 8

// dots takes four rows at a time, so that their sums run side by side, and the
// rest one by one. Each row has four partial sums, of the columns 0, 4, 8, …, those
// from 1, from 2 and from 3, which are added in the order (0+1)+(2+3).
func dots() {
	mask = maskTable()
	TEXT("dotsAVX2", NOSPLIT, "func(x *float64, stride, n int, rows *int, count int, ahead *int, weights *float64, bias float64, scores *float64)")
	Pragma("noescape")
	Doc("dotsAVX2 is dotsGo; ahead is nil or count rows to fetch.")
	x := Load(Param("x"), GP64()).(reg.GPVirtual)
	stride := Load(Param("stride"), GP64()).(reg.GPVirtual)
	n := Load(Param("n"), GP64()).(reg.GPVirtual)
	rows := Load(Param("rows"), GP64()).(reg.GPVirtual)
	count := Load(Param("count"), GP64()).(reg.GPVirtual)
	ahead := Load(Param("ahead"), GP64()).(reg.GPVirtual)
	weights := Load(Param("weights"), GP64()).(reg.GPVirtual)
	bias := YMM()
	biasAddress := NewParamAddr("bias", 56)
	VBROADCASTSD(biasAddress, bias)
	scores := Load(Param("scores"), GP64()).(reg.GPVirtual)
	SHLQ(Imm(3), stride)
	tail := GP64()
	MOVQ(n, tail)
	ANDQ(Imm(3), tail)
	m := loadMask(tail)
	full := n // bytes of whole vectors
	ANDQ(I32(-4), full)
	SHLQ(Imm(3), full)
	offset := GP64()

	dotGroup(4, x, stride, full, tail, rows, count, ahead, weights, scores, offset, bias, m)
	dotGroup(1, x, stride, full, tail, rows, count, ahead, weights, scores, offset, bias, m)
	VZEROUPPER()
	RET()
}

func dotGroup(group int, x, stride, full, tail, rows, count, ahead, weights, scores, offset reg.GPVirtual, bias, m reg.VecVirtual) {
	name := func(s string) string { return "dots" + strconv.Itoa(group) + s }
	p := make([]reg.GPVirtual, group)
	acc := make([]reg.VecVirtual, group)
	for r := range p {
		p[r], acc[r] = GP64(), YMM()
	}
	Label(name("next"))
	CMPQ(count, Imm(uint64(group)))
	JL(LabelRef(name("done")))

	TESTQ(ahead, ahead)
	JZ(LabelRef(name("fetched")))
	address(p, x, stride, ahead)
	ADDQ(Imm(uint64(8*group)), ahead)
	XORQ(offset, offset)
	Label(name("fetch"))
	for r := range p {
		PREFETCHT0(Mem{Base: p[r], Index: offset, Scale: 1})
	}
	ADDQ(Imm(64), offset)
	CMPQ(offset, U32(64*maxLines))
	JGE(LabelRef(name("fetched")))
	CMPQ(offset, full)
	JL(LabelRef(name("fetch")))
	for r := range p { // a row may begin within a line and so end in one more
		PREFETCHT0(Mem{Base: p[r], Index: full, Scale: 1, Disp: -1})
	}
	Label(name("fetched"))

	address(p, x, stride, rows)
	for _, a := range acc {
		VXORPD(a, a, a)
	}
	XORQ(offset, offset)
	CMPQ(offset, full)
	JGE(LabelRef(name("tail")))
	w := YMM()
	Label(name("columns"))
	VMOVUPD(Mem{Base: weights, Index: offset, Scale: 1}, w)
	for r := range p {
		VFMADD231PD(Mem{Base: p[r], Index: offset, Scale: 1}, w, acc[r])
	}
	ADDQ(Imm(32), offset)
	CMPQ(offset, full)
	JL(LabelRef(name("columns")))
	Label(name("tail"))
	TESTQ(tail, tail)
	JZ(LabelRef(name("sum")))
	v := YMM()
	VMASKMOVPD(Mem{Base: weights, Index: offset, Scale: 1}, m, w)
	for r := range p {
		VMASKMOVPD(Mem{Base: p[r], Index: offset, Scale: 1}, m, v)
		VFMADD231PD(v, w, acc[r])
	}
	Label(name("sum"))
	if group == 4 {
		low, high := YMM(), YMM()
		VHADDPD(acc[1], acc[0], acc[0]) // a0+a1, b0+b1, a2+a3, b2+b3
		VHADDPD(acc[3], acc[2], acc[2])
		VPERM2F128(Imm(0x20), acc[2], acc[0], low)
		VPERM2F128(Imm(0x31), acc[2], acc[0], high)
		VADDPD(high, low, low)
		VADDPD(bias, low, low)
		VMOVUPD(low, Mem{Base: scores})
	} else {
		high := XMM()
		VHADDPD(acc[0], acc[0], acc[0])
		VEXTRACTF128(Imm(1), acc[0], high)
		VADDSD(high, acc[0].AsX(), high)
		VADDSD(bias.AsX(), high, high)
		VMOVSD(high, Mem{Base: scores})
	}
	ADDQ(Imm(uint64(8*group)), rows)
	ADDQ(Imm(uint64(8*group)), scores)
	SUBQ(Imm(uint64(group)), count)
	JMP(LabelRef(name("next")))
	Label(name("done"))
}

// address puts the places of the rows that list names in p.
func address(p []reg.GPVirtual, x, stride, list reg.GPVirtual) {
	for r := range p {
		MOVQ(Mem{Base: list, Disp: 8 * r}, p[r])
		IMULQ(stride, p[r])
		ADDQ(x, p[r])
	}
}
