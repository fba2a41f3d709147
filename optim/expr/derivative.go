package expr

// A differentiator finds derivatives with respect to one variable.
type differentiator struct {
	v     uint8
	known map[*node]*node // derivatives of heavier nodes, which occur in one another's derivatives
}

const heavy = 12

// derivative returns ∂n/∂v, tidied.
func (d *differentiator) derivative(n *node) *node {
	if n.weight >= heavy {
		if known, ok := d.known[n]; ok {
			return known
		}
	}
	var s terms
	d.add(&s, n, false)
	result := s.node()
	if n.weight >= heavy {
		if d.known == nil {
			d.known = make(map[*node]*node)
		}
		d.known[n] = result
	}
	return result
}

func (d *differentiator) varies(n *node) bool { return n.vars>>d.v&1 == 1 }

// add adds ∂n/∂v, or subtracts it, to s.
func (d *differentiator) add(s *terms, n *node, negative bool) {
	if !d.varies(n) {
		return
	}
	switch n.op {
	case opAdd, opSub:
		d.add(s, n.a, negative)
		d.add(s, n.b, negative != (n.op == opSub))
		return
	case opNeg:
		d.add(s, n.a, !negative)
		return
	}
	t := termOf(n)
	if len(t.factors) == 1 && t.factors[0].exponent.is(1, 1) && t.coefficient.is(1, 1) {
		if !d.varies(t.factors[0].base) {
			return // x alone is left of x*y/y
		}
		s.addTerm(termOf(d.atom(t.factors[0].base)), negative)
		return
	}
	if varying := d.varying(&t); varying > longProduct {
		left, right := d.halves(&t, (varying+1)/2)
		s.addTerm(productOf(left, termOf(d.derivative(right.node()))), negative)
		s.addTerm(productOf(right, termOf(d.derivative(left.node()))), negative)
		return
	}
	// The product and power rules in one: Σ k·f^(k-1)·f′ times the other factors.
	for i, f := range t.factors {
		if !d.varies(f.base) {
			continue
		}
		part := term{coefficient: t.coefficient, factors: make([]factor, 0, len(t.factors)+4)}
		lowered := f.exponent.add(whole(-1))
		if !lowered.ok() || !part.scale(f.exponent, 1) {
			part.multiply(exact(f.exponent), whole(1))
			lowered = f.exponent
			part.multiply(f.base, whole(-1))
		}
		for j, g := range t.factors {
			if j == i {
				part.collect(g.base, lowered)
			} else {
				part.collect(g.base, g.exponent)
			}
		}
		part.multiply(d.derivative(f.base), whole(1))
		part.merge()
		s.addTerm(part, negative)
	}
}

// longProduct is the number of factors up to which the product rule is written out, a term for each. A longer product is
// cut in two, (fg)′ = fg′ + gf′, and so are its halves: of n factors that leaves n·log n rather than n².
const longProduct = 6

func (d *differentiator) varying(t *term) int {
	count := 0
	for _, f := range t.factors {
		if d.varies(f.base) {
			count++
		}
	}
	return count
}

// halves splits the factors so that count of those that vary are in the first part.
func (d *differentiator) halves(t *term, count int) (left, right term) {
	left.coefficient, right.coefficient = t.coefficient, whole(1)
	for _, f := range t.factors {
		switch varies := d.varies(f.base); {
		case varies && count == 0:
			right.factors = append(right.factors, f)
		case varies:
			count--
			fallthrough
		default:
			left.factors = append(left.factors, f)
		}
	}
	return left, right
}

// exact writes a rational as a formula.
func exact(r rational) *node {
	t := term{coefficient: r}
	return t.node()
}

// atom differentiates what is neither a product nor a constant power: a variable, a function, a power whose
// exponent varies or is no fraction, or a sum in brackets.
func (d *differentiator) atom(n *node) *node {
	switch n.op {
	case opVariable:
		return one
	case opPow:
		return d.power(n)
	case opCall:
		if functions[n.fn].arity == 2 {
			return d.minMax(n)
		}
		return product(functions[n.fn].outer(n.a, n), d.derivative(n.a))
	}
	return d.derivative(n)
}

// power keeps to the form that is defined for negative bases as long as the exponent does not vary with v.
func (d *differentiator) power(n *node) *node {
	base, exponent := n.a, n.b
	db, de := d.derivative(base), d.derivative(exponent)
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

// minMax is (a′ + b′ ± sign(a−b)(a′ − b′))/2, written as each argument's share, (1 ± sign(a−b))/2.
func (d *differentiator) minMax(n *node) *node {
	s := signOf(sum(n.a, negate(n.b)))
	if n.fn == fnMin {
		s = negate(s)
	}
	half := func(share, slope *node) *node { return quotient(product(share, slope), integer(2)) }
	return sum(half(sum(one, s), d.derivative(n.a)), half(sum(one, negate(s)), d.derivative(n.b)))
}
