package expr

import "strings"

// The invisible operators tell a screen reader, and a text copied from the page, what stands between two symbols.
const (
	invisibleTimes = "<mo>&#x2062;</mo>"
	spacedTimes    = `<mo rspace="0.167em">&#x2062;</mo>` // x sin(x) rather than xsin(x)
	applies        = "<mo>&#x2061;</mo>"
)

// MathML returns the formula as a <math> element in textbook notation: fractions, roots, superscripts, σ(x), sin²x,
// products without a sign. It carries no style; its alttext is String().
func (e *Expr) MathML() string {
	p := mathPrinter{greek: e.greek}
	p.tag("mrow", func() { p.write(e.root, bindsSum) })
	return `<math display="inline" alttext="` + e.String() + `">` + p.out.String() + "</math>"
}

type mathPrinter struct {
	out   strings.Builder
	greek bool
}

func (p *mathPrinter) put(s string) { p.out.WriteString(s) }

func (p *mathPrinter) tag(name string, content func()) {
	p.put("<" + name + ">")
	content()
	p.put("</" + name + ">")
}

// write writes n as a row's contents, in brackets if it binds less tightly than its place asks.
func (p *mathPrinter) write(n *node, place binding) {
	if mathBinding(n) < place {
		p.brackets(n)
		return
	}
	switch n.op {
	case opNumber:
		p.number(n)
	case opConstant:
		p.put("<mi>" + map[string]string{"pi": "π", "e": "e"}[n.text] + "</mi>")
	case opVariable:
		p.variable(n)
	case opAdd:
		p.infix(n, bindsSum, "<mo>+</mo>", bindsProduct)
	case opSub:
		p.infix(n, bindsSum, "<mo>−</mo>", bindsProduct)
	case opMul:
		p.product(n)
	case opDiv:
		p.tag("mfrac", func() { p.group(n.a, bindsSum); p.group(n.b, bindsSum) })
	case opNeg:
		p.put(`<mo form="prefix">−</mo>`)
		p.write(n.a, bindsProduct)
	case opPow:
		p.power(n)
	case opCall:
		p.call(n)
	}
}

// mathBinding differs from that of plain text in one thing: a fraction's bar brackets its parts.
func mathBinding(n *node) binding {
	if n.op == opDiv {
		return bindsPower
	}
	return bindingOf(n)
}

// group writes n as one element, in a row of its own if it takes several.
func (p *mathPrinter) group(n *node, place binding) {
	if mathBinding(n) < place || isElement(n) {
		p.write(n, place)
		return
	}
	p.tag("mrow", func() { p.write(n, place) })
}

func isElement(n *node) bool {
	switch n.op {
	case opNumber:
		return mantissa(n.text) == n.text
	case opConstant, opVariable, opDiv:
		return true
	case opPow:
		return !raisesName(n)
	case opCall:
		return n.fn == fnSqrt || n.fn == fnAbs || isPowerOfE(n)
	}
	return false
}

// raisesName reports whether n is set as sin²(x).
func raisesName(n *node) bool {
	return n.op == opPow && n.a.op == opCall && functions[n.a.fn].power && n.b.op == opNumber
}

// isPowerOfE reports whether n is a call of exp that is set as a power of e: only short ones stay legible there.
func isPowerOfE(n *node) bool {
	return n.fn == fnExp && n.a.size(shortExponent+1) <= shortExponent && !hasFraction(n.a)
}

// fence puts content between two signs. They stretch only around a fraction: a browser sets a stretched bracket with more
// space beside it than a plain one.
func (p *mathPrinter) fence(left, right string, n *node, content func()) {
	attribute := ` stretchy="false"`
	if isTall(n) {
		attribute = ""
	}
	p.tag("mrow", func() {
		p.put("<mo" + attribute + ">" + left + "</mo>")
		content()
		p.put("<mo" + attribute + ">" + right + "</mo>")
	})
}

func (p *mathPrinter) brackets(n *node) {
	p.fence("(", ")", n, func() { p.write(n, bindsSum) })
}

// isTall reports whether a fraction stands on the line.
func isTall(n *node) bool {
	return n != nil && (n.op == opDiv || isTall(n.a) || n.op != opPow && isTall(n.b))
}

