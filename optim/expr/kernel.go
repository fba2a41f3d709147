package expr

import "math"

// kernel runs the instruction over blocks of equal length. The operations are those of Program.forward, so that a value
// does not depend on how it was asked for.
func (in *instruction) kernel(out, a, b []float64) {
	a, b = a[:len(out)], b[:len(out)]
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
	case doPowWhole:
		for i := range out {
			out[i] = powWhole(a[i], int(k))
		}
	case doPowK:
		for i := range out {
			out[i] = math.Pow(a[i], k)
		}
	case doPowOfK:
		for i := range out {
			out[i] = math.Pow(k, a[i])
		}
	case doPow:
		for i := range out {
			out[i] = math.Pow(a[i], b[i])
		}
	case doCall:
		value := functions[in.fn].value
		for i := range out {
			out[i] = value(a[i])
		}
	case doMinMax:
		for i := range out {
			out[i] = minMax(in.fn, a[i], b[i])
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
	}
}

func fill(out []float64, k float64) {
	for i := range out {
		out[i] = k
	}
}
