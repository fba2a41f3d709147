package expr

import (
	"slices"
	"strings"
)

// words maps every spelling of a function or constant.
var words = func() map[string]token {
	m := map[string]token{
		"pi": {kind: tokenName, node: pi}, "π": {kind: tokenName, node: pi},
		"e": {kind: tokenName, node: euler},
		"x": {kind: tokenName, node: variable(0)}, "y": {kind: tokenName, node: variable(1)},
		"ς": {kind: tokenFunction, fn: fnSigma},
	}
	for fn, d := range functions {
		if d.name == "" {
			continue
		}
		for _, name := range append([]string{d.name}, d.aliases...) {
			m[name] = token{kind: tokenFunction, fn: function(fn)}
		}
	}
	return m
}()

// word reads a run of letters: a name, or names written together such as xy and sinx.
func (l *lexer) word() *SyntaxError {
	n := 1
	if isLetter(l.peek(0)) {
		for isLetter(l.peek(n)) {
			n++
		}
	}
	parts := l.split(l.at, l.at+n)
	if parts == nil {
		return l.unknown(n)
	}
	slices.Reverse(parts)
	if len(parts) > 1 && slices.ContainsFunc(parts, func(s string) bool { return len(s) > 1 }) {
		l.notes = append(l.notes, "“"+string(l.src[l.at:l.at+n])+"” is read as "+strings.Join(parts, " ")+".")
	}
	for _, part := range parts {
		if err := l.name(part); err != nil {
			return err
		}
	}
	return nil
}

// split cuts the run of letters src[from:to] into known names, long ones before short ones, and returns them from last to
// first; nil if they do not add up. Euler's e is taken for the end of a longer run only before a power: xe^x.
func (l *lexer) split(from, to int) []string {
	if from == to {
		return []string{}
	}
	whole := from == l.at
	for end := min(to, from+longestWord); end > from; end-- {
		name := string(l.src[from:end])
		_, known := words[name]
		if !known && name != "theta" && name != "θ" && name != "ϑ" {
			continue
		}
		if name == "e" && !(whole && end == to) && !(end == to && l.raises(to)) {
			continue
		}
		if rest := l.split(end, to); rest != nil {
			return append(rest, name)
		}
	}
	return nil
}

const longestWord = 8 // softplus; a test compares

// raises reports whether a power follows at position i.
func (l *lexer) raises(i int) bool {
	if i >= len(l.src) {
		return false
	}
	_, raised := digitIn(superscripts, l.src[i])
	return raised || l.src[i] == '^' || l.src[i] == '⁻' || l.src[i] == '*' && i+1 < len(l.src) && l.src[i+1] == '*'
}

func (l *lexer) name(name string) *SyntaxError {
	length := len([]rune(name))
	switch name {
	case "theta", "θ", "ϑ":
		return l.theta(length)
	case "log":
		for _, base := range []struct {
			digits string
			fn     function
		}{{"2", fnLog2}, {"10", fnLog10}} {
			if digits, n := l.index(length); digits == base.digits {
				l.emit(token{kind: tokenFunction, fn: base.fn}, length+n)
				return nil
			}
		}
		if l.peek(length) == '_' || l.subscripted(length) {
			return syntaxError(l.at, "I have log (natural), log2 and log10: for another base, here 3, write log(x)/log(3).")
		}
	case "x", "y":
		if l.latin < 0 {
			l.latin = l.at
		}
	}
	l.emit(words[name], length)
	if t := l.tokens[len(l.tokens)-1]; t.kind == tokenName && t.node.vars != 0 {
		if digits, n := l.index(0); digits != "" {
			index := string(l.src[l.at : l.at+n])
			if index != digits || digits == "1" { // more like a second variable than like a power
				return syntaxError(t.position, "I do not know %s%s: the variables are x, y or θ1, θ2.", name, index)
			}
			return syntaxError(t.position, "I do not know %s%s: the variables are x, y or θ1, θ2. A power is written %s^%s.",
				name, index, name, digits)
		}
	}
	return nil
}

func (l *lexer) theta(length int) *SyntaxError {
	digits, n := l.index(length)
	switch digits {
	case "1":
	case "2":
		if l.second < 0 {
			l.second = l.at
		}
	case "":
		if l.bare < 0 {
			l.bare = l.at
		}
		digits, n = "1", 0
	default:
		return &SyntaxError{Position: l.at, Suggestion: "θ1",
			Message: "I expect θ1 or θ2 here (theta1, theta_1 and θ₁ are read too)."}
	}
	if l.greek < 0 {
		l.greek = l.at
	}
	l.emit(token{kind: tokenName, node: variable(digits[0] - '1')}, length+n)
	return nil
}

func (l *lexer) subscripted(ahead int) bool {
	_, ok := digitIn(subscripts, l.peek(ahead))
	return ok
}

// index reads an index such as 1, _1, _{1} or ₁ that follows ahead characters on, and how many characters it takes.
func (l *lexer) index(ahead int) (digits string, length int) {
	n := ahead
	if l.peek(n) == '_' {
		n++
	}
	braced := n > ahead && l.peek(n) == '{'
	if braced {
		n++
	}
	for {
		r := l.peek(n)
		d, ok := digitIn(subscripts, r)
		if !ok {
			if !isDigit(r) {
				break
			}
			d = byte(r)
		}
		digits += string(rune(d))
		n++
	}
	if braced {
		if l.peek(n) != '}' {
			return "", 0
		}
		n++
	}
	if l.peek(n) == '.' && isDigit(l.peek(n+1)) {
		return "", 0
	}
	return digits, n - ahead
}
