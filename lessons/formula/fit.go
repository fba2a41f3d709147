package formula

import (
	"fmt"
	"slices"
	"strings"
)

const (
	vecArrow = "\u20D7" // combining right arrow above: the accent of \vec
	overline = "\u0305"
	applies  = "\u2061" // invisible: after the name of a function
)

// marks are the accents that mathematical fonts have, by the signs that Temml
// uses for them.
var marks = map[string]string{"ˆ": "\u0302", "~": "\u0303", "‾": overline, "˙": "\u0307", "¨": "\u0308"}

// fit makes Temml's markup fit for the notebook's pages.
func fit(markup string) (string, error) {
	root, err := parse(markup)
	if err != nil {
		return "", fmt.Errorf("temml's markup: %w", err)
	}
	root.walk((*node).accent) // first: what follows asks whether something is an accent
	if err := root.fit(); err != nil {
		return "", err
	}
	root.drop("xmlns", "class")
	var out strings.Builder
	root.write(&out)
	return out.String(), nil
}

func (n *node) fit() error {
	if n.name == "menclose" && !n.overlined() {
		return fmt.Errorf("strokes and frames around a part (%s) are not supported", n.get("notation"))
	}
	n.prime()
	n.spaceBeforeNames()
	n.tightScripts()
	for _, c := range n.children {
		if c.name == "" {
			continue
		}
		if err := c.fit(); err != nil {
			return err
		}
	}
	n.classes()
	n.drop("fence", "separator") // no browser looks at them
	return n.restyle()
}

// overlined rewrites \overline, for which Temml uses an element that browsers
// do not know.
func (n *node) overlined() bool {
	if n.get("class") != "tml-overline" {
		return false
	}
	base := n.children[0]
	if len(n.children) > 1 {
		base = &node{name: "mrow", children: n.children}
	}
	line := &node{name: "mo", attrs: []attr{{"stretchy", "true"}}, children: []*node{{text: overline}}}
	*n = node{name: "mover", attrs: []attr{{"accent", "true"}}, children: []*node{base, line}}
	return true
}

// accent marks accents as such: then they keep their size and sit close. Temml
// asks for the size by a style.
func (n *node) accent() {
	if n.name != "mover" && n.name != "munder" || len(n.children) != 2 {
		return
	}
	mark := n.children[1]
	if mark.name != "mo" {
		return
	}
	if n.name == "mover" && mark.content() == "→" && mark.get("stretchy") == "false" && mark.get("lspace") == "" {
		n.set("accent", "true")
		mark.set("stretchy", "true")
		mark.children[0].text = vecArrow
		return
	}
	if style := mark.get("style"); style == "math-depth:0;" {
		n.set(map[string]string{"mover": "accent", "munder": "accentunder"}[n.name], "true")
		mark.drop("style")
		if combining := marks[mark.content()]; combining != "" {
			mark.children[0].text = combining
		}
	}
}

// kept are Temml's classes that formula.css knows. The others mend what single
// browsers do with Temml's accents, which are accents here.
var kept = []string{"tml-jot", "tml-small", "tml-left", "tml-right", "tml-sml-pad", "tml-med-pad", "tml-lrg-pad"}

func (n *node) classes() {
	old := strings.Fields(n.get("class"))
	n.drop("class")
	for _, c := range old {
		if slices.Contains(kept, c) {
			n.addClass(c)
		}
	}
}

// styles says in which class formula.css has a declaration that Temml writes.
// "" are those that need none.
var styles = map[string]string{
	"display:block math": "", // the display attribute says it
	"padding-left:0em":   "tml-l0", "padding-left:0pt": "tml-l0", "padding-left:1em": "tml-l1",
	"padding-left:2em": "tml-l2", "padding-left:5.9776pt": "tml-lc",
	"padding-right:0em": "tml-r0", "padding-right:0pt": "tml-r0", "padding-right:5.9776pt": "tml-rc",
	"border-right:0.06em solid": "tml-rule-right", "border-left:0.06em solid": "tml-rule-left",
	"border-top:0.06em solid": "tml-rule-top", "border-bottom:0.06em solid": "tml-rule-bottom",
	"padding:3pt": "tml-boxed", "border:1px solid": "", // \boxed
	"margin-left:-0.1667em": "tml-back", // \!
	"math-depth:2":          "tml-depth-2",
	"font-weight:bold":      "tml-bold",
	"text-align:left":       "tml-left",
}

// restyle says by classes and attributes what a style attribute said.
func (n *node) restyle() error {
	style := n.get("style")
	n.drop("style")
	for declaration := range strings.SplitSeq(style, ";") {
		declaration = strings.TrimSpace(declaration)
		if declaration == "" {
			continue
		}
		property, value, _ := strings.Cut(declaration, ":")
		class, known := styles[declaration]
		switch {
		case known && class != "":
			n.addClass(class)
		case known:
		case property == "color":
			n.set("mathcolor", value)
		case property == "background-color":
			n.set("mathbackground", value)
		default:
			return fmt.Errorf("a construction that needs the style %q is not supported", declaration)
		}
	}
	return nil
}
