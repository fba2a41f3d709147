package logistic_test

import (
	"slices"
	"testing"

	"descent/optim/logistic"
)

func TestEpochs(t *testing.T) {
	const m = 10
	for _, order := range []logistic.Order{logistic.Shuffled, logistic.Sequential} {
		for batch := 1; batch <= m; batch++ {
			batches := logistic.NewBatches(m, batch, order, 1)
			var epochs [3][]int
			for e := range epochs {
				for len(epochs[e]) < m {
					rows := batches.Next()
					if want := min(batch, m-len(epochs[e])); len(rows) != want {
						t.Fatalf("%s, b = %d: a batch of %d rows, want %d", order, batch, len(rows), want)
					}
					epochs[e] = append(epochs[e], rows...)
				}
				sorted := slices.Sorted(slices.Values(epochs[e]))
				if !slices.Equal(sorted, []int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}) {
					t.Errorf("%s, b = %d: epoch %d visits %v", order, batch, e, epochs[e])
				}
			}
			if same := slices.Equal(epochs[0], epochs[1]); same != (order == logistic.Sequential) {
				t.Errorf("%s, b = %d: two epochs in the same order: %v", order, batch, same)
			}
		}
	}
}

func TestSeedDecidesTheBatches(t *testing.T) {
	deal := func(order logistic.Order, seed uint64) []int {
		batches := logistic.NewBatches(20, 6, order, seed)
		var rows []int
		for range 12 {
			rows = append(rows, batches.Next()...)
		}
		return rows
	}
	for _, order := range []logistic.Order{logistic.Shuffled, logistic.Replacement} {
		if !slices.Equal(deal(order, 3), deal(order, 3)) {
			t.Errorf("%s: the same seed deals other rows", order)
		}
		if slices.Equal(deal(order, 3), deal(order, 4)) {
			t.Errorf("%s: another seed deals the same rows", order)
		}
	}
	if !slices.Equal(deal(logistic.Sequential, 3), deal(logistic.Sequential, 4)) {
		t.Error("sequential: the seed matters")
	}
}

// Drawing m times with replacement sees about 1 − 1/e of the rows.
func TestReplacementRepeats(t *testing.T) {
	const m = 10_000
	batches := logistic.NewBatches(m, m/4, logistic.Replacement, 1)
	seen := make([]bool, m)
	for range 4 {
		rows := batches.Next()
		if len(rows) != m/4 {
			t.Fatalf("a batch of %d rows, want %d", len(rows), m/4)
		}
		for _, i := range rows {
			seen[i] = true
		}
	}
	count := 0
	for _, s := range seen {
		if s {
			count++
		}
	}
	// The standard deviation of the count is about 0.31·√m = 31.
	if want := 6321; count < want-150 || count > want+150 {
		t.Errorf("%d of %d rows seen, want about %d", count, m, want)
	}
}

// The order of a shared link must not change with a new version of Go.
func TestBatchesArePinned(t *testing.T) {
	for order, want := range map[logistic.Order][]int{
		logistic.Shuffled:    {3, 6, 2, 1, 4, 5, 7, 0},
		logistic.Replacement: {0, 3, 4, 4, 5, 6, 2, 5},
	} {
		if got := logistic.NewBatches(8, 8, order, 1).Next(); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", order, got, want)
		}
	}
}
