package views

import (
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"descent/lessons/cell"
	"descent/optim/param"
	"descent/views/chart"
)

// A Cell is an instrument on a page: what its controls show and what it
// answered. The views decide nothing: every value here is final.
type Cell struct {
	ID          string // unique on the page; prefix of all ids inside
	Kind        *cell.Kind
	Title       string           // plain text
	CaptionHTML string           // trusted: rendered from a lesson
	Address     string           // where its form is sent: /lessons/…/cells/… or /lab/…
	Show        []string         // names of the parameters that have controls, in order
	Base        param.Values     // the cell's own values, before the reader's
	Values      param.Values     // those that the picture shows
	Typed       url.Values       // what the reader typed, for fields with a mistake
	Errors      param.Errors     // mistakes in this request
	OwnData     []param.Option   // the reader's own data, which the control of the data offers too
	Notes       []string         // quiet remarks: parameters that were not known
	Result      cell.Result      // nil where values are refused and no picture is drawn
	Figures     []*chart.Figure  // those shown, in order: see Draw
	Presets     []Preset         // links beside the controls
	Heading     int              // level of the title, 2 or 3
	Slide       string           // the slide that the cell is shown on in lecture mode; "" elsewhere
	InLab       bool             // the cell is a page of the laboratory
	Conceal     []string         // names of controls that the address hides, for a class
	Home        string           // address of the same cell outside of a frame; "": it is not in one
	Predict     *cell.Prediction // what it asks before it shows; nil: nothing
	Exercise    bool             // it is the instrument of an exercise, whose form it holds: nothing of it can be taken along
	Tried       bool             // the run from the guessed place is drawn: it was judged
	Right       []float64        // the right guess, once the exercise is closed; nil: not shown
	Focus       bool             // the answer begins with the focus on what is new: the words, or the first field of a guess
	query       string           // once it was asked for; Show, Values and Base stay as they are from then on
	HTML        string           // the whole cell, rendered before; "": render it
}

// A Preset is a link that sets some values.
type Preset struct {
	Label string // plain text
	Query string // the canonical query with its values
}

// others are the values that a Choice offers besides its options: the reader's own
// data, and whatever it has now.
func (c *Cell) others(p *param.Param) []param.Option {
	if p.Others == nil {
		return nil
	}
	now := c.Values.Text(p.Name)
	if p.Listed(now) || slices.ContainsFunc(c.OwnData, func(o param.Option) bool { return o.Value == now }) {
		return c.OwnData
	}
	return append(slices.Clone(c.OwnData), param.Option{Value: now, Label: p.OthersName})
}

// DOM is the id of a part of the cell: the cell's own and the parts, with hyphens
// between.
func (c *Cell) DOM(parts ...string) string { return c.ID + "-" + strings.Join(parts, "-") }

// Query is the canonical query of the cell's values: of the shown controls
// and of whatever else differs from the cell's own values.
func (c *Cell) Query() string {
	if c.query == "" {
		names := append(slices.Clone(c.Show), c.Values.Differing(c.Base)...)
		c.query = c.Values.Encode(names)
	}
	return c.query
}

// Permalink is the address that shows the cell with its values.
func (c *Cell) Permalink() string {
	return c.page(c.Address, c.withGuess(c.Query()))
}

// page is the address of a page with the cell: the query of its values, and what only pages know.
func (c *Cell) page(address, query string) string {
	if len(c.Conceal) > 0 {
		query += "&hide=" + url.QueryEscape(strings.Join(c.Conceal, ","))
	}
	if c.Slide != "" {
		query += "&slides=" + url.QueryEscape(c.Slide)
	}
	return address + "?" + strings.TrimPrefix(query, "&")
}

// Frame is the address of the cell alone, for a frame in another page.
func (c *Cell) Frame() string { return c.page("/embed"+c.Address, c.withGuess(c.Query())) }

// AtHome is the permalink outside of the frame.
func (c *Cell) AtHome() string { return c.page(c.Home, c.withGuess(c.Query())) }

// ShareURL is the page on which a reader chooses how to pass the cell on.
func (c *Cell) ShareURL() string { return c.page(c.Address+".share", c.withGuess(c.Query())) }

// offers reports whether a control is one of those that the cell is about; the lab's is about all.
func (c *Cell) offers(name string) bool { return c.InLab || slices.Contains(c.Show, name) }

// concealed reports whether the address hides a control.
func (c *Cell) concealed(name string) bool { return slices.Contains(c.Conceal, name) }

// StepURL is the address that looks at step k of the same run; a negative k leads back to the whole run.
func (c *Cell) StepURL(k int) string {
	if k < 0 {
		return c.With(walkParam, "")
	}
	return c.With(walkParam, strconv.Itoa(k))
}

