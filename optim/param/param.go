// Package param describes the knobs of an instrument. One [Table] is the single
// place that knows a parameter's name, range, default and scale: the same table
// parses a query, reports mistakes field by field, draws the controls, writes
// the canonical address and documents the instrument.
//
// # From text to values
//
// [Table.Parse] reads a query over some base, usually the values of a lesson's
// cell, and answers valid [Values] together with the mistakes, [Errors], and the
// names it does not know, [Unknown]. A mistake never spoils the rest: its field
// keeps the base's value, so that there is always something to draw.
// [Values.Encode] writes the values that matter back as a canonical query, which
// parses to the same ones.
//
// # Conventions
//
// Values come from outside as text and are parsed once, here; inside, a [Values]
// is valid. Numbers are float64 and always finite. A blank optional number means
// "automatic". In numbers one comma is read as a decimal point and "−" as a minus
// sign. Asking a Values for a name that its
// table lacks panics, and so does a table whose own defaults it refuses: both are
// programmer's mistakes.
//
// A parameter may depend on others: its default ([Variation]), whether
// it matters ([Condition]) and its upper bound (Param.Bound).
//
// Misspelt words are matched by optimal string alignment (edit distance with
// swaps of neighbours), see [Nearest]. Nothing in this package knows HTTP or HTML.
package param

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Type says what sort of value a parameter takes. The zero Type is Number.
type Type int

// The types.
const (
	Number     Type = iota // a finite float64 within [Min, Max]
	Integer                // a whole number within [Min, Max]
	Choice                 // one of Options, or of Others
	Several                // one or more of Options, in their order
	Flag                   // "true" or "false"
	Text                   // free text of at most MaxLen characters
	Expression             // a formula or a catalogue id, at most MaxLen characters
)

// Scale says how a slider spreads its range. The zero Scale is Linear.
type Scale int

// The scales.
const (
	Linear Scale = iota // equal differences are equal distances
	Log                 // equal ratios are equal distances; Min must be positive
)

// An Option is one value of a Choice or of Several, as addresses have it, with
// its name in words.
type Option struct{ Value, Label string }

// A Condition makes a parameter relevant only while another one, a Choice, has
// one of the listed values. While that Choice is itself irrelevant, it makes no
// difference and counts as fulfilled. An irrelevant parameter is hidden and not
// written into addresses; it has a value all the same. The zero Condition always
// holds.
type Condition struct {
	Param string      // name of the Choice, which stands under no condition that leads back here
	In    []string    // its values
	And   []Condition // which must hold besides; none of them is zero
}

// All are the condition and those that must hold besides; none for the zero
// Condition.
func (c Condition) All() []Condition {
	var all []Condition
	if c.Param != "" {
		all = append(all, Condition{Param: c.Param, In: c.In})
	}
	for _, also := range c.And {
		all = append(all, also.All()...)
	}
	return all
}

// A Variation makes a default, and the slider's range, depend on a Choice that stands before it in the
// table: ε is 1e-8 with Adam and 1e-10 with AdaGrad.
type Variation struct {
	Param    string            // name of the Choice
	Defaults map[string]string // by the value of Param; where it has none, the parameter's Default holds
	// SoftMax is the slider's upper end likewise, of a whole number; nil: it does not vary.
	SoftMax map[string]float64
}

// A Param is one knob.
type Param struct {
	Name     string    // the name in addresses and JSON: the field's standard term
	Label    string    // what the control is called, in words
	Symbol   string    // the formula's symbol (η, θ₁); may be empty
	Help     string    // one sentence: what it does
	Type     Type      // what sort of value
	Min, Max float64   // the range that is accepted of a number, both ends included; of Several, Max > 0 is the most options
	SoftMin  float64   // the slider's range, within [Min, Max]; both zero: the whole range
	SoftMax  float64   // its upper end
	Span     [2]string // names of two optional parameters that, when both are given, span the slider instead
	Step     float64   // the grain of the number field and of a linear slider; zero: 1
	Scale    Scale     // of the slider
	Default  string    // as text; "" with Optional means automatic
	Vary     Variation // zero: the default is always the same
	Optional bool      // a blank value is allowed and means automatic
	Options  []Option  // of a Choice or of Several
	// Others, if set, accepts further values of a Choice, such as ids that are made
	// while the program runs; OthersName is what they are in words, "your own data".
	Others     func(text string) bool
	OthersName string
	MaxLen     int       // of a Text or an Expression, in characters; below 64: 64
	When       Condition // zero: always relevant
	// Bound, if set, is a tighter upper bound that depends on the other values,
	// such as the number of examples for a batch size.
	Bound func(Values) float64
}

