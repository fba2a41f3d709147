package derive

import (
	"slices"
)

// maxDiagnosed bounds how many breaks of a derivation are looked into.
const maxDiagnosed = 12

// maxRewritten is the size of a line up to which its likes after a mistake are made.
const maxRewritten = 300

// explain says what went wrong from one line to the next, which differs.
func (c *checker) explain(line *Line, from, to *node, r *comparison) {
	if c.diagnosed++; c.diagnosed > maxDiagnosed {
		return
	}
	defer func() {
		if failed := recover(); failed != nil {
			if _, ok := failed.(spent); !ok {
				panic(failed)
			}
		}
	}()
	defer c.spend()()
	if to.contains(rowsUpToN) && !from.contains(rowsUpToN) {
		line.Note = join("n counts the features here: a sum over the rows goes up to m", line.Note)
		return
	}
	before, after := c.space.lowered(from), c.space.lowered(to)
	p, ok := c.probe(to)
	if !ok {
		return
	}
	if wrt, ok := c.differentiated(before, p); ok {
		line.Note = join("this is the derivative of the line before: write "+operator(wrt)+" in front of that line", line.Note)
		return
	}
	if ids := p.diagnose(before, after, c.goalFrom(before)); len(ids) > 0 {
		line.Diagnosis, line.Also = ids[0], ids[1:]
		line.Note = join(words(ids[0]), line.Note)
	} else if q, ok := c.probe(before); ok {
		if wrt, ok := c.differentiated(after, q); ok {
			line.Note = join("the derivative is missing: write "+operator(wrt)+" in front", line.Note)
			return
		}
	}
	if changed := c.changed(before, after); changed != nil && changed.end > changed.pos && changed.size() < after.size() {
		line.Mark = [2]int{changed.pos, changed.end}
		if line.Diagnosis == "" {
			line.Note = join("the step went wrong at “"+clipped(string([]rune(line.Text)[changed.pos:changed.end]))+"”", line.Note)
		}
	}
	if line.Note == "" && r.counter != nil {
		line.Note = "this is another function than the line before"
	}
}

// rowsUpToN reports whether n is a sum over features of what has a value in each row.
func rowsUpToN(n *node) bool {
	return n.op == opSum && n.over == features && n.b.contains(func(c *node) bool {
		return c.i.slot == n.i.slot && (c.op == opY || c.op == opH || c.op == opZ || c.op == opRow || c.op == opX && c.k.slot != n.i.slot)
	})
}

// differentiated reports whether the derivative of one line, by the variable of the task, has the values of another.
func (c *checker) differentiated(line *node, p *probe) (by *node, ok bool) {
	s := c.made.sections[c.at].start
	if s.op != opD || line.contains(func(n *node) bool { return n.op == opD }) {
		return nil, false
	}
	return s.a, p.has(candidate{tree: derivative(s.a, line)})
}

// diagnose names the mistakes that lead from one line to the other, the most likely one first.
func (p *probe) diagnose(before, after *node, goal *node) []string {
	if before.op == opD && after.op == opD && keyOf(before.a) == keyOf(after.a) { // what is differentiated was changed
		if inner, ok := p.probe(after.b); ok {
			if ids := inner.diagnose(before.b, after.b, nil); len(ids) > 0 {
				return ids
			}
		}
	}
	var slips []candidate
	if before.contains(func(n *node) bool { return n.op == opD }) {
		slips = derivativeCandidates(before, after)
	}
	if p.has(candidate{tree: neg(before)}) {
		return p.negated(slips, before, after)
	}
	if ids := p.matching(slips); len(ids) > 0 {
		return ids
	}
	if before.size() > maxRewritten {
		return nil
	}
	order := stepOrder(before, after)
	for at, base := range p.bases(before, goal) {
		if base == nil {
			continue
		}
		list := rewrittenCandidates(base)
		for _, id := range order {
			if derives(before, after) && (at == 0 && id == "cancellation" || at < 2 && id == "expansion") {
				continue // these happen to what was derived, and in a form that one would write
			}
			group := slices.DeleteFunc(slices.Clone(list), func(c candidate) bool { return c.id != id })
			if ids := p.matching(group); len(ids) > 0 {
				return ids
			}
		}
	}
	return nil
}

