package derive

import "math"

type function uint8

const (
	fnNone function = iota
	fnExp
	fnSigma
	fnSigmaPrime
	fnSoftplus
	fnLog
	fnSqrt
	fnAbs
	fnSin
	fnCos
	fnTan
	fnAsin
	fnAcos
	fnAtan
	fnSinh
	fnCosh
	fnTanh
	fnLog2
	fnLog10
	fnRelu
	fnSign
	fnStep
	fnMax
	fnMin
)

// fnRowLast is the last of the functions that scenes keep evaluated for each row.
const fnRowLast = fnSoftplus

// functionNames has the name of each function in the echo, in order.
var functionNames = [...]string{"", "exp", "sigma", "sigma'", "softplus", "log", "sqrt", "abs", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh",
	"log2", "log10", "relu", "sign", "step", "max", "min"}

// functionWords has every spelling of a function.
var functionWords = func() map[string]function {
	m := map[string]function{"ln": fnLog, "sigmoid": fnSigma, "logistic": fnSigma, "expit": fnSigma,
		"arcsin": fnAsin, "arccos": fnAcos, "arctan": fnAtan}
	for fn, name := range functionNames {
		if function(fn) != fnSigmaPrime && fn != 0 {
			m[name] = function(fn)
		}
	}
	return m
}()

// apply evaluates a function of one argument, with its error.
func apply(fn function, a value) value {
	if a.state != fine {
		return nothing(a.state)
	}
	if r, ok := applyExactly(fn, a); ok {
		return r
	}
	x, e := a.v, a.e
	switch fn {
	case fnExp:
		return spread(math.Exp(x), e)
	case fnLog, fnLog2, fnLog10:
		return logarithm(fn, a)
	case fnSigma:
		p := logistic(x)
		return spread(p, e*(1-p)+roundoff)
	case fnSigmaPrime:
		p, q := logistic(x), logistic(-x)
		return spread(p*q, e+4*roundoff)
	case fnSoftplus:
		v := math.Max(x, 0) + math.Log1p(math.Exp(-math.Abs(x)))
		return bounded(v, 1.1*e*logistic(x+e)+library*v, 0)
	case fnSqrt:
		switch s, ok := a.sign(); {
		case !ok:
			return nothing(lost)
		case s < 0:
			return nothing(undefined)
		}
		if e > 0.1*x {
			return nothing(lost)
		}
		v := math.Sqrt(x)
		return bounded(v, 0.6*e/v+v*roundoff, 0)
	case fnAbs:
		return value{v: math.Abs(x), e: e, scale: a.scale}
	case fnSin:
		return bounded(math.Sin(x), e+library*(1+math.Abs(x)*0x1p-20), 0)
	case fnCos:
		return bounded(math.Cos(x), e+library*(1+math.Abs(x)*0x1p-20), 0)
	case fnTan:
		v := math.Tan(x)
		slope := 1 + v*v
		if (e+roundoff*math.Abs(x))*slope > 0.01 {
			return nothing(lost)
		}
		return bounded(v, 1.1*slope*e+library*slope, 0)
	case fnAsin, fnAcos:
		return arc(fn, a)
	case fnAtan:
		return bounded(math.Atan(x), e+library*math.Min(math.Abs(x), 2), 0)
	case fnSinh:
		if e > 0.01 {
			return nothing(lost)
		}
		return bounded(math.Sinh(x), 1.1*math.Cosh(x)*e+library*math.Abs(math.Sinh(x)), 0)
	case fnCosh:
		if e > 0.01 {
			return nothing(lost)
		}
		return bounded(math.Cosh(x), 1.1*(math.Abs(math.Sinh(x))+e)*e+library*math.Cosh(x), 0)
	case fnTanh:
		v := math.Tanh(x)
		return bounded(v, e*math.Min(1, 1.1*(1-v*v)+e)+library*math.Abs(v), 0)
	case fnRelu:
		return larger(a, whole(0), 1)
	case fnSign, fnStep:
		s, ok := a.sign()
		if !ok {
			return nothing(lost)
		}
		if fn == fnStep {
			return whole(int64(max(s, 0)))
		}
		return whole(int64(s))
	}
	return nothing(lost)
}

// spread is v with the relative error e, and that of the library.
func spread(v, e float64) value {
	if e > 0.01 {
		return nothing(lost)
	}
	return bounded(v, v*(1.1*e+library), 0)
}

func logistic(x float64) float64 {
	if x >= 0 {
		return 1 / (1 + math.Exp(-x))
	}
	t := math.Exp(x)
	return t / (1 + t)
}

func logarithm(fn function, a value) value {
	switch s, ok := a.sign(); {
	case !ok:
		return nothing(lost)
	case s <= 0:
		return nothing(undefined)
	}
	if a.e > 0.1*a.v {
		return nothing(lost)
	}
	slope := 1.0
	switch fn { // math.Log2 and Log10 lose digits near 1
	case fnLog2:
		slope = math.Log2E
	case fnLog10:
		slope = math.Log10E
	}
	v := slope * math.Log(a.v)
	return bounded(v, 1.2*slope*a.e/a.v+library*math.Abs(v), 0)
}

// arc is asin or acos.
func arc(fn function, a value) value {
	beyond := plus(apply(fnAbs, a), whole(-1))
	switch s, ok := beyond.sign(); {
	case !ok:
		return nothing(lost)
	case s > 0:
		return nothing(undefined)
	}
	v := math.Asin(a.v)
	if fn == fnAcos {
		v = math.Acos(a.v)
	}
	room := 1 - math.Abs(a.v)
	if a.e > 0 && a.e > 0.1*room {
		return nothing(lost)
	}
	e := 16 * roundoff
	if a.e > 0 {
		e += 1.2 * a.e / math.Sqrt(room*(1+math.Abs(a.v)))
	}
	return bounded(v, e, 0)
}

// larger is the larger (side 1) or smaller (side −1) of two values.
func larger(a, b value, side int) value {
	if a.state|b.state != fine {
		return worse(a, b)
	}
	s, ok := plus(a, b.negated()).sign()
	if ok {
		if s*side >= 0 {
			return a
		}
		return b
	}
	v := math.Max(a.v, b.v)
	if side < 0 {
		v = math.Min(a.v, b.v)
	}
	return value{v: v, e: math.Max(a.e, b.e), scale: math.Max(a.scale, b.scale)}
}

// applyExactly answers where a fraction goes to a fraction.
func applyExactly(fn function, a value) (value, bool) {
	if a.d == 0 {
		return value{}, false
	}
	switch fn {
	case fnAbs:
		if a.n < 0 {
			a = a.negated()
		}
		return a, true
	case fnSqrt:
		if a.n < 0 {
			return nothing(undefined), true
		}
		n, d := root(a.n), root(a.d)
		if n*n == a.n && d*d == a.d {
			return fraction(n, d), true
		}
		return value{}, false
	case fnLog, fnLog2, fnLog10:
		if a.n == a.d {
			return whole(0), true
		}
		return value{}, false
	}
	if a.n != 0 {
		return value{}, false
	}
	switch fn {
	case fnExp, fnCos, fnCosh:
		return whole(1), true
	case fnSin, fnTan, fnAsin, fnAtan, fnSinh, fnTanh:
		return whole(0), true
	case fnSigma:
		return fraction(1, 2), true
	case fnSigmaPrime:
		return fraction(1, 4), true
	}
	return value{}, false
}

func root(k int64) int64 {
	r := int64(math.Sqrt(float64(k)))
	for r*r > k {
		r--
	}
	for (r+1)*(r+1) <= k && r < 3e9 {
		r++
	}
	return r
}
