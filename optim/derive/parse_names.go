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
