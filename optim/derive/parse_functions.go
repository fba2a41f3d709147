package derive

import (
	"slices"

	"descent/optim/param"
)

func (p *parser) unknownFunction(t *token) *SyntaxError {
	name := clipped(t.text)
	var known []string
	for word := range functionWords {
		known = append(known, word)
	}
	slices.Sort(known)
	if near := param.Nearest(name, known); near != "" {
		return syntaxError(t.position, "I do not know the function “%s”. Did you mean %s?", name, near)
	}
	return syntaxError(t.position, "I do not know the function “%s”. For a product write * before the bracket.", name)
}

// function reads what follows the name of a function.
func (p *parser) function(t *token) (*node, *SyntaxError) {
	fn := functionWords[t.text]
	if p.peek().isSign("'") {
		if fn != fnSigma {
			return nil, p.stray()
		}
		p.take()
		fn = fnSigmaPrime
	}
	var exponent *node
	switch next := p.peek(); {
	case next.kind == tokenRaised:
		exponent = literal(p.take().text)
	case next.isSign("^") && p.ahead(1).kind == tokenNumber:
		p.take()
		exponent = p.placed(literal(p.take().text), next.end)
	}
	a, b, err := p.arguments(fn)
	if err != nil {
		return nil, err
	}
	n := p.placed(&node{op: opCall, fn: fn, a: a, b: b}, t.position)
	if exponent != nil {
		n = p.placed(binary(opPow, n, exponent), t.position)
	}
	return n, nil
}

func (p *parser) arguments(fn function) (a, b *node, err *SyntaxError) {
	name := functionNames[fn]
	if !p.peek().isSign("(") {
		if fn == fnMax || fn == fnMin {
			return nil, nil, syntaxError(p.peek().position, "%s needs two arguments in brackets: %s(a, b).", name, name)
		}
		if p.peek().kind == tokenEnd {
			return nil, nil, syntaxError(p.peek().position, "after %s I expect what it is applied to: %s(…).", name, name)
		}
		a, err = p.bare()
		if err == nil {
			err = number(a)
		}
		return a, nil, err
	}
	p.take()
	outer := p.bars
	p.bars = 0
	if a, err = p.deeper(p.sum); err != nil {
		return nil, nil, err
	}
	if fn == fnMax || fn == fnMin {
		if err = p.expect(",", name+" needs two arguments: I expect a comma here."); err != nil {
			return nil, nil, err
		}
		if b, err = p.deeper(p.sum); err != nil {
			return nil, nil, err
		}
		if err = number(b); err != nil {
			return nil, nil, err
		}
		for err = number(a); err == nil && p.peek().isSign(","); err = number(b) { // more of them: the first are one
			p.take()
			a = p.placed(&node{op: opCall, fn: fn, a: a, b: b}, a.pos)
			if b, err = p.deeper(p.sum); err != nil {
				return nil, nil, err
			}
		}
		if err != nil {
			return nil, nil, err
		}
	}
	if err = number(a); err != nil {
		return nil, nil, err
	}
	p.bars = outer
	return a, b, p.expect(")", "a bracket is not closed: I expect ) here.")
}

// bare reads an argument without brackets: a factor, with a sign and a number before it.
func (p *parser) bare() (*node, *SyntaxError) {
	if p.peek().isMinusOrPlus() {
		return p.signed(p.bare, p.bare)
	}
	from := p.peek().position
	counts := p.peek().kind == tokenNumber
	n, err := p.power()
	if err != nil || !counts || p.peek().kind != tokenWord || functionWords[p.peek().text] != fnNone {
		return n, err
	}
	right, err := p.power()
	if err == nil {
		err = number(right)
	}
	if err != nil {
		return nil, err
	}
	return p.placed(binary(opMul, n, right), from), nil
}
