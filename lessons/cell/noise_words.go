package cell

import (
	"fmt"
	"math"

	"descent/optim/logistic"
)

// What a Noise says of itself: the chosen point, all others, and what theory says.

// Readout implements [Result].
func (n *Noise) Readout() Readout {
	var r Readout
	if n.Plane {
		r = n.sayPlane()
	} else {
		r = n.sayFloor()
	}
	if n.Survey.Epochs < n.Values.Int("epochs") {
		r.Sentences = append(r.Sentences, fmt.Sprintf("The runs take long, so each makes only %s.", plural(n.Survey.Epochs, "epoch")))
	}
	return r
}

// sayFloor says how high the floor is at the chosen rate, and how it depends on η.
func (n *Noise) sayFloor() Readout {
	f, b := n.Here, n.Values.Int("batch")
	point := fmt.Sprintf("η = %s, b = %d: ", say(f.Eta), b)
	if math.IsInf(f.Drawn, 1) {
		return Readout{Bad, point + "diverges.", []string{"Try a smaller η."}}
	}
	if b == n.Data.Rows && n.Values.Text("order") != "replacement" {
		return Readout{Plain, point + "no noise.", []string{"A batch of all examples has the full gradient. Drawn with replacement, it would stay " + say(f.Drawn) + " above the minimum."}}
	}
	r := Readout{Tone: Plain, Headline: fmt.Sprintf("%sstays %s above the minimum.", point, say(f.Drawn))}
	r.Sentences = append(r.Sentences, fmt.Sprintf("That is the mean of %s drawn with replacement over the second half of %s, from the minimum on. Shuffled anew in each epoch, the loss is %s above it at the ends of epochs.",
		plural(n.Survey.Seeds, "run"), plural(n.Survey.Epochs, "epoch"), say(f.Shuffled)))
	if !math.IsNaN(f.Theory) {
		r.Sentences = append(r.Sentences, fmt.Sprintf("Theory for small η, drawn with replacement: %s. It is proportional to η and to 1/b: half of η is half of the floor.", say(f.Theory)))
		if n.Values.Text("reduction") == "sum" {
			r.Sentences[len(r.Sentences)-1] = fmt.Sprintf("Theory for small η, drawn with replacement: %s. It is proportional to η; with sums a larger b makes longer steps, and does not lower it.", say(f.Theory))
		}
	}
	if slope := n.slope(); !math.IsNaN(slope) {
		r.Sentences = append(r.Sentences, fmt.Sprintf("Over the picture’s smaller rates the floor grows as η to the power %.2f.", slope))
	}
	return r
}

// slope is the exponent of the measured floor over the lower two thirds of the
// rates, by least squares on logarithms; NaN where there is none.
func (n *Noise) slope() float64 {
	var count, x, y, xx, xy float64
	for _, f := range n.Survey.Floors[:2*len(n.Survey.Floors)/3] {
		if f.Drawn > 0 && !math.IsInf(f.Drawn, 1) {
			u, v := math.Log(f.Eta), math.Log(f.Drawn)
			count, x, y, xx, xy = count+1, x+u, y+v, xx+u*u, xy+u*v
		}
	}
	if count < 3 {
		return math.NaN()
	}
	return (count*xy - x*y) / (count*xx - x*x)
}

// sayPlane says where the chosen run ends, and which run of the map ends lowest.
func (n *Noise) sayPlane() Readout {
	last, _ := n.Last()
	loss, name := n.Loss(last)
	point := fmt.Sprintf("η = %s, b = %d: ", say(n.Values.Float("eta")), n.Values.Int("batch"))
	r := Readout{Tone: Plain, Headline: fmt.Sprintf("%s%s %s after %d examples.", point, name, say(loss), last.Examples)}
	first, _ := n.Loss(n.Run.Steps[0])
	switch {
	case n.Run.Stop.Reason == logistic.Diverged:
		r = Readout{Tone: Bad, Headline: point + "diverges."}
	case loss > first:
		r.Tone = Bad
		r.Sentences = append(r.Sentences, "That is more than at the start: the steps are too long.")
	}
	s := n.Survey
	at := func(i int) string {
		return fmt.Sprintf("η = %s, b = %d, with %s", say(roundTo(s.Eta(i), 2)), s.Batch(i), say(s.Losses[i]))
	}
	if best := s.Best(0); best >= 0 {
		r.Sentences = append(r.Sentences, fmt.Sprintf("Of the %d runs of the map the lowest is about %s.", len(s.Losses), at(best)))
		if full := s.Best(n.Data.Rows); full >= 0 && s.Batch(best) != n.Data.Rows {
			r.Sentences = append(r.Sentences, fmt.Sprintf("The best of full batch on as many examples: %s.", at(full)))
		}
	} else {
		r.Sentences = append(r.Sentences, "Every run of the map diverges.")
	}
	r.Sentences = append(r.Sentences, n.compare())
	if n.Survey.Sketch {
		r.Sentences = append(r.Sentences, "The map is a sketch; the fine one follows.")
	}
	return r
}
