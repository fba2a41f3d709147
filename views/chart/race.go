package chart

import "slices"

// A Race shows how the losses of several runs fell: their values against the step, on one axis.
type Race struct {
	Name, Title string
	Alt         string  // "": who is lowest in the end, who diverged, who stopped early
	XLabel      string  // "": "step"
	Label       string  // what is drawn: "$J(θ_t) − J^*$"; "": "$J$" or "$J − J^*$"
	Racers      []Racer // one per run

	// Minimum is the least value where MinimumKnown is set: then the axis is logarithmic and shows Values − Minimum.
	// Otherwise the axis is logarithmic where all values are positive and span more than a decade, and linear where
	// not.
	Minimum      float64
	MinimumKnown bool

	TheoryLabel string // one name for all theory lines; "": none
	At          *int   // the step that the reader looks at: a thin rule, and a dot on every line; nil: none
	Table       Table  // zero: a column per run
}

// A Racer is one run of a Race.
type Racer struct {
	Label  string    // the run's name, written at the line's end
	Ink    Ink       // zero: InkRun of its index
	Values []float64 // the losses at steps 0, 1, 2 …, as many as the run has; the first that is not finite ends it
	Theory []float64 // what a formula predicts for the same steps, in the same units as Values; nil: none
}

// NewRace draws r in 480×300 units, with no backdrop of its own. Names stand at the lines' ends, and runs that leave
// the axis for good are shown at the upper edge with the step at which they left.
func NewRace(r Race) *Figure {
	if r.XLabel == "" {
		r.XLabel = "step"
	}
	if r.Label == "" {
		r.Label = "$J$"
		if r.MinimumKnown {
			r.Label = "$J − J^*$"
		}
	}
	r.Racers = slices.Clone(r.Racers)
	for i := range r.Racers {
		r.Racers[i].Ink = r.Racers[i].Ink.or(InkRun(i))
	}
	lines, theories, log := r.lines()
	y := raceAxis(lines, log, r.Label)
	if len(theories) > 0 {
		theories[0].Label = r.TheoryLabel
	}
	lanes, last := r.lanes(lines, y.max)
	for _, l := range lines {
		notBelow(l.Y, y)
	}

	size := lineSize
	size.right = namesWidth(lanes, last)
	f := newFigure(r.Name, r.Title, size)
	f.axes.x, f.axes.y, f.axes.grid = steps(0, last, r.XLabel), y, true
	f.Alt, f.table = r.Alt, given(r.Table)
	if f.Alt == "" {
		f.Alt = r.story(lanes)
	}
	if f.table == nil {
		f.table = r.table
	}
	f.overlay = drawing(func(p *pen) {
		for _, l := range theories {
			p.line(l.Ink.class()+" thin", l.X, l.Y)
		}
		if r.At != nil {
			p.atStep(min(max(*r.At, 0), last))
		}
		for _, l := range lanes {
			p.line(l.line.Ink.line(), l.line.X, l.line.Y)
			p.keepOffLine(p.some(l.line.X, l.line.Y))
		}
		if r.At != nil {
			p.dotsAt(lanes, max(*r.At, 0))
		}
		p.raceEnds(lanes, last)
		if len(theories) > 0 {
			p.lineName(theories[0])
		}
	})
	return f
}

// lines are the runs' losses and the theories' as they are drawn, and whether on a logarithmic axis.
func (r *Race) lines() (losses, theories []Line, log bool) {
	shift := r.shift()
	if log = r.MinimumKnown; !log {
		s := newSpan()
		for _, racer := range r.Racers {
			s.see(racer.Values...)
		}
		log = s.lo > 0 && s.hi/s.lo > 10
	}
	for _, racer := range r.Racers {
		n := len(racer.Values)
		for i, v := range racer.Values {
			if !finite(v) {
				n = i
				break
			}
		}
		ys := shifted(racer.Values[:n], shift, log)
		losses = append(losses, Line{Label: racer.Label, Ink: racer.Ink, X: counted(0, n), Y: ys})
		if n := len(racer.Theory); n > 0 {
			ys := shifted(racer.Theory, shift, log)
			theories = append(theories, Line{Ink: InkTheory, X: counted(0, n), Y: ys})
		}
	}
	return losses, theories, log
}

// A lane is a run of a race as it is drawn.
type lane struct {
	line   Line
	inside int  // the number of its steps, up to the last one below the axis's upper end
	total  int  // the number of all its steps
	out    bool // it leaves after them
	broken bool // because the next value is not finite
}

// lanes are the runs with their fates, and the last step of the axis: that of the longest run, or a little past the
// leaving where all leave.
func (r *Race) lanes(lines []Line, top float64) (lanes []lane, last int) {
	longest, leaving, staying := 1, 1, false
	for i, l := range lines {
		n := lost(l.Y, top)
		a := lane{line: l, inside: n, total: len(r.Racers[i].Values), out: n < len(r.Racers[i].Values), broken: n == len(l.Y)}
		longest = max(longest, len(l.Y)-1)
		leaving = max(leaving, n+n/2+1)
		staying = staying || !a.out && n > 0
		lanes = append(lanes, a)
	}
	if !staying {
		longest = min(longest, leaving)
	}
	return lanes, longest
}

// raceAxis is lossAxis with less room for runs that diverge: they must not press the others together.
func raceAxis(lines []Line, log bool, label string) axis {
	if !log {
		return lossAxis(lines, log, label)
	}
	start, s := newSpan(), newSpan()
	for _, l := range lines {
		s.aboveFloor(l.Y...)
		if len(l.Y) > 0 {
			start.aboveFloor(l.Y[0])
		}
	}
	return cappedLog(s, start.hi, label)
}

// lastStep says whether the run's end is at the right edge, where its name stands beside the data area.
func (l *lane) lastStep(last int) bool { return !l.out && l.inside == last+1 }

// namesWidth is the margin for the names beside the data area, wide enough for a small screen's text.
func namesWidth(lanes []lane, last int) float64 {
	const least, most = 16, 170
	width := 0.0
	for _, l := range lanes {
		if w := textWidth(l.line.Label); l.lastStep(last) && w > 0 {
			width = max(width, 24+float64(w))
		}
	}
	return min(max(width, least), most)
}
