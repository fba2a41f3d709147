package cell

import (
	"fmt"
	"math"
	"strings"

	"descent/optim"
)

// What a comparison says of itself.

// Fate says in a few words how a racer ended.
func (c *Compare) Fate(r *Racer) string {
	switch {
	case r.Hopeless() && c.tuned():
		return "diverges at every η that was tried"
	case r.Run.Stop.Reason == optim.Diverged:
		return fmt.Sprintf("diverges at step %d", r.Run.Stop.Step)
	case r.Loss() > r.Run.Losses[0]:
		return "ends above its start"
	}
	if k := c.Arrival(r); k >= 0 {
		return fmt.Sprintf("arrives at step %d", k)
	}
	return "still on the way"
}

// Readout implements [Result].
func (c *Compare) Readout() Readout {
	best := c.Lowest()
	if c.Domain != nil {
		return Readout{Bad, "J is not defined at the start.", sayDomain("J", c.Function, c.Domain, c.Window)}
	}
	if best == nil {
		return Readout{Bad, "All diverge.", []string{"Choose “each at its own best η”, a smaller η, or another start."}}
	}
	out := Readout{Tone: Good}
	if first := c.firstThere(); len(first) > 0 {
		k := c.Arrival(first[0])
		switch {
		case len(c.Racers) == 1:
			out.Headline = sentenceCase(titles(first)) + " arrives."
		case len(first) == 1:
			out.Headline = sentenceCase(titles(first)) + " is there first."
		default:
			out.Headline = sentenceCase(titles(first)) + " are there first."
		}
		out.Sentences = append(out.Sentences, fmt.Sprintf("After %s all but a millionth of the way down is done.", plural(k, "step")))
	} else {
		out.Tone = Plain
		out.Headline = fmt.Sprintf("%s is lowest after %s.", sentenceCase(best.Method.Title), plural(c.Steps, "step"))
		if len(c.Racers) == 1 {
			out.Headline = "Still on the way after " + plural(c.Steps, "step") + "."
		}
		out.Sentences = append(out.Sentences, "J = "+say(best.Loss())+".")
	}
	var lost []*Racer
	for i := range c.Racers {
		if math.IsInf(c.Racers[i].Loss(), 1) {
			lost = append(lost, &c.Racers[i])
		}
	}
	if len(lost) > 0 {
		out.Tone = Warn
		out.Sentences = append(out.Sentences, sentenceCase(titles(lost))+map[bool]string{true: " diverges.", false: " diverge."}[len(lost) == 1])
	}
	if c.tuned() {
		out.Sentences = append(out.Sentences, fmt.Sprintf("Each method runs at the best η of those tried for %s from this start: another start or another number of steps has other best rates.", plural(c.Steps, "step")))
	} else {
		out.Sentences = append(out.Sentences, "The same η is not the same length of step for every method: compare each at its own best η as well.")
	}
	if c.Steps < c.Values.Int("steps") {
		out.Sentences = append(out.Sentences, fmt.Sprintf("The runs take long, so each makes only %s.", plural(c.Steps, "step")))
	}
	if r := c.thirstiest(); r != nil {
		out.Sentences = append(out.Sentences, fmt.Sprintf("A step is not the same work everywhere: %s looked at J %d times for %s.", r.Method.Title, r.Run.Evaluations, plural(r.Run.Len()-1, "step")))
	}
	return out
}

// firstThere are the racers that arrive earliest.
func (c *Compare) firstThere() []*Racer {
	var first []*Racer
	for i := range c.Racers {
		r := &c.Racers[i]
		k := c.Arrival(r)
		switch {
		case k < 0:
		case len(first) == 0 || k < c.Arrival(first[0]):
			first = []*Racer{r}
		case k == c.Arrival(first[0]):
			first = append(first, r)
		}
	}
	return first
}

// thirstiest is the racer with the most evaluations of J a step, when those
// are more than one and a half; else nil.
func (c *Compare) thirstiest() *Racer {
	var most *Racer
	share := 1.5
	for i := range c.Racers {
		r := &c.Racers[i]
		if s := float64(r.Run.Evaluations) / float64(r.Run.Len()); s > share {
			most, share = r, s
		}
	}
	return most
}

// titles lists methods as “a, b and c”.
func titles(racers []*Racer) string {
	names := make([]string, len(racers))
	for i, r := range racers {
		names[i] = r.Method.Title
	}
	if len(names) == 1 {
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

func sentenceCase(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// Rows is the comparison as a table, the header first.
func (c *Compare) Rows() [][]string {
	rows := [][]string{{"method", "η", fmt.Sprintf("J after %s", plural(c.Steps, "step")), "what happens", "evaluations of J"}}
	for i := range c.Racers {
		r := &c.Racers[i]
		eta, loss := "none", say(r.Loss())
		if !math.IsNaN(r.Eta) {
			eta = say(r.Eta)
		}
		if math.IsInf(r.Loss(), 1) {
			loss = "none"
		}
		if r.Best.AtEdge && c.tuned() {
			eta += " (end of the range)"
		}
		rows = append(rows, []string{r.Method.Title, eta, loss, c.Fate(r), fmt.Sprint(r.Run.Evaluations)})
	}
	return rows
}
