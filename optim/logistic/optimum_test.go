package logistic_test

import (
	"context"
	"errors"
	"math"
	"slices"
	"testing"

	"descent/optim/dataset"
	"descent/optim/logistic"
)

// line is a model of one feature.
func line(x, y []float64, l2 float64) *logistic.Model {
	return model(&dataset.Set{X: x, Y: y, Rows: len(x), Cols: 1}, l2)
}

func TestSeparability(t *testing.T) {
	const (
		overlap  = "overlap"
		separate = "separable"
		touch    = "touching"
		unknown  = "undecided"
	)
	irisRaw := model(dataset.Iris(), 0)
	for _, test := range []struct {
		name  string
		model *logistic.Model
		want  string
	}{
		{"iris standardised", iris(0), overlap},
		{"iris raw", irisRaw, overlap},
		{"clouds 2 apart", clouds(t, 200, 2), overlap},
		{"clouds 10 apart", clouds(t, 200, 10), separate},
		{"clouds 1000 apart", clouds(t, 200, 1000), separate},
		{"two points", clouds(t, 2, 0), separate},
		{"a gap", line([]float64{1, 2, 3, 4}, []float64{0, 0, 1, 1}, 0), separate},
		{"a gap, the other way", line([]float64{1, 2, 3, 4}, []float64{1, 1, 0, 0}, 0), separate},
		{"a gap of 1e-9", line([]float64{1, 2, 2 + 1e-9, 4}, []float64{0, 0, 1, 1}, 0), separate},
		{"an overlap of 1e-6", line([]float64{1, 2 + 1e-6, 2, 4}, []float64{0, 0, 1, 1}, 0), overlap},
		{"a shared point", line([]float64{1, 2, 2, 4}, []float64{0, 0, 1, 1}, 0), touch},
		{"a shared point at 1/3", line([]float64{1. / 7, 1. / 3, 1. / 3, 1}, []float64{0, 0, 1, 1}, 0), touch},
		{"shared by one class on both sides", line([]float64{1, 2, 2, 3}, []float64{0, 0, 1, 0}, 0), overlap},
		{"points on one line", model(&dataset.Set{ // y = 1 above the line x₂ = x₁, and mixed on it
			X: []float64{0, 0, 1, 1, 2, 2, 3, 3, 1, 3, 2, 0}, Y: []float64{0, 1, 0, 1, 1, 0}, Rows: 6, Cols: 2}, 0), touch},
		{"exclusive or", model(&dataset.Set{
			X: []float64{0, 0, 0, 1, 1, 0, 1, 1}, Y: []float64{0, 1, 1, 0}, Rows: 4, Cols: 2}, 0), overlap},
		{"one point, both labels", line([]float64{2, 2}, []float64{0, 1}, 0), overlap},
		{"only ones", line([]float64{1, 5}, []float64{1, 1}, 0), separate},
		{"only zeros, penalised", line([]float64{1, 5}, []float64{0, 0}, 1), separate},
		{"a gap, penalised", line([]float64{1, 2, 3, 4}, []float64{0, 0, 1, 1}, 0.1), overlap},
		{"values that overflow", line([]float64{1e200, -1e200, 3e200, 2e200}, []float64{0, 1, 0, 1}, 0), unknown},
	} {
		got, err := test.model.Optimum(context.Background())
		verdict := overlap
		switch {
		case errors.Is(err, logistic.ErrUndecided):
			verdict = unknown
		case err != nil:
			t.Errorf("%s: %v", test.name, err)
		case got.Touching:
			verdict = touch
		case got.Separable:
			verdict = separate
		}
		if verdict != test.want {
			t.Errorf("%s: %s, want %s: %+v", test.name, verdict, test.want, got)
			continue
		}
		switch verdict {
		case separate:
			// Every row right by the length of θ alone: the accuracy of the direction.
			if accuracy := test.model.Accuracy(got.Direction); accuracy != 1 || got.Theta != nil {
				t.Errorf("%s: the direction %v has accuracy %v", test.name, got.Direction, accuracy)
			}
		case overlap:
			if !(got.GradientNorm < 1e-8) {
				t.Errorf("%s: gradient of norm %g at %v", test.name, got.GradientNorm, got.Theta)
			}
		}
		if got.Direction != nil && math.Abs(norm(got.Direction)-1) > 1e-14 {
			t.Errorf("%s: the direction %v has length %v", test.name, got.Direction, norm(got.Direction))
		}
	}
}

func norm(v []float64) float64 {
	sum := 0.0
	for _, x := range v {
		sum += x * x
	}
	return math.Sqrt(sum)
}

// On one feature with values 0 to 4 the truth is plain to see: the data overlap
// unless one class ends before, or where, the other begins.
func TestSeparabilityOfAllSmallSets(t *testing.T) {
	const values, rows = 4, 4
	for code := range 1 << (3 * rows) {
		x, y := make([]float64, rows), make([]float64, rows)
		ends := [2][2]float64{{values, -1}, {values, -1}} // least and greatest of each class
		for i := range rows {
			part := code >> (3 * i)
			label := part >> 2 & 1
			x[i], y[i] = float64(part%values), float64(label)
			ends[label][0], ends[label][1] = min(ends[label][0], x[i]), max(ends[label][1], x[i])
		}
		gap := max(ends[0][0]-ends[1][1], ends[1][0]-ends[0][1])
		// With all x equal, a gap of 0 is no separation: nothing moves.
		flat := slices.Min(x) == slices.Max(x)
		got, err := line(x, y, 0).Optimum(context.Background())
		if err != nil {
			t.Fatalf("%v %v: %v", x, y, err)
		}
		if want := gap > 0 || gap == 0 && !flat; got.Separable != want || got.Touching != (want && gap == 0) {
			t.Errorf("%v %v: %+v, want separable %v with a gap of %g", x, y, got, want, gap)
		}
	}
}

func TestUndeterminedWeights(t *testing.T) {
	s, _ := dataset.Iris().Scaled(dataset.Standard)
	wide := &dataset.Set{Rows: s.Rows, Cols: 7, Y: s.Y} // 0, four features, a sum of two, 3
	for i := range s.Rows {
		row := s.Row(i)
		wide.X = append(append(append(wide.X, 0), row...), row[0]+row[1], 3)
	}
	got, err := model(wide, 0).Optimum(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if want := []int{1, 6, 7}; !slices.Equal(got.Free, want) {
		t.Errorf("columns %v are undetermined, want %v", got.Free, want)
	}
	for _, j := range got.Free {
		if got.Theta[j] != 0 {
			t.Errorf("the undetermined weight %d is %v, want 0", j, got.Theta[j])
		}
	}
	if want := 5.949273395679421; !near(got.NLL, want, 1e-12) {
		t.Errorf("NLL %v, want %v", got.NLL, want)
	}
	if penalised, err := model(wide, 1).Optimum(context.Background()); err != nil || penalised.Free != nil || !(penalised.GradientNorm < 1e-10) {
		t.Errorf("with a penalty: %+v, %v; want every weight determined", penalised, err)
	}
}

func TestOptimumCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := iris(0).Optimum(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
}

func BenchmarkOptimum(b *testing.B) {
	m := iris(0)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := m.Optimum(context.Background()); err != nil {
			b.Fatal(err)
		}
	}
}
