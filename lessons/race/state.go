package race

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"descent/lessons/cell"
)

// Phase says what a race is doing.
type Phase string

// The phases. A race may go back from Running and Paused to Queued.
const (
	Queued   Phase = "queued"   // waits for a core, and for memory
	Drawing  Phase = "drawing"  // its data are drawn
	Running  Phase = "running"  // the clocks run, in turns
	Paused   Phase = "paused"   // the reader has it wait
	Finished Phase = "finished" // both clocks are up
	Stopped  Phase = "stopped"  // the reader ended it early
	Expired  Phase = "expired"  // it was paused for too long
	Closing  Phase = "closing"  // the server stops
)

// Over reports whether the phase is the last one.
func (p Phase) Over() bool { return p == Finished || p == Stopped || p == Expired || p == Closing }

// A State is all that there is to say of a race at one moment.
type State struct {
	Phase     Phase
	Place     int           // in the queue, from 1; 0 unless Queued
	Progress  float64       // of the phase Drawing or of the race, 0 to 1
	Remaining time.Duration // of the same, estimated; negative: not known
	Limit     time.Duration // of each clock
	Rows      int
	Cols      int
	Batch     int
	Runners   [2]Runner // batch GD, SGD; as in the zero State before the race has begun
}

// A Runner is what one of the two has reached.
type Runner struct {
	Name         string
	Eta          float64
	Seconds      float64 // of its clock
	Updates      int
	Examples     int
	Epochs       float64
	Rate         float64   // examples per second; 0 at the start
	Loss         float64   // over the sample; over all rows where Whole says so. NaN where Lost
	Whole        bool      // Loss is over all rows
	Lost         bool      // θ has left the range of numbers
	CurveSeconds []float64 // the loss over the sample, point by point
	CurveLosses  []float64
}

// Begun reports whether there are clocks to show.
func (s *State) Begun() bool { return s.Runners[0].Name != "" }

// State is the race as it stands; the curves are copies.
func (r *Race) State(phase Phase) State {
	s := State{
		Phase: phase, Remaining: -1, Limit: r.limit,
		Rows: r.all.Rows(), Cols: r.all.Dim() - 1, Batch: r.Values.Int("batch"),
	}
	var clocks time.Duration
	for i, each := range r.runners {
		s.Runners[i] = Runner{
			Name: each.name, Eta: each.eta, Seconds: each.clock.Seconds(), Updates: each.updates, Examples: each.trainer.Examples(),
			Epochs: float64(each.trainer.Examples()) / float64(s.Rows), Loss: each.last(), Lost: each.lost,
			CurveSeconds: append([]float64(nil), each.seconds...), CurveLosses: append([]float64(nil), each.losses...),
		}
		at := &s.Runners[i]
		if each.clock > 0 {
			at.Rate = float64(at.Examples) / each.clock.Seconds()
		}
		if r.known {
			at.Loss, at.Whole = r.whole[i], true
		}
		if each.lost {
			at.Loss = math.NaN()
			clocks += r.limit
		} else {
			clocks += min(each.clock, r.limit)
		}
	}
	s.Progress = float64(clocks) / float64(2*r.limit)
	if clocks > 0 {
		s.Remaining = time.Duration(float64(2*r.limit-clocks) * max(1, float64(r.busy)/float64(clocks)))
	}
	return s
}

// Headline is the phase in a few words.
func (s *State) Headline() string {
	switch s.Phase {
	case Queued:
		return fmt.Sprintf("You are number %d in the queue.", s.Place)
	case Drawing:
		return "The data are being drawn."
	case Running:
		return "The race is on."
	case Paused:
		return "Paused."
	case Finished:
		return "The race is over."
	case Stopped:
		return "You have stopped the race."
	case Expired:
		return "The race has ended: it was paused for too long."
	case Closing:
		return "The server is stopping."
	}
	return "Ready."
}

// Readout says the state in words.
func (s *State) Readout() cell.Readout {
	r := cell.Readout{Tone: cell.Plain, Headline: s.Headline()}
	switch s.Phase {
	case Queued:
		r.Sentences = append(r.Sentences, "The server lets one long computation run on each of its cores, so that pages stay quick.", "This one begins by itself.")
	case Drawing:
		r.Sentences = append(r.Sentences, "They are drawn once and shared by all races with the same settings.")
	case Paused:
		r.Sentences = append(r.Sentences, "The clocks stand still, and another race may have the core. After a minute the race ends by itself.")
	case Closing:
		r.Tone = cell.Warn
		r.Sentences = append(r.Sentences, "Start the race again in a moment.")
	}
	if s.Begun() {
		r.Sentences = append(r.Sentences, s.comparison()...)
		if s.Phase == Finished {
			r.Tone = cell.Good
		}
	}
	return r
}

