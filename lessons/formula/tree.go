package formula

import (
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"
)

// A node is an element, or text when it has no name.
type node struct {
	name     string
	attrs    []attr
	children []*node
	text     string
}

type attr struct{ name, value string }

func (n *node) get(name string) string {
	for _, a := range n.attrs {
		if a.name == name {
			return a.value
		}
	}
	return ""
}

func (n *node) drop(names ...string) {
	n.attrs = slices.DeleteFunc(n.attrs, func(a attr) bool { return slices.Contains(names, a.name) })
}

func (n *node) set(name, value string) {
	n.drop(name)
	n.attrs = append(n.attrs, attr{name, value})
}

func (n *node) addClass(class string) {
	n.set("class", strings.TrimSpace(n.get("class")+" "+class))
}

// content is the text of a leaf; "" if there are elements inside.
func (n *node) content() string {
	if len(n.children) == 1 && n.children[0].name == "" {
		return n.children[0].text
	}
	return ""
}

// walk calls f for n and all elements in it.
func (n *node) walk(f func(*node)) {
	f(n)
	for _, c := range n.children {
		if c.name != "" {
			c.walk(f)
		}
	}
}

// parse reads well-formed markup with one root.
func parse(markup string) (*node, error) {
	decoder := xml.NewDecoder(strings.NewReader(markup))
	root := &node{}
	open := []*node{root}
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		parent := open[len(open)-1]
		switch t := token.(type) {
		case xml.StartElement:
			n := &node{name: t.Name.Local}
			for _, a := range t.Attr {
				n.attrs = append(n.attrs, attr{a.Name.Local, a.Value})
			}
			parent.children = append(parent.children, n)
			open = append(open, n)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			parent.children = append(parent.children, &node{text: string(t)})
		}
	}
	if len(root.children) != 1 || root.children[0].name != "math" {
		return nil, errors.New("no <math> element")
	}
	return root.children[0], nil
}

// A lone combining sign is written by number: as itself it would sit on the
// bracket before it.
var escapeText = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;",
	vecArrow, "&#x20D7;", "\u0302", "&#x302;", "\u0303", "&#x303;", overline, "&#x305;", "\u0307", "&#x307;", "\u0308", "&#x308;")
var escapeValue = strings.NewReplacer("&", "&amp;", "<", "&lt;", `"`, "&quot;")

func (n *node) write(out *strings.Builder) {
	if n.name == "" {
		escapeText.WriteString(out, n.text)
		return
	}
	out.WriteString("<" + n.name)
	for _, a := range n.attrs {
		out.WriteString(" " + a.name + `="`)
		escapeValue.WriteString(out, a.value)
		out.WriteByte('"')
	}
	out.WriteByte('>')
	for _, c := range n.children {
		c.write(out)
	}
	out.WriteString("</" + n.name + ">")
}
