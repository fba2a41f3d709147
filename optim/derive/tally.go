package derive

import "math"

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

const (
	unclear agreement = iota
	agrees
	differs
	differExactly // they differ as fractions
)
