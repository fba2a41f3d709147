package cell

import (
	"context"
	"math"
	"net/url"

	"descent/optim"
	"descent/optim/param"
)

// An OnPlane result belongs to a function of one or two variables and has a window of it.
type OnPlane interface {
	Result
	// Plane is the function, and the part of its line or plane that the picture shows.
	Plane() (*optim.Function, optim.Window)
}

// Plane implements [OnPlane].
func (o *Objective) Plane() (*optim.Function, optim.Window) { return o.Function, o.Window }

// Plane implements [OnPlane].
func (s *Slope) Plane() (*optim.Function, optim.Window) { return s.Function, s.Window }

// Plane implements [OnPlane].
func (f *Function) Plane() (*optim.Function, optim.Window) { return f.Function, f.Window }

// Plane implements [OnPlane].
func (d *Descent) Plane() (*optim.Function, optim.Window) { return d.Function, d.Window }

// Plane implements [OnPlane].
func (b *Basins) Plane() (*optim.Function, optim.Window) { return b.Function, b.Window }

// Truth is the right answer about r, as a form would send the guess; nil where r has none, as
// when a run makes no step, and for [AskPoint]. When the context ends it means nothing.
func (p *Prediction) Truth(ctx context.Context, r Result) url.Values {
	switch r := r.(type) {
	case *Descent:
		switch {
		case r.Run.LastFinite() < 0:
			return nil
		case p.Ask == AskFate:
			return url.Values{"guess": {r.Fate(ctx)}}
		case p.Ask == AskNextPoint && r.AskedStep() > 0:
			return p.PointValues(r, r.Run.Theta(r.AskedStep()))
		}
	case *Slope:
		return p.LineValues(r, r.Derivative)
	}
	return nil
}

// PointValues is a point as a form would send the guess; nil where it has no field for it.
func (p *Prediction) PointValues(r Result, at []float64) url.Values {
	values := url.Values{}
	for i, name := range p.fields(r) {
		if i >= len(at) || math.Abs(at[i]) > mostGuess || math.IsNaN(at[i]) {
			return nil
		}
		values.Set(name, param.Format(at[i]))
	}
	return values
}

// LineValues is the line of that slope through the point of s, as a form would send the guess; nil where
// its height is beyond what the field takes.
func (p *Prediction) LineValues(s *Slope, slope float64) url.Values {
	height := s.Value + slope*(s.LineAt()-s.X)
	if !(math.Abs(height) <= mostHeight) {
		return nil
	}
	return url.Values{"guess_y": {param.Format(height)}}
}

// Miss says what is different about a wrong guess, without the truth: which way a step should turn, that a line is too
// flat. "" where there is nothing to say.
func (p *Prediction) Miss(r Result) string {
	at := p.Point(r)
	if at == nil {
		return ""
	}
	switch r := r.(type) {
	case *Descent:
		if k := r.AskedStep(); p.Ask == AskNextPoint && k > 0 {
			return r.missedStep(r.Run.Theta(k-1), r.Run.Theta(k), at)
		}
	case *Slope:
		if p.Ask == AskSlope {
			return MissedSlope(r.LineSlope(at[0]), r.Derivative)
		}
	}
	return ""
}

// missedStep says whether the direction of a guessed step is wrong or its length.
func (d *Descent) missedStep(from, to, guess []float64) string {
	if turn := d.turnHint(from, to, guess); turn != "" {
		return turn
	}
	if optim.Distance(guess, from) > optim.Distance(to, from) {
		return "Your direction is right; your step is too long."
	}
	return "Your direction is right; your step is too short."
}

// MissedSlope says how a line's slope differs from the one that it should have.
func MissedSlope(said, slope float64) string {
	switch {
	case said*slope < 0:
		return "The other way."
	case math.Abs(said) > math.Abs(slope):
		return "Too steep this time."
	}
	return "Too flat this time."
}
