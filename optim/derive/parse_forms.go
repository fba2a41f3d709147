package derive

import (
	"slices"
	"strings"

	"descent/optim/param"
)

// word reads what begins with a name.
func (p *parser) word() (*node, *SyntaxError) {
	t := p.take()
	switch {
	case !p.space.indexed && p.space.declared(t.text):
		return p.data(t)
	case t.text == "D":
		if !p.peek().isSign("(") {
			return nil, syntaxError(t.end, "after D I expect a bracket: D(theta_j, …).")
		}
		return p.deeper(p.bracketD)
	case t.text == "dot":
		return p.deeper(p.dot)
	case t.text == "sigma" && p.space.indexed && (t.sub != "" || t.raised != ""):
		return p.data(t)
	case functionWords[t.text] != fnNone:
		return p.deeper(func() (*node, *SyntaxError) { return p.function(t) })
	case t.transposed:
		return p.deeper(func() (*node, *SyntaxError) { return p.transposed(t) })
	}
	return p.data(t)
}

// data resolves a name that is no function.
func (p *parser) data(t *token) (*node, *SyntaxError) {
	if !p.space.indexed {
		return p.scalar(t, t.text)
	}
	switch t.text {
	case "x":
		return p.x(t)
	case "theta":
		if t.sub == "" {
			return p.placed(&node{op: opTheta}, t.position), nil
		}
		i, err := p.index(t, t.sub)
		if err != nil {
			return nil, err
		}
		return p.placed(&node{op: opThetaAt, i: i}, t.position), nil
	case "y", "h", "z", "sigma":
		if t.text != "y" && !p.space.hasRows() || slices.Contains(p.space.names, t.text) {
			return p.scalar(t, t.text+t.sub)
		}
		letters := t.sub + t.raised
		if len(letters) != 1 {
			if len(letters) == 0 {
				return nil, syntaxError(t.position, "%s has one value in each row: which row? Write %s_i.", p.typed(t), t.text)
			}
			return nil, syntaxError(t.position, "%s has one index, that of its row: write %s_i.", t.text, t.text)
		}
		i, err := p.index(t, letters)
		if err != nil {
			return nil, err
		}
		return p.placed(&node{op: map[string]op{"y": opY, "h": opH, "z": opZ, "sigma": opH}[t.text], i: i}, t.position), nil
	case "J", "NLL", "nll":
		if p.space.loss != nil {
			if p.peek().isSign("(") && p.ahead(1).kind == tokenWord && p.ahead(1).text == "theta" && p.ahead(1).sub == "" && p.ahead(2).isSign(")") { // NLL(θ)
				p.at += 3
			}
			return p.placed(&node{op: opLoss, text: strings.Replace(t.text, "nll", "NLL", 1)}, t.position), nil
		}
	case "m":
		return p.placed(&node{op: opCount, over: rows}, t.position), nil
	case "n":
		return p.placed(&node{op: opCount, over: features}, t.position), nil
	}
	if len(t.text) == 1 && isIndex(rune(t.text[0])) && t.sub == "" {
		i, err := p.index(t, t.text)
		if err != nil {
			return nil, err
		}
		return p.placed(&node{op: opOrdinal, i: i}, t.position), nil
	}
	return p.scalar(t, t.text+t.sub)
}

// x is the entry x_ij or the row x_i.
func (p *parser) x(t *token) (*node, *SyntaxError) {
	row, column := t.raised, t.sub
	if row == "" && len(t.sub) > 0 {
		row, column = t.sub[:1], t.sub[1:]
	}
	if row == "" {
		return nil, syntaxError(t.position, "x is the whole table: write x_i for row i, x_ij for its j-th entry.")
	}
	i, err := p.index(t, row)
	if err != nil {
		return nil, err
	}
	if column == "" {
		return p.placed(&node{op: opRow, i: i}, t.position), nil
	}
	k, err := p.index(t, column)
	if err != nil {
		return nil, err
	}
	return p.placed(&node{op: opX, i: i, k: k}, t.position), nil
}

