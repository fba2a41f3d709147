package lessons

import (
	"maps"
	"strings"

	"github.com/yuin/goldmark/ast"

	"descent/lessons/block"
)

// cellKeys are what a cell's block may say.
var cellKeys = []string{"kind", "id", "title", "caption", "set", "show", "figures", "presets", "predict"}

// cell reads a cell's block; nil when it cannot be read at all.
func (r *reading) cell(f *ast.FencedCodeBlock) *Cell {
	content, first := r.content(f)
	entries, bad := block.Read(content)
	if bad != nil {
		r.problem(first+bad.Line-1, "cell: %s", bad.Message)
		return nil
	}
	c := &Cell{Line: first - 1, Set: map[string]string{}}
	lines := map[string]int{} // of the file, by key
	var presetLines []int
	for _, e := range entries {
		line := first + e.Line - 1
		lines[e.Key] = line
		var err *block.Error
		switch e.Key {
		case "kind":
			c.Kind, err = block.Scalar(e.Value)
		case "id":
			c.ID, err = block.Scalar(e.Value)
		case "title":
			c.Title, err = block.Scalar(e.Value)
		case "caption":
			var caption string
			if caption, err = block.Scalar(e.Value); err == nil {
				c.CaptionHTML = r.markdown(caption, first+block.TextLine(e.Value)-1)
			}
		case "set":
			c.Set, err = block.ScalarMap(e.Value)
		case "show":
			c.Show, err = block.Scalars(e.Value)
		case "figures":
			c.Figures, err = block.Scalars(e.Value)
		case "presets":
			presetLines, err = r.presets(c, e, first)
		case "predict":
			c.Predict, err = r.predict(e, first)
		default:
			r.unknown(line, "cell", e.Key, cellKeys)
		}
		if err != nil {
			r.problem(first+err.Line-1, "cell: %s: %s", e.Key, err.Message)
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
func (r *reading) predict(e block.Entry, first int) (*Predict, *block.Error) {
	entries, err := block.Mapping(e.Value)
	if err != nil {
		return nil, err
	}
	p := &Predict{}
	for _, field := range entries {
		switch field.Key {
		case "ask":
			p.Ask, err = block.Scalar(field.Value)
		case "question":
			p.Question, err = block.Scalar(field.Value)
		default:
			r.unknown(first+field.Line-1, "predict", field.Key, []string{"ask", "question"})
		}
		if err != nil {
			return nil, err
		}
	}
	if p.Ask == "" || p.Question == "" {
		r.problem(first+e.Line-1, "predict has an ask and a question, such as {ask: fate, question: Does this run arrive?}")
		return nil, nil
	}
	return p, nil
}

// presets reads the list of presets and answers their lines in the file.
func (r *reading) presets(c *Cell, e block.Entry, first int) ([]int, *block.Error) {
	nodes, err := block.Sequence(e.Value)
	if err != nil {
		return nil, err
	}
	var lines []int
	for _, node := range nodes {
		entries, err := block.Mapping(node)
		if err != nil {
			return nil, err
		}
		line := first + e.Line - 1
		if len(entries) > 0 {
			line = first + entries[0].Line - 1
		}
		p := Preset{}
		for _, field := range entries {
			switch field.Key {
			case "label":
				p.Label, err = block.Scalar(field.Value)
			case "set":
				p.Set, err = block.ScalarMap(field.Value)
			default:
				r.unknown(first+field.Line-1, "preset", field.Key, []string{"label", "set"})
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
