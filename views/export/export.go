// Package export turns a result into something to take along: a program in Python
// (NumPy only), one in Go (standard library only) and a Jupyter notebook, each of
// exactly the run that the page shows.
//
//	for _, form := range export.Forms(result) {
//		text, err := form.Write(result, "/lab/descent?f=…")
//	}
//
// [Forms] says which of them a result has; a kind that has none, or that this
// package does not know, has an empty list.
//
// # The programs
//
// A program is for a student to read: the objective and its derivatives as
// formulas, the update of the chosen method and of no other, the loop with its
// ways to end, and one printed line for each run:
//
//	theta = [1.2, 0.5]  J = 0.25  after 60 steps
//
// with the shortest digits that give the float64 back. A run that diverges says
// so, with the step: "diverged at step 12". Kinds without a run print "name =
// value" in the same way.
//
// The order of operations is that of package optim, so that θ agrees with the
// page's to rounding: the page takes the gradient by the reverse mode where the
// programs use the written derivative, and exp or pow of two systems may differ
// in the last bit. A run that amplifies rounding, because it is chaotic or
// unstable, parts from the page's after some steps.
//
// # Templates
//
// methods/ holds the function of each method, kinds/ the main part of each kind,
// helpers/ what they call; a program has of these what it uses. Names end in
// .py.tmpl or .go.tmpl. A method or kind without its template has no programs.
//
// # What a reader typed
//
// Formulas are printed from their syntax tree and numbers from their value;
// texts, such as an address or a feature's name, pass through [quiet], which
// leaves no way out of a comment. So nothing typed becomes code.
//
// The package knows no HTTP and no HTML. The same result gives the same bytes.
package export

import "descent/lessons/cell"

// A Form is one way to take a run along.
type Form struct {
	Extension   string // of a file and of the address, without the dot: "py"
	Title       string // for a link: "Python"
	ContentType string // with charset
	write       func(p *program) ([]byte, error)
}

// All are the forms in the order of the page's links, read only.
var All = []*Form{
	{"py", "Python", "text/x-python; charset=utf-8", (*program).python},
	{"go", "Go", "text/x-go; charset=utf-8", (*program).golang},
	{"ipynb", "Notebook", "application/x-ipynb+json", (*program).notebook},
}

// Forms are those that a result has, in the order of [All]; nil for none.
func Forms(r cell.Result) []*Form {
	if newProgram(r) == nil {
		return nil
	}
	return All
}

// Write is the result in this form. address is where the page shows it; the text
// names it, so that a file still tells where it comes from. The result must be one
// of those that have the form. The error is a mistake in a template.
func (f *Form) Write(r cell.Result, address string) ([]byte, error) {
	p := newProgram(r)
	p.Address = address
	return f.write(p)
}

// Filename is what a file with this form of a result may be called:
// "descent-adam.py".
func (f *Form) Filename(r cell.Result) string { return newProgram(r).name() + "." + f.Extension }
