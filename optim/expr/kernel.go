package expr

// kernel runs the instruction over blocks of equal length. The operations are those of Evaluator.Eval, so that a value
// does not depend on how it was asked for.
func (in *instruction) kernel(out, a, b, c []float64) {
	a, b, c = a[:len(out)], b[:len(out)], c[:len(out)]
	k := in.k
	switch in.op {
	case doConstant:
		fill(out, k)
	case doAdd:
		for i := range out {
			out[i] = a[i] + b[i]
		}
	case doSub:
		for i := range out {
			out[i] = a[i] - b[i]
		}
	case doMul:
		for i := range out {
			out[i] = a[i] * b[i]
		}
	case doDiv:
		for i := range out {
			out[i] = a[i] / b[i]
		}
	case doAddK:
		for i := range out {
			out[i] = a[i] + k
		}
	case doSubFromK:
		for i := range out {
			out[i] = k - a[i]
		}
	case doMulK:
		for i := range out {
			out[i] = a[i] * k
		}
	case doDivK:
		for i := range out {
			out[i] = a[i] / k
		}
	case doDivInK:
		for i := range out {
			out[i] = k / a[i]
		}
	case doSquare:
		for i := range out {
			out[i] = a[i] * a[i]
		}
	case doCube:
		for i := range out {
			out[i] = a[i] * (a[i] * a[i])
		}
	case doFourth:
		for i := range out {
			s := a[i] * a[i]
			out[i] = s * s
		}
	case doSquareSub:
		for i := range out {
			d := a[i] - b[i]
			out[i] = d * d
		}
	case doSquareSubFromK:
		for i := range out {
			d := k - a[i]
			out[i] = d * d
		}
	case doAddMulK:
		for i := range out {
			out[i] = a[i] + float64(k*b[i])
		}
	case doAddSquare:
		for i := range out {
			out[i] = a[i] + float64(b[i]*b[i])
		}
	case doSubSquare:
		for i := range out {
			out[i] = a[i] - float64(b[i]*b[i])
		}
	case doAddMulKSquare:
		for i := range out {
			out[i] = a[i] + float64(k*float64(b[i]*b[i]))
		}
	case doSquares:
		for i := range out {
			out[i] = float64(a[i]*a[i]) + float64(k*float64(b[i]*b[i]))
		}
	case doAddMul:
		for i := range out {
			out[i] = a[i] + float64(b[i]*c[i])
		}
	case doSubMul:
		for i := range out {
			out[i] = a[i] - float64(b[i]*c[i])
		}
	default:
		in.calls(out, a, b)
	}
}

// calls has its own loop, lest the calls slow the others down: around a call the compiler keeps k in memory.
func (in *instruction) calls(out, a, b []float64) {
	for i := range out {
		out[i] = in.op.call(in.fn, in.k, a[i], b[i])
	}
}

func fill(out []float64, k float64) {
	for i := range out {
		out[i] = k
	}
}
