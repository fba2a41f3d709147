package optim

import (
	"context"
	"math"
)

// A Domain says where a function is defined, as far as sampling tells: a
// stretch between two samples that is not defined is not noticed.
type Domain struct {
	Defined bool    // J and its gradient are finite at the point asked for
	Share   float64 // of Window's samples where J is finite, 0 … 1
	Window  Window  // where it was searched: the given one, or a wider one when J is nowhere defined there
	// Nearest is the point asked for if Defined (the caller's own slice), else the
	// nearest one found where
	// J and its gradient are finite, in few digits where those suffice; nil when
	// none was found.
	Nearest   []float64
	Intervals []Interval // of one variable: the stretches of Window where J is finite, ascending
}

// An Interval is a stretch of a line.
type Interval struct {
	From, To         float64 // From ≤ To, to some fifteen digits
	FromOpen, ToOpen bool    // J is not finite at the end itself
}

// What a search for the domain may cost: samples of one window along a line
// and along each side of the plane, fewer where the formula is long.
const (
	lineSamples  = 2001
	planeSamples = 201
	leastSamples = 41
	domainCost   = 30e6 // nanoseconds for one window
)

// Domain finds where J is defined in w and near a point. When J is nowhere
// defined in w, wider windows follow, 10, 100 and 1000 times as wide, each
// about w's middle and about 0. The cost is at most that of 7 windows of 2001
// samples, or 201×201, and some hundred more evaluations; for the longest
// formulas some 0.1 s. When the context ends, what is known so far is answered.
func (f *Function) Domain(ctx context.Context, w Window, near []float64) Domain {
	s := &domainSearch{f: f, obj: f.Objective(), grad: make([]float64, f.Dim()), near: near}
	d := Domain{Defined: s.defined(near)}
	for _, candidate := range widening(w, f.Dim()) {
		d.Window = candidate
		s.sample(ctx, candidate)
		if d.Share = s.share(); d.Share > 0 || ctx.Err() != nil {
			break
		}
	}
	if d.Share == 0 {
		d.Window = w
	}
	if d.Defined {
		d.Nearest = near
	} else if d.Share > 0 {
		d.Nearest = s.nearest(ctx)
	}
	if f.Dim() == 1 {
		d.Intervals = s.intervals()
	}
	return d
}

// widening lists the windows to search: w, then wider ones.
func widening(w Window, dim int) []Window {
	list := []Window{w}
	x, y := (w.XMin+w.XMax)/2, (w.YMin+w.YMax)/2
	for factor := 10.0; factor <= 1000; factor *= 10 {
		a, b := (w.XMax-w.XMin)/2*factor, (w.YMax-w.YMin)/2*factor
		if dim == 1 {
			b = 0
		}
		list = append(list, Window{x - a, x + a, y - b, y + b})
		if x != 0 || y != 0 {
			list = append(list, Window{-a, a, -b, b})
		}
	}
	return list
}

// A domainSearch samples one window after another.
type domainSearch struct {
	f      *Function
	obj    Objective
	grad   []float64
	near   []float64
	xs, ys []float64
	values []float64 // len(ys)×len(xs)
}

// defined reports whether J and its gradient are finite at θ.
func (s *domainSearch) defined(theta []float64) bool {
	return finite(s.obj.Eval(theta, s.grad)) && allFinite(s.grad)
}

func (s *domainSearch) sample(ctx context.Context, w Window) {
	affordable := domainCost / float64(s.f.Cost())
	if s.f.Dim() == 1 {
		s.xs = Linspace(w.XMin, w.XMax, max(leastSamples, min(lineSamples, int(affordable))))
		s.values = make([]float64, len(s.xs))
		s.f.Line(s.xs, s.values)
		return
	}
	n := max(leastSamples, min(planeSamples, int(math.Sqrt(affordable))))
	s.xs, s.ys = w.Axes(n, n)
	s.values = make([]float64, n*n)
	for i := range s.values {
		s.values[i] = math.NaN()
	}
	for j := range n {
		if ctx.Err() != nil {
			return
		}
		s.f.Grid(s.xs, s.ys[j:j+1], s.values[j*n:(j+1)*n])
	}
}

func (s *domainSearch) share() float64 {
	n := 0
	for _, v := range s.values {
		if finite(v) {
			n++
		}
	}
	return float64(n) / float64(len(s.values))
}

// put stores the sample with this index in theta.
func (s *domainSearch) put(i int, theta []float64) {
	theta[0] = s.xs[i%len(s.xs)]
	if len(theta) == 2 {
		theta[1] = s.ys[i/len(s.xs)]
	}
}

// intervals are the stretches of samples where J is finite, with ends found by
// bisection.
func (s *domainSearch) intervals() []Interval {
	var list []Interval
	last := len(s.xs) - 1
	for i := 0; i <= last; i++ {
		if !finite(s.values[i]) {
			continue
		}
		in := Interval{From: s.xs[i], To: s.xs[last]}
		if i > 0 {
			in.From, in.FromOpen = s.end(s.xs[i], s.xs[i-1])
		}
		for i < last && finite(s.values[i+1]) {
			i++
		}
		if i < last {
			in.To, in.ToOpen = s.end(s.xs[i], s.xs[i+1])
		}
		list = append(list, in)
	}
	return list
}

// end is where J ceases to be finite between a sample in its domain and one
// outside: to some fifteen digits, and with few digits where the bisection does
// not tell that from the end. It is open when J is not finite there.
func (s *domainSearch) end(in, out float64) (at float64, open bool) {
	finiteAt := func(x float64) bool { return finite(s.obj.Eval([]float64{x}, nil)) }
	step := math.Abs(out - in)
	at = edge(finiteAt, in, out)
	for unit := math.Pow(10, math.Floor(math.Log10(step))+1); unit > 1e-4*step; unit /= 10 {
		if short := decimal(math.Round(at/unit), unit); math.Abs(short-at) <= 1e-12*(step+math.Abs(at)) {
			at = short
			break
		}
	}
	return at, !finiteAt(at)
}
