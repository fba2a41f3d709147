package sandbox

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"go.starlark.net/starlark"
)

// A Machine is a program at work, with what it keeps between its calls. It is not safe for concurrent use.
type Machine struct {
	*Program
	budget *Budget
	entry  starlark.Value
	state  *starlark.Dict
}

// Start makes a machine with an empty state. Its calls spend the budget; a budget that is spent stays so.
func (p *Program) Start(ctx context.Context, b *Budget) (*Machine, error) {
	m := &Machine{Program: p, budget: b, state: new(starlark.Dict)}
	var globals starlark.StringDict
	if _, err := m.guard(ctx, func() (starlark.Value, error) {
		var err error
		globals, err = p.program.Init(b.thread, predeclared)
		return starlark.None, err
	}); err != nil {
		return nil, err
	}
	for _, name := range globals.Keys() {
		switch v := globals[name].(type) {
		case *Vector:
			v.fixed = true
		case *starlark.List, *starlark.Dict, starlark.Tuple:
			return nil, &Fault{
				What:    fmt.Sprintf("%s, outside of functions, is %s.", capital(name), sayKind(v)),
				Instead: "Outside of functions keep numbers, texts and vectors alone; what changes between steps goes into state.",
			}
		}
	}
	m.entry = globals[p.entry.Name]
	return m, nil
}

// Call calls the entry with the values of its parameters by name: float64, int, []float64, [][]float64 (a tuple of
// vectors that stay); “state” is the machine's own. The result is a vector of the given length, which may not be finite. The error
// is a *Fault, or the context's.
func (m *Machine) Call(ctx context.Context, values map[string]any, dim int) ([]float64, error) {
	args := make(starlark.Tuple, len(m.parameters))
	for i, name := range m.parameters {
		if args[i] = m.value(values[name]); name == "state" {
			args[i] = m.state
		}
	}
	out, err := m.guard(ctx, func() (starlark.Value, error) { return starlark.Call(m.budget.thread, m.entry, args, nil) })
	if err != nil {
		return nil, err
	}
	return m.result(out, dim)
}

// value is a Go value as a program sees it. What is made here is not charged: it is bounded by the caller.
func (m *Machine) value(x any) starlark.Value {
	switch x := x.(type) {
	case float64:
		return starlark.Float(x)
	case int:
		return starlark.MakeInt(x)
	case []float64:
		return &Vector{entries: append([]float64(nil), x...)}
	case [][]float64:
		rows := make(starlark.Tuple, len(x))
		for i, row := range x {
			rows[i] = &Vector{entries: row, fixed: true}
		}
		return rows
	}
	return starlark.None
}

// result reads what the entry returned.
func (m *Machine) result(out starlark.Value, dim int) ([]float64, error) {
	at := func(what, instead string) error {
		return faultAt(m.source, m.line, 1, &trouble{what, instead})
	}
	if f, ok := number(out); ok && dim == 1 {
		return []float64{f}, nil
	}
	v, ok, err := m.budget.asVector(out)
	var t *trouble
	switch {
	case errors.As(err, &t):
		return nil, at(fmt.Sprintf("%s does not return a vector: %s", m.Program.entry.Name, t.what), t.instead)
	case out == starlark.None:
		return nil, at(fmt.Sprintf("%s returns nothing.", m.Program.entry.Name), "End it with return and the result.")
	case !ok:
		return nil, at(fmt.Sprintf("%s returns %s, not a vector with %s.", m.Program.entry.Name, sayKind(out), entries(dim)), "")
	case len(v.entries) != dim:
		return nil, at(fmt.Sprintf("%s returns %s, where one with %s is expected.", m.Program.entry.Name, sayKind(v), entries(dim)), "")
	}
	return append([]float64(nil), v.entries...), nil
}

// guard runs what a program does, under the context and the budget, and places what goes wrong.
func (m *Machine) guard(ctx context.Context, run func() (starlark.Value, error)) (out starlark.Value, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	stop := context.AfterFunc(ctx, func() { m.budget.thread.Cancel("context") })
	defer stop()
	defer func() {
		// A mistake in the interpreter must not end the server; what the student wrote is refused.
		if r := recover(); r != nil {
			out, err = nil, &Fault{What: "The program cannot be run.", Instead: "Write it in a simpler way."}
		}
	}()
	out, err = run()
	if err == nil {
		return out, nil
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return nil, m.place(err)
}

// place says of an error of the interpreter where it is and what it means.
func (m *Machine) place(err error) *Fault {
	line, column := 0, 0
	var eval *starlark.EvalError
	if errors.As(err, &eval) {
		inner := 0
		if strings.Contains(eval.Msg, "called recursively") {
			inner = 1 // the innermost is what was not begun
		}
		for i := inner; i < len(eval.CallStack); i++ {
			if at := eval.CallStack.At(i).Pos; at.Line > 0 && at.Filename() == "program" {
				line, column = int(at.Line), int(at.Col)
				break
			}
		}
	}
	var t *trouble
	if !errors.As(err, &t) {
		t = sayRun(err.Error(), m.budget.spent())
	}
	return faultAt(m.source, line, column, t)
}

// sayRun is a message of the interpreter in our words.
func sayRun(msg string, spent bool) *trouble {
	switch {
	case spent:
		return &trouble{fmt.Sprintf("The program was stopped here after %d operations.", MaxOperations), "Is a loop too long? A rule needs a few dozen a step."}
	case strings.Contains(msg, "called recursively"):
		return &trouble{"A function calls itself, directly or through another one.", "Write a for instead."}
	case strings.Contains(msg, "referenced before assignment"):
		return &trouble{capitalName(msg) + " has no value yet here.", "A name that a function gives a value to is its own there, even where the same name stands outside."}
	case strings.Contains(msg, "during iteration"):
		return &trouble{"A list or dict is changed while a for goes through it.", "Go through a copy: for x in list(xs)."}
	case strings.Contains(msg, "values to unpack"):
		return &trouble{"The number of names on the left is not that of the values: " + msg[strings.LastIndex(msg, "("):], ""}
	case strings.Contains(msg, "invalid call of non-function"):
		return &trouble{"What is called here is no function.", "A product needs its sign: 2*(a + b)."}
	}
	return &trouble{capital(msg) + ".", ""}
}

// capitalName takes the name out of “local variable x referenced before assignment”.
func capitalName(msg string) string {
	words := strings.Fields(msg)
	if len(words) > 2 {
		return "“" + words[2] + "”"
	}
	return "A name"
}
