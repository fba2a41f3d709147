package cell

import (
	"context"
	"fmt"
	"math"
	"slices"

	"descent/optim"
)

// The words of a prediction: the question with the numbers of its problem, and
// the guess beside the truth. A wrong guess is where learning begins, so no
// headline scolds.

// Asked is the question in words, with what a reader must know to answer it and
// nothing of the answer.
func (p *Prediction) Asked(r Result) Readout {
	q := Readout{Plain, p.Question, nil}
	if p.Ask == AskPoint {
		if at := p.Point(r); at != nil {
			q.Sentences = []string{"Your place: " + sayPoint(at) + "."}
		}
		return q
	}
	switch r := r.(type) {
	case *Descent:
		q.Sentences = r.asked(p)
	case *Slope:
		goal := ""
		if p.Ask == AskSlope {
			goal = " when it touches the curve"
		}
		q.Sentences = []string{fmt.Sprintf("Every line here goes through the point (%s, %s). How high is it at x = %s%s?", say(r.X), say(r.Value), say(r.LineAt()), goal)}
		if at := p.Point(r); at != nil {
			q.Sentences = append(q.Sentences, fmt.Sprintf("Yours is at %s there, so its slope is %s.", say(at[0]), say(r.LineSlope(at[0]))))
		}
	}
	return q
}

func (d *Descent) asked(p *Prediction) []string {
	if d.Run.LastFinite() < 0 {
		return []string{"J is not defined at this start: choose another one."}
	}
	rate := ""
	if !d.Method.Rateless {
		rate = " with η = " + say(d.Values.Float("eta"))
	}
	if p.Ask == AskFate {
		return []string{fmt.Sprintf("The run: %s of %s from θ = %s%s.", plural(d.Values.Int("steps"), "step"), d.Method.Title, sayPoint(d.Run.Theta(0)), rate)}
	}
	step := d.AskedStep()
	if step == 0 {
		return []string{"This run makes no step. With more steps, or from another start, there is one to predict."}
	}
	sentences := []string{fmt.Sprintf("Step %d is made by %s from θ = %s%s.", step, d.Method.Title, sayPoint(d.Run.Theta(step-1)), rate)}
	if at := p.Point(d); at != nil {
		sentences = append(sentences, "Your guess: "+sayPoint(at)+".")
	}
	return sentences
}

// Compare puts the guess beside the truth; nil when nothing was guessed, or there is
// nothing to compare it with. When the context ends the words mean nothing.
func (p *Prediction) Compare(ctx context.Context, r Result) *Readout {
	if !p.Guessed(r) {
		return nil
	}
	switch r := r.(type) {
	case *Descent:
		switch {
		case r.Run.LastFinite() < 0:
			return nil
		case p.Ask == AskFate:
			return r.compareFate(p.Values.Text("guess"), r.Fate(ctx))
		case r.AskedStep() > 0:
			return r.compareStep(p.Point(r))
		}
	case *Slope:
		return r.compareLine(p.Values.Float("guess_y"))
	}
	return nil
}

// What counts as near, in lengths of the step or parts of the slope.
const (
	onTheSpot = 0.02
	near      = 0.2
	notFar    = 0.6
)

func (d *Descent) compareStep(guess []float64) *Readout {
	k := d.AskedStep()
	from, to := d.Run.Theta(k-1), d.Run.Theta(k)
	length, off := optim.Distance(from, to), optim.Distance(guess, to)
	switch {
	case math.IsNaN(length) || math.IsInf(length, 0):
		return &Readout{Plain, "No place is right here.", []string{fmt.Sprintf("Step %d leads out of the computer’s numbers.", k)}}
	case length == 0 && off == 0:
		return &Readout{Good, "On the spot.", []string{"θ stays where it is, as you said."}}
	case length == 0:
		return &Readout{Plain, "This step does not move.", []string{fmt.Sprintf("θ stays at %s. Your guess is %s away.", sayPoint(to), say(off))}}
	}
	r := &Readout{Plain, "Somewhere else this time.", nil}
	switch share := off / length; {
	case share <= onTheSpot:
		r.Tone, r.Headline = Good, "On the spot."
	case share <= near:
		r.Tone, r.Headline = Good, "Very near."
	case share <= notFar:
		r.Headline = "Not far."
	}
	r.Sentences = []string{
		fmt.Sprintf("Step %d lands at %s.", k, sayPoint(to)),
		fmt.Sprintf("Your guess %s is %s away: %s the length of the step, %s.", sayPoint(guess), say(off), sayShare(off/length), say(length)),
	}
	if off > onTheSpot*length {
		if hint := d.stepHint(from, to, guess); hint != "" {
			r.Sentences = append(r.Sentences, hint)
		}
	}
	return r
}

