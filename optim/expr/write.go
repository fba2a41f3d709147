package expr

import (
	"cmp"
	"slices"
)

// node writes the term.
func (t *term) node() *node {
	m := t.magnitude()
	if t.coefficient.num < 0 {
		return negate(m)
	}
	return m
}

// turned writes -(a - b)·c as (b - a)·c, unless the bracket has functions: 1 - tanh(x)^2 is better known than its opposite.
// It is for finished formulas; while one is put together, equal brackets had better look equal.
func turned(n *node) *node {
	if n.op != opNeg {
		return n
	}
	t := termOf(n.a)
	if !t.coefficient.is(1, t.coefficient.den) {
		return n
	}
	for i, f := range t.factors {
		b := f.base
		if b.op == opSub && !b.a.isSum() && !b.functions && f.exponent.isWhole() && f.exponent.num > 0 && f.exponent.num%2 == 1 {
			t.factors[i].base = binary(opSub, b.b, b.a)
			return t.magnitude()
		}
	}
	return n
}

// magnitude writes the term without its sign.
func (t *term) magnitude() *node {
	c := t.coefficient
	if c.num == 0 {
		return zero
	}
	if c.num < 0 {
		c = c.negative()
	}
	slices.SortStableFunc(t.factors, func(f, g factor) int { return compare(f.base, g.base) })
	above, below := c.split()
	if above.is(1) {
		above = nil
	}
	if below.is(1) {
		below = nil
	}
	for _, f := range t.factors {
		u, isExponential := f.base.exponent()
		switch {
		case isExponential && f.base.vars != 0:
			above = appended(above, f.base.withExponent(product(exact(f.exponent), u)))
		case f.exponent.num > 0:
			above = appended(above, power(f.base, f.exponent))
		default:
			below = appended(below, power(f.base, f.exponent.negative()))
		}
	}
	if above == nil {
		above = one
	}
	if below == nil {
		return above
	}
	return binary(opDiv, above, below)
}

func appended(a, b *node) *node {
	if a == nil {
		return b
	}
	return binary(opMul, a, b)
}

// compare orders the factors of a product: by rank, x before y, and then by kind, so that equal products look equal.
func compare(m, n *node) int {
	c := cmp.Or(cmp.Compare(rank(m), rank(n)), cmp.Compare(order[m.vars], order[n.vars]))
	if c == 0 && !m.isSum() && !n.isSum() {
		c = cmp.Or(cmp.Compare(m.fn, n.fn), cmp.Compare(m.value, n.value))
		if c == 0 && m.a != nil && n.a != nil {
			c = compare(m.a, n.a)
		}
	}
	return c
}

// order is the place of a set of variables: none, x, both, y.
var order = [4]int{0, 1, 3, 2}

// rank orders the factors of a printed product: constants, x, y, brackets of these, powers, functions, brackets of
// functions and last a constant such as log(2), which in front would seem to take what follows into its argument.
func rank(n *node) int {
	switch {
	case n.vars == 0 && n.op == opCall:
		return 7
	case n.vars == 0:
		return 0
	case n.op == opVariable:
		return 1 + int(n.index)
	case n.op == opPow:
		return 4
	case !n.isSum():
		return 5
	case n.functions:
		return 6
	}
	return 3
}

func power(base *node, e rational) *node {
	switch {
	case e.is(1, 1):
		return base
	case e.is(1, 2):
		return call(fnSqrt, base)
	}
	above, below := e.split()
	if below.is(1) {
		return binary(opPow, base, above)
	}
	return binary(opPow, base, binary(opDiv, above, below))
}

// writeSum puts a positive term first if there is one: 1 - sin(x) rather than -sin(x) + 1.
func writeSum(list []term) *node {
	var n *node
	first := slices.IndexFunc(list, func(t term) bool { return t.coefficient.num > 0 })
	if first > 0 {
		n = list[first].magnitude()
	}
	for i := range list {
		switch t := &list[i]; {
		case t.coefficient.num == 0 || i == first && n != nil:
		case n == nil:
			n = t.node()
		case t.coefficient.num > 0:
			n = binary(opAdd, n, t.magnitude())
		default:
			n = binary(opSub, n, t.magnitude())
		}
	}
	if n == nil {
		return zero
	}
	return n
}
