package expr

// A sequence is what an Evaluator runs: fused instructions, in an order that lets many of them take the value of the one
// before from the processor's register. Through memory it would arrive some 8 cycles later, longer than two additions take.
type sequence struct {
	code  []instruction
	order []int32 // the positions in code, as they are run
	root  int32
	steps []action // the same with short forms; nil when a byte cannot name the registers
}

// maxRegisters lets a byte index the registers, which spares the check of its bounds.
const maxRegisters = 256

// An action is an instruction in 16 bytes, with the register r that it computes.
type action struct {
	op         operation
	fn         function
	r, a, b, c uint8
	k          float64
}

// evaluation returns the sequences of the value alone and of value and gradient.
func (c *compiler) evaluation() (value, gradient sequence) {
	p := c.program
	value = newSequence(p.dim, p.code, p.root)
	n := len(p.code)
	c.differentiate(p.root)
	gradient = newSequence(p.dim, p.code, p.root)
	p.code = p.code[:n]
	return value, gradient
}

func newSequence(dim int, code []instruction, root int32) sequence {
	code, root = fuse(dim, code, root, true)
	s := newScheduler(dim, code)
	for i := range code {
		if s.waiting[i] == 0 {
			s.from(int32(i))
		}
	}
	q := sequence{code: code, order: s.order, root: root}
	if dim+len(code) <= maxRegisters {
		q.steps = s.steps
	}
	return q
}

// A scheduler puts instructions in order.
type scheduler struct {
	dim     int
	code    []instruction
	uses    []int32 // the instructions that read a value: those of instruction i are uses[first[i]:first[i+1]]
	first   []int32
	waiting []int8 // how many operands are not computed yet; -1 when the instruction is in order itself
	order   []int32
	steps   []action
	last    int32 // the register that was computed last; -1 at the start
}

func newScheduler(dim int, code []instruction) *scheduler {
	n := len(code)
	s := &scheduler{dim: dim, code: code, first: make([]int32, n+2), waiting: make([]int8, n),
		order: make([]int32, 0, n), steps: make([]action, 0, n), last: -1}
	each := func(visit func(user, read int)) {
		for i := range code {
			operands, n := code[i].operands()
			for _, r := range operands[:n] {
				if int(r) >= dim {
					visit(i, int(r)-dim)
				}
			}
		}
	}
	each(func(_, read int) { s.first[read+2]++ })
	for i := range n {
		s.first[i+2] += s.first[i+1]
	}
	s.uses = make([]int32, s.first[n+1])
	each(func(user, read int) {
		s.uses[s.first[read+1]] = int32(user)
		s.first[read+1]++
		s.waiting[user]++
	})
	return s
}

// from puts instruction i next, and after it what is ready and reads its value: first the shares of the gradient, which
// leave the last value in place, then one that can take it from there, then the rest.
func (s *scheduler) from(i int32) {
	s.put(i)
	users := s.uses[s.first[i]:s.first[i+1]]
	for _, u := range users {
		s.waiting[u]--
	}
	for _, u := range users {
		if s.waiting[u] == 0 && s.code[u].addsToGradient() {
			s.put(u)
		}
	}
	for _, u := range users {
		if s.waiting[u] == 0 && s.code[u].takes(s.last) {
			s.from(u)
			break
		}
	}
	for _, u := range users {
		if s.waiting[u] == 0 {
			s.from(u)
		}
	}
}

func (s *scheduler) put(i int32) {
	in := &s.code[i]
	if in.op == doGradientMul && in.a == s.last {
		in.a, in.b = in.b, in.a // here, so that k·a·b is rounded alike in both forms
	}
	r := int32(s.dim) + i
	s.steps = append(s.steps, in.short(r, s.last, s.dim))
	if n := len(s.steps); n > 1 {
		pair(&s.steps[n-2], &s.steps[n-1])
	}
	s.order = append(s.order, i)
	s.waiting[i] = -1
	if !in.addsToGradient() {
		s.last = r
	}
}

func (in *instruction) addsToGradient() bool {
	return in.op == doGradientK || in.op == doGradient || in.op == doGradientMul
}
