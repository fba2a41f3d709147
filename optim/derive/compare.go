package derive

import (
	"context"
	"math"
	"math/big"
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

// A Counterexample is a point at which two formulas differ, or at which only one is defined.
type Counterexample struct {
	Point map[string]float64 // values by name: z, theta_1, x_12 (row 1, feature 2), y_1, and the sizes m and n and the index j
	A, B  float64            // NaN: not defined there
}

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

// overData compares at the scenes of both shapes.
func (t *tally) overData(y kindOfY) comparison {
	all := dataScenes()[y]
	everyJ := t.a.uses[slotJ] || t.b.uses[slotJ]
	for _, scenes := range all {
		t.agreedGeneric = 0
		scenes = fitted(scenes, t.space)
		if !everyJ {
			scenes = ofFirst(scenes)
		}
		if t.look(scenes, true); t.verdict() == Different || t.agreedGeneric < needed && !t.formal {
			break
		}
	}
	return t.result(false)
}

func ofFirst(scenes []*scene) (first []*scene) {
	for _, s := range scenes {
		if s.free[slotJ] == 0 {
			first = append(first, s)
		}
	}
	return first
}

// A tally counts what was seen of a pair.
type tally struct {
	*comparer
	a, b          *code
	formal        bool // they are the same fraction of polynomials: only where they are defined is of interest
	memoA, memoB  *memo
	agreed        int
	agreedGeneric int
	differed      int
	exact         bool // one difference is exact
	onlyA, onlyB  int
	domain        *scene // where just one is defined
	differs       *scene
}

func (t *tally) verdict() Verdict {
	switch {
	case !t.formal && (t.differed >= 2 || t.exact):
		return Different
	case t.formal && t.agreedGeneric+t.agreed > 0, t.agreedGeneric >= needed && t.differed == 0:
		return Same
	}
	return Undecided
}

// look compares at scenes, until a difference is certain.
func (t *tally) look(scenes []*scene, track bool) {
	if t.memoA == nil {
		t.memoA, t.memoB = t.memo(t.a), t.memo(t.b)
	}
	for _, s := range scenes {
		t.one(s)
		if t.differed == 1 && !t.exact && !t.formal && !t.a.data && !t.b.data {
			for _, near := range beside(s) {
				if t.one(near); t.differed > 1 {
					break
				}
			}
			if t.differed == 1 {
				continue
			}
		}
		if t.verdict() == Different {
			return
		}
		if !track && t.agreedGeneric >= 4*needed {
			return
		}
	}
}

func (t *tally) one(s *scene) {
	a := t.at(t.a, s, t.memoA)
	if a.state == lost {
		return
	}
	b := t.at(t.b, s, t.memoB)
	switch {
	case b.state == lost || a.state == undefined && b.state == undefined:
		return
	case a.state == undefined || b.state == undefined:
		if a.state == undefined {
			t.onlyB++
		} else {
			t.onlyA++
		}
		if t.domain == nil {
			t.domain = s
		}
		return
	}
	switch agree(a, b) {
	case agrees:
		t.agreed++
		if s.generic {
			t.agreedGeneric++
		}
	case differExactly, differs:
		t.differed++
		t.exact = t.exact || agree(a, b) == differExactly
		if t.differs == nil {
			t.differs = s
		}
	}
}

type agreement uint8

const (
	unclear agreement = iota
	agrees
	differs
	differExactly // they differ as fractions
)

// agree compares two values that are both defined.
func agree(a, b value) agreement {
	if a.d != 0 && b.d != 0 {
		if a.n == b.n && a.d == b.d {
			return agrees
		}
		return differExactly
	}
	difference, errors := math.Abs(a.v-b.v), a.e+b.e
	largest := math.Max(math.Abs(a.v), math.Abs(b.v))
	scale := math.Max(math.Max(a.scale, b.scale), largest)
	switch {
	case difference > 8*errors && difference > 8*roundoff*largest:
		return differs
	case a.isZero() && b.isZero():
		return agrees
	case scale < 1e-200 || largest < 1e-200 && largest > 0 && scale < 1e-200 || errors > 1e-9*scale:
		return unclear
	}
	return agrees
}

func join(notes ...string) string {
	text := ""
	for _, n := range notes {
		if n != "" && text != "" {
			text += "; "
		}
		text += n
	}
	return text
}

// result is the verdict in words. few says that all points there are were looked at.
func (t *tally) result(few bool) comparison {
	v := t.verdict()
	if v == Undecided && few && t.differed == 0 && t.agreed > 0 && t.domain == nil {
		v = Same
	}
	switch v {
	case Different:
		return comparison{verdict: Different, scene: t.differs, counter: t.counter(t.differs)}
	case Same:
		if hidden := firstNode(t.a.hidden(t.memoA.seen), t.b.hidden(t.memoB.seen)); hidden != nil && !t.formal {
			return comparison{verdict: Undecided, note: "the term " + shortened(hidden) + " is too small beside the others to be seen"}
		}
		if t.domain == nil {
			return comparison{verdict: Same}
		}
		note := "the first is defined where the second is not"
		switch {
		case t.onlyA == 0:
			note = "the second is defined where the first is not"
		case t.onlyB > 0:
			note = "each is defined where the other is not"
		}
		return comparison{verdict: SameWhereDefined, note: note, counter: t.counter(t.domain)}
	}
	if t.agreed+t.differed == 0 && t.onlyA >= needed && t.onlyB >= needed {
		return comparison{verdict: Different, note: "nowhere are both defined", scene: t.domain, counter: t.counter(t.domain)}
	}
	note := "the values are too large, too small or too uncertain to be compared"
	if t.agreed+t.differed == 0 && t.onlyA+t.onlyB > 0 {
		note = "one of them was defined at no point that was tried"
	}
	return comparison{verdict: Undecided, note: note}
}

func firstNode(nodes ...*node) *node {
	for _, n := range nodes {
		if n != nil {
			return n
		}
	}
	return nil
}

func shortened(n *node) string {
	text := []rune(n.String())
	if len(text) > 40 {
		return string(text[:39]) + "…"
	}
	return string(text)
}

// counter is the counterexample at a scene.
func (t *tally) counter(s *scene) *Counterexample {
	if s == nil {
		return nil
	}
	c := &Counterexample{Point: map[string]float64{}}
	c.A, c.B = t.ev.at(t.a, s, nil).v, t.ev.at(t.b, s, nil).v
	t.space.describe(c.Point, s, t.a, t.b)
	return c
}

// describe names the values that formulas use at a scene.
func (s *space) describe(point map[string]float64, at *scene, codes ...*code) {
	digit := func(i int) string { return string(rune('1' + i)) }
	for _, c := range codes {
		for i := range c.list {
			switch in := &c.list[i]; in.op {
			case opScalar:
				point[in.node.text] = at.scalars[in.i].v
			case opThetaAt, opDot, opRowCall:
				for k := range at.n {
					point["theta_"+digit(k)] = at.theta[k]
				}
			case opY:
				for i := range at.m {
					point["y_"+digit(i)] = at.y[i]
				}
			}
			switch c.list[i].op {
			case opX, opDot, opRowCall:
				for i := range at.m {
					for k := range at.n {
						point["x_"+digit(i)+digit(k)] = at.x[i][k]
					}
				}
			}
		}
		if c.data {
			point["m"], point["n"] = float64(at.m), float64(at.n)
		}
		for slot := range slotSum {
			if c.uses[slot] && slot != slotLoss && c.data && (slot != slotJ || c.mentions(slotJ)) {
				name := "j"
				if slot != slotJ {
					name = string(indexLetters[slot-slotFree])
				}
				point[name] = float64(at.free[slot] + 1)
			}
		}
	}
}

// mentions reports whether an index really occurs: an unused one has slot 0 too.
func (c *code) mentions(slot int) bool {
	for i := range c.list {
		if c.list[i].op == opRowCall && int(c.list[i].i) == slot {
			return true
		}
		switch n := c.list[i].node; n.op {
		case opThetaAt, opY, opOrdinal:
			if n.i.slot == slot {
				return true
			}
		case opX, opDelta:
			if n.i.slot == slot || n.k.slot == slot {
				return true
			}
		case opDot:
			if n.a.op == opRow && n.a.i.slot == slot || n.b.op == opRow && n.b.i.slot == slot {
				return true
			}
		}
	}
	return false
}

// exactCounter looks for a counterexample in exact arithmetic.
func (c *comparer) exactCounter(a, b *code) *Counterexample {
	for at := int64(1); at < 6; at++ {
		point := map[string]float64{}
		var scalars []*big.Rat
		for k, name := range c.space.names {
			q := big.NewRat(at+int64(2*k), 3)
			switch c.space.domains[k] {
			case Unit:
				q = big.NewRat(at, at+int64(k)+1)
			case Binary:
				q = big.NewRat((at>>(k%3))&1, 1)
			}
			scalars = append(scalars, q)
			point[name], _ = q.Float64()
		}
		va, oka := exactly(a, int32(len(a.list)-1), scalars)
		vb, okb := exactly(b, int32(len(b.list)-1), scalars)
		if oka && okb && va.Cmp(vb) != 0 {
			counter := &Counterexample{Point: point}
			counter.A, _ = va.Float64()
			counter.B, _ = vb.Float64()
			return counter
		}
	}
	return nil
}
