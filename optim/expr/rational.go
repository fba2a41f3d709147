package expr

import (
	"math"
	"strconv"
	"strings"
)

// A rational is an exact coefficient or exponent of a derivative, in lowest terms with den > 0. The zero value is not a
// number: it stands for one that is too large or too long to be held exactly. A result that would leave the integers
// that float64 represents is not a number either, and its factors are then printed side by side.
type rational struct {
	num, den int64
	decimal  bool // made of a decimal fraction, and printed as one if it can be
}

const maxExact = 1 << 53

func whole(n int64) rational { return rational{num: n, den: 1} }

func (r rational) ok() bool               { return r.den != 0 }
func (r rational) isWhole() bool          { return r.den == 1 }
func (r rational) is(num, den int64) bool { return r.num == num && r.den == den }
func (r rational) negative() rational     { r.num = -r.num; return r }

func newRational(num, den int64, decimal bool) rational {
	if den == 0 {
		return rational{}
	}
	if den < 0 {
		num, den = -num, -den
	}
	g := gcd(num, den)
	return rational{num: num / g, den: den / g, decimal: decimal}
}

func gcd(a, b int64) int64 {
	if a < 0 {
		a = -a
	}
	for b != 0 {
		a, b = b, a%b
	}
	return max(a, 1)
}

func times(a, b int64) (int64, bool) {
	if a == 0 || b == 0 {
		return 0, true
	}
	product := a * b
	return product, math.Abs(float64(a)*float64(b)) <= maxExact
}

func (r rational) mul(s rational) rational {
	num, ok1 := times(r.num, s.num)
	den, ok2 := times(r.den, s.den)
	if !ok1 || !ok2 {
		return rational{}
	}
	return newRational(num, den, r.decimal || s.decimal)
}

func (r rational) add(s rational) rational {
	left, ok1 := times(r.num, s.den)
	right, ok2 := times(s.num, r.den)
	den, ok3 := times(r.den, s.den)
	if !ok1 || !ok2 || !ok3 || math.Abs(float64(left)+float64(right)) > maxExact {
		return rational{}
	}
	return newRational(left+right, den, r.decimal || s.decimal)
}

func (r rational) inverse() rational { return newRational(r.den, r.num, r.decimal) }

// pow raises to a whole power. 0 to a negative power is not a number.
func (r rational) pow(n int64) rational {
	if n < 0 {
		r, n = r.inverse(), -n
	}
	if n > 64 && !r.is(0, 1) && !r.is(1, 1) && !r.is(-1, 1) {
		return rational{}
	}
	p := whole(1)
	for ; n > 0 && p.ok(); n /= 2 {
		if n%2 == 1 {
			p = p.mul(r)
		}
		if n > 1 {
			if r = r.mul(r); !r.ok() {
				return rational{}
			}
		}
	}
	return p
}

// parseRational reads a number as the lexer lets it through: digits, a point, an exponent.
func parseRational(text string) rational {
	mantissa, exponent, _ := strings.Cut(strings.ReplaceAll(text, "E", "e"), "e")
	before, after, _ := strings.Cut(mantissa, ".")
	num, err := strconv.ParseInt(before+after, 10, 64)
	if err != nil || num > maxExact {
		return rational{}
	}
	shift := 0
	if exponent != "" {
		if shift, err = strconv.Atoi(exponent); err != nil {
			return rational{}
		}
	}
	r := newRational(num, 1, strings.Contains(text, ".") || shift < 0)
	shift -= len(after)
	if num == 0 || shift == 0 {
		return r
	}
	if shift < -15 || shift > 15 {
		return rational{}
	}
	return r.mul(newRational(10, 1, false).pow(int64(shift)))
}

// rationalOf returns the value of a constant sum, product or quotient of exact numbers, and !ok() for anything else.
func rationalOf(n *node) rational {
	if n.vars != 0 {
		return rational{}
	}
	switch n.op {
	case opNumber:
		return n.exact
	case opNeg:
		return rationalOf(n.a).negative()
	case opAdd, opSub, opMul, opDiv:
		a, b := rationalOf(n.a), rationalOf(n.b)
		if !a.ok() || !b.ok() {
			return rational{}
		}
		switch n.op {
		case opAdd:
			return a.add(b)
		case opSub:
			return a.add(b.negative())
		case opMul:
			return a.mul(b)
		}
		return a.mul(b.inverse())
	}
	return rational{}
}

// split returns the numbers to print above and below a fraction bar, for a number that is not negative; below is 1 when
// there is no bar.
func (r rational) split() (above, below *node) {
	if r.decimal && r.den > 1 && finiteDecimal(r.den) {
		value := float64(r.num) / float64(r.den)
		return literal(strconv.FormatFloat(value, 'f', -1, 64), value), one
	}
	return integer(r.num), integer(r.den)
}

func finiteDecimal(den int64) bool {
	for den%2 == 0 {
		den /= 2
	}
	for den%5 == 0 {
		den /= 5
	}
	return den == 1
}
