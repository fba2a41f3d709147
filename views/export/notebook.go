package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"descent/lessons/cell"
)

// A notebookCell is one cell of nbformat 4.5.
type notebookCell struct {
	Type     string         `json:"cell_type"`
	ID       string         `json:"id"`
	Metadata map[string]any `json:"metadata"`
	Source   []string       `json:"source"`
	// Of code alone.
	Outputs   *[]any           `json:"outputs,omitempty"`
	Execution *json.RawMessage `json:"execution_count,omitempty"`
}

// notebook is the Python program between its formulas and its picture, as a
// Jupyter notebook of format 4.5.
func (p *program) notebook() ([]byte, error) {
	code, err := p.python()
	if err != nil {
		return nil, err
	}
	cells := []notebookCell{
		{Type: "markdown", ID: "formulas", Metadata: map[string]any{}, Source: lines(p.formulas())},
		codeCell("program", string(code)),
	}
	if templates.Lookup(p.Kind+".plot.tmpl") != nil {
		plot, err := execute(p.Kind+".plot", p)
		if err != nil {
			return nil, err
		}
		cells = append(cells, codeCell("picture", tidy(plot)))
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	err = e.Encode(map[string]any{
		"nbformat": 4, "nbformat_minor": 5,
		"metadata": map[string]any{
			"kernelspec":    map[string]any{"display_name": "Python 3", "language": "python", "name": "python3"},
			"language_info": map[string]any{"name": "python"},
		},
		"cells": cells,
	})
	return b.Bytes(), err
}

func codeCell(id, source string) notebookCell {
	none, null := []any{}, json.RawMessage("null")
	return notebookCell{Type: "code", ID: id, Metadata: map[string]any{}, Source: lines(source), Outputs: &none, Execution: &null}
}

// lines is a text line by line, each with its end.
func lines(text string) []string { return strings.SplitAfter(strings.TrimSuffix(text, "\n"), "\n") }

// formulas is the notebook's head in Markdown: J, the methods and the schedule.
func (p *program) formulas() string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\nFrom Descent: `%s`\n", quiet(p.What), strings.ReplaceAll(quiet(p.Address), "`", "’"))
	display := func(tex string) { fmt.Fprintf(&b, "\n$$\n%s\n$$\n", tex) }
	if p.Function != nil {
		name := "J"
		if p.Kind == "slope" {
			name = "f"
		}
		display(name + " = " + p.Function.Expr.LaTeX())
		for i, g := range p.Function.GradientExprs() {
			if tex := g.LaTeX(); len(tex) < 1000 { // a longer one nobody reads
				display(fmt.Sprintf(`\frac{\partial %s}{\partial %s} = %s`, name, variable(p.Variables()[i]), tex))
			}
		}
	}
	said := map[string]bool{}
	for _, r := range p.Runs {
		if said[r.Method.ID] {
			continue
		}
		said[r.Method.ID] = true
		fmt.Fprintf(&b, "\n**%s**\n", r.Method.Title)
		display(r.Method.Formula)
		if r.Scheduled() {
			fmt.Fprintf(&b, "\nwith the rate\n")
			display(r.Schedule.Formula)
		}
	}
	switch r := p.Result.(type) {
	case *cell.Logistic, *cell.SGD:
		display(`J(\vec{\theta}) = -\sum_{i=1}^{m} y^{(i)} \log \sigma(\vec{\theta}^T \vec{x}^{(i)}) + (1 - y^{(i)}) \log\bigl(1 - \sigma(\vec{\theta}^T \vec{x}^{(i)})\bigr)` + p.Data.penalty())
		display(`\vec{\theta}_{t+1} = \vec{\theta}_t - \eta\, \nabla J(\vec{\theta}_t)`)
	case *cell.Derivation:
		for i, line := range r.Lines {
			fmt.Fprintf(&b, "\nLine %d. %s\n", i+1, line.Fact)
			display(line.Formula)
		}
	}
	return b.String()
}

// variable is a variable in TeX.
func variable(name string) string {
	if index, greek := strings.CutPrefix(name, "theta"); greek {
		return `\theta_` + index
	}
	return name
}

func (d *regression) penalty() string {
	if d.L2 == 0 {
		return ""
	}
	return ` + \frac{\lambda}{2} \sum_{j \ge 1} \theta_j^2`
}
