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

// stray explains a token that cannot continue a formula.
func (p *parser) stray() *SyntaxError {
	t := p.peek()
	switch {
	case t.isSign(")"):
		return syntaxError(t.position, "this ) has no ( before it.")
	case t.isSign(","):
		return syntaxError(t.position, "a comma only separates the two arguments of min and max; decimals are written with a point.")
	}
	return syntaxError(t.position, "I expect an operator before “%s”.", t.text)
}

// expected explains a token where an operand should begin.
func (p *parser) expected() *SyntaxError {
	t := p.peek()
	what := "I expect a number, a variable, a function or ("
	switch {
	case p.at == 0:
		return syntaxError(t.position, "a formula cannot begin with “%s”: %s.", t.text, what)
	case t.kind == tokenEnd:
		return syntaxError(t.position, "after “%s” %s.", p.tokens[p.at-1].text, what)
	}
	return syntaxError(t.position, "after “%s” %s, not “%s”.", p.tokens[p.at-1].text, what, t.text)
}
