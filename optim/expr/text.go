package expr

import "strings"

// names are the variables' names in text, by family and index.
var names = [2][2]string{{"x", "y"}, {"θ1", "θ2"}}

func variableName(index uint8, greek bool) string {
	if greek {
		return names[1][index]
	}
	return names[0][index]
}

// A binding says how tightly an operation holds its operands together. An operand that binds less tightly than its
// place asks for is put in brackets. Every printer of infix notation shares these rules with the parser.
type binding uint8

const (
	bindsSum     binding = iota // a + b, a - b
	bindsSign                   // -a, at the start of a sum
	bindsProduct                // a*b, a/b
	bindsPower                  // a^b
	bindsAtom                   // numbers, names, calls
)

func bindingOf(n *node) binding {
	switch n.op {
	case opAdd, opSub:
		return bindsSum
	case opNeg:
		return bindsSign
	case opMul, opDiv:
		return bindsProduct
	case opPow:
		return bindsPower
	}
	return bindsAtom
}

// textOf writes a formula so that it parses back to the same tree: every product with *, every root and bar as a call.
func textOf(n *node, greek bool) string {
	p := textPrinter{greek: greek}
	p.write(n, bindsSum)
	return p.out.String()
}

type textPrinter struct {
	out   strings.Builder
	greek bool
}

// write writes n, in brackets if it binds less tightly than its place asks.
func (p *textPrinter) write(n *node, place binding) {
	if bindingOf(n) < place {
		p.out.WriteByte('(')
		defer p.out.WriteByte(')')
	}
	switch n.op {
	case opNumber, opConstant:
		p.out.WriteString(n.text)
	case opVariable:
		p.out.WriteString(variableName(n.index, p.greek))
	case opAdd:
		p.infix(n, bindsSum, " + ", bindsProduct)
	case opSub:
		p.infix(n, bindsSum, " - ", bindsProduct)
	case opMul:
		p.infix(n, bindsProduct, "*", bindsPower)
	case opDiv:
		p.infix(n, bindsProduct, "/", bindsPower)
	case opNeg:
		p.out.WriteByte('-')
		p.write(n.a, bindsProduct)
	case opPow:
		p.infix(n, bindsAtom, "^", bindsPower)
	case opCall:
		p.out.WriteString(functions[n.fn].name)
		p.out.WriteByte('(')
		p.write(n.a, bindsSum)
		if n.b != nil {
			p.out.WriteString(", ")
			p.write(n.b, bindsSum)
		}
		p.out.WriteByte(')')
	}
}

func (p *textPrinter) infix(n *node, left binding, sign string, right binding) {
	p.write(n.a, left)
	p.out.WriteString(sign)
	p.write(n.b, right)
}
