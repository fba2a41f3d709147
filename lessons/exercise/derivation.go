package exercise

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"descent/optim/derive"
	"descent/optim/param"
)

var derivationKind = &Kind{
	ID:    "derivation",
	Title: "Derivation",
	Keys:  []string{"mode", "task", "model", "lines", "derivations"},
	Read:  readDerivation,
}

// readDerivation reads a block in one of three modes: a derivation is written, its steps are justified, or its wrong
// line is found.
func readDerivation(r *Reader) Task {
	r.Need("mode", "task")
	modes := []struct {
		name  string
		keys  []string // of the kind's, that are the mode's
		reads func(*Reader, *derive.Task) Task
	}{
		{"write", []string{"model"}, readWrite},
		{"justify", []string{"lines"}, readJustify},
		{"find", []string{"derivations"}, readFind},
	}
	mode := r.Word("mode", "write", "justify", "find")
	task := r.derivationTask()
	if task == nil {
		return nil
	}
	for _, m := range modes {
		if m.name != mode {
			continue
		}
		r.Need(m.keys...)
		for _, other := range modes {
			if other.name != mode && r.Has(other.keys[0]) {
				r.Problem(other.keys[0], "belongs to the mode %s", other.name)
			}
		}
		if mode != "write" && r.Has("mistakes") {
			r.Problem("mistakes", "belong to the mode write; here each line may have its feedback")
		}
		return m.reads(r, task)
	}
	return nil
}

// derivationTask is the task that a block names; nil with a complaint for none.
func (r *Reader) derivationTask() *derive.Task {
	id := r.Text("task")
	if task, ok := derive.LookupTask(id); ok {
		return task
	}
	var ids []string
	for _, t := range derive.Tasks {
		ids = append(ids, t.ID)
	}
	r.Problem("task", "there is no %q; %s", id, suggest(id, ids))
	return nil
}

// A Fact is one of the six of the slides that justify a step.
type Fact struct {
	Number int
	Name   string
	TeX    string
	Use    string // where it is used; ends the sentence "Fact 4 is used where …"
}

// Facts are the six facts, in the slides' order.
var Facts = []Fact{
	{1, "gradient", `(\nabla_{\vec{\theta}} f(\vec{\theta}))_j = \frac{\partial f(\vec{\theta})}{\partial \theta_j}`, "a gradient is taken apart into its entries"},
	{2, "derivative of a sum", `\frac{d}{dz} \sum_i f_i(z) = \sum_i \frac{d f_i(z)}{dz}`, "a derivative moves inside a sum, to each of its terms"},
	{3, "chain rule", `F(z) = f(g(z)) \;\Rightarrow\; F'(z) = f'(g(z))\, g'(z)`, "a function of a function is differentiated, the outer one first"},
	{4, "derivative of the logarithm", `\frac{d \log z}{dz} = 1/z`, "a logarithm disappears and one over its argument appears"},
	{5, "derivative of the sigmoid", `\frac{d\sigma(z)}{dz} = \sigma(z)(1 - \sigma(z))`, "the derivative of a sigmoid becomes σ(1 − σ)"},
	{6, "partial derivative of a dot product", `\frac{\partial\, \vec{\theta}^T\vec{x}}{\partial \theta_j} = x_j`, "the derivative of θᵀx becomes an entry of x"},
}

// NoFact is the choice for a step that only rearranges.
const NoFact = 0

// report checks a text and parts what is refused from what is a fault of ours.
func report(ctx context.Context, task *derive.Task, field, text string) (*derive.Report, param.Errors, error) {
	report, err := derive.Check(ctx, task, text)
	var input *derive.InputError
	if errors.As(err, &input) {
		return nil, param.Errors{{Field: field, Message: input.Message, Position: input.Position}}, nil
	}
	return report, nil, err
}

// follows reports the lines of a derivation, from the first on, that do not follow; wrong is the number of the one that must
// not, 0 for none.
func follows(task *derive.Task, lines []string, wrong int) error {
	r, refused, err := report(context.Background(), task, "lines", strings.Join(lines, "\n"))
	switch {
	case err != nil:
		return err
	case refused != nil:
		return refused
	case len(r.Lines) != len(lines):
		return fmt.Errorf("there is an empty line")
	}
	for i := range r.Lines {
		l := &r.Lines[i]
		good := l.Verdict == derive.Follows || l.Verdict == derive.FollowsWhereDefined || l.Verdict == derive.Start
		switch {
		case l.N == wrong && l.Verdict != derive.Breaks:
			return fmt.Errorf("line %d, %s, must be wrong, but it %s", l.N, l.Text, l.Verdict)
		case l.N != wrong && !good:
			return fmt.Errorf("line %d, %s, does not follow: %s %s", l.N, l.Text, l.Verdict, l.Note)
		}
	}
	return nil
}

// lineReport is what is said of a line, by its number; nil if there is none.
func lineReport(r *derive.Report, n int) *derive.Line {
	for i := range r.Lines {
		if r.Lines[i].N == n {
			return &r.Lines[i]
		}
	}
	return nil
}

// linesOf are a text's lines, without empty ones at its ends.
func linesOf(text string) []string {
	return strings.Split(strings.Trim(strings.ReplaceAll(text, "\r\n", "\n"), "\n"), "\n")
}

func lineID(n int) string { return "line-" + strconv.Itoa(n) }
