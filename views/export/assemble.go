package export

import (
	"fmt"
	"slices"
	"strings"
)

// helpers are functions that programs may call, those that call others before
// these.
var helpers = []string{"wolfe", "backtrack", "cubicMinimum", "cubic_minimum", "solve", "norm1", "along", "dot", "norm", "sigma", "finite", "rate", "batches", "dealer", "report"}

// packages are what Go programs may import.
var packages = []struct{ path, use string }{
	{"fmt", "fmt"}, {"math", "math"}, {"math/rand/v2", "rand"}, {"slices", "slices"}, {"strings", "strings"},
}

// calls reports whether code calls a function.
func calls(code, name string) bool { return has(code, name, "(") }

// has reports whether a name stands in code with what follows it.
func has(code, name, follows string) bool {
	for {
		i := strings.Index(code, name+follows)
		if i < 0 {
			return false
		}
		if before := strings.TrimRight(code[:i], "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789"); len(before) == i {
			return true
		}
		code = code[i+len(name):]
	}
}

// pieces are the parts of a program in one language.
type pieces struct {
	Title, Address string
	Imports        []string // Go's
	Formulas       string   // J and what derivatives are used
	Helpers        string   // callees behind their callers
	Functions      string   // one for each method
	Main           string
}

// assemble makes the parts of a program: of formulas and helpers those that the
// others use.
func (p *program) assemble(language string) (*pieces, error) {
	out := &pieces{Title: p.Title, Address: p.Address}
	var err error
	if out.Functions, err = p.functions(language); err != nil {
		return nil, err
	}
	if out.Main, err = execute(p.Kind+"."+language, p); err != nil {
		return nil, err
	}
	code := out.Functions + out.Main
	var parts []string
	for _, name := range helpers {
		file := name + "." + language
		if !calls(code, name) || templates.Lookup(file+".tmpl") == nil {
			continue
		}
		text, err := execute(file, p)
		if err != nil {
			return nil, err
		}
		parts, code = append(parts, text), code+text
	}
	if p.Function != nil {
		f := formulasOf(p.Function, language == "py", strings.Contains(code, "vector"), calls(code, "gradient"), calls(code, "hessian"))
		if out.Formulas, err = execute("formulas."+language, f); err != nil {
			return nil, err
		}
		code += out.Formulas
	}
	if language == "py" { // a function stands before its callers' callers only
		slices.Reverse(parts)
	}
	out.Helpers = strings.Join(parts, "\n\n")
	for _, i := range packages {
		if has(code, i.use, ".") {
			out.Imports = append(out.Imports, i.path)
		}
	}
	return out, nil
}

// functions are those of the runs' methods, each once. Runs of one method whose
// functions differ, say in a hyper-parameter, get functions with numbers.
func (p *program) functions(language string) (string, error) {
	named := map[string]string{} // the function without its name, and the name that it has
	count := map[string]int{}
	var all []string
	for _, r := range p.Runs {
		id := r.Method.ID
		r.Name = id
		text, err := execute(id+"."+language, r)
		if err != nil {
			return "", err
		}
		if name, ok := named[text]; ok {
			r.Name = name
			continue
		}
		if count[id]++; count[id] > 1 {
			r.Name = fmt.Sprint(id, count[id])
		}
		named[text] = r.Name
		if text, err = execute(id+"."+language, r); err != nil {
			return "", err
		}
		all = append(all, text)
	}
	return strings.Join(all, "\n\n"), nil
}

// execute fills in a template.
func execute(name string, data any) (string, error) {
	var b strings.Builder
	err := templates.ExecuteTemplate(&b, name+".tmpl", data)
	return b.String(), err
}

func (p *program) python() ([]byte, error) {
	parts, err := p.assemble("py")
	if err != nil {
		return nil, err
	}
	text, err := execute("program.py", parts)
	return []byte(tidy(text)), err
}
