package derive

import "slices"

// changed is the smallest part of b at which it is no longer what a is: both trees are walked down together as long as
// they have the same operation and differ in one operand only. It is nil if they are equal as functions.
func (c *checker) changed(a, b *node) *node {
	if c.alike(a, b) {
		return nil
	}
	here := b
	if b.end == b.pos {
		here = nil
	}
	if inner := c.changedBelow(a, b); inner != nil {
		return inner
	}
	return here
}

func (c *checker) changedBelow(a, b *node) *node {
	switch {
	case b.op == opNeg && a.op == opNeg:
		return c.changed(a.a, b.a)
	case a.op == opSum && b.op == opSum && a.over == b.over:
		// The rows of both are looked at through a free index.
		free := ref{"i", slotFree}
		return c.changed(withIndex(a.b, a.i, free), withIndex(b.b, b.i, free))
	case a.op == opD && b.op == opD && keyOf(a.a) == keyOf(b.a):
		return c.changed(a.b, b.b)
	case (a.op == opAdd || a.op == opSub) && (b.op == opAdd || b.op == opSub):
		return c.oneOf(signedTerms(a, false), signedTerms(b, false))
	case a.op == opMul && b.op == opMul:
		var fa, fb []*node
		factorsOf(a, &fa)
		factorsOf(b, &fb)
		if n := c.oneOf(fa, fb); n != nil {
			return n
		}
		return c.run(fa, fb)
	case a.op == opDiv && b.op == opDiv, a.op == opPow && b.op == opPow, a.op == opCall && b.op == opCall && a.fn == b.fn && a.b != nil:
		return c.oneInOrder([]*node{a.a, a.b}, []*node{b.a, b.b})
	case a.op == opCall && b.op == opCall && a.fn == b.fn:
		return c.changed(a.a, b.a)
	}
	return nil
}

// oneOf pairs what is alike in two lists in any order; if one remains of each, it goes on there.
func (c *checker) oneOf(a, b []*node) *node {
	if len(a) > 12 || len(b) > 12 {
		return nil
	}
	var rest []*node
	a = slices.Clone(a)
	for _, n := range b {
		if i := slices.IndexFunc(a, func(o *node) bool { return c.alike(o, n) }); i >= 0 {
			a = slices.Delete(a, i, i+1)
			continue
		}
		rest = append(rest, n)
	}
	switch {
	case len(rest) == 1 && len(a) == 1:
		if c.alike(neg(a[0]), rest[0]) { // only the sign between two terms: both are marked, unless that is much
			if rest[0].size() > 4 {
				return rest[0]
			}
			return nil
		}
		return c.changed(a[0], rest[0])
	case len(rest) == 1 && rest[0].end > rest[0].pos:
		return rest[0]
	}
	return nil
}

// run is what several neighbouring factors of b make together where those of a are others: h_i² x_ij in the place of ∂h_i/∂θ_j.
func (c *checker) run(a, b []*node) *node {
	if len(a) > 12 || len(b) > 12 {
		return nil
	}
	kept := slices.Clone(a)
	var whole *node
	var last int
	for i, n := range b {
		if at := slices.IndexFunc(kept, func(o *node) bool { return c.alike(o, n) }); at >= 0 {
			kept = slices.Delete(kept, at, at+1)
			continue
		}
		switch {
		case n.end == n.pos:
			return nil
		case whole == nil:
			whole = n
		case last != i-1 || n.pos < whole.end:
			return nil
		default:
			from := whole.pos
			whole = binary(opMul, whole, n)
			whole.pos, whole.end = from, n.end
		}
		last = i
	}
	if whole == nil || len(kept) == len(a) || whole.op != opMul {
		return nil
	}
	return whole
}

func (c *checker) oneInOrder(a, b []*node) *node {
	var at []int
	for i := range a {
		if !c.alike(a[i], b[i]) {
			at = append(at, i)
		}
	}
	if len(at) != 1 {
		return nil
	}
	return c.changed(a[at[0]], b[at[0]])
}

// alike reports whether two parts of lowered formulas have the same values.
func (c *checker) alike(a, b *node) bool {
	if keyOf(a) == keyOf(b) {
		return true
	}
	p, ok := c.probe(a)
	return ok && p.has(candidate{tree: b})
}

func withIndex(n *node, old, by ref) *node {
	return n.mapped(func(c *node) *node {
		if c.i != old && c.k != old {
			return nil
		}
		d := *c
		if c.i == old {
			d.i = by
		}
		if c.k == old {
			d.k = by
		}
		if c.a != nil {
			d.a = withIndex(c.a, old, by)
		}
		if c.b != nil {
			d.b = withIndex(c.b, old, by)
		}
		return &d
	})
}

// signedTerms are the terms of a sum, those after a minus negated.
func signedTerms(n *node, minus bool) []*node {
	switch n.op {
	case opAdd, opSub:
		return append(signedTerms(n.a, minus), signedTerms(n.b, minus != (n.op == opSub))...)
	}
	if minus {
		return []*node{at(unary(opNeg, n), n)}
	}
	return []*node{n}
}
