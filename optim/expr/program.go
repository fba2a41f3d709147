package expr

// A Program is a compiled formula. It does not change and may be shared between goroutines.
type Program struct {
	dim  int
	code []instruction
	root int32
	grid gridSchedule
}

// An instruction computes one register. Registers hold the variables first, then one value per instruction, in order, so
// that running the list backwards meets every use of a value before the value itself.
type instruction struct {
	op   operation
	fn   function
	a, b int32
	k    float64
}

type operation uint8

const (
	doNothing        operation = iota
	doConstant                 // k
	doAdd                      // a + b
	doSub                      // a - b
	doMul                      // a·b
	doDiv                      // a/b
	doAddK                     // a + k
	doSubFromK                 // k - a
	doMulK                     // a·k
	doDivK                     // a/k
	doDivInK                   // k/a
	doSquare                   // a·a
	doPowWhole                 // a^k, k whole
	doPowK                     // a^k
	doPowOfK                   // k^a
	doPow                      // a^b
	doCall                     // fn(a)
	doMinMax                   // fn(a, b)
	doSquareSub                // (a - b)²
	doSquareSubFromK           // (k - a)²
	doAddMulK                  // a + k·b
)

// operands returns the registers that the instruction reads.
func (in *instruction) operands() []int32 {
	both := [...]int32{in.a, in.b}
	switch in.op {
	case doNothing, doConstant:
		return nil
	case doAdd, doSub, doMul, doDiv, doPow, doMinMax, doSquareSub, doAddMulK:
		return both[:]
	}
	return both[:1]
}

// Dim is the number of variables, 1 or 2.
func (p *Program) Dim() int { return p.dim }

// Cost is a rough price of one evaluation with its gradient, in units of about a nanosecond on a machine of 2025: what a
// caller needs who has many to make and a cap to keep. It depends on the formula alone.
func (p *Program) Cost() int {
	cost := 10
	for i := range p.code {
		switch p.code[i].op {
		case doCall, doPowOfK:
			cost += 30
		case doPow, doPowK:
			cost += 80
		case doPowWhole:
			cost += 10
		default:
			cost += 5
		}
	}
	return cost
}
