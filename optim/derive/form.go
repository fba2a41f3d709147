package derive

import (
	"slices"
	"strings"
)

// What follows judges how a formula is written, not what its value is. Signs, numbers and brackets that change
// nothing make no difference.

// IsExpanded says whether no sum stands in a product, below a fraction's bar with other factors above it, or under a whole
// power: x^2 + 2x + 1 is expanded, (x + 1)^2 and 2(x + 1) are not. What stands within functions, exponents and denominators does
// not matter.
func (f *Formula) IsExpanded() bool {
	return !slices.ContainsFunc(f.sides, (*node).hasProductOfSums)
}

func (n *node) hasProductOfSums() bool {
	switch n.op {
	case opNeg:
		return n.a.hasProductOfSums()
	case opAdd, opSub:
		return n.a.hasProductOfSums() || n.b.hasProductOfSums()
	case opMul:
		return n.a.isSum() || n.b.isSum() || n.a.hasProductOfSums() || n.b.hasProductOfSums()
	case opDiv:
		return n.a.isSum() || n.a.hasProductOfSums()
	case opPow:
		power, ok := n.constantPower()
		return ok && isWhole(power) && n.a.isSum()
	case opSum:
		return n.b.hasProductOfSums()
	}
	return false
}

// isSum looks through signs.
func (n *node) isSum() bool {
	for n.op == opNeg {
		n = n.a
	}
	return n.op == opAdd || n.op == opSub
}

// IsFactored says whether the formula as a whole is a product, a quotient, a power, or a single number, name or function,
// with or without a sign, and no sum.
func (f *Formula) IsFactored() bool { return !slices.ContainsFunc(f.sides, (*node).isSum) }

// HasDerivative says whether a derivative is left to be taken: ∂/∂θ_j …, D(x, …), σ′(z).
func (f *Formula) HasDerivative() bool {
	return f.contains(func(n *node) bool { return n.op == opD || n.op == opCall && n.fn == fnSigmaPrime })
}

// Calls says whether the formula has a function, named in any of its spellings. h_i is no call of σ.
func (f *Formula) Calls(name string) bool {
	fn := functionWords[name]
	return fn != fnNone && f.contains(func(n *node) bool { return n.op == opCall && n.fn == fn })
}

// IsFunction says whether a word names a function.
func IsFunction(name string) bool { return functionWords[name] != fnNone }

// Names are the variables that are no data: x and y outside of the language of sums, z, μ, but not θ_j or x_ij. Greek
// letters are their letters. They are sorted.
func (f *Formula) Names() []string {
	var names []string
	f.contains(func(n *node) bool {
		if n.op == opScalar {
			names = append(names, letterOf(n.text))
		}
		return false
	})
	slices.Sort(names)
	return slices.Compact(names)
}

// letterOf is a variable's name as it is shown: mu is μ, theta1 is θ1.
func letterOf(name string) string {
	word := strings.TrimRight(name, "0123456789")
	if letter := greekLetter[word]; letter != "" {
		return letter + name[len(word):]
	}
	return name
}

// Names are the variables that are declared, as [Formula.Names] has them.
func (v Variables) Names() []string {
	names := make([]string, 0, len(v))
	for name := range v {
		names = append(names, letterOf(name))
	}
	slices.Sort(names)
	return names
}

func (f *Formula) contains(match func(*node) bool) bool {
	return slices.ContainsFunc(f.sides, func(n *node) bool { return n.contains(match) })
}
