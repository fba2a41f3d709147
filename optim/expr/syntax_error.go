package expr

import "fmt"

// A SyntaxError says where a formula stops making sense and what would.
type SyntaxError struct {
	Position   int    // in characters (runes) from the start of the source, 0-based; its length when the end came too soon
	Message    string // a sentence for students
	Suggestion string // what to write instead of the word at Position; empty when there is no good guess
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("character %d: %s", e.Position+1, e.Message)
}

func syntaxError(position int, format string, args ...any) *SyntaxError {
	return &SyntaxError{Position: position, Message: fmt.Sprintf(format, args...)}
}

// unclosed explains why the innermost bracket or bar cannot go on.
func (p *parser) unclosed(message string) *SyntaxError {
	if t := p.peek(); t.kind != tokenEnd && !t.isSign(")") {
		return p.stray()
	}
	return syntaxError(p.peek().position, "%s", message)
}

// typed returns a token's text as it was typed; brackets and signs have one text for all their forms.
func (p *parser) typed(t *token) string {
	switch {
	case t.kind != tokenSign:
		return t.text
	case t.text == "^" && p.src[t.position] == '*':
		return "**"
	}
	return string(p.src[t.position])
}

// stray explains a token that cannot continue a formula.
func (p *parser) stray() *SyntaxError {
	t := p.peek()
	switch {
	case t.isSign(")"):
		return syntaxError(t.position, "this %s has no opening bracket before it.", p.typed(t))
	case t.isSign(",") && p.isDecimalComma():
		return syntaxError(t.position, "decimals are written with a point: %s.%s.", p.tokens[p.at-1].text, p.tokens[p.at+1].text)
	case t.isSign(","):
		return syntaxError(t.position, "a comma only separates the arguments of min and max; decimals are written with a point.")
	}
	return syntaxError(t.position, "I expect an operator before “%s”.", p.typed(t))
}

// isDecimalComma reports whether the comma that comes next stands between digits.
func (p *parser) isDecimalComma() bool {
	after := &p.tokens[p.at+1] // a comma is never the last token
	return p.at > 0 && p.tokens[p.at-1].kind == tokenNumber && after.kind == tokenNumber && !after.spaced && isDigit(rune(after.text[0]))
}

// expected explains a token where an operand should begin.
func (p *parser) expected() *SyntaxError {
	t := p.peek()
	what := "I expect a number, a variable, a function or ("
	switch {
	case p.at == 0:
		return syntaxError(t.position, "a formula cannot begin with “%s”: %s.", p.typed(t), what)
	case t.kind == tokenEnd:
		return syntaxError(t.position, "after “%s” %s.", p.typed(&p.tokens[p.at-1]), what)
	}
	return syntaxError(t.position, "after “%s” %s, not “%s”.", p.typed(&p.tokens[p.at-1]), what, p.typed(t))
}
