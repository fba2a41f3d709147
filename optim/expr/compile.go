package expr

import "math"

// Compile translates the formula for evaluation. Equal parts are computed once and constants in advance; whole powers
// up to 64 become multiplications.
func (e *Expr) Compile() *Program {
	c := compiler{known: make(map[instruction]int32, 32)}
	c.program = &Program{dim: len(e.vars)}
	for i, v := range e.vars {
		c.register[v] = int32(i)
	}
	root := c.lower(e.root)
	if root.constant {
		root = c.emit(instruction{op: doConstant, k: root.k})
	}
	p := c.program
	p.root = root.register
	p.value, p.gradient = c.evaluation()
	p.code, p.root = fuse(p.dim, p.code, p.root, false)
	p.schedule()
	return p
}

// A result is where the compiler finds a value: in a register, or known already.
type result struct {
	constant bool
	k        float64
	register int32
}

type compiler struct {
	program  *Program
	register [2]int32 // of each variable
	known    map[instruction]int32
}

func (c *compiler) emit(in instruction) result {
	if r, ok := c.known[in]; ok {
		return result{register: r}
	}
	r := int32(c.program.dim + len(c.program.code))
	c.program.code = append(c.program.code, in)
	c.known[in] = r
	return result{register: r}
}

func known(k float64) result { return result{constant: true, k: k} }

func (c *compiler) lower(n *node) result {
	switch n.op {
	case opNumber, opConstant:
		return known(n.value)
	case opVariable:
		return result{register: c.register[n.index]}
	case opNeg:
		return c.scale(c.lower(n.a), -1)
	case opAdd:
		return c.add(c.lower(n.a), c.lower(n.b))
	case opSub:
		return c.sub(c.lower(n.a), c.lower(n.b))
	case opMul:
		return c.mul(c.lower(n.a), c.lower(n.b))
	case opDiv:
		if z, ok := logisticOf(n); ok {
			return c.call(fnSigma, c.lower(z))
		}
		return c.div(c.lower(n.a), c.lower(n.b))
	case opPow:
		return c.pow(n)
	}
	return c.function(n)
}

func (c *compiler) add(a, b result) result {
	switch {
	case a.constant && b.constant:
		return known(a.k + b.k)
	case a.constant:
		return c.add(b, a)
	case b.constant:
		return c.emit(instruction{op: doAddK, a: a.register, k: b.k})
	}
	return c.emit(instruction{op: doAdd, a: a.register, b: b.register})
}

func (c *compiler) sub(a, b result) result {
	switch {
	case b.constant:
		return c.add(a, known(-b.k))
	case a.constant:
		return c.emit(instruction{op: doSubFromK, a: b.register, k: a.k})
	}
	return c.emit(instruction{op: doSub, a: a.register, b: b.register})
}

func (c *compiler) scale(a result, k float64) result {
	if a.constant {
		return known(a.k * k)
	}
	return c.emit(instruction{op: doMulK, a: a.register, k: k})
}

func (c *compiler) mul(a, b result) result {
	switch {
	case b.constant:
		return c.scale(a, b.k)
	case a.constant:
		return c.scale(b, a.k)
	case a.register == b.register:
		return c.emit(instruction{op: doSquare, a: a.register})
	}
	return c.emit(instruction{op: doMul, a: a.register, b: b.register})
}

func (c *compiler) div(a, b result) result {
	switch {
	case a.constant && b.constant:
		return known(a.k / b.k)
	case b.constant:
		return c.emit(instruction{op: doDivK, a: a.register, k: b.k})
	case a.constant:
		return c.emit(instruction{op: doDivInK, a: b.register, k: a.k})
	}
	return c.emit(instruction{op: doDiv, a: a.register, b: b.register})
}

// maxMultiplied bounds the powers that are multiplied out; beyond it rounding would tell.
const maxMultiplied = 64

func (c *compiler) pow(n *node) result {
	if u, ok := n.exponent(); ok {
		return c.call(fnExp, c.lower(u))
	}
	a, b := c.lower(n.a), c.lower(n.b)
	switch {
	case a.constant && b.constant:
		return known(math.Pow(a.k, b.k))
	case a.constant:
		return c.emit(instruction{op: doPowOfK, a: b.register, k: a.k})
	case !b.constant:
		return c.emit(instruction{op: doPow, a: a.register, b: b.register})
	case b.k == 0.5:
		return c.call(fnSqrt, a)
	case b.k == math.Trunc(b.k) && math.Abs(b.k) <= maxMultiplied:
		return c.powWhole(a, b.k)
	}
	return c.emit(instruction{op: doPowK, a: a.register, k: b.k})
}

// powWhole is a^k, k whole, in the multiplications of the function of that name.
func (c *compiler) powWhole(a result, k float64) result {
	switch k {
	case 0:
		return known(1)
	case 1:
		return a
	case 2:
		return c.emit(instruction{op: doSquare, a: a.register})
	case 3:
		return c.emit(instruction{op: doCube, a: a.register, k: k})
	case 4:
		return c.emit(instruction{op: doFourth, a: a.register, k: k})
	}
	return c.emit(instruction{op: doPowWhole, a: a.register, k: k})
}

func (c *compiler) call(fn function, a result) result {
	if a.constant {
		return known(functions[fn].value(a.k))
	}
	return c.emit(instruction{op: doCall, fn: fn, a: a.register})
}

func (c *compiler) function(n *node) result {
	if functions[n.fn].arity == 2 {
		return c.minMax(n.fn, c.lower(n.a), c.lower(n.b))
	}
	if n.fn == fnLog {
		return c.logarithm(n)
	}
	return c.call(n.fn, c.lower(n.a))
}

func (c *compiler) minMax(fn function, a, b result) result {
	if a.constant && b.constant {
		return known(minMax(fn, a.k, b.k))
	}
	registerOf := func(r result) int32 {
		if r.constant {
			return c.emit(instruction{op: doConstant, k: r.k}).register
		}
		return r.register
	}
	return c.emit(instruction{op: doMinMax, fn: fn, a: registerOf(a), b: registerOf(b)})
}
