package expr

import "slices"

// longestFactored is how many terms are searched for common factors.
const longestFactored = 12

// factored writes the sum as a product of what its terms have in common and the rest, or returns nil if they share
// nothing. Denominators are shared by terms that lack them: a/b + c/b^2 is (ab + c)/b^2. telling is set if a function or
// a bracket is shared, which says more of where the sum is 0 than the terms would, multiplied out.
func (s *terms) factored() (best *node, telling bool) {
	common := s.common()
	if len(common) == 0 {
		return nil, false
	}
	for _, f := range common {
		telling = telling || f.base.op != opVariable && f.base.vars != 0 && f.exponent.num > 0
	}
	rest := terms{list: make([]term, 0, len(s.list))}
	for _, t := range s.list {
		r := productOf(t, term{coefficient: whole(1)})
		for _, f := range common {
			r.multiply(f.base, f.exponent.negative())
		}
		rest.addTerm(r, false)
	}
	for _, list := range [2][]term{rest.plain(), rest.expanded()} {
		if list == nil {
			continue
		}
		if n := writeProduct(common, list); best == nil || n.weight < best.weight {
			best = n
		}
	}
	return best, telling
}

// writeProduct writes common·Σ list, with the number that the list's terms share in front.
func writeProduct(common []factor, list []term) *node {
	content, rest := takeContent(list)
	if slices.ContainsFunc(rest, func(t term) bool { return t.isBracket() }) {
		inner := terms{list: rest}
		sign, flat := takeContent(inner.plain())
		if c := content.mul(sign); c.ok() {
			content, rest = c, flat
		}
	}
	t := productOf(term{coefficient: content, factors: common}, termOf(writeSum(rest)))
	t.merge()
	return t.node()
}

// takeContent divides a sum by its content.
func takeContent(list []term) (content rational, rest []term) {
	content = contentOf(list)
	inverse := content.inverse()
	for _, t := range list {
		c := t.coefficient.mul(inverse)
		if !c.ok() {
			return whole(1), list
		}
		rest = append(rest, term{coefficient: c, factors: t.factors})
	}
	return content, rest
}

// common returns the powers to take out. Each is an exponent that one of the terms has, or 0, so that no domain changes.
func (s *terms) common() []factor {
	var common []factor
	for i := range s.list {
		for _, f := range s.list[i].factors {
			if i > 0 && f.exponent.num > 0 || slices.ContainsFunc(common, func(c factor) bool { return equal(c.base, f.base) }) {
				continue
			}
			if e := s.commonPower(f.base); e.num != 0 {
				common = append(common, factor{f.base, e})
			}
		}
	}
	return common
}

// commonPower is the least exponent; for e^u, which is nowhere 0, the one nearest to 0 as long as the signs agree.
func (s *terms) commonPower(base *node) rational {
	_, isExponential := base.exponent()
	least := rational{}
	for i := range s.list {
		e := s.list[i].power(base)
		switch {
		case isExponential && e.num == 0:
			return e
		case !least.ok():
			least = e
		case isExponential && (e.num < 0) != (least.num < 0):
			return whole(0)
		case less(e, least) != (isExponential && e.num < 0):
			least = e
		}
	}
	return least
}

func less(r, s rational) bool { return float64(r.num)/float64(r.den) < float64(s.num)/float64(s.den) }

// contentOf is the number to take out of a sum: the greatest that leaves whole coefficients. Of decimals it is the
// smallest, if that leaves whole ones; 0.2 and 0.3 have no more in common than 1. It is negative if all terms are.
func contentOf(list []term) rational {
	num, den, sign, decimal := int64(0), int64(1), int64(-1), false
	smallest := whole(maxExact)
	for _, t := range list {
		c := t.coefficient
		if c.num == 0 {
			continue
		}
		if c.num > 0 {
			sign = 1
		}
		decimal = decimal || c.decimal && !c.isWhole()
		if c = magnitudeOf(c); less(c, smallest) {
			smallest = c
		}
		num = gcd(num, c.num)
		multiple, ok := times(den/gcd(den, c.den), c.den)
		if !ok {
			return whole(1)
		}
		den = multiple
	}
	content := rational{num: num, den: den, decimal: decimal}
	if num == 0 || decimal && !content.is(smallest.num, smallest.den) {
		content = whole(1)
	}
	content.num *= sign
	return content
}

func magnitudeOf(r rational) rational {
	if r.num < 0 {
		return r.negative()
	}
	return r
}
