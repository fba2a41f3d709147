package derive

import "strings"

// binding says how tightly an operation holds its operands together.
type binding int

const (
	bindsSum binding = iota
	bindsSign
	bindsProduct
	bindsPower
	bindsAll
)

func (n *node) binds() binding {
	switch n.op {
	case opAdd, opSub:
		return bindsSum
	case opNeg:
		return bindsSign
	case opMul, opDiv:
		return bindsProduct
	case opPow:
		return bindsPower
	case opNumber:
		if strings.Contains(n.text, "/") {
			return bindsProduct
		}
	}
	return bindsAll
}

// String is the formula with nothing to guess: all brackets, products with *, sums as sum(i,1,m, …), derivatives as
// D(theta_j, …). It is read back as the same formula.
func (f *Formula) String() string {
	var p printer
	for i, side := range f.sides {
		if i > 0 {
			p.put(" = ")
		}
		p.write(side, bindsSum)
	}
	return p.out.String()
}

func (n *node) String() string {
	var p printer
	p.write(n, bindsSum)
	return p.out.String()
}

type printer struct{ out strings.Builder }

func (p *printer) put(s ...string) {
	for _, part := range s {
		p.out.WriteString(part)
	}
}

// write writes n, in brackets if it binds less tightly than its place asks.
func (p *printer) write(n *node, place binding) {
	if n.binds() < place {
		p.put("(")
		defer p.put(")")
	}
	switch n.op {
	case opNumber, opConstant, opScalar, opLoss:
		p.put(n.text)
	case opOrdinal:
		p.put(n.i.name)
	case opCount:
		p.put(n.over.bound())
	case opTheta:
		p.put("theta")
	case opRow:
		p.put("x_", n.i.name)
	case opThetaAt:
		p.put("theta_", n.i.name)
	case opX:
		p.put("x_", n.i.name, n.k.name)
	case opY:
		p.put("y_", n.i.name)
	case opH:
		p.put("h_", n.i.name)
	case opZ:
		p.put("z_", n.i.name)
	case opDelta:
		p.put("[", n.i.name, "=", n.k.name, "]")
	case opNeg:
		p.put("-")
		p.write(n.a, bindsProduct)
	case opAdd:
		p.infix(n, bindsSum, " + ", bindsProduct)
	case opSub:
		p.infix(n, bindsSum, " - ", bindsProduct)
	case opMul:
		p.infix(n, bindsProduct, "*", bindsPower)
	case opDiv:
		p.infix(n, bindsProduct, "/", bindsPower)
	case opPow:
		p.infix(n, bindsAll, "^", bindsPower)
	case opCall:
		p.put(functionNames[n.fn], "(")
		p.write(n.a, bindsSum)
		if n.b != nil {
			p.put(", ")
			p.write(n.b, bindsSum)
		}
		p.put(")")
	case opDot:
		p.put("dot(", n.a.String(), ", ", n.b.String(), ")")
	case opSum:
		p.put("sum(", n.i.name, ",1,", n.over.bound(), ", ")
		p.write(n.b, bindsSum)
		p.put(")")
	case opD:
		p.put("D(", n.a.String(), ", ")
		p.write(n.b, bindsSum)
		p.put(")")
	case opWhere:
		p.write(n.b, place)
	}
}

func (p *printer) infix(n *node, left binding, sign string, right binding) {
	p.write(n.a, left)
	p.put(sign)
	p.write(n.b, right)
}

func (a axis) bound() string {
	if a == features {
		return "n"
	}
	return "m"
}
