package chart

import "math"

// A Sweep shows the loss after a number of steps against the step size η, on a logarithmic axis of η. A strip along
// that axis says how runs of each η behave.
type Sweep struct {
	Name, Title string
	Alt         string // "": told from the first line, the bands and the marks
	Key         string // names all that the axes depend on, which then are a backdrop of their own; "": all is overlay
	XLabel      string // "": "$η$"
	Label       string // what is drawn: "$J(θ_{50})$"; "": "$J$" or "$J − J^*$"

	// Lines have η > 0 in ascending order as X and the loss as Y, which is not finite where the run diverged. A line
	// without an Ink has InkLoss when it is alone and InkRun of its index otherwise; several have their names at their
	// ends.
	Lines []Line

	// Minimum is the least value where MinimumKnown is set: then the axis is logarithmic and shows the losses −
	// Minimum. Otherwise the axis is logarithmic where all losses are positive and span more than a decade, and linear
	// where not.
	Minimum      float64
	MinimumKnown bool
	Shares       bool // shares instead of losses: the axis is linear, from 0 to 1

	Runs       []SweepRun // on the first line, each with its marker, at the upper edge where it diverges
	Bands      []Band     // in ascending order
	Current    float64    // the reader's η, a vertical line and a disc on the first line; ≤ 0: none
	Best       float64    // the η of the least loss, a star on the first line; ≤ 0: none
	Bound      float64    // the largest η that is stable in theory, a vertical line; ≤ 0: none
	BoundLabel string     // "$2/λ_{max}$"
	Table      Table      // zero: η, the losses and the bands
}

// A SweepRun is one run of those that the sweep makes: its η and its ink, an InkRun.
type SweepRun struct {
	Eta float64
	Ink Ink
}

// A Band is a named range of an axis. Ends beyond the axis are cut, so 0 and +Inf may be given.
type Band struct {
	From, To float64 // From < To, in units of the axis
	Label    string  // what happens there, in a word or two
	Tone     Tone    // its tint
}

// A Tone says what a band means, and with that its tint. The zero Tone is ToneConverges.
type Tone string

// The tones. Bands of ToneDiverges are hatched, so that the tint is not the only sign besides the words.
const (
	ToneConverges  Tone = "converges"  // good
	ToneOscillates Tone = "oscillates" // with care
	ToneDiverges   Tone = "diverges"   // not at all
)

// NewSweep draws s in 480×300 units. Where runs diverge the line leaves through the upper edge.
func NewSweep(s Sweep) *Figure {
	if s.XLabel == "" {
		s.XLabel = "$η$"
	}
	if s.Label == "" {
		s.Label = "$J$"
		if s.MinimumKnown {
			s.Label = "$J − J^*$"
		}
	}
	lines, log := s.lines()
	size := lineSize
	if len(lines) > 1 {
		for _, l := range lines {
			size.right = min(max(size.right, 24+float64(textWidth(l.Label))), 170)
		}
	}
	f := newFigure(s.Name, s.Title, size)
	f.axes.x = etaAxis(lines, s.XLabel)
	room := bandRoom(s.Bands, &f.axes)
	f.axes.y = sweepAxis(lines, log, s.Label)
	if s.Shares {
		f.axes.y = linear(-0.02, 1.05, s.Label)
	}
	for _, l := range lines {
		notBelow(l.Y, f.axes.y)
	}
	f.axes.y = f.axes.y.withFoot(float64(room) / (size.height - size.top - size.bottom))
	f.axes.grid = true
	f.Alt, f.table = s.Alt, given(s.Table)
	if f.Alt == "" {
		f.Alt = s.story()
	}
	if f.table == nil {
		f.table = s.table
	}
	f.BackdropKey = s.Key
	f.overlay = drawing(func(p *pen) {
		p.bandStrip(s.Bands)
		p.bound(s.Bound)
		if s.Current > 0 {
			p.currentEta(s.Current)
		}
		for i := len(lines) - 1; i >= 0; i-- {
			p.sweepLine(lines[i], len(lines) == 1)
		}
		if len(lines) > 0 {
			p.onLine(lines[0], s.Best, MarkMinimum, "best "+s.XLabel)
			p.onLine(lines[0], s.Current, MarkPoint, "")
			for _, r := range s.Runs {
				if at, ok := p.lineAt(lines[0], r.Eta); ok {
					p.runMarker(r.Ink, at)
				}
			}
		}
		p.boundLabel(s.Bound, s.BoundLabel)
		if len(lines) > 1 {
			p.sweepNames(lines)
		}
	})
	return f
}

// lines are those that can be drawn: shifted, losses that are not finite far above every axis.
func (s *Sweep) lines() (lines []Line, log bool) {
	seen := newSpan()
	for _, l := range s.Lines {
		seen.see(l.Y...)
	}
	log = !s.Shares && (s.MinimumKnown || seen.lo > 0 && seen.hi/seen.lo > 10)
	for i, l := range s.Lines {
		n := length(l.X, l.Y)
		if l.X == nil { // 0, 1, 2 … are no η
			n = 0
		}
		ys := shifted(l.Y[:n], s.shift(), log)
		for k, y := range ys {
			if !finite(y) {
				ys[k] = huge
			}
		}
		l.X, l.Y = l.X[:n], ys
		switch {
		case l.Ink != "":
		case len(s.Lines) == 1:
			l.Ink = InkLoss
		default:
			l.Ink = InkRun(i)
		}
		lines = append(lines, l)
	}
	return lines, log
}

func etaAxis(lines []Line, label string) axis {
	x := newSpan()
	for _, l := range lines {
		x.positive(l.X...)
	}
	return logarithmic(x.lo, x.hi, 12, label)
}

// sweepAxis spans the losses. That of the least η is nearly that of the start; above it there is little room.
func sweepAxis(lines []Line, log bool, label string) axis {
	s, start := newSpan(), newSpan()
	for _, l := range lines {
		for _, y := range l.Y {
			if y < huge && (!log || y > math.SmallestNonzeroFloat64) {
				s.see(y)
			}
		}
		if len(l.Y) > 0 && l.Y[0] < huge {
			start.see(l.Y[0])
		}
	}
	if log {
		return cappedLog(s, start.hi, label)
	}
	if !start.empty() && s.hi > start.hi+(start.hi-s.lo) && s.lo < start.hi {
		s.hi = start.hi + (start.hi - s.lo)
	}
	lo, hi := s.margin(0.06)
	return linear(lo, hi, label)
}

// withFoot is the axis with a share of its length added below, for the strip of bands.
func (a axis) withFoot(share float64) axis {
	stretch := share / (1 - share)
	if a.log {
		return logarithmic(a.min*math.Pow(a.min/a.max, stretch), a.max, 2*maxDecades, a.label)
	}
	a.min -= (a.max - a.min) * stretch
	return a
}
