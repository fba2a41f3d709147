package derive

import (
	"slices"
	"strings"
)

// total reads a sum.
func (p *parser) total() (*node, *SyntaxError) {
	t := p.take()
	if !p.space.indexed {
		return nil, syntaxError(t.position, "there are no sums here.")
	}
	if p.sums == MaxSums {
		return nil, syntaxError(t.position, "sums are nested more than %d deep here.", MaxSums)
	}
	p.sums++
	defer func() { p.sums-- }()
	if t.sub == "" {
		return p.bracketSum(t)
	}
	name, _, _ := strings.Cut(t.sub, "=")
	return p.body(t, name, t.raised, p.signedTerm)
}

// bracketSum reads sum(i,1,m, …), of which the 1 and the m may be missing.
func (p *parser) bracketSum(t *token) (*node, *SyntaxError) {
	if !p.peek().isSign("(") {
		return nil, syntaxError(t.position, "a sum needs its index: write Σ_i … or sum(i,1,m, …).")
	}
	p.take()
	i := p.take()
	if i.kind != tokenWord || len(i.text) != 1 || !isIndex(rune(i.text[0])) || i.sub != "" {
		return nil, syntaxError(i.position, "a sum begins with its index: sum(i,1,m, …).")
	}
	if p.peek().isSign("=") || p.peek().isSign(",") && p.ahead(1).kind == tokenNumber && p.ahead(2).isSign(",") {
		p.take()
		if from := p.take(); from.kind != tokenNumber || from.text != "1" && from.text != "0" {
			return nil, syntaxError(from.position, "a sum begins at 1 here: sum(%s,1,m, …).", i.text)
		}
	}
	bound := ""
	if next := p.ahead(1); p.peek().isSign(",") && next.kind == tokenWord && (next.text == "m" || next.text == "n") && p.ahead(2).isSign(",") {
		p.take()
		bound = p.take().text
	}
	if p.peek().isSign(",") && p.ahead(1).kind == tokenNumber && p.ahead(2).isSign(",") {
		return nil, syntaxError(p.ahead(1).position, "a sum goes up to m, the number of rows, or n, that of features: sum(%s,1,m, …).", i.text)
	}
	if err := p.expect(",", "I expect a comma and what is added up: sum(i,1,m, …)."); err != nil {
		return nil, err
	}
	return p.body(t, i.text, bound, func() (*node, *SyntaxError) {
		outer := p.bars
		p.bars = 0
		n, err := p.sum()
		p.bars = outer
		if err != nil {
			return nil, err
		}
		return n, p.expect(")", "a bracket is not closed: I expect ) here.")
	})
}

// body reads what a sum adds up, with its index bound.
func (p *parser) body(t *token, name, bound string, read func() (*node, *SyntaxError)) (*node, *SyntaxError) {
	if len(name) != 1 || !isIndex(rune(name[0])) {
		return nil, syntaxError(t.position, "I cannot read the index “%s” of this sum: indices are the letters i, j, k and l.", name)
	}
	if bound != "" && bound != "m" && bound != "n" {
		return nil, syntaxError(t.position, "a sum goes up to m, the number of rows, or n, that of features.")
	}
	if slices.ContainsFunc(p.bound, func(b ref) bool { return b.name == name }) {
		return nil, syntaxError(t.position, "the index %s is captured: a sum around this one has it already. Take another letter here, such as k.", name)
	}
	if p.slot == slots {
		return nil, syntaxError(t.position, "there are too many sums.")
	}
	i := ref{name, p.slot}
	p.slot++
	p.bound = append(p.bound, i)
	n, err := read()
	if err == nil {
		err = number(n)
	}
	if err != nil {
		return nil, err
	}
	p.bound = p.bound[:len(p.bound)-1]
	over := rows
	if bound == "n" || bound == "" && name != "i" && countsFeatures(n, i) {
		over = features
	}
	return p.placed(sumOver(i, over, n), t.position), nil
}

// countsFeatures reports whether an index is used for entries of a vector only.
func countsFeatures(n *node, i ref) bool {
	entries, others := false, false
	n.walk(func(c *node) bool {
		switch c.op {
		case opThetaAt:
			entries = entries || c.i.slot == i.slot
		case opX:
			entries = entries || c.k.slot == i.slot
			others = others || c.i.slot == i.slot
		case opY, opH, opZ, opRow:
			others = others || c.i.slot == i.slot
		}
		return true
	})
	return entries && !others
}
