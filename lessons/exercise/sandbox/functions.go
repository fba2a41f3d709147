package sandbox

import (
	"math"

	"go.starlark.net/starlark"
)

// A function is what a program may call by name.
type function struct {
	name      string
	least     int
	most      int
	operation operation
}

var functions = []function{
	{"vector", 1, 1, toVector},
	{"zeros", 1, 1, zeros},
	{"dot", 2, 2, dot},
	{"norm", 1, 1, norm},
	{"sum", 1, 1, sum},
	{"min", 1, 8, least},
	{"max", 1, 8, greatest},
	{"pow", 2, 2, operator{sign: "pow", float: math.Pow}.apply},
	{"abs", 1, 1, absolute},
	{"exp", 1, 1, entrywise(math.Exp)},
	{"log", 1, 1, entrywise(math.Log)},
	{"sqrt", 1, 1, entrywise(math.Sqrt)},
	{"sin", 1, 1, entrywise(math.Sin)},
	{"cos", 1, 1, entrywise(math.Cos)},
	{"tanh", 1, 1, entrywise(math.Tanh)},
	{"sigmoid", 1, 1, entrywise(sigmoid)},
	{"sign", 1, 1, entrywise(sign)},
	{"len", 1, 1, length},
	{"range", 1, 3, counted},
	{"zip", 1, 8, zip},
	{"enumerate", 1, 1, enumerate},
	{"list", 0, 1, list},
	{"int", 1, 1, toWhole},
	{"float", 1, 1, toFloat},
	{"str", 1, 1, toText},
	{"print", 0, 8, show},
}

// Names are the functions and numbers that every program has, in the order to show them in.
func Names() []string {
	var names []string
	for _, f := range functions {
		names = append(names, f.name)
	}
	return append(names, "pi")
}

func sigmoid(z float64) float64 { return 1 / (1 + math.Exp(-z)) }

// sign is −1, 0 or 1; NaN of NaN.
func sign(x float64) float64 {
	switch {
	case x > 0:
		return 1
	case x < 0:
		return -1
	}
	return x // 0 or NaN
}

// entrywise is f of a number, or of each entry of a vector.
func entrywise(f func(float64) float64) operation {
	return func(b *Budget, args []starlark.Value) (starlark.Value, error) {
		if x, ok := number(args[0]); ok {
			return starlark.Float(f(x)), nil
		}
		v, err := b.operand(args[0])
		if err != nil {
			return nil, err
		}
		out, err := b.newVector(len(v))
		if err != nil {
			return nil, err
		}
		b.work(len(v))
		for i, x := range v {
			out.entries[i] = f(x)
		}
		return out, nil
	}
}

func absolute(b *Budget, args []starlark.Value) (starlark.Value, error) {
	if x, ok := args[0].(starlark.Int); ok && x.Sign() < 0 {
		return starlark.MakeInt(0).Sub(x), nil
	} else if ok {
		return x, nil
	}
	return entrywise(math.Abs)(b, args)
}

func toVector(b *Budget, args []starlark.Value) (starlark.Value, error) {
	s, err := sequence("vector", args[0])
	if err != nil {
		return nil, refuse("Write vector([1, 2]), or zeros(2).", "vector takes a list of numbers, not %s.", sayKind(args[0]))
	}
	out, err := b.newVector(s.Len())
	if err != nil {
		return nil, err
	}
	b.work(s.Len() / 2)
	it := s.Iterate()
	defer it.Done()
	var x starlark.Value
	for i := 0; it.Next(&x); i++ {
		var ok bool
		if out.entries[i], ok = number(x); !ok {
			return nil, refuse("Write vector([1, 2]).", "A vector holds numbers alone; entry %d is %s.", i, sayKind(x))
		}
	}
	return out, nil
}

func zeros(b *Budget, args []starlark.Value) (starlark.Value, error) {
	n, ok := args[0].(starlark.Int)
	if !ok {
		return nil, refuse("For as many as theta has write zeros(len(theta)).", "zeros takes a whole number, not %s.", sayKind(args[0]))
	}
	k, ok := n.Int64()
	if !ok || k < 0 || k > mostEntries {
		return nil, refuse("", "zeros takes a whole number from 0 to %d.", mostEntries)
	}
	return b.newVector(int(k))
}

