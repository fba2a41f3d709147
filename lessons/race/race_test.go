package race

import (
	"context"
	"math"
	"strings"
	"testing"
	"time"

	"descent/optim/param"
)

// A ticking is a clock that goes on by a millisecond whenever it is looked at, so that races are the same every time.
type ticking struct{ at time.Time }

func (t *ticking) now() time.Time {
	t.at = t.at.Add(time.Millisecond)
	return t.at
}

func values(t *testing.T, set map[string]string) param.Values {
	t.Helper()
	v, err := Kind.Params.Defaults(set)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func newRace(t *testing.T, set map[string]string) *Race {
	t.Helper()
	v := values(t, set)
	data, err := generate(context.Background(), Recipe(v), func(float64) {})
	if err != nil {
		t.Fatal(err)
	}
	r, err := New(v, data)
	if err != nil {
		t.Fatal(err)
	}
	r.now = new(ticking).now
	return r
}

// small is a race that ends within some thousand looks at the clock.
func small(over map[string]string) map[string]string {
	set := map[string]string{"rows": "2000", "cols": "3", "seconds": "0.5"}
	for name, text := range over {
		set[name] = text
	}
	return set
}

// Neither clock goes ahead of the other by more than a turn, and both are used up.
func TestTurnsAreFair(t *testing.T) {
	r := newRace(t, small(nil))
	for over := false; !over; {
		over = r.Turn()
		gap := r.runners[0].clock - r.runners[1].clock
		if gap.Abs() > slice+2*time.Millisecond {
			t.Fatalf("the clocks stand %v apart", gap)
		}
	}
	for _, each := range r.runners {
		if each.clock < r.limit || each.clock > r.limit+2*time.Millisecond {
			t.Errorf("the clock of %s stands at %v, want %v", each.name, each.clock, r.limit)
		}
	}
	if r.Turn() != true {
		t.Error("a race that is over goes on")
	}
}

// Both find the same minimum, and what is said agrees with the numbers.
func TestBothLearn(t *testing.T) {
	r := newRace(t, small(map[string]string{"eta": "0.01"}))
	start := r.State(Running)
	for !r.Turn() {
	}
	r.Finish()
	s := r.State(Finished)
	for i, each := range s.Runners {
		if !(each.Loss < start.Runners[i].Loss/2) || !each.Whole {
			t.Errorf("%s went from %g to %g", each.Name, start.Runners[i].Loss, each.Loss)
		}
		if each.Examples != each.Updates*[2]int{2000, 32}[i] && i == 0 {
			t.Errorf("%s: %d updates saw %d examples", each.Name, each.Updates, each.Examples)
		}
		if math.Abs(each.Epochs-float64(each.Examples)/2000) > 1e-12 || math.Abs(each.Rate*each.Seconds-float64(each.Examples)) > 1e-6*float64(each.Examples) {
			t.Errorf("%s: epochs %g, rate %g of %d examples in %g s", each.Name, each.Epochs, each.Rate, each.Examples, each.Seconds)
		}
		for j, seconds := range each.CurveSeconds {
			if j > 0 && !(seconds > each.CurveSeconds[j-1]) {
				t.Errorf("%s: the curve goes back in time at point %d", each.Name, j)
			}
		}
		if n := len(each.CurveSeconds); n > 300 {
			t.Errorf("%s: %d points are too many to send ten times a second", each.Name, n)
		}
	}
	if math.Abs(s.Runners[0].Loss-s.Runners[1].Loss) > 0.01 {
		t.Errorf("the losses are %g and %g: one of the two has another minimum", s.Runners[0].Loss, s.Runners[1].Loss)
	}
	text := r.State(Finished)
	said := text.Readout()
	if s.Progress != 1 || !strings.Contains(said.Text(), "The race is over.") || !strings.Contains(said.Text(), "2,000 examples") || !strings.Contains(said.Text(), "To come within 2 % of the lowest loss") {
		t.Errorf("at the end (%g) it says %q", s.Progress, said.Text())
	}
}

// What is too fast is said, never shown as NaN.
func TestTooLargeRates(t *testing.T) {
	r := newRace(t, small(map[string]string{"eta": "1000", "eta_batch": "1000", "distance": "0"}))
	for !r.Turn() {
	}
	r.Finish()
	s := r.State(Finished)
	readout := s.Readout()
	if said := readout.Text(); !strings.Contains(said, "Choose a smaller η") || strings.Contains(said, "NaN") {
		t.Errorf("it says %q", said)
	}
}

// θ that leaves the range of numbers ends that runner, and the other one goes on.
func TestLost(t *testing.T) {
	r := newRace(t, small(nil))
	r.runners[0].trainer.Theta()[1] = math.Inf(1)
	for !r.Turn() {
	}
	r.Finish()
	s := r.State(Finished)
	readout := s.Readout()
	if said := readout.Text(); !s.Runners[0].Lost || s.Runners[1].Lost || !strings.Contains(said, "Batch GD diverges") {
		t.Errorf("it says %q", said)
	}
	if s.Runners[1].Seconds < 0.5 || s.Progress != 1 {
		t.Errorf("SGD had %g s, progress %g", s.Runners[1].Seconds, s.Progress)
	}
}

// Who came near the lowest loss first is named first.
func TestNear(t *testing.T) {
	quick := Runner{Name: "SGD", CurveSeconds: []float64{0, 0.01, 0.5}, CurveLosses: []float64{1, 0.2, 0.201}}
	slow := Runner{Name: "batch GD", CurveSeconds: []float64{0, 1, 2}, CurveLosses: []float64{1, 0.5, 0.2}}
	s := State{Phase: Running, Runners: [2]Runner{slow, quick}}
	if got, want := s.near(1), "To come within 2 % of the lowest loss, SGD needed 10\u00a0ms; batch GD needed 2\u00a0s."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	s.Runners[0].CurveLosses = []float64{1, 0.5, 0.3}
	if got, want := s.near(1), "To come within 2 % of the lowest loss, SGD needed 10\u00a0ms; batch GD has not yet come so far."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if got := s.near(0.2); got != "" {
		t.Errorf("where nothing is learned it says %q", got)
	}
}

func TestWords(t *testing.T) {
	for _, test := range []struct{ got, want string }{
		{Count(1e6), "1,000,000"}, {Count(999), "999"}, {Count(12345), "12,345"},
		{Span(0.00035), "0.35\u00a0ms"}, {Span(0.012), "12\u00a0ms"}, {Span(3.42), "3.4\u00a0s"},
		{digits(0.123456, 0.001), "0.1235"}, {digits(0.1234567, 2e-6), "0.1234567"},
	} {
		if test.got != test.want {
			t.Errorf("got %q, want %q", test.got, test.want)
		}
	}
	for _, phase := range []Phase{"", Queued, Drawing, Running, Paused, Finished, Stopped, Expired, Closing} {
		s := State{Phase: phase, Place: 3}
		readout := s.Readout()
		if text := readout.Text(); text == "" || phase == Queued && !strings.Contains(text, "number 3 in the queue") {
			t.Errorf("%q says %q", phase, text)
		}
	}
}
