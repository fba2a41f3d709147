package expr

import "strings"

// LaTeX returns the formula for LaTeX's math mode, without dollar signs, in the textbook notation of [Expr.MathML]:
// \frac, \sqrt, x^2, \sin^2(x), \sigma(x), e^{-x}. It needs amsmath for \operatorname.
func (e *Expr) LaTeX() string {
	p := latexPrinter{greek: e.greek}
	p.write(e.root, bindsSum)
	return p.out.String()
}

type latexPrinter struct {
	out   strings.Builder
	greek bool
	word  bool // the text so far ends with a command such as \pi, which a letter would lengthen
}

func (p *latexPrinter) put(s string) {
	if s == "" {
		return
	}
	if p.word && isLetter(rune(s[0])) {
		p.out.WriteByte(' ')
	}
	p.out.WriteString(s)
	command := s[strings.LastIndexByte(s, '\\')+1:]
	p.word = len(command) < len(s) && strings.IndexFunc(command, func(r rune) bool { return !isLetter(r) }) < 0
}

func (p *latexPrinter) write(n *node, place binding) {
	if mathBinding(n) < place {
		p.brackets(n)
		return
	}
	switch n.op {
	case opNumber:
		p.number(n)
	case opConstant:
		p.put(map[string]string{"pi": `\pi`, "e": "e"}[n.text])
	case opVariable:
		p.put([2][2]string{{"x", "y"}, {`\theta_1`, `\theta_2`}}[greekIndex(p.greek)][n.index])
	case opAdd:
		p.infix(n, bindsSum, " + ", bindsProduct)
	case opSub:
		p.infix(n, bindsSum, " - ", bindsProduct)
	case opMul:
		p.product(n)
	case opDiv:
		p.put(`\frac`)
		p.braces(n.a)
		p.braces(n.b)
	case opNeg:
		p.put("-")
		p.write(n.a, bindsProduct)
	case opPow:
		p.power(n)
	case opCall:
		p.call(n)
	}
}

func greekIndex(greek bool) int {
	if greek {
		return 1
	}
	return 0
}

func (p *latexPrinter) infix(n *node, left binding, sign string, right binding) {
	p.write(n.a, left)
	p.put(sign)
	p.write(n.b, right)
}

func (p *latexPrinter) braces(n *node) {
	p.put("{")
	p.write(n, bindsSum)
	p.put("}")
}

func (p *latexPrinter) brackets(n *node) {
	p.fence(n, func() { p.write(n, bindsSum) })
}

// fence puts content, which is about n, in brackets as high as it is.
func (p *latexPrinter) fence(n *node, content func()) {
	left, right := "(", ")"
	if isTall(n) {
		left, right = `\left(`, `\right)`
	}
	p.put(left)
	content()
	p.put(right)
}

func (p *latexPrinter) number(n *node) {
	m := mantissa(n.text)
	p.put(m)
	if m != n.text {
		p.put(`\times 10^{` + strings.TrimPrefix(n.text[len(m)+1:], "+") + "}")
	}
}

// product leaves the sign out as MathML does. TeX itself sets a space before \sin and its like, but none before \sigma.
func (p *latexPrinter) product(n *node) {
	sign := ""
	switch {
	case startsWithDigit(n.b):
		sign = ` \cdot `
	case n.b.calls(fnSigma):
		sign = `\,`
	}
	p.infix(n, bindsProduct, sign, bindsPower)
}

func (p *latexPrinter) power(n *node) {
	switch {
	case raisesName(n):
		p.symbol(n.a.fn)
		p.script(n.b)
		p.arguments(n.a)
		return
	case needsBrackets(n.a):
		p.brackets(n.a)
	default:
		p.write(n.a, bindsAtom)
	}
	p.script(n.b)
}

// script writes an exponent; a fraction of numbers is set on one line.
func (p *latexPrinter) script(n *node) {
	p.put("^")
	switch {
	case n.op == opNumber && len(n.text) == 1 || n.op == opVariable && !p.greek:
		p.write(n, bindsSum)
	case n.op == opDiv && n.a.op == opNumber && n.b.op == opNumber:
		p.put("{")
		p.infix(n, bindsPower, "/", bindsPower)
		p.put("}")
	default:
		p.braces(n)
	}
}

func (p *latexPrinter) call(n *node) {
	switch {
	case n.fn == fnSqrt:
		p.put(`\sqrt`)
		p.braces(n.a)
	case n.fn == fnAbs:
		p.put(`\left|`)
		p.write(n.a, bindsSum)
		p.put(`\right|`)
	case isPowerOfE(n):
		p.put("e")
		p.script(n.a)
	default:
		p.symbol(n.fn)
		p.arguments(n)
	}
}

func (p *latexPrinter) symbol(fn function) {
	switch d := &functions[fn]; {
	case d.latex != "":
		p.put(d.latex)
	case d.symbol != "":
		p.put(`\` + d.symbol)
	default:
		p.put(`\` + d.name)
	}
}

func (p *latexPrinter) arguments(n *node) {
	p.fence(n, func() {
		p.write(n.a, bindsSum)
		if n.b != nil {
			p.put(", ")
			p.write(n.b, bindsSum)
		}
	})
}
