package views

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"descent/optim/dataset"
	"descent/optim/param"
)

// A DataPage is where a reader gives a table and finds those given before.
type DataPage struct {
	Page
	Own     []OwnData // of this session, the newest first
	Dropped []string  // names of tables that had to make room
	Most    int       // tables of a session
	Hours   int       // without use after which they are gone
	Text    string    // what stands in the field
	File    string    // name of the file that was refused; "": none
	Refusal string    // why the table was refused; "": it was not
}

// mistake marks the field whose table was refused.
func (p *DataPage) mistake(here bool) templ.Attributes {
	if p.Refusal == "" || !here {
		return nil
	}
	return templ.Attributes{"aria-invalid": "true", "aria-describedby": "data-error", "autofocus": true}
}

// OwnData is a reader's table with what was made of it.
type OwnData struct {
	ID    string // of the set, in addresses
	Name  string // of the file
	Sheet *dataset.Sheet
	Set   *dataset.Set // nil while no label is chosen
	Notes []string     // on Set
}

// A ChoicePage shows how a table was read and asks what its columns are for.
type ChoicePage struct {
	Page
	Own    OwnData
	Hours  int
	Choice Choice       // what the form shows
	Errors param.Errors // of the fields label and features
}

// A Choice is the label, its value that counts as 1, and the features, numbers of
// columns and values from 0; −1: none.
type Choice struct {
	Label, One int
	Features   map[int]bool
}

// ExampleTable is a table to try with: petals of Fisher's irises as a spreadsheet
// with decimal commas writes them, with a column of text and a missing value.
const ExampleTable = `petal length (cm);petal width (cm);colour;kind
1,4;0,2;violet;setosa
1,3;0,2;violet;setosa
1,7;0,4;blue;setosa
4,7;1,4;blue;versicolor
4,5;1,5;violet;versicolor
4,0;1,3;blue;versicolor
4,9;;blue;versicolor
3,9;1,1;violet;versicolor
5,1;1,6;violet;versicolor
4,8;1,8;blue;virginica
6,0;2,5;violet;virginica
5,1;1,9;blue;virginica
5,6;1,8;violet;virginica
5,0;1,5;blue;virginica
5,8;2,2;violet;virginica
`

// previewColumns is how many columns of the first rows are shown.
const previewColumns = 30

func (p *ChoicePage) preview() (columns []*dataset.Column, more int) {
	columns = p.Own.Sheet.Columns
	if len(columns) > previewColumns {
		return columns[:previewColumns], len(columns) - previewColumns
	}
	return columns, 0
}

// A labelGroup is a column that can be the label with its values.
type labelGroup struct {
	name    string
	options []labelOption
}

type labelOption struct {
	value, text string
	chosen      bool
}

// mostLabelOptions is how many values are offered before columns of numbers with
// more than two are left out.
const mostLabelOptions = 300

func (p *ChoicePage) labels() []labelGroup {
	total := 0
	for _, c := range p.Own.Sheet.Columns {
		total += len(c.Classes)
	}
	var groups []labelGroup
	for j, c := range p.Own.Sheet.Columns {
		long := total > mostLabelOptions && c.Kind == dataset.Numbers && len(c.Classes) > 2 && j != p.Choice.Label
		if !c.CanBeLabel() || long {
			continue
		}
		g := labelGroup{name: fmt.Sprintf("%d  %s", j+1, c.Name)}
		for i, class := range c.Classes {
			text := class.Text + " against the rest"
			if len(c.Classes) == 2 {
				text = class.Text + " against " + c.Classes[1-i].Text
			}
			g.options = append(g.options, labelOption{
				value: fmt.Sprintf("%d:%d", j+1, i), text: fmt.Sprintf("%s: %s (%s)", c.Name, text, rowsOf(class.Rows)), chosen: j == p.Choice.Label && i == p.Choice.One,
			})
		}
		groups = append(groups, g)
	}
	return groups
}

func rowsOf(n int) string {
	if n == 1 {
		return "1 row"
	}
	return strconv.Itoa(n) + " rows"
}

// columnHolds says in a few words what a column holds.
func columnHolds(c *dataset.Column) string {
	switch {
	case c.Kind == dataset.Empty:
		return "nothing"
	case c.Kind == dataset.Numbers && c.Min == c.Max:
		return "always " + number(c.Min)
	case c.Kind == dataset.Numbers:
		return number(c.Min) + " to " + number(c.Max)
	case c.Classes == nil:
		return fmt.Sprintf("more than %d different texts", dataset.MaxClasses)
	}
	var names []string
	for i, class := range c.Classes {
		if i == 4 {
			names = append(names, fmt.Sprintf("… %d in all", len(c.Classes)))
			break
		}
		names = append(names, class.Text)
	}
	return strings.Join(names, ", ")
}

func columnKind(c *dataset.Column) string {
	switch {
	case c.Kind == dataset.Empty:
		return "empty"
	case c.Kind == dataset.Words:
		return "text"
	case c.Counts:
		return "row number"
	}
	return "numbers"
}

func number(v float64) string {
	text := strconv.FormatFloat(v, 'g', 5, 64)
	if shortest, err := strconv.ParseFloat(text, 64); err == nil {
		text = param.Format(shortest)
	}
	return strings.Replace(text, "-", "−", 1)
}

// errorFor is what is said at a field; "": nothing.
func (p *ChoicePage) errorFor(field string) string {
	if e := p.Errors.For(field); e != nil {
		return "The " + field + " " + e.Message + "."
	}
	return ""
}

// fewRows is what a mini-batch of the usual size needs.
const fewRows = 8

// instrument is the address of an instrument with these data.
func (o OwnData) instrument(kind string) string {
	address := "/lab/" + kind + "?data=" + o.ID
	if kind == "sgd" && o.Set.Rows < fewRows {
		address += "&batch=1"
	}
	return address
}

func (o OwnData) choice() string { return "/data/choose?data=" + o.ID }

// size says how large the table is.
func (o OwnData) size() string {
	return fmt.Sprintf("%s, %d columns", rowsOf(o.Sheet.Rows), len(o.Sheet.Columns))
}

// summary says how large the table is and what was made of it.
func (o OwnData) summary() string {
	if o.Set == nil {
		return o.size() + "; no label is chosen yet"
	}
	return fmt.Sprintf("%s; %s against %s by %d features", o.size(), o.Set.Classes[1], o.Set.Classes[0], o.Set.Cols)
}
