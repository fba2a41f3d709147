package sandbox

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.starlark.net/syntax"

	"descent/optim/param"
)

// lookalikes are signs that come from word processors and textbooks, and what a program has instead.
var lookalikes = map[rune]string{
	'−': "-", '–': "-", '—': "-", '×': "*", '·': "*", '⋅': "*", '∗': "*", '÷': "/", '“': "\"", '”': "\"", '„': "\"", '’': "'", '‘': "'",
	'²': "pow(x, 2)", '³': "pow(x, 3)", '≤': "<=", '≥': ">=", '≠': "!=", '√': "sqrt(x)", '∇': "gradient", '∑': "sum",
	'$': "a name", '?': "a if condition else b", '!': "not", '&': "and",
}

// reserved are words of Python that Starlark keeps free.
var reserved = map[string]string{
	"import": "All that there is stands beside the field.", "from": "All that there is stands beside the field.",
	"class": "Write functions with def.", "global": "What changes between steps goes into state.", "nonlocal": "What changes between steps goes into state.",
	"try": "Ask with if before.", "except": "Ask with if before.", "raise": "Return a value instead.", "assert": "Use if, and print what is wrong.",
	"del": "Use state.pop(\"m\").", "with": "", "yield": "Use return.", "is": "Use ==.", "as": "", "async": "", "await": "", "finally": "",
}

// unreadable says of a mistake in the syntax where it is and what to do.
func (p *Program) unreadable(err error) *Fault {
	var e syntax.Error
	if !errors.As(err, &e) {
		return &Fault{What: "The program cannot be read."}
	}
	rest := p.from(e.Pos)
	word := rest
	if i := strings.IndexFunc(rest, func(r rune) bool { return r != '_' && (r < 'a' || r > 'z') }); i >= 0 {
		word = rest[:i]
	}
	instead, isReserved := reserved[word]
	t := &trouble{}
	switch {
	case isReserved:
		t = &trouble{fmt.Sprintf("There is no %s here.", word), instead}
	case strings.Contains(e.Msg, "got '**'"):
		t = &trouble{"There is no ** here.", "Write x*x, or pow(x, 3)."}
	case strings.HasPrefix(e.Msg, "unexpected input character"):
		r := []rune(rest + " ")[0]
		if to, ok := lookalikes[r]; ok {
			t = &trouble{fmt.Sprintf("The sign “%c” has no meaning in a program.", r), fmt.Sprintf("Type %s.", to)}
		} else {
			t = &trouble{fmt.Sprintf("The sign %q has no meaning in a program.", r), "Take it out."}
		}
	case strings.Contains(e.Msg, "nesting"):
		t = &trouble{"This is nested too deeply.", "Give parts of it a name of their own first."}
	case strings.Contains(e.Msg, "got newline, want ':'"):
		t = &trouble{"The line lacks its colon at the end.", "As in def step(theta, gradient, eta): or if t == 0:"}
		if e.Pos.Col == 1 { // behind the line's end
			e.Pos.Line, e.Pos.Col = e.Pos.Line-1, 0
		}
	case strings.Contains(e.Msg, "want ')'"), strings.Contains(e.Msg, "want ']'"), strings.Contains(e.Msg, "want '}'"):
		t = &trouble{"Something is missing here.", "Is a bracket of the line before not closed?"}
	case strings.Contains(e.Msg, "does not associate"):
		t = &trouble{"Two comparisons cannot be chained.", "Write a < b and b < c."}
	case strings.Contains(e.Msg, "want indent"):
		t = &trouble{"What belongs to def, for or if must be moved in.", "Begin the lines below it with four spaces."}
	case strings.Contains(e.Msg, "indent"):
		t = &trouble{"This line is not moved in as those above it.", "Begin lines of the same block with the same spaces."}
	case strings.Contains(e.Msg, "end of file"):
		t = &trouble{"The program ends in the middle.", "Is a bracket not closed?"}
	default:
		t = &trouble{"This cannot be read: " + e.Msg + ".", ""}
	}
	return p.fault(e.Pos, t)
}

// from is the source from a position to the end of its line.
func (p *Program) from(at syntax.Position) string {
	lines := strings.Split(p.source, "\n")
	if at.Line < 1 || int(at.Line) > len(lines) {
		return ""
	}
	line := []rune(lines[at.Line-1])
	return string(line[min(max(int(at.Col)-1, 0), len(line)):])
}

// absent are functions that students look for, and what to write.
var absent = map[string]string{
	"sorted": "", "math": "Write exp(x) without a module.", "np": "Vectors are calculated with as they are: theta - eta*gradient.",
	"numpy": "Vectors are calculated with as they are: theta - eta*gradient.", "array": "Write vector([1, 2]).", "ones": "Write zeros(n) + 1.",
	"maximum": "Write max(a, b).", "minimum": "Write min(a, b).", "round": "Write int(x + 0.5).", "ln": "Write log(x).", "sigma": "Write sigmoid(z).",
	"tuple": "Write list(x).", "dict": "Write {}.", "open": "A program has no files.", "load": "A program cannot load others.",
}

// unknown says that there is no such name.
func (p *Program) unknown(name string) *trouble {
	what := fmt.Sprintf("There is no “%s” here.", name)
	if instead, ok := absent[name]; ok {
		return &trouble{what, instead}
	}
	if slices.Contains(p.entry.Parameters, name) && !slices.Contains(p.parameters, name) {
		return &trouble{what, fmt.Sprintf("Add it to the parameters: def %s(…, %s):", p.entry.Name, name)}
	}
	if near := param.Nearest(name, append(Names(), p.entry.Parameters...)); near != "" {
		return &trouble{what, fmt.Sprintf("Did you mean %s?", near)}
	}
	return &trouble{what, "What there is stands beside the field."}
}

// sayResolved is a message of the resolver in our words.
func sayResolved(msg string) *trouble {
	switch {
	case strings.HasPrefix(msg, "cannot reassign"):
		return &trouble{"A name outside of functions gets its value only once.", "Use another name, or keep it in state."}
	case strings.Contains(msg, "not in a loop"):
		return &trouble{"break and continue belong into a for.", ""}
	case strings.Contains(msg, "duplicate parameter"):
		return &trouble{"Two parameters have the same name.", ""}
	}
	return &trouble{capital(msg) + ".", ""}
}
