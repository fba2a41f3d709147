package expr

import (
	"cmp"
	"slices"
)

const (
	longestExpanded = 12 // terms that a bracket is multiplied out into
	highestExpanded = 3  // power of a bracket that is multiplied out
	heaviestFactor  = 99 // weight of a factor up to which a term is multiplied out
)

// expanded multiplies out brackets, or returns nil if there are none or the result would be long. Polynomials are sorted
// by degree.
func (s *terms) expanded() []term {
	if !slices.ContainsFunc(s.list, func(t term) bool { return t.bracket() >= 0 }) {
		return nil
	}
	var out terms
	for _, t := range s.list {
		if !out.expand(t) {
			return nil
		}
	}
	slices.SortStableFunc(out.list, func(t, u term) int { return cmp.Compare(u.degree(), t.degree()) })
	return out.list
}

// degree is the degree of a monomial. What is not one counts as 1, so that numbers alone come last.
func (t *term) degree() int64 {
	sum := int64(0)
	for _, f := range t.factors {
		if f.base.op != opVariable || !f.exponent.isWhole() {
			return 1
		}
		sum += f.exponent.num
	}
	return sum
}

// bracket returns the place of a factor to multiply out, or -1.
func (t *term) bracket() int {
	if slices.ContainsFunc(t.factors, func(f factor) bool { return f.base.weight > heaviestFactor }) {
		return -1
	}
	return slices.IndexFunc(t.factors, func(f factor) bool {
		return f.base.isSum() && f.exponent.isWhole() && 0 < f.exponent.num && f.exponent.num <= highestExpanded
	})
}

// expand adds t with its brackets multiplied out, and reports whether the sum is still short.
func (s *terms) expand(t term) bool {
	i := t.bracket()
	if i < 0 {
		s.addTerm(t, false)
		return len(s.list) <= longestExpanded
	}
	var inner terms
	inner.add(t.factors[i].base, false)
	if len(inner.list) > longestExpanded {
		return false
	}
	rest := term{coefficient: t.coefficient, factors: slices.Clone(t.factors)}
	rest.collect(t.factors[i].base, whole(-1))
	for _, u := range inner.list {
		p := productOf(rest, u)
		p.merge()
		if !s.expand(p) {
			return false
		}
	}
	return true
}
