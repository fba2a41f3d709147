package expr

import "math"

// An Evaluator evaluates a Program at one point at a time. It holds scratch space and belongs to one goroutine.
type Evaluator struct {
	program *Program
	cells   []cell
}

// A cell is a register with its adjoint, ∂result/∂register, side by side because backward needs both at once.
type cell struct{ value, adjoint float64 }

// NewEvaluator returns a new Evaluator of p.
func (p *Program) NewEvaluator() *Evaluator {
	return &Evaluator{program: p, cells: make([]cell, p.dim+len(p.code))}
}

// Dim is the number of variables, 1 or 2.
func (ev *Evaluator) Dim() int { return ev.program.dim }

// Eval returns the value at theta, whose length is at least Dim, and stores the gradient in grad unless grad is nil; the
// length of grad is at least Dim too. The gradient is found by running the program backwards (reverse mode), at the cost
// of about two evaluations. Neither slice is kept. Eval allocates nothing.
func (ev *Evaluator) Eval(theta, grad []float64) float64 {
	p, c := ev.program, ev.cells
	for i, x := range theta[:p.dim] {
		c[i] = cell{value: x}
	}
	p.forward(c)
	value := c[p.root].value
	if grad != nil {
		c[p.root].adjoint = 1
		p.backward(c)
		for i := range grad[:p.dim] {
			grad[i] = c[i].adjoint
		}
	}
	return value
}

// forward fills the cells after the variables and sets their adjoints to 0.
func (p *Program) forward(c []cell) {
	out := c[p.dim:]
	for i := range p.code {
		in := &p.code[i]
		a := c[in.a].value
		var v float64
		switch in.op {
		case doConstant:
			v = in.k
		case doAdd:
			v = a + c[in.b].value
		case doSub:
			v = a - c[in.b].value
		case doMul:
			v = a * c[in.b].value
		case doDiv:
			v = a / c[in.b].value
		case doAddK:
			v = a + in.k
		case doSubFromK:
			v = in.k - a
		case doMulK:
			v = a * in.k
		case doDivK:
			v = a / in.k
		case doDivInK:
			v = in.k / a
		case doSquare:
			v = a * a
		case doPowWhole:
			v = powWhole(a, int(in.k))
		case doPowK:
			v = math.Pow(a, in.k)
		case doPowOfK:
			v = math.Pow(in.k, a)
		case doPow:
			v = math.Pow(a, c[in.b].value)
		case doCall:
			v = functions[in.fn].value(a)
		case doMinMax:
			v = minMax(in.fn, a, c[in.b].value)
		case doSquareSub:
			v = a - c[in.b].value
			v *= v
		case doSquareSubFromK:
			v = in.k - a
			v *= v
		case doAddMulK:
			v = a + float64(in.k*c[in.b].value)
		}
		out[i] = cell{value: v}
	}
}

// backward propagates the adjoints from the result to the variables.
func (p *Program) backward(c []cell) {
	out := c[p.dim:]
	for i := len(p.code) - 1; i >= 0; i-- {
		in := &p.code[i]
		g, v := out[i].adjoint, out[i].value
		a, b := &c[in.a], &c[in.b]
		switch in.op {
		case doAdd:
			a.adjoint += g
			b.adjoint += g
		case doSub:
			a.adjoint += g
			b.adjoint -= g
		case doMul:
			a.adjoint += g * b.value
			b.adjoint += g * a.value
		case doDiv:
			q := g / b.value
			a.adjoint += q
			b.adjoint -= q * v
		case doAddK:
			a.adjoint += g
		case doSubFromK:
			a.adjoint -= g
		case doMulK:
			a.adjoint += g * in.k
		case doDivK:
			a.adjoint += g / in.k
		case doDivInK:
			a.adjoint -= g * v / a.value
		case doSquare:
			a.adjoint += 2 * g * a.value
		case doPowWhole:
			a.adjoint += g * in.k * powWhole(a.value, int(in.k)-1)
		case doPowK:
			a.adjoint += g * in.k * math.Pow(a.value, in.k-1)
		case doPowOfK:
			a.adjoint += g * powLog(v, in.k)
		case doPow:
			a.adjoint += g * b.value * math.Pow(a.value, b.value-1)
			b.adjoint += g * powLog(v, a.value)
		case doCall:
			a.adjoint += g * functions[in.fn].slope(a.value, v)
		case doMinMax:
			da, db := minMaxSlopes(in.fn, a.value, b.value)
			a.adjoint += g * da
			b.adjoint += g * db
		case doSquareSub:
			g *= 2 * (a.value - b.value)
			a.adjoint += g
			b.adjoint -= g
		case doSquareSubFromK:
			a.adjoint -= 2 * g * (in.k - a.value)
		case doAddMulK:
			a.adjoint += g
			b.adjoint += g * in.k
		}
	}
}

// powWhole is x^n by multiplication.
func powWhole(x float64, n int) float64 {
	if n < 0 {
		return 1 / powWhole(x, -n)
	}
	y := 1.0
	for ; n > 0; n >>= 1 {
		if n&1 == 1 {
			y *= x
		}
		x *= x
	}
	return y
}

// powLog is y·log(base), the slope of y = base^e in e; 0 at base 0, as in the limit of positive exponents.
func powLog(y, base float64) float64 {
	if y == 0 && base == 0 {
		return 0
	}
	return y * math.Log(base)
}
