package dataset

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
)

// A drawing tells how far it is, and ends when nobody wants it any more.
func TestGenerateContext(t *testing.T) {
	recipe := Recipe{Shape: Gaussians, Rows: 100 * chunkRows, Cols: MinCols, Distance: 1, Seed: 1}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var told atomic.Int32
	_, err := GenerateContext(ctx, recipe, func(share float64) {
		if !(share > 0 && share <= 1) {
			t.Errorf("told a share of %g", share)
		}
		if told.Add(1) == 3 {
			cancel()
		}
	})
	if !errors.Is(err, context.Canceled) || told.Load() > 90 {
		t.Errorf("after %d of 100 chunks: %v", told.Load(), err)
	}
	told.Store(0)
	if _, err := GenerateContext(context.Background(), recipe, func(float64) { told.Add(1) }); err != nil || told.Load() != 100 {
		t.Errorf("told %d times, %v", told.Load(), err)
	}
}
