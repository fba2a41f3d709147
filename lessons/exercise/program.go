package exercise

import (
	"context"
	"errors"
	"net/url"
	"strings"

	"descent/lessons/exercise/sandbox"
	"descent/optim"
	"descent/optim/param"
)

var programKind = &Kind{
	ID: "program", Title: "Program",
	Keys: []string{"asks", "objective", "rows", "method", "set", "eta", "start", "steps", "starter", "model"},
	Read: readProgram,
}

// What a program is to compute.
const (
	AsksRule     = "rule"     // one step of a method
	AsksGradient = "gradient" // ∇J
)

// CodeField is the field of the answer.
const CodeField = "code"

// entries are the functions that a program is to define.
var entries = map[string]sandbox.Entry{
	AsksRule:     {Name: "step", Parameters: []string{"theta", "gradient", "eta", "t", "state"}},
	AsksGradient: {Name: "gradient", Parameters: []string{"theta"}},
	asksRows:     {Name: "gradient", Parameters: []string{"theta", "X", "y"}},
}

// asksRows is AsksGradient where the loss is that of rows of data.
const asksRows = "gradient of rows"

// A ProgramTask asks for an update rule or a gradient as a program. It is judged by what it computes: beside the method that
// it is to be, or the gradient, at the start that is shown and at others that are not.
type ProgramTask struct {
	Asks   string // AsksRule or AsksGradient
	Entry  sandbox.Entry
	Rows   []Row         // of the data; nil: J is a formula
	Steps  int           // of the race
	Method *optim.Method // that is to be matched, or that uses the gradient in the race

	objective, starter, model *Template
	set                       map[string]*Template
	eta                       *Formula
	start                     []*Formula
	mistakes                  []programMistake
}

// A Row is an example of logistic regression with as many weights as J has variables.
type Row struct {
	X []float64
	Y float64 // 0 or 1
}

type programMistake struct {
	id       string
	code     *Template
	feedback *Text
}

// Starter is the program that the field holds at first.
func (t *ProgramTask) Starter(v *Variant) string { return t.starter.Fill(v.Values) }

// Model is the author's program.
func (t *ProgramTask) Model(v *Variant) url.Values {
	return url.Values{CodeField: {t.model.Fill(v.Values)}}
}

// Mistakes are the author's wrong programs.
func (t *ProgramTask) Mistakes(v *Variant) []Mistake {
	var list []Mistake
	for _, m := range t.mistakes {
		list = append(list, Mistake{m.id, url.Values{CodeField: {m.code.Fill(v.Values)}}})
	}
	return list
}

// A ProgramReport is what there is to show of a program besides the verdict's words.
type ProgramReport struct {
	Fault      *sandbox.Fault // why it could not be judged; then there is no race
	Printed    string         // what it printed at the start that is shown, and there alone
	Race       *ProgramRace   // nil with a fault
	Operations int            // of the interpreter, in all
}

// Check runs a program and compares what it computes. One that cannot be read or is stopped is refused, with the reason as
// an error at its field and as Fault of the detail.
func (t *ProgramTask) Check(ctx context.Context, v *Variant, answer url.Values) (Verdict, error) {
	bench, err := t.bench(v)
	if err != nil {
		return Verdict{}, err
	}
	source := answer.Get(CodeField)
	budget := sandbox.NewBudget()
	tried, err := bench.try(ctx, source, budget)
	var fault *sandbox.Fault
	if errors.As(err, &fault) {
		report := &ProgramReport{Fault: fault, Printed: budget.Printed(), Operations: budget.Operations()}
		return Verdict{Errors: param.Errors{{Field: CodeField, Message: fault.Error(), Position: -1}}, Detail: report}, nil
	}
	if err != nil {
		return Verdict{}, err
	}
	verdict := Verdict{Outcome: Right, Detail: &ProgramReport{Printed: budget.Printed(), Race: bench.race(tried), Operations: budget.Operations()}}
	if d := bench.difference(tried); d != nil {
		verdict.Outcome = Wrong
		verdict.Diagnosis = d.diagnosis
		verdict.Feedback = []string{Escape(d.words)}
		known, err := t.recognise(ctx, v, bench, tried, source)
		switch {
		case err != nil:
			return Verdict{}, err
		case known != nil:
			verdict.Diagnosis = known.id
			verdict.Feedback = append(verdict.Feedback, known.feedback.HTML(v.Values))
		case d.remark != "":
			verdict.Feedback = append(verdict.Feedback, Escape(d.remark))
		}
	}
	return verdict, ctx.Err()
}

// recognise finds the author's mistake whose program computes the same; nil if there is none.
func (t *ProgramTask) recognise(ctx context.Context, v *Variant, bench *programBench, tried *programTrial, source string) (*programMistake, error) {
	for i := range t.mistakes {
		m := &t.mistakes[i]
		code := m.code.Fill(v.Values)
		same := strings.TrimSpace(code) == strings.TrimSpace(source)
		if !same {
			wrong, err := bench.try(ctx, code, sandbox.NewBudget())
			if err != nil {
				return nil, err
			}
			same = bench.alike(tried, wrong)
		}
		if same {
			return m, nil
		}
	}
	return nil, nil
}
