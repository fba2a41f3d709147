package derive

import (
	"context"
	"math"
)

// A Verdict says how two formulas compare.
type Verdict string

// The verdicts.
const (
	Same             Verdict = "equal"
	SameWhereDefined Verdict = "equal where defined" // equal wherever both are defined, which is not everywhere the same
	Different        Verdict = "different"
	Undecided        Verdict = "undecided"
)

// A comparison is a verdict with its reason.
type comparison struct {
	verdict Verdict
	note    string
	binary  bool // equal only because y is 0 or 1
	counter *Counterexample
	scene   *scene // where they differ
	a, b    *code
}

// budget is how many operations a comparison may take, some 50 ms, and so the search for a mistake; allBudget is for a
// whole derivation.
const (
	budget    = 1_500_000
	allBudget = 6 * budget
)

// A comparer compares formulas of one space.
type comparer struct {
	ctx   context.Context
	space *space
	ev    evaluator
	left  int             // operations that are left to the whole
	sides map[*node]*side // those that were compared already
	memos map[*code]*memo
}

// A side is the code of one side of a line, with its key.
type side struct {
	key  string
	code *code
	err  error
}

// A memo keeps the values of a code at the scenes of data: each line is compared with that before and with that after.
type memo struct {
	values []value
	have   []bool
	seen   []sight
}

func newComparer(ctx context.Context, s *space) *comparer {
	return &comparer{ctx: ctx, space: s, ev: evaluator{ctx: ctx}, left: allBudget, sides: map[*node]*side{}, memos: map[*code]*memo{}}
}

func (c *comparer) side(n *node) *side {
	s := c.sides[n]
	if s == nil {
		s = &side{key: keyOf(c.space.lowered(n))}
		s.code, s.err = c.space.compiled(n, nil)
		c.sides[n] = s
	}
	return s
}

// spend lets the evaluator do some operations, of those that are left. What it is to do after goes on from there.
func (c *comparer) spend() (done func()) {
	given := min(budget, c.left)
	c.ev.budget = given
	return func() { c.left -= given - max(c.ev.budget, 0) }
}

// at evaluates a code at a scene, once.
func (c *comparer) at(code *code, s *scene, m *memo) value {
	if s.order < 0 || m == nil {
		var seen []sight
		if m != nil {
			seen = m.seen
		}
		return c.ev.at(code, s, seen)
	}
	if s.order >= len(m.values) {
		m.values, m.have = append(m.values, make([]value, s.order+64-len(m.values))...), append(m.have, make([]bool, s.order+64-len(m.have))...)
	}
	if !m.have[s.order] {
		m.values[s.order], m.have[s.order] = c.ev.at(code, s, m.seen), true
	}
	return m.values[s.order]
}

func (c *comparer) memo(code *code) *memo {
	m := c.memos[code]
	if m == nil {
		m = &memo{seen: make([]sight, len(code.list))}
		c.memos[code] = m
	}
	return m
}

// compare compares two typed formulas as functions.
func (c *comparer) compare(a, b *node) (result comparison) {
	la, lb := c.side(a), c.side(b)
	switch {
	case la.key == lb.key:
		return comparison{verdict: Same}
	case la.err != nil:
		return comparison{verdict: Undecided, note: la.err.Error()}
	case lb.err != nil:
		return comparison{verdict: Undecided, note: lb.err.Error()}
	}
	return c.compareCodes(la.code, lb.code)
}

func (c *comparer) compareCodes(a, b *code) (result comparison) {
	defer func() {
		if r := recover(); r != nil {
			if _, ok := r.(spent); !ok {
				panic(r)
			}
			result = comparison{verdict: Undecided, note: "the comparison took too long"}
		}
		result.a, result.b = a, b
	}()
	defer c.spend()()
	rational := a.pure && b.pure
	formal, formalOK := false, false
	if rational {
		formal, formalOK = sameResidues(a, b, c.space, false)
	}
	t := tally{comparer: c, a: a, b: b, formal: formal && formalOK}
	if a.data || b.data {
		if c.space.declaredBinary() {
			t.formal = false
			if rational {
				formal, formalOK = sameResidues(a, b, c.space, true)
				t.formal = formal && formalOK
			}
			return t.overData(labels)
		}
		result = t.overData(c.space.kindOfY())
		if result.verdict == Same || result.verdict == SameWhereDefined || !usesY(a) && !usesY(b) {
			return result
		}
		if rational {
			if same, ok := sameResidues(a, b, c.space, true); ok && !same {
				return result
			}
		}
		binary := tally{comparer: c, a: a, b: b}
		if r := binary.overData(labels); r.verdict == Same || r.verdict == SameWhereDefined {
			if c.space.task == nil || !c.space.task.logistic {
				result.note = join("they are equal if y is 0 or 1", result.note)
				return result
			}
			r.binary = true
			r.note = join("uses that y is 0 or 1", r.note)
			return r
		}
		return result
	}
	scenes := plainScenes(c.space.domains, a, b)
	t.look(scenes, true)
	if t.verdict() == Undecided && t.differed == 0 && len(c.space.domains) > 0 {
		t.look(moreScenes(c.space.domains, a, b), false)
	}
	result = t.result(len(scenes) <= 1 || countBinary(c.space.domains) == len(c.space.domains) && len(scenes) <= 256)
	if result.verdict == Same {
		if at, ofA := c.pole(a, b); at != nil {
			t.domain = at
			result = comparison{verdict: SameWhereDefined, note: "the first is defined where the second is not", counter: t.counter(at)}
			if ofA {
				result.note, result.counter.A = "the second is defined where the first is not", math.NaN()
			} else {
				result.counter.B = math.NaN()
			}
		}
	}
	if rational && formalOK && !formal && result.verdict != Different {
		if counter := c.exactCounter(a, b); counter != nil {
			return comparison{verdict: Different, counter: counter, note: "the difference is too small for floating-point numbers"}
		}
		return comparison{verdict: Undecided, note: "they differ as fractions of polynomials, but by too little to be shown"}
	}
	return result
}

func usesY(c *code) bool {
	for i := range c.list {
		if c.list[i].op == opY {
			return true
		}
	}
	return false
}
