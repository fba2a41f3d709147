package views

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"descent/lessons/cell"
	"descent/optim"
	"descent/optim/param"
	"descent/views/chart"
)

// The pictures of a cell that asks before it shows: the main one without the
// answer, and the real one with the guess beside the truth.

// Asking reports whether the cell asks and its answer is still hidden.
func (c *Cell) Asking() bool { return c.Predict != nil && c.Predict.Asking() }

// asked is the picture of a cell that asks, in place of those that show the answer.
func (c *Cell) asked() []*chart.Figure {
	if on, ok := c.Result.(cell.OnPlane); ok && c.Predict.Ask == cell.AskPoint {
		return []*chart.Figure{c.askedPoint(on)}
	}
	switch r := c.Result.(type) {
	case *cell.Descent:
		return []*chart.Figure{askedDescent(r, c.Predict)}
	case *cell.Slope:
		return []*chart.Figure{askedSlope(r, c.Predict, c.Right)}
	}
	return nil
}

// compared are the figures, which show the answer, with the guess beside it.
func (c *Cell) compared(figures []*chart.Figure) []*chart.Figure {
	at := c.Predict.Point(c.Result)
	if c.Predict.Compared == nil || at == nil || len(figures) == 0 {
		return figures
	}
	switch r := c.Result.(type) {
	case *cell.Descent:
		figures[0] = descentPath(r, guessMark(r.Function, at))
	case *cell.Slope:
		figures[0] = slopeFigure(r, guessLine(r, at[0]))
	}
	figures[0].Alt += " Your guess is drawn beside it: " + c.Predict.Compared.Text()
	return figures
}

const guessLabel = "your guess"

func guessMark(f *optim.Function, at []float64) chart.Mark {
	m := onFigure(f, at, heightAt(f, at))
	m.Kind, m.Ink, m.Label = chart.MarkStart, chart.InkGuess, guessLabel
	return m
}

// heightAt is J at a point of a curve; seen from above it has no part in the picture.
func heightAt(f *optim.Function, at []float64) float64 {
	if f.Dim() > 1 {
		return math.NaN()
	}
	return f.Objective().Eval(at, nil)
}

func guessLine(s *cell.Slope, height float64) chart.Straight {
	return chart.Straight{X: s.X, Y: s.Value, Slope: s.LineSlope(height), Label: guessLabel, Ink: chart.InkGuess, Dashed: true}
}

// askedDescent is the run without what is asked for: the steps before the last,
// or the start alone.
func askedDescent(d *cell.Descent, p *cell.Prediction) *chart.Figure {
	shown := 0
	if p.Ask == cell.AskNextPoint {
		shown = max(d.AskedStep()-1, 0)
	}
	var paths []chart.Path
	if shown > 0 {
		path := chart.Path{X: d.Run.Coordinate(0)[:shown+1], Y: d.Run.Losses[:shown+1]}
		if d.Function.Dim() == 2 {
			path.Y = d.Run.Coordinate(1)[:shown+1]
		}
		paths = append(paths, path)
	}
	here := onFigure(d.Function, d.Run.Theta(shown), d.Run.Losses[shown])
	here.Kind, here.Label = chart.MarkStart, problemLabel(d, p, shown)
	if shown > 0 {
		here.Kind = chart.MarkEnd
	}
	title := "Where to?"
	if p.Ask == cell.AskFate {
		title = "And then?"
	}
	f := plane{
		name: "path", title: title, function: d.Function, window: d.Window,
		alt:   "The function " + d.Function.Name() + ", and on it " + shownSteps(shown) + ". What comes next is not drawn yet. " + p.Asked(d).Text(),
		paths: paths, marks: askedMarks(d, p, here),
	}.figure()
	if p.Ask == cell.AskNextPoint && d.AskedStep() > 0 {
		f.Handles = []chart.Handle{guessHandle(d, p, shown)}
	}
	return f
}

func shownSteps(n int) string {
	switch n {
	case 0:
		return "the start of a run"
	case 1:
		return "the start and the first step of a run"
	}
	return "the start and the first " + strconv.Itoa(n) + " steps of a run"
}

// problemLabel writes the numbers of the problem at the point from which it
// goes on, so that the picture alone asks the whole question.
func problemLabel(d *cell.Descent, p *cell.Prediction, shown int) string {
	label := "start"
	if shown > 0 {
		label = "$θ_{" + strconv.Itoa(shown) + "}$"
	}
	if !d.Method.Rateless {
		label += ", $η = " + cell.Say(d.Values.Float("eta")) + "$"
	}
	if p.Ask == cell.AskFate {
		label += ", " + d.Values.Text("steps") + " steps"
	}
	return label
}

// askedMarks are the point from which the run goes on, the guess, and those minima
// that are known without the run.
func askedMarks(d *cell.Descent, p *cell.Prediction, here chart.Mark) []chart.Mark {
	var known *optim.CriticalPoint
	if d.Theory.Quadratic {
		known = d.Theory.Minimum
	}
	marks := append(minimaOf(d.Function, known), here)
	if at := p.Point(d); at != nil {
		marks = append(marks, guessMark(d.Function, at))
	}
	return marks
}

// guessHandle moves the guess, which stands where the run does until it is made.
func guessHandle(d *cell.Descent, p *cell.Prediction, shown int) chart.Handle {
	at := p.Point(d)
	if at == nil {
		at = d.Run.Theta(shown)
	}
	m := onFigure(d.Function, at, heightAt(d.Function, at))
	h := chart.Handle{Label: guessLabel, X: m.X, Y: m.Y, XParam: "guess_x", YParam: "guess_y"}
	if d.Function.Dim() == 1 {
		h.YParam = ""
	}
	return h
}

