package expr

import "math"

// writeUndefined writes a constant that is not finite, such as 1/0, which neither language calculates.
func (p *codePrinter) writeUndefined(value float64) bool {
	var text [2]string
	switch {
	case math.IsNaN(value):
		text = [2]string{"math.NaN()", "np.nan"}
	case math.IsInf(value, 1):
		text = [2]string{"math.Inf(1)", "np.inf"}
	case math.IsInf(value, -1):
		text = [2]string{"math.Inf(-1)", "(-np.inf)"}
	default:
		return false
	}
	p.out.WriteString(text[p.language()])
	return true
}

// constant calculates a formula without variables.
func (n *node) constant() float64 {
	switch n.op {
	case opNumber, opConstant:
		return n.value
	case opNeg:
		return -n.a.constant()
	case opCall:
		if n.b != nil {
			return minMax(n.fn, n.a.constant(), n.b.constant())
		}
		return functions[n.fn].value(n.a.constant())
	}
	a, b := n.a.constant(), n.b.constant()
	switch n.op {
	case opAdd:
		return a + b
	case opSub:
		return a - b
	case opMul:
		return a * b
	case opDiv:
		return a / b
	}
	return math.Pow(a, b)
}

// stableForm writes n, if it is a form of the logistic function, with the functions by which the Evaluator keeps it from
// overflow and cancellation.
func stableForm(n *node) *node {
	switch {
	case n.op == opDiv:
		if z, ok := logisticOf(n); ok {
			return call(fnSigma, z)
		}
	case n.op == opNeg && n.a.calls(fnLog):
		if s := stableForm(n.a); s.op == opNeg {
			return s.a
		}
	case n.op == opSub && n.b.calls(fnLog):
		if s := stableForm(n.b); s.op == opNeg {
			return binary(opAdd, n.a, s.a)
		}
	case n.calls(fnLog):
		return stableLogarithm(n)
	}
	return n
}

func stableLogarithm(n *node) *node {
	if u, ok := onePlus(n.a); ok {
		if z, ok := u.exponent(); ok {
			return call(fnSoftplus, z)
		}
		return call(fnLog1p, u)
	}
	if z, ok := logisticOf(n.a); ok {
		return negate(call(fnSoftplus, negate(z)))
	}
	if n.a.op == opSub && n.a.a.is(1) {
		if z, ok := logisticOf(n.a.b); ok {
			return negate(call(fnSoftplus, z))
		}
	}
	return n
}
