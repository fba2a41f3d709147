package expr

import "unicode/utf8"

// The limits of what [Parse] accepts.
const (
	MaxLength = 256 // characters
	MaxDepth  = 32  // brackets, arguments, exponents and signs within one another
	MaxNodes  = 256 // numbers, variables and operations
)

// Parse reads a formula. The error is always a *[SyntaxError].
//
// The grammar, in which a bracket may also be [ ] or { }:
//
//	sum      = signed { ("+"|"-") signed }
//	signed   = ("-"|"+") signed | product
//	product  = factor { ("*"|"/") factor | power }        the second form is a product without a sign
//	factor   = ("-"|"+") factor | power
//	power    = primary { superscript } [ "^" exponent ]
//	exponent = ("-"|"+") exponent | power
//	primary  = number | name | "(" sum ")" | "|" sum "|" | "√" primary | function
//	function = word [ "^" ["-"] number ] ( "(" sum { "," sum } ")" | ["-"] power { power } )
func Parse(src string) (*Expr, error) {
	if len(src) > utf8.UTFMax*MaxLength {
		return nil, syntaxError(MaxLength, "the formula has more than the %d characters allowed.", MaxLength)
	}
	if !utf8.ValidString(src) {
		return nil, syntaxError(0, "the text is not valid UTF-8.")
	}
	if n := utf8.RuneCountInString(src); n > MaxLength {
		return nil, syntaxError(MaxLength, "the formula has %d characters, more than the %d allowed.", n, MaxLength)
	}
	l := lexer{src: []rune(src), greek: -1, bare: -1, second: -1, latin: -1}
	l.tokens = make([]token, 0, len(l.src)+1)
	if err := l.run(); err != nil {
		return nil, err
	}
	if l.greek >= 0 && l.latin >= 0 {
		return nil, syntaxError(max(l.greek, l.latin), "use either x, y or θ1, θ2, not both in one formula.")
	}
	if l.bare >= 0 && l.second >= 0 {
		return nil, &SyntaxError{Position: l.bare, Suggestion: "θ1", Message: "θ alone is θ1 only while there is no θ2: write θ1 here."}
	}
	p := parser{src: l.src, tokens: l.tokens, notes: l.notes, greek: l.greek >= 0}
	if p.peek().kind == tokenEnd {
		return nil, syntaxError(0, "there is no formula yet: write one, for example x^2 + 3x.")
	}
	root, err := p.sum()
	if err == nil && p.peek().kind != tokenEnd {
		err = p.stray()
	}
	if err != nil {
		return nil, err
	}
	return newExpr(src, root, p.greek, p.notes), nil
}

type parser struct {
	src    []rune
	tokens []token
	at     int
	notes  []string
	greek  bool
	depth  int
	nodes  int
	open   []string // brackets and bars that are not closed yet, innermost last
}

func (p *parser) peek() *token { return &p.tokens[p.at] }

func (p *parser) take() *token {
	t := p.peek()
	if t.kind != tokenEnd {
		p.at++
	}
	return t
}

func (t *token) isSign(text string) bool { return t.kind == tokenSign && t.text == text }

func (t *token) isMinusOrPlus() bool { return t.isSign("-") || t.isSign("+") }

// count registers a node that was made, against MaxNodes.
func (p *parser) count(n *node, at int) (*node, *SyntaxError) {
	p.nodes++
	if n.op == opDiv && n.a.op == opNumber && p.tokens[max(p.at-1, 0)].kind == tokenFraction {
		p.nodes += 2
	}
	if p.nodes > MaxNodes {
		return nil, syntaxError(at, "the formula has more than %d numbers, variables and operations.", MaxNodes)
	}
	return n, nil
}

// deeper runs read one level further down.
func (p *parser) deeper(read func() (*node, *SyntaxError)) (*node, *SyntaxError) {
	if p.depth == MaxDepth {
		return nil, syntaxError(p.peek().position, "brackets, powers and signs are nested more than %d deep here.", MaxDepth)
	}
	p.depth++
	n, err := read()
	p.depth--
	return n, err
}

func (p *parser) sum() (*node, *SyntaxError) {
	left, err := p.signed(p.product, p.signedTerm)
	for err == nil && p.peek().isMinusOrPlus() {
		t := p.take()
		var right *node
		if right, err = p.signedTerm(); err != nil {
			break
		}
		o := opAdd
		if t.text == "-" {
			o = opSub
		}
		left, err = p.count(binary(o, left, right), t.position)
	}
	return left, err
}

