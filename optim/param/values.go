package param

import (
	"fmt"
	"maps"
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A FieldError is a mistake in one field, in words a student understands.
type FieldError struct {
	Field    string // the parameter's name
	Message  string // what is wrong and what is allowed, without the name
	Position int    // character of the text where an expression fails, from 0; -1 when it does not apply
}

// Errors are all the mistakes of one request, in the table's order, those about
// bounds last. As an error an empty Errors makes no sense: test the length, and
// answer nil.
type Errors []FieldError

// Error lists the mistakes as "field: message; field: message".
func (e Errors) Error() string {
	parts := make([]string, len(e))
	for i, f := range e {
		parts[i] = f.Field + ": " + f.Message
	}
	return strings.Join(parts, "; ")
}

// For returns the first mistake of a field, or nil.
func (e Errors) For(field string) *FieldError {
	for i := range e {
		if e[i].Field == field {
			return &e[i]
		}
	}
	return nil
}

// Errorf makes a mistake of one field without a position.
func Errorf(field, format string, args ...any) Errors {
	return Errors{{Field: field, Message: fmt.Sprintf(format, args...), Position: -1}}
}

// An Unknown is a name that the table does not have, with the nearest it has
// ("" when none is near).
type Unknown struct{ Name, Nearest string }

// Message says it in words, where the name is a mistake.
func (u Unknown) Message() string {
	if u.Nearest == "" {
		return fmt.Sprintf("there is no parameter “%s” here", shorten(u.Name))
	}
	return fmt.Sprintf("there is no parameter “%s” here; did you mean “%s”?", shorten(u.Name), u.Nearest)
}

// Note says it quietly, where the parameter is left out.
func (u Unknown) Note() string {
	note := fmt.Sprintf("The address names “%s”, which is no parameter here: it is ignored.", shorten(u.Name))
	if u.Nearest != "" {
		note += fmt.Sprintf(" Did you mean “%s”?", u.Nearest)
	}
	return note
}

// Values are the valid values of one instrument: immutable, and made by
// [Table.Parse] or [Table.Defaults]. The zero Values has none. The methods that
// take a name panic for one that the table lacks.
type Values struct {
	table Table
	text  []string  // by place in the table
	num   []float64 // likewise; NaN for what is no number or blank
}

// Defaults are the table's own values with those of set put over them. The
// error is an [Errors] with what of set the table refuses, unknown names
// included; nil where all is well.
func (t Table) Defaults(set map[string]string) (Values, error) {
	query := url.Values{}
	for name, text := range set {
		query.Set(name, text)
	}
	v, unknown, errs := t.Parse(query, Values{})
	for _, u := range unknown {
		errs = append(errs, FieldError{Field: u.Name, Message: u.Message(), Position: -1})
	}
	if len(errs) > 0 {
		return v, errs
	}
	return v, nil
}

// Parse reads a query over base (the zero Values: the table's defaults). It
// answers valid values, the names that the table does not know, in order, and
// the mistakes; a field with a mistake keeps the base value in Values. A name
// that stands twice counts once, the last one, but for Several, whose values
// add up. Where a default depends on a Choice that differs from base's, the
// default for the new choice takes the place of base's value.
func (t Table) Parse(query url.Values, base Values) (Values, []Unknown, Errors) {
	v := Values{table: t, text: make([]string, len(t)), num: make([]float64, len(t))}
	var errs Errors
	for i := range t {
		p := &t[i]
		text := p.DefaultBeside(v)
		if base.table != nil && (p.Vary.Param == "" || base.Text(p.Vary.Param) == v.Text(p.Vary.Param)) {
			text = base.Text(p.Name)
		}
		given := query[p.Name]
		if p.Type == Several {
			given = slices.Concat(given, query[p.FieldName()])
		}
		if len(given) > 0 {
			typed := given[len(given)-1]
			if p.Type == Several {
				typed = strings.Join(given, ",")
			}
			if message := v.set(i, typed); message == "" {
				continue
			} else {
				errs = append(errs, FieldError{p.Name, message, -1})
			}
		}
		if message := v.set(i, text); message != "" {
			panic("param: default of " + p.Name + ": " + message)
		}
	}
	return v, t.unknown(query), append(errs, v.beyondBounds(query, errs)...)
}

// beyondBounds sets the values that only the other values forbid to their
// bounds; one that was asked for is a mistake besides.
func (v Values) beyondBounds(query url.Values, known Errors) Errors {
	var errs Errors
	for i := range v.table {
		p := &v.table[i]
		if p.Bound == nil || !p.When.holds(v) || known.For(p.Name) != nil {
			continue
		}
		most := p.Bound(v)
		if !(v.num[i] > most) {
			continue
		}
		v.num[i], v.text[i] = most, Format(most)
		if query.Has(p.Name) {
			errs = append(errs, FieldError{p.Name, fmt.Sprintf("must be between %s and %s here", Format(p.Min), Format(most)), -1})
		}
	}
	return errs
}

// Most is the largest value that a numeric parameter may have beside the other
// values.
func (v Values) Most(name string) float64 {
	p := v.must(name)
	if p.Bound == nil {
		return p.Max
	}
	return min(p.Max, p.Bound(v))
}

func (t Table) unknown(query url.Values) []Unknown {
	var list []Unknown
	for _, name := range slices.Sorted(maps.Keys(query)) {
		p := t.Lookup(strings.TrimSuffix(name, manySuffix))
		if p == nil || p.Name != name && p.FieldName() != name {
			list = append(list, Unknown{name, Nearest(name, t.Names())})
		}
	}
	return list
}

// set stores the value of the i-th parameter and answers "" or what is wrong with it.
func (v Values) set(i int, text string) string {
	canonical, number, message := v.table[i].read(text)
	if message == "" {
		v.text[i], v.num[i] = canonical, number
	}
	return message
}

// read understands a text: as it is written in addresses, and as a number where it is one, else NaN; or what is wrong
// with it.
func (p *Param) read(text string) (canonical string, number float64, message string) {
	number = math.NaN()
	if most := p.mostCharacters(); utf8.RuneCountInString(text) > most {
		return "", number, fmt.Sprintf("too long: at most %d characters", most)
	}
	if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
		return "", number, "has characters that are not valid text"
	}
	if p.Type != Expression { // positions in a formula count from what was typed
		text = strings.TrimSpace(text)
	}
	switch p.Type {
	case Number, Integer:
		if text == "" && p.Optional {
			break
		}
		if number, message = p.number(text); message != "" {
			return "", number, message
		}
		text = Format(number)
	case Choice:
		if !p.Listed(text) && (p.Others == nil || !p.Others(text)) {
			return "", number, p.refuseChoice(text)
		}
	case Several:
		if text, message = p.several(text); message != "" {
			return "", number, message
		}
	case Flag:
		switch text {
		case "true", "1", "on":
			text = "true"
		case "false", "0", "":
			text = "false"
		default:
			return "", number, "must be true or false"
		}
	case Text, Expression:
		if strings.TrimSpace(text) == "" && !p.Optional {
			return "", number, "must not be empty"
		}
	}
	return text, number, ""
}

