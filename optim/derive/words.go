package derive

import "strings"

// greek maps letters and their names to the name that a variable has inside.
var greek = map[string]string{
	"σ": "sigma", "ς": "sigma", "θ": "theta", "ϑ": "theta", "μ": "mu", "µ": "mu", "π": "pi", "η": "eta", "λ": "lambda", "α": "alpha", "β": "beta", "ε": "epsilon", "ϵ": "epsilon", "γ": "gamma",
	"δ": "delta", "ρ": "rho", "τ": "tau", "φ": "phi", "ϕ": "phi", "ω": "omega", "κ": "kappa", "ν": "nu", "ξ": "xi", "ζ": "zeta", "χ": "chi", "ψ": "psi",
}

// greekLetter is the way back, for the echo in MathML.
var greekLetter = map[string]string{}

func init() {
	for letter, name := range greek {
		if letter != "ς" && letter != "ϑ" && letter != "µ" && letter != "ϵ" && letter != "ϕ" {
			greekLetter[name] = letter
		}
	}
}

// word reads a name with its indices, or several that are written together.
func (l *lexer) word() *SyntaxError {
	n := 1
	if isLatin(l.peek(0)) {
		for isLatin(l.peek(n)) {
			n++
		}
	}
	run := string(l.src[l.at : l.at+n])
	if n == 1 && greek[run] != "" {
		run = greek[run]
	}
	lower := strings.ToLower(run)
	if lower == "sum" {
		return l.sigma(n)
	}
	if l.isDel(run, n) {
		l.emit(token{kind: tokenDel}, 1)
		return nil
	}
	if run == "log" {
		if text, end := l.digits(n); text == "2" || text == "10" {
			l.emit(token{kind: tokenWord, text: "log" + text}, end)
			return nil
		} else if text != "" {
			return syntaxError(l.at, "I have log (natural), log2 and log10: for another base, here 3, write log(x)/log(3).")
		}
	}
	if l.space.indexed {
		return l.indexedWord(run, n)
	}
	return l.plainWord(run, n)
}

// digits reads digits that follow n characters on, also as an index: 2, _2, ₂.
func (l *lexer) digits(n int) (string, int) {
	start := n
	if l.peek(n) == '_' {
		n++
	}
	text := ""
	for r := l.peek(n); isDigit(r) || isDigit(lowered[r]); r = l.peek(n) {
		if !isDigit(r) {
			r = lowered[r]
		}
		text += string(r)
		n++
	}
	if text == "" {
		return "", start
	}
	return text, n
}

// isDel reports whether the word at hand begins with the d of a derivative: d/dz, dJ/dtheta_j.
func (l *lexer) isDel(run string, n int) bool {
	if run[0] != 'd' || l.space.known(run) {
		return false
	}
	if k := len(l.tokens); k >= 2 && l.tokens[k-1].kind == tokenSign && l.tokens[k-1].text == "/" {
		for i, depth := k-2, 0; i >= 0; i-- { // the denominator of a derivative
			switch t := l.tokens[i]; {
			case t.kind == tokenDel:
				return depth == 0
			case t.kind == tokenSign && t.text == ")":
				depth++
			case t.kind == tokenSign && t.text == "(":
				if depth--; depth < 0 {
					return false
				}
			case t.kind == tokenSign && depth == 0 && strings.Contains("+-=,", t.text):
				return false
			}
		}
	}
	if len(run) > 1 && !l.space.known(run[1:]) && functionWords[run[1:]] == fnNone {
		return false
	}
	depth := 0 // the numerator: a d follows a division
	start := l.at + n
	if len(run) == 1 && start < len(l.src) && greekAt(l.src, start) {
		start++
	}
	for i := start; i < len(l.src); i++ {
		switch s := signs[l.src[i]]; {
		case s == "(":
			depth++
		case s == ")":
			if depth--; depth < 0 {
				return false
			}
		case depth > 0:
		case s == "/":
			for i++; i < len(l.src) && l.src[i] == ' '; i++ {
			}
			return i+1 < len(l.src) && (l.src[i] == 'd' && (isLetter(l.src[i+1]) || l.src[i+1] == ' ') || l.src[i] == '∂')
		case s != "" && strings.Contains("+-=,*", s):
			return false
		}
	}
	return false
}

func greekAt(src []rune, i int) bool { return isGreek(src[i]) || src[i] == 'Σ' }

