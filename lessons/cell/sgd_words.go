package cell

import (
	"context"
	"fmt"
	"math"
	"strings"

	"descent/optim/logistic"
)

// What stochastic gradient descent says of itself: where it ends, what full-batch
// descent makes of as many examples, and why it does not settle.

// Readout implements [Result].
func (s *SGD) Readout() Readout {
	if s.Run.Stop.Reason == logistic.Diverged {
		return Readout{Bad, "Diverges.", append([]string{fmt.Sprintf("At update %d the numbers become too large.", s.Run.Stop.K)}, s.sayAdvice()...)}
	}
	last, _ := s.Last()
	loss, name := s.Loss(last)
	if last.K == 0 {
		return Readout{Plain, fmt.Sprintf("Before the first update the %s is %s.", name, say(loss)), []string{s.Cloud.Words()}}
	}
	first, _ := s.Loss(s.Run.Steps[0])
	r := Readout{Tone: Plain, Headline: fmt.Sprintf("After %s on %d examples the %s is %s.", plural(last.K, "update"), last.Examples, name, say(loss))}
	if loss > first {
		r.Tone = Bad
		r.Sentences = append(r.Sentences, fmt.Sprintf("That is more than at the start, %s: the steps are too long.", say(first)))
		r.Sentences = append(r.Sentences, s.sayAdvice()...)
	}
	if s.Values.Int("batch") < s.Data.Rows {
		r.Sentences = append(r.Sentences, s.sayFull())
	}
	r.Sentences = append(r.Sentences, s.compare())
	if loss <= first {
		r.Sentences = append(r.Sentences, s.sayEnd()...)
	}
	if step, _, ok := s.Averaged(); ok {
		mean, _ := s.Loss(step)
		r.Sentences = append(r.Sentences, fmt.Sprintf("The mean of the iterates has %s.", say(mean)))
	}
	return r
}

// sayFull is what full-batch descent makes of as many examples.
func (s *SGD) sayFull() string {
	last := s.Batch.Steps[s.Batch.Len()-1]
	if s.Batch.Stop.Reason == logistic.Diverged {
		return fmt.Sprintf("Full-batch descent with the same η diverges at update %d.", s.Batch.Stop.K)
	}
	loss, _ := s.Loss(last)
	return fmt.Sprintf("Full-batch descent with the same η: %s on %d examples, and %s.", plural(last.K, "update"), last.Examples, say(loss))
}

// Words says how far mini-batch gradients are from the full one.
func (c *Cloud) Words() string {
	return fmt.Sprintf("Mini-batch gradients lie around the full gradient at a root-mean-square distance of %s; theory says %s.",
		say(math.Sqrt(c.Measured)), say(math.Sqrt(c.Theory)))
}

// A Spread is a figure of the cloud beside what theory says.
type Spread struct {
	Name             string
	Measured, Theory float64
}

// Spread are the figures of the cloud: over all coordinates and on the two axes.
// There is one, since the run has not diverged.
func (s *SGD) Spread() []Spread {
	c, w := s.Cloud, s.Weights()
	all := []Spread{
		{"variance, all coordinates", c.Measured, c.Theory},
		{"root-mean-square distance", math.Sqrt(c.Measured), math.Sqrt(c.Theory)},
	}
	share := 0.0 // of a single row's variance that a batch has
	if v := c.Noise.Variance(); v > 0 {
		share = c.Theory / v
	}
	for i, values := range [][]float64{c.X, c.Y} {
		mean, square := 0.0, 0.0
		for _, v := range values {
			mean += v / float64(len(values))
		}
		for _, v := range values {
			square += (v - mean) * (v - mean) / float64(len(values))
		}
		name, _, _ := strings.Cut(s.Data.Features[s.Axes[i]], " (")
		all = append(all,
			Spread{"mean in the weight of " + name, mean, c.Full[i]},
			Spread{"standard deviation there", math.Sqrt(square), math.Sqrt(share * c.Noise.Covariance[w[i]*c.Noise.Dim+w[i]])})
	}
	return all
}

