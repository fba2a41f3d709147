package cell

import (
	"context"
	"math"
	"net/url"
	"slices"
	"testing"

	"descent/optim/param"
)

func noiseFor(t *testing.T, query string, page Page) *Noise {
	t.Helper()
	q, err := url.ParseQuery(query)
	if err != nil {
		t.Fatal(err)
	}
	v, unknown, errs := noiseKind.Params.Parse(q, param.Values{})
	if len(errs)+len(unknown) > 0 {
		t.Fatal(errs, unknown)
	}
	r, err := noiseKind.RunFor(context.Background(), v, page)
	if err != nil {
		t.Fatal(err)
	}
	return r.(*Noise)
}

// The measured floor is proportional to η and 1/b, as theory has it; with sums b
// makes no difference; shuffled it is far lower.
func TestNoiseFloor(t *testing.T) {
	const petals = "features=3,4&reduction=mean&seed=3&"
	for _, query := range []string{petals + "eta=0.4&batch=1", petals + "eta=0.2&batch=1", petals + "eta=0.8&batch=4", "features=3,4&seed=3&eta=0.1&batch=4"} {
		n := run(t, "noise", query).(*Noise)
		if f := n.Here; math.Abs(f.Drawn/f.Theory-1) > 0.3 || f.Shuffled > f.Drawn/2 {
			t.Errorf("%s: %+v", query, f)
		}
	}
	n := run(t, "noise", petals+"eta=0.4&batch=1").(*Noise)
	if slope := n.slope(); math.Abs(slope-1) > 0.2 {
		t.Errorf("the floor grows as η^%.2f", slope)
	}
	if n.Here.Theory != n.Floor {
		t.Errorf("the run's floor is %g, that of the picture %g", n.Floor, n.Here.Theory)
	}
}

// A point of the map is the run at its values, and the batch sizes go from 1 to
// all examples.
func TestNoiseMap(t *testing.T) {
	n := run(t, "noise", "over=plane&reduction=mean&epochs=3").(*Noise)
	s := n.Survey
	if !slices.IsSorted(s.Batches) || s.Batches[0] != 1 || s.Batches[len(s.Batches)-1] != 100 || len(slices.Compact(slices.Clone(s.Batches))) != len(s.Batches) {
		t.Fatalf("batch sizes %v", s.Batches)
	}
	for _, i := range []int{0, 31, len(s.Losses) - 1} {
		at := run(t, "noise", "over=plane&reduction=mean&epochs=3&eta="+param.Format(s.Eta(i))+"&batch="+param.Format(float64(s.Batch(i)))).(*Noise)
		last, _ := at.Last()
		if loss, _ := at.Loss(last); math.Abs(loss-s.Losses[i]) > 1e-9*loss {
			t.Errorf("η = %g, b = %d: the run ends at %g, the map says %g", s.Eta(i), s.Batch(i), loss, s.Losses[i])
		}
		if at.Survey != s {
			t.Error("the map was made again for another point of it")
		}
	}
	best, full := s.Best(0), s.Best(100)
	if best < 0 || full < 0 || s.Batch(full) != 100 || s.Losses[best] > s.Losses[full] {
		t.Errorf("best %d, of full batch %d", best, full)
	}
}

// A map that takes long comes as a sketch, and fine to a page that waits, after
// which the fine one is at hand.
func TestNoiseSketch(t *testing.T) {
	const query = "over=plane&data=generated&rows=3000&cols=4&epochs=1&seed=11"
	first := noiseFor(t, query, Page{})
	if !first.Survey.Sketch {
		t.Fatalf("a map of %d runs at once", len(first.Survey.Losses))
	}
	fine := noiseFor(t, query, Page{Waits: true})
	if fine.Survey.Sketch || len(fine.Survey.Losses) <= len(first.Survey.Losses) || fine.SurveyKey() == first.SurveyKey() {
		t.Errorf("the fine map has %d runs, the sketch %d", len(fine.Survey.Losses), len(first.Survey.Losses))
	}
	if again := noiseFor(t, query+"&eta=0.5", Page{}); again.Survey != fine.Survey {
		t.Error("another point of a fine map has a sketch")
	}
}

// The dearest surveys keep to their price and say so.
func TestNoiseIsBounded(t *testing.T) {
	big := run(t, "sgd", "data=generated&rows=20000&cols=20&epochs=1&batch=64").(*SGD)
	for _, plane := range []bool{false, true} {
		v, _, _ := noiseKind.Params.Parse(url.Values{"data": {"generated"}, "rows": {"20000"}, "cols": {"20"}, "epochs": {"1000"}, "batch": {"64"}}, param.Values{})
		r := *big.Regression
		r.Values = v
		n := &Noise{Plane: plane, SGD: &SGD{Regression: &r, Method: big.Method}}
		plan := n.plan(mapCost)
		if plan.Epochs >= 1000 || n.cost(plan) > mapCost {
			t.Errorf("plane %v: %d epochs, %d rates, %d seeds cost %g ns", plane, plan.Epochs, plan.NX, plan.Seeds, n.cost(plan))
		}
	}
}
