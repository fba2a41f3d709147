package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

// descend takes one row at a time from θᵀx to the new θ, without leaving the
// registers between. theta has room for whole vectors after the bias: what is
// beyond the last weight is and stays 0.
func (c constants) descend() {
	TEXT("descendAVX2", NOSPLIT, "func(x *float64, n int, rows *int, count int, ahead *int, labels *float64, theta *float64, rate, decay float64)")
	Pragma("noescape")
	Doc("descendAVX2 is descendGo; ahead is nil or count rows to fetch, and theta[n+1:] zeros up to whole vectors.")
	x := Load(Param("x"), GP64()).(reg.GPVirtual)
	stride := Load(Param("n"), GP64()).(reg.GPVirtual)
	rows := Load(Param("rows"), GP64()).(reg.GPVirtual)
	count := Load(Param("count"), GP64()).(reg.GPVirtual)
	ahead := Load(Param("ahead"), GP64()).(reg.GPVirtual)
	labels := Load(Param("labels"), GP64()).(reg.GPVirtual)
	theta := Load(Param("theta"), GP64()).(reg.GPVirtual)
	rate, decay, one := YMM(), YMM(), YMM()
	VBROADCASTSD(NewParamAddr("rate", 56), rate)
	VBROADCASTSD(NewParamAddr("decay", 64), decay)
	VMOVUPD(c.one, one)
	decays, zero := GP64(), XMM()
	VXORPD(zero, zero, zero)
	XORQ(decays, decays)
	VUCOMISD(zero, decay.AsX())
	SETNE(decays.As8())
	tail := GP64()
	MOVQ(stride, tail)
	ANDQ(Imm(3), tail)
	m := loadMask(tail)
	full := GP64() // bytes of whole vectors
	MOVQ(stride, full)
	ANDQ(I32(-4), full)
	SHLQ(Imm(3), full)
	SHLQ(Imm(3), stride)
	row, offset, p := GP64(), GP64(), GP64()
	weight := func() Mem { return Mem{Base: theta, Index: offset, Scale: 1, Disp: 8} }
	value := func() Mem { return Mem{Base: p, Index: offset, Scale: 1} }

	Label("next")
	TESTQ(count, count)
	JLE(LabelRef("done"))
	TESTQ(ahead, ahead)
	JZ(LabelRef("fetched"))
	MOVQ(Mem{Base: ahead}, row)
	ADDQ(Imm(8), ahead)
	PREFETCHT0(Mem{Base: labels, Index: row, Scale: 8})
	IMULQ(stride, row)
	ADDQ(x, row)
	XORQ(offset, offset)
	Label("fetch")
	PREFETCHT0(Mem{Base: row, Index: offset, Scale: 1})
	ADDQ(Imm(64), offset)
	CMPQ(offset, U32(64*maxLines))
	JGE(LabelRef("fetched"))
	CMPQ(offset, full)
	JL(LabelRef("fetch"))
	PREFETCHT0(Mem{Base: row, Index: full, Scale: 1, Disp: -1})
	Label("fetched")

	MOVQ(Mem{Base: rows}, row)
	ADDQ(Imm(8), rows)
	label, side, score := XMM(), XMM(), YMM()
	VMOVSD(Mem{Base: labels, Index: row, Scale: 8}, label)
	VADDSD(label, label, label)
	VSUBSD(label, one.AsX(), side)
	MOVQ(row, p)
	IMULQ(stride, p)
	ADDQ(x, p)
	w, v := YMM(), YMM()
	VXORPD(score, score, score)
	XORQ(offset, offset)
	CMPQ(offset, full)
	JGE(LabelRef("dotTail"))
	Label("dot")
	VMOVUPD(weight(), w)
	VFMADD231PD(value(), w, score)
	ADDQ(Imm(32), offset)
	CMPQ(offset, full)
	JL(LabelRef("dot"))
	Label("dotTail")
	TESTQ(tail, tail)
	JZ(LabelRef("sum"))
	VMASKMOVPD(value(), m, v)
	VMOVUPD(weight(), w)
	VFMADD231PD(v, w, score)
	Label("sum")
	high := XMM()
	VHADDPD(score, score, score)
	VEXTRACTF128(Imm(1), score, high)
	VADDSD(high, score.AsX(), high)
	VADDSD(Mem{Base: theta}, high, high)

	z, e, r := YMM(), YMM(), YMM()
	VMULSD(side, high, z.AsX())
	VORPD(c.sign, z, e)
	c.exponential(e)
	VBLENDVPD(z, e, one, r)
	VMULSD(side, r.AsX(), r.AsX())
	VADDSD(e.AsX(), one.AsX(), z.AsX())
	VDIVSD(z.AsX(), r.AsX(), r.AsX())

	bias := XMM()
	VMULSD(rate.AsX(), r.AsX(), bias)
	VADDSD(Mem{Base: theta}, bias, bias)
	VMOVSD(bias, Mem{Base: theta})
	VBROADCASTSD(r.AsX(), r)
	move := func(whole, penalised bool) {
		if whole {
			VMULPD(value(), r, v)
		} else {
			VMASKMOVPD(value(), m, v)
			VMULPD(v, r, v)
		}
		VMOVUPD(weight(), w)
		if penalised {
			d := YMM()
			VMULPD(w, decay, d)
			VADDPD(d, v, v)
		}
		VMULPD(rate, v, v)
		VADDPD(v, w, w)
		VMOVUPD(w, weight())
	}
	TESTQ(decays, decays)
	JNZ(LabelRef("penalised"))
	for _, penalised := range []bool{false, true} {
		name := "plain"
		if penalised {
			name = "penalised"
			Label(name)
		}
		XORQ(offset, offset)
		CMPQ(offset, full)
		JGE(LabelRef(name + "Tail"))
		Label(name + "Columns")
		move(true, penalised)
		ADDQ(Imm(32), offset)
		CMPQ(offset, full)
		JL(LabelRef(name + "Columns"))
		Label(name + "Tail")
		TESTQ(tail, tail)
		JZ(LabelRef(name + "Moved"))
		move(false, penalised)
		Label(name + "Moved")
		DECQ(count)
		JMP(LabelRef("next"))
	}
	Label("done")
	VZEROUPPER()
	RET()
}