// sayShare writes 0.28 as "28 % of" and 3.24 as "3.2 times".
func sayShare(share float64) string {
	if share < 2 {
		return say(math.Round(100*share)) + " % of"
	}
	return sayTo(share, 2) + " times"
}

// stepHint says what is different about a guessed step: its direction, or its length.
func (d *Descent) stepHint(from, to, guess []float64) string {
	if turn := d.turnHint(from, to, guess); turn != "" {
		return turn
	}
	step, said := difference(to, from), difference(guess, from)
	if ratio := optim.Norm(said) / optim.Norm(step); ratio > 1 {
		return fmt.Sprintf("Your direction is right; your step is %s times as long.", sayTo(ratio, 2))
	}
	return fmt.Sprintf("Your direction is right; your step has %s %% of the length.", say(math.Round(100*optim.Norm(said)/optim.Norm(step))))
}

// turnHint says what is different about a guessed step's direction; "" where it is right.
func (d *Descent) turnHint(from, to, guess []float64) string {
	step, said := difference(to, from), difference(guess, from)
	if optim.Norm(said) == 0 {
		return "Your guess stays where the run stood."
	}
	const same, other = 10, 20 // degrees
	turn := degrees(said, step)
	low := d.Theory.Minimum
	switch {
	case low != nil && d.Function.Dim() == 2 && turn > other && degrees(said, difference(low.Theta, from)) < same:
		return fmt.Sprintf("You pointed at the minimum. The step, which knows only the slope where it stands, points %s° away from there.", say(math.Round(turn)))
	case turn > 90 && d.Function.Dim() == 1:
		return "The step goes the other way."
	case turn > same:
		return fmt.Sprintf("Your direction is %s° off.", say(math.Round(turn)))
	}
	return ""
}

func difference(a, b []float64) []float64 {
	d := slices.Clone(a)
	for i := range d {
		d[i] -= b[i]
	}
	return d
}

// degrees is the angle between two vectors, 0 to 180; NaN where one is zero.
func degrees(a, b []float64) float64 {
	cos := 0.0
	for i := range a {
		cos += a[i] / optim.Norm(a) * (b[i] / optim.Norm(b))
	}
	return math.Acos(min(max(cos, -1), 1)) * 180 / math.Pi
}

// Fate is what becomes of the run over all its steps, by the definitions of a
// sweep over η.
func (d *Descent) Fate(ctx context.Context) string {
	config := optim.Config{Start: d.Run.Theta(0), Eta: d.Values.Float("eta"), Rate: schedule(d.Values), Steps: d.Values.Int("steps")}
	return optim.FateOf(ctx, d.Function, d.Method, d.Values, config, d.Window).Fate
}

// sayFate is a fate as the end of a sentence about the run.
var sayFate = map[string]string{
	optim.FateConverges: "converges", optim.FateSlow: "is slow", optim.FateOscillates: "oscillates", optim.FateDiverges: "diverges",
}

func (d *Descent) compareFate(guess, fate string) *Readout {
	r := &Readout{Plain, fmt.Sprintf("You said: it %s. It %s.", sayFate[guess], sayFate[fate]), []string{d.fateReason(fate)}}
	calm := func(f string) bool { return f == optim.FateConverges || f == optim.FateSlow }
	switch {
	case guess == fate:
		r.Tone, r.Headline = Good, fmt.Sprintf("Right: it %s.", sayFate[fate])
	case guess == optim.FateConverges && fate == optim.FateOscillates && d.settled():
		r.Headline = "Nearly: it does arrive, but it oscillates on the way."
	case calm(guess) && calm(fate):
		r.Headline = fmt.Sprintf("Nearly: you said it %s, and it %s.", sayFate[guess], sayFate[fate])
	}
	return r
}

// settled reports whether the last gradient is a thousandth of the first.
func (d *Descent) settled() bool {
	return optim.Settled(optim.Norm(d.Run.Gradient(d.Run.LastFinite())), optim.Norm(d.Run.Gradient(0)))
}