func (p *Param) mostCharacters() int {
	if p.Type == Several {
		return 1024 // all options, each named twice, and more
	}
	return max(p.MaxLen, 64)
}

func (p *Param) number(text string) (float64, string) {
	// A comma is what many keyboards and countries write for the decimal point.
	if strings.Count(text, ",") == 1 && !strings.Contains(text, ".") {
		text = strings.Replace(text, ",", ".", 1)
	}
	text = strings.Replace(text, "−", "-", 1)
	n, err := strconv.ParseFloat(text, 64)
	if err != nil && !math.IsInf(n, 0) || math.IsNaN(n) || strings.ContainsAny(text, "_xXpPiI") {
		return 0, fmt.Sprintf("must be a number %s", p.rangeWords())
	}
	if n < p.Min || n > p.Max {
		return 0, fmt.Sprintf("must be %s", p.rangeWords())
	}
	if p.Type == Integer && n != math.Trunc(n) {
		return 0, fmt.Sprintf("must be a whole number %s", p.rangeWords())
	}
	return n, ""
}

func (p *Param) rangeWords() string {
	return fmt.Sprintf("between %s and %s", Format(p.Min), Format(p.Max))
}

// several puts the options that a comma-separated list names into their order.
func (p *Param) several(text string) (list, message string) {
	named := map[string]bool{}
	for part := range strings.SplitSeq(text, ",") {
		if part = strings.TrimSpace(part); part == "" { // a form without script sends one blank
			continue
		}
		if !slices.Contains(p.values(), part) {
			return "", p.refuseChoice(part)
		}
		named[part] = true
	}
	chosen := slices.DeleteFunc(p.values(), func(value string) bool { return !named[value] })
	switch {
	case len(chosen) == 0:
		return "", "choose at least one"
	case p.Max > 0 && len(chosen) > int(p.Max):
		return "", fmt.Sprintf("choose at most %s", Format(p.Max))
	}
	return strings.Join(chosen, ","), ""
}

