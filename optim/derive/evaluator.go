package derive

import (
	"context"
	"math"
)

// size is the length of θ and of the sides of x in a scene, so that an index of the wrong sort still has a value of its own.
const size = 5

// A scene is a point at which formulas are compared: data, parameters and variables.
type scene struct {
	m, n    int
	theta   [size]float64
	x       [size][size]float64
	y       [size]float64
	free    [slotSum]int // values of the free indices, from 0
	scalars []value
	generic bool // no special values
	order   int  // its number among the scenes of data; −1: it is none of them, or was changed
	rows    *rowValues
}

// rowValues are θᵀx_i for each row, and functions of it and of −θᵀx_i.
type rowValues struct {
	z     [size]value
	calls [fnRowLast + 1][2][size]value
}

// prepare evaluates what is used often.
func (s *scene) prepare() {
	s.rows = &rowValues{}
	for i := range size {
		total := whole(0)
		for k := range s.n {
			total = plus(total, times(real(s.theta[k]), real(s.x[i][k])))
		}
		s.rows.z[i] = total
		for fn := fnExp; fn <= fnRowLast; fn++ {
			s.rows.calls[fn][0][i], s.rows.calls[fn][1][i] = apply(fn, total), apply(fn, total.negated())
		}
	}
}

// An evaluator evaluates codes at scenes. It stops after budget operations, or when its context ends.
type evaluator struct {
	ctx    context.Context
	budget int
	scene  *scene
	index  [slots]int
	code   *code
	seen   []sight
}

// A sight says of the two terms of a sum whether each was ever large enough to matter, and whether one ever was not.
type sight uint8

const (
	leftSeen sight = 1 << iota
	rightSeen
	leftHidden
	rightHidden
)

// spent is what an evaluator panics with when its budget is used up.
type spent struct{}

// at evaluates c at a scene. seen, of c's length, is told what was visible; it may be nil.
func (e *evaluator) at(c *code, s *scene, seen []sight) value {
	e.code, e.scene, e.seen = c, s, seen
	copy(e.index[:], s.free[:])
	return e.eval(int32(len(c.list) - 1))
}

func (e *evaluator) eval(at int32) value {
	if e.budget--; e.budget&4095 == 0 && (e.budget <= 0 || e.ctx.Err() != nil) {
		panic(spent{})
	}
	in := &e.code.list[at]
	switch in.op {
	case opNumber:
		return in.num
	case opConstant:
		v := math.Pi
		if in.node.text == "e" {
			v = math.E
		}
		return value{v: v, e: v * roundoff, scale: v}
	case opScalar:
		return e.scene.scalars[in.i]
	case opOrdinal:
		return whole(int64(e.index[in.i] + 1))
	case opCount:
		return whole(int64(e.scene.count(in.over)))
	case opThetaAt:
		return real(e.scene.theta[e.index[in.i]])
	case opX:
		return real(e.scene.x[e.index[in.i]][e.index[in.k]])
	case opY:
		return real(e.scene.y[e.index[in.i]])
	case opDelta:
		if e.index[in.i] == e.index[in.k] {
			return whole(1)
		}
		return whole(0)
	case opRowCall:
		return e.scene.rows.calls[in.fn][in.k][e.index[in.i]]
	case opDot:
		return e.dot(in.node)
	case opNeg:
		return e.eval(in.a).negated()
	case opAdd, opSub:
		a, b := e.eval(in.a), e.eval(in.b)
		if in.op == opSub {
			b = b.negated()
		}
		r := plus(a, b)
		if e.seen != nil && r.state == fine {
			e.look(at, a, b, r)
		}
		return r
	case opMul:
		return times(e.eval(in.a), e.eval(in.b))
	case opDiv:
		return over(e.eval(in.a), e.eval(in.b))
	case opPow:
		return power(e.eval(in.a), e.eval(in.b), in.node.b.op == opNumber)
	case opCall:
		a := e.eval(in.a)
		switch in.fn {
		case fnMax:
			return larger(a, e.eval(in.b), 1)
		case fnMin:
			return larger(a, e.eval(in.b), -1)
		}
		return apply(in.fn, a)
	case opSum:
		total := whole(0)
		for i := range e.scene.count(in.over) {
			e.index[in.i] = i
			total = plus(total, e.eval(in.b))
		}
		return total
	case opWhere:
		if guard := e.eval(in.a); guard.state != fine {
			return guard
		}
		return e.eval(in.b)
	}
	return nothing(lost)
}

// look notes whether the terms a and b of the sum r are larger than its error.
func (e *evaluator) look(at int32, a, b, r value) {
	limit := 4*r.e + 4*roundoff*math.Abs(r.v)
	for side, term := range [2]value{a, b} {
		switch {
		case term.isZero():
		case math.Abs(term.v) > limit:
			e.seen[at] |= leftSeen << side
		default:
			e.seen[at] |= leftHidden << side
		}
	}
}

// hidden is a term that was never seen, or nil.
func (c *code) hidden(seen []sight) *node {
	for i, s := range seen {
		switch {
		case s&leftHidden != 0 && s&leftSeen == 0:
			return c.list[i].node.a
		case s&rightHidden != 0 && s&rightSeen == 0:
			return c.list[i].node.b
		}
	}
	return nil
}

func (s *scene) count(a axis) int {
	if a == features {
		return s.n
	}
	return s.m
}

func (e *evaluator) dot(n *node) value {
	if n.a.op == opTheta && n.b.op == opRow {
		return e.scene.rows.z[e.index[n.b.i.slot]]
	}
	if n.b.op == opTheta && n.a.op == opRow {
		return e.scene.rows.z[e.index[n.a.i.slot]]
	}
	total := whole(0)
	for k := range e.scene.n {
		total = plus(total, times(e.entry(n.a, k), e.entry(n.b, k)))
	}
	return total
}

func (e *evaluator) entry(vector *node, k int) value {
	if vector.op == opTheta {
		return real(e.scene.theta[k])
	}
	return real(e.scene.x[e.index[vector.i.slot]][k])
}
