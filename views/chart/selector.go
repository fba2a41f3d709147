package chart

import (
	"fmt"
	"strings"
)

// The small part of CSS that chart.css uses, read for pictures of pixels: so that colours, widths and dashes stand in
// one place. What it does not know is an error, which a test finds.

// A rule is a selector with one declaration block.
type rule struct {
	selector
	declarations []declaration
}

type declaration struct {
	property, value string
	important       bool
}

// A selector is ".chart X" or ".chart" alone: the figure's root, and what an element inside must have.
type selector struct {
	root    []string // classes of the root
	inside  bool     // it selects elements inside, else the root
	tag     string   // "" for any
	classes []string
	begins  string // of the class attribute; "" for any
	holds   string // somewhere in the class attribute
	weight  int    // CSS's specificity: classes and attributes weigh 100, tags 1
}

// parseSelector reads one selector.
func parseSelector(s string) (selector, error) {
	unknown := fmt.Errorf("selector %q is more than pictures of pixels know", s)
	root, inner, inside := strings.Cut(strings.TrimSpace(s), " ")
	sel := selector{inside: inside}
	if !strings.HasPrefix(root, ".chart") {
		return sel, unknown
	}
	sel.root = strings.Split(root[1:], ".")
	sel.weight = 100 * len(sel.root)
	if !inside {
		return sel, nil
	}
	tag := strings.IndexAny(inner, ".[")
	if tag < 0 {
		tag = len(inner)
	}
	if sel.tag, inner = inner[:tag], inner[tag:]; sel.tag != "" {
		sel.weight++
	}
	for inner != "" {
		rest := inner[1:]
		if end := strings.IndexAny(rest, ".["); inner[0] == '.' {
			if end < 0 {
				end = len(rest)
			}
			sel.classes = append(sel.classes, rest[:end])
			inner = rest[end:]
		} else {
			attribute, after, closed := strings.Cut(rest, "]")
			value, ok := strings.CutPrefix(attribute, `class^="`)
			if ok {
				sel.begins = strings.TrimSuffix(value, `"`)
			} else if value, ok = strings.CutPrefix(attribute, `class*="`); ok {
				sel.holds = strings.TrimSuffix(value, `"`)
			}
			if !ok || !closed {
				return sel, unknown
			}
			inner = after
		}
		sel.weight += 100
	}
	for _, name := range append(sel.classes, sel.tag) {
		if strings.ContainsAny(name, " :>+~*#") {
			return sel, unknown
		}
	}
	return sel, nil
}

// selects says whether an element is selected in a figure of class root; tag "svg" is the figure itself.
func (s *selector) selects(root, tag, class string) bool {
	for _, name := range s.root {
		if !hasClass(root, name) {
			return false
		}
	}
	if !s.inside {
		return tag == "svg"
	}
	if tag == "svg" || s.tag != "" && s.tag != tag || !strings.HasPrefix(class, s.begins) || !strings.Contains(class, s.holds) {
		return false
	}
	for _, name := range s.classes {
		if !hasClass(class, name) {
			return false
		}
	}
	return true
}

func hasClass(class, name string) bool {
	for has := range strings.FieldsSeq(class) {
		if has == name {
			return true
		}
	}
	return false
}

// parseStylesheet reads chart.css: the custom properties of :root, and the rules in the order of their weight.
// Blocks after an @ are other themes and media and are left out.
func parseStylesheet(css string) (tokens map[string]string, rules []rule, err error) {
	tokens = map[string]string{}
	for {
		before, rest, ok := strings.Cut(css, "/*")
		if !ok {
			break
		}
		_, after, _ := strings.Cut(rest, "*/")
		css = before + after
	}
	for {
		head, rest, ok := strings.Cut(css, "{")
		if !ok {
			return tokens, byWeight(rules), nil
		}
		end := blockEnd(rest)
		block := rest[:end]
		css = strings.TrimPrefix(rest[end:], "}")
		head = strings.TrimSpace(head)
		switch {
		case strings.HasPrefix(head, "@"), strings.HasPrefix(head, ":root["):
			continue
		case head == ":root":
			for _, d := range parseDeclarations(block) {
				tokens[d.property] = d.value
			}
			continue
		}
		declarations := parseDeclarations(block)
		for one := range strings.SplitSeq(head, ",") {
			sel, err := parseSelector(one)
			if err != nil {
				return nil, nil, err
			}
			rules = append(rules, rule{sel, declarations})
		}
	}
}

// blockEnd is where the brace closes that was opened before s.
func blockEnd(s string) int {
	depth := 1
	for i := range len(s) {
		switch s[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return len(s)
}

func parseDeclarations(block string) []declaration {
	var list []declaration
	for one := range strings.SplitSeq(block, ";") {
		property, value, ok := strings.Cut(one, ":")
		if !ok {
			continue
		}
		value, important := strings.CutSuffix(strings.TrimSpace(value), "!important")
		list = append(list, declaration{strings.TrimSpace(property), strings.TrimSpace(value), important})
	}
	return list
}
