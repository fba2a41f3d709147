package lessons

import (
	"bytes"
	"fmt"
	"html"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"descent/optim/param"
)

type renderFormula func(tex string, display bool) (string, error)

// A reading is the state of reading one file.
type reading struct {
	file     string
	check    CheckCell
	formula  renderFormula
	problems Problems
	ids      map[string]int // lines of the ids, by sort and id
	md       goldmark.Markdown
	line     int // line in the file of the first line of what md renders
	source   []byte
}

var idForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func parse(file string, source []byte, check CheckCell, render renderFormula) (*Lesson, error) {
	r := &reading{file: file, check: check, formula: render, ids: map[string]int{}}
	l := &Lesson{File: file}
	var ok bool
	if l.Number, l.Slug, ok = nameParts(file); !ok {
		r.problem(1, "a lesson's file is named like 03-steepest-descent.md: two digits, then the slug in lower case")
	}
	if len(source) > MaxSize {
		r.problem(1, "the file is larger than %d bytes", MaxSize)
		return nil, r.problems
	}
	r.md = goldmark.New(
		goldmark.WithExtensions(extension.Table, extension.Typographer, formulaExtension{&formulaRenderer{r.render}}),
		goldmark.WithParserOptions(parser.WithAttribute()),
	)
	body, line := r.frontMatter(l, string(bytes.ReplaceAll(source, []byte("\r\n"), []byte("\n"))))
	r.body(l, []byte(body), line)
	if len(r.problems) > 0 {
		slices.SortStableFunc(r.problems, func(a, b Problem) int { return a.Line - b.Line })
		return nil, r.problems
	}
	return l, nil
}

func (r *reading) problem(line int, format string, args ...any) {
	r.problems = append(r.problems, Problem{r.file, line, fmt.Sprintf(format, args...)})
}

// frontMatter reads the head and answers the rest with its first line's number.
func (r *reading) frontMatter(l *Lesson, source string) (body string, line int) {
	const fence = "---\n"
	rest, ok := strings.CutPrefix(source, fence)
	head, body, closed := strings.Cut(rest, "\n"+fence)
	if !ok || !closed {
		r.problem(1, "a lesson begins with front matter: a line of three hyphens, title, question and summary, and another such line")
		return source, 1
	}
	line = 3 + strings.Count(head, "\n") + 1
	entries, err := readMapping(head)
	if err != nil {
		r.problem(1+err.line, "front matter: %s", err.message)
		return body, line
	}
	fields := map[string]*string{"title": &l.Title, "question": &l.Question, "summary": &l.Summary, "thumbnail": &l.Thumbnail}
	names := []string{"title", "question", "summary", "thumbnail"}
	for _, e := range entries {
		field := fields[e.key]
		if field == nil {
			r.unknown(1+e.line, "front matter", e.key, names)
			continue
		}
		if *field, err = scalar(e.value); err != nil {
			r.problem(1+err.line, "%s: %s", e.key, err.message)
		}
	}
	for _, name := range names[:3] { // the thumbnail is optional
		if strings.TrimSpace(*fields[name]) == "" {
			r.problem(1, "front matter: %s is missing", name)
		}
	}
	return body, line
}

func (r *reading) unknown(line int, where, name string, known []string) {
	if near := param.Nearest(name, known); near != "" {
		r.problem(line, "%s: unknown name %q; did you mean %q?", where, name, near)
		return
	}
	r.problem(line, "%s: unknown name %q; allowed are %s", where, name, strings.Join(known, ", "))
}

