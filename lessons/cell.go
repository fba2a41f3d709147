package lessons

import (
	"maps"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// cellKeys are what a cell's block may say.
var cellKeys = []string{"kind", "id", "title", "caption", "set", "show", "figures", "presets", "predict"}

// cell reads a cell's block; nil when it cannot be read at all.
func (r *reading) cell(f *ast.FencedCodeBlock) *Cell {
	content, first := r.content(f)
	entries, bad := readMapping(content)
	if bad != nil {
		r.problem(first+bad.line-1, "cell: %s", bad.message)
		return nil
	}
	c := &Cell{Line: first - 1, Set: map[string]string{}}
	lines := map[string]int{} // of the file, by key
	var presetLines []int
	for _, e := range entries {
		line := first + e.line - 1
		lines[e.key] = line
		var err *yamlError
		switch e.key {
		case "kind":
			c.Kind, err = scalar(e.value)
		case "id":
			c.ID, err = scalar(e.value)
		case "title":
			c.Title, err = scalar(e.value)
		case "caption":
			var caption string
			if caption, err = scalar(e.value); err == nil {
				c.CaptionHTML = r.markdown(caption, line)
			}
		case "set":
			c.Set, err = scalarMap(e.value)
		case "show":
			c.Show, err = scalars(e.value)
		case "figures":
			c.Figures, err = scalars(e.value)
		case "presets":
			presetLines, err = r.presets(c, e, first)
		case "predict":
			c.Predict, err = r.predict(e, first)
		default:
			r.unknown(line, "cell", e.key, cellKeys)
		}
		if err != nil {
			r.problem(first+err.line-1, "cell: %s: %s", e.key, err.message)
		}
	}
	for _, required := range []struct{ key, value string }{{"kind", c.Kind}, {"id", c.ID}, {"title", c.Title}} {
		if required.value == "" {
			r.problem(c.Line, "cell: %s is missing", required.key)
		}
	}
	if c.ID != "" {
		r.id(r.cells, lines["id"], c.ID)
	}
	if c.Kind != "" {
		r.checkCell(c, lines, presetLines)
	}
	return c
}

// checkCell reports what the kind has against the cell and its presets, each at
// the key that it is about.
func (r *reading) checkCell(c *Cell, lines map[string]int, presetLines []int) {
	known := map[string]bool{}
	for _, err := range r.check(c.Kind, c.Set, c.Show, c.Figures, c.ask()) {
		known[err.Error()] = true
		line := lines["kind"]
		word, _, _ := strings.Cut(err.Error(), ":")
		if at, ok := lines[word]; ok {
			line = at
		} else if _, ok := c.Set[word]; ok {
			line = lines["set"]
		}
		r.problem(line, "cell %s: %v", c.ID, err)
	}
	for i, p := range c.Presets {
		merged := maps.Clone(c.Set)
		maps.Copy(merged, p.Set)
		for _, err := range r.check(c.Kind, merged, nil, nil, "") {
			if !known[err.Error()] {
				r.problem(presetLines[i], "cell %s: preset %q: %v", c.ID, p.Label, err)
			}
		}
	}
}

// ask is what the cell asks before it shows; "" for nothing.
func (c *Cell) ask() string {
	if c.Predict == nil {
		return ""
	}
	return c.Predict.Ask
}

// predict reads what the cell asks before it shows.
func (r *reading) predict(e yamlEntry, first int) (*Predict, *yamlError) {
	entries, err := mapping(e.value)
	if err != nil {
		return nil, err
	}
	p := &Predict{}
	for _, field := range entries {
		switch field.key {
		case "ask":
			p.Ask, err = scalar(field.value)
		case "question":
			p.Question, err = scalar(field.value)
		default:
			r.unknown(first+field.line-1, "predict", field.key, []string{"ask", "question"})
		}
		if err != nil {
			return nil, err
		}
	}
	if p.Ask == "" || p.Question == "" {
		r.problem(first+e.line-1, "predict has an ask and a question, such as {ask: fate, question: Does this run arrive?}")
		return nil, nil
	}
	return p, nil
}

// presets reads the list of presets and answers their lines in the file.
func (r *reading) presets(c *Cell, e yamlEntry, first int) ([]int, *yamlError) {
	nodes, err := sequence(e.value)
	if err != nil {
		return nil, err
	}
	var lines []int
	for _, node := range nodes {
		entries, err := mapping(node)
		if err != nil {
			return nil, err
		}
		line := first + e.line - 1
		if len(entries) > 0 {
			line = first + entries[0].line - 1
		}
		p := Preset{}
		for _, field := range entries {
			switch field.key {
			case "label":
				p.Label, err = scalar(field.value)
			case "set":
				p.Set, err = scalarMap(field.value)
			default:
				r.unknown(first+field.line-1, "preset", field.key, []string{"label", "set"})
			}
			if err != nil {
				return nil, err
			}
		}
		if p.Label == "" || len(p.Set) == 0 {
			r.problem(line, "a preset has a label and a set, such as {label: too small, set: {eta: 0.01}}")
			continue
		}
		c.Presets = append(c.Presets, p)
		lines = append(lines, line)
	}
	return lines, nil
}