// fateReason gives the numbers by which a fate is decided.
func (d *Descent) fateReason(fate string) string {
	run := d.Run
	last := run.LastFinite()
	first, end := optim.Norm(run.Gradient(0)), optim.Norm(run.Gradient(last))
	product := d.Theory.PathCurvature * d.Theory.Eta
	plain := d.Method.ID == "gd" && !d.Theory.Varies && d.Theory.PathCurvature > 0
	switch fate {
	case optim.FateDiverges:
		switch v := d.Theory.Divergence; {
		case v != nil && v.Cause == optim.Overshoot:
			product, bound := sayApart(v.Product, v.Bound)
			return fmt.Sprintf("η·λmax = %s > %s: each step overshoots by more than the one before.", product, bound)
		case run.Stop.Reason == optim.Diverged:
			return fmt.Sprintf("At step %d its numbers end.", run.Stop.Step)
		}
		return fmt.Sprintf("After %s J = %s; at the start it was %s.", plural(last, "step"), say(run.Losses[last]), say(run.Losses[0]))
	case optim.FateOscillates:
		const edge = 1e-9
		switch {
		case plain && d.Theory.Quadratic && math.Abs(product-2) <= edge:
			return "η·λmax = 2, exactly on the edge: each step jumps to the other side, and lands no nearer."
		case plain && d.Theory.Quadratic && product > 1 && product < 2:
			return fmt.Sprintf("η·λmax = %s, between 1 and 2: each step jumps over the lowest line of the valley, and lands a little nearer to it.", say(product))
		}
		turned, steps := d.turns()
		if turned == steps {
			return fmt.Sprintf("At each of its first %s the gradient turned to the other side or J rose.", plural(steps, "step"))
		}
		return fmt.Sprintf("In %d of its first %s the gradient turned to the other side or J rose.", turned, plural(steps, "step"))
	}
	calm := ""
	if plain && product <= 1 {
		calm = fmt.Sprintf(" η·λmax = %s is not above 1, so no step overshoots.", say(product))
	}
	if fate == optim.FateConverges {
		return fmt.Sprintf("After %s ‖∇J‖ is %s, below a thousandth of the %s at the start.", plural(last, "step"), say(end), say(first)) + calm
	}
	return fmt.Sprintf("After %s ‖∇J‖ is %s. It began with %s, and we say that a run has arrived at a thousandth of that.", plural(last, "step"), say(end), say(first)) + calm
}

// sayApart writes two numbers with as many digits as tell them apart.
func sayApart(a, b float64) (string, string) {
	for digits := 4; ; digits++ {
		if x, y := sayTo(a, digits), sayTo(b, digits); x != y || digits == 15 {
			return x, y
		}
	}
}

// turns counts the steps that swing before the run has arrived: among the
// first ten or among all, where they are the larger part.
func (d *Descent) turns() (turned, steps int) {
	const early = 10
	run := d.Run
	earlyTurned := 0
	for k := 1; k <= run.LastFinite(); k++ {
		g, before := run.Gradient(k), run.Gradient(k-1)
		if optim.Settled(optim.Norm(before), optim.Norm(run.Gradient(0))) {
			break
		}
		steps++
		if !(run.Losses[k] <= run.Losses[k-1]) || degrees(g, before) > 90 {
			turned++
			if steps <= early {
				earlyTurned++
			}
		}
	}
	if steps > early && earlyTurned*steps > turned*early {
		return earlyTurned, early
	}
	return turned, steps
}

func (s *Slope) compareLine(height float64) *Readout {
	said, slope := s.LineSlope(height), s.Derivative
	if math.IsNaN(slope) || math.IsInf(slope, 0) {
		return &Readout{Plain, "No line is right here.", []string{"The curve has no slope at x = " + say(s.X) + "."}}
	}
	r := &Readout{Plain, MissedSlope(said, slope), []string{
		fmt.Sprintf("Your line has slope %s; the derivative is f′(%s) = %s.", say(said), say(s.X), say(slope)),
		fmt.Sprintf("At x = %s the tangent is at %s and your line at %s.", say(s.LineAt()), say(s.Value+slope*(s.LineAt()-s.X)), say(height)),
	}}
	switch off := math.Abs(said-slope) / (1 + math.Abs(slope)); {
	case off <= onTheSpot:
		r.Tone, r.Headline = Good, "On the spot."
	case off <= near:
		r.Tone, r.Headline = Good, "Very near."
	}
	return r
}
