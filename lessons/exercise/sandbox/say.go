package sandbox

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.starlark.net/starlark"
)

// sayKind names what a value is, in a sentence.
func sayKind(x starlark.Value) string {
	switch x := x.(type) {
	case starlark.NoneType:
		return "None"
	case starlark.Bool:
		return "True or False"
	case starlark.Int, starlark.Float:
		return "a number"
	case starlark.String:
		return "a text"
	case *Vector:
		return "a vector with " + entries(x.Len())
	case *starlark.List:
		return "a list with " + entries(x.Len())
	case starlark.Tuple:
		return "a tuple with " + entries(x.Len())
	case *starlark.Dict:
		return "a dict"
	case starlark.Callable:
		return "a function"
	}
	return "a " + x.Type()
}

func entries(n int) string {
	if n == 1 {
		return "1 entry"
	}
	return fmt.Sprintf("%d entries", n)
}

// A writer writes values as print shows them, up to a number of bytes; then it stops, however much there is.
type writer struct {
	strings.Builder
	left int
}

func (w *writer) add(s string) {
	w.left -= len(s)
	w.WriteString(s)
}

// value writes x; every value writes something, so that even a list within itself comes to an end.
func (w *writer) value(x starlark.Value, quoted bool) {
	if w.left <= 0 {
		return
	}
	switch x := x.(type) {
	case starlark.Float:
		w.add(strconv.FormatFloat(float64(x), 'g', 6, 64))
	case starlark.Int, starlark.NoneType, starlark.Bool:
		w.add(x.String())
	case starlark.String:
		s := string(x)
		if len(s) > w.left {
			s = strings.ToValidUTF8(s[:w.left], "")
		}
		if quoted {
			s = `"` + s + `"`
		}
		w.add(s)
	case *Vector:
		w.sequence("[", x, "]")
	case *starlark.List:
		w.sequence("[", x, "]")
	case starlark.Tuple:
		w.sequence("(", x, ")")
	case *starlark.Dict:
		w.dict(x)
	default:
		w.add(sayKind(x))
	}
}

func (w *writer) sequence(open string, x starlark.Iterable, close string) {
	w.add(open)
	it := x.Iterate()
	defer it.Done()
	var v starlark.Value
	for i := 0; w.left > 0 && it.Next(&v); i++ {
		if i > 0 {
			w.add(", ")
		}
		w.value(v, true)
	}
	w.add(close)
}

func (w *writer) dict(d *starlark.Dict) {
	w.add("{")
	i := 0
	for k, v := range d.Entries() {
		if i++; i > 1 {
			w.add(", ")
		}
		w.value(k, true)
		w.add(": ")
		w.value(v, true)
		if w.left <= 0 {
			break
		}
	}
	w.add("}")
}

// write is a value as print shows it, at most about n bytes, and charged.
func (b *Budget) write(x starlark.Value, n int) (string, error) {
	w := writer{left: n}
	w.value(x, false)
	s := w.String()
	if w.left < 0 && utf8.RuneCountInString(s) > n {
		s = strings.ToValidUTF8(s[:n], "") + "…"
	}
	b.work(2 * len(s))
	return s, b.take(64 + 16*len(s)) // nested lists take most: each is gone through for two brackets
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
