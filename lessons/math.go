package lessons

import (
	"bytes"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// formulaExtension teaches goldmark formulas between dollars. As part of the
// parser they take part in its precedence: a dollar in a code span is a dollar.
type formulaExtension struct{ renderer *formulaRenderer }

func (e formulaExtension) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(
		parser.WithBlockParsers(util.Prioritized(displayParser{}, 650)),
		parser.WithInlineParsers(util.Prioritized(inlineParser{}, 50)),
	)
	m.Renderer().AddOptions(renderer.WithNodeRenderers(util.Prioritized(e.renderer, 500)))
}

var (
	kindInlineFormula  = ast.NewNodeKind("InlineFormula")
	kindDisplayFormula = ast.NewNodeKind("DisplayFormula")
)

// An inlineFormula stands in a line of text; with two dollars it is displayed.
type inlineFormula struct {
	ast.BaseInline
	tex     string
	display bool
	start   int // of the opening dollar in the source; -start-1 if it is never closed
}

func (*inlineFormula) Kind() ast.NodeKind            { return kindInlineFormula }
func (n *inlineFormula) Dump(source []byte, lvl int) { ast.DumpHelper(n, source, lvl, nil, nil) }

// A displayFormula has lines of its own.
type displayFormula struct {
	ast.BaseBlock
	tex   string
	open  bool // the closing dollars have not been found
	start int  // of the opening dollars in the source
}

func (*displayFormula) Kind() ast.NodeKind            { return kindDisplayFormula }
func (*displayFormula) IsRaw() bool                   { return true }
func (n *displayFormula) Dump(source []byte, lvl int) { ast.DumpHelper(n, source, lvl, nil, nil) }

type inlineParser struct{}

func (inlineParser) Trigger() []byte { return []byte{'$'} }

func (inlineParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	node := &inlineFormula{start: segment.Start}
	dollars := 1
	if bytes.HasPrefix(line, []byte("$$")) {
		dollars, node.display = 2, true
	}
	row, position := block.Position()
	block.Advance(dollars)
	var tex []byte
	for {
		line, _ := block.PeekLine()
		if line == nil {
			break
		}
		if end := closing(line, dollars, tex); end >= 0 {
			node.tex = string(append(tex, line[:end]...))
			block.Advance(end + dollars)
			return node
		}
		tex = append(tex, line...)
		block.AdvanceLine()
	}
	if dollars == 1 {
		return nil // a dollar sign
	}
	block.SetPosition(row, position)
	block.Advance(dollars)
	node.start = -node.start - 1
	return node
}

// closing finds the dollars that end a formula; before is the part of it on
// earlier lines. -1 if they are not in the line.
func closing(line []byte, dollars int, before []byte) int {
	if dollars == 1 && len(before) == 0 && (len(line) == 0 || isSpace(line[0])) {
		return -1
	}
	for i := 0; i < len(line); i++ {
		switch {
		case line[i] == '\\':
			i++
		case line[i] != '$':
		case dollars == 2:
			if i+1 < len(line) && line[i+1] == '$' {
				return i
			}
		case i+1 < len(line) && line[i+1] >= '0' && line[i+1] <= '9':
		case i > 0 && isSpace(line[i-1]):
		case i == 0 && len(before) == 0:
		default:
			return i
		}
	}
	return -1
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// displayParser takes lines from one that begins with $$ to one that ends so.
type displayParser struct{}

func (displayParser) Trigger() []byte             { return []byte{'$'} }
func (displayParser) CanInterruptParagraph() bool { return true }
func (displayParser) CanAcceptIndentedLine() bool { return false }

func (displayParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	at := pc.BlockOffset()
	if at < 0 || !bytes.HasPrefix(line[at:], []byte("$$")) {
		return nil, parser.NoChildren
	}
	rest := bytes.TrimSpace(line[at+2:])
	if end := bytes.Index(rest, []byte("$$")); end >= 0 && end < len(rest)-2 {
		return nil, parser.NoChildren // text follows: a formula within a paragraph
	}
	node := &displayFormula{open: true, start: segment.Start + at - segment.Padding}
	node.take(rest)
	reader.AdvanceToEOL()
	return node, parser.NoChildren
}

func (displayParser) Continue(n ast.Node, reader text.Reader, _ parser.Context) parser.State {
	node := n.(*displayFormula)
	line, _ := reader.PeekLine()
	if !node.open || util.IsBlank(line) {
		return parser.Close
	}
	node.take(bytes.TrimSpace(line))
	reader.AdvanceToEOL()
	return parser.Continue | parser.NoChildren
}

func (displayParser) Close(ast.Node, text.Reader, parser.Context) {}

// take adds a line and sees whether it is the last one.
func (n *displayFormula) take(line []byte) {
	body, last := bytes.CutSuffix(line, []byte("$$"))
	if n.tex != "" {
		n.tex += "\n"
	}
	n.tex += string(body)
	n.open = !last
}

// A formulaRenderer writes what render answers for a formula and the place
// where it starts; a negative place, -start-1, says that it is never closed.
type formulaRenderer struct {
	render func(tex string, display bool, start int) string
}

func (f *formulaRenderer) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(kindInlineFormula, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		formula := n.(*inlineFormula)
		_, err := w.WriteString(f.render(formula.tex, formula.display, formula.start))
		return ast.WalkSkipChildren, err
	})
	r.Register(kindDisplayFormula, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		formula := n.(*displayFormula)
		start := formula.start
		if formula.open {
			start = -start - 1
		}
		_, err := w.WriteString(f.render(formula.tex, true, start) + "\n")
		return ast.WalkSkipChildren, err
	})
}
