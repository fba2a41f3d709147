package expr

import "math"

type function uint8

const (
	fnNone function = iota
	fnExp
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
	fnSigma
	fnLog2
	fnLog10
	fnMin
	fnMax
	fnSoftplus
	fnRelu
	fnSign
	fnStep
	fnLog1p
)

// A definition is all that is known of one function. Adding a function of one argument means adding one of these.
type definition struct {
	name    string    // as printed; empty for a function that only programs use
	aliases []string  // other spellings that are read
	symbol  string    // in MathML, when it is not the name
	latex   string    // in LaTeX, when it is not \name or \symbol
	code    [2]string // in Go and in NumPy; GoPrelude and PythonPrelude define what has no package
	arity   int
	power   bool     // sin²(x) is written for (sin(x))²
	inverse function // what sin^-1 means

	value func(x float64) float64    // of one argument
	slope func(x, y float64) float64 // dy/dx at x, where y is the value; of one argument
	outer func(u, call *node) *node  // the symbolic dy/du of y = call(u); of one argument
}

// functions is indexed by function; its order is the order in which suggestions are tried.
var functions = [...]definition{
	fnExp: {name: "exp", arity: 1, code: [2]string{"math.Exp", "np.exp"}, value: math.Exp,
		slope: func(_, y float64) float64 { return y },
		outer: func(_, y *node) *node { return y }},
	fnLog: {name: "log", aliases: []string{"ln"}, arity: 1, code: [2]string{"math.Log", "np.log"}, power: true, value: math.Log,
		slope: func(x, _ float64) float64 { return where(x >= 0, 1/x) },
		outer: func(u, _ *node) *node { return quotient(one, u) }},
	fnSqrt: {name: "sqrt", arity: 1, code: [2]string{"math.Sqrt", "np.sqrt"}, value: math.Sqrt,
		slope: func(_, y float64) float64 { return 0.5 / y },
		outer: func(_, y *node) *node { return quotient(one, integer(2), y) }},
	fnAbs: {name: "abs", arity: 1, code: [2]string{"math.Abs", "np.abs"}, value: math.Abs,
		slope: func(x, _ float64) float64 { return sign(x) },
		outer: func(u, _ *node) *node { return signOf(u) }},
	fnSin: {name: "sin", arity: 1, code: [2]string{"math.Sin", "np.sin"}, power: true, inverse: fnAsin, value: math.Sin,
		slope: func(x, _ float64) float64 { return math.Cos(x) },
		outer: func(u, _ *node) *node { return call(fnCos, u) }},
	fnCos: {name: "cos", arity: 1, code: [2]string{"math.Cos", "np.cos"}, power: true, inverse: fnAcos, value: math.Cos,
		slope: func(x, _ float64) float64 { return -math.Sin(x) },
		outer: func(u, _ *node) *node { return negate(call(fnSin, u)) }},
	fnTan: {name: "tan", arity: 1, code: [2]string{"math.Tan", "np.tan"}, power: true, inverse: fnAtan, value: math.Tan,
		slope: func(_, y float64) float64 { return 1 + y*y },
		outer: func(u, _ *node) *node { return quotient(one, binary(opPow, call(fnCos, u), integer(2))) }},
	fnAsin: {name: "asin", aliases: []string{"arcsin"}, symbol: "arcsin", arity: 1, code: [2]string{"math.Asin", "np.arcsin"}, value: math.Asin,
		slope: func(x, _ float64) float64 { return 1 / math.Sqrt((1-x)*(1+x)) },
		outer: func(u, _ *node) *node { return quotient(one, call(fnSqrt, oneMinusSquare(u))) }},
	fnAcos: {name: "acos", aliases: []string{"arccos"}, symbol: "arccos", arity: 1, code: [2]string{"math.Acos", "np.arccos"}, value: math.Acos,
		slope: func(x, _ float64) float64 { return -1 / math.Sqrt((1-x)*(1+x)) },
		outer: func(u, _ *node) *node { return quotient(integer(-1), call(fnSqrt, oneMinusSquare(u))) }},
	fnAtan: {name: "atan", aliases: []string{"arctan"}, symbol: "arctan", arity: 1, code: [2]string{"math.Atan", "np.arctan"}, value: math.Atan,
		slope: func(x, _ float64) float64 { return 1 / (1 + x*x) },
		outer: func(u, _ *node) *node { return quotient(one, sum(one, square(u))) }},
	fnSinh: {name: "sinh", arity: 1, code: [2]string{"math.Sinh", "np.sinh"}, power: true, value: math.Sinh,
		slope: func(x, _ float64) float64 { return math.Cosh(x) },
		outer: func(u, _ *node) *node { return call(fnCosh, u) }},
	fnCosh: {name: "cosh", arity: 1, code: [2]string{"math.Cosh", "np.cosh"}, power: true, value: math.Cosh,
		slope: func(x, _ float64) float64 { return math.Sinh(x) },
		outer: func(u, _ *node) *node { return call(fnSinh, u) }},
	fnTanh: {name: "tanh", arity: 1, code: [2]string{"math.Tanh", "np.tanh"}, power: true, value: math.Tanh,
		slope: func(_, y float64) float64 { return (1 - y) * (1 + y) },
		outer: func(_, y *node) *node { return oneMinusSquare(y) }},
	fnSigma: {name: "sigma", aliases: []string{"sigmoid", "σ"}, symbol: "σ", arity: 1, code: [2]string{"sigma", "sigma"}, latex: `\sigma`, value: sigmoid,
		slope: func(x, y float64) float64 { return y * sigmoid(-x) },
		outer: func(_, y *node) *node { return binary(opMul, y, binary(opSub, one, y)) }},
	fnLog2: {name: "log2", arity: 1, code: [2]string{"math.Log2", "np.log2"}, latex: `\log_{2}`, value: math.Log2,
		slope: func(x, _ float64) float64 { return where(x >= 0, 1/(x*math.Ln2)) },
		outer: func(u, _ *node) *node { return quotient(one, u, call(fnLog, integer(2))) }},
	fnLog10: {name: "log10", arity: 1, code: [2]string{"math.Log10", "np.log10"}, latex: `\log_{10}`, value: math.Log10,
		slope: func(x, _ float64) float64 { return where(x >= 0, 1/(x*math.Ln10)) },
		outer: func(u, _ *node) *node { return quotient(one, u, call(fnLog, integer(10))) }},
	fnMin: {name: "min", arity: 2, code: [2]string{"math.Min", "np.minimum"}},
	fnMax: {name: "max", arity: 2, code: [2]string{"math.Max", "np.maximum"}},
	fnSoftplus: {name: "softplus", arity: 1, code: [2]string{"softplus", "softplus"}, latex: `\operatorname{softplus}`, value: softplus,
		slope: func(x, _ float64) float64 { return sigmoid(x) },
		outer: func(u, _ *node) *node { return call(fnSigma, u) }},
	fnRelu: {name: "relu", arity: 1, code: [2]string{"relu", "relu"}, latex: `\operatorname{relu}`, value: func(x float64) float64 { return math.Max(x, 0) },
		slope: func(x, _ float64) float64 { return step(x) },
		outer: func(u, _ *node) *node { return call(fnStep, u) }},
	fnSign: {name: "sign", aliases: []string{"sgn"}, arity: 1, code: [2]string{"sign", "np.sign"}, latex: `\operatorname{sign}`, value: sign,
		slope: func(x, _ float64) float64 { return 0 * sign(x) },
		outer: func(*node, *node) *node { return zero }},
	fnStep: {name: "step", arity: 1, code: [2]string{"step", "step"}, latex: `\operatorname{step}`, value: step,
		slope: func(x, _ float64) float64 { return 0 * step(x) },
		outer: func(*node, *node) *node { return zero }},
	fnLog1p: {arity: 1, code: [2]string{"math.Log1p", "np.log1p"}, value: math.Log1p,
		slope: func(x, _ float64) float64 { return where(x >= -1, 1/(1+x)) }},
}

