package derive

import (
	"math/big"
	"strings"
	"unicode/utf8"
)

// The limits of what is read.
const (
	MaxLine  = 2000  // characters of a line
	MaxText  = 10000 // characters of a derivation
	MaxDepth = 64    // brackets, arguments, exponents and signs within one another
	MaxSums  = 3     // sums within one another

	MaxDerivatives = 3 // derivatives within one another
)

// A Formula is a line as it was understood: one expression, or several with = between them.
type Formula struct {
	sides []*node
	space *space
}

type parser struct {
	src    []rune
	tokens []token
	at     int
	depth  int
	bars   int // open bars of |…| in the innermost bracket
	sums   int
	slot   int
	bound  []ref // the indices of the sums around
	space  *space
}

// parse reads a line. The grammar, in which a bracket may also be [ ] or { }:
//
//	line     = ["="] sum { "=" sum } ["="]
//	sum      = signed { ("+"|"-") signed }
//	signed   = ("-"|"+") signed | product
//	product  = factor { ("*"|"/") factor | power }        the second form is a product without a sign
//	factor   = ("-"|"+") factor | power
//	power    = primary { superscript } [ "^" exponent ]
//	exponent = ("-"|"+") exponent | power
//	primary  = number | name | "(" sum ")" | "|" sum "|" | function | total | slope
//	function = word ["'"] [ "^" number ] ( "(" sum ["," sum] ")" | ["-"] [number] power )
//	total    = "sum" "(" index "," ["1" ","] [("m"|"n") ","] sum ")" | "Σ" index [bound] signed
//	slope    = "D" "(" name "," sum ")" | "∂/∂" name (["-"] power) | "∂" power "/" "∂" name
func parse(src string, s *space) (*Formula, *SyntaxError) {
	if len(src) > utf8.UTFMax*MaxLine || utf8.RuneCountInString(src) > MaxLine {
		return nil, syntaxError(MaxLine, "the line has more than the %d characters allowed.", MaxLine)
	}
	if !utf8.ValidString(src) {
		return nil, syntaxError(0, "the text is not valid UTF-8.")
	}
	l := lexer{src: []rune(src), space: s}
	if err := l.run(); err != nil {
		return nil, err
	}
	p := parser{src: l.src, tokens: l.tokens, space: s, slot: slotSum}
	f := &Formula{space: s}
	if p.peek().isSign("=") {
		p.at++
	}
	for {
		if p.peek().kind == tokenEnd && len(f.sides) > 0 {
			return f, nil // a line may end with =
		}
		side, err := p.sum()
		if err == nil {
			err = number(side)
		}
		if err == nil && p.peek().kind != tokenEnd && !p.peek().isSign("=") {
			err = p.stray()
		}
		if err != nil {
			return nil, err
		}
		f.sides = append(f.sides, side)
		if p.peek().kind == tokenEnd {
			return f, nil
		}
		p.at++
	}
}

func (p *parser) peek() *token { return &p.tokens[p.at] }

func (p *parser) ahead(n int) *token { return &p.tokens[min(p.at+n, len(p.tokens)-1)] }

func (p *parser) take() *token {
	t := p.peek()
	if t.kind != tokenEnd {
		p.at++
	}
	return t
}

func (p *parser) last() *token { return &p.tokens[max(p.at-1, 0)] }

func (t *token) isSign(text string) bool { return t.kind == tokenSign && t.text == text }

func (t *token) isMinusOrPlus() bool { return t.isSign("-") || t.isSign("+") }

// placed gives a node that was just read its place in the text.
func (p *parser) placed(n *node, from int) *node {
	n.pos, n.end = from, p.last().end
	return n
}

// number refuses a vector.
func number(n *node) *SyntaxError {
	switch n.op {
	case opTheta:
		return syntaxError(n.pos, "θ is a vector; here a number belongs: write θ_j for one entry, or θᵀx_i for the product with a row.")
	case opRow:
		return syntaxError(n.pos, "x_%s is a whole row, a vector; here a number belongs: write x_%sj for its j-th entry, or θᵀx_%s.", n.i.name, n.i.name, n.i.name)
	}
	return nil
}

func (n *node) isVector() bool { return n.op == opTheta || n.op == opRow }

