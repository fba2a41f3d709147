package derive

// bracketD reads D(theta_j, …).
func (p *parser) bracketD() (*node, *SyntaxError) {
	from := p.last().position
	p.take()
	wrt, err := p.variable()
	if err != nil {
		return nil, err
	}
	if err := p.expect(",", "I expect a comma and what is differentiated: D(theta_j, …)."); err != nil {
		return nil, err
	}
	outer := p.bars
	p.bars = 0
	n, err := p.sum()
	p.bars = outer
	if err != nil {
		return nil, err
	}
	if err := p.expect(")", "a bracket is not closed: I expect ) here."); err != nil {
		return nil, err
	}
	return p.differentiated(wrt, n, from)
}

// variable reads by what is differentiated.
func (p *parser) variable() (*node, *SyntaxError) {
	t := p.take()
	if t.kind != tokenWord || functionWords[t.text] != fnNone && t.sub == "" {
		return nil, syntaxError(t.position, "I expect by what to differentiate: θ_j or another variable.")
	}
	n, err := p.data(t)
	if err != nil {
		return nil, err
	}
	switch n.op {
	case opThetaAt, opScalar, opZ, opH:
		return n, nil
	case opTheta:
		return nil, syntaxError(t.position, "θ is a vector: differentiate by one entry, θ_j.")
	}
	return nil, syntaxError(t.position, "one cannot differentiate by %s.", p.typed(t))
}

// differentiated makes a derivative, in whose body no sum may take the index of wrt.
func (p *parser) differentiated(wrt, n *node, from int) (*node, *SyntaxError) {
	if err := number(n); err != nil {
		return nil, err
	}
	if n.derivatives() == MaxDerivatives {
		return nil, syntaxError(from, "derivatives are nested more than %d deep here.", MaxDerivatives)
	}
	var captured *node
	n.walk(func(c *node) bool {
		if c.op == opSum && wrt.op != opScalar && c.i.name == wrt.i.name {
			captured = c
		}
		return captured == nil
	})
	if captured != nil {
		return nil, syntaxError(captured.pos, "the index %s is captured: it is the entry by which you differentiate. Take another letter in this sum, such as k.", wrt.i.name)
	}
	return p.placed(derivative(wrt, n), from), nil
}

// derivatives is how deep derivatives stand within one another.
func (n *node) derivatives() int {
	if n == nil {
		return 0
	}
	deepest := max(n.a.derivatives(), n.b.derivatives())
	if n.op == opD {
		deepest++
	}
	return deepest
}

// slope reads d/dz … and ∂NLL/∂θ_j.
func (p *parser) slope() (*node, *SyntaxError) {
	t := p.take()
	if p.peek().isSign("/") {
		p.take()
		wrt, err := p.denominator()
		if err != nil {
			return nil, err
		}
		return p.applied(t, wrt)
	}
	bare := p.peek().text == "sigma" && p.peek().sub+p.peek().raised == "" && p.ahead(1).isSign("/") // dσ/dz is dσ(z)/dz
	n := one
	var err *SyntaxError
	if bare {
		p.take()
	} else if n, err = p.primary(); err != nil {
		return nil, err
	}
	if err := p.expect("/", "I expect / and by what to differentiate, as in ∂NLL/∂θ_j."); err != nil {
		return nil, err
	}
	wrt, err := p.denominator()
	if err != nil {
		return nil, err
	}
	if bare {
		if wrt.op != opScalar && wrt.op != opZ {
			return nil, syntaxError(t.end, "σ of what? Write its argument, as in ∂σ(z_i)/∂θ_j.")
		}
		n = at(call(fnSigma, wrt), wrt)
	}
	return p.differentiated(wrt, n, t.position)
}

// denominator reads ∂θ_j.
func (p *parser) denominator() (*node, *SyntaxError) {
	if t := p.take(); t.kind != tokenDel {
		return nil, syntaxError(t.position, "I expect d or ∂ and by what to differentiate, as in ∂/∂θ_j.")
	}
	return p.variable()
}

// applied reads what follows ∂/∂θ_j.
func (p *parser) applied(t *token, wrt *node) (*node, *SyntaxError) {
	if p.peek().isSign("*") && p.typed(p.peek()) == "\u2062" {
		p.take()
	}
	n, err := p.signed(p.power, p.factor)
	if err != nil {
		return nil, err
	}
	return p.differentiated(wrt, n, t.position)
}

// bracketedSlope reads (d/dz) ….
func (p *parser) bracketedSlope() (*node, *SyntaxError) {
	p.take()
	t := p.take()
	p.take()
	wrt, err := p.denominator()
	if err != nil {
		return nil, err
	}
	p.take()
	return p.deeper(func() (*node, *SyntaxError) { return p.applied(t, wrt) })
}
