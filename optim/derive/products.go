package derive

import "slices"

// A product is a term of a formula that was multiplied out.
type product struct {
	minus    bool
	factors  []*node // above
	divisors []*node // below
}

const maxProducts = 24

// products multiplies n out. What is 1 − σ or 1 − y stays one factor unless whole is false.
func products(n *node, whole bool) ([]product, bool) {
	switch n.op {
	case opNeg:
		list, ok := products(n.a, whole)
		return negatedProducts(list), ok
	case opAdd, opSub:
		if whole && n.op == opSub && n.a.isNumber(1) {
			break
		}
		a, oka := products(n.a, whole)
		b, okb := products(n.b, whole)
		if n.op == opSub {
			b = negatedProducts(b)
		}
		list := append(slices.Clone(a), b...)
		return list, oka && okb && len(list) <= maxProducts
	case opMul:
		a, oka := products(n.a, whole)
		b, okb := products(n.b, whole)
		if !oka || !okb || len(a)*len(b) > maxProducts {
			return nil, false
		}
		var list []product
		for _, p := range a {
			for _, q := range b {
				list = append(list, product{p.minus != q.minus, append(slices.Clone(p.factors), q.factors...), append(slices.Clone(p.divisors), q.divisors...)})
			}
		}
		return list, true
	case opDiv:
		list, ok := products(n.a, whole)
		below := []*node{}
		factorsOf(n.b, &below)
		list = slices.Clone(list)
		for i := range list {
			list[i].divisors = append(slices.Clone(list[i].divisors), below...)
		}
		return list, ok
	case opPow:
		if v, ok := n.constantPower(); ok && v.d == 1 && v.n == 2 {
			return products(binary(opMul, n.a, n.a), whole)
		}
	}
	return []product{{factors: []*node{n}}}, true
}

func negatedProducts(list []product) []product {
	list = slices.Clone(list)
	for i := range list {
		list[i].minus = !list[i].minus
	}
	return list
}

func (p product) node() *node {
	n := one
	for _, f := range p.factors {
		n = mul(n, f)
	}
	for _, d := range p.divisors {
		n = div(n, d)
	}
	return n
}

func summed(list []product) *node {
	n := zero
	for _, p := range list {
		if p.minus {
			n = sub(n, p.node())
		} else {
			n = add(n, p.node())
		}
	}
	return n
}

// body is what the first sum of n adds up; n itself if there is none.
func (n *node) body() *node {
	inner := n
	n.walk(func(c *node) bool {
		if c.op == opSum {
			inner = c.b
		}
		return c.op != opSum
	})
	return inner
}

// cancelled is n with the brackets in its sum multiplied out and equal factors above and below a bar left out; nil if
// nothing cancels.
func cancelled(n *node) *node {
	inner := n.body()
	list, ok := products(inner, true)
	if !ok {
		return nil
	}
	some := false
	for i := range list {
		p := &list[i]
		p.divisors = slices.DeleteFunc(slices.Clone(p.divisors), func(d *node) bool {
			key := keyOf(d)
			at := slices.IndexFunc(p.factors, func(f *node) bool { return keyOf(f) == key })
			if at >= 0 {
				p.factors = slices.Delete(slices.Clone(p.factors), at, at+1)
				some = true
			}
			return at >= 0
		})
	}
	if !some {
		return nil
	}
	return n.replaced(inner, summed(list))
}

// multipliedOut puts the line with one term of what is multiplied out lost, of the other sign, or without one of its factors.
func (w *rewriter) multipliedOut() {
	inner := w.root.body()
	for _, whole := range []bool{true, false} {
		list, ok := products(inner, whole)
		if !ok || len(list) < 2 && !whole {
			continue
		}
		for at, p := range list {
			changed := slices.Clone(list)
			put := func(id string) { w.put(id, w.root.replaced(inner, summed(changed))) }
			second := slices.ContainsFunc(p.factors, func(f *node) bool { return isOneMinus(f, isY) })
			changed[at].minus = !p.minus
			put(map[bool]string{true: "second-term-sign", false: "expansion"}[second && len(list) > 1])
			changed = slices.Delete(slices.Clone(list), at, at+1)
			put(map[bool]string{true: "second-term", false: "expansion"}[second])
			lost := "expansion"
			if len(p.divisors) > 0 {
				lost = "cancellation"
			}
			for k := range p.factors {
				changed = slices.Clone(list)
				changed[at].factors = slices.Delete(slices.Clone(p.factors), k, k+1)
				put(lost)
			}
			for k := range p.divisors {
				changed = slices.Clone(list)
				changed[at].divisors = slices.Delete(slices.Clone(p.divisors), k, k+1)
				put("cancellation")
			}
		}
	}
}
