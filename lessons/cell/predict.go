package cell

import (
	"fmt"
	"math"
	"net/url"
	"slices"

	"descent/optim"
	"descent/optim/param"
)

// What a lesson can have a cell ask before it shows its answer.
const (
	AskNextPoint = "next-point" // descent: where the last of the steps lands
	AskFate      = "fate"       // descent: what becomes of the run, in the words of [optim.Sweep]
	AskSlope     = "slope"      // slope: how steep the curve is, by the height of a line through its point
)

// What only an exercise can ask, since what is right is not the cell's to say.
const (
	AskPoint = "point" // of an [OnPlane] result: a place in the picture, of a line its coordinate, of a plane both
	AskLine  = "line"  // slope: a line through the point
)

// A Prediction is a question that a cell asks before it shows, and a reader's
// guess. Its values are those of [PredictionParams].
type Prediction struct {
	Ask      string       // one of the kind's Asks
	Question string       // the lesson's, plain text
	Values   param.Values // whether the answer is shown, and the guess
	Compared *Readout     // the guess beside the truth; nil while the cell asks or when nothing was guessed
}

// The names in an address and their values.
const (
	predictName  = "predict"
	predictAsk   = "ask"
	predictShow  = "show"
	mostGuess    = 1e6 // of a coordinate, as of the start
	mostHeight   = 1e8 // of a line
	quarterSteps = 4   // the line's second point is about a quarter of the window away
)

// PredictionParams is the table of a prediction: its state and the guess, blank
// until one is made.
func PredictionParams(ask string) param.Table {
	t := param.Table{{Name: predictName, Type: param.Choice, Default: predictAsk, Options: []param.Option{{Value: predictAsk, Label: "ask"}, {Value: predictShow, Label: "show"}}}}
	number := func(name, label string, most float64) param.Param {
		return param.Param{Name: name, Label: label, Min: -most, Max: most, Step: 0.01, Optional: true}
	}
	switch ask {
	case AskNextPoint, AskPoint:
		return append(t, number("guess_x", "first coordinate", mostGuess), number("guess_y", "second coordinate", mostGuess))
	case AskSlope, AskLine:
		return append(t, number("guess_y", "height of your line", mostHeight))
	}
	return append(t, param.Param{Name: "guess", Label: "fate", Type: param.Choice, Options: []param.Option{
		{Value: optim.FateConverges, Label: "goes down calmly and arrives"},
		{Value: optim.FateSlow, Label: "goes down calmly, but is not there yet"},
		{Value: optim.FateOscillates, Label: "swings from side to side, whether it arrives or not"},
		{Value: optim.FateDiverges, Label: "runs away, or ends above its start"},
		{}, // no guess yet
	}})
}

// checkAsk reports what stands against asking in a lesson's cell, whose result
// at its own values is r.
func (k *Kind) checkAsk(ask string, figures []string, r Result) []error {
	if len(k.Asks) == 0 {
		return []error{fmt.Errorf("predict: %s asks nothing", k.ID)}
	}
	if problems := k.unknown("predict", []string{ask}, k.Asks); len(problems) > 0 {
		return problems
	}
	if len(figures) > 0 && figures[0] != k.Figures[0] {
		return []error{fmt.Errorf("predict: the question is drawn in %s, which must be the first of figures", k.Figures[0])}
	}
	if d, ok := r.(*Descent); ok && ask == AskNextPoint && d.AskedStep() == 0 {
		return []error{fmt.Errorf("predict: this run makes no step that could be asked for; set steps to 1 or more")}
	}
	return nil
}

// Concerns reports whether a parameter of the kind has a part in the question. A
// control that has none would seem dead while the cell asks.
func (p *Prediction) Concerns(name string) bool {
	switch p.Ask {
	case AskSlope:
		return !slices.Contains([]string{"eps", "secant", "sign"}, name)
	case AskFate:
		return name != "tol" // the fate is that of all steps
	}
	return true
}

// Asking reports whether the answer is still hidden.
func (p *Prediction) Asking() bool { return p.Values.Text(predictName) == predictAsk }

// TurnsLine reports whether the guess is a line through the point of a slope.
func (p *Prediction) TurnsLine() bool { return p.Ask == AskSlope || p.Ask == AskLine }

