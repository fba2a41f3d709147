package sandbox

import (
	"fmt"
	"strings"
)

// A Fault is why a program cannot be run, or was stopped.
type Fault struct {
	Line, Column int    // from 1; 0: the program as a whole
	Quote        string // the line, without its indentation; "" with Line 0
	What         string // a sentence
	Instead      string // a sentence on what to do; may be ""
}

func (f *Fault) Error() string {
	var s strings.Builder
	if f.Line > 0 {
		fmt.Fprintf(&s, "Line %d: ", f.Line)
	}
	s.WriteString(f.What)
	if f.Instead != "" {
		s.WriteString(" " + f.Instead)
	}
	return s.String()
}

// mostQuoted is how many characters of a line are quoted.
const mostQuoted = 80

// faultAt places a trouble in the source.
func faultAt(source string, line, column int, t *trouble) *Fault {
	f := &Fault{Line: line, Column: column, What: t.what, Instead: t.instead}
	lines := strings.Split(source, "\n")
	if line < 1 || line > len(lines) {
		f.Line, f.Column = 0, 0
		return f
	}
	quote := []rune(strings.TrimSpace(lines[line-1]))
	if len(quote) > mostQuoted {
		quote = append(quote[:mostQuoted-1], '…')
	}
	f.Quote = string(quote)
	return f
}

// A trouble is a fault whose place is not known yet.
type trouble struct{ what, instead string }

func (t *trouble) Error() string { return t.what }

// refuse is a trouble with what happened, and what to do instead.
func refuse(instead, what string, args ...any) error {
	return &trouble{fmt.Sprintf(what, args...), instead}
}
