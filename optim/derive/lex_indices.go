package derive

import "strings"

// sigma reads the decoration of a sum sign of the given length: an index below, with or without where it starts, a bound above.
func (l *lexer) sigma(length int) *SyntaxError {
	t := token{kind: tokenSigma}
	n := length
	t.sub, n = l.below(n, true)
	t.raised, n = l.above(n)
	if t.sub == "" && t.raised != "" {
		t.sub, n = l.below(n, true)
	}
	l.emit(t, n)
	return nil
}

// below reads what stands below, from n characters ahead on: _i, _{ij}, _(i=1), ᵢⱼ, in a sum also _i=1. It returns it
// without brackets, commas and spaces, and where it ends.
func (l *lexer) below(n int, sum bool) (string, int) {
	var text strings.Builder
	if lowered[l.peek(n)] != 0 {
		for r := lowered[l.peek(n)]; r != 0; r = lowered[l.peek(n)] {
			text.WriteRune(r)
			n++
		}
		return text.String(), n
	}
	if l.peek(n) != '_' {
		return "", n
	}
	if r := l.peek(n + 1); r == '{' || r == '(' || r == '[' {
		inner, end, ok := l.bracketed(n + 1)
		if !ok {
			return "", n
		}
		return inner, end
	}
	start := n
	n++
	for r := l.peek(n); isLatin(r) || isDigit(r) || sum && r == '='; r = l.peek(n) {
		if l.space.indexed && !sum && (!isIndex(r) && !isDigit(r) || text.Len() == 2 || text.Len() == 1 && !l.twoBelow()) {
			break // y_ix_ij is y_i x_ij
		}
		if sum && text.Len() > 0 && r != '=' && !isDigit(r) {
			break // sum_iy_i
		}
		text.WriteRune(r)
		n++
	}
	if text.Len() == 0 {
		return "", start
	}
	return text.String(), n
}

// twoBelow reports whether the word before may have two indices.
func (l *lexer) twoBelow() bool { return l.peek(0) == 'x' || l.peek(0) == 'X' }

// bracketed reads a short bracket of letters, digits, = and commas that opens n characters ahead.
func (l *lexer) bracketed(n int) (inner string, end int, ok bool) {
	var text strings.Builder
	for n++; n < 64+l.at && text.Len() < 16; n++ {
		switch r := l.peek(n); {
		case r == '}' || r == ')' || r == ']':
			return text.String(), n + 1, text.Len() > 0
		case isLatin(r) || isDigit(r) || r == '=':
			text.WriteRune(r)
		case r == ' ' || r == ',':
		case lowered[r] != 0:
			text.WriteRune(lowered[r])
		default:
			return "", 0, false
		}
	}
	return "", 0, false
}

// above reads an index or bound that stands above: ^m, ^(i), ^{m}, ⁽ⁱ⁾, ᵐ, ^T, ᵀ.
func (l *lexer) above(n int) (string, int) {
	start := n
	if lifted[l.peek(n)] == '(' {
		if isLatin(lifted[l.peek(n+1)]) && lifted[l.peek(n+2)] == ')' {
			return string(lifted[l.peek(n+1)]), n + 3
		}
		return "", start
	}
	if r := lifted[l.peek(n)]; isLatin(r) {
		return string(r), n + 1
	}
	if l.peek(n) != '^' {
		return "", start
	}
	n++
	for l.peek(n) == ' ' {
		n++
	}
	closing := map[rune]rune{'(': ')', '{': '}', '[': ']'}[l.peek(n)]
	if closing != 0 {
		n++
		if l.peek(n) == '(' && closing == '}' && l.peek(n+2) == ')' && l.peek(n+3) == '}' { // ^{(i)}
			return string(l.peek(n + 1)), n + 4
		}
	}
	r := l.peek(n)
	switch {
	case lifted[r] == 'T' || r == '⊤':
		r = 'T'
	case !isLatin(r):
		return "", start
	}
	if closing != 0 {
		if l.peek(n+1) != closing {
			return "", start
		}
		return string(r), n + 2
	}
	if isLatin(l.peek(n+1)) && !(r == 'T' || isIndex(r)) {
		return "", start
	}
	return string(r), n + 1
}
