package derive

import "slices"

// A candidate is a line as it would be after a mistake.
type candidate struct {
	id   string
	tree *node // lowered
	slip *slip // a rule that is broken where derivatives are taken; nil: none
}

// derivativeCandidates are a lowered line with one rule of differentiation broken, at one place or everywhere. A rule cannot
// have been broken at what the next line, after, has yet to differentiate.
func derivativeCandidates(n, after *node) []candidate {
	var sites []*node
	bodies := map[*node]bool{}
	n.walk(func(c *node) bool {
		if c.op == opD {
			bodies[c.b] = true
		}
		return true
	})
	later := map[string]bool{}
	after.walk(func(c *node) bool {
		if c.op == opD {
			c.b.walk(func(inner *node) bool { later[keyOf(inner)] = true; return true })
		}
		return true
	})
	d := differ{sites: func(c *node) {
		if len(sites) < 60 && !later[keyOf(c)] && !slices.Contains(sites, c) && !(bodies[c] && c.op == opNeg) { // the minus in front is the line's sign
			sites = append(sites, c)
		}
	}}
	if !attempt(func() { d.resolve(n) }) {
		return nil
	}
	var list []candidate
	count := map[rule]int{}
	for _, site := range sites {
		for _, r := range slipsOf(site) {
			count[r]++
			list = append(list, candidate{slipMistakes[r], n, &slip{r, site}})
		}
	}
	for r := slipMinusLost; int(r) <= int(slipLast); r++ {
		if count[r] > 1 {
			list = append(list, candidate{slipMistakes[r], n, &slip{rule: r}})
		}
	}
	slices.SortStableFunc(list, func(a, b candidate) int { return int(a.slip.rule) - int(b.slip.rule) })
	return list
}

// attempt runs f and reports whether it came through.
func attempt(f func()) (ok bool) {
	defer func() {
		if r := recover(); r != nil {
			if _, failed := r.(failure); !failed {
				panic(r)
			}
			ok = false
		}
	}()
	f()
	return true
}
