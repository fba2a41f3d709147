package derive

import (
	"math"
	"math/rand/v2"
	"slices"
)

// pole looks for a point at which a denominator of one formula vanishes while the other formula is well defined: such
// points have measure zero, and sampling does not meet them unless their coordinates are simple. It follows the sign of
// denominators along lines. It answers a scene beside which the pole lies, and whether it is a's.
func (c *comparer) pole(a, b *code) (at *scene, ofA bool) {
	ga, gb := a.guards(), b.guards()
	for _, side := range []struct {
		own, other   *code
		mine, theirs []guard
	}{{a, b, ga, gb}, {b, a, gb, ga}} {
		for _, guard := range side.mine {
			if slices.ContainsFunc(side.theirs, guard.same) {
				continue
			}
			for variable := range min(len(c.space.domains), 3) {
				if c.space.domains[variable] == Binary {
					continue
				}
				for _, s := range c.zeros(side.own, guard.at, variable) {
					if c.regular(side.other, side.theirs, s) {
						return s, side.own == a
					}
				}
			}
		}
	}
	return nil, false
}

// maxGuards bounds the denominators that are followed.
const maxGuards = 6

// A guard is a part of a code that must not vanish: a factor of a denominator or the base of a negative power.
type guard struct {
	key string
	at  int32
}

func (g guard) same(h guard) bool { return g.key == h.key }

func (c *code) guards() (guards []guard) {
	var put func(at int32)
	put = func(at int32) {
		switch in := &c.list[at]; in.op {
		case opMul:
			put(in.a)
			put(in.b)
		case opPow, opDiv, opNeg:
			put(in.a)
		case opNumber, opConstant:
		default:
			g := guard{keyOf(in.node), at}
			if len(guards) < maxGuards && !slices.ContainsFunc(guards, g.same) {
				guards = append(guards, g)
			}
		}
	}
	for i := range c.list {
		switch in := &c.list[i]; in.op {
		case opDiv:
			put(in.b)
		case opPow:
			if v, ok := in.node.constantPower(); ok && v.v < 0 {
				put(in.a)
			}
		}
	}
	return guards
}

// zeros finds points at which a part of a code changes its sign continuously along the axis of a variable.
func (c *comparer) zeros(code *code, part int32, variable int) (list []*scene) {
	rng := rand.New(rand.NewPCG(seed, 6))
	domain := c.space.domains[variable]
	c.ev.code, c.ev.seen = code, nil
	for range 2 {
		s := &scene{order: -1}
		for _, d := range c.space.domains {
			s.scalars = append(s.scalars, generic(rng, d))
		}
		c.ev.scene = s
		value := func(x float64) (float64, bool) {
			s.scalars[variable] = real(x)
			v := c.ev.eval(part)
			return v.v, v.state == fine
		}
		lo, step := -8.13, 0.51
		switch domain {
		case Positive:
			lo = 0.01
		case Unit:
			lo, step = 0.013, 0.03
		}
		last, defined := value(lo)
		for x := lo + step; x < lo+33*step && domain.has(x); x += step {
			v, ok := value(x)
			if ok && defined && last*v < 0 {
				if at, ok := bisect(value, x-step, x, math.Max(math.Abs(last), math.Abs(v))); ok {
					found := *s
					found.scalars = slices.Clone(s.scalars)
					found.scalars[variable] = real(at)
					list = append(list, &found)
				}
			}
			last, defined = v, ok
		}
	}
	return list
}

// bisect narrows a change of sign down; it is no zero if the values do not become small.
func bisect(value func(float64) (float64, bool), lo, hi, scale float64) (float64, bool) {
	low, ok := value(lo)
	if !ok {
		return 0, false
	}
	for range 80 {
		mid := lo + (hi-lo)/2
		v, ok := value(mid)
		if !ok {
			return 0, false
		}
		if v == 0 {
			return mid, true
		}
		if mid == lo || mid == hi {
			return mid, math.Abs(v) < 1e-9*scale
		}
		if v*low < 0 {
			hi = mid
		} else {
			lo = mid
		}
	}
	return lo, math.Abs(low) < 1e-9*scale
}

// regular reports whether a code is well defined around a scene: its own denominators are not small there.
func (c *comparer) regular(code *code, guards []guard, s *scene) bool {
	v := c.ev.at(code, s, nil)
	if v.state != fine || math.Abs(v.v) > 1e6 || v.e > 1e-6*(1+math.Abs(v.v)) {
		return false
	}
	c.ev.code = code
	for _, guard := range guards {
		if g := c.ev.eval(guard.at); g.state != fine || math.Abs(g.v) < 1e-4 {
			return false
		}
	}
	return true
}
