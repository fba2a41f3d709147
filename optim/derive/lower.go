package derive

// lowered is a typed formula with what is short for something else written out: h_i, z_i, J, e^u. Derivatives stay.
func (s *space) lowered(n *node) *node {
	return n.mapped(func(c *node) *node {
		switch {
		case c.op == opD:
			d := *c // by z_i and h_i is differentiated by name
			d.b = s.lowered(c.b)
			return &d
		case c.op == opH:
			return at(call(fnSigma, at(dotRow(c.i), c)), c)
		case c.op == opZ:
			return at(dotRow(c.i), c)
		case c.op == opLoss:
			return at(s.loss.mapped(func(*node) *node { return nil }), c)
		case c.op == opPow && c.a.op == opConstant && c.a.text == "e":
			return at(call(fnExp, s.lowered(c.b)), c)
		}
		return nil
	})
}

// at gives a new node the place in the text of what it stands for.
func at(n, typed *node) *node {
	c := *n
	c.pos, c.end = typed.pos, typed.end
	return &c
}

// A failure is a formula that is too large to be worked with.
type failure string

func (f failure) Error() string { return string(f) }

// maxNodes bounds a formula with its derivatives taken.
const maxNodes = 40000

// resolved is a lowered formula with its derivatives taken, each defined where its body is.
func resolved(n *node, broken *slip) (tree *node, err error) {
	d := differ{slip: broken}
	defer func() {
		if f, ok := recover().(failure); ok {
			tree, err = nil, f
		}
	}()
	return d.resolve(n), nil
}

func (d *differ) resolve(n *node) *node {
	return n.mapped(func(c *node) *node {
		if c.op != opD {
			return nil
		}
		body := d.resolve(c.b)
		inner := *d
		inner.wrt = c.a
		result := inner.of(body)
		d.made = inner.made
		return binary(opWhere, body, result)
	})
}
