package expr

import (
	"math"
	"strconv"
)

type op uint8

const (
	opNumber op = iota
	opConstant
	opVariable
	opAdd
	opSub
	opMul
	opDiv
	opNeg
	opPow
	opCall
)

// A node is one operation of a formula. Nodes never change once made, so that derivatives share the parts they have in
// common with the formula they come from.
type node struct {
	op        op
	fn        function // of an opCall
	index     uint8    // of an opVariable: 0 for x and θ1, 1 for y and θ2
	vars      uint8    // bit i is set when variable i occurs
	weight    uint32   // roughly how long it is to read; see weigh
	functions bool     // a function occurs
	hash      uint64   // equal trees have equal hashes
	value     float64  // of an opNumber or opConstant
	exact     rational // of an opNumber, when it is small enough
	text      string   // of an opNumber or opConstant: as it is printed
	a, b      *node
}

var (
	zero  = integer(0)
	one   = integer(1)
	pi    = &node{op: opConstant, value: math.Pi, text: "pi", weight: 1, hash: mix(uint64(opConstant), 1)}
	euler = &node{op: opConstant, value: math.E, text: "e", weight: 1, hash: mix(uint64(opConstant), 2)}
)

func mix(h, v uint64) uint64 {
	h = (h ^ v) * 0x9E3779B97F4A7C15
	return h ^ h>>29
}

// small are the integers that derivatives are full of.
var small = func() (nodes [65]*node) {
	for n := range nodes {
		nodes[n] = newInteger(int64(n))
	}
	return nodes
}()

func integer(n int64) *node {
	if 0 <= n && n < int64(len(small)) {
		return small[n]
	}
	return newInteger(n)
}

func newInteger(n int64) *node {
	return &node{op: opNumber, value: float64(n), exact: rational{num: n, den: 1}, text: strconv.FormatInt(n, 10),
		weight: 1, hash: mix(uint64(opNumber), math.Float64bits(float64(n)))}
}

func literal(text string, value float64) *node {
	return &node{op: opNumber, value: value, exact: parseRational(text), text: text,
		weight: 1, hash: mix(uint64(opNumber), math.Float64bits(value))}
}

func variable(index uint8) *node {
	return &node{op: opVariable, index: index, vars: 1 << index, weight: 1, hash: mix(uint64(opVariable), uint64(index)+1)}
}

func binary(o op, a, b *node) *node {
	n := &node{op: o, a: a, b: b, vars: a.vars | b.vars, hash: mix(mix(mix(uint64(o), 7), a.hash), b.hash)}
	n.weigh()
	return n
}

func negate(a *node) *node {
	n := &node{op: opNeg, a: a, vars: a.vars, hash: mix(uint64(opNeg), a.hash)}
	n.weigh()
	return n
}

func call(fn function, a *node) *node {
	n := &node{op: opCall, fn: fn, a: a, vars: a.vars, hash: mix(mix(uint64(opCall), uint64(fn)), a.hash)}
	n.weigh()
	return n
}

func call2(fn function, a, b *node) *node {
	n := call(fn, a)
	n.b, n.vars, n.hash = b, a.vars|b.vars, mix(n.hash, b.hash)
	n.weigh()
	return n
}

// weigh counts one for each number, variable, function, leading sign and pair of brackets: of two ways to write a
// derivative the lighter is printed.
func (n *node) weigh() {
	const heaviest = 1 << 30 // a derivative that shares its parts may be far longer than it is large
	w := n.a.weight
	n.functions = n.a.functions
	if n.b != nil {
		w += n.b.weight
		n.functions = n.functions || n.b.functions
	}
	switch n.op {
	case opCall:
		w++
		n.functions = true
	case opNeg:
		w += 1 + bracketWeight(n.a)
	case opMul, opDiv, opPow:
		w += bracketWeight(n.a) + bracketWeight(n.b)
	}
	n.weight = min(w, heaviest)
}

func bracketWeight(n *node) uint32 {
	if n.isSum() {
		return 1
	}
	return 0
}

// equal compares trees. Numbers are compared by value: 0.5 and .5 are equal.
func equal(m, n *node) bool {
	if m == n {
		return true
	}
	if m == nil || n == nil || m.hash != n.hash || m.op != n.op || m.fn != n.fn || m.index != n.index || m.value != n.value {
		return false
	}
	return equal(m.a, n.a) && equal(m.b, n.b)
}

func (n *node) is(value float64) bool { return n.op == opNumber && n.value == value }

func (n *node) isSum() bool { return n.op == opAdd || n.op == opSub }

func (n *node) calls(fn function) bool { return n.op == opCall && n.fn == fn }

// exponent returns u when n is e^u, however it was written.
func (n *node) exponent() (u *node, ok bool) {
	switch {
	case n.calls(fnExp):
		return n.a, true
	case n.op == opPow && n.a.op == opConstant && n.a.text == euler.text:
		return n.b, true
	}
	return nil, false
}

// size counts the nodes of the tree, at most limit.
func (n *node) size(limit int) int {
	if n == nil || limit <= 0 {
		return 0
	}
	s := 1 + n.a.size(limit-1)
	return s + n.b.size(limit-s)
}
