package exercise

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"descent/lessons/block"
	"descent/optim/param"
)

// A Source is a block in its lesson's file, with what the lesson's reader lends.
type Source struct {
	Text     string
	Line     int                                     // of the file, where Text begins
	Markdown func(text string, line int) string      // renders Markdown that begins on a line; leaves holes as [Holes] says
	Claim    func(line int, id string)               // takes the id among the page's, or reports why not
	Problem  func(line int, format string, a ...any) // reports a mistake
}

// A reading is the state of reading one block.
type reading struct {
	Source
	failed bool
	names  []string // of values: parameters and derived values that are known so far
	rule   strings.Builder
}

// A Reader reads the keys of a mapping and collects what is wrong with them, each with
// its line. A key that is absent reads as the zero value (nil for a pointer) without a
// complaint, see [Reader.Need]; so does one that cannot be read, with a complaint. What a
// reader reads, but for [Reader.Markdown] and [Reader.Prose], becomes part of the exercise's rule.
type Reader struct {
	in      *reading
	path    string // begins every message: "exercise one-step: tolerance"
	line    int    // of the file, where the mapping begins
	entries []block.Entry
	asked   []string
}

func (r *Reader) fail(line int, format string, args ...any) {
	r.in.failed = true
	r.in.Problem(line, "%s: %s", r.path, fmt.Sprintf(format, args...))
}

// fileLine is the line of the file for one of the block.
func (r *Reader) fileLine(line int) int { return r.in.Line + line - 1 }

// Problem reports a mistake at a key; where the key is absent, at the mapping.
func (r *Reader) Problem(key, format string, args ...any) {
	message := fmt.Sprintf(format, args...)
	if e := r.entry(key); e != nil {
		r.fail(r.fileLine(e.Line), "%s: %s", key, message)
		return
	}
	r.fail(r.line, "%s", message)
}

// entry finds a key and remembers that it was asked for.
func (r *Reader) entry(key string) *block.Entry {
	if !slices.Contains(r.asked, key) {
		r.asked = append(r.asked, key)
	}
	i := slices.IndexFunc(r.entries, func(e block.Entry) bool { return e.Key == key })
	if i < 0 {
		return nil
	}
	return &r.entries[i]
}

// bad reports what package block has against a key's value.
func (r *Reader) bad(key string, err *block.Error) bool {
	if err != nil {
		r.fail(r.fileLine(err.Line), "%s: %s", key, err.Message)
	}
	return err != nil
}

// note makes what was read part of the rule.
func (r *Reader) note(key, text string) {
	_, path, _ := strings.Cut(r.path, ": ")
	fmt.Fprintf(&r.in.rule, "%s/%s=%q\n", path, key, text)
}

// Has says whether the key is there.
func (r *Reader) Has(key string) bool { return r.entry(key) != nil }

// Keys are the keys that are there, in the author's order.
func (r *Reader) Keys() []string {
	keys := make([]string, len(r.entries))
	for i, e := range r.entries {
		keys[i] = e.Key
	}
	return keys
}

// Need reports the keys that are absent, and says whether all are there.
func (r *Reader) Need(keys ...string) bool {
	all := true
	for _, key := range keys {
		if !r.Has(key) {
			r.fail(r.line, "%s is missing", key)
			all = false
		}
	}
	return all
}

// text is the scalar at a key and the file's line where it begins.
func (r *Reader) text(key string) (text string, line int, ok bool) {
	e := r.entry(key)
	if e == nil {
		return "", 0, false
	}
	text, err := block.Scalar(e.Value)
	if r.bad(key, err) {
		return "", 0, false
	}
	return text, r.fileLine(block.TextLine(e.Value)), true
}

// Text is a plain value as it is written.
func (r *Reader) Text(key string) string {
	text, _, ok := r.text(key)
	if ok {
		r.note(key, text)
	}
	return text
}

// Prose is [Reader.Text] for words that decide nothing, such as a title or a label.
func (r *Reader) Prose(key string) string {
	text, _, _ := r.text(key)
	return text
}

// Word is a plain value that must be one of those listed; the first where the key is absent.
func (r *Reader) Word(key string, allowed ...string) string {
	text := r.Text(key)
	switch {
	case !r.Has(key):
		return allowed[0]
	case slices.Contains(allowed, text):
		return text
	}
	r.Problem(key, "there is no %q; %s", text, suggest(text, allowed))
	return ""
}

// Flag is true or false; false where the key is absent.
func (r *Reader) Flag(key string) bool { return r.Word(key, "false", "true") == "true" }

// Number is a number within [lo, hi]; otherwise where the key is absent.
func (r *Reader) Number(key string, lo, hi, otherwise float64) float64 {
	text := r.Text(key)
	if !r.Has(key) {
		return otherwise
	}
	v, ok := parseNumber(text)
	if !ok || v < lo || v > hi {
		r.Problem(key, "must be a number from %v to %v, not %q", lo, hi, text)
		return otherwise
	}
	return v
}

