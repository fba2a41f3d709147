package sandbox

import (
	"fmt"

	"go.starlark.net/starlark"
)

// index is x[i].
func index(b *Budget, args []starlark.Value) (starlark.Value, error) {
	x, key := args[0], args[1]
	switch x := x.(type) {
	case *Vector:
		i, err := place(x, key)
		if err != nil {
			return nil, err
		}
		return starlark.Float(x.entries[i]), nil
	case *starlark.Dict:
		return lookUp(b, x, key)
	case starlark.Indexable: // list, tuple, range, text
		i, err := place(x, key)
		if err != nil {
			return nil, err
		}
		return x.Index(i), nil
	}
	return nil, refuse("Vectors, lists, tuples and dicts have entries.", "%s has no entries.", capital(sayKind(x)))
}

// place is the entry that a key names, counted from the end where it is negative.
func place(x interface {
	starlark.Value
	Len() int
}, key starlark.Value) (int, error) {
	whole, ok := key.(starlark.Int)
	if !ok {
		return 0, refuse("Use int(…) to make one of a decimal number.", "An entry is named by a whole number, not by %s.", sayKind(key))
	}
	n := x.Len()
	i, ok := whole.Int64()
	if i < 0 {
		i += int64(n)
	}
	if !ok || i < 0 || i >= int64(n) {
		instead := ""
		if n > 0 {
			instead = fmt.Sprintf("They are counted from 0 to %d.", n-1)
		}
		return 0, refuse(instead, "There is no entry %s in %s.", whole.String(), sayKind(x))
	}
	return int(i), nil
}

func lookUp(b *Budget, d *starlark.Dict, key starlark.Value) (starlark.Value, error) {
	if err := checkKey(key); err != nil {
		return nil, err
	}
	v, found, err := d.Get(key)
	if err != nil {
		return nil, err
	}
	if !found {
		name, err := b.write(starlark.Tuple{key}, 40)
		if err != nil {
			return nil, err
		}
		name = name[1 : len(name)-1]
		return nil, refuse("Before its first value use get with a value to begin with, as in state.get(\"m\", zeros(2)).", "There is nothing under %s yet.", name)
	}
	return v, nil
}

// checkKey refuses what may not be a key of a dict: its hash could take long.
func checkKey(key starlark.Value) error {
	switch key.(type) {
	case starlark.String, starlark.Int:
		return nil
	}
	return refuse("Use a text, as in state[\"m\"].", "A key is a text or a whole number, not %s.", sayKind(key))
}

// setIndex is x[i] = v.
func setIndex(b *Budget, args []starlark.Value) (starlark.Value, error) {
	x, key, v := args[0], args[1], args[2]
	switch x := x.(type) {
	case *Vector:
		i, err := place(x, key)
		if err != nil {
			return nil, err
		}
		f, ok := number(v)
		if !ok {
			return nil, refuse("", "An entry of a vector is a number, not %s.", sayKind(v))
		}
		if x.fixed {
			return nil, refuse("Make a new one: vector(x).", "This vector may not be changed.")
		}
		x.entries[i] = f
		return starlark.None, nil
	case *starlark.List:
		i, err := place(x, key)
		if err != nil {
			return nil, err
		}
		return starlark.None, x.SetIndex(i, v)
	case *starlark.Dict:
		return starlark.None, b.put(x, key, v)
	}
	return nil, refuse("Vectors, lists and dicts can.", "The entries of %s cannot be changed.", sayKind(x))
}

// put is d[key] = v.
func (b *Budget) put(d *starlark.Dict, key, v starlark.Value) error {
	if err := checkKey(key); err != nil {
		return err
	}
	if _, found, _ := d.Get(key); found {
		return d.SetKey(key, v)
	}
	if d.Len() >= mostKeys {
		return refuse("Keep what you need in vectors or lists.", "A dict has at most %d keys.", mostKeys)
	}
	if err := b.take(dictEntry); err != nil {
		return err
	}
	return d.SetKey(key, v)
}

// What a dict takes, in bytes: empty, and for each key.
const (
	emptyDict = 640
	dictEntry = 240
)

// update is x[i] op= v: the entry is read, calculated with, and written.
func update(o operator) operation {
	return func(b *Budget, args []starlark.Value) (starlark.Value, error) {
		x, key, v := args[0], args[1], args[2]
		old, err := index(b, []starlark.Value{x, key})
		if err != nil {
			return nil, err
		}
		next, err := o.apply(b, []starlark.Value{old, v})
		if err != nil {
			return nil, err
		}
		return setIndex(b, []starlark.Value{x, key, next})
	}
}

// slice is x[lo:hi]; None stands for an edge that is left out.
func slice(b *Budget, args []starlark.Value) (starlark.Value, error) {
	x, ok := args[0].(interface {
		starlark.Value
		Len() int
	})
	if !ok {
		return nil, refuse("Vectors, lists and tuples have parts.", "%s has no parts.", capital(sayKind(args[0])))
	}
	lo, err := edge(args[1], x.Len(), 0)
	if err != nil {
		return nil, err
	}
	hi, err := edge(args[2], x.Len(), x.Len())
	if err != nil {
		return nil, err
	}
	hi = max(lo, hi)
	b.work((hi - lo) / 4)
	if err := b.take(64 + 16*(hi-lo)); err != nil {
		return nil, err
	}
	switch x := args[0].(type) {
	case *Vector:
		return &Vector{entries: append([]float64(nil), x.entries[lo:hi]...)}, nil
	case starlark.String:
		return x[lo:hi], nil
	case starlark.Sliceable:
		return x.Slice(lo, hi, 1), nil
	}
	return nil, refuse("Vectors, lists and tuples have parts.", "%s has no parts.", capital(sayKind(x)))
}

// edge is an edge of a slice, 0 … n.
func edge(x starlark.Value, n, otherwise int) (int, error) {
	if x == starlark.None {
		return otherwise, nil
	}
	whole, ok := x.(starlark.Int)
	if !ok {
		return 0, refuse("", "The edges of a part are whole numbers, not %s.", sayKind(x))
	}
	i, _ := whole.Int64()
	if i < 0 {
		i += int64(n)
	}
	return int(min(max(i, 0), int64(n))), nil
}