// SliderRange is the range that the slider spans beside the other values, in the
// parameter's own units.
func (p *Param) SliderRange(v Values) (lo, hi float64) {
	if p.Span[0] != "" && v.Has(p.Span[0]) && v.Has(p.Span[1]) {
		if lo, hi = v.Float(p.Span[0]), v.Float(p.Span[1]); lo < hi {
			return lo, hi
		}
	}
	lo, hi = p.SoftMin, p.SoftMax
	if lo == 0 && hi == 0 {
		lo, hi = p.Min, p.Max
	}
	if p.Vary.Param != "" {
		if most, ok := p.Vary.SoftMax[v.Text(p.Vary.Param)]; ok {
			hi = most
		}
	}
	return lo, hi
}

// Numeric reports whether the value is a Number or an Integer.
func (p *Param) Numeric() bool { return p.Type == Number || p.Type == Integer }

// A Table lists an instrument's parameters in the order in which they are
// drawn and written.
type Table []Param

// Lookup finds a parameter by name, or nil.
func (t Table) Lookup(name string) *Param {
	for i := range t {
		if t[i].Name == name {
			return &t[i]
		}
	}
	return nil
}

// Names lists the parameters' names in order.
func (t Table) Names() []string {
	names := make([]string, len(t))
	for i := range t {
		names[i] = t[i].Name
	}
	return names
}

// Format writes a number as the shortest decimal that reads back the same, with
// exponents as people write them: 1e-8, not 1e-08. v is finite.
func Format(v float64) string {
	if v == 0 {
		return "0" // no "-0" in addresses
	}
	if a := math.Abs(v); a >= 1e-6 && a < 1e15 {
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(v, 'e', -1, 64), "e")
	sign, digits := strings.TrimPrefix(exponent[:1], "+"), strings.TrimLeft(exponent[1:], "0")
	return mantissa + "e" + sign + digits
}

func (c Condition) holds(v Values) bool {
	for _, also := range c.And {
		if !also.holds(v) {
			return false
		}
	}
	return c.Param == "" || !v.Relevant(c.Param) || slices.Contains(c.In, v.Text(c.Param))
}

// values are the options' values.
func (p *Param) values() []string {
	values := make([]string, len(p.Options))
	for i, o := range p.Options {
		values[i] = o.Value
	}
	return values
}

// choices lists what a Choice takes, in words.
func (p *Param) choices() string {
	values := slices.DeleteFunc(p.values(), func(v string) bool { return v == "" })
	if p.Others == nil {
		return strings.Join(values, ", ")
	}
	return strings.Join(values, ", ") + " or " + p.OthersName
}

// Listed reports whether a value of a Choice is one of its options; one that is
// not is one of Others.
func (p *Param) Listed(value string) bool { return slices.Contains(p.values(), value) }

// manySuffix marks, as is usual, a form field that is sent once per value.
const manySuffix = "[]"

// FieldName is the name of the parameter's fields in a form: the parameter's
// own, but for Several, where each option is a field. Addresses have Name.
func (p *Param) FieldName() string {
	if p.Type == Several {
		return p.Name + manySuffix
	}
	return p.Name
}

// DefaultBeside is the default beside the other values, as text: that of Vary
// where it has one, else Default.
func (p *Param) DefaultBeside(v Values) string {
	if p.Vary.Param != "" {
		if text, ok := p.Vary.Defaults[v.Text(p.Vary.Param)]; ok {
			return text
		}
	}
	return p.Default
}

// Allowed says in words what values the parameter takes.
func (p *Param) Allowed() string {
	switch p.Type {
	case Choice:
		return p.choices()
	case Several:
		return "one or more of " + strings.Join(p.values(), ", ") + ", between commas"
	case Flag:
		return "true, false"
	case Text, Expression:
		return fmt.Sprintf("at most %d characters", p.MaxLen)
	case Integer:
		return fmt.Sprintf("whole number, %s to %s", Format(p.Min), Format(p.Max))
	}
	return fmt.Sprintf("%s to %s", Format(p.Min), Format(p.Max))
}
