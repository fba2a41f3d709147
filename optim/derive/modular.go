package derive

import (
	"math/big"
	"math/bits"
	"math/rand/v2"
)

// primes are the largest below 2⁶¹ and 2⁶⁰: residues are compared instead of fractions that would grow without bound.
var primes = [2]uint64{1<<61 - 1, 1<<60 - 93}

// A residue is a point modulo a prime.
type residue struct {
	p       uint64
	m, n    int
	theta   [size]uint64
	x       [size][size]uint64
	y       [size]uint64
	scalars []uint64
	index   [slots]int
	code    *code
	steps   int
}

// maxResidueSteps bounds the operations of one evaluation.
const maxResidueSteps = 40000

// draw draws a point; data say whether y is 0 or 1.
func (r *residue) draw(rng *rand.Rand, domains []Domain, binary bool) {
	for i := range size {
		r.theta[i], r.y[i] = rng.Uint64N(r.p), rng.Uint64N(r.p)
		if binary {
			r.y[i] = rng.Uint64N(2)
		}
		for k := range size {
			r.x[i][k] = rng.Uint64N(r.p)
		}
	}
	r.scalars = r.scalars[:0]
	for _, d := range domains {
		v := rng.Uint64N(r.p)
		if d == Binary {
			v = rng.Uint64N(2)
		}
		r.scalars = append(r.scalars, v)
	}
}

// sameResidues compares two rational formulas. The answer same is certain to one in 2⁵⁰ or so; different is certain, up
// to a number in the text that is a multiple of a prime of 60 bits; ok is false where both could not be evaluated.
func sameResidues(a, b *code, s *space, binary bool) (same, ok bool) {
	rng := rand.New(rand.NewPCG(seed, 2))
	free := a.uses
	for i := range free {
		free[i] = free[i] || b.uses[i]
	}
	draws := 3
	if binary || containsBinary(s.domains) {
		draws = 16 << min(countBinary(s.domains), 3)
	}
	for shape, dims := range shapes {
		if shape > 0 && !a.data && !b.data {
			break
		}
		valid := 0
		for range draws + 8 {
			r := residue{p: primes[valid%2], m: dims[0], n: dims[1]}
			r.draw(rng, s.domains, binary)
			r.index[slotJ] = rng.IntN(r.n)
			for i := slotFree; i < slotSum; i++ {
				r.index[i] = rng.IntN(r.n)
			}
			va, oka := r.at(a)
			vb, okb := r.at(b)
			if !oka || !okb {
				continue
			}
			if va != vb {
				return false, true
			}
			if valid++; valid == draws {
				break
			}
		}
		if valid < draws {
			return false, false
		}
	}
	return true, true
}

func containsBinary(domains []Domain) bool { return countBinary(domains) > 0 }

func countBinary(domains []Domain) (count int) {
	for _, d := range domains {
		if d == Binary {
			count++
		}
	}
	return count
}

func (r *residue) at(c *code) (uint64, bool) {
	r.code, r.steps = c, 0
	return r.eval(int32(len(c.list) - 1))
}

func (r *residue) plus(a, b uint64) uint64 {
	if a += b; a >= r.p {
		a -= r.p
	}
	return a
}

func (r *residue) negated(a uint64) uint64 {
	if a == 0 {
		return 0
	}
	return r.p - a
}

func (r *residue) times(a, b uint64) uint64 {
	hi, lo := bits.Mul64(a, b)
	return bits.Rem64(hi, lo, r.p)
}

func (r *residue) power(a, k uint64) uint64 {
	result := uint64(1)
	for ; k > 0; k >>= 1 {
		if k&1 == 1 {
			result = r.times(result, a)
		}
		a = r.times(a, a)
	}
	return result
}

func (r *residue) inverse(a uint64) (uint64, bool) { return r.power(a, r.p-2), a != 0 }

func (r *residue) of(q *big.Rat) (uint64, bool) {
	p := new(big.Int).SetUint64(r.p)
	n := new(big.Int).Mod(q.Num(), p).Uint64()
	d, ok := r.inverse(new(big.Int).Mod(q.Denom(), p).Uint64())
	return r.times(n, d), ok
}

func (r *residue) count(a axis) int {
	if a == features {
		return r.n
	}
	return r.m
}

func (r *residue) entry(vector *node, k int) uint64 {
	if vector.op == opTheta {
		return r.theta[k]
	}
	return r.x[r.index[vector.i.slot]][k]
}

func (r *residue) eval(at int32) (uint64, bool) {
	if r.steps++; r.steps > maxResidueSteps {
		return 0, false
	}
	in := &r.code.list[at]
	switch in.op {
	case opNumber:
		if in.num.d == 1 && in.num.n >= 0 {
			return uint64(in.num.n) % r.p, true
		}
		return r.of(in.node.rat)
	case opScalar:
		return r.scalars[in.i], true
	case opOrdinal:
		return uint64(r.index[in.i] + 1), true
	case opCount:
		return uint64(r.count(in.over)), true
	case opThetaAt:
		return r.theta[r.index[in.i]], true
	case opX:
		return r.x[r.index[in.i]][r.index[in.k]], true
	case opY:
		return r.y[r.index[in.i]], true
	case opDelta:
		if r.index[in.i] == r.index[in.k] {
			return 1, true
		}
		return 0, true
	case opDot:
		total := uint64(0)
		for k := range r.n {
			total = r.plus(total, r.times(r.entry(in.node.a, k), r.entry(in.node.b, k)))
		}
		return total, true
	case opSum:
		total := uint64(0)
		for i := range r.count(in.over) {
			r.index[in.i] = i
			v, ok := r.eval(in.b)
			if !ok {
				return 0, false
			}
			total = r.plus(total, v)
		}
		return total, true
	}
	a, ok := r.eval(in.a)
	if !ok {
		return 0, false
	}
	switch in.op {
	case opNeg:
		return r.negated(a), true
	case opPow:
		k, _ := in.node.wholePower()
		if k < 0 {
			if a, ok = r.inverse(a); !ok {
				return 0, false
			}
			k = -k
		}
		return r.power(a, uint64(k)), true
	}
	b, ok := r.eval(in.b)
	if !ok {
		return 0, false
	}
	switch in.op {
	case opAdd:
		return r.plus(a, b), true
	case opSub:
		return r.plus(a, r.negated(b)), true
	case opMul:
		return r.times(a, b), true
	case opDiv:
		b, ok = r.inverse(b)
		return r.times(a, b), ok
	case opWhere:
		return b, true
	}
	return 0, false
}
