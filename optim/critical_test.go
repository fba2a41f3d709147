package optim

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"testing"
)

// Every stationary point that an independent system found at 50 digits is
// found, with its kind and value; where that list is complete nothing else is.
func TestCriticalPointsAgainstReference(t *testing.T) {
	text, err := os.ReadFile("testdata/stationary.json")
	if err != nil {
		t.Fatal(err)
	}
	var reference map[string]struct {
		All    bool
		Points []struct {
			Theta []float64
			Loss  float64
			Kind  string
			Kink  bool
		}
	}
	if err := json.Unmarshal(text, &reference); err != nil {
		t.Fatal(err)
	}
	for id, want := range reference {
		f, ok := Lookup(id)
		if !ok {
			t.Fatalf("no function %s", id)
		}
		w := f.Window
		if !want.All { // some of the points lie outside
			w = Window{-4, 4, -4, 4}
		}
		found := f.CriticalPoints(context.Background(), w)
		if want.All && len(found) != len(want.Points) {
			t.Errorf("%s: %d points found, the reference has %d", id, len(found), len(want.Points))
		}
		for _, p := range want.Points {
			matched := false
			for _, q := range found {
				matched = matched || Distance(p.Theta, q.Theta) <= 1e-9*(1+Norm(p.Theta)) &&
					math.Abs(p.Loss-q.Loss) <= 1e-9*(1+math.Abs(p.Loss)) && p.Kind == q.Kind
			}
			if !matched {
				t.Errorf("%s: the %s at %v was not found", id, p.Kind, p.Theta)
			}
			if at := f.At(p.Theta); at.Kind != p.Kind && !p.Kink {
				t.Errorf("%s: At(%v) says %s, want %s", id, p.Theta, at.Kind, p.Kind)
			}
		}
	}
}

func TestCriticalPointsStopWithTheContext(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	f, _ := Lookup("rastrigin")
	if n := len(f.CriticalPoints(ctx, f.Window)); n > len(f.Minima) {
		t.Errorf("%d points after the context ended", n)
	}
}
