package sandbox

import (
	"go.starlark.net/starlark"
)

// makeList is a list written out; args are its own.
func makeList(b *Budget, args []starlark.Value) (starlark.Value, error) {
	return starlark.NewList(args), b.take(56)
}

// makeTuple is a tuple written out.
func makeTuple(b *Budget, args []starlark.Value) (starlark.Value, error) {
	return starlark.Tuple(args), b.take(24)
}

// makeDict is a dict written out, of keys and values in turn.
func makeDict(b *Budget, args []starlark.Value) (starlark.Value, error) {
	if err := b.take(emptyDict); err != nil {
		return nil, err
	}
	d := new(starlark.Dict)
	for i := 0; i+1 < len(args); i += 2 {
		if err := b.put(d, args[i], args[i+1]); err != nil {
			return nil, err
		}
	}
	return d, nil
}

// element charges for an element of a list comprehension, growing included.
func element(b *Budget, args []starlark.Value) (starlark.Value, error) {
	return args[0], b.take(96)
}

// each is what a for goes through.
func each(b *Budget, args []starlark.Value) (starlark.Value, error) {
	if _, ok := args[0].(starlark.Iterable); !ok {
		instead := "It goes through range(n), a vector, a list, a tuple or a dict."
		if _, ok := args[0].(starlark.Int); ok {
			instead = "Write range(n) to count from 0 to n − 1."
		}
		return nil, refuse(instead, "A for cannot go through %s.", sayKind(args[0]))
	}
	return args[0], b.take(120)
}

// enter charges for the frame of a function, whose size in values the rewriting knows.
func enter(b *Budget, args []starlark.Value) (starlark.Value, error) {
	size, _ := args[0].(starlark.Int).Int64()
	return starlark.None, b.take(16 * int(size))
}

// sequence is a value that has a length and can be gone through.
func sequence(name string, x starlark.Value) (starlark.Sequence, error) {
	if s, ok := x.(starlark.Sequence); ok {
		return s, nil
	}
	return nil, refuse("It takes a vector, a list, a tuple or a dict.", "%s cannot take %s.", name, sayKind(x))
}

func length(b *Budget, args []starlark.Value) (starlark.Value, error) {
	if s, ok := args[0].(starlark.String); ok {
		return starlark.MakeInt(len(s)), nil
	}
	s, err := sequence("len", args[0])
	if err != nil {
		return nil, err
	}
	return starlark.MakeInt(s.Len()), nil
}

// list is a new list of what x holds.
func list(b *Budget, args []starlark.Value) (starlark.Value, error) {
	if len(args) == 0 {
		return makeList(b, nil)
	}
	s, err := sequence("list", args[0])
	if err != nil {
		return nil, err
	}
	values, err := b.elements(s)
	return starlark.NewList(values), err
}

// elements are the values of a sequence, copied and charged.
func (b *Budget) elements(s starlark.Sequence) ([]starlark.Value, error) {
	n := s.Len()
	b.work(n)
	if err := b.take(64 + 24*n); err != nil {
		return nil, err
	}
	values := make([]starlark.Value, 0, n)
	it := s.Iterate()
	defer it.Done()
	var v starlark.Value
	for it.Next(&v) {
		values = append(values, v)
	}
	return values, nil
}

// zip pairs the entries of sequences, as far as the shortest goes.
func zip(b *Budget, args []starlark.Value) (starlark.Value, error) {
	if len(args) == 0 {
		return makeList(b, nil)
	}
	n := mostEntries
	columns := make([][]starlark.Value, len(args))
	for k, x := range args {
		s, err := sequence("zip", x)
		if err != nil {
			return nil, err
		}
		if columns[k], err = b.elements(s); err != nil {
			return nil, err
		}
		n = min(n, len(columns[k]))
	}
	if err := b.take(n * (40 + 16*len(args))); err != nil {
		return nil, err
	}
	rows := make([]starlark.Value, n)
	for i := range rows {
		row := make(starlark.Tuple, len(args))
		for k := range columns {
			row[k] = columns[k][i]
		}
		rows[i] = row
	}
	return starlark.NewList(rows), nil
}

// enumerate pairs entries with their places from 0.
func enumerate(b *Budget, args []starlark.Value) (starlark.Value, error) {
	s, err := sequence("enumerate", args[0])
	if err != nil {
		return nil, err
	}
	places, err := counted(b, []starlark.Value{starlark.MakeInt(s.Len())})
	if err != nil {
		return nil, err
	}
	return zip(b, []starlark.Value{places, s})
}

// counted is range(n), range(a, b) or range(a, b, step), with at most mostEntries numbers.
func counted(b *Budget, args []starlark.Value) (starlark.Value, error) {
	for _, x := range args {
		if _, ok := x.(starlark.Int); !ok {
			return nil, refuse("Use int(…) to make one of a decimal number.", "range takes whole numbers, not %s.", sayKind(x))
		}
	}
	if err := b.take(32); err != nil {
		return nil, err
	}
	r, err := starlark.Call(b.thread, starlark.Universe["range"], args, nil)
	if err != nil {
		return nil, refuse("Write range(n), range(a, b) or range(a, b, step); it has at most 10,000 numbers.", "range cannot take these numbers.")
	}
	if n := starlark.Len(r); n > mostEntries || n < 0 {
		return nil, refuse("A rule needs only a few.", "range has at most %d numbers.", mostEntries)
	}
	return r, nil
}
