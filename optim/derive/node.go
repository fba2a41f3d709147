package derive

import (
	"math"
	"math/big"
)

type op uint8

const (
	opNumber   op = iota // num, rat; text as typed
	opConstant           // pi or e: text
	opScalar             // a variable: slot i.slot, name text
	opOrdinal            // the value of an index, counted from 1: i
	opCount              // m or n: over
	opTheta              // the vector θ
	opRow                // the vector x_i: i
	opThetaAt            // θ_j: i
	opX                  // x_ij: row i, feature k
	opY                  // y_i: i
	opH                  // h_i, short for σ(θᵀx_i): i
	opZ                  // z_i, short for θᵀx_i: i
	opLoss               // J or NLL: text
	opDelta              // 1 where i and k are the same number, else 0
	opNeg                // −a
	opAdd                // a + b
	opSub                // a − b
	opMul                // a b
	opDiv                // a / b
	opPow                // a ^ b
	opCall               // fn of a, and of b for max and min
	opDot                // dot product of the vectors a and b
	opSum                // Σ over the index i of b
	opD                  // derivative of b with respect to a
	opWhere              // b where a is defined
	opRowCall            // in code: fn of θᵀx_i, or of −θᵀx_i
)

// An axis is what an index counts.
type axis uint8

const (
	rows     axis = iota // 1 … m
	features             // 1 … n
)

// A ref is a use of an index.
type ref struct {
	name string
	slot int // where an evaluator keeps its value
}

// A node is an operation of a formula. Nodes are never changed once they are made, and are shared.
type node struct {
	op       op
	fn       function
	over     axis
	a, b     *node
	i, k     ref
	text     string
	num      value
	rat      *big.Rat
	pos, end int // where it stands in the text, in characters; both zero for what was not typed
}

// walk calls visit for n and all below until it answers false.
func (n *node) walk(visit func(*node) bool) bool {
	if n == nil {
		return true
	}
	return visit(n) && n.a.walk(visit) && n.b.walk(visit)
}

func (n *node) contains(match func(*node) bool) bool {
	return !n.walk(func(c *node) bool { return !match(c) })
}

// count is how many nodes match.
func (n *node) count(match func(*node) bool) int {
	count := 0
	n.walk(func(c *node) bool {
		if match(c) {
			count++
		}
		return true
	})
	return count
}

func (n *node) size() int { return n.count(func(*node) bool { return true }) }

// replaced is n with the node old, wherever it stands, replaced.
func (n *node) replaced(old, by *node) *node {
	return n.mapped(func(c *node) *node {
		if c == old {
			return by
		}
		return nil
	})
}

// mapped is n with every node for which replace answers another replaced, from the top down.
func (n *node) mapped(replace func(*node) *node) *node {
	if n == nil {
		return nil
	}
	if by := replace(n); by != nil {
		return by
	}
	a, b := n.a.mapped(replace), n.b.mapped(replace)
	if a == n.a && b == n.b {
		return n
	}
	c := *n
	c.a, c.b = a, b
	return &c
}

var (
	zero    = integer(0)
	one     = integer(1)
	two     = integer(2)
	theta   = &node{op: opTheta}
	feature = ref{"j", slotJ}
)

func integer(k int64) *node {
	return &node{op: opNumber, text: big.NewInt(k).String(), num: whole(k), rat: new(big.Rat).SetInt64(k)}
}

func (n *node) isNumber(k int64) bool {
	return n.op == opNumber && n.num.d == 1 && n.num.n == k
}

func unary(o op, a *node) *node               { return &node{op: o, a: a} }
func binary(o op, a, b *node) *node           { return &node{op: o, a: a, b: b} }
func call(fn function, a *node) *node         { return &node{op: opCall, fn: fn, a: a} }
func sumOver(i ref, over axis, b *node) *node { return &node{op: opSum, i: i, over: over, b: b} }
func dotRow(i ref) *node                      { return binary(opDot, theta, &node{op: opRow, i: i}) }
func derivative(wrt, body *node) *node        { return binary(opD, wrt, body) }

// The following build what a person would write, without zeros and ones. They are used for derivatives only, whose domain is kept by opWhere.

func neg(a *node) *node {
	switch {
	case a.isNumber(0):
		return a
	case a.op == opNeg:
		return a.a
	}
	return unary(opNeg, a)
}

func add(a, b *node) *node {
	switch {
	case a.isNumber(0):
		return b
	case b.isNumber(0):
		return a
	}
	return binary(opAdd, a, b)
}

func sub(a, b *node) *node {
	switch {
	case a.isNumber(0):
		return neg(b)
	case b.isNumber(0):
		return a
	}
	return binary(opSub, a, b)
}

func mul(a, b *node) *node {
	switch {
	case a.isNumber(0) || b.isNumber(1):
		return a
	case b.isNumber(0) || a.isNumber(1):
		return b
	}
	return binary(opMul, a, b)
}

func div(a, b *node) *node {
	if a.isNumber(0) || b.isNumber(1) {
		return a
	}
	return binary(opDiv, a, b)
}

func square(a *node) *node { return binary(opPow, a, two) }

// constantPower is the exponent of a power if it is a number.
func (n *node) constantPower() (value, bool) {
	if n.op != opPow {
		return value{}, false
	}
	switch e := n.b; {
	case e.op == opNumber:
		return e.num, true
	case e.op == opNeg && e.a.op == opNumber:
		return e.a.num.negated(), true
	}
	return value{}, false
}

func isWhole(v value) bool {
	return v.d == 1 || v.d == 0 && v.e == 0 && v.v == math.Trunc(v.v) && math.Abs(v.v) < 1<<53
}
