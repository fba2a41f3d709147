package sandbox

import (
	"go.starlark.net/starlark"
)

// A method is what may be called with a dot: x.append(v).
type method struct {
	name      string
	least     int // arguments, that before the dot included
	most      int
	operation operation
}

var methods = []method{
	{"append", 2, 2, appendTo},
	{"pop", 1, 3, pop},
	{"clear", 1, 1, clearAll},
	{"get", 2, 3, get},
	{"setdefault", 3, 3, setDefault},
	{"keys", 1, 1, keys},
	{"values", 1, 1, valuesOf},
	{"items", 1, 1, items},
}

func lacks(x starlark.Value, name, instead string) error {
	return refuse(instead, "%s has no %s.", capital(sayKind(x)), name)
}

func appendTo(b *Budget, args []starlark.Value) (starlark.Value, error) {
	l, ok := args[0].(*starlark.List)
	if !ok {
		return nil, lacks(args[0], "append", "Only a list grows: xs = [] and xs.append(1).")
	}
	if l.Len() >= mostEntries {
		return nil, refuse("", "A list has at most %d entries.", mostEntries)
	}
	if err := b.take(96); err != nil {
		return nil, err
	}
	return starlark.None, l.Append(args[1])
}

func pop(b *Budget, args []starlark.Value) (starlark.Value, error) {
	switch x := args[0].(type) {
	case *starlark.List:
		return popEntry(b, x, args[1:])
	case *starlark.Dict:
		if len(args) < 2 {
			return nil, refuse("Write state.pop(\"m\").", "pop of a dict needs a key.")
		}
		v, err := get(b, append([]starlark.Value{x}, args[1:]...))
		if err != nil {
			return nil, err
		}
		_, _, err = x.Delete(args[1])
		return v, err
	}
	return nil, lacks(args[0], "pop", "Lists and dicts have.")
}

// popEntry takes the last entry of a list away, or the one that is named.
func popEntry(b *Budget, l *starlark.List, args []starlark.Value) (starlark.Value, error) {
	if len(args) == 0 {
		args = []starlark.Value{starlark.MakeInt(-1)}
	}
	if _, err := place(l, args[0]); err != nil {
		return nil, err
	}
	b.work(l.Len() / 4)
	native, err := l.Attr("pop")
	if err != nil {
		return nil, err
	}
	return starlark.Call(b.thread, native, args[:1], nil)
}

func clearAll(b *Budget, args []starlark.Value) (starlark.Value, error) {
	switch x := args[0].(type) {
	case *starlark.List:
		return starlark.None, x.Clear()
	case *starlark.Dict:
		return starlark.None, x.Clear()
	}
	return nil, lacks(args[0], "clear", "Lists and dicts have.")
}

func dict(x starlark.Value, name string) (*starlark.Dict, error) {
	if d, ok := x.(*starlark.Dict); ok {
		return d, nil
	}
	return nil, lacks(x, name, "A dict such as state has.")
}

// get is the value under a key: the third argument, None or (for pop) a trouble where there is none.
func get(b *Budget, args []starlark.Value) (starlark.Value, error) {
	d, err := dict(args[0], "get")
	if err != nil {
		return nil, err
	}
	if err := checkKey(args[1]); err != nil {
		return nil, err
	}
	v, found, err := d.Get(args[1])
	switch {
	case found || err != nil:
		return v, err
	case len(args) > 2:
		return args[2], nil
	}
	return starlark.None, nil
}

func setDefault(b *Budget, args []starlark.Value) (starlark.Value, error) {
	d, err := dict(args[0], "setdefault")
	if err != nil {
		return nil, err
	}
	if err := checkKey(args[1]); err != nil {
		return nil, err
	}
	if v, found, err := d.Get(args[1]); found || err != nil {
		return v, err
	}
	return args[2], b.put(d, args[1], args[2])
}

func keys(b *Budget, args []starlark.Value) (starlark.Value, error) {
	d, err := dict(args[0], "keys")
	if err != nil {
		return nil, err
	}
	return list(b, []starlark.Value{d})
}

func valuesOf(b *Budget, args []starlark.Value) (starlark.Value, error) {
	d, err := dict(args[0], "values")
	if err != nil {
		return nil, err
	}
	values := make([]starlark.Value, 0, d.Len())
	for _, v := range d.Entries() {
		values = append(values, v)
	}
	return starlark.NewList(values), b.take(64 + 16*len(values))
}

func items(b *Budget, args []starlark.Value) (starlark.Value, error) {
	d, err := dict(args[0], "items")
	if err != nil {
		return nil, err
	}
	all, err := valuesOf(b, []starlark.Value{d})
	if err != nil {
		return nil, err
	}
	return zip(b, []starlark.Value{d, all})
}
