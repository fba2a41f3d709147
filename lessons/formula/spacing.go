package formula

import "slices"

// Browsers do not know TeX's rules for the space between atoms, and Temml does
// not state all of them. This file states those that the lessons need (The
// TeXbook, chapter 18).

// prime takes primes out of the superscript: the sign of mathematical fonts is
// raised already, and raised twice it floats away from its letter.
func (n *node) prime() {
	if n.name != "msup" || len(n.children) != 2 {
		return
	}
	primes := []*node{n.children[1]}
	if n.children[1].name == "mrow" {
		primes = n.children[1].children
	}
	for _, p := range primes {
		if p.name != "mo" || p.content() != "′" {
			return
		}
		p.drop("class")
	}
	primes[0].drop("lspace", "rspace")
	primes[0].set("lspace", "0.08em") // room for the slant of the letter
	primes[0].set("rspace", "0em")
	*n = node{name: "mrow", children: append([]*node{n.children[0]}, primes...)}
}

// spaceBeforeNames puts a thin space between an operand and the name of a
// function that follows: y log x. Temml does so after a letter only.
func (n *node) spaceBeforeNames() {
	if n.name != "mrow" && n.name != "mtd" && n.name != "math" && n.name != "mstyle" {
		return
	}
	var spaced []*node
	for i, c := range n.children {
		if i > 0 && c.isNamed() && !slices.Contains([]string{"mo", "mspace"}, n.children[i-1].name) {
			spaced = append(spaced, &node{name: "mspace", attrs: []attr{{"width", "0.1667em"}}})
		}
		spaced = append(spaced, c)
	}
	n.children = spaced
}

// isNamed says whether a row is the name of a function, such as log or sign,
// with nothing before it.
func (n *node) isNamed() bool {
	return n.name == "mrow" && len(n.children) >= 2 &&
		n.children[0].name != "mspace" && n.children[1].name == "mo" && n.children[1].content() == applies
}

// scripted are the elements all of whose children but the first are scripts.
var scripted = []string{"msub", "msup", "msubsup", "munder", "mover", "munderover"}

// tightScripts takes the space around signs away in scripts: t+1, i=1.
func (n *node) tightScripts() {
	if !slices.Contains(scripted, n.name) || n.get("accent") != "" || n.get("accentunder") != "" {
		return
	}
	for _, script := range n.children[1:] {
		script.walk(func(n *node) {
			if n.name == "mo" && n.get("form") == "" && n.get("lspace") == "" && n.content() != applies {
				n.set("lspace", "0em")
				n.set("rspace", "0em")
			}
		})
	}
}
