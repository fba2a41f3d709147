package optim

// A Rule is one update. Its memory is a flat state vector, zero at the start,
// so that a run can record it, a figure can draw it and a replay can start
// anywhere. A Rule is immutable and may be shared between goroutines.
type Rule interface {
	// Memory says what the state holds for a parameter of length dim, part after
	// part; nil when the method remembers nothing.
	Memory(dim int) []Part
	// Step replaces p.Theta and the state, which has the length of all parts of
	// Memory together, by their successors. It depends on p
	// and the state alone and allocates nothing. Where θ would not be finite it
	// writes what the arithmetic gives; the run ends there.
	Step(p *Point, state []float64)
	// Explain writes the step down with its numbers.
	Explain(w *Workings)
}

// A Part is a named stretch of a method's memory.
type Part struct {
	Symbol string // as the method's formula calls it: "m", "v", "b"
	Name   string // in words: "first moment"
	Len    int    // 1 for a scalar, dim for a vector, rows·dim for a matrix row by row
}

func memoryLen(parts []Part) int {
	n := 0
	for _, p := range parts {
		n += p.Len
	}
	return n
}

// A Point is where a run stands when it asks its rule for a step. Its slices are
// the run's own and must not be kept.
type Point struct {
	K        int       // how many updates were made before this one, from 0
	Theta    []float64 // θ_k; the rule writes θ_{k+1} into it
	Gradient []float64 // ∇J(θ_k), read only
	Loss     float64   // J(θ_k)
	Eta      float64   // the learning rate of this update

	// Work is scratch space of length dim·(dim+4), for methods that look around
	// before they step. It holds nothing between steps.
	Work []float64

	objective             Objective
	evaluations, hessians int
}

func newPoint(obj Objective) *Point {
	n := obj.Dim()
	return &Point{Work: make([]float64, n*(n+4)), objective: obj}
}

// Eval is J elsewhere, and its gradient where grad is not nil: for line
// searches. It is counted in [Run.Evaluations].
func (p *Point) Eval(theta, grad []float64) float64 {
	p.evaluations++
	return p.objective.Eval(theta, grad)
}

// Hessian stores the second derivatives at θ in out, dim×dim row by row. It is
// counted in [Run.Hessians].
func (p *Point) Hessian(theta, out []float64) {
	p.hessians++
	p.objective.Hessian(theta, out)
}
