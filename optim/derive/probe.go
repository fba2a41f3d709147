package derive

import "slices"

// A probe holds the values of a line, to find what else has them.
type probe struct {
	*comparer
	scenes []*scene
	values []value
	data   bool
}

func (c *comparer) probe(n *node) (*probe, bool) {
	code, err := c.space.compiled(n, nil)
	if err != nil {
		return nil, false
	}
	p := &probe{comparer: c, data: c.space.indexed}
	if p.data {
		all := dataScenes()[c.space.kindOfY()]
		for k := range max(len(all[0]), len(all[1])) { // shapes by turns, so that what differs is found soon
			for shape := range all {
				if k < len(all[shape]) {
					p.scenes = append(p.scenes, all[shape][k])
				}
			}
		}
		p.scenes = fitted(p.scenes, c.space)
	} else {
		for _, s := range plainScenes(c.space.domains, code) {
			if s.generic {
				p.scenes = append(p.scenes, s)
			}
		}
	}
	for _, s := range p.scenes {
		p.values = append(p.values, c.ev.at(code, s, nil))
	}
	return p, true
}

// has reports whether a candidate has the values of the line, in both shapes.
func (p *probe) has(c candidate) bool {
	tree, err := resolved(c.tree, c.slip)
	if err != nil {
		p.pay(maxNodes)
		return false
	}
	code, err := assemble(tree)
	if err != nil {
		p.pay(maxNodes)
		return false
	}
	p.pay(4 * len(code.list))
	var agreed [2]int
	for i, s := range p.scenes {
		switch v := p.ev.at(code, s, nil); {
		case v.state == undefined && p.values[i].state == undefined || v.state == lost || p.values[i].state == lost:
		case v.state != fine || p.values[i].state != fine:
			return false
		default:
			switch agree(v, p.values[i]) {
			case differs, differExactly:
				return false
			case agrees:
				shape := 0
				if s.m == shapes[1][0] {
					shape = 1
				}
				agreed[shape]++
			}
		}
	}
	return agreed[0] >= needed && (!p.data || agreed[1] >= needed)
}

// pay takes operations from the budget for what is done besides evaluating.
func (p *probe) pay(operations int) {
	if p.ev.budget -= operations; p.ev.budget <= 0 {
		panic(spent{})
	}
}

// matching are the ids of the candidates that have the values of the line, each once.
func (p *probe) matching(list []candidate) (ids []string) {
	for _, c := range list {
		if !slices.Contains(ids, c.id) && p.has(c) {
			ids = append(ids, c.id)
		}
	}
	return ids
}
