package optim

import (
	"context"
	"errors"
	"testing"
)

// A map that is cancelled before any run has ended answers the context's error.
func TestBasinsCancelledEarly(t *testing.T) {
	f := resolve(t, "x^y^x^y") // no critical point to know beforehand
	m := FindMethod("bfgs")
	v, err := m.Params.Defaults(nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = FindBasins(ctx, f, m.New(v), Config{Eta: 1, Steps: 10}, Window{-5, 5, -5, 5}, 8, 8)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
