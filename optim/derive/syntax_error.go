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
