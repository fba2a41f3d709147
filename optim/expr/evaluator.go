package expr

// An Evaluator evaluates a Program at one point at a time. It holds scratch space and belongs to one goroutine.
type Evaluator struct {
	program   *Program
	registers [maxRegisters]float64
	many      []float64 // the registers of a sequence that has more
	saved     saved
}

// saved is what Eval keeps while a function is called.
type saved struct {
	at     int
	gx, gy float64
}

// NewEvaluator returns a new Evaluator of p.
func (p *Program) NewEvaluator() *Evaluator {
	ev := &Evaluator{program: p}
	if p.gradient.steps == nil {
		ev.many = make([]float64, p.dim+len(p.gradient.code))
	}
	return ev
}

// Dim is the number of variables, 1 or 2.
func (ev *Evaluator) Dim() int { return ev.program.dim }

// Eval returns the value at theta, whose length is at least Dim, and stores the gradient in grad unless grad is nil; the
// length of grad is at least Dim too. Value and gradient come from one pass over the instructions. Neither slice is kept.
// Eval allocates nothing.
//
// The next step of a method waits for the gradient, so the time from theta to grad counts. The variables, the last value
// and the sums of the gradient stay in processor registers; each case stores its own result, which spares a jump; and what
// must survive the call of a function is saved by hand, because the compiler would save it at every turn of the loop.
func (ev *Evaluator) Eval(theta, grad []float64) float64 {
	p, c := ev.program, &ev.registers
	s := &p.value
	if grad != nil {
		s = &p.gradient
	}
	if s.steps == nil {
		return ev.long(s, theta, grad)
	}
	x, y := theta[0], 0.0
	c[0] = x
	if p.dim == 2 {
		y = theta[1]
		c[1] = y
	}
	var v, gx, gy float64
	steps := s.steps
	for i := 0; uint(i) < uint(len(steps)); i++ {
		in := &steps[i]
		switch in.op {
		case doNothing: // never met, but the table of jumps begins at 0
		case doConstant:
			v = put(c, in, in.k)
		case doAdd:
			v = put(c, in, c[in.a]+c[in.b])
		case doSub:
			v = put(c, in, c[in.a]-c[in.b])
		case doMul:
			v = put(c, in, c[in.a]*c[in.b])
		case doDiv:
			v = put(c, in, c[in.a]/c[in.b])
		case doAddK:
			v = put(c, in, c[in.a]+in.k)
		case doSubFromK:
			v = put(c, in, in.k-c[in.a])
		case doMulK:
			v = put(c, in, c[in.a]*in.k)
		case doDivK:
			v = put(c, in, c[in.a]/in.k)
		case doDivInK:
			v = put(c, in, in.k/c[in.a])
		case doSquare:
			v = put(c, in, sq(c[in.a]))
		case doCube:
			v = c[in.a]
			v = put(c, in, v*sq(v))
		case doFourth:
			v = put(c, in, sq(sq(c[in.a])))
		case doSquareSub:
			v = put(c, in, sq(c[in.a]-c[in.b]))
		case doSquareSubFromK:
			v = put(c, in, sq(in.k-c[in.a]))
		case doAddMulK:
			v = put(c, in, c[in.a]+float64(in.k*c[in.b]))
		case doAddSquare:
			v = put(c, in, c[in.a]+sq(c[in.b]))
		case doSubSquare:
			v = put(c, in, c[in.a]-sq(c[in.b]))
		case doAddMulKSquare:
			v = put(c, in, c[in.a]+float64(in.k*sq(c[in.b])))
		case doSquares:
			v = put(c, in, sq(c[in.a])+float64(in.k*sq(c[in.b])))
		case doAddMul:
			v = put(c, in, c[in.a]+float64(c[in.b]*c[in.c]))
		case doSubMul:
			v = put(c, in, c[in.a]-float64(c[in.b]*c[in.c]))

		case doAddL:
			v = put(c, in, v+c[in.a])
		case doSubL:
			v = put(c, in, c[in.a]-v)
		case doLSub:
			v = put(c, in, v-c[in.a])
		case doMulL:
			v = put(c, in, v*c[in.a])
		case doAddKL:
			v = put(c, in, v+in.k)
		case doSubFromKL:
			v = put(c, in, in.k-v)
		case doMulKL:
			v = put(c, in, v*in.k)
		case doSquareL:
			v = put(c, in, v*v)
		case doAddMulKL:
			v = put(c, in, c[in.a]+float64(in.k*v))
		case doAddMulKSquareL:
			v = put(c, in, c[in.a]+float64(in.k*sq(v)))
		case doAddSquareL:
			v = put(c, in, c[in.a]+sq(v))
		case doSquaresL:
			v = put(c, in, sq(c[in.a])+float64(in.k*sq(v)))

		case doAddKX:
			v = put(c, in, x+in.k)
		case doSubFromKX:
			v = put(c, in, in.k-x)
		case doMulKX:
			v = put(c, in, x*in.k)
		case doSquareX:
			v = put(c, in, x*x)
		case doAddSquareX:
			v = put(c, in, c[in.a]+sq(x))
		case doSubSquareX:
			v = put(c, in, c[in.a]-sq(x))

		case doAddKY:
			v = put(c, in, y+in.k)
		case doSubFromKY:
			v = put(c, in, in.k-y)
		case doMulKY:
			v = put(c, in, y*in.k)
		case doSquareY:
			v = put(c, in, y*y)
		case doAddSquareY:
			v = put(c, in, c[in.a]+sq(y))
		case doSubSquareY:
			v = put(c, in, c[in.a]-sq(y))

		case doGradientK:
			gx, gy = share(gx, gy, in.c, in.k)
		case doGradient:
			gx, gy = share(gx, gy, in.c, in.k*c[in.a])
		case doGradientMul:
			gx, gy = share(gx, gy, in.c, float64(in.k*c[in.a])*c[in.b])
		case doGradientL:
			gx, gy = share(gx, gy, in.c, in.k*v)
		case doGradientMulL:
			gx, gy = share(gx, gy, in.c, float64(in.k*c[in.a])*v)
		case doGradientX:
			gx, gy = share(gx, gy, in.c, in.k*x)
		case doGradientY:
			gx, gy = share(gx, gy, in.c, in.k*y)
		case doGradientMulXL:
			gx, gy = share(gx, gy, in.c, float64(in.k*x)*v)
		case doGradientMulYL:
			gx, gy = share(gx, gy, in.c, float64(in.k*y)*v)

		case doGradientsLL:
			i++
			gx, gy = gx+float64(in.k*v), gy+float64(steps[i].k*v)
		case doGradientsXLL:
			i++
			gx, gy = gx+float64(float64(in.k*x)*v), gy+float64(steps[i].k*v)
		case doGradientsLYL:
			i++
			gx, gy = gx+float64(in.k*v), gy+float64(float64(steps[i].k*y)*v)
		case doGradientsXLYL:
			i++
			gx, gy = gx+float64(float64(in.k*x)*v), gy+float64(float64(steps[i].k*y)*v)
		case doGradientsYLXL:
			i++
			gx, gy = gx+float64(float64(in.k*y)*v), gy+float64(float64(steps[i].k*x)*v)

		default:
			ev.saved = saved{i, gx, gy}
			v = in.call(c)
			i, gx, gy = ev.saved.at, ev.saved.gx, ev.saved.gy
			x, y = c[0], c[1]
			c[steps[i].r] = v
		}
	}
	if grad != nil {
		grad[0] = gx
		if p.dim == 2 {
			grad[1] = gy
		}
	}
	return c[uint8(s.root)]
}