// index finds what an index letter means here.
func (p *parser) index(t *token, letter string) (ref, *SyntaxError) {
	if len(letter) != 1 || !isIndex(rune(letter[0])) {
		return ref{}, syntaxError(t.position, "I cannot read the index “%s” of %s: indices are the letters i, j, k and l.", letter, t.text)
	}
	for _, bound := range p.bound {
		if bound.name == letter {
			return bound, nil
		}
	}
	if strings.Contains(p.space.free, letter) {
		if letter == "j" {
			return feature, nil
		}
		return ref{letter, slotFree + int(letter[0]-'i')}, nil
	}
	if n := len(p.bound); letter == "i" && n > 0 && p.bound[n-1].name == "j" {
		err := syntaxError(t.position, "i and j are mixed up: this sum runs over j, but “%s” has the index i. The rows are counted by i, as in Σ_i.", p.typed(t))
		err.Mistake = "wrong-index"
		return ref{}, err
	}
	if letter == "i" || !strings.Contains(p.space.free, "j") {
		err := syntaxError(t.position, "the index %s of “%s” belongs to no sum: write Σ_%s in front, or move this into the brackets of its sum (missing Σ).", letter, p.typed(t), letter)
		err.Mistake = "dropped-sum"
		return ref{}, err
	}
	return ref{}, syntaxError(t.position, "the index %s of “%s” belongs to no sum (missing Σ); the entry that is asked for has the index j.", letter, p.typed(t))
}

// scalar is a variable or constant.
func (p *parser) scalar(t *token, name string) (*node, *SyntaxError) {
	if name == "pi" && !p.space.declared(name) || name == "e" && !p.space.declared(name) {
		return p.placed(&node{op: opConstant, text: name}, t.position), nil
	}
	if len(name) > 1 && !p.space.declared(name) && p.peek().isSign("(") && p.peek().position == t.end && !slices.Contains(p.space.names, name) && greekLetter[name] == "" && strings.Trim(name, "0123456789") == name {
		return nil, p.unknownFunction(t)
	}
	slot, ok := p.space.scalar(name)
	if !ok {
		return nil, p.space.unknown(t.position, name)
	}
	return p.placed(&node{op: opScalar, text: name, i: ref{name, slot}}, t.position), nil
}

func (l *lexer) unknown(run string) *SyntaxError { return l.space.unknown(l.at, run) }

// unknown explains a name without a meaning.
func (s *space) unknown(position int, name string) *SyntaxError {
	name = clipped(name)
	if len(s.names) >= maxScalars && !s.fixed {
		return syntaxError(position, "there are more than %d variables.", maxScalars)
	}
	known := []string{"theta", "sigma", "log", "exp", "sqrt", "sum", "dot"}
	if s.loss != nil {
		known = append(known, "NLL")
	}
	known = append(known, s.names...)
	if near := param.Nearest(name, known); near != "" && len(name) > 1 {
		return syntaxError(position, "I do not know “%s”. Did you mean %s?", name, near)
	}
	if s.task != nil {
		return syntaxError(position, "I do not know “%s”: in this task there are %s.", name, s.task.symbols)
	}
	return syntaxError(position, "I do not know “%s”.", name)
}

// clipped is a name that is short enough to be shown.
func clipped(name string) string {
	if r := []rune(name); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return name
}

func (p *parser) unknownFunction(t *token) *SyntaxError {
	name := clipped(t.text)
	var known []string
	for word := range functionWords {
		known = append(known, word)
	}
	slices.Sort(known)
	if near := param.Nearest(name, known); near != "" {
		return syntaxError(t.position, "I do not know the function “%s”. Did you mean %s?", name, near)
	}
	return syntaxError(t.position, "I do not know the function “%s”. For a product write * before the bracket.", name)
}

// function reads what follows the name of a function.
func (p *parser) function(t *token) (*node, *SyntaxError) {
	fn := functionWords[t.text]
	if p.peek().isSign("'") {
		if fn != fnSigma {
			return nil, p.stray()
		}
		p.take()
		fn = fnSigmaPrime
	}
	var exponent *node
	switch next := p.peek(); {
	case next.kind == tokenRaised:
		exponent = literal(p.take().text)
	case next.isSign("^") && p.ahead(1).kind == tokenNumber:
		p.take()
		exponent = p.placed(literal(p.take().text), next.end)
	}
	a, b, err := p.arguments(fn)
	if err != nil {
		return nil, err
	}
	n := p.placed(&node{op: opCall, fn: fn, a: a, b: b}, t.position)
	if exponent != nil {
		n = p.placed(binary(opPow, n, exponent), t.position)
	}
	return n, nil
}

