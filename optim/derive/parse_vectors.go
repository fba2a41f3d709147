package derive

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