// indexedWord reads a name of the language of sums: its indices may be below, above or simply written after it.
func (l *lexer) indexedWord(run string, n int) *SyntaxError {
	if lower := strings.ToLower(run); functionWords[lower] != fnNone && !l.space.known(run) {
		run = lower // Log, as some keyboards begin a line
	}
	parts := splitIndexed(l.space, run)
	if parts == nil {
		return l.unknown(run)
	}
	for i, part := range parts {
		length := len(part.name) + len(part.index)
		if isGreek(l.peek(0)) {
			length = 1
		}
		t := token{kind: tokenWord, text: part.name, sub: part.index}
		if i == len(parts)-1 {
			length = l.indices(&t, length)
		}
		l.emit(t, length)
	}
	return nil
}

// indices reads the indices of a word, of which it holds those that were simply written after it.
func (l *lexer) indices(t *token, n int) int {
	subs, raises := indexable(t.text)
	if subs == 0 {
		if text, end := l.digits(n); text != "" && functionWords[t.text] == fnNone {
			t.sub, n = text, end // s_1, a2
		}
		return n
	}
	for range 2 {
		if t.sub == "" {
			if functionWords[t.text] != fnNone && l.peek(n) == '_' && !isIndex(l.peek(n+1)) && l.peek(n+1) != '{' {
				return n
			}
			t.sub, n = l.below(n, false)
		}
		if t.raised == "" {
			text, end := l.above(n)
			switch {
			case text == "T" && (t.text == "theta" || t.text == "x"):
				t.transposed, n = true, end
			case raises && len(text) == 1 && isIndex(rune(text[0])):
				t.raised, n = text, end
			}
		}
	}
	return n
}

// indexable says how many indices below a name may have, and whether one may stand above.
func indexable(name string) (subs int, raises bool) {
	switch name {
	case "x":
		return 2, true
	case "y", "h", "z", "sigma":
		return 1, true
	case "theta":
		return 1, false
	}
	return 0, false
}

type part struct{ name, index string }

// longestRun is how many letters without a space are taken apart: there are as many ways as a Fibonacci number.
const longestRun = 16

// splitIndexed takes a run of letters apart: xij is x with the indices ij.
func splitIndexed(s *space, run string) []part {
	if s.known(run) {
		return []part{{run, ""}}
	}
	for end := len(run) - 1; end > 0; end-- {
		name, rest := run[:end], run[end:]
		if !s.known(name) {
			continue
		}
		if subs, _ := indexable(name); subs >= len(rest) && strings.Trim(rest, indexLetters) == "" {
			return []part{{name, rest}}
		}
	}
	if len(run) > longestRun {
		return nil
	}
	for end := len(run) - 1; end > 0; end-- {
		first := splitOne(s, run[:end])
		if first == nil {
			continue
		}
		if rest := splitIndexed(s, run[end:]); rest != nil {
			return append([]part{*first}, rest...)
		}
	}
	return nil
}

func splitOne(s *space, run string) *part {
	if s.known(run) {
		return &part{run, ""}
	}
	for end := len(run) - 1; end > 0; end-- {
		if subs, _ := indexable(run[:end]); s.known(run[:end]) && subs >= len(run)-end && strings.Trim(run[end:], indexLetters) == "" {
			return &part{run[:end], run[end:]}
		}
	}
	return nil
}

// plainWord reads a variable of a formula without sums. Its index is part of its name: x1, x_1 and x₁ are one.
func (l *lexer) plainWord(run string, n int) *SyntaxError {
	if _, ok := functionWords[run]; (ok || run == "D" || run == "dot") && !l.space.declared(run) {
		l.emit(token{kind: tokenWord, text: run}, n)
		return nil
	}
	if functionWords[strings.ToLower(run)] != fnNone && !l.space.declared(run) {
		l.emit(token{kind: tokenWord, text: strings.ToLower(run)}, n)
		return nil
	}
	if name, rest := leadingFunction(run); name != "" && !l.space.declared(run) { // sinx
		l.emit(token{kind: tokenWord, text: name}, len(name))
		return l.plainWord(rest, len(rest))
	}
	below, end := l.below(n, false)
	if below == "" {
		below, end = l.digits(n)
	}
	if whole := run + below; l.space.declared(whole) || below != "" || !l.space.splits(run) {
		l.emit(token{kind: tokenWord, text: whole}, end)
		return nil
	}
	rest := run
	for rest != "" {
		name := l.space.longest(rest)
		l.emit(token{kind: tokenWord, text: name}, len(name))
		rest = rest[len(name):]
	}
	return nil
}

// leadingFunction takes a function's name of at least two letters from a run of which one letter is left.
func leadingFunction(run string) (name, rest string) {
	if len(run) < 3 {
		return "", ""
	}
	name, rest = run[:len(run)-1], run[len(run)-1:]
	if functionWords[name] == fnNone {
		return "", ""
	}
	return name, rest
}
