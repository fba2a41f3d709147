package cell

import (
	"context"
	"fmt"
	"math"

	"descent/optim"
	"descent/optim/param"
)

// What a descent says of itself. Every sentence is about the run at hand, and
// a rate that is advised has been tried.

// Readout implements [Result].
func (d *Descent) Readout() Readout {
	run := d.Run
	last := run.LastFinite()
	if last < 0 {
		return Readout{Bad, "J is not defined at the start.", []string{"Choose a start where " + d.Function.Expr.String() + " has a value."}}
	}
	first, loss, theta, norm := run.Losses[0], run.Losses[last], run.Theta(last), optim.Norm(run.Gradient(last))
	where := fmt.Sprintf("θ = %s, J = %s, ‖∇J‖ = %s.", sayPoint(theta), say(loss), say(norm))
	after := "After " + plural(last, "step") + ": " + where
	rose := loss > first+1e-9*(1+math.Abs(first))

	switch {
	case run.Stop.Reason == optim.Diverged:
		return d.broken()
	case d.End != nil && d.End.Kind != optim.Minimum && d.at(d.End.Theta, 1e-3) && optim.Settled(norm, loss):
		return Readout{Warn, "Stands still at a " + d.End.Kind + ".", []string{after, "The gradient is practically zero here, so the method has no direction to go, although this is no minimum."}}
	case run.Stop.Reason == optim.Converged:
		return Readout{Good, "Converged after " + plural(run.Stop.Step, "step") + ".", append([]string{where}, d.manner()...)}
	case run.Stop.Step == 0:
		return Readout{Plain, "At the start.", []string{where}}
	case rose && d.grows():
		return Readout{Bad, "Diverges.", append([]string{fmt.Sprintf("After %s J has grown from %s to %s.", plural(last, "step"), say(first), say(loss))}, d.reason()...)}
	case rose && d.unstable():
		return Readout{Bad, "Does not settle.", append([]string{fmt.Sprintf("After %s J is above its start: %s instead of %s.", plural(last, "step"), say(loss), say(first))}, d.reason()...)}
	case rose:
		return Readout{Warn, "J has risen.", append([]string{fmt.Sprintf("After %s: from %s to %s.", plural(last, "step"), say(first), say(loss))}, d.manner()...)}
	case d.reached():
		return Readout{Good, "Arrived.", append([]string{after}, d.manner()...)}
	case norm == 0:
		return Readout{Warn, "Stands still.", []string{after, "The gradient is exactly zero here, so the method has no direction to go."}}
	}
	return Readout{Plain, "Still on the way.", append([]string{after}, d.manner()...)}
}

// Arrived reports whether the run ends, for the eye, at a minimum.
func (d *Descent) Arrived() bool { return d.Minimum != nil && d.at(d.Minimum.Theta, 1e-2) }

// reached reports whether the run is at a minimum for the eye, and has done all
// but a millionth of the way down.
func (d *Descent) reached() bool {
	if d.Minimum == nil || !d.at(d.Minimum.Theta, 1e-3) {
		return false
	}
	low := d.Minimum.Loss
	return d.Run.Losses[d.Run.LastFinite()]-low <= 1e-6*(d.Run.Losses[0]-low)
}

// at reports whether the last finite θ is that near to a point, measured by
// the window's diagonal.
func (d *Descent) at(point []float64, share float64) bool {
	theta := d.Run.Theta(d.Run.LastFinite())
	size := math.Hypot(d.Window.XMax-d.Window.XMin, d.Window.YMax-d.Window.YMin)
	gap := make([]float64, len(theta))
	for i := range theta {
		gap[i] = theta[i] - point[i]
	}
	return optim.Norm(gap) <= share*size
}

