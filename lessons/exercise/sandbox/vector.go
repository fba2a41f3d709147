package sandbox

import (
	"go.starlark.net/starlark"
)

// A Vector is a list of float64 that is calculated with entry by entry. A program may change its entries; two names
// may stand for the same vector, as in NumPy.
type Vector struct {
	entries []float64
	fixed   bool // of the task's data or a name outside of functions: its entries stay
}

func (v *Vector) String() string        { return "vector" } // what students see is written by sayValue
func (v *Vector) Type() string          { return "vector" }
func (v *Vector) Freeze()               { v.fixed = true }
func (v *Vector) Truth() starlark.Bool  { return len(v.entries) > 0 }
func (v *Vector) Hash() (uint32, error) { return 0, refuse("", "A vector cannot be a key.") }
func (v *Vector) Len() int              { return len(v.entries) }

// Iterate goes through the entries as they are when each is reached.
func (v *Vector) Iterate() starlark.Iterator { return &vectorIterator{v: v} }

type vectorIterator struct {
	v *Vector
	i int
}

func (it *vectorIterator) Next(p *starlark.Value) bool {
	if it.i >= len(it.v.entries) {
		return false
	}
	*p = starlark.Float(it.v.entries[it.i])
	it.i++
	return true
}

func (it *vectorIterator) Done() {}

// newVector charges for a vector of n zeros.
func (b *Budget) newVector(n int) (*Vector, error) {
	if n > mostEntries {
		return nil, refuse("", "A vector has at most %d entries, not %d.", mostEntries, n)
	}
	b.work(n / 4)
	if err := b.take(48 + 8*n); err != nil {
		return nil, err
	}
	return &Vector{entries: make([]float64, n)}, nil
}

// asVector is a vector, or a list or tuple of numbers as a new one; ok is false for other values.
func (b *Budget) asVector(x starlark.Value) (v *Vector, ok bool, err error) {
	switch x := x.(type) {
	case *Vector:
		return x, true, nil
	case *starlark.List, starlark.Tuple:
		list := x.(starlark.Indexable)
		if v, err = b.newVector(list.Len()); err != nil {
			return nil, false, err
		}
		for i := range v.entries {
			if v.entries[i], ok = number(list.Index(i)); !ok {
				return nil, false, refuse("A vector holds numbers alone.", "Entry %d is %s.", i, sayKind(list.Index(i)))
			}
		}
		return v, true, nil
	}
	return nil, false, nil
}

// number is the value of a whole or decimal number.
func number(x starlark.Value) (float64, bool) {
	switch x := x.(type) {
	case starlark.Float:
		return float64(x), true
	case starlark.Int:
		return float64(x.Float()), true
	}
	return 0, false
}
