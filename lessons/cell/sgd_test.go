package cell

import (
	"math"
	"testing"

	"descent/optim/logistic"
)

// All batch sizes see as many examples as the run, give or take a batch, and the
// run itself is not among those beside it.
func TestRivalsSeeTheSameExamples(t *testing.T) {
	for _, order := range []string{"shuffled", "replacement", "sequential"} {
		s := run(t, "sgd", "batch=8&epochs=7&compare=1,8,30,64,all&order="+order).(*SGD)
		last, _ := s.Last()
		if len(s.Rivals) != 4 || s.Rivals[3].Batch != 100 {
			t.Fatalf("%d rivals", len(s.Rivals))
		}
		for _, r := range s.Rivals {
			seen := r.Run.Steps[r.Run.Len()-1].Examples
			if seen < last.Examples || seen >= last.Examples+r.Batch {
				t.Errorf("%s: b = %d sees %d examples, the run %d", order, r.Batch, seen, last.Examples)
			}
		}
		if rows := s.BatchRows(); len(rows) != 5 {
			t.Errorf("%s: %d rows", order, len(rows))
		}
	}
}

// The measured spread is the one of theory, for one example, for some, and 0 for
// all.
func TestCloudSpread(t *testing.T) {
	for _, query := range []string{"batch=1", "batch=8", "batch=50", "batch=8&order=replacement"} {
		s := run(t, "sgd", "epochs=0&features=3,4&"+query).(*SGD)
		for _, f := range s.Spread()[:2] {
			if math.Abs(f.Measured/f.Theory-1) > 0.15 {
				t.Errorf("%s: %s is %g, theory says %g", query, f.Name, f.Measured, f.Theory)
			}
		}
	}
	if c := run(t, "sgd", "epochs=0&batch=100").(*SGD).Cloud; c.Measured > 1e-20 || c.Theory != 0 {
		t.Errorf("all examples in one batch spread by %g; theory says %g", c.Measured, c.Theory)
	}
}

// The rate that a rising run is advised to take has been tried.
func TestAdviceOfSGD(t *testing.T) {
	for _, query := range []string{"l2=5&eta=300&epochs=40", "eta=50&batch=2&epochs=2", "scale=raw&eta=30&batch=10"} {
		s := run(t, "sgd", query).(*SGD)
		if s.Advice == 0 {
			t.Errorf("%s gives no advice: %s", query, s.Readout().Text())
			continue
		}
		tried := run(t, "sgd", query+"&eta="+csvNumber(s.Advice)).(*SGD) // the last one counts
		last, _ := tried.Last()
		if after, _ := tried.Loss(last); tried.Run.Stop.Reason == logistic.Diverged || !(after < tried.Run.Steps[0].Objective) {
			t.Errorf("%s advises η ≤ %g, with which: %s", query, s.Advice, tried.Readout().Text())
		}
	}
}

// The run of any method at its default rate falls, with the average beside it.
func TestMethodsOfSGD(t *testing.T) {
	for _, option := range sgdKind.Params.Lookup("method").Options {
		s := run(t, "sgd", "reduction=mean&epochs=30&average=true&average_from=5&method="+option.Value).(*SGD)
		last, _ := s.Last()
		mean, _, ok := s.Averaged()
		if !ok || !(last.NLL < s.Run.Steps[0].NLL) || !(mean.NLL < s.Run.Steps[0].NLL) {
			t.Errorf("%s: %s", option.Value, s.Readout().Text())
		}
		if rows := s.CSV(); len(rows[0]) != len(rows[len(rows)-1]) {
			t.Errorf("%s: rows of the CSV differ in length", option.Value)
		}
	}
}