func (p *mathPrinter) infix(n *node, left binding, sign string, right binding) {
	p.write(n.a, left)
	p.put(sign)
	p.write(n.b, right)
}

func (p *mathPrinter) number(n *node) {
	m := mantissa(n.text)
	if m == n.text {
		p.put("<mn>" + n.text + "</mn>")
		return
	}
	exponent := strings.TrimPrefix(n.text[len(m)+1:], "+")
	sign := ""
	if exponent[0] == '-' {
		sign, exponent = `<mo form="prefix">−</mo>`, exponent[1:]
	}
	p.put("<mn>" + m + "</mn><mo>×</mo><msup><mn>10</mn><mrow>" + sign + "<mn>" + exponent + "</mn></mrow></msup>")
}

func (p *mathPrinter) variable(n *node) {
	if p.greek {
		p.put("<msub><mi>θ</mi><mn>" + string(rune('1'+n.index)) + "</mn></msub>")
		return
	}
	p.put("<mi>" + variableName(n.index, false) + "</mi>")
}

// product leaves the sign out except before a digit, where 2 3 and x 2 would be misread.
func (p *mathPrinter) product(n *node) {
	sign := invisibleTimes
	switch {
	case startsWithDigit(n.b):
		sign = "<mo>·</mo>"
	case raisesName(n.b) || n.b.op == opCall && !isElement(n.b):
		sign = spacedTimes
	}
	p.infix(n, bindsProduct, sign, bindsPower)
}

func startsWithDigit(n *node) bool {
	for n.op == opPow && n.a.op != opCall {
		n = n.a
	}
	return n.op == opNumber || n.op == opDiv && startsWithDigit(n.a) && n.b.vars == 0
}

func (p *mathPrinter) power(n *node) {
	if raisesName(n) {
		p.tag("msup", func() { p.symbol(n.a.fn); p.group(n.b, bindsSum) })
		p.put(applies)
		p.arguments(n.a)
		return
	}
	p.tag("msup", func() {
		if needsBrackets(n.a) {
			p.brackets(n.a)
		} else {
			p.group(n.a, bindsAtom)
		}
		p.script(n.b)
	})
}

// needsBrackets reports whether a base is set in brackets though it binds tightly: a fraction, 2×10³, e^x.
func needsBrackets(base *node) bool {
	return base.op == opDiv || base.op == opNumber && !isElement(base) || base.op == opCall && isPowerOfE(base)
}

// script writes an exponent; a fraction of numbers is set on one line, where it stays legible.
func (p *mathPrinter) script(n *node) {
	if n.op == opDiv && n.a.op == opNumber && n.b.op == opNumber {
		p.tag("mrow", func() { p.infix(n, bindsPower, `<mo lspace="0" rspace="0">/</mo>`, bindsPower) })
		return
	}
	p.group(n, bindsSum)
}

func (p *mathPrinter) call(n *node) {
	switch {
	case n.fn == fnSqrt:
		p.tag("msqrt", func() { p.write(n.a, bindsSum) })
	case n.fn == fnAbs:
		p.fence("|", "|", n.a, func() { p.write(n.a, bindsSum) })
	case isPowerOfE(n):
		p.tag("msup", func() { p.put("<mi>e</mi>"); p.script(n.a) })
	default:
		p.symbol(n.fn)
		p.put(applies)
		p.arguments(n)
	}
}

// shortExponent is the size up to which exp(u) is set as a power of e.
const shortExponent = 12

func hasFraction(n *node) bool {
	return n != nil && (n.op == opDiv && n.b.vars != 0 || hasFraction(n.a) || hasFraction(n.b))
}

func (p *mathPrinter) symbol(fn function) {
	switch d := &functions[fn]; {
	case fn == fnLog2:
		p.put("<msub><mi>log</mi><mn>2</mn></msub>")
	case fn == fnLog10:
		p.put("<msub><mi>log</mi><mn>10</mn></msub>")
	case d.symbol != "":
		p.put("<mi>" + d.symbol + "</mi>")
	default:
		p.put("<mi>" + d.name + "</mi>")
	}
}

func (p *mathPrinter) arguments(n *node) {
	p.fence("(", ")", n, func() {
		p.write(n.a, bindsSum)
		if n.b != nil {
			p.put("<mo>,</mo>")
			p.write(n.b, bindsSum)
		}
	})
}
