package expr

import "slices"

// terms is a sum in the making.
type terms struct {
	list  []term
	index map[uint64]int // from signature to position, once the list is long
}

func (s *terms) add(n *node, negative bool) {
	switch n.op {
	case opAdd:
		s.add(n.a, negative)
		s.add(n.b, negative)
	case opSub:
		s.add(n.a, negative)
		s.add(n.b, !negative)
	case opNeg:
		s.add(n.a, !negative)
	default:
		s.addTerm(termOf(n), negative)
	}
}

// addTerm adds a term. If it is but a bracket it stays one for now: it may yet be a common factor.
func (s *terms) addTerm(t term, negative bool) {
	if t.coefficient.num == 0 {
		return
	}
	if negative {
		t.coefficient = t.coefficient.negative()
	}
	signature := t.signature()
	if i, found := s.find(&t, signature); found {
		if c := s.list[i].coefficient.add(t.coefficient); c.ok() {
			s.list[i].coefficient = c
			return
		}
	}
	if s.index != nil {
		s.index[signature] = len(s.list)
	}
	s.list = append(s.list, t)
}

const shortSum = 8

func (s *terms) find(t *term, signature uint64) (int, bool) {
	if len(s.list) <= shortSum {
		i := slices.IndexFunc(s.list, func(u term) bool { return u.sameFactors(t) })
		return i, i >= 0
	}
	if s.index == nil {
		s.index = make(map[uint64]int)
		for i := range s.list {
			s.index[s.list[i].signature()] = i
		}
	}
	i, found := s.index[signature]
	return i, found && s.list[i].sameFactors(t)
}

// node writes the sum in the lightest of its forms; if two weigh the same, in the one nearer to how it came about.
// Multiplying out hides where a derivative comes from, so that it must save a quarter.
func (s *terms) node() *node {
	s.list = slices.DeleteFunc(s.list, func(t term) bool { return t.coefficient.num == 0 })
	if len(s.list) == 1 && !s.list[0].isBracket() {
		return s.list[0].node()
	}
	plain := writeSum(s.plain())
	best := plain
	if len(s.list) < 2 || len(s.list) > longestFactored {
		return best
	}
	factored, telling := s.factored()
	if factored != nil && factored.weight < best.weight {
		best = factored
	}
	if telling && best == factored {
		return best
	}
	if list := s.expanded(); list != nil {
		if expanded := writeSum(list); expanded.weight <= best.weight && expanded.weight*4 <= plain.weight*3 {
			return expanded
		}
	}
	return best
}

// isBracket reports whether the term is a sum in brackets, with no factor but a sign.
func (t *term) isBracket() bool {
	if len(t.factors) != 1 || !t.factors[0].exponent.is(1, 1) || !t.factors[0].base.isSum() {
		return false
	}
	return t.coefficient.is(1, 1) || t.coefficient.is(-1, 1)
}

// plain returns the terms side by side, without brackets that have no factor.
func (s *terms) plain() []term {
	if !slices.ContainsFunc(s.list, func(t term) bool { return t.isBracket() }) {
		return s.list
	}
	var flat terms
	for _, t := range s.list {
		if t.isBracket() {
			flat.add(t.factors[0].base, t.coefficient.num < 0)
		} else {
			flat.addTerm(t, false)
		}
	}
	return flat.list
}

// sum adds and tidies.
func sum(addends ...*node) *node {
	var s terms
	for _, n := range addends {
		s.add(n, false)
	}
	return writeSum(s.plain())
}
