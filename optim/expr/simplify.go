package expr

import (
	"cmp"
	"slices"
)

// Derivatives are put together from terms, so that they read as a person would write them: numbers multiplied out,
// equal factors and equal terms collected, fractions with one bar, signs in front. Brackets are never multiplied out.

// A term is coefficient · Π base^exponent.
type term struct {
	coefficient rational
	factors     []factor
}

type factor struct {
	base     *node
	exponent rational
}

func termOf(n *node) term {
	t := term{coefficient: whole(1)}
	t.multiply(n, whole(1))
	return t
}

// multiply takes n^e into the term. Only whole powers are distributed over products and powers: for others the result
// would have another domain, (x^2)^(1/2) is not x.
func (t *term) multiply(n *node, e rational) {
	if e.isWhole() {
		switch n.op {
		case opNumber:
			if t.scale(n.exact, e.num) {
				return
			}
		case opNeg:
			t.scale(whole(-1), e.num)
			t.multiply(n.a, e)
			return
		case opMul:
			t.multiply(n.a, e)
			t.multiply(n.b, e)
			return
		case opDiv:
			t.multiply(n.a, e)
			t.multiply(n.b, e.negative())
			return
		case opPow:
			if p := rationalOf(n.b); p.ok() {
				if p = p.mul(e); p.ok() {
					t.multiply(n.a, p)
					return
				}
			}
		case opCall:
			if n.fn == fnSqrt {
				if p := e.mul(rational{num: 1, den: 2}); p.ok() {
					t.multiply(n.a, p)
					return
				}
			}
		}
	}
	t.collect(n, e)
}

func (t *term) scale(r rational, power int64) bool {
	if !r.ok() {
		return false
	}
	if r = r.pow(power); !r.ok() {
		return false
	}
	if r = r.mul(t.coefficient); !r.ok() {
		return false
	}
	t.coefficient = r
	return true
}

func (t *term) collect(base *node, e rational) {
	for i := range t.factors {
		f := &t.factors[i]
		if !equal(f.base, base) {
			continue
		}
		s := f.exponent.add(e)
		if !s.ok() {
			break
		}
		if f.exponent = s; s.num == 0 {
			t.factors = slices.Delete(t.factors, i, i+1)
		}
		return
	}
	if e.num != 0 {
		t.factors = append(t.factors, factor{base, e})
	}
}

// sameFactors reports whether two terms differ in their coefficients only.
func (t *term) sameFactors(u *term) bool {
	if len(t.factors) != len(u.factors) {
		return false
	}
	for _, f := range t.factors {
		found := slices.ContainsFunc(u.factors, func(g factor) bool {
			return f.exponent.is(g.exponent.num, g.exponent.den) && equal(f.base, g.base)
		})
		if !found {
			return false
		}
	}
	return true
}

// signature is equal for terms with the same factors, whatever their order.
func (t *term) signature() uint64 {
	h := uint64(0)
	for _, f := range t.factors {
		h += mix(mix(f.base.hash, uint64(f.exponent.num)), uint64(f.exponent.den))
	}
	return h
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
	slices.SortStableFunc(t.factors, func(f, g factor) int { return cmp.Compare(rank(f.base), rank(g.base)) })
	above, below := c.split()
	if above.is(1) {
		above = nil
	}
	if below.is(1) {
		below = nil
	}
	for _, f := range t.factors {
		if f.exponent.num > 0 {
			above = join(above, power(f.base, f.exponent))
		} else {
			below = join(below, power(f.base, f.exponent.negative()))
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

func (t *term) node() *node {
	m := t.magnitude()
	if t.coefficient.num < 0 {
		return negate(m)
	}
	return m
}

func join(a, b *node) *node {
	if a == nil {
		return b
	}
	return binary(opMul, a, b)
}

// rank orders the factors of a printed product: constants, x, y, brackets of these, functions, brackets of functions and
// last a constant such as log(2), which in front would seem to take what follows into its argument.
func rank(n *node) int {
	switch {
	case n.vars == 0 && n.op == opCall:
		return 6
	case n.vars == 0:
		return 0
	case n.op == opVariable:
		return 1 + int(n.index)
	case n.op != opAdd && n.op != opSub:
		return 4
	case hasFunction(n):
		return 5
	}
	return 3
}

func hasFunction(n *node) bool {
	return n != nil && (n.op == opCall || hasFunction(n.a) || hasFunction(n.b))
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

// product multiplies and tidies.
func product(factors ...*node) *node {
	t := term{coefficient: whole(1)}
	for _, f := range factors {
		t.multiply(f, whole(1))
	}
	return t.node()
}

// quotient is above/(below·below…), tidied.
func quotient(above *node, below ...*node) *node {
	t := termOf(above)
	for _, n := range below {
		t.multiply(n, whole(-1))
	}
	return t.node()
}
