package expr

// function reads a function's name, perhaps a power as in sin^2(x), and its arguments.
func (p *parser) function() (*node, *SyntaxError) {
	t := p.take()
	fn := t.fn
	exponent, err := p.functionPower(t)
	if err != nil {
		return nil, err
	}
	if exponent != nil && exponent.op == opNeg {
		inverse := functions[fn].inverse
		if inverse == fnNone || !exponent.a.is(1) {
			if exponent.a.is(1) {
				return nil, syntaxError(t.position, "a negative power of %s is written 1/%s(x).", t.text, t.text)
			}
			return nil, syntaxError(t.position, "a negative power of %s is written 1/%s(x)^2.", t.text, t.text)
		}
		fn, exponent = inverse, nil
		p.note("%s^-1 is read as the inverse function %s; for the reciprocal write 1/%s(x).", t.text, functions[inverse].name, t.text)
	}
	var n *node
	switch {
	case p.peek().isSign("("):
		n, err = p.arguments(fn, t)
	case functions[fn].arity == 2:
		err = p.expectedArgument(t)
	default:
		n, err = p.bareArgument(fn, t)
	}
	if err != nil {
		return nil, err
	}
	if n, err = p.count(n, t.position); err != nil || exponent == nil {
		return n, err
	}
	p.nodes++
	return p.count(binary(opPow, n, exponent), t.position)
}

// functionPower reads ^2, ^{2}, ^-1 or ² between a function's name and its argument; nil if there is none.
func (p *parser) functionPower(fn *token) (*node, *SyntaxError) {
	if p.peek().kind == tokenRaised {
		return p.take().node, nil
	}
	if !p.peek().isSign("^") {
		return nil, nil
	}
	p.take()
	bracket := p.peek().isSign("(")
	if bracket {
		p.take()
	}
	minus := p.peek().isSign("-")
	if minus {
		p.take()
	}
	t := p.take()
	if bracket && !p.peek().isSign(")") || t.kind != tokenNumber || !t.node.exact.isWhole() {
		return nil, syntaxError(t.position, "after “%s^” I expect a whole number and then the argument, as in sin^2(x).", fn.text)
	}
	if bracket {
		p.take()
	}
	if minus {
		return negate(t.node), nil
	}
	return t.node, nil
}

func (p *parser) arguments(fn function, name *token) (*node, *SyntaxError) {
	opening := p.take()
	p.open = append(p.open, "(")
	var args []*node
	for {
		if p.peek().isSign(")") {
			return nil, syntaxError(p.peek().position, "%s has no argument here: I expect %s.", name.text, usage(fn, name))
		}
		n, err := p.deeper(p.sum)
		if err != nil {
			return nil, err
		}
		args = append(args, n)
		t := p.peek()
		if t.isSign(",") {
			if functions[fn].arity == 1 {
				return nil, p.secondArgument(fn, name)
			}
			p.take()
			continue
		}
		if !t.isSign(")") {
			return nil, p.unclosed("the bracket after " + name.text + " is not closed: I expect ) here.")
		}
		if len(args) < functions[fn].arity {
			return nil, syntaxError(t.position, "%s takes two arguments: I expect a comma and the second one, as in %s.", name.text, usage(fn, name))
		}
		p.take()
		p.open = p.open[:len(p.open)-1]
		break
	}
	if fn == fnSqrt && p.src[opening.position] == '[' && p.peek().isSign("(") {
		return nil, syntaxError(opening.position, "sqrt has no index: a cube root is written x^(1/3).")
	}
	if functions[fn].arity == 1 {
		return call(fn, args[0]), nil
	}
	n := call2(fn, args[0], args[1])
	for _, arg := range args[2:] { // max(a, b, c) is max(max(a, b), c)
		var err *SyntaxError
		if n, err = p.count(n, name.position); err != nil {
			return nil, err
		}
		n = call2(fn, n, arg)
	}
	return n, nil
}

// secondArgument explains a comma in the argument of a function that has but one.
func (p *parser) secondArgument(fn function, name *token) *SyntaxError {
	t := p.peek()
	switch {
	case p.isDecimalComma():
		return p.stray()
	case fn == fnLog:
		return syntaxError(t.position, "%s is the natural logarithm: for another base, here 3, write log(x)/log(3).", name.text)
	}
	return syntaxError(t.position, "%s takes one argument: I expect ) here. Decimals are written with a point.", name.text)
}

// usage shows a call, under the name that was typed.
func usage(fn function, name *token) string {
	if functions[fn].arity == 2 {
		return name.text + "(x, 1)"
	}
	return name.text + "(x)"
}

// bareArgument reads an argument without brackets: a product without signs that ends before the next function.
func (p *parser) bareArgument(fn function, name *token) (*node, *SyntaxError) {
	minus := p.peek().isSign("-")
	if minus {
		p.take()
	}
	if !p.beginsFactor() {
		return nil, p.expectedArgument(name)
	}
	parts := 1
	arg, err := p.deeper(p.power)
	for err == nil && p.beginsFactor() && p.peek().kind != tokenFunction {
		t := p.peek()
		if err = p.checkJoint(t); err != nil {
			break
		}
		var right *node
		if right, err = p.power(); err == nil {
			arg, err = p.count(binary(opMul, arg, right), t.position)
			parts++
		}
	}
	if err == nil && minus {
		arg, err = p.count(negate(arg), name.position)
	}
	if err != nil {
		return nil, err
	}
	n := call(fn, arg)
	p.noteBare(n, parts > 1 || minus)
	return n, nil
}

func (p *parser) expectedArgument(name *token) *SyntaxError {
	return syntaxError(p.peek().position, "after “%s” I expect (, as in %s.", name.text, usage(name.fn, name))
}
