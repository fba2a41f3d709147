package exercise

import (
	"fmt"
	"strings"

	"descent/optim"
)

// Limits of a task.
const (
	maxRaceSteps = 100
	maxRows      = 8 // J of all rows is one formula, which has its limits
)

func readProgram(r *Reader) Task {
	t := &ProgramTask{Asks: r.Word("asks", AsksRule, AsksGradient), Steps: r.Whole("steps", 1, maxRaceSteps, 40)}
	r.Need("asks", "eta", "start", "starter", "model")
	t.Entry = entries[t.Asks]
	t.objective, t.eta = r.Template("objective"), r.Formula("eta")
	if r.Has("rows") {
		t.readRows(r)
	} else {
		r.Need("objective")
	}
	t.readMethod(r)
	start := r.Sub("start")
	start.Need("x")
	t.start = append(t.start, start.Formula("x"))
	if start.Has("y") {
		t.start = append(t.start, start.Formula("y"))
	}
	start.Close()
	t.starter, t.model = r.Template("starter"), r.Template("model")
	r.Mistakes(func(m *Reader, id string, feedback *Text) {
		m.Need("code")
		t.mistakes = append(t.mistakes, programMistake{id, m.Template("code"), feedback})
	})
	return t
}

// readMethod reads which method is to be matched, and its hyper-parameters.
func (t *ProgramTask) readMethod(r *Reader) {
	id := "gd"
	if r.Has("method") {
		id = r.Text("method")
	}
	var known []string
	for _, m := range optim.GradientMethods() {
		known = append(known, m.ID)
		if m.ID == id {
			t.Method = m
		}
	}
	if t.Method == nil {
		r.Problem("method", "there is no %q that needs a gradient alone; %s", id, suggest(id, known))
		return
	}
	t.set = r.Templates("set")
	for _, name := range sortedKeys(t.set) {
		if t.Method.Params.Lookup(name) == nil {
			r.Problem("set", "%s has no %q; %s", id, name, suggest(name, t.Method.Params.Names()))
		}
	}
}

// readRows reads examples of logistic regression: the entries of x and last the label, between commas.
func (t *ProgramTask) readRows(r *Reader) {
	t.Entry = entries[asksRows]
	if t.Asks != AsksGradient || r.Has("objective") {
		r.Problem("rows", "stand with asks: gradient, and in the place of an objective")
	}
	rows := r.Words("rows")
	if len(rows) < 2 || len(rows) > maxRows {
		r.Problem("rows", "there must be 2 to %d rows", maxRows)
	}
	for i, text := range rows {
		var row Row
		for _, part := range strings.Split(text, ",") {
			x, ok := parseNumber(strings.TrimSpace(part))
			if !ok {
				r.Problem("rows", "row %d: %q is not a number", i+1, part)
			}
			row.X = append(row.X, x)
		}
		last := len(row.X) - 1
		row.X, row.Y = row.X[:last], row.X[last]
		if len(row.X) < 1 || len(row.X) > 2 || i > 0 && len(row.X) != len(t.Rows[0].X) || row.Y != 0 && row.Y != 1 {
			r.Problem("rows", "row %d: one or two entries of x and a label 0 or 1, as in \"1, 0.5, 1\", the same for all", i+1)
		}
		t.Rows = append(t.Rows, row)
	}
}

// function is J of a variant.
func (t *ProgramTask) function(v *Variant) (*optim.Function, error) {
	if t.Rows == nil {
		return optim.Resolve("objective", t.objective.Fill(v.Values))
	}
	return optim.Resolve("rows", nll(t.Rows))
}

// nll is the negative log-likelihood of rows as a formula: softplus(−θᵀx) where y = 1, softplus(θᵀx) where y = 0.
func nll(rows []Row) string {
	var terms []string
	for _, row := range rows {
		sign := 1.0
		if row.Y == 1 {
			sign = -1
		}
		z := ""
		for i, x := range row.X {
			z += fmt.Sprintf("%+g*%c", sign*x, "xy"[i])
		}
		terms = append(terms, "softplus("+strings.TrimPrefix(z, "+")+")")
	}
	return strings.Join(terms, "+")
}
