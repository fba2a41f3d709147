package race

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"descent/optim/dataset"
)

func recipe(rows int, seed uint64) dataset.Recipe {
	return dataset.Recipe{Shape: "gaussians", Rows: rows, Cols: MostCols, Distance: 3, Seed: seed}
}

func nobody(float64) {}

// instead has the store's sets made by draw.
func instead(t *testing.T, draw func(context.Context, dataset.Recipe, func(float64)) (*dataset.Set, error)) {
	usual := generate
	generate = draw
	t.Cleanup(func() { generate = usual })
}

// Many who want the same set get one that is drawn once.
func TestStoreShares(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var drawn atomic.Int32
		instead(t, func(_ context.Context, r dataset.Recipe, report func(float64)) (*dataset.Set, error) {
			drawn.Add(1)
			report(0.5)
			time.Sleep(time.Second)
			return &dataset.Set{Rows: r.Rows}, nil
		})
		var s Store
		sets, halves := make(chan *dataset.Set, 5), atomic.Int32{}
		var leases []*Lease
		for range cap(sets) {
			l := s.Reserve(recipe(1000, 1))
			leases = append(leases, l)
			go func() {
				set, err := l.Load(context.Background(), func(share float64) {
					if share == 0.5 {
						halves.Add(1)
					}
				})
				if err != nil {
					t.Error(err)
				}
				sets <- set
			}()
		}
		first := <-sets
		for range cap(sets) - 1 {
			if <-sets != first {
				t.Error("not the same set")
			}
		}
		if drawn.Load() != 1 || halves.Load() < 5*8 {
			t.Errorf("drawn %d times, progress told %d times", drawn.Load(), halves.Load())
		}
		if want := int64(1000 * (MostCols + 1) * 8); s.Bytes() != want {
			t.Errorf("%d bytes, want %d", s.Bytes(), want)
		}
		for _, l := range leases {
			l.Release()
			l.Release()
		}
		time.Sleep(idle - time.Second)
		if s.Bytes() == 0 {
			t.Error("an unused set is dropped at once")
		}
		time.Sleep(2 * time.Second)
		if s.Bytes() != 0 {
			t.Errorf("%d bytes are kept for ever", s.Bytes())
		}
	})
}

// At most two of the largest sets are alive. A third takes the place of an unused one, and waits while there is none.
func TestStoreIsBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		instead(t, func(_ context.Context, r dataset.Recipe, _ func(float64)) (*dataset.Set, error) {
			return &dataset.Set{Rows: r.Rows}, nil
		})
		most, freed := int64(0), 0
		s := Store{Changed: func(bytes int64) { most = max(most, bytes) }, Freed: func() { freed++ }}
		reserve := func(seed uint64) *Lease {
			l := s.Reserve(recipe(MostRows, seed))
			if l != nil {
				if _, err := l.Load(context.Background(), nobody); err != nil {
					t.Fatal(err)
				}
			}
			return l
		}
		a, b := reserve(1), reserve(2)
		if s.Reserve(recipe(MostRows, 3)) != nil || s.Reserve(recipe(1000, 3)) != nil {
			t.Fatal("there is room beyond the budget")
		}
		if again := reserve(1); again == nil {
			t.Fatal("a set that is alive is refused")
		} else {
			again.Release()
		}
		b.Release()
		time.Sleep(time.Second)
		a.Release()
		if freed != 2 {
			t.Errorf("told %d times of room, want 2", freed)
		}
		if c := reserve(3); c == nil { // takes the place of b, the longest unused
			t.Fatal("no room although nobody uses the others")
		}
		bytes := s.Bytes()
		if d := reserve(1); d == nil || s.Bytes() != bytes {
			t.Error("the set that was used last was dropped")
		}
		if most > Budget {
			t.Errorf("%d bytes were alive, more than %d", most, int64(Budget))
		}
	})
}

// A drawing that nobody waits for stops, and its memory counts until it has.
func TestAbandonedDrawingStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		instead(t, func(ctx context.Context, r dataset.Recipe, _ func(float64)) (*dataset.Set, error) {
			<-ctx.Done()
			time.Sleep(5 * time.Millisecond) // until it looks
			return nil, ctx.Err()
		})
		var s Store
		ctx, leave := context.WithCancel(context.Background())
		stays, goes := s.Reserve(recipe(1000, 1)), s.Reserve(recipe(1000, 1))
		result := make(chan error, 1)
		go func() { _, err := stays.Load(context.Background(), nobody); result <- err }()
		leave()
		if _, err := goes.Load(ctx, nobody); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		goes.Release()
		synctest.Wait()
		if len(result) != 0 {
			t.Fatal("one who leaves stops the drawing that another waits for")
		}
		stays.Release()
		if next := s.Reserve(recipe(1000, 1)); next.entry == stays.entry {
			t.Error("a race joins a drawing that stops")
		} else {
			next.Release()
		}
		if s.Bytes() == 0 {
			t.Error("memory in use is not counted")
		}
		if err := <-result; err == nil {
			t.Error("the drawing ended well")
		}
		synctest.Wait()
		if s.Bytes() != 0 {
			t.Errorf("%d bytes are left", s.Bytes())
		}
	})
}
