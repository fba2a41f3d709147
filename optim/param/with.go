package param

import "net/url"

// With is v with another finite number for a numeric parameter. What the table
// refuses leaves the value as it was; a default that follows a choice does not
// move.
func (v Values) With(name string, x float64) Values {
	v.must(name)
	with, _, _ := v.table.Parse(url.Values{name: {Format(x)}}, v)
	return with
}
