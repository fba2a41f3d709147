package expr

// Derivatives are put together from terms, so that they read as a person would write them: numbers multiplied out,
// equal factors and equal terms collected, fractions with one bar, signs in front. What several terms have in common is
// taken out, and brackets are multiplied out, only where the result is shorter.

// A term is coefficient · Π base^exponent. A base occurs once. For e^(k·u), however it was written, the base is e^u.
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
		if u, ok := n.exponent(); ok && n.vars != 0 {
			if reduced, k := n.reduceExponent(u); k.ok() {
				if p := e.mul(k); p.ok() {
					t.collect(reduced, p)
					return
				}
			}
		}
	}
	t.collect(n, e)
}

// reduceExponent writes n = e^u as power^k, with the number k taken out of u.
func (n *node) reduceExponent(u *node) (power *node, k rational) {
	switch u.op {
	case opNeg, opMul, opDiv:
	default:
		return n, whole(1)
	}
	inner := termOf(u)
	k = inner.coefficient
	if k.is(1, 1) {
		return n, k
	}
	inner.coefficient = whole(1)
	return n.withExponent(inner.node()), k
}

// withExponent returns e^u, written as n writes its power of e.
func (n *node) withExponent(u *node) *node {
	if n.op == opCall {
		return call(fnExp, u)
	}
	return binary(opPow, euler, u)
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
		f.exponent = s
		if s.num == 0 || s.isWhole() && (base.op == opMul || base.op == opDiv || base.op == opNeg) {
			t.remove(i)
			t.multiply(base, s) // (2x)^(1/2)·(2x)^(1/2) is 2x
		}
		return
	}
	if e.num != 0 {
		t.factors = append(t.factors, factor{base, e})
	}
}

// remove drops a factor; the others keep their order.
func (t *term) remove(i int) { t.factors = append(t.factors[:i], t.factors[i+1:]...) }

// power returns the exponent of base, 0 if it does not occur.
func (t *term) power(base *node) rational {
	for i := range t.factors {
		if equal(t.factors[i].base, base) {
			return t.factors[i].exponent
		}
	}
	return whole(0)
}

// merge joins factors that belong together though their bases differ: b^u·b^k is b^(u+k), u·sign(u) is |u|.
func (t *term) merge() {
	for i := 0; i < len(t.factors); i++ {
		f := t.factors[i]
		if !f.exponent.is(1, 1) {
			continue
		}
		switch {
		case f.base.op == opPow && f.base.a.op != opNumber:
			if k := t.power(f.base.a); k.num != 0 && k.isWhole() {
				t.collect(f.base.a, k.negative())
				t.replace(f.base, raise(f.base.a, sum(f.base.b, exact(k))))
			}
		case f.base.calls(fnSign):
			if k := t.power(f.base.a); k.num > 0 && k.isWhole() {
				t.collect(f.base.a, whole(-1))
				t.replace(f.base, call(fnAbs, f.base.a))
			}
		}
	}
}

// replace puts another factor in the place of a plain one.
func (t *term) replace(old, new *node) {
	t.collect(old, whole(-1))
	t.multiply(new, whole(1))
}

// sameFactors reports whether two terms differ in their coefficients only.
func (t *term) sameFactors(u *term) bool {
	if len(t.factors) != len(u.factors) {
		return false
	}
	for _, f := range t.factors {
		if e := u.power(f.base); !e.is(f.exponent.num, f.exponent.den) {
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

// productOf multiplies terms.
func productOf(t, u term) term {
	p := term{coefficient: t.coefficient, factors: append(make([]factor, 0, len(t.factors)+len(u.factors)), t.factors...)}
	if !p.scale(u.coefficient, 1) {
		p.multiply(exact(u.coefficient), whole(1))
	}
	for _, f := range u.factors {
		p.collect(f.base, f.exponent)
	}
	return p
}

// product multiplies and tidies.
func product(factors ...*node) *node {
	t := term{coefficient: whole(1), factors: make([]factor, 0, 4)}
	for _, f := range factors {
		t.multiply(f, whole(1))
	}
	t.merge()
	return t.node()
}

// quotient is above/(below·below…), tidied.
func quotient(above *node, below ...*node) *node {
	t := termOf(above)
	for _, n := range below {
		t.multiply(n, whole(-1))
	}
	t.merge()
	return t.node()
}
