package expr

// A Program is a compiled formula. It does not change and may be shared between goroutines.
type Program struct {
	dim  int
	code []instruction // of the value, for Line and Grid
	root int32
	grid gridSchedule

	value    sequence // for Eval
	gradient sequence // for Eval with a gradient
}

// An instruction computes one register. Registers hold the variables first, then one value per instruction, in order.
type instruction struct {
	op      operation
	fn      function
	a, b, c int32
	k       float64
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
	doSquare                   // a²
	doCube                     // a³
	doFourth                   // a⁴
	doPowWhole                 // a^k, k whole
	doPowK                     // a^k
	doPowOfK                   // k^a
	doPow                      // a^b
	doCall                     // fn(a)
	doMinMax                   // fn(a, b)
	doSquareSub                // (a - b)²
	doSquareSubFromK           // (k - a)²
	doAddMulK                  // a + k·b
	doAddSquare                // a + b²
	doSubSquare                // a - b²
	doAddMulKSquare            // a + k·b²
	doSquares                  // a² + k·b²
	doAddMul                   // a + b·c
	doSubMul                   // a - b·c

	// Of gradients only.
	doSlope       // fn′(a), where b = fn(a)
	doMinMaxShare // ∂fn(a, b)/∂a
	doPowLog      // a·log(b), the slope of a = b^e in e
	doGradientK   // adds k to the gradient's component c; no register
	doGradient    // adds k·a
	doGradientMul // adds k·a·b

	// Short forms, of sequences only: L is the value of the step before, X and Y are the variables.
	doAddL           // a + L
	doSubL           // a - L
	doLSub           // L - a
	doMulL           // a·L
	doAddKL          // L + k
	doSubFromKL      // k - L
	doMulKL          // L·k
	doSquareL        // L²
	doAddMulKL       // a + k·L
	doAddMulKSquareL // a + k·L²
	doAddSquareL     // a + L²
	doSquaresL       // a² + k·L²
	doGradientL      // adds k·L
	doGradientMulL   // adds k·a·L
	doAddKX          // x + k; for each X the same follows with Y
	doAddKY
	doSubFromKX // k - x
	doSubFromKY
	doMulKX // x·k
	doMulKY
	doSquareX // x²
	doSquareY
	doAddSquareX // a + x²
	doAddSquareY
	doSubSquareX // a - x²
	doSubSquareY
	doGradientX // adds k·x
	doGradientY
	doGradientMulXL // adds k·x·L
	doGradientMulYL
	doGradientsLL  // adds k·L to component 0 and the next step's k·L to component 1; the others have x·L or y·L
	doGradientsXLL // in place of L in one or both
	doGradientsLYL
	doGradientsXLYL
	doGradientsYLXL
	operations // how many there are
)

// operands returns the registers that the instruction reads, the first n of them.
func (in *instruction) operands() (registers [3]int32, n int) {
	registers = [...]int32{in.a, in.b, in.c}
	switch in.op {
	case doNothing, doConstant, doGradientK:
		return registers, 0
	case doAdd, doSub, doMul, doDiv, doPow, doMinMax, doSquareSub, doAddMulK, doAddSquare, doSubSquare, doAddMulKSquare,
		doSquares, doSlope, doMinMaxShare, doPowLog, doGradientMul:
		return registers, 2
	case doAddMul, doSubMul:
		return registers, 3
	}
	return registers, 1
}

// Dim is the number of variables, 1 or 2.
func (p *Program) Dim() int { return p.dim }

// Cost is a rough price of one evaluation with its gradient, in units of about a nanosecond on a machine of 2025: what a
// caller needs who has many to make and a cap to keep. It depends on the formula alone.
func (p *Program) Cost() int {
	arithmetic, functions := 0, 0
	for i := range p.gradient.code {
		switch p.gradient.code[i].op {
		case doCall, doSlope, doPowWhole, doPowLog:
			functions += 12
		case doPow, doPowK, doPowOfK:
			functions += 40
		default:
			arithmetic++
		}
	}
	if p.gradient.steps == nil { // the long way
		return 5 + 5*arithmetic + functions
	}
	return 5 + arithmetic + arithmetic/2 + functions
}