func (p *parser) signedTerm() (*node, *SyntaxError) { return p.signed(p.product, p.signedTerm) }
func (p *parser) factor() (*node, *SyntaxError)     { return p.signed(p.power, p.factor) }
func (p *parser) exponent() (*node, *SyntaxError)   { return p.signed(p.power, p.exponent) }

// signed reads what bare reads, or a sign and what again reads.
func (p *parser) signed(bare, again func() (*node, *SyntaxError)) (*node, *SyntaxError) {
	t := p.peek()
	if !t.isMinusOrPlus() {
		return bare()
	}
	p.take()
	n, err := p.deeper(again)
	if err != nil || t.text == "+" {
		return n, err
	}
	return p.count(negate(n), t.position)
}

func (p *parser) product() (*node, *SyntaxError) {
	left, err := p.factor()
	divided := false // the last operation was a written division
	for err == nil {
		t := p.peek()
		var right *node
		o := opMul
		switch {
		case t.isSign("*") || t.isSign("/"):
			p.take()
			if right, err = p.factor(); err == nil && t.text == "/" {
				o = opDiv
				p.noteQuotient(left, right)
			}
		case p.beginsFactor():
			if err = p.checkJoint(t); err != nil {
				return nil, err
			}
			if right, err = p.power(); err == nil {
				p.noteJoint(left, right, divided, t)
			}
		default:
			return left, nil
		}
		if err != nil {
			return nil, err
		}
		divided = o == opDiv
		left, err = p.count(binary(o, left, right), t.position)
	}
	return left, err
}

// beginsFactor reports whether the next token, after a factor, begins another without a sign between them.
func (p *parser) beginsFactor() bool {
	t := p.peek()
	switch t.kind {
	case tokenEnd, tokenRaised:
		return false
	case tokenSign:
		return t.text == "(" || t.text == "|" && !p.inBars()
	}
	return true
}

func (p *parser) inBars() bool { return len(p.open) > 0 && p.open[len(p.open)-1] == "|" }

// checkJoint refuses a number after anything but a closing bracket: 2 3 and x 2 have no agreed meaning.
func (p *parser) checkJoint(t *token) *SyntaxError {
	last := &p.tokens[p.at-1]
	if t.kind != tokenNumber && t.kind != tokenFraction || last.isSign(")") {
		return nil
	}
	if last.kind == tokenNumber {
		return syntaxError(t.position, "two numbers stand side by side: write an operator such as * between them.")
	}
	return syntaxError(t.position, "a number follows “%s”: write * before it for a product, ^ for a power.", p.typed(last))
}

func (p *parser) power() (*node, *SyntaxError) {
	base, err := p.primary()
	for err == nil && p.peek().kind == tokenRaised {
		t := p.take()
		p.nodes++
		base, err = p.count(binary(opPow, base, t.node), t.position)
	}
	if err != nil || !p.peek().isSign("^") {
		return base, err
	}
	t := p.take()
	exponent, err := p.deeper(p.exponent)
	if err != nil {
		return nil, err
	}
	p.notePower(base, exponent)
	return p.count(binary(opPow, base, exponent), t.position)
}

func (p *parser) primary() (*node, *SyntaxError) {
	t := p.peek()
	switch {
	case t.kind == tokenNumber || t.kind == tokenName || t.kind == tokenFraction:
		p.take()
		return p.count(t.node, t.position)
	case t.isSign("("):
		return p.group(")", "a bracket is not closed: I expect ) here.")
	case t.isSign("|"):
		n, err := p.group("|", "a bar is not closed: I expect | here.")
		if err != nil {
			return nil, err
		}
		return p.count(call(fnAbs, n), t.position)
	case t.kind == tokenRoot:
		p.take()
		n, err := p.deeper(p.primary)
		if err != nil {
			return nil, err
		}
		p.noteRoot(n)
		return p.count(call(fnSqrt, n), t.position)
	case t.kind == tokenFunction:
		return p.function()
	}
	return nil, p.expected()
}

// group reads an opening bracket or bar, a sum and the closing one.
func (p *parser) group(closing, unclosed string) (*node, *SyntaxError) {
	opening := p.take()
	p.open = append(p.open, opening.text)
	n, err := p.deeper(p.sum)
	if err != nil {
		return nil, err
	}
	if !p.peek().isSign(closing) {
		return nil, p.unclosed(unclosed)
	}
	p.take()
	p.open = p.open[:len(p.open)-1]
	return n, nil
}
