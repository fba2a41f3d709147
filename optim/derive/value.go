package derive

import (
	"math"
	"math/bits"
)

// A state says whether a value is one.
type state uint8

const (
	fine      state = iota
	undefined       // certainly: outside the domain
	lost            // unknown: overflow, or rounding errors too large to tell
)

// A value is a float64 with a bound on its error and, where it is a fraction of small whole numbers, that fraction. The
// bound is that of running error analysis, to first order with room to spare.
type value struct {
	v, e  float64 // the true value is within v ± e
	scale float64 // largest magnitude among the terms that it was added up from
	n, d  int64   // exactly n/d, in lowest terms; d is 0 where that is not known
	state state
}

// roundoff is half a unit in the last place of 1; library is what package math's functions may be wrong by, with room to spare.
const (
	roundoff = 0x1p-53
	library  = 4 * roundoff
	tiny     = 1e-300 // below this, errors are no longer in proportion
	largest  = 1 << 31
)

func whole(k int64) value {
	r := value{v: float64(k), scale: math.Abs(float64(k)), n: k, d: 1}
	if k >= 1<<53 || k <= -1<<53 {
		r.e = r.scale * roundoff
	}
	return r
}

func real(v float64) value { return value{v: v, scale: math.Abs(v)} }

func nothing(s state) value { return value{v: math.NaN(), state: s} }

func fraction(n, d int64) value {
	g := gcd(n, d)
	n, d = n/g, d/g
	if d < 0 {
		n, d = -n, -d
	}
	if d == 1 {
		return whole(n)
	}
	v := float64(n) / float64(d)
	return value{v: v, e: 3 * math.Abs(v) * roundoff, scale: math.Abs(v), n: n, d: d}
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	if a < 0 {
		return -a
	}
	return a
}

func small(k int64) bool { return -largest < k && k < largest }

// bounded finishes a value that has error e besides; an overflow is lost, an underflow has an absolute error.
func bounded(v, e, scale float64) value {
	if math.IsNaN(v) || math.IsInf(v, 0) || !(e < math.MaxFloat64) {
		return nothing(lost)
	}
	if math.Abs(v) < tiny {
		e += tiny
	}
	return value{v: v, e: e, scale: math.Max(scale, math.Abs(v))}
}

func (a value) exact() bool  { return a.d != 0 || a.e == 0 }
func (a value) isZero() bool { return a.v == 0 && a.exact() }

// sign says whether a is certainly above (1), below (−1) or equal to zero (0); ok is false where nobody knows.
func (a value) sign() (s int, ok bool) {
	switch {
	case a.d != 0:
		return sign(float64(a.n)), true
	case a.v-a.e > 0:
		return 1, true
	case a.v+a.e < 0:
		return -1, true
	case a.v == 0 && a.e == 0:
		return 0, true
	}
	return 0, false
}

func sign(v float64) int {
	switch {
	case v > 0:
		return 1
	case v < 0:
		return -1
	}
	return 0
}

func (a value) negated() value {
	a.v, a.n = 0-a.v, -a.n // no −0
	return a
}

// worse is the state of an operation on a and b that are not both fine. Undefined wins: it is certain.
func worse(a, b value) value { return nothing(max2(a.state, b.state)) }

func max2(a, b state) state {
	if a == undefined || b == undefined {
		return undefined
	}
	return max(a, b)
}

func plus(a, b value) value {
	if a.state|b.state != fine {
		return worse(a, b)
	}
	if a.d != 0 && b.d != 0 {
		if a.d == 1 && b.d == 1 && small(a.n) && small(b.n) {
			r := whole(a.n + b.n)
			r.scale = math.Max(a.scale, b.scale)
			return r
		}
		if small(a.n) && small(b.n) && small(a.d) && small(b.d) {
			if x, y := a.n*b.d, b.n*a.d; x>>62 == x>>63 && y>>62 == y>>63 {
				r := fraction(x+y, a.d*b.d)
				r.scale = math.Max(a.scale, b.scale)
				return r
			}
		}
	}
	v := a.v + b.v
	t := v - a.v
	rounding := math.Abs((a.v - (v - t)) + (b.v - t)) // exact: D. Knuth's TwoSum
	return value{v: v, e: a.e + b.e + rounding, scale: math.Max(a.scale, b.scale)}.checked()
}

