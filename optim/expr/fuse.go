package expr

// fuse joins pairs of instructions where the first one's value is used by the second alone: (a - b)², (k - a)² and
// a + k·b, of which test functions and losses are made. One evaluation spends its time waiting for one register after
// another, so this almost halves it. Each fused operation rounds exactly as the pair did.
func (p *Program) fuse() {
	uses := make([]int32, p.dim+len(p.code))
	uses[p.root]++
	for i := range p.code {
		for _, r := range p.code[i].operands() {
			uses[r]++
		}
	}
	once := func(r int32) *instruction {
		if i := int(r) - p.dim; i >= 0 && uses[r] == 1 {
			return &p.code[i]
		}
		return &instruction{}
	}
	for i := range p.code {
		in := &p.code[i]
		switch in.op {
		case doSquare:
			switch inner := once(in.a); inner.op {
			case doSub:
				in.op, in.a, in.b = doSquareSub, inner.a, inner.b
				inner.op = doNothing
			case doSubFromK:
				in.op, in.a, in.k = doSquareSubFromK, inner.a, inner.k
				inner.op = doNothing
			case doAddK:
				in.op, in.a, in.k = doSquareSubFromK, inner.a, -inner.k
				inner.op = doNothing
			}
		case doAdd, doSub:
			if inner := once(in.b); inner.op == doMulK {
				k := inner.k
				if in.op == doSub {
					k = -k
				}
				in.op, in.b, in.k = doAddMulK, inner.a, k
				inner.op = doNothing
			} else if inner := once(in.a); inner.op == doMulK && in.op == doAdd {
				in.op, in.a, in.b, in.k = doAddMulK, in.b, inner.a, inner.k
				inner.op = doNothing
			}
		}
	}
	p.compact()
}

// compact drops the instructions that fuse left without an operation and renumbers the registers.
func (p *Program) compact() {
	moved := make([]int32, p.dim+len(p.code))
	for r := range p.dim {
		moved[r] = int32(r)
	}
	kept := p.code[:0]
	for i, in := range p.code {
		if in.op == doNothing {
			continue
		}
		in.a, in.b = moved[in.a], moved[in.b]
		moved[p.dim+i] = int32(p.dim + len(kept))
		kept = append(kept, in)
	}
	p.code = kept
	p.root = moved[p.root]
}
