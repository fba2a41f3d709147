package expr

// Reverse mode, done when the program is compiled: for the instructions from the last to the first, the adjoint of each
// register, ∂result/∂register, is passed on to its operands. What comes out are more instructions of the same kind, so that
// one forward sweep finds value and gradient, equal parts once, and most of them do not wait for one another.

// A monomial is k·p·q, of two registers, one or none: how an adjoint is known before an instruction needs it in a register.
type monomial struct {
	k       float64
	factors int
	p, q    int32
}

// A backward pass appends the instructions of the adjoints to the code of its compiler.
type backward struct {
	*compiler
	adjoints [][]monomial // of each register: to be added up
}

// differentiate appends the instructions that add the gradient up.
func (c *compiler) differentiate(root int32) {
	dim, n := c.program.dim, len(c.program.code)
	d := backward{c, make([][]monomial, dim+n)}
	d.adjoints[root] = []monomial{{k: 1}}
	for i := n - 1; i >= 0; i-- {
		switch adjoint := d.adjoints[dim+i]; len(adjoint) {
		case 0:
		case 1:
			d.pass(c.program.code[i], int32(dim+i), adjoint[0])
		default:
			d.pass(c.program.code[i], int32(dim+i), d.total(adjoint))
		}
	}
	for v, adjoint := range d.adjoints[:dim] {
		for _, m := range adjoint {
			op := [...]operation{doGradientK, doGradient, doGradientMul}[m.factors]
			c.program.code = append(c.program.code, instruction{op: op, a: m.p, b: m.q, c: int32(v), k: m.k})
		}
	}
}

// pass gives the operands of the instruction that computes register y their shares of its adjoint g.
func (d *backward) pass(in instruction, y int32, g monomial) {
	a, b := in.a, in.b
	switch in.op {
	case doAdd:
		d.add(a, g)
		d.add(b, g)
	case doSub:
		d.add(a, g)
		d.add(b, g.times(-1))
	case doMul:
		d.add(a, d.product(g, b))
		d.add(b, d.product(g, a))
	case doDiv:
		q := d.quotient(g, b)
		d.add(a, q)
		d.add(b, d.product(q.times(-1), y))
	case doAddK:
		d.add(a, g)
	case doSubFromK:
		d.add(a, g.times(-1))
	case doMulK:
		d.add(a, g.times(in.k))
	case doDivK:
		g.k /= in.k
		d.add(a, g)
	case doDivInK:
		d.add(a, d.quotient(d.product(g.times(-1), y), a))
	case doSquare:
		d.add(a, d.product(g.times(2), a))
	case doCube, doFourth, doPowWhole:
		d.add(a, d.product(g.times(in.k), d.powWhole(result{register: a}, in.k-1).register))
	case doPowK:
		d.add(a, d.product(g.times(in.k), d.put(instruction{op: doPowK, a: a, k: in.k - 1})))
	case doPowOfK:
		k := d.put(instruction{op: doConstant, k: in.k})
		d.add(a, d.product(g, d.put(instruction{op: doPowLog, a: y, b: k})))
	case doPow:
		lowered := d.put(instruction{op: doPow, a: a, b: d.put(instruction{op: doAddK, a: b, k: -1})})
		d.add(a, d.product(d.product(g, b), lowered))
		d.add(b, d.product(g, d.put(instruction{op: doPowLog, a: y, b: a})))
	case doMinMax:
		share := d.put(instruction{op: doMinMaxShare, fn: in.fn, a: a, b: b})
		d.add(a, d.product(g, share))
		d.add(b, d.product(g, d.put(instruction{op: doSubFromK, a: share, k: 1})))
	case doCall:
		d.add(a, d.slope(in, y, g))
	}
}

// slope is g·fn′(a), from the function's value y where that is cheap.
func (d *backward) slope(in instruction, y int32, g monomial) monomial {
	switch in.fn {
	case fnExp:
		return d.product(g, y)
	case fnSin:
		return d.product(g, d.put(instruction{op: doCall, fn: fnCos, a: in.a}))
	case fnCos:
		return d.product(g.times(-1), d.put(instruction{op: doCall, fn: fnSin, a: in.a}))
	}
	return d.product(g, d.put(instruction{op: doSlope, fn: in.fn, a: in.a, b: y}))
}

func (d *backward) add(r int32, m monomial) { d.adjoints[r] = append(d.adjoints[r], m) }

func (d *backward) put(in instruction) int32 { return d.emit(in).register }

func (m monomial) times(k float64) monomial {
	m.k *= k
	return m
}

func (d *backward) product(m monomial, r int32) monomial {
	switch m.factors {
	case 0:
		return monomial{m.k, 1, r, r}
	case 1:
		return monomial{m.k, 2, m.p, r}
	}
	return monomial{m.k, 2, d.register(monomial{1, 2, m.p, m.q}), r}
}

func (d *backward) quotient(m monomial, r int32) monomial {
	if m.factors == 0 {
		q := d.put(instruction{op: doDivInK, a: r, k: m.k})
		return monomial{1, 1, q, q}
	}
	above := d.register(monomial{1, m.factors, m.p, m.q})
	q := d.put(instruction{op: doDiv, a: above, b: r})
	return monomial{m.k, 1, q, q}
}

// register puts the monomial into a register.
func (d *backward) register(m monomial) int32 {
	if m.factors == 0 {
		return d.put(instruction{op: doConstant, k: m.k})
	}
	r := result{register: m.p}
	if m.factors == 2 {
		r = d.mul(r, result{register: m.q})
	}
	if m.k != 1 {
		r = d.scale(r, m.k)
	}
	return r.register
}

// total adds the shares up in a register.
func (d *backward) total(shares []monomial) monomial {
	sum := d.register(shares[0])
	for _, m := range shares[1:] {
		if m.factors == 0 {
			sum = d.put(instruction{op: doAddK, a: sum, k: m.k})
			continue
		}
		sum = d.put(instruction{op: doAdd, a: sum, b: d.register(m)})
	}
	return monomial{1, 1, sum, sum}
}
