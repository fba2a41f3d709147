package derive

import "slices"

// A rewriter collects candidates.
type rewriter struct {
	root *node
	list []candidate
}

func (w *rewriter) put(id string, tree *node) {
	if len(w.list) < 400 {
		w.list = append(w.list, candidate{id: id, tree: tree})
	}
}

// each puts, for each node that change answers something else for, the line with that node changed, and the line with all changed.
func (w *rewriter) each(id string, change func(*node) *node) {
	var at []*node
	w.root.walk(func(n *node) bool {
		if by := change(n); by != nil && !slices.Contains(at, n) {
			at = append(at, n)
			w.put(id, w.root.replaced(n, by))
		}
		return len(at) < 40
	})
	if len(at) > 1 {
		w.put(id, w.root.mapped(change))
	}
}

func isY(n *node) bool { return n.op == opY || n.op == opScalar && n.text == "y" }

func isOneMinus(n *node, what func(*node) bool) bool {
	return n.op == opSub && n.a.isNumber(1) && what(n.b)
}

// hasOtherLabel reports whether 1 − y is a factor of n.
func hasOtherLabel(n *node) bool {
	switch n.op {
	case opMul:
		return hasOtherLabel(n.a) || hasOtherLabel(n.b)
	case opDiv, opNeg:
		return hasOtherLabel(n.a)
	case opSum:
		return hasOtherLabel(n.b)
	}
	return isOneMinus(n, isY)
}

// rewrittenCandidates are a lowered line with one thing changed as students do, likely changes first.
func rewrittenCandidates(n *node) []candidate {
	w := &rewriter{root: n}
	w.slopes()
	w.terms()
	w.labels()
	w.indices()
	w.means()
	w.logarithms()
	w.minuses()
	w.powers()
	w.brackets()
	w.multipliedOut()
	return w.list
}

func (w *rewriter) slopes() {
	for _, as := range []struct {
		id string
		of func(u *node) *node
	}{
		{"sigma-prime-sigma", func(u *node) *node { return call(fnSigma, u) }},
		{"sigma-prime-one-minus", func(u *node) *node { return binary(opSub, one, call(fnSigma, u)) }},
		{"sigma-prime-square", func(u *node) *node { return square(call(fnSigma, u)) }},
		{"sigma-prime-square", func(u *node) *node { return square(binary(opSub, one, call(fnSigma, u))) }},
		{"sigma-prime-sign", func(u *node) *node { return neg(call(fnSigmaPrime, u)) }},
		{"chain-sigma", func(*node) *node { return one }},
		{"inner-minus", func(u *node) *node { return mul(call(fnSigma, u), add(one, call(fnSigma, u))) }},
	} {
		w.each(as.id, func(c *node) *node {
			if c.op == opCall && c.fn == fnSigmaPrime {
				return as.of(c.a)
			}
			return nil
		})
	}
}

func (w *rewriter) labels() {
	w.put("y-swapped", w.root.mapped(func(c *node) *node {
		switch {
		case isOneMinus(c, isY):
			return c.b
		case isY(c):
			return binary(opSub, one, c)
		}
		return nil
	}))
	w.each("sigma-y-swapped", func(c *node) *node {
		if c.op == opSub && (isY(c.a) && isSigma(c.b) || isSigma(c.a) && isY(c.b)) {
			return binary(opSub, c.b, c.a)
		}
		return nil
	})
	w.each("y-for-sigma", func(c *node) *node {
		if c.op == opY {
			return call(fnSigma, dotRow(c.i))
		}
		return nil
	})
	w.each("y-for-sigma", func(c *node) *node {
		if c.op == opCall && c.fn == fnSigma && c.a.op == opDot && c.a.b.op == opRow {
			return &node{op: opY, i: c.a.b.i}
		}
		return nil
	})
}

func (w *rewriter) terms() {
	w.each("second-term", func(c *node) *node {
		switch {
		case c.op != opAdd && c.op != opSub:
		case hasOtherLabel(c.b) && !hasOtherLabel(c.a):
			return c.a
		case hasOtherLabel(c.a) && !hasOtherLabel(c.b) && c.op == opSub:
			return neg(c.b)
		case hasOtherLabel(c.a) && !hasOtherLabel(c.b):
			return c.b
		}
		return nil
	})
	w.each("second-term-sign", func(c *node) *node {
		switch {
		case c.op != opAdd && c.op != opSub:
		case hasOtherLabel(c.b) && !hasOtherLabel(c.a):
			return binary(opAdd+opSub-c.op, c.a, c.b)
		case hasOtherLabel(c.a) && !hasOtherLabel(c.b):
			return binary(c.op, neg(c.a), c.b)
		}
		return nil
	})
}

