package chart

import (
	"math"
	"slices"
	"strings"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// Bars describes feature weights and what one step does to each.
type Bars struct {
	Name, Title string
	Alt         string // "": says which weights go up and which down
	Label       string // of the value axis; "": "weight"
	Bars        []Bar  // at most 20 are drawn, those with the largest |Change|; the order is kept
	Table       Table  // zero: every bar's value and change
}

// A Bar is one weight.
type Bar struct {
	Label  string  // the feature's name, to the left of its bar
	Value  float64 // before the step
	Change float64 // what the step adds: > 0 the weight goes up
}

const maxBars = 20

// NewBars draws b 480 units wide and as high as the bars need, without a backdrop.
func NewBars(b Bars) *Figure {
	bars, hidden := largestChanges(b.Bars)
	const row = 24
	s := size{480, 32 + 48 + row*float64(max(len(bars), 1)), 136, 104, 32, 48}
	f := newFigure(b.Name, b.Title, s)
	x := newSpan()
	x.see(0)
	for _, bar := range bars {
		x.see(bar.Value, bar.Value+bar.Change)
	}
	lo, hi := x.margin(0.06)
	if b.Label == "" {
		b.Label = "weight"
	}
	f.axes.x = linear(lo, hi, b.Label)
	f.axes.y = axis{min: 0, max: float64(max(len(bars), 1))}
	f.axes.grid, f.axes.mute = true, true
	f.Alt, f.table = b.Alt, given(b.Table)
	if f.Alt == "" {
		f.Alt = changesStory(b.Bars)
	}
	if f.table == nil {
		f.table = func() Table {
			return NewTable("Weights and their change in this step", []string{"weight", "value", "change"}, len(b.Bars), "weight",
				func(i int) []string {
					return []string{plain(b.Bars[i].Label), Number(b.Bars[i].Value), signed(b.Bars[i].Change)}
				})
		}
	}
	f.overlay = drawing(func(p *pen) {
		for i, bar := range bars {
			p.bar(bar, float64(len(bars)-i)-0.5)
		}
		p.segment("zero", vg.Point{X: p.x(0), Y: p.Min.Y}, vg.Point{X: p.x(0), Y: p.Max.Y})
		p.text("soft", vg.Point{X: p.Max.X + 8, Y: p.Max.Y + 14}, text.XLeft, text.YBottom, "this step")
		if hidden > 0 {
			p.text("soft", vg.Point{X: 6, Y: 7}, text.XLeft, text.YBottom, "and "+count(hidden, "other"))
		}
	})
	return f
}

// largestChanges keeps the bars that change most, in their order, and counts the rest.
func largestChanges(bars []Bar) (kept []Bar, hidden int) {
	if len(bars) <= maxBars {
		return bars, 0
	}
	sizes := make([]float64, len(bars))
	for i, b := range bars {
		sizes[i] = math.Abs(b.Change)
	}
	slices.Sort(sizes)
	least := sizes[len(sizes)-maxBars]
	for _, b := range bars {
		if len(kept) < maxBars && !(math.Abs(b.Change) < least) {
			kept = append(kept, b)
		}
	}
	return kept, len(bars) - len(kept)
}

// bar draws one row: its name, the value as a bar, the change as an arrow from the bar's end and as a number.
func (p *pen) bar(b Bar, row float64) {
	const half, shortest = 6, 7
	y := p.y(row)
	p.text("ink", vg.Point{X: p.Min.X - 8, Y: y}, text.XRight, text.YCenter, shortened(b.Label))
	p.text("ink", vg.Point{X: p.Max.X + 8, Y: y}, text.XLeft, text.YCenter, signed(b.Change))
	if !finite(b.Value) {
		return
	}
	zero, end := p.x(0), p.x(b.Value)
	r := vg.Rectangle{Min: vg.Point{X: min(zero, end), Y: y - half}, Max: vg.Point{X: max(zero, end), Y: y + half}}
	p.fill("theta bar", r.Path())
	if !finite(b.Change) || b.Change == 0 {
		return
	}
	tip := p.x(b.Value + b.Change)
	// A change too small to see still shows its direction.
	if d := tip - end; d > -shortest && d < shortest {
		tip = end + vg.Length(math.Copysign(shortest, b.Change))
	}
	p.arrow("theta bold", vg.Point{X: end, Y: y}, vg.Point{X: tip, Y: y})
}

// mostLabel is how many characters of a bar's name have room; the table has it whole.
const mostLabel = 15

func shortened(label string) string {
	if r := []rune(label); len(r) > mostLabel && !strings.Contains(label, "$") {
		return string(r[:mostLabel-1]) + "…"
	}
	return label
}

func signed(v float64) string {
	if v > 0 {
		return "+" + Number(v)
	}
	return Number(v)
}

func changesStory(bars []Bar) string {
	var up, down, still []string
	for _, b := range bars {
		switch {
		case b.Change > 0:
			up = append(up, plain(b.Label))
		case b.Change < 0:
			down = append(down, plain(b.Label))
		default:
			still = append(still, plain(b.Label))
		}
	}
	var parts []string
	for _, g := range []struct {
		names []string
		verb  string
	}{{up, "increases "}, {down, "decreases "}, {still, "leaves unchanged "}} {
		if len(g.names) > 0 {
			parts = append(parts, g.verb+strings.Join(g.names, ", "))
		}
	}
	if len(parts) == 0 {
		return "No weights."
	}
	return "The step " + strings.Join(parts, "; it ") + "."
}
