package expr

import "fmt"

// Where careful readers could disagree, the reading that was chosen is stated in a note.

func (p *parser) note(format string, args ...any) {
	p.notes = append(p.notes, fmt.Sprintf(format, args...))
}

func (p *parser) show(n *node) string { return textOf(n, p.greek) }

// noteJoint is told of every product without a sign; t is the first token of its right factor.
func (p *parser) noteJoint(left, right *node, divided bool, t *token) {
	switch {
	case divided:
		p.note("%s%s is read as (%s)·%s; for the other reading write %s.", p.show(left), p.show(right), p.show(left), p.show(right),
			p.show(binary(opDiv, left.a, binary(opMul, left.b, right))))
	case t.kind == tokenNumber:
		p.note("a number after a bracket is read as a factor: %s.", p.show(binary(opMul, left, right)))
	case left.op == opNumber && left.text[len(left.text)-1] != '.' && hasExponent(left.text):
		p.note("%s is read as one number, %s·10^%s.", left.text, mantissa(left.text), left.text[len(mantissa(left.text))+1:])
	case tight(left) && !t.spaced:
		p.note("%s%s is read as (%s)·%s; a longer exponent needs brackets.", p.show(left), p.show(right), p.show(left), p.show(right))
	}
}

func hasExponent(number string) bool { return len(mantissa(number)) < len(number) }

func mantissa(number string) string {
	for i, c := range number {
		if c == 'e' || c == 'E' {
			return number[:i]
		}
	}
	return number
}

// tight reports a power whose exponent looks as if it went on: e^2x and 2^xy, but not x^2y.
func tight(n *node) bool {
	for n.op == opMul {
		n = n.b
	}
	if n.op != opPow || n.b.op != opNumber && n.b.op != opVariable && n.b.op != opNeg {
		return false
	}
	return n.a.op == opConstant || n.a.op == opNumber || n.b.op != opNumber
}

func (p *parser) notePower(base, exponent *node) {
	if exponent.op == opPow && base.op != opConstant {
		p.note("%s is read as %s^(%s).", p.show(binary(opPow, base, exponent)), p.show(base), p.show(exponent))
	}
}

// noteQuotient is told of every written division: x^1/2 and e^-x^2/2 look as if the exponent went on.
func (p *parser) noteQuotient(left, right *node) {
	power := left
	for power.op == opMul {
		power = power.b
	}
	if power.op != opPow || p.tokens[p.at-1].isSign(")") {
		return
	}
	if power.b.is(1) || power.b.op == opNeg && power.b.vars != 0 {
		p.note("%s/%s is read as (%s)/%s; a longer exponent needs brackets.", p.show(left), p.show(right), p.show(left), p.show(right))
	}
}

func (p *parser) noteRoot(n *node) {
	if t := p.peek(); !p.tokens[p.at-1].isSign(")") && (t.isSign("^") || t.kind == tokenRaised || p.beginsFactor()) {
		p.note("√ covers only what stands right after it: %s.", p.show(call(fnSqrt, n)))
	}
}

// noteBare is told of every function without brackets, once its argument has been read.
func (p *parser) noteBare(n *node, long bool) {
	t := p.peek()
	switch {
	case long || n.a.op == opPow:
		p.note("an argument without brackets is read as %s.", p.show(n))
	case t.isSign("/") || t.isSign("*"):
		p.note("the argument of %s ends before “%s”: %s.", functions[n.fn].name, t.text, p.show(n))
	}
}
