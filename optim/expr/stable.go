package expr

// logarithm keeps the digits that 1 + u and 1 - σ(u) would lose, and the range that e^u would leave:
// log(1 + e^u) = softplus(u), log(1 + u) = log1p(u), log σ(u) = -softplus(-u), log(1 - σ(u)) = -softplus(u).
func (c *compiler) logarithm(n *node) result {
	if u, ok := onePlus(n.a); ok {
		if z, ok := u.exponent(); ok {
			return c.call(fnSoftplus, c.lower(z))
		}
		return c.call(fnLog1p, c.lower(u))
	}
	if z, ok := logisticOf(n.a); ok {
		return c.scale(c.call(fnSoftplus, c.scale(c.lower(z), -1)), -1)
	}
	if n.a.op == opSub && n.a.a.is(1) {
		if z, ok := logisticOf(n.a.b); ok {
			return c.scale(c.call(fnSoftplus, c.lower(z)), -1)
		}
	}
	return c.call(fnLog, c.lower(n.a))
}

// onePlus returns u when n is 1 + u or u + 1.
func onePlus(n *node) (u *node, ok bool) {
	switch {
	case n.op != opAdd:
		return nil, false
	case n.a.is(1):
		return n.b, true
	case n.b.is(1):
		return n.a, true
	}
	return nil, false
}

// logisticOf returns z when n is σ(z), 1/(1 + e^(-z)) or e^z/(1 + e^z).
func logisticOf(n *node) (z *node, ok bool) {
	if n.calls(fnSigma) {
		return n.a, true
	}
	if n.op != opDiv {
		return nil, false
	}
	below, ok := onePlus(n.b)
	if !ok {
		return nil, false
	}
	u, ok := below.exponent()
	switch {
	case !ok:
		return nil, false
	case n.a.is(1) && u.op == opNeg:
		return u.a, true
	case n.a.is(1):
		return negate(u), true
	case equal(n.a, below):
		return u, true
	}
	return nil, false
}
