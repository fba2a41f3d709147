// Command gen writes the assembly of package kernel for amd64 processors with AVX2
// and FMA. go generate ./optim/logistic/kernel runs it.
package main

import (
	. "github.com/mmcloughlin/avo/build"
	. "github.com/mmcloughlin/avo/operand"
	"github.com/mmcloughlin/avo/reg"
)

func main() {
	ConstraintExpr("amd64")
	detect()
	dots()
	residuals()
	accumulate()
	Generate()
}

// detect asks the processor for AVX2 and FMA, and the system for keeping the wide
// registers.
func detect() {
	TEXT("hasAVX2", NOSPLIT, "func() bool")
	Doc("hasAVX2 tells whether the processor has AVX2 and FMA and the system keeps their registers.")
	const fmaSaveAVX = 1<<12 | 1<<27 | 1<<28 // of leaf 1, ECX: FMA, OSXSAVE, AVX
	XORL(reg.EAX, reg.EAX)
	XORL(reg.ECX, reg.ECX)
	CPUID()
	CMPL(reg.EAX, Imm(7))
	JB(LabelRef("no"))
	MOVL(U32(1), reg.EAX)
	XORL(reg.ECX, reg.ECX)
	CPUID()
	ANDL(Imm(fmaSaveAVX), reg.ECX)
	CMPL(reg.ECX, Imm(fmaSaveAVX))
	JNE(LabelRef("no"))
	XORL(reg.ECX, reg.ECX)
	XGETBV()
	ANDL(Imm(6), reg.EAX)
	CMPL(reg.EAX, Imm(6))
	JNE(LabelRef("no"))
	MOVL(U32(7), reg.EAX)
	XORL(reg.ECX, reg.ECX)
	CPUID()
	SHRL(Imm(5), reg.EBX)
	ANDL(Imm(1), reg.EBX)
	Store(reg.BL, ReturnIndex(0))
	RET()
	Label("no")
	XORL(reg.EBX, reg.EBX)
	Store(reg.BL, ReturnIndex(0))
	RET()
}

// maskTable holds four lanes of ones, then four of zeros: read t lanes before its
// middle, it masks the first t of four.
func maskTable() Mem {
	m := GLOBL("mask", RODATA|NOPTR)
	for i := range 8 {
		v := ^uint64(0)
		if i >= 4 {
			v = 0
		}
		DATA(8*i, U64(v))
	}
	return m
}

var mask Mem

// loadMask puts the mask of the first tail lanes, 0 to 3, in a register.
func loadMask(tail reg.GPVirtual) reg.VecVirtual {
	address, offset := GP64(), GP64()
	LEAQ(mask.Offset(32), address)
	MOVQ(tail, offset)
	SHLQ(Imm(3), offset)
	SUBQ(offset, address)
	m := YMM()
	VMOVUPD(Mem{Base: address}, m)
	return m
}
