package sandbox

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"go.starlark.net/resolve"
	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

// MaxSource is how many characters a program may have.
const MaxSource = 4_000

// An Entry is the function that a program is to define.
type Entry struct {
	Name       string
	Parameters []string // that it may have, in any order; a program leaves out those it does not need
}

// A Program is one that was read and found fit to run. It is immutable.
type Program struct {
	source     string
	program    *starlark.Program
	entry      Entry
	line       int      // of the entry's def
	parameters []string // those that it has, in its order
}

// Compile reads a program. The error is a *Fault. Line ends may be CR LF, and a no-break space is a space.
func Compile(source string, entry Entry) (*Program, error) {
	source = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u00a0", " ", "\ufeff", "").Replace(source)
	switch n := utf8.RuneCountInString(source); {
	case strings.TrimSpace(source) == "":
		return nil, &Fault{What: "There is no program yet.", Instead: fmt.Sprintf("Begin with def %s(%s):", entry.Name, strings.Join(entry.Parameters, ", "))}
	case n > MaxSource:
		return nil, &Fault{What: fmt.Sprintf("A program has at most %d characters; this one has %d.", MaxSource, n)}
	case !utf8.ValidString(source):
		return nil, &Fault{What: "The text is not in UTF-8."}
	case strings.ContainsRune(source, 0): // the scanner takes it for the end
		return nil, &Fault{What: "The text has a NUL character in it.", Instead: "Take it out."}
	}
	p := &Program{source: source, entry: entry}
	options := &syntax.FileOptions{While: true, TopLevelControl: true, Set: true} // read, so that the refusal can say what to do
	f, err := options.Parse("program", source, 0)
	if err != nil {
		return nil, p.unreadable(err)
	}
	if err := p.findEntry(f); err != nil {
		return nil, err
	}
	var r rewriter
	if r.file(f); r.trouble != nil {
		return nil, p.fault(r.at, r.trouble)
	}
	if p.program, err = starlark.FileProgram(f, predeclared.Has); err != nil {
		return nil, p.unresolved(err)
	}
	return p, p.foreign(f)
}

func (p *Program) fault(at syntax.Position, t *trouble) *Fault {
	return faultAt(p.source, int(at.Line), int(at.Col), t)
}

// findEntry looks for the entry's def and reads its parameters.
func (p *Program) findEntry(f *syntax.File) error {
	for _, s := range f.Stmts {
		d, ok := s.(*syntax.DefStmt)
		if !ok || d.Name.Name != p.entry.Name {
			continue
		}
		p.line = int(d.Def.Line)
		for _, x := range d.Params {
			id, ok := x.(*syntax.Ident)
			if !ok || !slices.Contains(p.entry.Parameters, id.Name) {
				return p.fault(syntax.Start(x), &trouble{
					fmt.Sprintf("%s gets other values.", p.entry.Name),
					fmt.Sprintf("Its parameters are %s; leave out what you do not need.", strings.Join(p.entry.Parameters, ", ")),
				})
			}
			p.parameters = append(p.parameters, id.Name)
		}
		return nil
	}
	return &Fault{What: fmt.Sprintf("There is no function %s.", p.entry.Name), Instead: fmt.Sprintf("Begin with def %s(%s):", p.entry.Name, strings.Join(p.entry.Parameters, ", "))}
}

// foreign refuses names of Starlark's own that a program of ours has not: they are resolved, but not bounded.
func (p *Program) foreign(f *syntax.File) error {
	var found error
	syntax.Walk(f, func(n syntax.Node) bool {
		id, ok := n.(*syntax.Ident)
		if !ok || found != nil {
			return found == nil
		}
		if b, ok := id.Binding.(*resolve.Binding); ok && b.Scope == resolve.Universal && id.Name != "None" && id.Name != "True" && id.Name != "False" {
			found = p.fault(id.NamePos, p.unknown(id.Name))
		}
		return true
	})
	return found
}

func (p *Program) unresolved(err error) error {
	var list resolve.ErrorList
	if !errors.As(err, &list) || len(list) == 0 {
		return &Fault{What: "The program cannot be read."}
	}
	first := list[0]
	if name, ok := strings.CutPrefix(first.Msg, "undefined: "); ok {
		name, _, _ = strings.Cut(name, " ")
		return p.fault(first.Pos, p.unknown(name))
	}
	return p.fault(first.Pos, sayResolved(first.Msg))
}
