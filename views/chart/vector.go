package chart

import "strconv"

// A Vector makes a handle set one parameter that is a list of numbers between commas. With the handle at (x, y), in
// data units, the list is
//
//	Base + s·(Offset + x·X + y·Y)
//
// with s = 1 where Norm is 0. Else s is such that the entries of s·(…) after the first have the Euclidean norm Norm, so
// that a line through two points moves and turns while its weights stay as long as they are. All four lists have the
// list's length.
type Vector struct {
	Base, Offset, X, Y []float64
	Norm               float64
}

func (v *Vector) appendJSON(b []byte) []byte {
	b = append(b, `{"norm":`...)
	b = appendNumber(b, v.Norm)
	for _, part := range []struct {
		name   string
		values []float64
	}{{"base", v.Base}, {"offset", v.Offset}, {"x", v.X}, {"y", v.Y}} {
		b = append(b, `,"`+part.name+`":[`...)
		for i, n := range part.values {
			if i > 0 {
				b = append(b, ',')
			}
			if !finite(n) {
				n = 0
			}
			b = strconv.AppendFloat(b, n, 'g', 8, 64)
		}
		b = append(b, ']')
	}
	return append(b, '}')
}
