package expr

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"descent/optim/numeral"
)

type kind uint8

const (
	tokenEnd      kind = iota
	tokenNumber        // literal
	tokenFraction      // ½: node
	tokenName          // variable or constant: node
	tokenFunction      // fn
	tokenRoot          // √
	tokenRaised        // ²: literal or its negative, in node
	tokenSign          // text is one of + - * / ^ ( ) | , with brackets and look-alikes made one
)

type token struct {
	kind     kind
	text     string // as typed; of a tokenSign as understood
	position int    // in runes
	spaced   bool   // white space before it
	fn       function
	node     *node
}

// signs maps each character that is read as an operator or bracket to the one it stands for. The invisible operators
// are there because formulas are copied from web pages.
var signs = map[rune]string{
	'+': "+", '＋': "+", '-': "-", '−': "-", '–': "-", '—': "-", '‐': "-", '‑': "-", '－': "-",
	'*': "*", '×': "*", '·': "*", '⋅': "*", '∗': "*", '∙': "*", '•': "*", '\u2062': "*",
	'/': "/", '÷': "/", '∕': "/", '⁄': "/", '^': "^",
	'(': "(", '[': "(", '{': "(", '（': "(", ')': ")", ']': ")", '}': ")", '）': ")", '|': "|", '∣': "|", ',': ",",
}

var fractions = map[rune][2]int64{
	'½': {1, 2}, '⅓': {1, 3}, '⅔': {2, 3}, '¼': {1, 4}, '¾': {3, 4}, '⅕': {1, 5}, '⅖': {2, 5}, '⅗': {3, 5}, '⅘': {4, 5},
	'⅙': {1, 6}, '⅚': {5, 6}, '⅛': {1, 8}, '⅜': {3, 8}, '⅝': {5, 8}, '⅞': {7, 8},
}

const (
	superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹"
	subscripts   = "₀₁₂₃₄₅₆₇₈₉"
)

// digitIn returns the digit that r is in one of the two rows above.
func digitIn(row string, r rune) (byte, bool) {
	if i := slices.Index([]rune(row), r); i >= 0 {
		return byte('0' + i), true
	}
	return 0, false
}

type lexer struct {
	src    []rune
	at     int
	spaced bool
	tokens []token
	greek  int // position of the first θ, or -1
	bare   int // position of the first θ without an index, or -1
	second int // position of the first θ2, or -1
	latin  int // position of the first x or y, or -1
	notes  []string
}

func (l *lexer) peek(ahead int) rune {
	if l.at+ahead < len(l.src) {
		return l.src[l.at+ahead]
	}
	return -1
}

func (l *lexer) emit(t token, length int) {
	t.position, t.spaced = l.at, l.spaced
	if t.text == "" {
		t.text = string(l.src[l.at : l.at+length])
	}
	l.tokens = append(l.tokens, t)
	l.at += length
	l.spaced = false
}

func (l *lexer) run() *SyntaxError {
	for l.at < len(l.src) {
		if err := l.next(); err != nil {
			return err
		}
	}
	l.emit(token{kind: tokenEnd}, 0)
	return nil
}

func (l *lexer) next() *SyntaxError {
	r := l.peek(0)
	switch {
	case unicode.IsSpace(r) || r != '\u2062' && unicode.Is(unicode.Cf, r): // marks of direction come with copied text
		l.spaced = true
		l.at++
		return nil
	case r == '*' && l.peek(1) == '*':
		l.emit(token{kind: tokenSign, text: "^"}, 2)
		return nil
	case signs[r] != "":
		l.emit(token{kind: tokenSign, text: signs[r]}, 1)
		return nil
	case r == '√':
		l.emit(token{kind: tokenRoot}, 1)
		return nil
	case isDigit(r) || r == '.':
		return l.number()
	case isLetter(r) || strings.ContainsRune("θϑπσς", r):
		return l.word()
	case fractions[r][1] != 0:
		f := fractions[r]
		l.emit(token{kind: tokenFraction, node: binary(opDiv, integer(f[0]), integer(f[1]))}, 1)
		return nil
	}
	if n := l.raised(); n > 0 {
		return nil
	}
	return l.unreadable(r)
}

func isDigit(r rune) bool  { return '0' <= r && r <= '9' }
func isLetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }

// raised reads a superscript such as ² or ⁻¹ and returns its length.
func (l *lexer) raised() int {
	n := 0
	if l.peek(0) == '⁻' {
		n = 1
	}
	var digits []byte
	for {
		d, ok := digitIn(superscripts, l.peek(n))
		if !ok {
			break
		}
		digits = append(digits, d)
		n++
	}
	if len(digits) == 0 {
		return 0
	}
	value, err := strconv.ParseFloat(string(digits), 64)
	if err != nil {
		return 0
	}
	exponent := literal(string(digits), value)
	if l.peek(0) == '⁻' {
		exponent = negate(exponent)
	}
	l.emit(token{kind: tokenRaised, node: exponent}, n)
	return n
}

func (l *lexer) number() *SyntaxError {
	text, n, message, at := numeral.Scan(l.src[l.at:])
	if message != "" {
		return syntaxError(l.at+at, "%s", message)
	}
	value, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsInf(value, 0) {
		return syntaxError(l.at, "%s is too large for a number here; the largest is about 1.8e308.", text)
	}
	l.emit(token{kind: tokenNumber, text: text, node: literal(text, value)}, n)
	return nil
}
