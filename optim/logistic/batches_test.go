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

// Many rows are shuffled in another way: each must come once, the same for the
// same seed, and each place must be as likely for each row.
func TestShuffleOfManyRows(t *testing.T) {
	const m = 100_000
	batches, again := logistic.NewBatches(m, m, logistic.Shuffled, 7), logistic.NewBatches(m, m, logistic.Shuffled, 7)
	var counts [10][10]int // tenth of the rows against tenth of the places
	const epochs = 4
	for range epochs {
		order := slices.Clone(batches.Next())
		if !slices.Equal(order, again.Next()) {
			t.Fatal("the same seed gives another order")
		}
		for place, row := range order {
			counts[place*10/m][row*10/m]++
		}
		slices.Sort(order)
		for i, row := range order {
			if row != i {
				t.Fatalf("row %d does not come once", i)
			}
		}
	}
	// χ² with 81 degrees of freedom has mean 81 and deviation 12.7.
	chi2 := 0.0
	for _, row := range counts {
		for _, n := range row {
			const want = epochs * m / 100
			chi2 += float64((n-want)*(n-want)) / want
		}
	}
	if chi2 < 81-50 || chi2 > 81+50 {
		t.Errorf("χ² of rows against places is %.1f, want about 81", chi2)
	}
}

func TestShuffleOfManyRowsIsPinned(t *testing.T) {
	want := []int{78994, 71472, 76270, 5079, 99940, 30201, 74556, 51440}
	if got := logistic.NewBatches(100_000, 8, logistic.Shuffled, 1).Next(); !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