// askedSlope is the curve with its point and the line that a reader turns.
func askedSlope(s *cell.Slope, p *cell.Prediction, right []float64) *chart.Figure {
	line := guessLine(s, s.Value) // level, until it is turned
	height := s.Value
	line.Label = "turn this line"
	if at := p.Point(s); at != nil {
		height = at[0]
		line = guessLine(s, height)
	}
	curve := slopeCurve(s)
	curve.Title = "How steep?"
	curve.Straights = []chart.Straight{line}
	if right != nil {
		answer := guessLine(s, right[0])
		answer.Label, answer.Ink, answer.Dashed = rightLabel, chart.InkText, false
		curve.Straights = append(curve.Straights, answer)
	}
	curve.Marks = []chart.Mark{
		{X: s.X, Y: s.Value, Ink: chart.InkText, Label: "$x = " + cell.Say(s.X) + "$", Drop: true},
		{X: s.LineAt(), Y: height, Kind: chart.MarkStart, Ink: chart.InkGuess},
	}
	curve.Alt = "The curve of " + s.Function.Expr.String() + ". Its tangent is not drawn yet. " + p.Asked(s).Text()
	f := chart.NewCurve(curve)
	f.Handles = []chart.Handle{{Label: "height of your line", X: s.LineAt(), Y: height, YParam: "guess_y"}}
	return f
}

// predictURL is the address of the other state, without a guess and with the
// cell's values: it shows the answer, or asks anew.
func (c *Cell) predictURL() string {
	other := *c
	state := *c.Predict
	state.Values = cell.PredictionState(state.Ask, !c.Asking())
	other.Predict = &state
	return other.Permalink()
}

// turnURL is predictURL for htmx: as in a form, the state that the page shows
// comes first.
func (c *Cell) turnURL() string {
	shown := cell.PredictionState(c.Predict.Ask, c.Asking()).Encode(nil)
	return strings.Replace(c.predictURL(), "?", "?"+shown+"&", 1)
}

// guessLegend is what the fields of the guess are together.
func (c *Cell) guessLegend() string {
	if c.Predict.Ask == cell.AskPoint || c.Predict.Ask == cell.AskLine {
		return "Your answer"
	}
	return "Your guess"
}

// guessHint says how to guess with the hand on the picture.
func (c *Cell) guessHint() string {
	switch c.Predict.Ask {
	case cell.AskNextPoint, cell.AskPoint:
		return "Click in the picture, or type."
	case cell.AskSlope, cell.AskLine:
		return "Move the ring up or down in the picture, or type."
	}
	return ""
}

// withGuess adds to a query what a cell that asks shows, and the guess.
func (c *Cell) withGuess(query string) string {
	if c.Predict == nil {
		return query
	}
	return query + "&" + c.Predict.Query()
}

// withState adds to a query whether the answer is shown, without the guess, for another
// problem than that of the guess.
func (c *Cell) withState(query string) string {
	if c.Predict == nil {
		return query
	}
	return query + "&" + cell.PredictionState(c.Predict.Ask, c.Asking()).Encode(nil)
}

// guessLabel names a field of the guess.
func (c *Cell) guessLabel(p *param.Param) string {
	if s, ok := c.Result.(*cell.Slope); ok && c.Predict.TurnsLine() {
		return p.Label + " at x = " + cell.Say(s.LineAt())
	}
	return p.Label
}

// guessSymbol is the formula's symbol for a coordinate; "" for another guess.
func (c *Cell) guessSymbol(p *param.Param) string {
	on, ok := c.Result.(cell.OnPlane)
	if !ok || p.Type == param.Choice || c.Predict.TurnsLine() {
		return ""
	}
	at := strings.Index("xy", strings.TrimPrefix(p.Name, "guess_"))
	f, _ := on.Plane()
	return symbolOf(f.Expr.Variables(), at)
}

// guessText is what a field of the guess shows: what was typed where that was
// refused, else the value.
func (c *Cell) guessText(p *param.Param) string {
	if c.Refused(p) && c.Typed.Has(p.Name) {
		return c.Typed.Get(p.Name)
	}
	return c.Predict.Values.Text(p.Name)
}

func (c *Cell) guessType(p *param.Param) string {
	if c.Refused(p) {
		return "text"
	}
	return "number"
}

// hasField reports whether the page has a place for a mistake in a parameter.
func (c *Cell) hasField(name string) bool {
	if slices.Contains(c.Show, name) {
		return true
	}
	if !c.Asking() {
		return false
	}
	if c.Result == nil { // a fragment: the page has what it asked with
		return c.Predict.Values.Table().Lookup(name) != nil
	}
	return name == "predict" || slices.ContainsFunc(c.Predict.Fields(c.Result), func(p *param.Param) bool { return p.Name == name })
}

// guessFieldsChange reports whether the page's form, which sends each of its
// fields, has others than the guess needs: those of a function with more or fewer
// variables.
func (c *Cell) guessFieldsChange() bool {
	if !c.Asking() || c.Predict.Ask != cell.AskNextPoint {
		return false
	}
	return c.Typed.Has("guess_y") != (len(c.Predict.Fields(c.Result)) == 2)
}

// readoutFocus lets the words take the focus where they are what is new.
func (c *Cell) readoutFocus() templ.Attributes {
	if c.Focus && !c.Asking() {
		return templ.Attributes{"tabindex": "-1", "autofocus": true}
	}
	return nil
}
