package sandbox

import (
	"go.starlark.net/starlark"
)

// A comparison compares two numbers as IEEE 754 does: NaN is equal to nothing.
type comparison struct {
	sign  string
	float func(x, y float64) bool
	text  func(x, y string) bool
}

var comparisons = []comparison{
	{"==", func(x, y float64) bool { return x == y }, func(x, y string) bool { return x == y }},
	{"!=", func(x, y float64) bool { return x != y }, func(x, y string) bool { return x != y }},
	{"<", func(x, y float64) bool { return x < y }, func(x, y string) bool { return x < y }},
	{"<=", func(x, y float64) bool { return x <= y }, func(x, y string) bool { return x <= y }},
	{">", func(x, y float64) bool { return x > y }, func(x, y string) bool { return x > y }},
	{">=", func(x, y float64) bool { return x >= y }, func(x, y string) bool { return x >= y }},
}

func (c comparison) apply(b *Budget, args []starlark.Value) (starlark.Value, error) {
	x, y := args[0], args[1]
	f, xNumber := number(x)
	g, yNumber := number(y)
	if xNumber && yNumber {
		return starlark.Bool(c.float(f, g)), nil
	}
	s, xText := x.(starlark.String)
	t, yText := y.(starlark.String)
	if xText && yText {
		return starlark.Bool(c.text(string(s), string(t))), nil
	}
	if c.sign == "==" || c.sign == "!=" {
		if same, ok := identity(x, y); ok {
			return starlark.Bool(same == (c.sign == "==")), nil
		}
	}
	return nil, refuse("Compare numbers, such as theta[0] or norm(theta).", "%s and %s cannot be compared with “%s”.", capital(sayKind(x)), sayKind(y), c.sign)
}

// identity compares what is no number with None, True and False, and a text with what is none.
func identity(x, y starlark.Value) (same, ok bool) {
	for _, v := range []starlark.Value{x, y} {
		switch v.(type) {
		case starlark.NoneType, starlark.Bool:
			same, _ := starlark.Equal(x, y) // of different types: false; neither recurses
			return same, true
		}
	}
	return false, false
}

// contains is x in y.
func contains(b *Budget, args []starlark.Value) (starlark.Value, error) {
	x, y := args[0], args[1]
	if d, ok := y.(*starlark.Dict); ok {
		if err := checkKey(x); err != nil {
			return nil, err
		}
		_, found, err := d.Get(x)
		return starlark.Bool(found), err
	}
	list, ok := y.(starlark.Sequence)
	if !ok {
		return nil, refuse("Lists, tuples, vectors and dicts can be asked so.", "%s has nothing in it.", capital(sayKind(y)))
	}
	b.work(list.Len())
	it := list.Iterate()
	defer it.Done()
	var v starlark.Value
	for it.Next(&v) {
		same, err := comparisons[0].apply(b, []starlark.Value{x, v})
		if err != nil {
			return nil, err
		}
		if same == starlark.True {
			return starlark.True, nil
		}
	}
	return starlark.False, nil
}
