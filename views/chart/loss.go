package chart

import (
	"math"
	"strconv"

	"gonum.org/v1/plot/vg"
)

// A Loss describes how a loss fell: its value against the step.
type Loss struct {
	Name, Title string
	Alt         string    // "": told from the values
	XLabel      string    // "": "step"
	Label       string    // what is drawn: "$J(θ_t)$", "$J(θ_t) − J^*$"; "": "$J$" or "$J − J^*$"
	Values      []float64 // the losses, one per step
	First       int       // the step of Values[0]

	// Minimum is the least value where MinimumKnown is set: then the axis is logarithmic and shows Values − Minimum.
	// Otherwise the axis is logarithmic where all values are positive and span more than a decade, and linear where
	// not.
	Minimum      float64
	MinimumKnown bool

	Theory      []float64 // what a formula predicts for the same steps, in the same units as Values; nil: none
	TheoryLabel string    // its name; "": none
	Others      []Line    // further runs, X counted in steps
	Film        *Film     // the step that the reader looks at, counted from First, has a ring on the curve and its value
	Table       Table     // zero: the values
}

// maxDecades is the most that a log axis spans: float64 has no more digits.
const maxDecades = 16

// NewLoss draws l in 480×300 units, with no backdrop of its own. A loss that leaves the axis for good is shown at the
// upper edge with the step at which it left.
func NewLoss(l Loss) *Figure {
	f := newFigure(l.Name, l.Title, lineSize)
	if l.XLabel == "" {
		l.XLabel = "step"
	}
	shift := 0.0
	if l.MinimumKnown {
		shift = l.Minimum
	}
	if l.Label == "" {
		l.Label = "$J$"
		if l.MinimumKnown {
			l.Label = "$J − J^*$"
		}
	}
	log := l.MinimumKnown || spansDecades(l.Values)
	main := l.line(l.Values, shift, log)
	theory := l.line(l.Theory, shift, log)
	theory.Label, theory.Ink = l.TheoryLabel, InkTheory
	others := make([]Line, len(l.Others))
	last := l.First + max(len(l.Values)-1, 1)
	for i, o := range l.Others {
		others[i] = o
		others[i].Y = shifted(o.Y, shift, log)
		if n := length(o.X, o.Y); n > 0 {
			if x, _ := pair(o.X, o.Y, n-1); finite(x) {
				last = max(last, int(min(x, 1e9)))
			}
		}
	}
	f.axes.y = lossAxis(append([]Line{main}, others...), log, l.Label)
	if n := lost(main.Y, f.axes.y.max); n < len(main.Y) && len(others) == 0 {
		last = min(last, l.First+n+n/2+1)
	}
	f.axes.x = steps(l.First, last, l.XLabel)
	f.axes.grid = true
	f.Alt, f.table = l.Alt, given(l.Table)
	if f.Alt == "" {
		f.Alt = l.story(lost(main.Y, f.axes.y.max))
	}
	if f.table == nil {
		f.table = l.table
	}
	f.overlay = drawing(func(p *pen) {
		p.keepClear(p.some(main.X, main.Y))
		for _, o := range others {
			p.plainLine(o)
		}
		p.line(class(InkLoss)+" bold", main.X, main.Y)
		p.line(theory.Ink.class(), theory.X, theory.Y) // over the loss, so that a run on the line shows that it is
		p.lossEnd(main, f.axes.y.max, l.First)
		p.lineName(theory)
		for _, o := range others {
			p.lineName(o)
		}
	})
	if l.Film != nil && len(main.Y) > 0 {
		f.film = &reel{
			film: *l.Film, length: len(main.Y), quiet: true,
			draw: func(p *pen, k int) { p.lossAt(main.X[k], main.Y[k], Number(l.Values[k]-shift)) },
		}
	}
	return f
}

// spansDecades says whether a log axis shows values better than a linear one.
func spansDecades(values []float64) bool {
	s := newSpan()
	s.see(values...)
	return s.lo > 0 && s.hi/s.lo > 10
}

// line is values as a line over steps.
func (l *Loss) line(values []float64, shift float64, log bool) Line {
	return Line{X: counted(l.First, len(values)), Y: shifted(values, shift, log), Ink: InkLoss}
}

// shifted is values − shift; on a log axis what is not positive, a loss at its minimum to the last digit, is at the
// floor.
func shifted(values []float64, shift float64, log bool) []float64 {
	out := make([]float64, len(values))
	for i, v := range values {
		out[i] = v - shift
		if log && out[i] <= 0 {
			out[i] = math.SmallestNonzeroFloat64
		}
	}
	return out
}

// lossAt marks the step that the reader looks at, with its value and a thin line down to the axis. A value off the
// axis leaves the line alone.
func (p *pen) lossAt(x, y float64, value string) {
	at := p.at(x, y)
	at.Y = max(at.Y, p.Min.Y)
	top := at
	if !finite(y) || !p.inside(at) {
		top.X, top.Y = p.x(x), p.Max.Y
	}
	p.segment("rule", top, vg.Point{X: top.X, Y: p.Min.Y})
	if top == at {
		p.ring(class(InkLoss), at)
		p.label(class(InkLoss), 11, value, at)
	}
}

// lossEnd marks where the loss stands, or where it left.
func (p *pen) lossEnd(main Line, top float64, first int) {
	last := lost(main.Y, top) - 1
	switch {
	case last < 0:
	case last == len(main.Y)-1:
		at := p.at(main.X[last], main.Y[last])
		at.Y = max(at.Y, p.Min.Y)
		p.dots("paper d6", []vg.Point{at})
		p.dots(class(InkLoss)+" d5", []vg.Point{at})
		p.avoid = append(p.avoid, at)
	default:
		from := p.at(main.X[last], main.Y[last])
		exit := vg.Point{X: from.X, Y: p.Max.Y}
		if finite(main.Y[last+1]) {
			if _, b, visible := clip(p.Rectangle, from, p.at(main.X[last+1], main.Y[last+1])); visible {
				exit = b
			}
		}
		dx, dy, _ := direction(from, exit)
		p.arrowHead(class(InkLoss), exit, dx, dy, 10, 4.5)
		words := outAt(first+last+1, first+len(main.Y))
		if !finite(main.Y[last+1]) {
			words = "not finite at step " + strconv.Itoa(first+last+1)
		}
		// Beside the line's last stretch there is room on one side or the other, whatever its slope.
		places := []vg.Point{exit}
		for _, along := range [...]vg.Length{0.7, 0.4, 0.1} {
			places = append(places, vg.Point{X: from.X + along*(exit.X-from.X), Y: from.Y + along*(exit.Y-from.Y)})
		}
		p.label(class(InkLoss), 12, words, places...)
	}
}
