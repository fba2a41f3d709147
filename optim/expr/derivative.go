package expr

// derivative returns ∂n/∂v, tidied.
func derivative(n *node, v uint8) *node {
	var s terms
	differentiate(&s, n, v, false)
	return s.node()
}

// differentiate adds ∂n/∂v, or subtracts it, to s.
func differentiate(s *terms, n *node, v uint8, negative bool) {
	if n.vars>>v&1 == 0 {
		return
	}
	switch n.op {
	case opAdd, opSub:
		differentiate(s, n.a, v, negative)
		differentiate(s, n.b, v, negative != (n.op == opSub))
		return
	case opNeg:
		differentiate(s, n.a, v, !negative)
		return
	}
	t := termOf(n)
	if len(t.factors) == 1 && t.factors[0].exponent.is(1, 1) && t.coefficient.is(1, 1) {
		s.add(atomDerivative(t.factors[0].base, v), negative)
		return
	}
	// The product and power rules in one: Σ k·f^(k-1)·f′ times the other factors.
	for i, f := range t.factors {
		if f.base.vars>>v&1 == 0 {
			continue
		}
		part := term{coefficient: t.coefficient}
		lowered := f.exponent.add(whole(-1))
		if !lowered.ok() || !part.scale(f.exponent, 1) {
			part.multiply(exact(f.exponent), whole(1))
			lowered = f.exponent
			part.multiply(f.base, whole(-1))
		}
		for j, g := range t.factors {
			if j == i {
				part.multiply(g.base, lowered)
			} else {
				part.multiply(g.base, g.exponent)
			}
		}
		part.multiply(derivative(f.base, v), whole(1))
		s.addTerm(part, negative)
	}
}

// exact writes a rational as a formula.
func exact(r rational) *node {
	t := term{coefficient: r}
	return t.node()
}

// atomDerivative differentiates what is neither a product nor a constant power: a variable, a function, a power whose
// exponent varies or is no fraction, or a sum in brackets.
func atomDerivative(n *node, v uint8) *node {
	switch n.op {
	case opVariable:
		return one
	case opPow:
		return powerDerivative(n, v)
	case opCall:
		if functions[n.fn].arity == 2 {
			return minMaxDerivative(n, v)
		}
		return product(functions[n.fn].outer(n.a, n), derivative(n.a, v))
	}
	return derivative(n, v)
}

// powerDerivative keeps to the form that is defined for negative bases as long as the exponent does not vary with v.
func powerDerivative(n *node, v uint8) *node {
	base, exponent := n.a, n.b
	db, de := derivative(base, v), derivative(exponent, v)
	if de.is(0) {
		return product(exponent, raise(base, sum(exponent, integer(-1))), db)
	}
	logarithm := call(fnLog, base)
	if _, ok := n.exponent(); ok {
		logarithm = one
	}
	if db.is(0) {
		return product(n, logarithm, de)
	}
	return product(n, sum(product(de, logarithm), quotient(product(exponent, db), base)))
}

func raise(base, exponent *node) *node {
	switch {
	case exponent.is(0):
		return one
	case exponent.is(1):
		return base
	}
	return binary(opPow, base, exponent)
}

// minMaxDerivative is (a′ + b′ ± sign(a−b)(a′ − b′))/2, written as each argument's share, (1 ± sign(a−b))/2.
func minMaxDerivative(n *node, v uint8) *node {
	s := signOf(sum(n.a, negate(n.b)))
	if n.fn == fnMin {
		s = negate(s)
	}
	half := func(share, d *node) *node { return quotient(product(share, d), integer(2)) }
	return sum(half(sum(one, s), derivative(n.a, v)), half(sum(one, negate(s)), derivative(n.b, v)))
}
