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

func (s *terms) addTerm(t term, negative bool) {
	if t.coefficient.num == 0 {
		return
	}
	if negative {
		t.coefficient = t.coefficient.negative()
	}
	if c := t.coefficient; len(t.factors) == 1 && t.factors[0].exponent.is(1, 1) && (c.is(1, 1) || c.is(-1, 1)) {
		if base := t.factors[0].base; base.op == opAdd || base.op == opSub {
			s.add(base, c.num < 0)
			return
		}
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

// node writes the sum; a positive term comes first if there is one, 1 - sin(x) rather than -sin(x) + 1.
func (s *terms) node() *node {
	list := slices.DeleteFunc(s.list, func(t term) bool { return t.coefficient.num == 0 })
	if len(list) == 0 {
		return zero
	}
	if first := slices.IndexFunc(list, func(t term) bool { return t.coefficient.num > 0 }); first > 0 {
		t := list[first]
		copy(list[1:first+1], list[:first])
		list[0] = t
	}
	n := list[0].node()
	for i := 1; i < len(list); i++ {
		if t := &list[i]; t.coefficient.num > 0 {
			n = binary(opAdd, n, t.magnitude())
		} else {
			n = binary(opSub, n, t.magnitude())
		}
	}
	return n
}

// sum adds and tidies.
func sum(addends ...*node) *node {
	var s terms
	for _, n := range addends {
		s.add(n, false)
	}
	return s.node()
}
