package derive

import "fmt"

// A SyntaxError says where a formula stops making sense and what would.
type SyntaxError struct {
	Position int    // in characters from the start of the line, from 0; its length when the end came too soon
	Message  string // a sentence for students
	Mistake  string // the id of a known mistake that it shows (an index without its Σ is dropped-sum), or ""
}

func (e *SyntaxError) Error() string {
	return fmt.Sprintf("character %d: %s", e.Position+1, e.Message)
}

func syntaxError(position int, format string, args ...any) *SyntaxError {
	return &SyntaxError{Position: position, Message: fmt.Sprintf(format, args...)}
}

// An InputError is a text that is refused as a whole.
type InputError struct {
	Field    string // a, b, vars, task or lines
	Position int    // in characters from its start, from 0; −1 where that does not apply
	Message  string
}

func (e *InputError) Error() string { return e.Field + ": " + e.Message }

func (p *parser) expect(sign, message string) *SyntaxError {
	t := p.peek()
	if t.isSign(sign) {
		p.take()
		return nil
	}
	if t.kind != tokenEnd && !t.isSign(")") && !t.isSign("=") {
		return p.stray()
	}
	return syntaxError(t.position, "%s", message)
}

// stray explains a token that cannot continue a formula.
func (p *parser) stray() *SyntaxError {
	t := p.peek()
	switch {
	case t.isSign(")"):
		return syntaxError(t.position, "this %s has no opening bracket before it.", p.typed(t))
	case t.isSign(","):
		return syntaxError(t.position, "a comma only separates arguments, as in D(theta_j, …); decimals are written with a point.")
	case t.isSign("'"):
		return syntaxError(t.position, "a prime only stands after σ: write D(…, …) for other derivatives.")
	}
	return syntaxError(t.position, "I expect an operator before “%s”.", p.typed(t))
}

// expected explains a token where an operand should begin.
func (p *parser) expected() *SyntaxError {
	t := p.peek()
	const what = "I expect a number, a name, a function or ("
	switch {
	case p.at == 0 && t.kind == tokenEnd:
		return syntaxError(t.position, "there is no formula yet.")
	case p.at == 0:
		return syntaxError(t.position, "a formula cannot begin with “%s”: %s.", p.typed(t), what)
	case t.kind == tokenEnd:
		return syntaxError(t.position, "after “%s” %s.", p.typed(p.last()), what)
	}
	return syntaxError(t.position, "after “%s” %s, not “%s”.", p.typed(p.last()), what, p.typed(t))
}

// typed is a token as it was typed.
func (p *parser) typed(t *token) string { return clipped(string(p.src[t.position:t.end])) }