func (w *rewriter) indices() {
	j := &node{op: opThetaAt, i: feature}
	w.each("chain-x", func(c *node) *node {
		if c.op == opX {
			return one
		}
		return nil
	})
	w.each("theta-for-x", func(c *node) *node {
		if c.op == opX {
			return &node{op: opThetaAt, i: c.k}
		}
		return nil
	})
	if !w.root.contains(func(c *node) bool {
		return c.i.slot == slotJ && c.i.name == "j" || c.k.slot == slotJ && c.k.name == "j"
	}) {
		return
	}
	for _, turn := range []func(i, k ref) (ref, ref){
		func(i, k ref) (ref, ref) { return k, i },
		func(i, _ ref) (ref, ref) { return i, i },
		func(_, k ref) (ref, ref) { return k, k },
	} {
		w.each("wrong-index", func(c *node) *node {
			if c.op != opX {
				return nil
			}
			i, k := turn(c.i, c.k)
			return &node{op: opX, i: i, k: k}
		})
	}
	w.each("wrong-index", func(c *node) *node {
		switch {
		case c.op == opY && c.i.slot != slotJ:
			return &node{op: opY, i: feature}
		case c.op == opRow && c.i.slot != slotJ:
			return &node{op: opRow, i: feature}
		}
		return nil
	})
	w.each("wrong-index", func(c *node) *node { // σ(x_ij θ_j) for σ(θᵀx_i)
		if c.op == opDot && c.a.op == opTheta && c.b.op == opRow {
			return mul(j, &node{op: opX, i: c.b.i, k: feature})
		}
		return nil
	})
}

func (w *rewriter) means() {
	if !w.root.contains(func(c *node) bool { return c.op == opSum }) {
		return
	}
	m := &node{op: opCount, over: rows}
	w.put("extra-mean", binary(opDiv, w.root, m))
	w.put("extra-mean", binary(opMul, w.root, m))
	w.each("dropped-sum", func(c *node) *node { // of the terms without an index
		if c.op != opSum || c.b.op != opAdd && c.b.op != opSub {
			return nil
		}
		uses := func(n *node) bool {
			return n.contains(func(d *node) bool { return d.i.slot == c.i.slot || d.k.slot == c.i.slot })
		}
		switch a, b := uses(c.b.a), uses(c.b.b); {
		case a && !b:
			return binary(c.b.op, sumOver(c.i, c.over, c.b.a), c.b.b)
		case b && !a:
			return binary(c.b.op, c.b.a, sumOver(c.i, c.over, c.b.b))
		}
		return nil
	})
}

func (w *rewriter) logarithms() {
	log := func(u *node) *node { return call(fnLog, u) }
	w.each("log-of-sum", func(c *node) *node {
		if c.op == opCall && c.fn == fnLog && (c.a.op == opAdd || c.a.op == opSub) {
			if c.a.op == opSub && c.a.a.isNumber(1) {
				return neg(log(c.a.b))
			}
			return binary(c.a.op, log(c.a.a), log(c.a.b))
		}
		return nil
	})
	w.each("log-of-product", func(c *node) *node {
		if c.op == opCall && c.fn == fnLog && (c.a.op == opMul || c.a.op == opDiv) {
			return binary(c.a.op, log(c.a.a), log(c.a.b))
		}
		return nil
	})
	isLog := func(c *node) bool { return c.op == opCall && c.fn == fnLog }
	w.each("log-of-sum", func(c *node) *node {
		if (c.op == opAdd || c.op == opSub) && isLog(c.a) && isLog(c.b) {
			return log(binary(c.op, c.a.a, c.b.a))
		}
		return nil
	})
	w.each("log-of-product", func(c *node) *node {
		if c.op == opMul && isLog(c.a) && isLog(c.b) {
			return log(binary(opMul, c.a.a, c.b.a))
		}
		return nil
	})
}

func (w *rewriter) minuses() {
	leading := map[*node]bool{}
	for n := w.root; n != nil; {
		switch n.op {
		case opNeg:
			leading[n] = true
			n = n.a
		case opD:
			n = n.b
		case opMul, opDiv, opAdd, opSub:
			n = n.a
		default:
			n = nil
		}
		if n != nil && n.op != opNeg && (n.op == opAdd || n.op == opSub) {
			n = nil // a minus before one of several terms is an inner one
		}
	}
	w.each("inner-minus", func(c *node) *node {
		switch {
		case c.op == opNeg && !leading[c]:
			return c.a
		case c.op == opSub:
			return binary(opAdd, c.a, c.b)
		}
		return nil
	})
	w.each("inner-minus", func(c *node) *node { // σ(−u) for σ(u)
		if c.op == opCall && (c.fn == fnSigma || c.fn == fnExp) {
			return call(c.fn, neg(c.a))
		}
		return nil
	})
	w.each("inner-minus", func(c *node) *node { // a − (b − c) becomes a − b − c
		if c.op == opSub && (c.b.op == opAdd || c.b.op == opSub) {
			return binary(opAdd+opSub-c.b.op, binary(opSub, c.a, c.b.a), neg(neg(c.b.b)))
		}
		return nil
	})
}

