package derive

import (
	"slices"
	"strconv"
	"strings"
)

// keyOf writes a formula so that those have the same key which differ only in the order of the terms of sums and
// products, in the names of summation indices, and in how a difference is written.
func keyOf(n *node) string {
	k := keyer{names: map[int]string{}}
	return k.of(n)
}

type keyer struct{ names map[int]string }

func (k *keyer) ref(i ref) string {
	if name, ok := k.names[i.slot]; ok {
		return name
	}
	return i.name
}

func (k *keyer) of(n *node) string {
	switch n.op {
	case opNumber:
		return n.rat.RatString()
	case opConstant:
		return n.text
	case opScalar:
		return "$" + n.text
	case opOrdinal:
		return "#" + k.ref(n.i)
	case opCount:
		return "|" + n.over.bound()
	case opTheta:
		return "T"
	case opRow:
		return "r[" + k.ref(n.i) + "]"
	case opThetaAt:
		return "t[" + k.ref(n.i) + "]"
	case opX:
		return "x[" + k.ref(n.i) + "," + k.ref(n.k) + "]"
	case opY:
		return "y[" + k.ref(n.i) + "]"
	case opH:
		return "h[" + k.ref(n.i) + "]"
	case opZ:
		return "z[" + k.ref(n.i) + "]"
	case opLoss:
		return "L"
	case opDelta:
		return "d[" + k.ref(n.i) + "," + k.ref(n.k) + "]"
	case opNeg:
		return "-(" + k.of(n.a) + ")"
	case opAdd, opSub:
		var terms []string
		k.terms(n, false, &terms)
		return sorted("+", terms)
	case opMul:
		var factors []string
		k.factors(n, &factors)
		return sorted("*", factors)
	case opDot:
		return sorted(".", []string{k.of(n.a), k.of(n.b)})
	case opDiv:
		return "/(" + k.of(n.a) + "," + k.of(n.b) + ")"
	case opPow:
		return "^(" + k.of(n.a) + "," + k.of(n.b) + ")"
	case opCall:
		if n.b != nil {
			return functionNames[n.fn] + sorted("", []string{k.of(n.a), k.of(n.b)})
		}
		return functionNames[n.fn] + "(" + k.of(n.a) + ")"
	case opSum:
		before, had := k.names[n.i.slot]
		k.names[n.i.slot] = "!" + strconv.Itoa(len(k.names))
		text := "S" + n.over.bound() + k.names[n.i.slot] + "(" + k.of(n.b) + ")"
		if had {
			k.names[n.i.slot] = before
		} else {
			delete(k.names, n.i.slot)
		}
		return text
	case opD:
		return "D(" + k.of(n.a) + "," + k.of(n.b) + ")"
	}
	return "?(" + k.of(n.a) + "," + k.of(n.b) + ")"
}

func (k *keyer) terms(n *node, minus bool, terms *[]string) {
	switch {
	case n.op == opAdd || n.op == opSub:
		k.terms(n.a, minus, terms)
		k.terms(n.b, minus != (n.op == opSub), terms)
	case n.op == opNeg:
		k.terms(n.a, !minus, terms)
	case minus:
		*terms = append(*terms, "-("+k.of(n)+")")
	default:
		*terms = append(*terms, k.of(n))
	}
}

func (k *keyer) factors(n *node, factors *[]string) {
	if n.op == opMul {
		k.factors(n.a, factors)
		k.factors(n.b, factors)
		return
	}
	*factors = append(*factors, k.of(n))
}

func sorted(name string, parts []string) string {
	slices.Sort(parts)
	return name + "(" + strings.Join(parts, ",") + ")"
}
