package optim

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

func doubleWell(t *testing.T) (*Function, []Valley) {
	t.Helper()
	f, ok := Lookup("double-well")
	if !ok {
		t.Fatal("no double well")
	}
	return f, Valleys(f.CriticalPoints(context.Background(), f.Window))
}

func TestTiltsAddUpToZero(t *testing.T) {
	for m := 2; m < 12; m++ {
		sum, tilts := 0.0, Tilts(m, 2)
		for _, c := range tilts {
			sum += c
		}
		if tilts[0] != 2 || tilts[m-1] != -2 || math.Abs(sum) > 1e-12 {
			t.Errorf("%d tilts: %v", m, tilts)
		}
	}
}

// The double well has two valleys, which a maximum at 0.0757 parts.
func TestValleys(t *testing.T) {
	f, valleys := doubleWell(t)
	if len(valleys) != 2 || Deepest(valleys) != 0 || !math.IsInf(valleys[0].From, -1) || !math.IsInf(valleys[1].To, 1) ||
		valleys[0].To != valleys[1].From || math.Abs(valleys[0].To-0.0757) > 1e-3 {
		t.Fatalf("%+v", valleys)
	}
	for theta, want := range map[float64]int{-100: 0, 0: 0, 0.1: 1, 100: 1} {
		if got := ValleyAt(valleys, theta); got != want {
			t.Errorf("%g lies in valley %d, want %d", theta, got, want)
		}
	}
	if ValleyAt(valleys, math.NaN()) != -1 || ValleyAt(nil, 0) != -1 || Deepest(nil) != -1 {
		t.Error("a valley without a place")
	}
	unparted := Valleys([]CriticalPoint{{Theta: []float64{2}, Kind: Minimum}, {Theta: []float64{0}, Kind: Minimum}})
	if len(unparted) != 2 || unparted[0].To != 1 || unparted[1].From != 1 {
		t.Errorf("minima of %s without a maximum between: %+v", f.Title, unparted)
	}
}

// Full-batch descent is that of Minimize; a batch of all examples is full-batch
// descent to rounding.
func TestWalkWithoutNoise(t *testing.T) {
	f, _ := doubleWell(t)
	e := Escape{f, Tilts(4, 2), 0.05, 80}
	want := Minimize(context.Background(), f.Objective(), gd{}, Config{Start: []float64{1.8}, Eta: 0.05, Steps: 80})
	if got := e.Walk(1.8, nil); !slices.Equal(got, want.Thetas) {
		t.Errorf("full batch: %v, Minimize: %v", got, want.Thetas)
	}
	all := e.Walk(1.8, func() []int { return []int{0, 1, 2, 3} })
	for k, v := range all {
		if math.Abs(v-want.Thetas[k]) > 1e-12 {
			t.Fatalf("step %d: %v, want %v", k, v, want.Thetas[k])
		}
	}
	e.Eta = 1
	if far := e.Walk(1.8, nil); finite(far[len(far)-1]) || len(far) > 20 {
		t.Errorf("η = 1 ends at %v after %d steps", far[len(far)-1], len(far)-1)
	}
}

func draws(m int) func(i int) Batches {
	return func(i int) Batches {
		random, batch := rand.New(rand.NewPCG(uint64(i), 1)), make([]int, 1)
		return func() []int { batch[0] = random.IntN(m); return batch }
	}
}

// From the shallow valley full-batch descent never gets out; single examples carry
// most runs over, and some back.
func TestEscape(t *testing.T) {
	f, valleys := doubleWell(t)
	starts := make([]float64, 200)
	for i := range starts {
		starts[i] = 0.96
	}
	e := Escape{f, Tilts(2, 2), 0.15, 200}
	batch, err := e.Land(context.Background(), valleys, starts, nil)
	if err != nil || batch.In(1) != 200 || batch.Left != 0 {
		t.Errorf("full batch: %d stay, %d left, %v", batch.In(1), batch.Left, err)
	}
	sgd, err := e.Land(context.Background(), valleys, starts, draws(2))
	if err != nil || sgd.In(0) < 100 || sgd.In(0)+sgd.In(1) != 200 || sgd.Left == 0 || sgd.Left > sgd.In(1) {
		t.Errorf("single examples: %d, %d, %d left, %v", sgd.In(0), sgd.In(1), sgd.Left, err)
	}
	again, _ := e.Land(context.Background(), valleys, starts, draws(2))
	if again.Left != sgd.Left || !slices.Equal(sgd.Ends, again.Ends) {
		t.Error("the same runs end elsewhere")
	}
	for _, i := range []int{0, 7, 199} {
		thetas := e.Walk(starts[i], draws(2)(i))
		if ValleyAt(valleys, thetas[len(thetas)-1]) != sgd.Ends[i] {
			t.Errorf("run %d walks elsewhere", i)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := e.Land(ctx, valleys, starts, draws(2)); !errors.Is(err, context.Canceled) {
		t.Errorf("a context that ended: %v", err)
	}
}
