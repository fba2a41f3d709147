package sandbox

import (
	"fmt"
	"math"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

// An operation is a function of this package that a program's tree calls. The arguments are its own.
type operation func(b *Budget, args []starlark.Value) (starlark.Value, error)

// callCost is what a call takes in bytes, besides 16 for each argument.
const callCost = 48

// builtin wraps an operation so that a call of it is charged.
func builtin(name string, least, most int, op operation) *starlark.Builtin {
	return starlark.NewBuiltin(name, func(thread *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
		b := thread.Local(budgetKey).(*Budget)
		if err := b.take(callCost + 16*len(args)); err != nil {
			return nil, err
		}
		if len(kwargs) > 0 {
			return nil, refuse("Give the values in their order.", "%s takes no arguments by name.", name)
		}
		if len(args) < least || len(args) > most {
			return nil, refuse("", "%s takes %s, not %d.", name, sayCount(least, most), len(args))
		}
		return op(b, args)
	})
}

func sayCount(least, most int) string {
	switch {
	case least == most && least == 1:
		return "one argument"
	case least == most:
		return fmt.Sprintf("%d arguments", least)
	}
	return fmt.Sprintf("%d to %d arguments", least, most)
}

// Names of operations that a program cannot write, since they are no identifiers.
const (
	opNegative = "-x"
	opIndex    = "x[i]"
	opSet      = "x[i]="
	opSlice    = "x[a:b]"
	opIn       = "in"
	opList     = "[]"
	opTuple    = "()"
	opDict     = "{}"
	opElement  = "[x for]"
	opEach     = "for"
	opEnter    = "def"
)

// predeclared is all that a program's rewritten tree may name.
var predeclared = func() starlark.StringDict {
	d := starlark.StringDict{"pi": starlark.Float(math.Pi)}
	add := func(name string, least, most int, op operation) { d[name] = builtin(name, least, most, op) }
	for _, o := range operators {
		add(o.sign, 2, 2, o.apply)
		add(opSet+o.sign, 3, 3, update(o))
	}
	for _, c := range comparisons {
		add(c.sign, 2, 2, c.apply)
	}
	for _, f := range functions {
		add(f.name, f.least, f.most, f.operation)
	}
	for _, m := range methods {
		d["."+m.name] = builtin(m.name, m.least, m.most, m.operation)
	}
	add(opNegative, 1, 1, negative)
	add(opIndex, 2, 2, index)
	add(opSet, 3, 3, setIndex)
	add(opSlice, 3, 3, slice)
	add(opIn, 2, 2, contains)
	add(opList, 0, 255, makeList)
	add(opTuple, 0, 255, makeTuple)
	add(opDict, 0, 255, makeDict)
	add(opElement, 1, 1, element)
	add(opEach, 1, 1, each)
	add(opEnter, 1, 1, enter)
	return d
}()

// signs are the operators that a program may write between two values, and the calls that stand for them.
var signs = map[syntax.Token]string{
	syntax.PLUS: "+", syntax.MINUS: "-", syntax.STAR: "*", syntax.SLASH: "/", syntax.SLASHSLASH: "//", syntax.PERCENT: "%",
	syntax.EQL: "==", syntax.NEQ: "!=", syntax.LT: "<", syntax.LE: "<=", syntax.GT: ">", syntax.GE: ">=",
	syntax.IN: opIn, syntax.NOT_IN: opIn,
}

// augmented are the assignments that calculate, and the operator of each.
var augmented = map[syntax.Token]string{
	syntax.PLUS_EQ: "+", syntax.MINUS_EQ: "-", syntax.STAR_EQ: "*", syntax.SLASH_EQ: "/", syntax.SLASHSLASH_EQ: "//", syntax.PERCENT_EQ: "%",
}