func (w *rewriter) powers() {
	if w.root.contains(func(c *node) bool {
		return c.op == opPow || c.op == opNumber && (c.num.d == 2 || c.num.n == 2 && c.num.d == 1)
	}) {
		w.put("power-rule", binary(opMul, two, w.root))
		w.put("power-rule", binary(opDiv, w.root, two))
	}
	w.each("power-rule", func(c *node) *node { // a factor 2 is lost
		if c.isNumber(2) {
			return one
		}
		return nil
	})
	w.each("power-rule", func(c *node) *node {
		if v, ok := c.constantPower(); ok && v.d == 1 {
			return power1(c.a, integer(v.n-1))
		}
		return nil
	})
}

func (w *rewriter) brackets() {
	isSum := func(c *node) bool { return c.op == opAdd || c.op == opSub }
	for _, side := range []bool{false, true} { // only the first, or only the second, term gets the factor
		w.each("expansion", func(c *node) *node {
			if c.op != opMul || !isSum(c.a) && !isSum(c.b) {
				return nil
			}
			factor, total := c.a, c.b
			if isSum(c.a) {
				factor, total = c.b, c.a
			}
			if side {
				return binary(total.op, total.a, mul(factor, total.b))
			}
			return binary(total.op, mul(factor, total.a), total.b)
		})
	}
	w.each("expansion", func(c *node) *node {
		if c.op == opNeg && isSum(c.a) {
			return binary(c.a.op, neg(c.a.a), c.a.b)
		}
		return nil
	})
	w.each("expansion", func(c *node) *node {
		if v, ok := c.constantPower(); ok && v.v == 2 && isSum(c.a) {
			return binary(c.a.op, square(c.a.a), square(c.a.b))
		}
		return nil
	})
	w.each("expansion", func(c *node) *node {
		if v, ok := c.constantPower(); ok && v.v == 2 && isSum(c.a) {
			return binary(opAdd, square(c.a.a), square(c.a.b))
		}
		return nil
	})
	w.each("expansion", func(c *node) *node { // Σ of a product is not the product of the Σ
		if c.op == opSum && c.b.op == opMul {
			return binary(opMul, sumOver(c.i, c.over, c.b.a), sumOver(c.i, c.over, c.b.b))
		}
		return nil
	})
	w.each("expansion", func(c *node) *node { // a/(b + c) = a/b + a/c
		if c.op == opDiv && isSum(c.b) {
			return binary(c.b.op, binary(opDiv, c.a, c.b.a), binary(opDiv, c.a, c.b.b))
		}
		return nil
	})
	for _, side := range []bool{false, true} {
		w.each("cancellation", func(c *node) *node { // (a + b)/c
			if c.op != opDiv || !isSum(c.a) {
				return nil
			}
			if side {
				return binary(c.a.op, c.a.a, binary(opDiv, c.a.b, c.b))
			}
			return binary(c.a.op, binary(opDiv, c.a.a, c.b), c.a.b)
		})
	}
	w.each("cancellation", func(c *node) *node { // a/(a + b) = 1/b, 1/(1 + b)
		if c.op == opDiv && c.b.op == opAdd {
			switch key := keyOf(c.a); key {
			case keyOf(c.b.a):
				return div(one, c.b.b)
			case keyOf(c.b.b):
				return div(one, c.b.a)
			}
		}
		return nil
	})
	w.each("cancellation", func(c *node) *node {
		if c.op == opDiv && c.b.op == opAdd {
			switch key := keyOf(c.a); key {
			case keyOf(c.b.a), keyOf(c.b.b):
				other := c.b.b
				if key == keyOf(c.b.b) {
					other = c.b.a
				}
				return binary(opDiv, one, binary(opAdd, one, other))
			}
		}
		return nil
	})
	w.each("cancellation", func(c *node) *node {
		if c.op == opDiv {
			return c.a
		}
		return nil
	})
	for _, side := range []bool{false, true} {
		w.each("cancellation", func(c *node) *node {
			if c.op != opMul {
				return nil
			}
			if side {
				return c.b
			}
			return c.a
		})
	}
}
