package expr

import "math"

// call computes the operations that are functions.
func (op operation) call(fn function, k, a, b float64) float64 {
	switch op {
	case doPowWhole:
		return powWhole(a, int(k))
	case doPowK:
		return math.Pow(a, k)
	case doPowOfK:
		return math.Pow(k, a)
	case doPow:
		return math.Pow(a, b)
	case doMinMax:
		return minMax(fn, a, b)
	case doSlope:
		return functions[fn].slope(a, b)
	case doMinMaxShare:
		share, _ := minMaxSlopes(fn, a, b)
		return share
	case doPowLog:
		return powLog(a, b)
	}
	return functions[fn].value(a)
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