func numbers(nodes ...*node) *SyntaxError {
	for _, n := range nodes {
		if err := number(n); err != nil {
			return err
		}
	}
	return nil
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
	from := p.peek().position
	left, err := p.signed(p.product, p.signedTerm)
	for err == nil && p.peek().isMinusOrPlus() {
		o := opAdd
		if p.take().text == "-" {
			o = opSub
		}
		var right *node
		if right, err = p.signedTerm(); err != nil {
			break
		}
		if err = numbers(left, right); err == nil {
			left = p.placed(binary(o, left, right), from)
		}
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
	if err == nil {
		err = number(n)
	}
	if err != nil || t.text == "+" {
		return n, err
	}
	return p.placed(unary(opNeg, n), t.position), nil
}

func (p *parser) product() (*node, *SyntaxError) {
	from := p.peek().position
	left, err := p.factor()
	for err == nil {
		t := p.peek()
		var right *node
		o := opMul
		switch {
		case t.isSign("*") || t.isSign("/"):
			p.take()
			if t.text == "/" {
				o = opDiv
			}
			right, err = p.factor()
		case p.beginsFactor():
			if err = p.checkJoint(t); err != nil {
				return nil, err
			}
			right, err = p.power()
		default:
			return left, nil
		}
		if err != nil {
			return nil, err
		}
		if o == opMul && left.isVector() && right.isVector() {
			if sign := p.typed(t); sign != "·" && sign != "⋅" && sign != "∙" && sign != "•" {
				return nil, syntaxError(left.pos, "this is a product of two vectors: write θᵀx_i or dot(theta, x_i).")
			}
			left = p.placed(binary(opDot, left, right), from)
			continue
		}
		if err = numbers(left, right); err == nil {
			left = p.placed(binary(o, left, right), from)
		}
	}
	return nil, err
}

// beginsFactor reports whether the next token, after a factor, begins another without a sign between them.
func (p *parser) beginsFactor() bool {
	t := p.peek()
	switch t.kind {
	case tokenEnd, tokenRaised:
		return false
	case tokenSign:
		return t.text == "(" || t.text == "|" && p.bars == 0
	case tokenDel:
		return !p.last().isSign("/")
	}
	return true
}

// checkJoint refuses a number after anything but a closing bracket: 2 3 and x 2 have no agreed meaning.
func (p *parser) checkJoint(t *token) *SyntaxError {
	last := p.last()
	if t.kind != tokenNumber || last.isSign(")") {
		return nil
	}
	if last.kind == tokenNumber {
		return syntaxError(t.position, "two numbers stand side by side: write an operator such as * between them.")
	}
	return syntaxError(t.position, "a number follows “%s”: write * before it for a product, ^ for a power.", p.typed(last))
}

func (p *parser) power() (*node, *SyntaxError) {
	from := p.peek().position
	base, err := p.primary()
	for err == nil && p.peek().kind == tokenRaised {
		if err = number(base); err == nil {
			t := p.take()
			base = p.placed(binary(opPow, base, literal(t.text)), from)
		}
	}
	if err != nil || !p.peek().isSign("^") {
		return base, err
	}
	p.take()
	exponent, err := p.deeper(p.exponent)
	if err == nil {
		err = numbers(base, exponent)
	}
	if err != nil {
		return nil, err
	}
	return p.placed(binary(opPow, base, exponent), from), nil
}

// literal is the node of a number as it was typed: 0.1, 2e-3, 1/2, -1.
func literal(text string) *node {
	if digits, ok := strings.CutPrefix(text, "-"); ok {
		return unary(opNeg, literal(digits))
	}
	r, ok := new(big.Rat).SetString(text)
	if !ok {
		r = new(big.Rat)
	}
	v, _ := r.Float64()
	num := real(v)
	if n, d := r.Num(), r.Denom(); n.IsInt64() && d.IsInt64() {
		num = fraction(n.Int64(), d.Int64())
	} else {
		num.e = num.scale * roundoff
	}
	return &node{op: opNumber, text: text, num: num, rat: r}
}

func (p *parser) primary() (*node, *SyntaxError) {
	t := p.peek()
	switch {
	case t.kind == tokenNumber:
		p.take()
		if len(t.text) > 40 || exponentOf(t.text) > 300 || exponentOf(t.text) < -300 {
			return nil, syntaxError(t.position, "this number is too long or too far from 1.")
		}
		if above, below, ok := strings.Cut(t.text, "/"); ok { // ½
			return p.placed(binary(opDiv, literal(above), literal(below)), t.position), nil
		}
		return p.placed(literal(t.text), t.position), nil
	case t.isSign("("):
		if p.ahead(1).kind == tokenDel && p.ahead(2).isSign("/") && p.ahead(3).kind == tokenDel && p.ahead(5).isSign(")") {
			return p.bracketedSlope()
		}
		return p.group(")", "a bracket is not closed: I expect ) here.")
	case t.isSign("|"):
		n, err := p.group("|", "a bar is not closed: I expect | here.")
		if err == nil {
			err = number(n)
		}
		if err != nil {
			return nil, err
		}
		return p.placed(call(fnAbs, n), t.position), nil
	case t.kind == tokenSigma:
		return p.deeper(p.total)
	case t.kind == tokenDel:
		return p.deeper(p.slope)
	case t.kind == tokenWord:
		return p.word()
	}
	return nil, p.expected()
}

// exponentOf is the decimal exponent that is written in a number.
func exponentOf(text string) int {
	_, exponent, ok := strings.Cut(strings.ToLower(text), "e")
	if !ok {
		return 0
	}
	if len(exponent) > 5 {
		return 10000
	}
	k, sign := 0, 1
	for _, r := range exponent {
		switch {
		case r == '-':
			sign = -1
		case isDigit(r):
			k = 10*k + int(r-'0')
		}
	}
	return sign * k
}

// group reads an opening bracket or bar, a sum and the closing one.
func (p *parser) group(closing, unclosed string) (*node, *SyntaxError) {
	p.take()
	outer := p.bars
	p.bars = 0
	if closing == "|" {
		p.bars = 1
	}
	n, err := p.deeper(p.sum)
	if err != nil {
		return nil, err
	}
	if err := p.expect(closing, unclosed); err != nil {
		return nil, err
	}
	p.bars = outer
	return n, nil
}
