package cell

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"descent/optim/param"
)

// The table of a comparison, which can be sorted by its columns.

// A Column is one of the table's columns.
type Column struct {
	Key   string // what the parameter sort calls it; "": it cannot be sorted by
	Title string
}

// A Row is one run as the table shows it.
type Row struct {
	Racer *Racer
	Order int      // its place among the runs as the picture has them, from 0
	Cells []string // one for each column
}

// asDrawn is the order of the picture.
const asDrawn = "drawn"

// sortKeys say how runs compare, ascending. What has no such number, NaN, comes
// last in either direction.
var sortKeys = []struct {
	key, label string
	number     func(c *Compare, r *Racer) float64 // nil: by name
}{
	{"name", "name", nil},
	{"eta", "learning rate", func(_ *Compare, r *Racer) float64 { return r.Eta }},
	{"arrival", "steps to arrive", func(c *Compare, r *Racer) float64 {
		if k := c.Arrival(r); k >= 0 {
			return float64(k)
		}
		return math.NaN()
	}},
	{"loss", "loss at the end", func(_ *Compare, r *Racer) float64 {
		if loss := r.Loss(); !math.IsInf(loss, 1) {
			return loss
		}
		return math.NaN()
	}},
	{"evaluations", "evaluations", func(_ *Compare, r *Racer) float64 { return float64(r.Run.Evaluations) }},
}

func sortParam() param.Param {
	p := param.Param{Name: "sort", Label: "order of the table", Help: "The runs as drawn, or by a column; with a minus the other way round.", Type: param.Choice, Default: asDrawn,
		Options: []param.Option{{Value: asDrawn, Label: "as drawn"}}}
	for _, by := range sortKeys {
		p.Options = append(p.Options, param.Option{Value: by.key, Label: by.label}, param.Option{Value: "-" + by.key, Label: by.label + ", the other way round"})
	}
	return p
}

// Columns are the table's columns; the first names the run.
func (c *Compare) Columns() []Column {
	columns := []Column{{"name", "method"}, {"eta", "η"}}
	switch c.Vary {
	case VaryRates:
		columns = columns[1:]
	case VaryStarts:
		columns[0].Title = "start"
	}
	return append(columns, Column{"arrival", "steps to arrive"}, Column{"loss", fmt.Sprintf("J after %s", plural(c.Steps, "step"))},
		Column{"", "what happens"}, Column{"evaluations", "evaluations of J"})
}

// Sorted is the column that the table is sorted by, "" for the order of the
// picture, and whether it runs the other way round.
func (c *Compare) Sorted() (key string, descending bool) {
	key, descending = strings.CutPrefix(c.Values.Text("sort"), "-")
	switch {
	case key == asDrawn:
		return "", false
	case key == "name" && c.Vary == VaryRates: // the runs are called after their rates
		key = "eta"
	}
	return key, descending
}

// Rows is the comparison as a table, sorted.
func (c *Compare) Rows() []Row {
	rows := make([]Row, len(c.Racers))
	for i := range c.Racers {
		rows[i] = Row{&c.Racers[i], i, c.cells(&c.Racers[i])}
	}
	key, descending := c.Sorted()
	for _, by := range sortKeys {
		if by.key == key {
			slices.SortStableFunc(rows, func(a, b Row) int {
				if by.number == nil {
					return turned(c.compareNames(a.Racer, b.Racer), descending)
				}
				x, y := by.number(c, a.Racer), by.number(c, b.Racer)
				if math.IsNaN(x) || math.IsNaN(y) {
					return -cmp.Compare(x, y) // cmp has NaN first
				}
				return turned(cmp.Compare(x, y), descending)
			})
		}
	}
	return rows
}

func turned(order int, descending bool) int {
	if descending {
		return -order
	}
	return order
}

// compareNames orders starts by their coordinates, methods by their titles.
func (c *Compare) compareNames(a, b *Racer) int {
	if c.Vary == VaryStarts {
		return slices.Compare(a.Start, b.Start)
	}
	return cmp.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name))
}

// cells are what the columns say of a run.
func (c *Compare) cells(r *Racer) []string {
	eta, loss, arrival := "none", say(r.Loss()), "–"
	if !math.IsNaN(r.Eta) {
		eta = say(r.Eta)
	}
	if math.IsInf(r.Loss(), 1) {
		loss = "none"
	}
	if r.Best.AtEdge && c.Tuned() {
		eta += " (end of the range)"
	}
	if k := c.Arrival(r); k >= 0 {
		arrival = fmt.Sprint(k)
	}
	cells := []string{r.Name, eta, arrival, loss, c.Fate(r), fmt.Sprint(r.Run.Evaluations)}
	switch c.Vary {
	case VaryRates:
		cells = cells[1:]
		cells[0] = param.Format(r.Eta)
	case VaryStarts:
		cells[0] = sayPoint(r.Start)
	}
	return cells
}
