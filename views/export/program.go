package export

import (
	"embed"
	"fmt"
	"go/format"
	"slices"
	"strings"
	"text/template"

	"descent/lessons/cell"
	"descent/optim"
)

//go:embed methods kinds helpers
var files embed.FS

var templates = template.Must(template.New("").Funcs(template.FuncMap{
	"number": number, "numbers": numbers, "table": table, "quiet": quiet, "wrap": wrap, "join": strings.Join,
}).ParseFS(files, "methods/*.tmpl", "kinds/*.tmpl", "helpers/*.tmpl"))

// A program is what the templates of a kind are given.
type program struct {
	Kind     string // its templates are Kind.py.tmpl, Kind.go.tmpl, Kind.plot.tmpl
	What     string // in words
	Title    string // the same with the formula, one line
	Address  string // where the page shows the result
	Function *optim.Function
	Window   optim.Window
	Runs     []*run
	Result   cell.Result
	Data     *regression
	Escape   *escape // of that kind alone
}

// Dim is the length of θ.
func (p *program) Dim() int {
	if p.Data != nil {
		return len(p.Data.Start)
	}
	return p.Function.Dim()
}

// Variables are those of J as both languages spell them.
func (p *program) Variables() []string { return p.Function.Expr.Identifiers() }

// Vector has as many elements as θ, for templates to range over.
func (p *program) Vector() []struct{} { return make([]struct{}, p.Dim()) }

// Coordinates writes those of a vector one by one: "theta[0], theta[1]".
func (p *program) Coordinates(vector string) string { return coordinates(vector, p.Dim()) }

// Coordinates is the same for a run.
func (r *run) Coordinates(vector string) string { return coordinates(vector, r.Dim()) }

func coordinates(vector string, dim int) string {
	list := make([]string, dim)
	for i := range list {
		list[i] = fmt.Sprintf("%s[%d]", vector, i)
	}
	return strings.Join(list, ", ")
}

// OneStart reports whether all runs begin at the same point.
func (p *program) OneStart() bool {
	return !slices.ContainsFunc(p.Runs, func(r *run) bool { return !slices.Equal(r.Start, p.Runs[0].Start) })
}

// name is what a file may be called.
func (p *program) name() string {
	if len(p.Runs) == 1 {
		return p.Kind + "-" + p.Runs[0].Method.ID
	}
	return p.Kind
}

// golang is gofmt's own text.
func (p *program) golang() ([]byte, error) {
	parts, err := p.assemble("go")
	if err != nil {
		return nil, err
	}
	text, err := execute("program.go", parts)
	if err != nil {
		return nil, err
	}
	return format.Source([]byte(tidy(text)))
}
