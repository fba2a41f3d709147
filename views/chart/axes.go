package chart

import (
	"math"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// A size is a figure's box and the margins around its data area, fixed so that the two layers and all figures of a
// kind agree.
type size struct{ width, height, left, right, top, bottom float64 }

var (
	planeSize = size{480, 420, 50, 16, 32, 48}
	lineSize  = size{480, 300, 50, 16, 32, 48}
)

// An axis is one axis of a figure, ready to draw: min < max, both finite, both positive if log.
type axis struct {
	min, max float64
	log      bool
	label    string
	ticks    []plot.Tick
}

type axes struct {
	size
	x, y axis
	grid bool // thin lines at the ticks
	mute bool // y is a list of names, drawn by the figure itself
	bare bool // neither frame nor names: the figure draws its own
}

// labelGap is the room between the data area and the tick labels.
const labelGap = 8

// plot is the gonum plot of these axes, without plotters. Its ticks are ours, so that their number stays small and
// nothing can hang; tick marks and frame are drawn by frame, in one element.
func (a *axes) plot() *plot.Plot {
	p := &plot.Plot{TextHandler: textHandler{}}
	for _, ax := range []struct {
		to   *plot.Axis
		from *axis
	}{{&p.X, &a.x}, {&p.Y, &a.y}} {
		ax.to.Min, ax.to.Max = ax.from.min, ax.from.max
		ax.to.Scale = plot.LinearScale{}
		if ax.from.log {
			ax.to.Scale = logScale{}
		}
		ax.to.Tick.Marker = plot.ConstantTicks(ax.from.ticks)
		ax.to.Padding = labelGap
	}
	p.X.Tick.Label = textStyle("tick", text.XCenter, text.YTop)
	p.Y.Tick.Label = textStyle("tick", text.XRight, text.YCenter)
	p.X.Label.TextStyle = textStyle("axis", text.XRight, text.YBottom)
	p.Y.Label.TextStyle = textStyle("axis", text.XLeft, text.YBottom)
	p.Legend.TextStyle = textStyle("tick", text.XLeft, text.YTop)
	return p
}

// canvas is the part of c that gonum lays the plot out in.
func (a *axes) canvas(c *canvas) draw.Canvas {
	all := draw.Canvas{Canvas: c, Rectangle: vg.Rectangle{Max: vg.Point{X: vg.Length(a.width), Y: vg.Length(a.height)}}}
	below := vg.Length(labelGap)
	if len(a.x.ticks) > 0 {
		below += textSize
	}
	return draw.Crop(all, vg.Length(a.left)-labelGap, -vg.Length(a.right), vg.Length(a.bottom)-below, -vg.Length(a.top))
}

// draw draws axes and content.
func (a *axes) draw(c *canvas, content plot.Plotter) {
	p := a.plot()
	if a.grid {
		p.Add(drawing(a.drawGrid))
	}
	if content != nil {
		p.Add(content)
	}
	if !a.bare {
		p.Add(drawing(a.drawFrame))
	}
	p.Draw(a.canvas(c))
}

// drawOver draws content alone, where draw would have it.
func (a *axes) drawOver(c *canvas, content plot.Plotter) {
	if content == nil {
		return
	}
	p := a.plot()
	p.X.Tick.Marker, p.Y.Tick.Marker = ends(a.x.ticks), ends(a.y.ticks)
	content.Plot(p.DataCanvas(a.canvas(c)), p)
}

// ends are the first and the last tick with a label: all that the place of the data area depends on.
func ends(ticks []plot.Tick) plot.ConstantTicks {
	first := slices.IndexFunc(ticks, func(t plot.Tick) bool { return !t.IsMinor() })
	for last := len(ticks) - 1; last > first && first >= 0; last-- {
		if !ticks[last].IsMinor() {
			return plot.ConstantTicks{ticks[first], ticks[last]}
		}
	}
	if first < 0 {
		return ticks
	}
	return ticks[first : first+1]
}

func (a *axes) drawGrid(p *pen) {
	path := p.newPath()
	for _, t := range a.x.ticks {
		if x := p.x(t.Value); p.ContainsX(x) && !t.IsMinor() {
			path.Move(vg.Point{X: x, Y: p.Min.Y})
			path.Line(vg.Point{X: x, Y: p.Max.Y})
		}
	}
	for _, t := range a.y.ticks {
		if y := p.y(t.Value); p.ContainsY(y) && !t.IsMinor() {
			path.Move(vg.Point{X: p.Min.X, Y: y})
			path.Line(vg.Point{X: p.Max.X, Y: y})
		}
	}
	p.stroke("grid", path)
}

// drawFrame draws the frame with its tick marks, and the axes' names: y above its axis, x at its right end.
func (a *axes) drawFrame(p *pen) {
	const length = 4
	path := p.newPath()
	path.Move(p.Min)
	path.Line(vg.Point{X: p.Max.X, Y: p.Min.Y})
	path.Line(p.Max)
	path.Line(vg.Point{X: p.Min.X, Y: p.Max.Y})
	path.Close()
	for _, t := range a.x.ticks {
		if x := p.x(t.Value); p.ContainsX(x) {
			path.Move(vg.Point{X: x, Y: p.Min.Y})
			path.Line(vg.Point{X: x, Y: p.Min.Y - tickLength(t, length)})
		}
	}
	for _, t := range a.y.ticks {
		if y := p.y(t.Value); p.ContainsY(y) && !a.mute {
			path.Move(vg.Point{X: p.Min.X, Y: y})
			path.Line(vg.Point{X: p.Min.X - tickLength(t, length), Y: y})
		}
	}
	p.stroke("frame", path)
	p.text("axis", vg.Point{X: p.Max.X, Y: 7}, text.XRight, text.YBottom, a.x.label)
	p.text("axis", vg.Point{X: 6, Y: p.Max.Y + 14}, text.XLeft, text.YBottom, a.y.label)
}

func tickLength(t plot.Tick, length vg.Length) vg.Length {
	if t.IsMinor() {
		return length / 2
	}
	return length
}

// logScale is plot.LogScale without its panic: what is not positive lies far below the axis.
type logScale struct{}

func (logScale) Normalize(min, max, x float64) float64 {
	lo := math.Log10(min)
	return (safeLog10(x) - lo) / (math.Log10(max) - lo)
}

func safeLog10(x float64) float64 {
	if !(x > 0) {
		return -400
	}
	return math.Log10(x)
}
