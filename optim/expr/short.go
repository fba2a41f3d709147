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
	operands, n := in.operands()
	f := &shortForms[in.op]
	switch {
	case n == 0:
	case f.lastB != 0 && in.b == last:
		s.op = f.lastB
		if in.op == doGradientMul && int(in.a) < dim {
			s.op = doGradientMulXL + operation(in.a)
		}
	case f.lastA != 0 && in.a == last:
		s.op, s.a = f.lastA, s.b
	case f.x != 0 && int(operands[n-1]) < dim:
		s.op = f.x + operation(operands[n-1])
	}
	return s
}

// pairs are the operations for both components of the gradient at once, by those for the first and the second.
var pairs = map[[2]operation]operation{
	{doGradientL, doGradientL}:         doGradientsLL,
	{doGradientMulXL, doGradientL}:     doGradientsXLL,
	{doGradientL, doGradientMulYL}:     doGradientsLYL,
	{doGradientMulXL, doGradientMulYL}: doGradientsXLYL,
	{doGradientMulYL, doGradientMulXL}: doGradientsYLXL,
}

// pair lets the first of two steps do the work of both, if they add to different components of the gradient. The second
// is passed over and holds the other k.
func pair(s, next *action) {
	first, second := *s, *next
	if first.c > second.c {
		first, second = second, first
	}
	if op := pairs[[2]operation{first.op, second.op}]; op != 0 && first.c != second.c {
		first.op, second.op = op, doNothing
		*s, *next = first, second
	}
}
