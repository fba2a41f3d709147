package optim

import "math"

// neldermead is the simplex method of Nelder and Mead with the rules of
// Lagarias, Reeds, Wright and Wright (1998): it compares losses at the n+1
// vertices of a simplex and knows no gradient.
type neldermead struct{ size, weightDecay float64 }

// Memory is the simplex, sorted, the best vertex first. Where J is not defined
// the loss counts as +Inf.
func (neldermead) Memory(dim int) []Part {
	return []Part{{"x", simplexName, (dim + 1) * dim}, {"J", "losses of the vertices", dim + 1}}
}

func (r neldermead) Step(p *Point, state []float64) {
	s := r.simplex(p, state)
	s.improve()
	copy(p.Theta, s.vertex(0))
}

// A simplex is the memory under way, and scratch space.
type simplex struct {
	point                    *Point
	decay                    float64
	vertices, losses         []float64
	mean, reflected, further []float64
}

// simplex is the one in the state; at the first step it is built of θ and one
// vertex for each coordinate, size away.
func (r neldermead) simplex(p *Point, state []float64) simplex {
	n := len(p.Theta)
	s := simplex{
		point: p, decay: r.weightDecay, vertices: state[:(n+1)*n], losses: state[(n+1)*n:],
		mean: p.vector(0), reflected: p.vector(1), further: p.vector(2),
	}
	if p.K > 0 {
		return s
	}
	for i := range n + 1 {
		v := s.vertex(i)
		copy(v, p.Theta)
		if i > 0 {
			v[i-1] += r.size
		}
		s.losses[i] = s.eval(v)
	}
	s.sort()
	return s
}

func (s *simplex) vertex(i int) []float64 {
	n := len(s.mean)
	return s.vertices[i*n : (i+1)*n]
}

func (s *simplex) eval(v []float64) float64 {
	loss := s.point.Eval(v, nil)
	if s.decay != 0 {
		loss += s.decay / 2 * dot(v, v)
	}
	if math.IsNaN(loss) {
		return math.Inf(1)
	}
	return loss
}

// What a step of a simplex does.
const (
	reflect = iota
	expand
	contractOutside
	contractInside
	shrink
)

// A move is what was done and the losses at the points that were tried.
type move struct {
	kind      int
	reflected float64
	further   float64 // of the expansion or contraction; NaN when none was tried
}

// improve makes one step: section 2 of the paper, with its coefficients 1, 2,
// ½, ½.
func (s *simplex) improve() move {
	n := len(s.mean)
	clear(s.mean)
	for i := range n {
		add(s.mean, 1, s.vertex(i))
	}
	for i := range s.mean {
		s.mean[i] /= float64(n)
	}
	best, second, worst := s.losses[0], s.losses[n-1], s.losses[n]
	s.along(s.reflected, 1)
	m := move{reflect, s.eval(s.reflected), math.NaN()}
	switch {
	case m.reflected < best:
		s.along(s.further, 2)
		if m.further = s.eval(s.further); m.further < m.reflected {
			m.kind = expand
			s.replace(s.further, m.further)
			return m
		}
	case m.reflected < second:
	case m.reflected < worst:
		s.along(s.further, 0.5)
		if m.further = s.eval(s.further); m.further <= m.reflected {
			m.kind = contractOutside
			s.replace(s.further, m.further)
			return m
		}
		m.kind = shrink
	default:
		s.along(s.further, -0.5)
		if m.further = s.eval(s.further); m.further < worst {
			m.kind = contractInside
			s.replace(s.further, m.further)
			return m
		}
		m.kind = shrink
	}
	if m.kind == shrink {
		s.shrink()
	} else {
		s.replace(s.reflected, m.reflected)
	}
	return m
}

// along puts the point mean + t·(mean − worst) into out.
func (s *simplex) along(out []float64, t float64) {
	worst := s.vertex(len(s.mean))
	for i, m := range s.mean {
		out[i] = m + t*(m-worst[i])
	}
}

// replace puts v in the place of the worst vertex and into its order.
func (s *simplex) replace(v []float64, loss float64) {
	n := len(s.mean)
	copy(s.vertex(n), v)
	s.losses[n] = loss
	s.sink(n)
}

// shrink halves all edges at the best vertex.
func (s *simplex) shrink() {
	best := s.vertex(0)
	for i := 1; i < len(s.losses); i++ {
		v := s.vertex(i)
		for j := range v {
			v[j] = best[j] + 0.5*(v[j]-best[j])
		}
		s.losses[i] = s.eval(v)
	}
	s.sort()
}

// sort puts the lowest loss first; among equals the older vertex comes first.
func (s *simplex) sort() {
	for i := range s.losses {
		s.sink(i)
	}
}

// sink moves vertex i to its place among those before it.
func (s *simplex) sink(i int) {
	for ; i > 0 && s.losses[i] < s.losses[i-1]; i-- {
		s.losses[i], s.losses[i-1] = s.losses[i-1], s.losses[i]
		a, b := s.vertex(i), s.vertex(i-1)
		for j := range a {
			a[j], b[j] = b[j], a[j]
		}
	}
}
