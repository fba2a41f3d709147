package expr

import "strings"

// Go returns the formula as a Go expression of type float64 in the variables [Expr.Identifiers], for a file that imports
// math and has the functions of [GoPrelude]. Its values are those of [Evaluator.Eval] to a few units in the last place
// of the largest intermediate result: the operations are the same, but the compiler multiplies constants exactly and, on
// some machines, rounds x*y + z once. It allocates nothing; square and cube of a variable are products.
func (e *Expr) Go() string { return e.code(false) }

// Python returns the formula as an expression for Python and NumPy (imported as np) in the variables
// [Expr.Identifiers], for a file that has the functions of [PythonPrelude]. The variables are NumPy floats or arrays of
// them, so that it works elementwise and gives nan and inf where plain Python would raise an exception. Its values are
// those of [Evaluator.Eval] to a few units in the last place of the largest intermediate result.
func (e *Expr) Python() string { return e.code(true) }

// Identifiers returns the Variables as [Expr.Go] and [Expr.Python] spell them: x, y or theta1, theta2.
func (e *Expr) Identifiers() []string {
	list := make([]string, len(e.vars))
	for i, v := range e.vars {
		list[i] = identifiers[greekIndex(e.greek)][v]
	}
	return list
}

var identifiers = [2][2]string{{"x", "y"}, {"theta1", "theta2"}}

func (e *Expr) code(python bool) string {
	p := codePrinter{python: python, greek: e.greek}
	p.write(e.root, bindsSum)
	return p.out.String()
}

// A codePrinter writes Go, or Python where python is set.
type codePrinter struct {
	out    strings.Builder
	python bool
	greek  bool
	used   [len(functions)]bool
}

func (p *codePrinter) write(n *node, place binding) {
	n = stableForm(n)
	if n.vars == 0 && n.op != opNumber && n.op != opConstant && p.writeUndefined(n.constant()) {
		return
	}
	if p.binding(n) < place {
		p.out.WriteByte('(')
		defer p.out.WriteByte(')')
	}
	switch n.op {
	case opNumber:
		p.number(n.text)
	case opConstant:
		p.out.WriteString(constantNames[n.text][p.language()])
	case opVariable:
		p.out.WriteString(identifiers[greekIndex(p.greek)][n.index])
	case opAdd:
		p.sum(n, " + ")
	case opSub:
		p.sum(n, " - ")
	case opMul:
		p.infix(n, bindsProduct, "*", bindsPower)
	case opDiv:
		p.quotient(n)
	case opNeg:
		p.out.WriteByte('-')
		p.write(n.a, bindsProduct)
	case opPow:
		p.power(n)
	case opCall:
		p.used[n.fn] = true
		p.call(functions[n.fn].code[p.language()], n.a, n.b)
	}
}

var constantNames = map[string][2]string{"pi": {"math.Pi", "np.pi"}, "e": {"math.E", "np.e"}}

func (p *codePrinter) language() int {
	if p.python {
		return 1
	}
	return 0
}

// binding differs from that of plain text where Go has no operator for powers.
func (p *codePrinter) binding(n *node) binding {
	switch {
	case n.op != opPow || p.python && !isExp(n):
		return bindingOf(n)
	case p.repeated(n) > 0:
		return bindsProduct
	}
	return bindsAtom
}

func isExp(n *node) bool {
	_, ok := n.exponent()
	return ok
}

// repeated returns how often a power writes its variable as a factor in Go; 0 if it does not. Both orders of the three
// factors of a cube round alike, those of a fourth power do not.
func (p *codePrinter) repeated(n *node) int {
	if !p.python && n.a.op == opVariable && (n.b.is(2) || n.b.is(3)) {
		return int(n.b.value)
	}
	return 0
}

func (p *codePrinter) call(name string, args ...*node) {
	p.out.WriteString(name)
	p.out.WriteByte('(')
	for i, arg := range args {
		if arg == nil {
			break
		}
		if i > 0 {
			p.out.WriteString(", ")
		}
		p.write(arg, bindsSum)
	}
	p.out.WriteByte(')')
}

func (p *codePrinter) infix(n *node, left binding, sign string, right binding) {
	p.write(n.a, left)
	p.out.WriteString(sign)
	p.write(n.b, right)
}

// number makes sure that digits are decimal (010 is eight in Go) and that a number too long for an int is a float.
func (p *codePrinter) number(text string) {
	if strings.Trim(text, "0123456789") != "" {
		p.out.WriteString(text)
		return
	}
	if text = strings.TrimLeft(text, "0"); text == "" {
		text = "0"
	}
	p.out.WriteString(text)
	if len(text) > 15 {
		p.out.WriteString(".0")
	}
}

// sum rounds 0.1 before it is added to another constant, where Go would calculate exactly.
func (p *codePrinter) sum(n *node, sign string) {
	if p.python || n.a.vars != 0 || n.b.vars != 0 {
		p.infix(n, bindsSum, sign, bindsProduct)
		return
	}
	p.rounded(n.a, bindsSum)
	p.out.WriteString(sign)
	p.rounded(n.b, bindsProduct)
}

func (p *codePrinter) rounded(n *node, place binding) {
	if n.op == opNumber && n.exact.isWhole() {
		p.write(n, place)
		return
	}
	p.call("float64", n)
}

// quotient keeps Go from dividing whole numbers without a remainder.
func (p *codePrinter) quotient(n *node) {
	switch {
	case p.python || n.a.vars != 0 || n.b.vars != 0:
		p.write(n.a, bindsProduct)
	case n.a.op == opNumber && n.a.exact.isWhole() && strings.Trim(n.a.text, "0123456789") == "":
		p.number(n.a.text)
		p.out.WriteString(".0")
	default:
		p.call("float64", n.a)
	}
	p.out.WriteByte('/')
	p.write(n.b, bindsPower)
}

func (p *codePrinter) power(n *node) {
	u, isExp := n.exponent()
	switch {
	case isExp:
		p.call(functions[fnExp].code[p.language()], u)
	case p.repeated(n) > 0:
		p.write(n.a, bindsAtom)
		for range p.repeated(n) - 1 {
			p.out.WriteByte('*')
			p.write(n.a, bindsAtom)
		}
	case !p.python:
		p.call("math.Pow", n.a, n.b)
	case n.vars == 0:
		p.call("np.float64", n.a) // Python's own powers of numbers may be complex, or have a million digits
		p.out.WriteString("**")
		p.write(n.b, bindsPower)
	default:
		p.infix(n, bindsAtom, "**", bindsPower)
	}
}
