package expr

import "slices"

// fuse joins pairs of instructions where the first one's value is used by the second alone: (a - b)², (k - a)² and a + k·b,
// of which test functions and losses are made; for sequences also a ± b², a ± b·c, a + k·b² and a² + k·b², which over a grid would do
// work for every point that is needed once per row. Each fused operation rounds exactly as the pair did. It returns the
// shorter code and its root.
func fuse(dim int, code []instruction, root int32, forSequence bool) ([]instruction, int32) {
	code = slices.Clone(code)
	uses := make([]uint8, dim+len(code)) // 0, 1, or 2 for more
	use := func(r int32) { uses[r] += 1 - uses[r]>>1 }
	use(root)
	for i := range code {
		operands, n := code[i].operands()
		for _, r := range operands[:n] {
			use(r)
		}
	}
	once := func(r int32) *instruction {
		if i := int(r) - dim; i >= 0 && uses[r] == 1 {
			return &code[i]
		}
		return &instruction{}
	}
	for i := range code {
		in := &code[i]
		plus := in.plusScaled
		if forSequence {
			plus = in.plus
		}
		switch in.op {
		case doSquare:
			in.squareOf(once(in.a))
		case doSub:
			plus(once(in.b), -1)
		case doAdd:
			if !plus(once(in.b), 1) {
				in.a, in.b = in.b, in.a
				plus(once(in.b), 1)
			}
		}
		if inner := once(in.b); forSequence && in.op == doAddMulK && inner.op == doSquare {
			in.op, in.b = doAddMulKSquare, inner.a
			inner.op = doNothing
		}
		if inner := once(in.a); inner.op == doSquare && (in.op == doAddMulKSquare || in.op == doAddSquare) {
			if in.op == doAddSquare {
				in.k = 1
			}
			in.op, in.a = doSquares, inner.a
			inner.op = doNothing
		}
	}
	return compact(dim, code, root)
}

// squareOf makes a square the square of a difference.
func (in *instruction) squareOf(inner *instruction) {
	switch inner.op {
	case doSub:
		in.op, in.a, in.b = doSquareSub, inner.a, inner.b
	case doSubFromK:
		in.op, in.a, in.k = doSquareSubFromK, inner.a, inner.k
	case doAddK:
		in.op, in.a, in.k = doSquareSubFromK, inner.a, -inner.k
	default:
		return
	}
	inner.op = doNothing
}

// plusScaled takes the multiplication by a constant whose value a sum, or a difference for sign -1, has as its second part
// into it.
func (in *instruction) plusScaled(inner *instruction, sign float64) bool {
	if inner.op != doMulK {
		return false
	}
	in.op, in.b, in.k = doAddMulK, inner.a, sign*inner.k
	inner.op = doNothing
	return true
}

// plus takes any multiplication.
func (in *instruction) plus(inner *instruction, sign float64) bool {
	switch inner.op {
	case doMul:
		in.op, in.b, in.c = doAddMul, inner.a, inner.b
		if sign < 0 {
			in.op = doSubMul
		}
	case doSquare:
		in.op, in.b = doAddSquare, inner.a
		if sign < 0 {
			in.op = doSubSquare
		}
	default:
		return in.plusScaled(inner, sign)
	}
	inner.op = doNothing
	return true
}

// compact drops the instructions that fuse left without an operation and renumbers the registers.
func compact(dim int, code []instruction, root int32) ([]instruction, int32) {
	moved := make([]int32, dim+len(code))
	for r := range dim {
		moved[r] = int32(r)
	}
	kept := make([]instruction, 0, len(code))
	for i, in := range code {
		if in.op == doNothing {
			continue
		}
		in.a, in.b, in.c = moved[in.a], moved[in.b], moved[in.c]
		moved[dim+i] = int32(dim + len(kept))
		kept = append(kept, in)
	}
	return kept, moved[root]
}
