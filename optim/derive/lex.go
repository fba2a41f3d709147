package derive

import (
	"strings"
	"unicode"

	"descent/optim/numeral"
)

type kind uint8

const (
	tokenEnd    kind = iota
	tokenNumber      // text
	tokenWord        // text without its indices: sub, raised, transposed
	tokenSigma       // Σ or sum: sub, raised are its index and bound
	tokenDel         // the d or ∂ of a derivative
	tokenRaised      // ², ⁻¹: text in plain digits
	tokenSign        // text is one of + - * / ^ ( ) | , = ' or an invisible product "·"
)

type token struct {
	kind       kind
	text       string
	sub        string // index letters or digits below: ij
	raised     string // index letter above: x^(i)
	transposed bool   // θᵀ
	position   int
	end        int
}

// signs maps each character that is read as an operator or bracket to the one it stands for.
var signs = map[rune]string{
	'+': "+", '＋': "+", '-': "-", '−': "-", '–': "-", '—': "-", '‐': "-", '‑': "-", '－': "-",
	'*': "*", '×': "*", '·': "*", '⋅': "*", '∗': "*", '∙': "*", '•': "*", '\u2062': "*",
	'/': "/", '÷': "/", '∕': "/", '⁄': "/", '^': "^", '=': "=", ',': ",",
	'(': "(", '[': "(", '{': "(", '（': "(", ')': ")", ']': ")", '}': ")", '）': ")", '|': "|", '∣': "|",
	'\'': "'", '′': "'", '’': "'",
}

const (
	superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹"
	subscripts   = "₀₁₂₃₄₅₆₇₈₉"
)

var (
	lowered = map[rune]rune{'ᵢ': 'i', 'ⱼ': 'j', 'ₖ': 'k', 'ₗ': 'l', 'ₘ': 'm', 'ₙ': 'n', '₌': '='}
	lifted  = map[rune]rune{'ⁱ': 'i', 'ʲ': 'j', 'ᵏ': 'k', 'ˡ': 'l', 'ᵐ': 'm', 'ⁿ': 'n', '⁽': '(', '⁾': ')', 'ᵀ': 'T'}
)

func init() {
	for d, r := range []rune(superscripts) {
		lifted[r] = rune('0' + d)
	}
	for d, r := range []rune(subscripts) {
		lowered[r] = rune('0' + d)
	}
}

var fractions = map[rune]string{'½': "1/2", '⅓': "1/3", '⅔': "2/3", '¼': "1/4", '¾': "3/4", '⅕': "1/5", '⅙': "1/6", '⅛': "1/8"}

// indexLetters are the letters that may be an index.
const indexLetters = "ijkl"

func isIndex(r rune) bool { return 'i' <= r && r <= 'l' }

type lexer struct {
	src    []rune
	at     int
	space  *space
	tokens []token
}

func (l *lexer) peek(ahead int) rune {
	if i := l.at + ahead; 0 <= i && i < len(l.src) {
		return l.src[i]
	}
	return -1
}

func (l *lexer) emit(t token, length int) {
	t.position, t.end = l.at, l.at+length
	l.tokens = append(l.tokens, t)
	l.at += length
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
	case unicode.IsSpace(r) || r != '\u2062' && unicode.Is(unicode.Cf, r):
		l.at++
		return nil
	case r == '*' && l.peek(1) == '*':
		l.emit(token{kind: tokenSign, text: "^"}, 2)
		return nil
	case signs[r] != "":
		l.emit(token{kind: tokenSign, text: signs[r]}, 1)
		return nil
	case r == '√':
		l.emit(token{kind: tokenWord, text: "sqrt"}, 1)
		return nil
	case isDigit(r) || r == '.':
		return l.number()
	case fractions[r] != "":
		l.emit(token{kind: tokenNumber, text: fractions[r]}, 1)
		return nil
	case r == '∂':
		l.emit(token{kind: tokenDel}, 1)
		return nil
	case r == 'Σ' || r == '∑':
		return l.sigma(1)
	case isLetter(r):
		return l.word()
	}
	if n := l.superscript(); n > 0 {
		return nil
	}
	if lowered[r] != 0 || lifted[r] != 0 {
		return syntaxError(l.at, "“%c” stands here without a letter before it.", r)
	}
	return syntaxError(l.at, "I cannot read “%c”.", r)
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }

func isLatin(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }

func isGreek(r rune) bool {
	return 'α' <= r && r <= 'ω' || 'Α' <= r && r <= 'Ω' || r == 'ϑ' || r == 'ϵ' || r == 'ϕ' || r == 'µ'
}

func isLetter(r rune) bool { return isLatin(r) || isGreek(r) }

// superscript reads a power such as ² or ⁻¹ and returns its length.
func (l *lexer) superscript() int {
	n := 0
	text := ""
	if l.peek(0) == '⁻' {
		n, text = 1, "-"
	}
	for isDigit(lifted[l.peek(n)]) {
		text += string(lifted[l.peek(n)])
		n++
	}
	if strings.TrimPrefix(text, "-") == "" || len(text) > 15 {
		return 0
	}
	l.emit(token{kind: tokenRaised, text: text}, n)
	return n
}

func (l *lexer) number() *SyntaxError {
	text, n, message, at := numeral.Scan(l.src[l.at:])
	if message != "" {
		return syntaxError(l.at+at, "%s", message)
	}
	l.emit(token{kind: tokenNumber, text: text}, n)
	return nil
}