// broken explains why the numbers ended.
func (d *Descent) broken() Readout {
	k := d.Run.Stop.Step
	before := max(k-1, 0)
	ordinary := optim.Norm(d.Run.Theta(before)) < 1e100 && math.Abs(d.Run.Losses[before]) < 1e100
	gradient := optim.Norm(d.Run.Gradient(before))
	switch {
	case k > 0 && ordinary && (math.IsNaN(gradient) || math.IsInf(gradient, 0)):
		return Readout{Bad, "Stops.", []string{fmt.Sprintf("The gradient is not defined at θ = %s, so step %d cannot be made.", sayPoint(d.Run.Theta(before)), k)}}
	case ordinary && gradient < 1e100 && math.IsNaN(optim.Norm(d.Run.Theta(k))):
		return Readout{Bad, "Stops.", []string{fmt.Sprintf("Step %d divides zero by zero: the gradient is 0 and so is ε.", k)}}
	case math.IsNaN(d.Run.Losses[k]) && optim.Norm(d.Run.Theta(k)) < 1e100:
		return Readout{Bad, "Leaves the domain.", append([]string{fmt.Sprintf("At step %d θ lands where J is not defined.", k)}, d.reason()...)}
	}
	return Readout{Bad, "Diverges.", append([]string{fmt.Sprintf("At step %d the numbers become too large for the computer.", k)}, d.reason()...)}
}

// grows reports whether the loss is still growing at the end of the run.
func (d *Descent) grows() bool {
	last := d.Run.LastFinite()
	middle := d.Run.Losses[last/2]
	return d.unstable() && d.Run.Losses[last] > 2*math.Abs(middle)+1e-9
}

func (d *Descent) unstable() bool { return d.Run.Eta > d.StableEta }

// reason explains by the curvature why a run does not settle, and says what to
// try.
func (d *Descent) reason() []string {
	if d.StableEta == 0 {
		return []string{"With μ ≥ 1 the velocity never fades: no η is stable. Try μ = 0.9."}
	}
	if d.Run.FirstRise() < 0 || d.fallsAway() {
		return []string{"J falls without end in this direction: it has no lowest value to find."}
	}
	var sentences []string
	if d.unstable() {
		sentences = append(sentences, fmt.Sprintf("Where J curves most on the way, λmax = %s, so η·λmax = %s > %s: there each step overshoots by more than the one before.",
			say(d.Curvature), say(d.Run.Eta*d.Curvature), say(d.StableEta*d.Curvature)))
	}
	if d.Advice > 0 {
		return append(sentences, "Try η ≤ "+param.Format(d.Advice)+".")
	}
	return append(sentences, "Try a start closer to a minimum.")
}

// fallsAway reports whether the run ended far below everything it met.
func (d *Descent) fallsAway() bool {
	last := d.Run.LastFinite()
	return d.Run.Losses[last] < -1e9 && d.Run.Losses[last] < d.Run.Losses[0]
}

// Trials of an advised rate: enough steps to see it blow up.
const (
	trialSteps = 500
	mostTrials = 24
)

// calmerEta finds a rate, from the theory's bound downwards, with which the run
// from the same start ends no higher than it begins; 0 if none is found or none
// is needed. It is tried, since theory knows only the curvature that was met.
func (d *Descent) calmerEta(ctx context.Context) float64 {
	last := d.Run.LastFinite()
	if last < 0 || d.Run.Stop.Reason != optim.Diverged && d.Run.Losses[last] <= d.Run.Losses[0] {
		return 0
	}
	eta := d.Run.Eta / 2
	if d.unstable() {
		eta = d.StableEta * 0.999
	}
	for range mostTrials {
		if eta = floorTo(eta); !(eta >= d.Values.Table().Lookup("eta").Min) {
			return 0
		}
		run := optim.Minimize(ctx, d.Function.Objective(), d.Method.New(d.Values), optim.Config{Start: d.Run.Theta(0), Eta: eta, Steps: trialSteps})
		if run.Stop.Reason == optim.StepLimit && run.Losses[run.Len()-1] <= run.Losses[0] {
			return eta
		}
		eta /= 2
	}
	return 0
}

// manner says how a run of gradient descent moves, by η·λmax.
func (d *Descent) manner() []string {
	zigzag := d.Run.Zigzag() > 0.15
	if d.Method.ID != "gd" {
		if d.Run.Zigzag() > 0.1 {
			return []string{"The path swings past the valley floor and back."}
		}
		return nil
	}
	product := d.Run.Eta * d.Curvature
	const edge = 1e-9
	switch {
	case d.Curvature <= 0:
		return nil
	case math.Abs(product-2) <= edge:
		return []string{"η·λmax = 2, exactly on the edge: these steps neither shrink nor grow."}
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