// With is the address of the cell with another value of one parameter.
func (c *Cell) With(name, value string) string { return c.with(url.Values{name: {value}}) }

// WithBoth is the address of the cell with other values of two parameters.
func (c *Cell) WithBoth(name1, value1, name2, value2 string) string {
	return c.with(url.Values{name1: {value1}, name2: {value2}})
}

func (c *Cell) with(values url.Values) string {
	v, _, _ := c.Kind.Params.Parse(values, c.Values)
	names := append(slices.Clone(c.Show), v.Differing(c.Base)...)
	return c.page(c.Address, c.withGuess(v.Encode(names)))
}

// PresetURL is the address with a preset's values, on the slide that is shown.
func (c *Cell) PresetURL(p Preset) string {
	return c.page(c.Address, c.withState(p.Query))
}

// Form is the address of the same run in another form: "json", "csv", "svg", "png", "py" ….
func (c *Cell) Form(extension string) string { return c.Address + "." + extension + "?" + c.Query() }

// Draw makes the result's pictures; with names, only those, in their order.
func (c *Cell) Draw(names []string) {
	switch {
	case c.Asking():
		c.Figures = c.asked()
	case c.Predict != nil:
		c.Figures = c.compared(figuresAmong(c.Result, names))
	default:
		c.Figures = figuresAmong(c.Result, names)
	}
	c.Figures = chosen(c.Figures, names)
}

// Lab is the address of the same run in the laboratory.
func (c *Cell) Lab() string { return "/lab/" + c.Kind.ID + "?" + c.Values.Encode(nil) }

// Hidden lists the parameters that the form must carry along although no
// control shows them.
func (c *Cell) Hidden() []string {
	differing := slices.DeleteFunc(c.Values.Differing(c.Base), func(name string) bool {
		return slices.Contains(elsewhere, name) || slices.Contains(c.Show, name) || name == pointParam && c.points()
	})
	for _, name := range c.Conceal {
		if c.Values.Relevant(name) && !slices.Contains(differing, name) && name != sortParam {
			differing = append(differing, name)
		}
	}
	return differing
}

// walkParam is the parameter of the step that is looked at.
const walkParam = "k"

// sortParam is the parameter of the order of a table.
const sortParam = "sort"

// elsewhere are the parameters whose fields stand with what they are about, not
// among the controls.
var elsewhere = []string{walkParam, sortParam}

// walks reports whether the bar to walk along a run is shown.
func (c *Cell) walks() bool {
	return c.Kind.Params.Lookup(walkParam) != nil && !c.concealed(walkParam) && !c.Exercise
}

// points reports whether the field of the example that is looked at is shown:
// wherever the kind has one.
func (c *Cell) points() bool {
	return c.Kind.Params.Lookup(pointParam) != nil && !c.concealed(pointParam) && !c.Exercise
}

// rarelyChanged are the parameters that the laboratory shows last.
var rarelyChanged = []string{"azimuth", "elevation", "weight_decay", "tol", "dampening", "features", "theta0"}

// Controls are the shown parameters; the rest of the table stands in a
// disclosure where the cell is in the laboratory.
func (c *Cell) Controls() (first, more []*param.Param) {
	for _, name := range c.Show {
		p := c.Kind.Params.Lookup(name)
		if slices.Contains(elsewhere, name) || c.concealed(name) || name == pointParam {
			continue
		}
		if c.InLab && (p.Optional && p.Numeric() || slices.Contains(rarelyChanged, p.Name)) {
			more = append(more, p)
		} else {
			first = append(first, p)
		}
	}
	if c.points() {
		first = append(first, c.Kind.Params.Lookup(pointParam))
	}
	if c.walks() { // shown where the script does not make it the bar under the picture
		first = append(first, c.Kind.Params.Lookup(walkParam))
	}
	return first, more
}

// Symbol is the formula's symbol for a parameter: coordinates are called what
// the formula calls them.
func (c *Cell) Symbol(p *param.Param) string {
	if o, ok := c.Result.(*cell.Objective); ok && o.Mirror && p.Name == "f" {
		return "f" // the hill, whose mirror image is J
	}
	f := formulaOf(c.Result)
	if at := strings.Index("xy", p.Name); f != nil && len(p.Name) == 1 && at >= 0 && c.Kind.ID != "slope" {
		if names := f.Variables(); at < len(names) {
			return symbolOf(names, at)
		}
	}
	return p.Symbol
}

// Label names a control; on a line there is no first and second coordinate.
func (c *Cell) Label(p *param.Param) string {
	if o, ok := c.Result.(*cell.Objective); ok && o.Mirror && p.Name == "f" {
		return "function"
	}
	if f := formulaOf(c.Result); f != nil && f.Dim() == 1 && p.Name == "x" {
		return strings.TrimSuffix(p.Label, ", first coordinate")
	}
	return p.Label
}