// body splits the Markdown into sections and blocks.
func (r *reading) body(l *Lesson, source []byte, line int) {
	r.source, r.line = source, line
	doc := r.md.Parser().Parse(text.NewReader(source))
	blocks := &l.Intro
	var section *Section
	var prose bytes.Buffer
	flush := func() {
		if prose.Len() > 0 {
			*blocks = append(*blocks, Block{HTML: prose.String()})
			prose.Reset()
		}
	}
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		switch node := n.(type) {
		case *ast.Heading:
			if node.Level == 1 {
				r.problem(r.lineOf(node), "a first-level heading is not allowed: the title stands in the front matter")
			}
			if node.Level == 2 {
				flush()
				l.Sections = append(l.Sections, r.section(node))
				section = &l.Sections[len(l.Sections)-1]
				blocks = &section.Blocks
				continue
			}
		case *ast.FencedCodeBlock:
			word, rest, _ := strings.Cut(strings.TrimSpace(r.info(node)), " ")
			content, first := r.content(node)
			switch word {
			case "cell":
				flush()
				if c := r.cell(content, first); c != nil {
					*blocks = append(*blocks, Block{Cell: c})
				}
				continue
			case "reveal":
				flush()
				*blocks = append(*blocks, Block{HTML: r.reveal(rest, content, first)})
				continue
			case "notes":
				r.notes(section, content, first)
				continue
			}
		}
		r.refuseHTML(n)
		if err := r.md.Renderer().Render(&prose, source, n); err != nil {
			r.problem(r.lineOf(n), "%v", err)
		}
	}
	flush()
	if cells := l.Cells(); l.Thumbnail != "" && !slices.ContainsFunc(cells, func(c *Cell) bool { return c.ID == l.Thumbnail }) {
		r.problem(1, "front matter: the thumbnail %q is not the id of a cell of this lesson", l.Thumbnail)
	}
	if len(l.Sections) == 0 {
		r.problem(line, "a lesson needs at least one section: ## Title {#id}")
	}
}

func (r *reading) section(h *ast.Heading) Section {
	line := r.lineOf(h)
	var s Section
	if id, ok := h.AttributeString("id"); ok {
		s.ID = string(id.([]byte))
	}
	r.id(line, "section", s.ID, "write ## Title {#id}")
	var out bytes.Buffer
	for c := h.FirstChild(); c != nil; c = c.NextSibling() {
		if err := r.md.Renderer().Render(&out, r.source, c); err != nil {
			r.problem(line, "%v", err)
		}
	}
	s.TitleHTML = out.String()
	s.Title = html.UnescapeString(tags.ReplaceAllString(s.TitleHTML, ""))
	if strings.TrimSpace(s.Title) == "" {
		r.problem(line, "a section needs a title")
	}
	return s
}

var tags = regexp.MustCompile(`<[^>]*>`)

// id checks and remembers the id of a section or a cell.
func (r *reading) id(line int, what, id, hint string) {
	key := what + " " + id // a section and a cell may share a name
	switch before, taken := r.ids[key]; {
	case id == "":
		r.problem(line, "the %s has no id: %s", what, hint)
		return
	case !idForm.MatchString(id):
		r.problem(line, "the id %q must be lower-case letters, digits and hyphens", id)
	case what == "section" && strings.HasPrefix(id, "cell-"):
		r.problem(line, "the id %q must not begin with cell-: that is how pictures are named on the page", id)
	case taken:
		r.problem(line, "the %s id %q stands in line %d already", what, id, before)
	}
	r.ids[key] = line
}

func (r *reading) info(n *ast.FencedCodeBlock) string {
	if n.Info == nil {
		return ""
	}
	return string(n.Info.Segment.Value(r.source))
}

// content is the text of a fenced block and the file's line on which it begins.
func (r *reading) content(n *ast.FencedCodeBlock) (string, int) {
	var b strings.Builder
	for i := range n.Lines().Len() {
		segment := n.Lines().At(i)
		b.Write(segment.Value(r.source))
	}
	if n.Lines().Len() > 0 {
		return b.String(), r.lineAt(n.Lines().At(0).Start)
	}
	return "", r.lineOf(n) + 1
}

// lineOf is the file's line of a node.
func (r *reading) lineOf(n ast.Node) int {
	if d, ok := n.(*displayFormula); ok {
		return r.lineAt(d.start)
	}
	if f, ok := n.(*ast.FencedCodeBlock); ok && f.Info != nil {
		return r.lineAt(f.Info.Segment.Start)
	}
	if n.Type() == ast.TypeBlock && n.Lines() != nil && n.Lines().Len() > 0 {
		return r.lineAt(n.Lines().At(0).Start)
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		return r.lineOf(c)
	}
	if p := n.PreviousSibling(); p != nil && n.Type() == ast.TypeBlock {
		return r.lineOf(p)
	}
	return r.line
}

func (r *reading) lineAt(offset int) int {
	return r.line + bytes.Count(r.source[:offset], []byte("\n"))
}

