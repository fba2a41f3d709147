package sandbox

import (
	"math"

	"go.starlark.net/starlark"
)

// An operator calculates with two numbers.
type operator struct {
	sign  string
	float func(x, y float64) float64
	whole func(x, y int64) int64 // nil where the result of two whole numbers is a decimal one. Arguments and result stay within ±2⁵³ when float does.
	// divides says that the second number must not be 0.
	divides bool
}

var operators = []operator{
	{sign: "+", float: func(x, y float64) float64 { return x + y }, whole: func(x, y int64) int64 { return x + y }},
	{sign: "-", float: func(x, y float64) float64 { return x - y }, whole: func(x, y int64) int64 { return x - y }},
	// The conversions keep the compiler from fusing the product with a later sum.
	{sign: "*", float: func(x, y float64) float64 { return float64(x * y) }, whole: func(x, y int64) int64 { return x * y }},
	{sign: "/", float: func(x, y float64) float64 { return x / y }, divides: true},
	{sign: "//", float: func(x, y float64) float64 { return math.Floor(x / y) }, whole: floorDivision, divides: true},
	{sign: "%", float: remainder, whole: func(x, y int64) int64 { return x - y*floorDivision(x, y) }, divides: true},
}

func floorDivision(x, y int64) int64 {
	q := x / y
	if x%y != 0 && (x < 0) != (y < 0) {
		q--
	}
	return q
}

// remainder has the sign of y, as in Python. Of a quotient beyond 2⁵³ it would hold no digit, and math.Mod could take
// 2,000 rounds for it: then it is NaN.
func remainder(x, y float64) float64 {
	if !(math.Abs(x/y) < mostWhole) {
		return math.NaN()
	}
	r := math.Mod(x, y)
	if r != 0 && (r < 0) != (y < 0) {
		r += y
	}
	return r
}

// apply calculates with two values: numbers, vectors entry by entry, or texts that are joined.
func (o operator) apply(b *Budget, args []starlark.Value) (starlark.Value, error) {
	x, y := args[0], args[1]
	if i, ok := x.(starlark.Int); ok && o.whole != nil {
		if j, ok := y.(starlark.Int); ok {
			return o.wholes(i, j)
		}
	}
	if s, ok := x.(starlark.String); ok && o.sign == "+" {
		if t, ok := y.(starlark.String); ok {
			return join(b, s, t)
		}
	}
	f, xNumber := number(x)
	g, yNumber := number(y)
	if xNumber && yNumber {
		if o.divides && g == 0 {
			return nil, dividedByZero()
		}
		return starlark.Float(o.float(f, g)), nil
	}
	return o.vectors(b, x, y)
}

func (o operator) wholes(x, y starlark.Int) (starlark.Value, error) {
	i, _ := x.Int64()
	j, _ := y.Int64()
	if o.divides && j == 0 {
		return nil, dividedByZero()
	}
	if math.Abs(o.float(float64(i), float64(j))) > mostWhole {
		return nil, tooLarge()
	}
	return starlark.MakeInt64(o.whole(i, j)), nil
}

func dividedByZero() error {
	return refuse("Look at what can become 0 there.", "This divides by 0.")
}

func tooLarge() error {
	return refuse("Write a decimal point, as in 2.0, to calculate with large numbers.", "Whole numbers end at 2 to the power of 53 here.")
}

func join(b *Budget, s, t starlark.String) (starlark.Value, error) {
	n := len(s) + len(t)
	if n > mostText {
		return nil, refuse("print takes several values: print(\"t =\", t).", "A text has at most %d characters.", mostText)
	}
	return s + t, b.take(16 + n)
}

// vectors calculates entry by entry; a number stands for all entries.
func (o operator) vectors(b *Budget, x, y starlark.Value) (starlark.Value, error) {
	_, xVector := x.(*Vector)
	_, yVector := y.(*Vector)
	if !xVector && !yVector {
		return nil, o.mismatch(x, y)
	}
	v, w, err := b.pair(o.sign, x, y)
	if err != nil {
		return nil, err
	}
	if o.divides {
		for i, g := range w {
			if g == 0 {
				if len(w) == 1 {
					return nil, dividedByZero()
				}
				return nil, refuse("Look at what can become 0 there.", "This divides by 0 in entry %d.", i)
			}
		}
	}
	return b.both(v, w, o.float)
}

// mismatch says why two values are not calculated with.
func (o operator) mismatch(x, y starlark.Value) error {
	instead := "Numbers and vectors can."
	for _, v := range []starlark.Value{x, y} {
		switch v.(type) {
		case *starlark.List, starlark.Tuple:
			instead = "Make a vector of it: vector([1, 2]), or zeros(2). A list grows with xs.append(1)."
		case starlark.String:
			instead = "To show values use print: print(\"t =\", t)."
		case starlark.NoneType:
			instead = "Does a function lack its return?"
		case starlark.Callable:
			instead = "Call a function with its arguments in brackets: norm(theta)."
		}
	}
	bad := x
	if _, ok := number(x); ok {
		bad = y
	}
	return refuse(instead, "%s cannot be calculated with, as in %s %s %s.", capital(sayKind(bad)), sayShort(x), o.sign, sayShort(y))
}

func sayShort(x starlark.Value) string {
	switch x.(type) {
	case *Vector:
		return "vector"
	case starlark.Int, starlark.Float:
		return "number"
	case starlark.String:
		return "text"
	case starlark.NoneType:
		return "None"
	case starlark.Callable:
		return "function"
	}
	return x.Type()
}

// An operand is a vector's entries, or one number for all of them.
type operand []float64

func (o operand) at(i int) float64 {
	if len(o) == 1 {
		return o[0]
	}
	return o[i]
}

// pair are two values as operands that fit together.
func (b *Budget) pair(sign string, x, y starlark.Value) (v, w operand, err error) {
	if v, err = b.operand(x); err != nil {
		return nil, nil, err
	}
	if w, err = b.operand(y); err != nil {
		return nil, nil, err
	}
	_, xNumber := number(x)
	_, yNumber := number(y)
	if !xNumber && !yNumber && len(v) != len(w) {
		return nil, nil, refuse("Entry by entry works for vectors of the same length.", "A vector with %s and one with %s do not fit together in “%s”.", entries(len(v)), entries(len(w)), sign)
	}
	return v, w, nil
}

func (b *Budget) operand(x starlark.Value) (operand, error) {
	if f, ok := number(x); ok {
		return operand{f}, nil
	}
	v, ok, err := b.asVector(x)
	if err != nil {
		return nil, err
	}
	if !ok {
		return nil, refuse("Numbers and vectors can.", "%s cannot be calculated with.", capital(sayKind(x)))
	}
	return v.entries, nil
}

// both is a new vector of f of two operands.
func (b *Budget) both(v, w operand, f func(x, y float64) float64) (starlark.Value, error) {
	n := len(v)
	if n == 1 {
		n = len(w)
	}
	if len(v) == 0 || len(w) == 0 {
		n = 0
	}
	out, err := b.newVector(n)
	if err != nil {
		return nil, err
	}
	b.work(n)
	for i := range out.entries {
		out.entries[i] = f(v.at(i), w.at(i))
	}
	return out, nil
}

// negative is −x.
func negative(b *Budget, args []starlark.Value) (starlark.Value, error) {
	return operators[1].apply(b, []starlark.Value{starlark.MakeInt(0), args[0]})
}