// sayEnd says of a run that has come down whether it has settled, and why not.
func (s *SGD) sayEnd() []string {
	if !s.Known || s.Optimum.Separable {
		return nil
	}
	before, after := s.excess(0.5, 0.75), s.excess(0.75, 1)
	start, _ := s.Loss(s.Run.Steps[0])
	switch {
	case math.IsNaN(before): // too few records to tell
		return nil
	case after <= 1e-4*(start-s.Optimum.Objective):
		return []string{"It is there, for the eye."}
	case after < 0.8*before && !(after < 2*s.Floor) || s.Values.Int("batch") == s.Data.Rows:
		return []string{"It is still on the way down: more epochs help."}
	case math.IsNaN(s.Floor):
		return []string{fmt.Sprintf("Over the last quarter it is %s above that on average.", say(after))}
	case after > 4*s.Floor:
		return []string{"It is still on the way down, slowly: a larger η or more epochs help."}
	}
	words := []string{fmt.Sprintf("It does not settle: over the last quarter it is %s above that on average. At the minimum the full gradient is zero, but single examples still pull, each in its own direction.", say(after))}
	if s.Values.Text("average") != "true" {
		return append(words, "Try a smaller η, a larger b, a schedule that lowers η, or the average.")
	}
	return words
}

// leastRecords is how many records a quarter of a run needs before it is judged.
const leastRecords = 5

// excess is how far the loss is above the optimum on average over a part of the
// run's updates, from 0 to 1; NaN where there are too few records.
func (s *SGD) excess(from, to float64) float64 {
	n := s.Run.Len() - 1
	lo, hi := int(math.Round(from*float64(n)))+1, int(math.Round(to*float64(n)))
	if hi-lo+1 < leastRecords {
		return math.NaN()
	}
	sum := 0.0
	for _, step := range s.Run.Steps[lo : hi+1] {
		loss, _ := s.Loss(step)
		sum += loss - s.Optimum.Objective
	}
	return sum / float64(hi-lo+1)
}

// sayAdvice is a rate that was tried and ends below the start.
func (s *SGD) sayAdvice() []string {
	if s.Advice > 0 {
		return []string{"Try η ≤ " + say(s.Advice) + "."}
	}
	return []string{"Try a smaller η."}
}

// advise tries smaller rates on the same batches until a run ends below its start;
// 0 where none of those tried does, or none is needed.
func (s *SGD) advise(ctx context.Context) (float64, error) {
	first, _ := s.Loss(s.Run.Steps[0])
	last, _ := s.Last()
	if loss, _ := s.Loss(last); s.Run.Stop.Reason != logistic.Diverged && loss <= first {
		return 0, nil
	}
	updates := s.Updates()
	const tries, cost = 8, 2e8 // numbers visited
	if visited := float64(updates) * float64(s.Values.Int("batch")*s.Model.Dim()); tries*visited > cost {
		return 0, nil
	}
	c := s.config(s.Values.Int("batch"), updates)
	c.Average = false
	for range tries {
		c.Eta = floorTo(c.Eta / 4)
		c.Every = max(1, updates)
		run, err := logistic.Train(ctx, s.Model, c)
		if err != nil {
			return 0, err
		}
		if loss, _ := s.Loss(run.Steps[run.Len()-1]); run.Stop.Reason != logistic.Diverged && loss < first {
			return c.Eta, nil
		}
	}
	return 0, nil
}

// BatchRow is what a batch size has come to, for a table.
type BatchRow struct {
	Label          string
	Updates, Seen  int
	Loss, Accuracy float64 // Accuracy is from 0 to 1
	Diverged       bool
}

// BatchRows are the run, those beside it, full-batch descent where it is not among
// them, and the average.
func (s *SGD) BatchRows() []BatchRow {
	row := func(label string, step logistic.Step, stop logistic.Stop) BatchRow {
		loss, _ := s.Loss(step)
		return BatchRow{label, step.K, step.Examples, loss, step.Accuracy, stop.Reason == logistic.Diverged}
	}
	rows := []BatchRow{row(s.batchLabel(s.Values.Int("batch")), s.Run.Steps[s.Run.Len()-1], s.Run.Stop)}
	full := s.Values.Int("batch") == s.Data.Rows
	for _, r := range s.Rivals {
		rows = append(rows, row(r.Label, r.Run.Steps[r.Run.Len()-1], r.Run.Stop))
		full = full || r.Batch == s.Data.Rows
	}
	if !full {
		rows = append(rows, row(s.batchLabel(s.Data.Rows), s.Batch.Steps[s.Batch.Len()-1], s.Batch.Stop))
	}
	if step, _, ok := s.Averaged(); ok {
		rows = append(rows, row("average", step, s.Run.Stop))
	}
	return rows
}
