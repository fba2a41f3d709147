package lessons

import (
	"bytes"
	"fmt"
	"html"
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"descent/lessons/exercise"
	"descent/lessons/formula"
)

// MaxSize is the largest lesson that is read, in bytes.
const MaxSize = 1 << 20

// Parse reads one lesson. The error is [Problems] with all its mistakes, except
// that links into other lessons are not followed. file is the name, without a
// folder, which gives number and slug.
func Parse(file string, source []byte, check CheckCell) (*Lesson, error) {
	return parse(file, source, check, formula.MathML, allVariants)
}

type renderFormula func(tex string, display bool) (string, error)

// allVariants is more than an exercise has.
const allVariants = math.MaxInt

// A reading is the state of reading one file.
type reading struct {
	file      string
	check     CheckCell
	formula   renderFormula
	variants  int // of each exercise that are tried
	problems  Problems
	headings  map[string]int // ids of sections and lower headings, and their lines
	cells     map[string]int // ids of cells and exercises, and their lines
	links     []link
	thumbnail int // line of the header that names one
	md        goldmark.Markdown
	source    []byte // the Markdown being read: the body of the file or a piece of it
	line      int    // of the file, where source begins
	piece     bool   // source is a piece: a reveal, notes, a caption, a text of an exercise
	holes     bool   // source may have holes
}

func parse(file string, source []byte, check CheckCell, render renderFormula, variants int) (*Lesson, error) {
	r := &reading{file: file, check: check, formula: render, variants: variants, headings: map[string]int{}, cells: map[string]int{}}
	l := &Lesson{File: file}
	var ok bool
	if l.Number, l.Slug, ok = nameParts(file); !ok {
		r.problem(1, "a lesson's file is named like 03-steepest-descent.md: two digits, then the slug in lower case")
	}
	if len(source) > MaxSize {
		r.problem(1, "the file has %d bytes; at most %d are allowed", len(source), MaxSize)
		return nil, r.problems
	}
	r.md = goldmark.New(
		goldmark.WithExtensions(extension.Table, extension.Typographer, formulaExtension{&formulaRenderer{r.mathML}}),
		goldmark.WithParserOptions(parser.WithAttribute()),
	)
	body, line := r.header(l, strings.ReplaceAll(string(source), "\r\n", "\n"))
	r.body(l, []byte(body), line)
	var ids []string
	for _, c := range l.Cells() {
		ids = append(ids, c.ID)
	}
	if l.Thumbnail != "" && !slices.Contains(ids, l.Thumbnail) {
		r.problem(r.thumbnail, "header: thumbnail: the lesson has no cell %q; %s", l.Thumbnail, suggest(l.Thumbnail, ids))
	}
	l.links = r.links
	if err := r.problems.err(); err != nil {
		return nil, err
	}
	return l, nil
}

func (r *reading) problem(line int, format string, args ...any) {
	r.problems = append(r.problems, Problem{r.file, line, fmt.Sprintf(format, args...)})
}

func (r *reading) unknown(line int, where, name string, known []string) {
	r.problem(line, "%s: unknown name %q; %s", where, name, suggest(name, known))
}

// body splits the Markdown into sections and blocks.
func (r *reading) body(l *Lesson, source []byte, line int) {
	r.source, r.line = source, line
	doc := r.md.Parser().Parse(text.NewReader(source))
	r.inspect(doc)
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
		if h, ok := n.(*ast.Heading); ok && h.Level == 2 {
			flush()
			l.Sections = append(l.Sections, r.section(h))
			section = &l.Sections[len(l.Sections)-1]
			blocks = &section.Blocks
			continue
		}
		f, _ := n.(*ast.FencedCodeBlock)
		word, rest := r.info(f)
		switch word {
		case "cell":
			flush()
			if c := r.cell(f); c != nil {
				*blocks = append(*blocks, Block{Cell: c})
			}
		case "exercise":
			flush()
			if e := r.exercise(f); e != nil {
				*blocks = append(*blocks, Block{Exercise: e})
			}
		case "reveal":
			flush()
			*blocks = append(*blocks, Block{HTML: r.reveal(rest, f)})
		case "notes":
			r.notes(section, f)
		default:
			r.render(&prose, n)
		}
	}
	flush()
	if len(l.Sections) == 0 {
		r.problem(line, "a lesson has at least one section: ## Title {#id}")
	}
}

// section reads what a second-level heading says.
func (r *reading) section(h *ast.Heading) Section {
	line := r.lineOf(h)
	var s Section
	if id, ok := h.AttributeString("id"); ok {
		s.ID = string(id.([]byte))
	} else {
		r.problem(line, "the section has no id; write ## Title {#id}")
	}
	var out bytes.Buffer
	for c := h.FirstChild(); c != nil; c = c.NextSibling() {
		r.render(&out, c)
	}
	s.TitleHTML = out.String()
	s.Title = plain(s.TitleHTML)
	if s.Title == "" {
		r.problem(line, "the section has no title; write ## Title {#id}")
	}
	return s
}

var tags = regexp.MustCompile(`<[^>]*>`)

// plain is the text of rendered HTML.
func plain(markup string) string {
	return strings.TrimSpace(html.UnescapeString(tags.ReplaceAllString(markup, "")))
}

var idForm = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// reserved are ids that pages use themselves, besides those that begin with
// cell- or exercise- or end in -heading.
var reserved = []string{"title", "opening", "main", "ways", "methods"}

// id checks the id of a heading, a cell or an exercise and remembers it among its like.
func (r *reading) id(among map[string]int, line int, id string) {
	before, taken := among[id]
	switch {
	case !idForm.MatchString(id):
		r.problem(line, "the id %q is not in kebab case: lower-case letters and digits, in words joined by hyphens, a letter first", id)
	case slices.Contains(reserved, id) || strings.HasPrefix(id, "cell-") || strings.HasPrefix(id, "exercise-") || strings.HasSuffix(id, "-heading"):
		r.problem(line, "the id %q is taken by the page itself", id)
	case taken:
		r.problem(line, "the id %q is taken by line %d", id, before)
	default:
		among[id] = line
	}
}

// mathML turns a formula into MathML. A negative place, -start-1, is that of a
// formula that is never closed.
func (r *reading) mathML(tex string, display bool, start int) string {
	if start < 0 {
		r.problem(r.lineAt(-start-1), "the formula that begins here has no closing $$")
		return ""
	}
	var out string
	var err error
	if r.holes {
		out, err = exercise.Holes(tex, display, r.formula)
	} else {
		out, err = r.formula(tex, display)
	}
	if err != nil {
		r.problem(r.lineAt(start), "formula %s: %v", abbreviated(tex), err)
	}
	return out
}

// abbreviated is TeX for a message: one line of moderate length.
func abbreviated(tex string) string {
	const most = 60
	runes := []rune(strings.Join(strings.Fields(tex), " "))
	if len(runes) > most {
		return "$" + string(runes[:most]) + "…"
	}
	return "$" + string(runes) + "$"
}