// Guessed reports whether there is a whole guess about r.
func (p *Prediction) Guessed(r Result) bool {
	if p.Ask == AskFate {
		return p.Values.Text("guess") != ""
	}
	return !slices.ContainsFunc(p.fields(r), func(name string) bool { return !p.Values.Has(name) })
}

// fields are the names of the numbers that make a guess about r.
func (p *Prediction) fields(r Result) []string {
	if p.TurnsLine() {
		return []string{"guess_y"}
	}
	if on, ok := r.(OnPlane); ok {
		if f, _ := on.Plane(); f.Dim() == 1 {
			return []string{"guess_x"}
		}
	}
	return []string{"guess_x", "guess_y"}
}

// Fields are the parameters of the guess that have a field, beside r.
func (p *Prediction) Fields(r Result) []*param.Param {
	names := []string{"guess"}
	if p.Ask != AskFate {
		names = p.fields(r)
	}
	var list []*param.Param
	for _, name := range names {
		field := *p.Values.Table().Lookup(name)
		if len(names) == 1 && name == "guess_x" {
			field.Label = "place of the next point"
			if p.Ask == AskPoint {
				field.Label = "place"
			}
		}
		list = append(list, &field)
	}
	return list
}

// Point is the guess as a point; nil where there is none.
func (p *Prediction) Point(r Result) []float64 {
	if p.Ask == AskFate || !p.Guessed(r) {
		return nil
	}
	var point []float64
	for _, name := range p.fields(r) {
		point = append(point, p.Values.Float(name))
	}
	return point
}

// Check reports a guess that is to be compared and lacks a part.
func (p *Prediction) Check(r Result) param.Errors {
	if p.Asking() || p.Ask != AskNextPoint || p.Guessed(r) {
		return nil
	}
	var errs param.Errors
	for _, name := range p.fields(r) {
		if !p.Values.Has(name) {
			errs = append(errs, param.Errorf(name, "type this coordinate too, or clear the other")...)
		}
	}
	if len(errs) == len(p.fields(r)) {
		return nil // no guess at all: just show
	}
	return errs
}

// Query is the canonical query of the state and the guess.
func (p *Prediction) Query() string { return p.Values.Encode(nil) }

// PredictionState is a prediction's values without a guess: asking, or showing
// the answer.
func PredictionState(ask string, asking bool) param.Values {
	state := predictShow
	if asking {
		state = predictAsk
	}
	v, err := PredictionParams(ask).Defaults(map[string]string{predictName: state})
	if err != nil {
		panic(err) // both states are the table's own
	}
	return v
}

// AskAgain hides the answer and keeps the guess.
func (p *Prediction) AskAgain() { p.turn(predictAsk) }

// Show shows the answer and keeps the guess.
func (p *Prediction) Show() { p.turn(predictShow) }

func (p *Prediction) turn(state string) {
	query, err := url.ParseQuery(p.Values.Encode(nil))
	if err != nil {
		panic(err) // written by Encode
	}
	query.Set(predictName, state)
	p.Values, _, _ = p.Values.Table().Parse(query, param.Values{})
}

// AskedStep is the step that a reader is asked to predict: the last of the run.
// It is 0 where the run makes no step.
func (d *Descent) AskedStep() int { return d.Run.Len() - 1 }

// LineAt is where the height of a guessed line is asked for: a round distance,
// about a quarter of the window, to the right of the point, or to its left where the
// picture ends. It depends on the picture alone, so that it gives nothing away.
func (s *Slope) LineAt() float64 {
	quarter := (s.Window.XMax - s.Window.XMin) / quarterSteps
	unit := math.Pow(10, math.Floor(math.Log10(quarter)))
	reach := unit
	for _, times := range [...]float64{2, 5} {
		if times*unit <= quarter*(1+1e-9) {
			reach = times * unit
		}
	}
	if s.X+reach > s.Window.XMax-quarter/10 { // not at the very edge
		reach = -reach
	}
	return s.X + reach
}

// LineSlope is the slope of the line through the point of the curve that is
// that high at LineAt.
func (s *Slope) LineSlope(height float64) float64 { return (height - s.Value) / (s.LineAt() - s.X) }
