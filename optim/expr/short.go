package expr

// shortForms are the operations to take when operand a or operand b is the value of the step before, or when the last
// operand is x; for y the next one.
var shortForms = [operations]struct{ lastA, lastB, x operation }{
	doAdd:           {lastA: doAddL, lastB: doAddL},
	doSub:           {lastA: doLSub, lastB: doSubL},
	doMul:           {lastA: doMulL, lastB: doMulL},
	doAddK:          {lastA: doAddKL, x: doAddKX},
	doSubFromK:      {lastA: doSubFromKL, x: doSubFromKX},
	doMulK:          {lastA: doMulKL, x: doMulKX},
	doSquare:        {lastA: doSquareL, x: doSquareX},
	doAddMulK:       {lastB: doAddMulKL},
	doAddMulKSquare: {lastB: doAddMulKSquareL},
	doSquares:       {lastB: doSquaresL},
	doAddSquare:     {lastB: doAddSquareL, x: doAddSquareX},
	doSubSquare:     {x: doSubSquareX},
	doGradient:      {lastA: doGradientL, x: doGradientX},
	doGradientMul:   {lastB: doGradientMulL},
}

// takes reports whether the instruction has a short form when register last was computed just before.
func (in *instruction) takes(last int32) bool {
	f := &shortForms[in.op]
	return f.lastA != 0 && in.a == last || f.lastB != 0 && in.b == last
}

// short returns the step that computes register r, in a short form if there is one.
func (in *instruction) short(r, last int32, dim int) action {
	s := action{op: in.op, fn: in.fn, r: uint8(r), a: uint8(in.a), b: uint8(in.b), c: uint8(in.c), k: in.k}
	operands := in.operands()
	f := &shortForms[in.op]
	switch {
	case len(operands) == 0:
	case f.lastB != 0 && in.b == last:
		s.op = f.lastB
		if in.op == doGradientMul && int(in.a) < dim {
			s.op = doGradientMulXL + operation(in.a)
		}
	case f.lastA != 0 && in.a == last:
		s.op, s.a = f.lastA, s.b
	case f.x != 0 && int(operands[len(operands)-1]) < dim:
		s.op = f.x + operation(operands[len(operands)-1])
	}
	return s
}