func (p *Param) refuseChoice(text string) string {
	message := "must be one of " + p.choices()
	if near := Nearest(text, p.values()); near != "" {
		message += fmt.Sprintf("; did you mean “%s”?", near)
	}
	return message
}

// Table is the table the values belong to.
func (v Values) Table() Table { return v.table }

// Text is a value as text in canonical form: numbers as [Format] writes them, a
// Flag as "true" or "false", Several between commas.
func (v Values) Text(name string) string { return v.text[v.at(name)] }

// Float is a number; NaN when an optional one is blank (see [Values.Has]).
func (v Values) Float(name string) float64 { return v.num[v.at(name)] }

// Int is the value of an Integer that is not blank (see [Values.Has]).
func (v Values) Int(name string) int { return int(v.Float(name)) }

// Flag is the value of a Flag.
func (v Values) Flag(name string) bool { return v.Text(name) == "true" }

// List is the chosen values of a Several, at least one, in the order of Options.
func (v Values) List(name string) []string { return strings.Split(v.Text(name), ",") }

// Has reports whether an optional value was given.
func (v Values) Has(name string) bool { return v.Text(name) != "" }

// Relevant reports whether a parameter matters beside the other values: whether
// its When holds.
func (v Values) Relevant(name string) bool { return v.must(name).When.holds(v) }

// Fulfils reports whether a condition holds.
func (v Values) Fulfils(c Condition) bool { return c.holds(v) }

// at is the place of a parameter in the table: asking for a name that the table
// lacks is a programmer's mistake.
func (v Values) at(name string) int {
	for i := range v.table {
		if v.table[i].Name == name {
			return i
		}
	}
	panic("param: no parameter " + name)
}

func (v Values) must(name string) *Param { return &v.table[v.at(name)] }

// Encode writes the relevant values of the named parameters (all, when names
// is nil) as a canonical query, in the table's order. Blank optional values
// are left out.
func (v Values) Encode(names []string) string {
	var b strings.Builder
	for i := range v.table {
		p := &v.table[i]
		if names != nil && !slices.Contains(names, p.Name) || !p.When.holds(v) {
			continue
		}
		text := v.text[i]
		if text == "" {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte('&')
		}
		b.WriteString(p.Name)
		b.WriteByte('=')
		b.WriteString(strings.ReplaceAll(url.QueryEscape(text), "%2C", ","))
	}
	return b.String()
}

// Differing lists the names whose values differ from those of other, a
// Values of the same table, or from the default that takes their place beside
// another choice.
func (v Values) Differing(other Values) []string {
	var names []string
	for i := range v.table {
		p := &v.table[i]
		expected := other.text[i]
		if choice := p.Vary.Param; choice != "" && v.Text(choice) != other.Text(choice) {
			expected, _, _ = p.read(p.DefaultBeside(v))
		}
		if v.text[i] != expected {
			names = append(names, p.Name)
		}
	}
	return names
}

func shorten(s string) string {
	if r := []rune(s); len(r) > 40 {
		return string(r[:40]) + "…"
	}
	return s
}