func (p *parser) arguments(fn function) (a, b *node, err *SyntaxError) {
	name := functionNames[fn]
	if !p.peek().isSign("(") {
		if fn == fnMax || fn == fnMin {
			return nil, nil, syntaxError(p.peek().position, "%s needs two arguments in brackets: %s(a, b).", name, name)
		}
		if p.peek().kind == tokenEnd {
			return nil, nil, syntaxError(p.peek().position, "after %s I expect what it is applied to: %s(…).", name, name)
		}
		a, err = p.bare()
		if err == nil {
			err = number(a)
		}
		return a, nil, err
	}
	p.take()
	outer := p.bars
	p.bars = 0
	if a, err = p.deeper(p.sum); err != nil {
		return nil, nil, err
	}
	if fn == fnMax || fn == fnMin {
		if err = p.expect(",", name+" needs two arguments: I expect a comma here."); err != nil {
			return nil, nil, err
		}
		if b, err = p.deeper(p.sum); err != nil {
			return nil, nil, err
		}
		if err = number(b); err != nil {
			return nil, nil, err
		}
		for err = number(a); err == nil && p.peek().isSign(","); err = number(b) { // more of them: the first are one
			p.take()
			a = p.placed(&node{op: opCall, fn: fn, a: a, b: b}, a.pos)
			if b, err = p.deeper(p.sum); err != nil {
				return nil, nil, err
			}
		}
		if err != nil {
			return nil, nil, err
		}
	}
	if err = number(a); err != nil {
		return nil, nil, err
	}
	p.bars = outer
	return a, b, p.expect(")", "a bracket is not closed: I expect ) here.")
}

// bare reads an argument without brackets: a factor, with a sign and a number before it.
func (p *parser) bare() (*node, *SyntaxError) {
	if p.peek().isMinusOrPlus() {
		return p.signed(p.bare, p.bare)
	}
	from := p.peek().position
	counts := p.peek().kind == tokenNumber
	n, err := p.power()
	if err != nil || !counts || p.peek().kind != tokenWord || functionWords[p.peek().text] != fnNone {
		return n, err
	}
	right, err := p.power()
	if err == nil {
		err = number(right)
	}
	if err != nil {
		return nil, err
	}
	return p.placed(binary(opMul, n, right), from), nil
}

// transposed reads the vector after θᵀ or x_iᵀ.
func (p *parser) transposed(t *token) (*node, *SyntaxError) {
	bare := *t
	bare.transposed = false
	left, err := p.data(&bare)
	if err != nil {
		return nil, err
	}
	if p.peek().isSign("*") {
		p.take()
	}
	if p.peek().kind == tokenEnd {
		return nil, syntaxError(p.peek().position, "after “%s” I expect the other vector, as in θᵀx_i.", p.typed(t))
	}
	right, err := p.primary()
	if err != nil {
		return nil, err
	}
	if !left.isVector() || !right.isVector() {
		return nil, syntaxError(t.position, "a transposed vector needs another vector after it, as in θᵀx_i.")
	}
	return p.placed(binary(opDot, left, right), t.position), nil
}

func (p *parser) dot() (*node, *SyntaxError) {
	from := p.last().position
	if err := p.expect("(", "after dot I expect a bracket: dot(theta, x_i)."); err != nil {
		return nil, err
	}
	a, err := p.sum()
	if err != nil {
		return nil, err
	}
	if err := p.expect(",", "dot needs two vectors: dot(theta, x_i)."); err != nil {
		return nil, err
	}
	b, err := p.sum()
	if err != nil {
		return nil, err
	}
	if err := p.expect(")", "a bracket is not closed: I expect ) here."); err != nil {
		return nil, err
	}
	for _, n := range []*node{a, b} {
		if !n.isVector() {
			return nil, syntaxError(n.pos, "dot needs two vectors, θ and a row: dot(theta, x_i).")
		}
	}
	return p.placed(binary(opDot, a, b), from), nil
}

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
	if err := p.expect("(", "a sum needs its index: write Σ_i … or sum(i,1,m, …)."); err != nil {
		return nil, err
	}
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