func where(inDomain bool, value float64) float64 {
	if inDomain {
		return value
	}
	return math.NaN()
}

func sign(x float64) float64 {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	case x == 0:
		return 0
	}
	return x
}

func step(x float64) float64 {
	switch {
	case x > 0:
		return 1
	case x <= 0:
		return 0
	}
	return x
}

// sigmoid is 1/(1+exp(-x)), with full relative precision in both tails.
func sigmoid(x float64) float64 {
	if x >= 0 {
		return 1 / (1 + math.Exp(-x))
	}
	e := math.Exp(x)
	return e / (1 + e)
}

// softplus is log(1+exp(x)), without overflow.
func softplus(x float64) float64 {
	return math.Max(x, 0) + math.Log1p(math.Exp(-math.Abs(x)))
}

func square(u *node) *node { return product(binary(opPow, u, integer(2))) }

func oneMinusSquare(u *node) *node { return sum(one, negate(square(u))) }

// signOf is sign(u), with the sign of u itself taken out.
func signOf(u *node) *node {
	switch {
	case u.op == opNeg:
		return negate(signOf(u.a))
	case u.op == opNumber:
		return integer(int64(sign(u.value)))
	}
	return call(fnSign, u)
}

// The two arguments of min and max share one value and one slope rule.

func minMax(fn function, a, b float64) float64 {
	if fn == fnMin {
		return math.Min(a, b)
	}
	return math.Max(a, b)
}

// minMaxSlopes returns the shares of a and b in the slope; equal arguments share it evenly.
func minMaxSlopes(fn function, a, b float64) (da, db float64) {
	s := sign(a - b)
	if a == b {
		s = 0 // also for two infinities
	}
	if fn == fnMin {
		s = -s
	}
	return (1 + s) / 2, (1 - s) / 2
}
