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
	users   [][]int32 // of each instruction's value
	waiting []int8    // how many operands are not computed yet; -1 when the instruction is in order itself
	order   []int32
	steps   []action
	last    int32 // the register that was computed last; -1 at the start
}

func newScheduler(dim int, code []instruction) *scheduler {
	s := &scheduler{dim: dim, code: code, users: make([][]int32, len(code)), waiting: make([]int8, len(code)),
		order: make([]int32, 0, len(code)), steps: make([]action, 0, len(code)), last: -1}
	for i := range code {
		for _, r := range code[i].operands() {
			if j := int(r) - dim; j >= 0 {
				s.users[j] = append(s.users[j], int32(i))
				s.waiting[i]++
			}
		}
	}
	return s
}

// from puts instruction i next, and after it what is ready and reads its value: first the shares of the gradient, which
// leave the last value in place, then one that can take it from there, then the rest.
func (s *scheduler) from(i int32) {
	s.put(i)
	users := s.users[i]
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
	s.order = append(s.order, i)
	s.waiting[i] = -1
	if !in.addsToGradient() {
		s.last = r
	}
}

func (in *instruction) addsToGradient() bool {
	return in.op == doGradientK || in.op == doGradient || in.op == doGradientMul
}