// Whole is a whole number within [lo, hi]; otherwise where the key is absent.
func (r *Reader) Whole(key string, lo, hi, otherwise int) int {
	text := r.Text(key)
	if !r.Has(key) {
		return otherwise
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < lo || n > hi {
		r.Problem(key, "must be a whole number from %d to %d, not %q", lo, hi, text)
		return otherwise
	}
	return n
}

// isList says whether a key has a list.
func (r *Reader) isList(key string) bool {
	e := r.entry(key)
	if e == nil {
		return false
	}
	_, err := block.Sequence(e.Value)
	return err == nil
}

// Words is a list of plain values.
func (r *Reader) Words(key string) []string {
	e := r.entry(key)
	if e == nil {
		return nil
	}
	words, err := block.Scalars(e.Value)
	if r.bad(key, err) {
		return nil
	}
	r.note(key, strings.Join(words, "\x00"))
	return words
}

// Map is a mapping from names to plain values, such as what a cell is set to.
func (r *Reader) Map(key string) map[string]string {
	e := r.entry(key)
	if e == nil {
		return nil
	}
	m, err := block.ScalarMap(e.Value)
	if r.bad(key, err) {
		return nil
	}
	for _, name := range sortedKeys(m) {
		r.note(key+"."+name, m[name])
	}
	return m
}

// Markdown is a text with holes, rendered; nil where the key is absent.
func (r *Reader) Markdown(key string) *Text {
	text, line, ok := r.text(key)
	if !ok {
		return nil
	}
	if strings.TrimSpace(text) == "" {
		r.Problem(key, "the text is empty")
		return nil
	}
	r.holes(text, line)
	return newText(r.in.Markdown(text, line))
}

// holes reports the holes of a text that stand for no value.
func (r *Reader) holes(text string, line int) {
	for _, h := range findHoles(text) {
		at := line + strings.Count(text[:h.start], "\n")
		switch {
		case h.name == "":
			r.fail(at, "a hole is written @{name} or @{+name}, not %s", h.text)
		case !slices.Contains(r.in.names, h.name):
			r.fail(at, "the hole %s names no value; %s", h.text, suggest(h.name, r.in.names))
		}
	}
}

// Template is a plain text with holes; nil where the key is absent.
func (r *Reader) Template(key string) *Template {
	text, line, ok := r.text(key)
	if !ok {
		return nil
	}
	r.holes(text, line)
	r.note(key, text)
	return newTemplate(text)
}

// Templates is a mapping from names to plain texts with holes.
func (r *Reader) Templates(key string) map[string]*Template {
	m := r.Map(key)
	if m == nil {
		return nil
	}
	templates := make(map[string]*Template, len(m))
	for name, text := range m {
		r.holes(text, r.fileLine(r.entry(key).Line))
		templates[name] = newTemplate(text)
	}
	return templates
}

// Formula is a formula over the exercise's values and the names in also; nil where the key
// is absent or the formula is not understood.
func (r *Reader) Formula(key string, also ...string) *Formula {
	text, line, ok := r.text(key)
	if !ok {
		return nil
	}
	f, err := ParseFormula(text, slices.Concat(r.in.names, also))
	if err != nil {
		r.fail(line, "%s: %v", key, err)
		return nil
	}
	r.note(key, text)
	return f
}

// Sub reads the mapping at a key; where there is none, a mapping without keys.
func (r *Reader) Sub(key string) *Reader {
	sub := &Reader{in: r.in, path: r.path + ": " + key, line: r.line}
	if e := r.entry(key); e != nil {
		entries, err := block.Mapping(e.Value)
		r.bad(key, err)
		sub.entries, sub.line = entries, r.fileLine(e.Line)
	}
	return sub
}

// Each reads a list of mappings. Messages name one by its id or name, else by its place.
func (r *Reader) Each(key string) []*Reader {
	e := r.entry(key)
	if e == nil {
		return nil
	}
	nodes, err := block.Sequence(e.Value)
	if r.bad(key, err) {
		return nil
	}
	var list []*Reader
	for i, node := range nodes {
		entries, err := block.Mapping(node)
		if r.bad(key, err) {
			continue
		}
		item := &Reader{in: r.in, path: r.path + ": " + key + " " + strconv.Itoa(i+1), line: r.fileLine(block.Line(node)), entries: entries}
		if len(entries) > 0 {
			item.line = r.fileLine(entries[0].Line)
		}
		for _, e := range entries {
			if name, err := block.Scalar(e.Value); err == nil && (e.Key == "id" || e.Key == "name") && idForm.MatchString(name) {
				item.path = r.path + ": " + key + " " + name
			}
		}
		list = append(list, item)
	}
	return list
}

// Close reports the keys that nobody asked for. Readers of mappings within the block are
// closed by who made them.
func (r *Reader) Close() {
	for _, e := range r.entries {
		if !slices.Contains(r.asked, e.Key) {
			r.unknown(e, r.asked)
		}
	}
}

func (r *Reader) unknown(e block.Entry, known []string) {
	r.fail(r.fileLine(e.Line), "unknown name %q; %s", e.Key, suggest(e.Key, known))
}

var idForm = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)

// maxMistakes bounds the work of judging an answer.
const maxMistakes = 12

// Mistakes ranges over the mistakes that the author states; read takes what is the kind's
// own of one.
func (r *Reader) Mistakes(read func(m *Reader, id string, feedback *Text)) {
	seen := map[string]bool{}
	list := r.Each("mistakes")
	if len(list) > maxMistakes {
		r.Problem("mistakes", "there are %d; at most %d are compared with an answer", len(list), maxMistakes)
	}
	for _, m := range list {
		if !m.Need("id", "feedback") {
			continue
		}
		id := m.Text("id")
		switch {
		case !idForm.MatchString(id):
			m.Problem("id", "%q is not in kebab case, such as forgot-eta", id)
		case seen[id]:
			m.Problem("id", "the mistake %q stands twice", id)
		}
		seen[id] = true
		read(m, id, m.Markdown("feedback"))
		m.Close()
	}
}

// suggest ends a message about an unknown word.
func suggest(word string, known []string) string {
	switch near := param.Nearest(word, known); {
	case near != "":
		return fmt.Sprintf("did you mean %q?", near)
	case len(known) == 0:
		return "there are none"
	}
	return "there are " + strings.Join(known, ", ")
}
