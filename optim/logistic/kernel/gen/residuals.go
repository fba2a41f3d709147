package main

import (
	"math"

	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"

	"descent/optim/logistic/kernel/coefficient"
)

// constant is v in all four lanes, in memory.
func constant(name string, v float64) Mem {
	m := GLOBL(name, RODATA|NOPTR)
	for i := range 4 {
		DATA(8*i, U64(math.Float64bits(v)))
	}
	return m
}

// residuals writes the two forms of the kernel, with the losses and without, and
// descend, which has its constants.
func residuals() {
	c := constants{
		one:       constant("one", 1),
		half:      constant("half", 0.5),
		two:       constant("two", 2),
		sign:      constant("sign", math.Copysign(0, -1)),
		least:     constant("least", coefficient.Least),
		log2e:     constant("log2e", math.Log2E),
		round:     constant("round", coefficient.Round),
		minusHigh: constant("minusLn2High", -coefficient.Ln2High),
		minusLow:  constant("minusLn2Low", -coefficient.Ln2Low),
		high:      constant("ln2High", coefficient.Ln2High),
		low:       constant("ln2Low", coefficient.Ln2Low),
		split:     constant("split", coefficient.Split),
	}
	for k, v := range coefficient.Exp {
		c.exp = append(c.exp, constant("exp"+string(rune('a'+k)), v))
	}
	for k, v := range coefficient.Log1p {
		c.log = append(c.log, constant("log"+string(rune('a'+k)), v))
	}
	c.kernel("residualsAVX2", false)
	c.kernel("lossesAVX2", true)
	c.descend()
}

type constants struct {
	one, half, two, sign, least, log2e, round, minusHigh, minusLow, high, low, split Mem

	exp, log []Mem
}

func (c constants) kernel(name string, loss bool) {
	TEXT(name, NOSPLIT, "func(scores, labels, residuals *float64, count int, sums *float64)")
	Pragma("noescape")
	if loss {
		Doc(name + " is lossesGo; count is a multiple of 4.")
	} else {
		Doc(name + " is residualsGo; count is a multiple of 4.")
	}
	scores := Load(Param("scores"), GP64()).(reg.GPVirtual)
	labels := Load(Param("labels"), GP64()).(reg.GPVirtual)
	out := Load(Param("residuals"), GP64()).(reg.GPVirtual)
	count := Load(Param("count"), GP64()).(reg.GPVirtual)
	sums := Load(Param("sums"), GP64()).(reg.GPVirtual)
	SHLQ(Imm(3), count)
	offset := GP64()
	XORQ(offset, offset)
	total, totalLoss, one := YMM(), YMM(), YMM()
	VMOVUPD(Mem{Base: sums}, total)
	if loss {
		VMOVUPD(Mem{Base: sums, Disp: 32}, totalLoss)
	}
	VMOVUPD(c.one, one)
	CMPQ(offset, count)
	JGE(LabelRef("done"))
	Label("next")
	label, side, z, e := YMM(), YMM(), YMM(), YMM()
	VMOVUPD(Mem{Base: labels, Index: offset, Scale: 1}, label)
	VADDPD(label, label, label)
	VSUBPD(label, one, side)
	VMULPD(Mem{Base: scores, Index: offset, Scale: 1}, side, z)
	VORPD(c.sign, z, e)
	c.exponential(e)

	numerator, denominator := YMM(), YMM()
	VBLENDVPD(z, e, one, numerator)
	VMULPD(side, numerator, numerator)
	VADDPD(e, one, denominator)
	VDIVPD(denominator, numerator, numerator)
	VMOVUPD(numerator, Mem{Base: out, Index: offset, Scale: 1})
	VADDPD(numerator, total, total)
	if loss {
		c.softplus(z, e)
		VADDPD(e, totalLoss, totalLoss)
	}
	ADDQ(Imm(32), offset)
	CMPQ(offset, count)
	JL(LabelRef("next"))
	Label("done")
	VMOVUPD(total, Mem{Base: sums})
	if loss {
		VMOVUPD(totalLoss, Mem{Base: sums, Disp: 32})
	}
	VZEROUPPER()
	RET()
}

// exponential replaces x ≤ 0 by exp(x).
func (c constants) exponential(x reg.VecVirtual) {
	least, t, k, r := YMM(), YMM(), YMM(), YMM()
	VMOVUPD(c.least, least)
	VMAXPD(x, least, x) // NaN in x stays
	VMOVUPD(c.round, t)
	VFMADD231PD(c.log2e, x, t)
	VSUBPD(c.round, t, k)
	VMOVAPD(x, r)
	VFMADD231PD(c.minusHigh, k, r)
	VFMADD231PD(c.minusLow, k, r)

	// The polynomial in pairs (Estrin), which waits less than Horner's form.
	r2, r4 := YMM(), YMM()
	VMULPD(r, r, r2)
	VMULPD(r2, r2, r4)
	var pair [5]reg.VecVirtual
	for i := range pair {
		pair[i] = YMM()
		VMOVUPD(c.exp[2*i], pair[i])
		VFMADD231PD(c.exp[2*i+1], r, pair[i])
	}
	VFMADD231PD(pair[1], r2, pair[0])
	VFMADD231PD(pair[3], r2, pair[2])
	VFMADD231PD(c.exp[10], r2, pair[4])
	VFMADD231PD(pair[2], r4, pair[0])
	VMULPD(r4, r4, r4)
	VFMADD231PD(pair[4], r4, pair[0])
	VFMADD213PD(r, r2, pair[0]) // p·r² + r
	VADDPD(c.one, pair[0], x)

	// 2ᵏ in two factors, of which each is a normal number.
	first, second := YMM(), YMM()
	VMOVUPD(c.round, first)
	VFMADD231PD(c.half, k, first)
	VSUBPD(c.round, first, second)
	VSUBPD(second, k, second)
	VADDPD(c.round, second, second)
	for _, f := range []reg.VecVirtual{first, second} {
		VPSLLQ(Imm(52), f, f)
		VPADDQ(c.one, f, f)
		VMULPD(f, x, x)
	}
}

// softplus replaces e = exp(−|z|) by log(1 + exp(z)).
func (c constants) softplus(z, e reg.VecVirtual) {
	large, f, s, r, square, high, low := YMM(), YMM(), YMM(), YMM(), YMM(), YMM(), YMM()
	VCMPPD(Imm(14), c.split, e, large) // greater, false for NaN
	VSUBPD(c.one, e, f)
	VMULPD(c.half, f, f)
	VBLENDVPD(large, f, e, f)
	VANDPD(c.high, large, high)
	VANDPD(c.low, large, low)

	VADDPD(c.two, f, s)
	VDIVPD(s, f, s)
	VMULPD(s, s, square)
	VMOVUPD(c.log[6], r)
	for k := 5; k >= 0; k-- {
		VFMADD213PD(c.log[k], square, r)
	}
	half := YMM()
	VMULPD(c.half, f, half)
	VMULPD(f, half, half)
	VFMADD213PD(half, square, r) // r·s² + f²/2
	VFMADD213PD(low, s, r)       // s·(…) + low
	VSUBPD(r, half, half)
	VSUBPD(f, half, half)
	VSUBPD(half, high, high)
	zero := YMM()
	VXORPD(zero, zero, zero)
	VMAXPD(zero, z, zero)
	VADDPD(high, zero, e)
}