// bases are the forms of a line in which a mistake may have been made: as it is, derived, with fractions cancelled, and
// as the goal, if that is what it is equal to. Some may be nil.
func (p *probe) bases(before, goal *node) []*node {
	bases := []*node{before, nil, nil, goal}
	plain := before
	if before.contains(func(n *node) bool { return n.op == opD }) {
		if tree, err := resolved(before, nil); err == nil && tree.size() < 200 {
			plain = tree.mapped(func(n *node) *node {
				if n.op == opWhere {
					return n.b
				}
				return nil
			})
			bases[1] = plain
		}
	}
	bases[2] = cancelled(plain)
	return bases
}

// derives reports whether a step takes derivatives.
func derives(before, after *node) bool {
	isD := func(n *node) bool { return n.op == opD }
	return before.count(isD) > after.count(isD)
}

// stepOrder lists the mistakes without derivatives in the order in which they are likely for a step: one that has fewer
// fractions cancelled, one with more symbols multiplied out.
func stepOrder(before, after *node) []string {
	order := []string{"sigma-prime-sigma", "sigma-prime-one-minus", "sigma-prime-square", "sigma-prime-sign", "chain-sigma", "y-swapped", "second-term", "second-term-sign",
		"sigma-y-swapped", "y-for-sigma", "chain-x", "theta-for-x", "wrong-index", "extra-mean", "dropped-sum", "log-of-sum", "log-of-product"}
	rest := []string{"power-rule", "inner-minus", "expansion", "cancellation"}
	isFraction := func(n *node) bool { return n.op == opDiv }
	isSymbol := func(n *node) bool { return n.a == nil && n.op != opNumber }
	switch {
	case before.count(isFraction) > after.count(isFraction):
		rest = []string{"power-rule", "cancellation", "inner-minus", "expansion"}
	case before.count(isSymbol) < after.count(isSymbol):
		rest = []string{"power-rule", "expansion", "inner-minus", "cancellation"}
	}
	return append(order, rest...)
}

// goalFrom is the goal, if a line is still equal to it: what goes wrong next may go wrong in the goal's form.
func (c *checker) goalFrom(before *node) *node {
	goal := c.made.sections[c.at].goal
	if c.alike(before, goal) {
		return goal
	}
	return nil
}

// negated names the way in which a line became its negative. A minus that stood in front and is gone is the line's sign;
// if it still stands, the sign changed inside.
func (p *probe) negated(slips []candidate, from, to *node) []string {
	if leads := leadingMinus(from); leads && !leadingMinus(to) {
		return []string{"sign"}
	}
	swapped := func(n *node) bool {
		return n.contains(func(c *node) bool { return c.op == opSub && isSigma(c.a) && isY(c.b) })
	}
	straight := func(n *node) bool {
		return n.contains(func(c *node) bool { return c.op == opSub && isY(c.a) && isSigma(c.b) })
	}
	if swapped(to) && !swapped(from) || straight(to) && swapped(from) && !straight(from) {
		return []string{"sigma-y-swapped"}
	}
	ids := p.matching(slips)
	if len(ids) == 0 {
		list := rewrittenCandidates(from)
		ids = p.matching(slices.DeleteFunc(list, func(c candidate) bool { return c.id != "sigma-prime-sign" && c.id != "inner-minus" }))
	}
	return append(ids, "sign")
}

// leadingMinus reports whether a formula begins with a minus.
func leadingMinus(n *node) bool {
	switch n.op {
	case opNeg:
		return true
	case opD, opSum:
		return leadingMinus(n.b)
	case opAdd, opSub, opMul, opDiv:
		return leadingMinus(n.a)
	}
	return false
}
