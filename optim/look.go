package optim

import "math"

// The names that rules give to parts of their memory of gradients. A picture goes by them.
const (
	velocityName   = "velocity"
	firstMoment    = "first moment"
	secondMoment   = "second moment"
	largestMoment  = "largest second moment so far"
	sumOfSquares   = "sum of squared gradients"
	meanOfSquares  = "mean of the squared gradients"
	meanOfGradient = "mean of the gradients"
	largestSlope   = "fading maximum of |g|"
	simplexName    = "simplex, the best vertex first"
)

// A Look is what can be drawn of an update besides the gradient and the step:
// what the method remembers of earlier gradients, and where it looked.
type Look struct {
	Momentum       []float64   // the velocity or the first moment before the update, in units of the gradient; nil: none
	MomentumSymbol string      // as the method's formula calls it, with its index: "b₃"
	Scale          []float64   // by what the update divides each coordinate of the gradient, without ε; nil: nothing
	ScaleSymbol    string      // "√v₄"
	Tried          [][]float64 // points at which J was evaluated during the update; none where it does not look around
	Searched       bool        // they lie on a line through θ_k
	Simplex        [][]float64 // the corners before the update; nil: none
}

// LookAt is what there is to be drawn of the update from step k of a run. obj and
// rule are those of the run.
func (r *Run) LookAt(obj Objective, rule Rule, k int) Look {
	seen := &witness{Objective: obj}
	_, after := r.Replay(seen, rule, k)
	var l Look
	l.Tried = seen.points
	l.Searched = collinear(r.Theta(k), l.Tried)
	before, row := r.State(k), after
	correction := 1.0 // of the second moment, whose own stands before it
	var mean []float64
	for _, p := range r.Memory {
		now, then := row[:p.Len], before[:p.Len]
		row, before = row[p.Len:], before[p.Len:]
		switch p.Name {
		case velocityName, firstMoment:
			if k > 0 {
				l.Momentum, l.MomentumSymbol = then, p.Symbol+subscript(k)
			}
		case biasOfV:
			correction = now[0]
		case secondMoment, largestMoment, sumOfSquares, meanOfSquares:
			l.Scale, l.ScaleSymbol = roots(now, correction), "√"+p.Symbol+subscript(k+1)
			if p.Name == secondMoment || p.Name == largestMoment {
				l.ScaleSymbol = "√v̂" + subscript(k+1)
			}
		case meanOfGradient:
			mean = now
		case largestSlope:
			l.Scale, l.ScaleSymbol = now, p.Symbol+subscript(k+1)
		case simplexName:
			if k > 0 {
				for i := 0; i < len(then); i += r.Dim {
					l.Simplex = append(l.Simplex, then[i:i+r.Dim])
				}
			}
		}
	}
	for i, m := range mean { // centered: the variance
		l.Scale[i] = math.Sqrt(math.Max(0, l.Scale[i]*l.Scale[i]-m*m))
	}
	return l
}

// biasOfV is the name of the second moment's bias correction.
const biasOfV = "bias correction of v"

func roots(squares []float64, correction float64) []float64 {
	out := make([]float64, len(squares))
	for i, v := range squares {
		out[i] = math.Sqrt(v / correction)
	}
	return out
}

// A witness is an objective that remembers where it was evaluated.
type witness struct {
	Objective
	points [][]float64
}

func (w *witness) Eval(theta, grad []float64) float64 {
	w.points = append(w.points, append([]float64(nil), theta...))
	return w.Objective.Eval(theta, grad)
}

// collinear reports whether points lie on one line through a point, to a
// millionth of their distance.
func collinear(from []float64, points [][]float64) bool {
	var u []float64
	for _, p := range points {
		d := make([]float64, len(p))
		for i := range d {
			d[i] = p[i] - from[i]
		}
		length := Norm(d)
		switch {
		case length == 0 || !finite(length):
		case u == nil:
			u = d
		case math.Abs(math.Abs(dot(u, d))-Norm(u)*length) > 1e-6*Norm(u)*length:
			return false
		}
	}
	return u != nil
}
