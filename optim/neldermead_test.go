package optim

import (
	"math"
	"slices"
	"testing"
)

// A lookup is an objective that knows the losses of some points and is 9
// elsewhere.
type lookup map[[2]float64]float64

func (l lookup) Dim() int { return 2 }

func (l lookup) Eval(theta, grad []float64) float64 {
	clear(grad)
	if loss, ok := l[[2]float64(theta)]; ok {
		return loss
	}
	return 9
}

func (l lookup) Hessian(_, out []float64) { clear(out) }

// Each move of the simplex (0,0), (1,0), (0,1) with losses 1, 2, 3: its mean of
// the better two is (½,0), so that r = (1,−1), e = (1½,−2), and c = (¾,−½)
// outside or (¼,½) inside.
func TestNelderMeadMoves(t *testing.T) {
	r, e, outside, inside := [2]float64{1, -1}, [2]float64{1.5, -2}, [2]float64{0.75, -0.5}, [2]float64{0.25, 0.5}
	nan := math.NaN()
	tests := []struct {
		name   string
		losses lookup
		want   []float64 // simplex after the move
	}{
		{"reflect", lookup{r: 1.5}, []float64{0, 0, 1, -1, 1, 0}},
		{"reflect, as good as the best", lookup{r: 1}, []float64{0, 0, 1, -1, 1, 0}},
		{"expand", lookup{r: 0.5, e: 0.2}, []float64{1.5, -2, 0, 0, 1, 0}},
		{"expansion is no better", lookup{r: 0.5, e: 0.5}, []float64{1, -1, 0, 0, 1, 0}},
		{"contract outside", lookup{r: 2.5, outside: 2.5}, []float64{0, 0, 1, 0, 0.75, -0.5}},
		{"as good as the second worst is not good enough", lookup{r: 2, outside: 1.5}, []float64{0, 0, 0.75, -0.5, 1, 0}},
		{"contract inside", lookup{r: 3, inside: 0.5}, []float64{0.25, 0.5, 0, 0, 1, 0}},
		{"not defined", lookup{r: nan, inside: 2.9}, []float64{0, 0, 1, 0, 0.25, 0.5}},
		// Shrunk, the others are at (½,0) and (0,½).
		{"shrink after outside", lookup{r: 2.5, outside: 2.6, {0.5, 0}: 1.7, {0, 0.5}: 0.9}, []float64{0, 0.5, 0, 0, 0.5, 0}},
		{"shrink after inside", lookup{r: 4, inside: 3, {0.5, 0}: 1, {0, 0.5}: nan}, []float64{0, 0, 0.5, 0, 0, 0.5}},
	}
	for _, tt := range tests {
		rule := neldermead{size: 1}
		run := &Run{Dim: 2, Memory: rule.Memory(2), Losses: []float64{2, 1, 1}, Etas: make([]float64, 3)}
		run.Thetas, run.Gradients = make([]float64, 6), make([]float64, 6)
		run.States = append(make([]float64, 9), 0, 0, 1, 0, 0, 1, 1, 2, 3)
		theta, state := run.Replay(tt.losses, rule, 1)
		if got := part(run.Memory, state, "x"); !slices.Equal(got, tt.want) || !slices.Equal(theta, got[:2]) {
			t.Errorf("%s: simplex %v, θ %v, want %v", tt.name, got, theta, tt.want)
		}
		if j := part(run.Memory, state, "J"); !slices.IsSorted(j) {
			t.Errorf("%s: losses %v are not sorted", tt.name, j)
		}
		lines := Explain(tt.losses, rule, run, 1, sayShort)
		if last := lines[len(lines)-1]; last.Symbol != "θ₂" || !slices.Equal(last.Values, theta) {
			t.Errorf("%s: explained as %v", tt.name, last)
		}
	}
}
