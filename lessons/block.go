package lessons

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"descent/optim/param"
)

// special are the code blocks that are not code.
var special = []string{"cell", "exercise", "reveal", "notes"}

// info splits the line that opens a code block; f may be nil.
func (r *reading) info(f *ast.FencedCodeBlock) (word, rest string) {
	if f == nil || f.Info == nil {
		return "", ""
	}
	word, rest, _ = strings.Cut(strings.TrimSpace(string(f.Info.Segment.Value(r.source))), " ")
	return word, strings.TrimSpace(rest)
}

// content is the text of a code block and the file's line on which it begins.
func (r *reading) content(f *ast.FencedCodeBlock) (string, int) {
	return string(f.Lines().Value(r.source)), r.lineOf(f) + 1
}

// render adds the HTML of a node.
func (r *reading) render(out *bytes.Buffer, n ast.Node) {
	if err := r.md.Renderer().Render(out, r.source, n); err != nil {
		r.problem(r.lineOf(n), "%v", err)
	}
}

// markdown renders a piece of Markdown that begins on a line of the file.
func (r *reading) markdown(source string, line int) string {
	defer func(source []byte, line int, piece bool) { r.source, r.line, r.piece = source, line, piece }(r.source, r.line, r.piece)
	r.source, r.line, r.piece = []byte(source), line, true
	doc := r.md.Parser().Parse(text.NewReader(r.source))
	r.inspect(doc)
	var out bytes.Buffer
	r.render(&out, doc)
	return out.String()
}

// reveal is a hidden answer below its visible summary.
func (r *reading) reveal(summary string, f *ast.FencedCodeBlock) string {
	content, line := r.content(f)
	if summary == "" {
		r.problem(line-1, "the reveal has no summary; write ```reveal and what stays visible on the same line")
	}
	if strings.TrimSpace(content) == "" {
		r.problem(line-1, "the reveal is empty")
	}
	visible := strings.TrimSpace(r.markdown(summary, line-1))
	visible = strings.TrimSuffix(strings.TrimPrefix(visible, "<p>"), "</p>")
	return `<details class="reveal"><summary>` + visible + "</summary>\n" + r.markdown(content, line) + "</details>\n"
}

func (r *reading) notes(s *Section, f *ast.FencedCodeBlock) {
	content, line := r.content(f)
	if s == nil {
		r.problem(line-1, "notes belong into a section; put them below its ## heading")
		return
	}
	s.NotesHTML += r.markdown(content, line)
}

// inspect reports what is not allowed anywhere in a piece of Markdown, and
// collects ids and links.
func (r *reading) inspect(doc ast.Node) {
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		line := r.lineOf(n)
		switch n := n.(type) {
		case *ast.RawHTML, *ast.HTMLBlock:
			r.problem(line, "raw HTML is not allowed; write Markdown, or \\< for the sign")
		case *ast.Image:
			r.problem(line, "images are not allowed: a lesson's pictures are cells")
		case *ast.Heading:
			r.heading(n, line)
		case *ast.Link:
			if r.holes && bytes.Contains(n.Destination, []byte("@{")) {
				r.problem(line, "a hole cannot stand in the address of a link")
			}
			r.links = append(r.links, link{string(n.Destination), r.file, line})
		case *ast.FencedCodeBlock:
			r.fence(n, line)
		}
		return ast.WalkContinue, nil
	})
}

func (r *reading) heading(h *ast.Heading, line int) {
	if h.Level == 1 {
		r.problem(line, "a first-level heading is not allowed: the title stands in the header; sections begin with ##")
	}
	for _, a := range h.Attributes() {
		id, ok := a.Value.([]byte)
		if string(a.Name) != "id" || !ok {
			r.problem(line, "a heading has no attribute %q; only an id is allowed: {#id}", a.Name)
			continue
		}
		r.id(r.headings, line, string(id))
	}
}

// fence reports code blocks that were meant as special ones and are not.
func (r *reading) fence(f *ast.FencedCodeBlock, line int) {
	word, _ := r.info(f)
	if slices.Contains(special, word) {
		if f.Parent().Kind() != ast.KindDocument || r.piece {
			r.problem(line, "the %s block does not stand on the top level of the file", word)
		}
		return
	}
	if near := param.Nearest(word, special); near != "" {
		r.problem(line, "unknown block %q; did you mean %q?", word, near)
	}
}

// lineOf is the file's line of a node: of its own text, else of the first node
// in it that has one, else of the node that it is in.
func (r *reading) lineOf(n ast.Node) int {
	for at := n; at != nil; at = at.Parent() {
		if offset := firstOffset(at); offset >= 0 {
			return r.lineAt(offset)
		}
	}
	return r.line
}

// firstOffset is where a node's text begins in the source; -1 if it has none.
func firstOffset(n ast.Node) int {
	switch n := n.(type) {
	case *inlineFormula:
		return max(n.start, -n.start-1)
	case *displayFormula:
		return n.start
	case *ast.Text:
		return n.Segment.Start
	case *ast.RawHTML:
		return n.Segments.At(0).Start
	case *ast.FencedCodeBlock:
		if n.Info != nil {
			return n.Info.Segment.Start
		}
		return -1
	}
	if n.Type() == ast.TypeBlock && n.Lines().Len() > 0 {
		return n.Lines().At(0).Start
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if offset := firstOffset(c); offset >= 0 {
			return offset
		}
	}
	return -1
}

// lineAt is the file's line of a place in the source.
func (r *reading) lineAt(offset int) int {
	return r.line + bytes.Count(r.source[:offset], []byte("\n"))
}