// bracketD reads D(theta_j, …).
func (p *parser) bracketD() (*node, *SyntaxError) {
	from := p.last().position
	p.take()
	wrt, err := p.variable()
	if err != nil {
		return nil, err
	}
	if err := p.expect(",", "I expect a comma and what is differentiated: D(theta_j, …)."); err != nil {
		return nil, err
	}
	outer := p.bars
	p.bars = 0
	n, err := p.sum()
	p.bars = outer
	if err != nil {
		return nil, err
	}
	if err := p.expect(")", "a bracket is not closed: I expect ) here."); err != nil {
		return nil, err
	}
	return p.differentiated(wrt, n, from)
}

// variable reads by what is differentiated.
func (p *parser) variable() (*node, *SyntaxError) {
	t := p.take()
	if t.kind != tokenWord || functionWords[t.text] != fnNone && t.sub == "" {
		return nil, syntaxError(t.position, "I expect by what to differentiate: θ_j or another variable.")
	}
	n, err := p.data(t)
	if err != nil {
		return nil, err
	}
	switch n.op {
	case opThetaAt, opScalar, opZ, opH:
		return n, nil
	case opTheta:
		return nil, syntaxError(t.position, "θ is a vector: differentiate by one entry, θ_j.")
	}
	return nil, syntaxError(t.position, "one cannot differentiate by %s.", p.typed(t))
}

// differentiated makes a derivative, in whose body no sum may take the index of wrt.
func (p *parser) differentiated(wrt, n *node, from int) (*node, *SyntaxError) {
	if err := number(n); err != nil {
		return nil, err
	}
	var captured *node
	n.walk(func(c *node) bool {
		if c.op == opSum && wrt.op != opScalar && c.i.name == wrt.i.name {
			captured = c
		}
		return captured == nil
	})
	if captured != nil {
		return nil, syntaxError(captured.pos, "the index %s is captured: it is the entry by which you differentiate. Take another letter in this sum, such as k.", wrt.i.name)
	}
	return p.placed(derivative(wrt, n), from), nil
}

// slope reads d/dz … and ∂NLL/∂θ_j.
func (p *parser) slope() (*node, *SyntaxError) {
	t := p.take()
	if p.peek().isSign("/") {
		p.take()
		wrt, err := p.denominator()
		if err != nil {
			return nil, err
		}
		return p.applied(t, wrt)
	}
	n, err := p.primary()
	if err != nil {
		return nil, err
	}
	if err := p.expect("/", "I expect / and by what to differentiate, as in ∂NLL/∂θ_j."); err != nil {
		return nil, err
	}
	wrt, err := p.denominator()
	if err != nil {
		return nil, err
	}
	return p.differentiated(wrt, n, t.position)
}

// denominator reads ∂θ_j.
func (p *parser) denominator() (*node, *SyntaxError) {
	if t := p.take(); t.kind != tokenDel {
		return nil, syntaxError(t.position, "I expect d or ∂ and by what to differentiate, as in ∂/∂θ_j.")
	}
	return p.variable()
}

// applied reads what follows ∂/∂θ_j.
func (p *parser) applied(t *token, wrt *node) (*node, *SyntaxError) {
	if p.peek().isSign("*") && p.typed(p.peek()) == "\u2062" {
		p.take()
	}
	n, err := p.signed(p.power, p.factor)
	if err != nil {
		return nil, err
	}
	return p.differentiated(wrt, n, t.position)
}

// bracketedSlope reads (d/dz) ….
func (p *parser) bracketedSlope() (*node, *SyntaxError) {
	p.take()
	t := p.take()
	p.take()
	wrt, err := p.denominator()
	if err != nil {
		return nil, err
	}
	p.take()
	return p.deeper(func() (*node, *SyntaxError) { return p.applied(t, wrt) })
}
