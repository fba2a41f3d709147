package derive

// A differ takes derivatives by one variable.
type differ struct {
	wrt   *node
	slip  *slip
	made  int
	sites func(*node) // if set, it is told every node to which a rule was applied
}

// breaks reports whether rule r is broken at n.
func (d *differ) breaks(n *node, r rule) bool {
	return d.slip != nil && d.slip.rule == r && (d.slip.site == nil || d.slip.site == n)
}

// of is the derivative of n, in which there is no opD any more.
func (d *differ) of(n *node) *node {
	if d.made++; d.made > maxNodes {
		panic(failure("the derivative is too long"))
	}
	r := d.rule(n)
	if d.sites != nil && !r.isNumber(0) {
		d.sites(n)
	}
	return r
}

func (d *differ) rule(n *node) *node {
	switch n.op {
	case opScalar:
		if d.wrt.op == opScalar && d.wrt.i.slot == n.i.slot {
			if d.breaks(n, slipVariableKept) {
				return n
			}
			return one
		}
	case opThetaAt:
		if d.wrt.op == opThetaAt {
			if n.i.slot == d.wrt.i.slot {
				return one
			}
			return &node{op: opDelta, i: n.i, k: d.wrt.i}
		}
	case opDot:
		return d.dot(n)
	case opNeg:
		if d.breaks(n, slipMinusLost) {
			return d.of(n.a)
		}
		return neg(d.of(n.a))
	case opAdd, opSub:
		a, b := d.of(n.a), d.of(n.b)
		if n.op == opAdd || d.breaks(n, slipMinusLost) {
			return add(a, b)
		}
		return sub(a, b)
	case opMul:
		return d.product(n)
	case opDiv:
		return d.quotient(n)
	case opPow:
		return d.power(n)
	case opCall:
		return d.call(n)
	case opSum:
		if b := d.of(n.b); !b.isNumber(0) {
			return sumOver(n.i, n.over, b)
		}
	case opWhere:
		return binary(opWhere, n.a, d.of(n.b))
	}
	return zero
}

// dot is the derivative of a product of vectors: by θ_j, or by z_i, which is one.
func (d *differ) dot(n *node) *node {
	if d.wrt.op == opZ {
		row := n.b
		if row.op != opRow {
			row = n.a
		}
		if row.op != opRow || n.a.op != opTheta && n.b.op != opTheta {
			return zero
		}
		return same(row.i, d.wrt.i)
	}
	if d.wrt.op != opThetaAt {
		return zero
	}
	total := zero
	for _, pair := range [][2]*node{{n.a, n.b}, {n.b, n.a}} {
		if pair[0].op == opTheta {
			total = add(total, d.entry(n, pair[1]))
		}
	}
	return total
}

func same(a, b ref) *node {
	if a.slot == b.slot {
		return one
	}
	return &node{op: opDelta, i: a, k: b}
}

// entry is the entry of a vector by which is differentiated.
func (d *differ) entry(n, vector *node) *node {
	j := d.wrt.i
	switch {
	case d.breaks(n, slipDotOne):
		return one
	case d.breaks(n, slipDotTheta) || vector.op == opTheta:
		return &node{op: opThetaAt, i: j}
	case d.breaks(n, slipDotFlipped):
		return &node{op: opX, i: j, k: vector.i}
	case d.breaks(n, slipDotRow):
		return &node{op: opX, i: vector.i, k: vector.i}
	case d.breaks(n, slipDotColumn):
		return &node{op: opX, i: j, k: j}
	}
	return &node{op: opX, i: vector.i, k: j}
}

func (d *differ) product(n *node) *node {
	a, b := d.of(n.a), d.of(n.b)
	if !a.isNumber(0) && !b.isNumber(0) {
		switch {
		case d.breaks(n, slipProductLeft):
			return mul(a, n.b)
		case d.breaks(n, slipProductRight):
			return mul(n.a, b)
		case d.breaks(n, slipProductBoth):
			return mul(a, b)
		}
	}
	return add(mul(a, n.b), mul(n.a, b))
}

func (d *differ) quotient(n *node) *node {
	a, b := d.of(n.a), d.of(n.b)
	if b.isNumber(0) {
		return div(a, n.b)
	}
	switch {
	case d.breaks(n, slipQuotientSign):
		return div(sub(mul(n.a, b), mul(a, n.b)), square(n.b))
	case d.breaks(n, slipQuotientPlus):
		return div(add(mul(a, n.b), mul(n.a, b)), square(n.b))
	case d.breaks(n, slipQuotientOne):
		return div(sub(mul(a, n.b), mul(n.a, b)), n.b)
	case d.breaks(n, slipQuotientParts):
		return div(a, b)
	case a.isNumber(0) && d.breaks(n, slipQuotientInner):
		return neg(div(n.a, square(n.b)))
	case d.breaks(n, slipQuotientTop):
		return div(a, n.b)
	}
	return div(sub(mul(a, n.b), mul(n.a, b)), square(n.b))
}

