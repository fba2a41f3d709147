package cell

import (
	"fmt"
	"math"

	"descent/optim"
	"descent/optim/param"
)

// What a descent says of itself. Every sentence is about the run at hand, and
// a rate that is advised has been tried.

// Readout implements [Result].
func (d *Descent) Readout() Readout {
	run, t := d.Run, d.Theory
	last := run.LastFinite()
	if last < 0 {
		return Readout{Bad, "J is not defined at the start.", sayDomain("J", d.Function, d.Domain, d.Window)}
	}
	first, loss, theta, norm := run.Losses[0], run.Losses[last], run.Theta(last), optim.Norm(run.Gradient(last))
	where := fmt.Sprintf("θ = %s, J = %s, ‖∇J‖ = %s.", sayPoint(theta), say(loss), say(norm))
	after := "After " + plural(last, "step") + ": " + where
	event, cause := "", ""
	if t.Divergence != nil {
		event, cause = t.Divergence.Event, t.Divergence.Cause
	}

	switch {
	case run.Stop.Reason == optim.Diverged:
		return d.broken()
	case t.Critical != nil && t.Critical.Kind != optim.Minimum && d.at(t.Critical.Theta, 1e-3) && optim.Settled(norm, optim.Norm(run.Gradient(0))):
		return Readout{Warn, "Stands still at a " + t.Critical.Kind + ".", []string{after, "The gradient is practically zero here, so the method has no direction to go, although this is no minimum."}}
	case run.Stop.Reason == optim.Converged:
		return Readout{Good, "Converged after " + plural(run.Stop.Step, "step") + ".", append([]string{where}, d.manner()...)}
	case run.Stop.Step == 0:
		return Readout{Plain, "At the start.", []string{where}}
	case event == optim.Falling:
		return Readout{Warn, "Falls without end.", append([]string{after}, d.reason()...)}
	case event == optim.Growing:
		return Readout{Bad, "Diverges.", append([]string{fmt.Sprintf("After %s J has grown from %s to %s.", plural(last, "step"), say(first), say(loss))}, d.reason()...)}
	case event == optim.Risen && cause != "":
		return Readout{Bad, "Does not settle.", append([]string{fmt.Sprintf("After %s J is above its start: %s instead of %s.", plural(last, "step"), say(loss), say(first))}, d.reason()...)}
	case event == optim.Risen:
		return Readout{Warn, "J has risen.", append([]string{fmt.Sprintf("After %s: from %s to %s.", plural(last, "step"), say(first), say(loss))}, d.manner()...)}
	case d.reached():
		return Readout{Good, "Arrived.", append([]string{after}, d.manner()...)}
	case norm == 0:
		return Readout{Warn, "Stands still.", []string{after, "The gradient is exactly zero here, so the method has no direction to go."}}
	}
	return Readout{Plain, "Still on the way.", append([]string{after}, d.manner()...)}
}

// Arrived reports whether the run ends, for the eye, at a minimum.
func (d *Descent) Arrived() bool {
	return d.Theory.Minimum != nil && d.at(d.Theory.Minimum.Theta, 1e-2)
}

// reached reports whether the run is at a minimum for the eye, and has done all
// but a millionth of the way down.
func (d *Descent) reached() bool {
	low := d.Theory.Minimum
	if low == nil || !d.at(low.Theta, 1e-3) {
		return false
	}
	return d.Run.Losses[d.Run.LastFinite()]-low.Loss <= 1e-6*(d.Run.Losses[0]-low.Loss)
}

// at reports whether the last finite θ is that near to a point, measured by
// the window's diagonal.
func (d *Descent) at(point []float64, share float64) bool {
	return optim.Distance(d.Run.Theta(d.Run.LastFinite()), point) <= share*d.Window.Diagonal()
}

// broken explains why the numbers ended.
func (d *Descent) broken() Readout {
	k := d.Run.Stop.Step
	switch d.Theory.Divergence.Event {
	case optim.UndefinedGradient:
		return Readout{Bad, "Stops.", []string{fmt.Sprintf("The gradient is not defined at θ = %s, so step %d cannot be made.", sayPoint(d.Run.Theta(max(k-1, 0))), k)}}
	case optim.Indeterminate:
		why := "the gradient is 0 and so is ε"
		if d.Method.Params.Lookup("eps") == nil {
			why = "the second derivatives there give no step"
		}
		return Readout{Bad, "Stops.", []string{fmt.Sprintf("Step %d divides zero by zero: %s.", k, why)}}
	case optim.LeftDomain:
		return Readout{Bad, "Leaves the domain.", append([]string{fmt.Sprintf("At step %d θ lands where J is not defined.", k)}, d.reason()...)}
	}
	return Readout{Bad, "Diverges.", append([]string{fmt.Sprintf("At step %d the numbers become too large for the computer.", k)}, d.reason()...)}
}

// reason explains by the curvature why a run does not settle, and says what to
// try.
func (d *Descent) reason() []string {
	var sentences []string
	switch v := d.Theory.Divergence; v.Cause {
	case optim.NoStableRate:
		return []string{"With μ ≥ 1 the velocity never fades: no η is stable. Try μ = 0.9."}
	case optim.Unbounded:
		return []string{"J falls without end in this direction: it has no lowest value to find."}
	case optim.Overshoot:
		product, bound := sayApart(v.Product, v.Bound)
		sentences = append(sentences, fmt.Sprintf("Where J curves most on the way, λmax = %s, so η·λmax = %s > %s: there each step overshoots by more than the one before.",
			say(v.Lambda), product, bound))
	}
	if d.Advice > 0 {
		return append(sentences, "Try η ≤ "+param.Format(d.Advice)+".")
	}
	return append(sentences, "Try a start closer to a minimum.")
}

// manner says how a run of gradient descent moves, by η·λmax.
func (d *Descent) manner() []string {
	zigzag := d.Run.Zigzag() > 0.15
	if d.Method.ID != "gd" || d.Theory.Varies {
		if d.Run.Zigzag() > 0.1 {
			return []string{"The path swings past the valley floor and back."}
		}
		return nil
	}
	curvature := d.Theory.PathCurvature
	product := d.Run.Etas[0] * curvature
	const edge = 1e-9
	switch {
	case curvature <= 0:
		return nil
	case math.Abs(product-2) <= edge:
		return []string{"η·λmax = 2, exactly on the edge: these steps neither shrink nor grow."}
	case product > 2 && d.Run.Zigzag() == 0 && d.Function.Dim() == 1:
		return []string{fmt.Sprintf("Where J curves most on the way, η·λmax = %s, above 2; but the curve flattens within the step, so this run does not overshoot.", say(product))}
	case product > 2 && d.Run.Zigzag() == 0:
		return []string{fmt.Sprintf("η·λmax = %s is above 2, but no step of this run goes in the direction that curves so much. The smallest push in that direction would grow.", say(product))}
	case product > 2:
		return []string{fmt.Sprintf("Where J curves most on the way, η·λmax = %s, above 2: there the steps overshoot, and only the flatter parts save the run.", say(product))}
	case product > 1+edge && zigzag:
		return []string{fmt.Sprintf("The first steps overshoot the valley and zigzag: η·λmax = %s, between 1 and 2.", say(product))}
	case product < 0.05 && d.Run.Stop.Reason != optim.Converged:
		return []string{fmt.Sprintf("η is small for this curvature: η·λmax = %s. A larger η would be faster.", say(product))}
	case product <= 1+edge && !zigzag:
		return []string{fmt.Sprintf("η·λmax = %s: not above 1, so no step overshoots.", say(product))}
	}
	return nil
}
