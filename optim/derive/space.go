package derive

import (
	"slices"
	"strings"
)

// A Domain says which values a variable takes.
type Domain string

// The domains.
const (
	Real     Domain = "real"
	Positive Domain = "pos"    // above 0
	Unit     Domain = "unit"   // between 0 and 1, both left out
	Binary   Domain = "binary" // 0 or 1
)

// Variables declares variables. What is not declared is Real.
type Variables map[string]Domain

// The slots in which an evaluator keeps its indices.
const (
	slotJ    = 0 // the feature by which a task differentiates, free in its lines
	slotLoss = 1 // the row in the loss
	slotFree = 2 // up to 5: the free indices i, j, k, l of a formula alone; j is slotJ
	slotSum  = 6 // the first of a formula's own sums
	slots    = 128
)

// A space is what the names of some formulas mean.
type space struct {
	indexed bool // the language of sums
	task    *Task
	free    string   // indices that may stand without a Σ
	names   []string // of scalars; their numbers are slots
	domains []Domain
	vars    Variables
	fixed   bool   // no other scalars than names
	single  string // single letters that stand alone somewhere, for words written together
	loss    *node  // what J and NLL are; nil where there is none
}

// declaredBinary reports whether the data y are declared to be 0 or 1.
func (s *space) declaredBinary() bool { return s.vars["y"] == Binary }

func (s *space) declared(name string) bool {
	_, ok := s.vars[name]
	return ok
}

// scalar is the slot of a variable, which is made known if it was not; ok is false where there may be no others.
func (s *space) scalar(name string) (slot int, ok bool) {
	if i := slices.Index(s.names, name); i >= 0 {
		return i, true
	}
	if s.fixed || len(s.names) >= maxScalars {
		return 0, false
	}
	d := s.vars[name]
	if d == "" {
		d = Real
	}
	s.names, s.domains = append(s.names, name), append(s.domains, d)
	return len(s.names) - 1, true
}

const maxScalars = 24

// known reports whether a word has a meaning in the language of sums.
func (s *space) known(name string) bool {
	if !s.indexed {
		return s.declared(name)
	}
	switch name {
	case "y", "D", "pi", "e", "m":
		return true
	case "x", "theta", "dot", "n":
		return s.hasRows()
	case "h", "z":
		return s.hasRows() || slices.Contains(s.names, name)
	case "J", "NLL", "nll":
		return s.loss != nil
	}
	if _, ok := functionWords[name]; ok {
		return true
	}
	if len(name) == 1 && isIndex(rune(name[0])) {
		return true
	}
	return slices.Contains(s.names, name) || s.declared(name) || !s.fixed && (len(name) == 1 || greekLetter[name] != "")
}

// hasRows reports whether z_i and h_i mean something.
func (s *space) hasRows() bool { return s.task == nil || s.task.rows }

// splits reports whether letters written together are a product: xy, and what stands alone elsewhere. Two letters always
// are, as what holds for all values of two variables holds for those of a product.
func (s *space) splits(run string) bool {
	if len(run) < 2 || !isLatin(rune(run[0])) || greekLetter[run] != "" || run == "pi" {
		return false
	}
	if len(s.vars) > 0 && !s.declared(run) {
		for rest := run; ; {
			name := s.longest(rest)
			if !s.declared(name) && !strings.Contains(s.single, name) && name != "e" {
				break
			}
			if rest = rest[len(name):]; rest == "" {
				return true
			}
		}
	}
	if strings.Trim(run, "xy") == "" || len(run) == 2 {
		return true
	}
	return strings.Trim(run, s.single) == ""
}

// longest is the longest declared name with which run begins, else its first letter.
func (s *space) longest(run string) string {
	for end := len(run); end > 1; end-- {
		if s.declared(run[:end]) {
			return run[:end]
		}
	}
	return run[:1]
}
