package cell

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"descent/optim"
)

// What a comparison says of itself.

// Fate says in a few words how a racer ended.
func (c *Compare) Fate(r *Racer) string {
	switch {
	case r.Hopeless() && c.Tuned():
		return "diverges at every η that was tried"
	case r.Last() < 0:
		return "J is not defined at the start"
	case r.Run.Stop.Reason == optim.Diverged:
		return fmt.Sprintf("diverges at step %d", r.Run.Stop.Step)
	case r.Loss() > r.Run.Losses[0]:
		return "ends above its start"
	case c.InLocal(r):
		return "arrives at a local minimum"
	case c.Arrival(r) >= 0:
		return "arrives"
	}
	return "still on the way"
}

// Readout implements [Result].
func (c *Compare) Readout() Readout {
	if c.Domain != nil {
		return Readout{Bad, "J is not defined at the start.", sayDomain("J", c.Function, c.Domain, c.Window)}
	}
	if c.Lowest() == nil {
		return Readout{Bad, "All diverge.", []string{c.wayOut()}}
	}
	out := c.headline()
	var lost, risen []string
	for i := range c.Racers {
		switch r := &c.Racers[i]; {
		case math.IsInf(r.Loss(), 1):
			lost = append(lost, r.Name)
		case r.Loss() > r.Run.Losses[0]:
			risen = append(risen, r.Name)
		}
	}
	if len(lost) > 0 {
		out.Tone = Warn
		out.Sentences = append(out.Sentences, SentenceCase(listed(lost))+map[bool]string{true: " diverges.", false: " diverge."}[len(lost) == 1])
	}
	if len(risen) > 0 {
		out.Tone = Warn
		out.Sentences = append(out.Sentences, SentenceCase(listed(risen))+map[bool]string{true: " ends", false: " end"}[len(risen) == 1]+" above the start.")
	}
	out.Sentences = append(out.Sentences, c.ratesSaid()...)
	if c.Steps < c.Values.Int("steps") {
		out.Sentences = append(out.Sentences, fmt.Sprintf("The runs take long, so each makes only %s.", plural(c.Steps, "step")))
	}
	if r := c.thirstiest(); r != nil && c.Vary == VaryMethods {
		out.Sentences = append(out.Sentences, fmt.Sprintf("A step is not the same work everywhere: %s looked at J %d times for %s.", r.Method.Title, r.Run.Evaluations, plural(r.Run.Len()-1, "step")))
	}
	return out
}

// wayOut is what to try where all runs diverge.
func (c *Compare) wayOut() string {
	r := &c.Racers[0]
	switch {
	case c.Vary == VaryRates && !r.Hopeless():
		return fmt.Sprintf("Try smaller rates: of those looked at from this start, η = %s ends lowest.", say(r.Best.Eta))
	case c.Vary == VaryRates:
		return "Try smaller rates, or another start."
	case c.Tuned():
		return "No rate was found that helps: choose another start or fewer steps."
	}
	return "Choose “each at its own best η”, a smaller η, or another start."
}

// headline says who is there first; of starts, where they lead.
func (c *Compare) headline() Readout {
	if c.Vary == VaryStarts {
		if out, ok := c.destinations(); ok {
			return out
		}
	}
	if first, k := c.firstThere(); len(first) > 0 {
		out := Readout{Good, SentenceCase(listed(first)), []string{fmt.Sprintf("After %s all but a millionth of the way down is done.", plural(k, "step"))}}
		switch {
		case len(c.Racers) == 1:
			out.Headline += " arrives."
		case len(first) == 1:
			out.Headline += " is there first."
		default:
			out.Headline += " are there first."
		}
		return out
	}
	best := c.Lowest()
	out := Readout{Plain, fmt.Sprintf("%s is lowest after %s.", SentenceCase(best.Name), plural(c.Steps, "step")), []string{"J = " + say(best.Loss()) + "."}}
	if len(c.Racers) == 1 {
		out.Headline = "Still on the way after " + plural(c.Steps, "step") + "."
	}
	return out
}

// destinations says which starts lead to which minimum; ok is false while no run
// has arrived.
func (c *Compare) destinations() (out Readout, ok bool) {
	type destination struct {
		at   *optim.CriticalPoint
		from []string
	}
	var list []destination
	arrived := 0
	for i := range c.Racers {
		r := &c.Racers[i]
		if c.Arrival(r) < 0 {
			continue
		}
		arrived++
		at := r.Theory.Minimum
		n := slices.IndexFunc(list, func(d destination) bool {
			return optim.Distance(d.at.Theta, at.Theta) <= 1e-4*c.Window.Diagonal()
		})
		if n < 0 {
			n, list = len(list), append(list, destination{at: at})
		}
		list[n].from = append(list[n].from, sayPoint(r.Start))
	}
	switch {
	case len(list) == 0:
		return out, false
	case arrived < len(c.Racers):
		out = Readout{Plain, fmt.Sprintf("%d of %d runs have arrived.", arrived, len(c.Racers)), nil}
	case len(c.Racers) == 1:
		out = Readout{Good, "The run arrives.", nil}
	case len(list) == 1:
		out = Readout{Good, "All starts lead to the same minimum.", nil}
	default:
		out = Readout{Plain, fmt.Sprintf("The starts lead to %d minima.", len(list)), nil}
	}
	for _, d := range list {
		out.Sentences = append(out.Sentences, fmt.Sprintf("From %s to %s with J = %s.", listed(d.from), sayPoint(d.at.Theta), say(math.Round(d.at.Loss*1e12)/1e12)))
	}
	return out, true
}

// ratesSaid is what there is to say of the learning rates.
func (c *Compare) ratesSaid() []string {
	r := &c.Racers[0]
	steps := plural(c.Steps, "step")
	switch {
	case c.Vary == VaryRates && r.Hopeless():
		return nil
	case c.Vary == VaryRates:
		return []string{fmt.Sprintf("Of all η that were looked at from this start, %s ends lowest after %s.", say(r.Best.Eta), steps)}
	case c.Vary == VaryStarts && c.Tuned() && !r.Method.Rateless:
		return []string{fmt.Sprintf("Each run has the best η of those tried for %s from its start.", steps)}
	case c.Vary == VaryStarts:
		return nil
	case c.Tuned():
		return []string{fmt.Sprintf("Each method runs at the best η of those tried for %s from this start: another start or another number of steps has other best rates.", steps)}
	}
	return []string{"The same η is not the same length of step for every method: compare each at its own best η as well."}
}

// firstThere are the names of the racers that arrive earliest where the lowest
// ends, and the step at which they do.
func (c *Compare) firstThere() (names []string, step int) {
	for i := range c.Racers {
		r := &c.Racers[i]
		k := c.Arrival(r)
		switch {
		case k < 0 || c.InLocal(r):
		case len(names) == 0 || k < step:
			names, step = []string{r.Name}, k
		case k == step:
			names = append(names, r.Name)
		}
	}
	return names, step
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

// listed writes “a, b and c”.
func listed(names []string) string {
	if len(names) == 1 {
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

// SentenceCase begins with a capital letter, but leaves a symbol as it is: η is
// not Η.
func SentenceCase(s string) string {
	if s[0] < 'a' || s[0] > 'z' {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