func dot(b *Budget, args []starlark.Value) (starlark.Value, error) {
	v, w, err := b.pair("dot", args[0], args[1])
	if err != nil {
		return nil, err
	}
	if len(v) != len(w) {
		return nil, refuse("dot takes two vectors of the same length.", "A vector with %s and one with %s have no dot product.", entries(len(v)), entries(len(w)))
	}
	b.work(len(v) / 4)
	total := 0.0
	for i := range v {
		total += float64(v[i] * w[i])
	}
	return starlark.Float(total), nil
}

func norm(b *Budget, args []starlark.Value) (starlark.Value, error) {
	v, err := b.operand(args[0])
	if err != nil {
		return nil, err
	}
	b.work(len(v) / 4)
	total := 0.0
	for _, x := range v {
		total = math.Hypot(total, x)
	}
	return starlark.Float(total), nil
}

// sum adds what a sequence holds: numbers, or vectors entry by entry.
func sum(b *Budget, args []starlark.Value) (starlark.Value, error) {
	s, err := sequence("sum", args[0])
	if err != nil {
		return nil, err
	}
	b.work(s.Len())
	var total starlark.Value = starlark.MakeInt(0)
	it := s.Iterate()
	defer it.Done()
	var x starlark.Value
	for it.Next(&x) {
		if total, err = operators[0].apply(b, []starlark.Value{total, x}); err != nil {
			return nil, err
		}
		if err := b.take(8); err != nil {
			return nil, err
		}
	}
	return total, nil
}

func least(b *Budget, args []starlark.Value) (starlark.Value, error) {
	return extreme(b, "min", math.Min, args)
}
func greatest(b *Budget, args []starlark.Value) (starlark.Value, error) {
	return extreme(b, "max", math.Max, args)
}

// extreme is the least or greatest entry of one sequence, or of several values, vectors entry by entry.
func extreme(b *Budget, name string, f func(x, y float64) float64, args []starlark.Value) (starlark.Value, error) {
	if len(args) == 1 {
		s, err := sequence(name, args[0])
		if err != nil {
			return nil, err
		}
		if args, err = b.elements(s); err != nil {
			return nil, err
		}
	}
	if len(args) == 0 {
		return nil, refuse("", "%s of nothing is not defined.", name)
	}
	best := args[0]
	if _, err := b.operand(best); err != nil {
		return nil, err
	}
	o := operator{sign: name, float: f, whole: func(x, y int64) int64 { return int64(f(float64(x), float64(y))) }}
	for _, x := range args[1:] {
		var err error
		if best, err = o.apply(b, []starlark.Value{best, x}); err != nil {
			return nil, err
		}
		if err := b.take(8); err != nil {
			return nil, err
		}
	}
	return best, nil
}

func toWhole(b *Budget, args []starlark.Value) (starlark.Value, error) {
	x, ok := number(args[0])
	if !ok || math.Abs(x) > mostWhole || x != x {
		return nil, refuse("", "int takes a finite number up to 2 to the power of 53, not %s.", sayKind(args[0]))
	}
	return starlark.MakeInt64(int64(x)), nil
}

func toFloat(b *Budget, args []starlark.Value) (starlark.Value, error) {
	x, ok := number(args[0])
	if !ok {
		return nil, refuse("", "float takes a number, not %s.", sayKind(args[0]))
	}
	return starlark.Float(x), nil
}

func toText(b *Budget, args []starlark.Value) (starlark.Value, error) {
	s, err := b.write(args[0], 200)
	return starlark.String(s), err
}

// show is print: values with spaces between them, and a new line.
func show(b *Budget, args []starlark.Value) (starlark.Value, error) {
	if b.letters >= MaxPrinted {
		return starlark.None, nil
	}
	for i, x := range args {
		s, err := b.write(x, MaxPrinted)
		if err != nil {
			return nil, err
		}
		if i > 0 {
			b.print(" ")
		}
		b.print(s)
	}
	b.print("\n")
	return starlark.None, nil
}