// comparison says who is ahead, by how much in time, and why.
func (s *State) comparison() []string {
	full, sgd := &s.Runners[0], &s.Runners[1]
	if full.Updates == 0 && sgd.Updates == 0 {
		return nil
	}
	var said []string
	for _, each := range s.Runners {
		if each.Lost {
			said = append(said, fmt.Sprintf("%s diverges: with η = %s θ leaves the range of numbers. Choose a smaller η.", capital(each.Name), cell.Say(each.Eta)))
		}
	}
	if len(said) > 0 {
		return said
	}
	start := full.CurveLosses[0]
	for _, each := range s.Runners {
		if each.Loss > start*(1+1e-9) {
			said = append(said, fmt.Sprintf("The loss of %s is above its start: its steps jump over the valley. Choose a smaller η than %s.", each.Name, cell.Say(each.Eta)))
		}
	}
	ahead, behind := full, sgd
	if sgd.Loss < full.Loss {
		ahead, behind = sgd, full
	}
	gap := behind.Loss - ahead.Loss
	switch {
	case gap <= 1e-6*math.Abs(ahead.Loss):
		said = append(said, fmt.Sprintf("Both stand at a loss of %s.", cell.Say(ahead.Loss)))
	default:
		said = append(said, fmt.Sprintf("%s is ahead: its loss is %s, that of %s is %s.", capital(ahead.Name), digits(ahead.Loss, gap), behind.Name, digits(behind.Loss, gap)))
	}
	if words := s.near(start); words != "" {
		said = append(said, words)
	}
	said = append(said, fmt.Sprintf("In the same time batch GD made %s of all %s examples and SGD %s of %d.",
		plural(full.Updates, "update"), Count(float64(s.Rows)), plural(sgd.Updates, "update"), s.Batch))
	if s.Phase.Over() && ahead == full && sgd.Loss < start {
		said = append(said, "SGD was quick at first; with a constant η it keeps jumping around the minimum, while batch GD goes on towards it.")
	}
	return said
}

// nearly is how far above the lowest loss a runner has all but arrived.
const nearly = 1.02

// near says when each has come near the lowest loss that either has had.
func (s *State) near(start float64) string {
	lowest := start
	for _, each := range s.Runners {
		lowest = min(lowest, slices.Min(each.CurveLosses))
	}
	target := nearly * lowest
	if !(target < start) {
		return ""
	}
	first, second := &s.Runners[1], &s.Runners[0]
	if second.reached(target) < first.reached(target) {
		first, second = second, first
	}
	arrived := "has not yet come so far"
	switch at := second.reached(target); {
	case !math.IsInf(at, 1):
		arrived = "needed " + Span(at)
	case s.Phase.Over():
		arrived = "did not come so far"
	}
	return fmt.Sprintf("To come within 2 %% of the lowest loss, %s needed %s; %s %s.", first.Name, Span(first.reached(target)), second.Name, arrived)
}

// reached is the time of the clock at which the loss was first at most a given one; +∞ where it never was.
func (r *Runner) reached(loss float64) (seconds float64) {
	for i, l := range r.CurveLosses {
		if l <= loss {
			return r.CurveSeconds[i]
		}
	}
	return math.Inf(1)
}

// digits writes a loss with as many digits as show its distance from the other.
func digits(loss, gap float64) string {
	if !(gap > 0) || math.IsInf(loss, 0) {
		return cell.Say(loss)
	}
	places := int(math.Ceil(-math.Log10(gap))) + 1
	return fmt.Sprintf("%.*f", min(max(places, 4), 9), loss)
}

// Count writes a whole number with its thousands apart: 1,000,000.
func Count(v float64) string {
	text := fmt.Sprintf("%.0f", v)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// Span writes a time in seconds as people say it: 0.35 ms, 12 ms, 3.4 s.
func Span(seconds float64) string {
	switch {
	case seconds < 1e-3:
		return fmt.Sprintf("%.2g\u00a0ms", seconds*1e3)
	case seconds < 0.1:
		return fmt.Sprintf("%.0f\u00a0ms", seconds*1e3)
	}
	return fmt.Sprintf("%.2g\u00a0s", seconds)
}

func plural(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return Count(float64(n)) + " " + what + "s"
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