// symbolOf writes a variable as a symbol: a lone θ1 is θ.
func symbolOf(variables []string, i int) string {
	if len(variables) == 1 && strings.HasPrefix(variables[0], "θ") {
		return "θ"
	}
	return lowered.Replace(variables[i])
}

var lowered = strings.NewReplacer("1", "₁", "2", "₂")

// Text is what a control shows: what was typed where that was refused, else
// the value.
func (c *Cell) Text(p *param.Param) string {
	if c.Errors.For(p.Name) != nil && c.Typed.Has(p.Name) {
		return c.Typed.Get(p.Name)
	}
	return c.Values.Text(p.Name)
}

// Refused reports whether the field has a mistake.
func (c *Cell) Refused(p *param.Param) bool { return c.Errors.For(p.Name) != nil }

// InputType is the type of the field's input. What is no number could not
// stand in a number field and would be lost, so a refused one becomes text.
func (c *Cell) InputType(p *param.Param) string {
	if p.Numeric() && !c.Refused(p) {
		return "number"
	}
	return "text"
}

// HasSlider reports whether a parameter is drawn with a slider.
func HasSlider(p *param.Param) bool { return p.Numeric() && !p.Optional }

// Step is the grain of the number field, as its step attribute has it.
func Step(p *param.Param) string {
	if p.Step == 0 {
		return "1"
	}
	return param.Format(p.Step)
}

// conditions is when a parameter matters beside the choices that have controls,
// as JSON for the script: of each the name and the values. "" where no choice of
// the reader's changes that.
func (c *Cell) conditions(p *param.Param) string {
	type condition struct {
		Param string   `json:"param"`
		In    []string `json:"in"`
	}
	var list []condition
	for _, when := range p.When.All() {
		switch {
		case isShown(c, when.Param):
			list = append(list, condition{when.Param, when.In})
		case !c.Values.Fulfils(when):
			return ""
		}
	}
	if len(list) == 0 {
		return ""
	}
	encoded, err := json.Marshal(list)
	if err != nil {
		panic(err) // strings only
	}
	return string(encoded)
}

// variation is what the default of a parameter is for each value of the choice
// that it depends on, as JSON for the script.
func variation(p *param.Param) string {
	defaults := map[string]string{"": p.Default}
	for value, text := range p.Vary.Defaults {
		if n, err := strconv.ParseFloat(text, 64); err == nil {
			text = param.Format(n) // as the field shows it
		}
		defaults[value] = text
	}
	if n, err := strconv.ParseFloat(p.Default, 64); err == nil {
		defaults[""] = param.Format(n)
	}
	encoded, err := json.Marshal(defaults)
	if err != nil {
		panic(err) // strings only
	}
	return string(encoded)
}

// reach is the slider's upper end for each value of the choice that it depends on,
// as JSON for the script.
func reach(p *param.Param) string {
	ends := map[string]float64{"": p.SoftMax}
	maps.Copy(ends, p.Vary.SoftMax)
	encoded, err := json.Marshal(ends)
	if err != nil {
		panic(err) // finite numbers only
	}
	return string(encoded)
}

// sliderMax is the number of positions of a slider.
const sliderMax = 400

// ErrorText is a field's mistake with the place where an expression fails.
func ErrorText(e *param.FieldError) string {
	if e.Position < 0 {
		return e.Message
	}
	return "At character " + strconv.Itoa(e.Position+1) + ": " + e.Message
}

// Problems are the mistakes in fields that no visible control shows.
func (c *Cell) Problems() param.Errors {
	var rest param.Errors
	for _, e := range c.Errors {
		if !c.hasField(e.Field) || e.Field == sortParam || c.Kind.Params.Lookup(e.Field) != nil && !c.Values.Relevant(e.Field) {
			rest = append(rest, e)
		}
	}
	return rest
}

// Echo is the formula as it was understood, in MathML, and remarks on how it
// was read; "" when the cell has no formula.
func (c *Cell) Echo() (mathML string, notes []string) {
	f := formulaOf(c.Result)
	if f == nil {
		return "", nil
	}
	return f.MathML(), f.Notes()
}

// isShown reports whether a parameter has a control on the page.
func isShown(c *Cell, name string) bool {
	return slices.Contains(c.Show, name) && !c.concealed(name) || name == walkParam && c.walks() || name == pointParam && c.points()
}

// formulaFields are the parameters that are formulas and have a control.
func formulaFields(c *Cell) []*param.Param {
	var list []*param.Param
	for i := range c.Kind.Params {
		if p := &c.Kind.Params[i]; p.Type == param.Expression && isShown(c, p.Name) {
			list = append(list, p)
		}
	}
	return list
}
