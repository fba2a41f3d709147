package chart

import (
	"math"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// Errors describes the error of difference quotients against ε on two logarithmic axes, with reference slopes 1 and 2.
type Errors struct {
	Name, Title string
	Alt         string    // "": told from the least errors
	Eps         []float64 // > 0, in any order
	Forward     []float64 // |error| at each ε; nil: not drawn
	Backward    []float64 // likewise
	Central     []float64 // likewise
	Current     float64   // the reader's ε, a vertical line; ≤ 0: none
	Table       Table     // zero: the errors
}

// NewErrors draws e in 480×300 units, without a backdrop. An error of 0, all digits right, is drawn at the floor.
func NewErrors(e Errors) *Figure {
	f := newFigure(e.Name, e.Title, lineSize)
	x, y := newSpan(), newSpan()
	x.positive(e.Eps...)
	for _, l := range e.lines() {
		y.positive(l.Y...)
	}
	f.axes.x = logarithmic(x.lo, x.hi, 20, "$ε$")
	f.axes.y = logarithmic(y.lo/2, y.hi*2, 20, "|error|")
	f.axes.grid = true
	f.Alt, f.table = e.Alt, given(e.Table)
	if f.Alt == "" {
		f.Alt = e.story()
	}
	if f.table == nil {
		f.table = e.table
	}
	f.overlay = drawing(e.draw)
	return f
}

func (e *Errors) lines() []Line {
	var lines []Line
	for _, l := range []Line{
		{Label: "forward", Ink: InkTheta, X: e.Eps, Y: e.Forward},
		{Label: "backward", Ink: InkText, X: e.Eps, Y: e.Backward, Dashed: true},
		{Label: "central", Ink: InkGradient, X: e.Eps, Y: e.Central},
	} {
		// A nil X would count 0, 1, 2 …, which are no ε.
		if l.X != nil && length(l.X, l.Y) > 0 {
			lines = append(lines, l)
		}
	}
	return lines
}

func (e *Errors) draw(p *pen) {
	if e.Current > 0 && finite(e.Current) {
		if x := p.x(e.Current); p.ContainsX(x) {
			p.segment("rule", vg.Point{X: x, Y: p.Min.Y}, vg.Point{X: x, Y: p.Max.Y})
			p.labelAt("soft", vg.Point{X: x, Y: p.Max.Y + 4}, text.XCenter, text.YBottom, "your $ε$")
		}
	}
	p.reference(e.Eps, e.Forward, 1)
	p.reference(e.Eps, e.Central, 2)
	for _, l := range e.lines() {
		l.Y = e.floored(l.Y)
		p.plainLine(l)
		pts := p.points(l.X, l.Y)
		p.keepClear(pts)
		p.dots(l.Ink.class()+" d1", pts)
	}
	for _, l := range e.lines() {
		p.nameLine(l)
	}
	p.roundOff(e)
}

// floored lifts errors of 0 to the least number, which every axis shows at its foot.
func (e *Errors) floored(ys []float64) []float64 {
	out := make([]float64, len(ys))
	for i, y := range ys {
		out[i] = y
		if y == 0 {
			out[i] = math.SmallestNonzeroFloat64
		}
	}
	return out
}

// reference draws a line of the given slope a little above the errors in the range where truncation rules them.
func (p *pen) reference(eps, errs []float64, slope float64) {
	const above = 5
	at := largestBelow(eps, errs, 0.3)
	if at < 0 {
		return
	}
	x0, y0 := eps[at], errs[at]*above
	lo, hi := math.Pow(10, math.Log10(x0)-4), x0
	p.line(class(InkTheory), []float64{lo, hi}, []float64{y0 * math.Pow(lo/x0, slope), y0})
	middle := math.Sqrt(lo * hi)
	name := "slope 1"
	if slope == 2 {
		name = "slope 2"
	}
	p.keepClear(p.points([]float64{lo, hi}, []float64{y0 * math.Pow(lo/x0, slope), y0}))
	if pt := p.at(middle, y0*math.Pow(middle/x0, slope)); p.inside(pt) {
		p.labelAt(class(InkTheory), vg.Point{X: pt.X - 6, Y: pt.Y + 4}, text.XRight, text.YBottom, name)
	}
}

// largestBelow is the index of the largest ε ≤ bound with a positive error, or −1.
func largestBelow(eps, errs []float64, bound float64) int {
	best := -1
	for i := range min(len(eps), len(errs)) {
		if eps[i] > 0 && eps[i] <= bound && errs[i] > 0 && finite(errs[i]) && (best < 0 || eps[i] > eps[best]) {
			best = i
		}
	}
	return best
}

// nameLine writes a line's name beside it, on the right where the lines are apart.
func (p *pen) nameLine(l Line) {
	best := largestBelow(l.X, l.Y, math.Inf(1))
	if best < 0 {
		return
	}
	var places []vg.Point
	for _, share := range [...]float64{1e-1, 1e-2, 1e-3, 1e-4, 1e-5} {
		if i := largestBelow(l.X, l.Y, l.X[best]*share); i >= 0 && p.inside(p.at(l.X[i], l.Y[i])) {
			places = append(places, p.at(l.X[i], l.Y[i]))
		}
	}
	p.label(l.Ink.class(), 9, l.Label, places...)
}

// roundOff names the side of the least forward error where rounding rules: above the errors, midway to the least ε.
func (p *pen) roundOff(e *Errors) {
	best := leastPositive(e.Eps, e.Forward)
	if best < 0 {
		return
	}
	left, right := p.Min.X, p.x(e.Eps[best])
	if right < left+90 || right > p.Max.X {
		return
	}
	var top vg.Length
	middle := (left + right) / 2
	for _, pt := range p.avoid {
		if pt.X > middle-10 && pt.X < middle+60 {
			top = max(top, pt.Y)
		}
	}
	p.labelAt("soft", vg.Point{X: middle, Y: min(top+6, p.Max.Y-lineHeight)}, text.XLeft, text.YBottom, "← round-off")
}

func leastPositive(eps, errs []float64) int {
	best := -1
	for i := range min(len(eps), len(errs)) {
		if eps[i] > 0 && errs[i] > 0 && finite(errs[i]) && (best < 0 || errs[i] < errs[best]) {
			best = i
		}
	}
	return best
}

func (e *Errors) story() string {
	story := ""
	for _, l := range e.lines() {
		if best := leastPositive(l.X, l.Y); best >= 0 {
			story += "The " + l.Label + " difference is best at ε = " + Number(l.X[best]) + ", with an error of " + Number(l.Y[best]) + ". "
		}
	}
	if story == "" {
		return "No errors to show."
	}
	return story + "For smaller ε rounding makes the errors grow again."
}

func (e *Errors) table() Table {
	header := []string{"ε"}
	lines := e.lines()
	for _, l := range lines {
		header = append(header, l.Label)
	}
	return NewTable("Errors of the difference quotients", header, len(e.Eps), "ε", func(i int) []string {
		row := []string{Number(e.Eps[i])}
		for _, l := range lines {
			cell := ""
			if i < len(l.Y) {
				cell = Number(l.Y[i])
			}
			row = append(row, cell)
		}
		return row
	})
}
