package cell

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"

	"descent/optim"
	"descent/optim/param"
)

// runFor makes a map for a page that shows the pictures of these keys.
func runFor(t *testing.T, query string, waits bool, shown ...string) *Basins {
	t.Helper()
	values, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	v, _, errs := basinsKind.Params.Parse(values, param.Values{})
	if len(errs) > 0 {
		t.Fatal(errs)
	}
	r, err := basinsKind.RunFor(context.Background(), v, Page{Waits: waits, Shows: func(key string) bool { return slices.Contains(shown, key) }})
	if err != nil {
		t.Fatal(err)
	}
	return r.(*Basins)
}

// A dear map comes as a sketch first; one that the page shows is not made again,
// wherever the start is; and who waits gets what the page would have had.
func TestMapsComeInTwoGrades(t *testing.T) {
	const dear = "f=himmelblau&steps=2000&tol=0&method=adam&eta=0.05"
	sketch := runFor(t, dear, false)
	if !sketch.Sketch || sketch.Map == nil || sketch.Map.Block == 1 || !strings.Contains(strings.Join(sketch.MapWords(), " "), "sketch of 16 starts") {
		t.Fatalf("sketch %v: %v", sketch.Sketch, sketch.MapWords())
	}
	fine := runFor(t, dear, true, sketch.MapKey())
	whole := run(t, "basins", dear).(*Basins)
	if fine.Sketch || fine.MapKey() == sketch.MapKey() || fine.MapKey() != whole.MapKey() || !slices.Equal(fine.Map.Reached, whole.Map.Reached) {
		t.Error("the fine map is not that of a whole page")
	}
	for _, tt := range []struct {
		shown  *Basins
		sketch bool
	}{{sketch, true}, {fine, false}} {
		moved := runFor(t, dear+"&x=2&y=1", false, tt.shown.MapKey())
		if moved.Map != nil || moved.Sketch != tt.sketch || moved.MapKey() != tt.shown.MapKey() || moved.MapWords() != nil {
			t.Errorf("over a map with key %s: map %v, sketch %v, words %v", tt.shown.MapKey(), moved.Map != nil, moved.Sketch, moved.MapWords())
		}
		if len(moved.Points) != len(whole.Points) || moved.Readout().Headline == "" {
			t.Errorf("%d critical points, %q", len(moved.Points), moved.Readout().Text())
		}
	}
	if other := runFor(t, dear+"&beta1=0.5", false, sketch.MapKey(), fine.MapKey()); other.Map == nil {
		t.Error("other values need another map")
	}
	if again := runFor(t, dear, true, fine.MapKey()); again.Map == nil {
		t.Error("who waits gets a map")
	}
	if cheap := runFor(t, "f=double-well", false); cheap.Sketch || cheap.Map.Block != 1 {
		t.Error("a map that costs little comes at once")
	}
}

// A minimum has one colour, in a sketch that may not have found it as in the fine
// map.
func TestColoursOfMapsStay(t *testing.T) {
	const query = "f=rastrigin&steps=1000&tol=0&eta=0.002"
	sketch, fine := runFor(t, query, false), runFor(t, query, true)
	if !sketch.Sketch {
		t.Fatal("no sketch to compare")
	}
	colours := func(b *Basins) map[[2]float64]int {
		list := map[[2]float64]int{}
		for cell, at := range b.Map.Reached {
			if at >= 0 {
				p := b.Map.Attractors[at].Theta
				list[[2]float64{p[0], p[1]}] = b.Outcomes()[cell]
			} else if got := b.Outcomes()[cell]; got != at || at != optim.Unsettled && at != optim.Escaped {
				t.Fatalf("cell %d: %d became %d", cell, at, got)
			}
		}
		return list
	}
	before, after := colours(sketch), colours(fine)
	seen := map[int]bool{}
	for at, colour := range after {
		if seen[colour] {
			t.Errorf("two minima have colour %d", colour)
		}
		seen[colour] = true
		if was, ok := before[at]; ok && was != colour {
			t.Errorf("the minimum at %v changes from colour %d to %d", at, was, colour)
		}
	}
	if len(before) < 4 || len(after) < len(before) {
		t.Errorf("%d minima in the sketch, %d in the map", len(before), len(after))
	}
}
