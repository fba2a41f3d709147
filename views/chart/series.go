package chart

import (
	"slices"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// A Series figure holds several named lines over one pair of axes, labelled at their ends.
type Series struct {
	Name, Title string
	Alt         string // "": told from the lines' ends
	XLabel      string
	YLabel      string
	Lines       []Line  // each with its name at its end
	LogX, LogY  bool    // values ≤ 0 are left out
	YMin, YMax  float64 // range of y; equal: fitted to the lines
	Horizontals []Rule  // thin horizontal lines, such as the optimum
	Table       Table   // zero: the ends of the lines
}

// A Rule is a thin labelled line across the data area, at one value of an axis.
type Rule struct {
	At    float64 // in data units
	Label string  // written at its end; "" for none
}

// seriesSize leaves room for the names at the lines' ends.
var seriesSize = size{480, 300, 50, 104, 32, 48}

// NewSeries draws s in 480×300 units, without a backdrop.
func NewSeries(s Series) *Figure {
	f := newFigure(s.Name, s.Title, seriesSize)
	lines := make([]Line, len(s.Lines))
	x, y := newSpan(), newSpan()
	for i, l := range s.Lines {
		lines[i] = drawable(l, s.LogX, s.LogY)
		x.see(lines[i].X...)
		y.see(lines[i].Y...)
	}
	for _, r := range s.Horizontals {
		if !s.LogY || r.At > 0 {
			y.see(r.At)
		}
	}
	if usable(s.YMin, s.YMax) {
		y = span{s.YMin, s.YMax}
	}
	f.axes.x = spanAxis(x, s.LogX, 0, s.XLabel)
	f.axes.y = spanAxis(y, s.LogY, 0.06, s.YLabel)
	f.axes.grid = true
	f.Alt, f.table = s.Alt, given(s.Table)
	if f.Alt == "" {
		f.Alt = endsStory(s)
	}
	if f.table == nil {
		f.table = func() Table { return endsTable(s) }
	}
	f.overlay = drawing(func(p *pen) {
		for _, r := range s.Horizontals {
			p.horizontal(r)
		}
		for _, l := range lines {
			p.plainLine(l)
		}
		p.endNames(lines)
	})
	return f
}

// drawable is l without what its axes cannot show, which becomes a break, and with its own X.
func drawable(l Line, logX, logY bool) Line {
	n := length(l.X, l.Y)
	xs, ys := make([]float64, n), make([]float64, n)
	for i := range n {
		xs[i], ys[i] = pair(l.X, l.Y, i)
		if logX && xs[i] <= 0 || logY && ys[i] <= 0 {
			ys[i] = nan
		}
		if !finite(xs[i]) || !finite(ys[i]) {
			xs[i], ys[i] = nan, nan
		}
	}
	l.X, l.Y = xs, ys
	return l
}

func spanAxis(s span, log bool, share float64, label string) axis {
	if !log {
		lo, hi := s.margin(share)
		return linear(lo, hi, label)
	}
	return logarithmic(s.lo/(1+share), s.hi*(1+share), maxDecades, label)
}

func (p *pen) horizontal(r Rule) {
	y := p.y(r.At)
	if !finite(r.At) || !p.ContainsY(y) {
		return
	}
	p.segment(class(InkTheory), vg.Point{X: p.Min.X, Y: y}, vg.Point{X: p.Max.X, Y: y})
	p.labelAt(class(InkTheory), vg.Point{X: p.Min.X + 6, Y: y + 3}, text.XLeft, text.YBottom, r.Label)
}

// endNames writes the lines' names to the right of the data area at the heights of their ends, pushed apart where
// they would touch.
func (p *pen) endNames(lines []Line) {
	type name struct {
		y    vg.Length
		line Line
	}
	var names []name
	for _, l := range lines {
		pts := p.points(l.X, l.Y)
		if l.Label == "" || len(pts) == 0 {
			continue
		}
		end := pts[len(pts)-1]
		p.dots(l.Ink.class()+" d2", []vg.Point{end})
		names = append(names, name{min(max(end.Y, p.Min.Y), p.Max.Y), l})
	}
	slices.SortStableFunc(names, func(a, b name) int {
		switch {
		case a.y < b.y:
			return -1
		case a.y > b.y:
			return 1
		}
		return 0
	})
	for i := 1; i < len(names); i++ {
		names[i].y = max(names[i].y, names[i-1].y+lineHeight)
	}
	ceiling := p.Max.Y + 10
	for i := len(names) - 1; i >= 0; i-- {
		names[i].y = min(names[i].y, ceiling)
		ceiling = names[i].y - lineHeight
	}
	for _, n := range names {
		p.labelAt(n.line.Ink.class(), vg.Point{X: p.Max.X + 7, Y: n.y}, text.XLeft, text.YCenter, n.line.Label)
	}
}

func endsStory(s Series) string {
	story := ""
	for _, l := range s.Lines {
		if n := length(l.X, l.Y); n > 0 {
			x0, y0 := pair(l.X, l.Y, 0)
			x1, y1 := pair(l.X, l.Y, n-1)
			story += plain(l.Label) + " goes from " + Number(y0) + " at " + Number(x0) + " to " + Number(y1) + " at " + Number(x1) + ". "
		}
	}
	if story == "" {
		return "No lines to show."
	}
	return story[:len(story)-1]
}

func endsTable(s Series) Table {
	return NewTable("Where each line begins and ends", []string{"line", "first", "last", "least"}, len(s.Lines), "line", func(i int) []string {
		l := s.Lines[i]
		least := newSpan()
		least.see(l.Y...)
		if n := length(l.X, l.Y); n > 0 && !least.empty() {
			return []string{plain(l.Label), Number(l.Y[0]), Number(l.Y[n-1]), Number(least.lo)}
		}
		return []string{plain(l.Label), "", "", ""}
	})
}