func put(c *[maxRegisters]float64, in *action, v float64) float64 {
	c[in.r] = v
	return v
}

// call is not inlined, so that Eval's loop stays short.
//
//go:noinline
func (in *action) call(c *[maxRegisters]float64) float64 {
	return in.op.call(in.fn, in.k, c[in.a], c[in.b])
}

// sq and share round the product before it is added, on every processor.

func sq(x float64) float64 { return float64(x * x) }

func share(gx, gy float64, component uint8, g float64) (float64, float64) {
	if component == 0 {
		return gx + float64(g), gy
	}
	return gx, gy + float64(g)
}

// long is Eval for a sequence with more registers than a step can name.
func (ev *Evaluator) long(s *sequence, theta, grad []float64) float64 {
	c, dim := ev.many, ev.program.dim
	copy(c, theta[:dim])
	if grad != nil {
		clear(grad[:dim])
	}
	for _, i := range s.order {
		switch in := &s.code[i]; in.op {
		case doGradientK:
			grad[in.c] += in.k
		case doGradient:
			grad[in.c] += float64(in.k * c[in.a])
		case doGradientMul:
			grad[in.c] += float64(float64(in.k*c[in.a]) * c[in.b])
		default:
			in.kernel(c[dim+int(i):][:1], c[in.a:], c[in.b:], c[in.c:])
		}
	}
	return c[s.root]
}