func (d *differ) power(n *node) *node {
	a, b := d.of(n.a), d.of(n.b)
	switch {
	case b.isNumber(0) && a.isNumber(0):
		return zero
	case b.isNumber(0):
		less, more := sub(n.b, one), add(n.b, one)
		if v, ok := n.constantPower(); ok && v.d == 1 {
			less, more = integer(v.n-1), integer(v.n+1)
		}
		switch {
		case d.breaks(n, slipPowerFactor):
			return mul(power1(n.a, less), a)
		case d.breaks(n, slipPowerExponent):
			return mul(mul(n.b, n), a)
		case d.breaks(n, slipPowerInner):
			return mul(n.b, power1(n.a, less))
		case d.breaks(n, slipPowerUp):
			return mul(mul(n.b, power1(n.a, more)), a)
		case d.breaks(n, slipPowerSign):
			return neg(mul(mul(n.b, power1(n.a, less)), a))
		}
		return mul(mul(n.b, power1(n.a, less)), a)
	case a.isNumber(0):
		return mul(mul(n, call(fnLog, n.a)), b)
	}
	return mul(n, add(mul(b, call(fnLog, n.a)), div(mul(n.b, a), n.a)))
}

// power1 is a^k without needless exponents.
func power1(a, k *node) *node {
	switch {
	case k.isNumber(0):
		return one
	case k.isNumber(1):
		return a
	}
	return binary(opPow, a, k)
}

func (d *differ) call(n *node) *node {
	u := n.a
	if d.wrt.op == opH && n.fn == fnSigma && u.op == opDot && u.a.op == opTheta && u.b.op == opRow {
		return same(u.b.i, d.wrt.i)
	}
	v := d.of(u)
	if n.fn == fnMax || n.fn == fnMin {
		return d.extreme(n, v, d.of(n.b))
	}
	if v.isNumber(0) {
		return zero
	}
	if d.breaks(n, slipInnerLost) {
		v = one
	}
	switch n.fn {
	case fnSigma:
		return d.sigma(n, v)
	case fnLog:
		switch {
		case d.breaks(n, slipLogInner):
			return div(one, u)
		case d.breaks(n, slipLogOne):
			return v
		case d.breaks(n, slipLogKept):
			return mul(n, v)
		case d.breaks(n, slipLogOfSlope):
			return call(fnLog, v)
		case d.breaks(n, slipLogSquare):
			return div(v, square(u))
		}
		return div(v, u)
	case fnExp:
		switch {
		case d.breaks(n, slipExpInner):
			return n
		case d.breaks(n, slipExpPower):
			return mul(u, call(fnExp, sub(u, one)))
		case d.breaks(n, slipExpOne):
			return v
		case d.breaks(n, slipExpMinus):
			return neg(mul(n, v))
		}
		return mul(n, v)
	}
	return mul(outer(n), v)
}

// sigma is the derivative of σ(u), where v is that of u.
func (d *differ) sigma(n, v *node) *node {
	outer := call(fnSigmaPrime, n.a)
	switch {
	case d.breaks(n, slipSigmaOne):
		return one
	case d.breaks(n, slipSigmaKept):
		outer = n
	case d.breaks(n, slipSigmaOneMinus):
		outer = sub(one, n)
	case d.breaks(n, slipSigmaSquare):
		outer = square(n)
	case d.breaks(n, slipSigmaSquare2):
		outer = square(sub(one, n))
	case d.breaks(n, slipSigmaSign):
		outer = neg(outer)
	case d.breaks(n, slipSigmaPlus):
		outer = mul(n, add(one, n))
	case d.breaks(n, slipSigmaLost):
		outer = one
	}
	return mul(outer, v)
}

// extreme is the derivative of max or min, which has none where both are equal.
func (d *differ) extreme(n, a, b *node) *node {
	side := div(sub(n.a, n.b), call(fnAbs, sub(n.a, n.b)))
	if n.fn == fnMin {
		side = neg(side)
	}
	half := literal("1/2")
	return add(mul(mul(half, add(one, side)), a), mul(mul(half, sub(one, side)), b))
}

// outer is the derivative of n's function at its argument.
func outer(n *node) *node {
	u := n.a
	switch n.fn {
	case fnSigmaPrime: // σ″ = σ′(1 − 2σ)
		return mul(n, sub(one, mul(two, call(fnSigma, u))))
	case fnSqrt:
		return div(one, mul(two, n))
	case fnAbs:
		return div(u, n)
	case fnSin:
		return call(fnCos, u)
	case fnCos:
		return neg(call(fnSin, u))
	case fnTan:
		return div(one, square(call(fnCos, u)))
	case fnAsin:
		return div(one, call(fnSqrt, sub(one, square(u))))
	case fnAcos:
		return div(integer(-1), call(fnSqrt, sub(one, square(u))))
	case fnAtan:
		return div(one, add(one, square(u)))
	case fnSinh:
		return call(fnCosh, u)
	case fnCosh:
		return call(fnSinh, u)
	case fnTanh:
		return sub(one, square(n))
	case fnLog2:
		return div(one, mul(u, call(fnLog, two)))
	case fnLog10:
		return div(one, mul(u, call(fnLog, integer(10))))
	case fnSoftplus:
		return call(fnSigma, u)
	case fnRelu: // none at 0
		return mul(literal("1/2"), add(one, div(u, call(fnAbs, u))))
	case fnSign, fnStep: // 0, and none at 0
		return mul(zero, div(one, u))
	}
	panic(failure("there is no rule for this derivative"))
}
