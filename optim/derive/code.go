package derive

// An instr is a node of a formula ready to be evaluated; a and b are places in the code.
type instr struct {
	op   op
	fn   function
	over axis
	i, k uint8
	a, b int32
	num  value
	node *node
}

// A code is a resolved formula, root last. It is never changed.
type code struct {
	list []instr
	uses [slots]bool // free indices and those of sums
	data bool        // θ, x, y, m or n occurs
	pure bool        // purely rational: no functions, whole exponents
	tame bool        // no x, θ or scalar in it can be outside the domain: a polynomial
}

// compiled makes the code of a typed formula.
func (s *space) compiled(n *node, broken *slip) (*code, error) {
	tree, err := resolved(s.lowered(n), broken)
	if err != nil {
		return nil, err
	}
	return assemble(tree)
}

func assemble(tree *node) (*code, error) {
	c := &code{list: make([]instr, 0, 64), pure: true, tame: true}
	c.add(tree)
	if len(c.list) > maxNodes {
		return nil, failure("the formula is too long")
	}
	return c, nil
}

func (c *code) add(n *node) int32 {
	if len(c.list) > maxNodes {
		return 0
	}
	for n = stable(n); n.op == opWhere && total(n.a); n = stable(n.b) {
	}
	in := instr{op: n.op, fn: n.fn, over: n.over, i: uint8(n.i.slot), k: uint8(n.k.slot), num: n.num, node: n}
	switch n.op {
	case opConstant:
		c.pure = false
	case opCall:
		c.pure, c.tame = false, false
	case opDiv:
		c.tame = false
	case opPow:
		if _, whole := n.wholePower(); !whole {
			c.pure = false
		}
		if n.b.op != opNumber {
			c.tame = false
		}
	case opThetaAt, opX, opY, opDot, opCount, opSum, opDelta, opOrdinal:
		c.data = true
		if n.op != opDot && n.op != opCount {
			c.uses[n.i.slot], c.uses[n.k.slot] = true, true
		}
		if n.op == opDot {
			c.uses[n.a.i.slot], c.uses[n.b.i.slot] = true, true
		}
	}
	if row, negative, ok := n.ofRow(); ok {
		c.data, c.uses[row.slot] = true, true
		in.op, in.i, in.k = opRowCall, uint8(row.slot), 0
		if negative {
			in.k = 1
		}
		c.list = append(c.list, in)
		return int32(len(c.list) - 1)
	}
	if n.a != nil {
		in.a = c.add(n.a)
	}
	if n.b != nil {
		in.b = c.add(n.b)
	}
	c.list = append(c.list, in)
	return int32(len(c.list) - 1)
}

// ofRow reports whether n is a function of θᵀx_i or −θᵀx_i that scenes keep evaluated.
func (n *node) ofRow() (row ref, negative, ok bool) {
	if n.op != opCall || n.fn > fnRowLast {
		return ref{}, false, false
	}
	u := n.a
	if u.op == opNeg {
		u, negative = u.a, true
	}
	switch {
	case u.op != opDot:
	case u.a.op == opTheta && u.b.op == opRow:
		return u.b.i, negative, true
	case u.b.op == opTheta && u.a.op == opRow:
		return u.a.i, negative, true
	}
	return ref{}, false, false
}

// total reports whether n is defined everywhere.
func total(n *node) bool {
	n = stable(n)
	switch n.op {
	case opDiv:
		return false
	case opPow:
		if v, ok := n.constantPower(); !ok || v.d != 1 || v.n < 0 {
			return false
		}
	case opCall:
		switch n.fn {
		case fnExp, fnSigma, fnSigmaPrime, fnSoftplus, fnAbs, fnSin, fnCos, fnAtan, fnSinh, fnCosh, fnTanh, fnRelu, fnMax, fnMin, fnSign, fnStep:
		default:
			return false
		}
	}
	return (n.a == nil || total(n.a)) && (n.b == nil || total(n.b))
}

// wholePower is the exponent of a power if it is a whole number that is not too large.
func (n *node) wholePower() (int64, bool) {
	v, ok := n.constantPower()
	if !ok || !isWhole(v) || v.v > 1<<20 || v.v < -1<<20 {
		return 0, false
	}
	return int64(v.v), true
}

// stable is n in a form that keeps its digits: log σ(u), log(1 − σ(u)), 1 − σ(u), log(1 + exp(u)).
func stable(n *node) *node {
	switch {
	case n.op == opSub && n.a.isNumber(1) && n.b.op == opCall && n.b.fn == fnSigma:
		return at(call(fnSigma, neg(n.b.a)), n)
	case n.op != opCall || n.fn != fnLog:
		return n
	}
	switch u := n.a; {
	case u.op == opCall && u.fn == fnSigma:
		return at(unary(opNeg, call(fnSoftplus, neg(u.a))), n)
	case u.op == opSub && u.a.isNumber(1) && u.b.op == opCall && u.b.fn == fnSigma:
		return at(unary(opNeg, call(fnSoftplus, u.b.a)), n)
	case u.op == opAdd && u.a.isNumber(1) && u.b.op == opCall && u.b.fn == fnExp:
		return at(call(fnSoftplus, u.b.a), n)
	case u.op == opAdd && u.b.isNumber(1) && u.a.op == opCall && u.a.fn == fnExp:
		return at(call(fnSoftplus, u.a.a), n)
	}
	return n
}
