package views

import (
	"html"
	"net/url"

	"descent/optim/param"
	"descent/views/export"
)

// A File is one form in which a run can be had.
type File struct {
	Extension, Label string
	Download         bool // it is kept rather than read
}

// Files are the forms of the cell's run.
func (c *Cell) Files() []File {
	var files []File
	if len(c.Figures) > 0 {
		files = append(files, File{"svg", "SVG", true}, File{"png", "PNG", true})
	}
	files = append(files, File{"csv", "CSV", true}, File{"json", "JSON", false})
	for _, f := range export.Forms(c.Result) {
		files = append(files, File{f.Extension, f.Title, true})
	}
	return files
}

// ConcealControls hides the controls of these parameters; what is no parameter is said in a note.
func (c *Cell) ConcealControls(names []string) {
	for _, name := range names {
		switch {
		case c.Kind.Params.Lookup(name) == nil:
			unknown := param.Unknown{Name: name, Nearest: param.Nearest(name, c.Kind.Params.Names())}
			c.Notes = append(c.Notes, unknown.Note())
		case !c.concealed(name):
			c.Conceal = append(c.Conceal, name)
		}
	}
}

// named are the parameters that the cell's query names.
func (c *Cell) named() []string {
	query, _ := url.ParseQuery(c.Query()) // our own
	var names []string
	for _, name := range c.Kind.Params.Names() {
		if query.Has(name) {
			names = append(names, name)
		}
	}
	return names
}

func frameTitle(c *Cell) string { return html.EscapeString(c.Title) }
