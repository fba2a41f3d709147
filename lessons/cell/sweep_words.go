package cell

import (
	"fmt"
	"math"
	"strings"

	"descent/optim"
)

// What a sweep says of itself: how the chosen run fares, what becomes of the
// others, which is best, and what theory says.

// Readout implements [Result].
func (s *Sweep) Readout() Readout {
	chosen := s.Chosen.Readout()
	if s.Chosen.Domain != nil {
		return chosen
	}
	out := Readout{Tone: Plain, Headline: s.point(s.Values.Float("eta"), s.secondValue()) + ": "}
	run := s.Chosen.Run
	switch s.Fate {
	case optim.FateDiverges:
		out.Tone = Bad
		out.Headline += "diverges."
		out.Sentences = append(out.Sentences, chosen.Sentences...)
	case optim.FateOscillates:
		out.Tone = Warn
		out.Headline += "oscillates."
		if optim.Settled(optim.Norm(run.Gradient(run.LastFinite())), optim.Norm(run.Gradient(0))) {
			out.Tone = Good
			out.Headline = strings.TrimSuffix(out.Headline, ".") + ", and arrives."
		}
		out.Sentences = append(out.Sentences, s.fall())
	case optim.FateConverges:
		out.Tone = Good
		out.Headline += "converges."
		out.Sentences = append(out.Sentences, s.fall())
	default:
		out.Headline += "still on the way."
		out.Sentences = append(out.Sentences, s.fall())
	}
	if s.Second == nil {
		out.Sentences = append(out.Sentences, s.sayRates()...)
	} else {
		out.Sentences = append(out.Sentences, s.sayPlane()...)
	}
	if s.Survey.Steps < s.Values.Int("steps") {
		out.Sentences = append(out.Sentences, fmt.Sprintf("The runs take long, so each makes only %s.", plural(s.Survey.Steps, "step")))
	}
	return out
}

// point writes a point of the picture: "η = 0.1", "η = 0.1, μ = 0.9".
func (s *Sweep) point(eta, second float64) string {
	text := "η = " + say(eta)
	if s.Second != nil {
		text += ", " + s.Second.Symbol + " = " + say(second)
	}
	return text
}

// secondValue is the chosen value of what changes besides η; NaN without one.
func (s *Sweep) secondValue() float64 {
	if s.Second == nil {
		return math.NaN()
	}
	return s.Values.Float(s.Second.Name)
}

// fall says what J has come to in the chosen run.
func (s *Sweep) fall() string {
	run := s.Chosen.Run
	last := run.LastFinite()
	return fmt.Sprintf("After %s J = %s, at the start %s.", plural(last, "step"), say(run.Losses[last]), say(run.Losses[0]))
}

// fateWords are what becomes of several runs.
var fateWords = map[string]string{
	optim.FateSlow: "are still on the way", optim.FateConverges: "converge",
	optim.FateOscillates: "oscillate", optim.FateDiverges: "diverge",
}

// mostBandsSaid is how many bands a sentence can list.
const mostBandsSaid = 5

// sayRates says what becomes of the rates, which is best, and theory's bound.
func (s *Sweep) sayRates() []string {
	u := s.Survey
	var sentences []string
	if bands := u.Sweep.Bands; len(bands) == 1 {
		sentences = append(sentences, fmt.Sprintf("All runs from η = %s to %s %s.", say(u.From), say(u.To), fateWords[bands[0].Fate]))
	} else if len(bands) <= mostBandsSaid {
		parts := make([]string, len(bands))
		for i, b := range bands {
			switch i {
			case 0:
				parts[i] = "Up to η = " + sayTo(b.To, 3) + " runs " + fateWords[b.Fate]
			case len(bands) - 1:
				parts[i] = "above they " + fateWords[b.Fate]
			default:
				parts[i] = "up to " + sayTo(b.To, 3) + " they " + fateWords[b.Fate]
			}
		}
		sentences = append(sentences, strings.Join(parts, ", ")+".")
	} else {
		sentences = append(sentences, fmt.Sprintf("What becomes of a run changes %d times between η = %s and %s.", len(bands)-1, say(u.From), say(u.To)))
	}
	if math.IsNaN(u.Best.Eta) {
		return append(sentences, "No rate was found that does not diverge.")
	}
	sentences = append(sentences, fmt.Sprintf("The best of those tried is η = %s, with J = %s at the end.", say(u.Best.Eta), say(u.Best.Loss)))
	if u.Best.AtEdge {
		sentences = append(sentences, "That is the end of the range of rates that are tried.")
	}
	if bound := u.Sweep.StableEta; !math.IsNaN(bound) {
		sentences = append(sentences, "Theory: near the minimum, steps are stable below η = "+say(bound)+".")
	}
	return sentences
}

// sayPlane says which point of the map is best, how much of it diverges, and
// what theory holds to be best.
func (s *Sweep) sayPlane() []string {
	p := s.Survey.Plane
	var sentences []string
	if p.Best < 0 {
		sentences = append(sentences, "Every run of the map diverges.")
	} else {
		sentences = append(sentences, fmt.Sprintf("The best of the map is %s, with J = %s at the end.", s.point(p.Eta(p.Best%p.NX), p.Value(p.Best/p.NX)), say(p.Points[p.Best].Loss)))
	}
	lost := 0
	for _, point := range p.Points {
		if point.Fate == optim.FateDiverges {
			lost++
		}
	}
	if lost > 0 && p.Best >= 0 {
		sentences = append(sentences, fmt.Sprintf("%.0f %% of it diverges.", math.Ceil(100*float64(lost)/float64(len(p.Points)))))
	}
	if pair := s.Chosen.Theory.BestPair; s.Chosen.Theory.Quadratic && !math.IsNaN(pair.Eta) {
		sentences = append(sentences, "Theory’s best in the long run: "+s.point(pair.Eta, pair.Momentum)+".")
	}
	if p.Block > 1 {
		sentences = append(sentences, fmt.Sprintf("The runs take long, so the map is coarse: %s.", plural(len(p.Runs()), "run")))
	}
	return sentences
}