// render turns a formula into MathML. A negative start marks a display formula
// that is never closed.
func (r *reading) render(tex string, display bool, start int) string {
	if start < 0 {
		r.problem(r.lineAt(-start-1), "the formula that begins here has no closing $$")
		return ""
	}
	out, err := r.formula(tex, display)
	if err != nil {
		r.problem(r.lineAt(start), "formula: %v", err)
	}
	return out
}

// refuseHTML reports raw HTML anywhere below a node.
func (r *reading) refuseHTML(n ast.Node) {
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if entering && (n.Kind() == ast.KindRawHTML || n.Kind() == ast.KindHTMLBlock) {
			line := r.lineOf(n)
			if raw, ok := n.(*ast.RawHTML); ok && raw.Segments.Len() > 0 {
				line = r.lineAt(raw.Segments.At(0).Start)
			}
			r.problem(line, "raw HTML is not allowed; use Markdown")
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
}

// markdown renders a piece of Markdown that begins on a given line of the file.
func (r *reading) markdown(source string, line int) string {
	outer, outerLine := r.source, r.line
	defer func() { r.source, r.line = outer, outerLine }()
	r.source, r.line = []byte(source), line
	doc := r.md.Parser().Parse(text.NewReader(r.source))
	r.refuseHTML(doc)
	var out bytes.Buffer
	if err := r.md.Renderer().Render(&out, r.source, doc); err != nil {
		r.problem(line, "%v", err)
	}
	return out.String()
}

func (r *reading) reveal(summary, content string, line int) string {
	if summary == "" {
		r.problem(line-1, "a reveal needs the line that stays visible: ```reveal What do you expect?")
	}
	if strings.TrimSpace(content) == "" {
		r.problem(line-1, "the reveal is empty")
	}
	visible := r.markdown(summary, line-1)
	visible = strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(visible), "<p>"), "</p>")
	return `<details class="reveal"><summary>` + visible + "</summary>\n" + r.markdown(content, line) + "</details>\n"
}

func (r *reading) notes(s *Section, content string, line int) {
	switch {
	case s == nil:
		r.problem(line-1, "notes belong into a section: put them below a ## heading")
	case s.NotesHTML != "":
		r.problem(line-1, "this section has notes already")
	default:
		s.NotesHTML = r.markdown(content, line)
	}
}

// cellKeys are what a cell's block may say.
var cellKeys = []string{"kind", "id", "title", "caption", "set", "show", "figures", "presets"}

// cell reads a cell's block, which begins on a given line of the file; nil when
// it cannot be read at all.
func (r *reading) cell(content string, first int) *Cell {
	entries, bad := readMapping(content)
	if bad != nil {
		r.problem(first+bad.line-1, "cell: %s", bad.message)
		return nil
	}
	c := &Cell{Line: first - 1, Set: map[string]string{}}
	lines := map[string]int{}
	presetLines := []int{}
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
		default:
			r.unknown(line, "cell", e.key, cellKeys)
		}
		if err != nil {
			r.problem(first+err.line-1, "cell: %s: %s", e.key, err.message)
		}
	}
	r.id(max(lines["id"], c.Line), "cell", c.ID, "write id: some-name")
	if c.Title == "" {
		r.problem(c.Line, "cell: title is missing")
	}
	if c.Kind == "" {
		r.problem(c.Line, "cell: kind is missing")
		return c
	}
	for _, err := range r.check(c.Kind, c.Set, c.Show, c.Figures) {
		r.problem(max(lines["kind"], c.Line), "cell %s: %v", c.ID, err)
	}
	for i, p := range c.Presets {
		merged := maps.Clone(c.Set)
		maps.Copy(merged, p.Set)
		for _, err := range r.check(c.Kind, merged, nil, nil) {
			r.problem(presetLines[i], "cell %s: preset %q: %v", c.ID, p.Label, err)
		}
	}
	return c
}

// presets reads the list of presets and answers their lines.
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
		line := first + lineOf(node) - 1
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
			line = first + field.line - 1
		}
		if p.Label == "" || len(p.Set) == 0 {
			r.problem(line, "a preset needs a label and a set: {label: too small, set: {eta: 0.01}}")
			continue
		}
		c.Presets = append(c.Presets, p)
		lines = append(lines, line)
	}
	return lines, nil
}
