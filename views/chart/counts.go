package chart

import (
	"strconv"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
)

// Counts describes how many of so many runs of several sorts come to each of some outcomes.
type Counts struct {
	Name, Title string
	Alt         string   // "": told from the counts
	XLabel      string   // of the axis of counts: "runs"
	Total       int      // runs of each sort, the end of the axis
	Sorts       []string // at most 12, each with the ink InkRun of its index
	Outcomes    []Outcome
	Table       Table // zero: the counts
}

// An Outcome is what runs come to.
type Outcome struct {
	Label  string // to the left of its bars
	Counts []int  // one per sort
}

// NewCounts draws c 480 units wide and as high as the bars need, without a backdrop: for each outcome a bar per sort
// with the count and the sort's name at its end.
func NewCounts(c Counts) *Figure {
	const bar, gap = 20, 14
	rows := max(len(c.Outcomes), 1)
	group := float64(bar*max(len(c.Sorts), 1) + gap)
	left, right := 60.0, 40.0
	for _, o := range c.Outcomes {
		left = max(left, min(16+float64(textWidth(o.Label)), 190))
	}
	for _, s := range c.Sorts {
		right = max(right, min(52+float64(textWidth(s)), 150))
	}
	f := newFigure(c.Name, c.Title, size{480, 32 + 48 + group*float64(rows), left, right, 32, 48})
	f.axes.x = linear(0, float64(max(c.Total, 1)), c.XLabel)
	f.axes.y = axis{min: 0, max: group * float64(rows)}
	f.axes.grid, f.axes.mute = true, true
	f.Alt, f.table = c.Alt, given(c.Table)
	if f.Alt == "" {
		f.Alt = c.story()
	}
	if f.table == nil {
		f.table = c.table
	}
	f.overlay = drawing(func(p *pen) {
		for i, o := range c.Outcomes {
			top := group*float64(rows-i) - gap/2
			p.text("ink", vg.Point{X: p.Min.X - 8, Y: p.y(top - float64(bar*len(c.Sorts))/2)}, text.XRight, text.YCenter, o.Label)
			for j := range c.Sorts {
				p.count(InkRun(j), top-bar*(float64(j)+0.5), o.count(j), c.Sorts[j])
			}
		}
		p.segment("zero", vg.Point{X: p.x(0), Y: p.Min.Y}, vg.Point{X: p.x(0), Y: p.Max.Y})
	})
	return f
}

func (o *Outcome) count(sort int) int {
	if sort >= len(o.Counts) {
		return 0
	}
	return o.Counts[sort]
}

// count draws one bar with its number, and the sort's name in the margin, after its marker.
func (p *pen) count(ink Ink, row float64, n int, sort string) {
	const half = 7
	y, end := p.y(row), p.x(float64(n))
	if n > 0 {
		r := vg.Rectangle{Min: vg.Point{X: p.x(0), Y: y - half}, Max: vg.Point{X: end, Y: y + half}}
		p.fill(ink.class()+" bar", r.Path())
	}
	words := strconv.Itoa(n)
	if at := end + 6; at+textWidth(words) < p.Max.X {
		p.text("ink", vg.Point{X: at, Y: y}, text.XLeft, text.YCenter, words)
	} else {
		p.labelAt("ink", vg.Point{X: end - 6, Y: y}, text.XRight, text.YCenter, words)
	}
	p.runMarker(ink, vg.Point{X: p.Max.X + 12, Y: y})
	p.text(ink.class(), vg.Point{X: p.Max.X + 22, Y: y}, text.XLeft, text.YCenter, sort)
}

func (c *Counts) story() string {
	if len(c.Outcomes) == 0 {
		return "No runs to count."
	}
	story := ""
	for _, o := range c.Outcomes {
		story += plain(o.Label) + ": "
		for j, sort := range c.Sorts {
			if j > 0 {
				story += ", "
			}
			story += strconv.Itoa(o.count(j)) + " of " + strconv.Itoa(c.Total) + " with " + plain(sort)
		}
		story += ". "
	}
	return story[:len(story)-1]
}

func (c *Counts) table() Table {
	header := []string{"outcome"}
	for _, s := range c.Sorts {
		header = append(header, plain(s))
	}
	return NewTable("Runs of "+strconv.Itoa(c.Total), header, len(c.Outcomes), "outcome", func(i int) []string {
		row := []string{plain(c.Outcomes[i].Label)}
		for j := range c.Sorts {
			row = append(row, strconv.Itoa(c.Outcomes[i].count(j)))
		}
		return row
	})
}