func (a value) checked() value {
	if math.IsNaN(a.v) || math.IsInf(a.v, 0) || !(a.e < math.MaxFloat64) {
		return nothing(lost)
	}
	return a
}

func times(a, b value) value {
	if a.state|b.state != fine {
		return worse(a, b)
	}
	if a.d != 0 && b.d != 0 && small(a.n) && small(b.n) && small(a.d) && small(b.d) {
		if a.d == 1 && b.d == 1 {
			return whole(a.n * b.n)
		}
		return fraction(a.n*b.n, a.d*b.d)
	}
	if a.isZero() || b.isZero() {
		return whole(0)
	}
	v := a.v * b.v
	e := math.Abs(a.v)*b.e + math.Abs(b.v)*a.e + a.e*b.e
	if math.Abs(v) < tiny {
		return bounded(v, e+tiny, a.scale*b.scale)
	}
	return bounded(v, e+math.Abs(math.FMA(a.v, b.v, -v)), a.scale*b.scale)
}

func over(a, b value) value {
	if a.state|b.state != fine {
		return worse(a, b)
	}
	if b.isZero() {
		return nothing(undefined)
	}
	if s, ok := b.sign(); !ok || s == 0 {
		return nothing(lost)
	}
	if a.d != 0 && b.d != 0 && small(a.n) && small(b.n) && small(a.d) && small(b.d) {
		return fraction(a.n*b.d, a.d*b.n)
	}
	if a.isZero() {
		return whole(0)
	}
	v := a.v / b.v
	least := math.Abs(b.v) - b.e
	if b.e > 0.1*math.Abs(b.v) {
		return nothing(lost)
	}
	residual := math.Abs(math.FMA(-v, b.v, a.v)) / least
	if math.Abs(v) < tiny {
		residual = tiny
	}
	return bounded(v, (a.e+math.Abs(v)*b.e)/least+residual, a.scale/least)
}

// power is a^b over the real numbers: of a negative base only with a whole exponent; 0^0 with an exponent that is not a
// number written down has no agreed value.
func power(a, b value, written bool) value {
	if a.state|b.state != fine {
		return worse(a, b)
	}
	if isWhole(b) && b.exact() && math.Abs(b.v) <= 1<<20 {
		return integerPower(a, int64(b.v), written)
	}
	s, ok := a.sign()
	switch {
	case !ok:
		return nothing(lost)
	case s == 0:
		switch bs, ok := b.sign(); {
		case ok && bs > 0:
			return whole(0)
		case ok && bs < 0:
			return nothing(undefined)
		}
		return nothing(lost)
	case s < 0:
		if b.d > 1 || b.d == 0 && b.e < math.Abs(b.v-math.Round(b.v)) {
			return nothing(undefined)
		}
		return nothing(lost)
	}
	if b.d == 2 && (b.n == 1 || b.n == -1) {
		r := apply(fnSqrt, a)
		if b.n < 0 {
			r = over(whole(1), r)
		}
		return r
	}
	v := math.Pow(a.v, b.v)
	if a.e > 0.01*a.v || v == 0 {
		if v == 0 && a.e <= 0.01*a.v {
			return bounded(0, tiny, 0)
		}
		return nothing(lost)
	}
	l := math.Abs(math.Log(a.v))
	relative := math.Abs(b.v)*a.e/(a.v-a.e) + l*b.e + library*(1+math.Abs(b.v)) // math.Pow multiplies by squaring
	if relative > 0.01 {
		return nothing(lost)
	}
	return bounded(v, 1.1*relative*v, 0)
}

// integerPower multiplies by squaring.
func integerPower(a value, k int64, written bool) value {
	if k == 0 {
		if s, ok := a.sign(); !written && (!ok || s == 0) {
			return nothing(lost)
		}
		return whole(1)
	}
	if k < 0 {
		return over(whole(1), integerPower(a, -k, written))
	}
	r, square := whole(1), a
	for bit := 0; ; bit++ {
		if k>>bit&1 == 1 {
			r = times(r, square)
		}
		if bit+1 >= bits.Len64(uint64(k)) {
			return r
		}
		square = times(square, square)
	}
}
