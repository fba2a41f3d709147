package derive

import (
	"context"
	"regexp"
	"strings"
)

// A Comparison is how two formulas compare.
type Comparison struct {
	Verdict        Verdict
	Note           string          // in words; may be empty
	Counterexample *Counterexample // where they differ, or where only one is defined; nil: none
	A, B           *Formula        // as understood
}

// signsOfSums are what only occurs in the language of sums.
var signsOfSums = regexp.MustCompile(`Σ|∑|ᵀ|\bsum\b|\bsum_|\bdot\b|\bNLL\b|(theta|θ|ϑ)\s*(\^\s*\{?T\b|_\{?[i-l]\b|[ᵢⱼₖₗ])|\b[xyhz]_\{?[i-l]{1,2}(?:[^A-Za-z]|$)|[xyhz][ᵢⱼₖₗ]|[xyhzσ](\^\{?\(|⁽)[i-lⁱʲᵏˡ][)⁾]|(sigma|σ)(_\{?[i-l]|[ᵢⱼₖₗ])`)

// single finds letters that stand alone.
var single = regexp.MustCompile(`(?:^|[^A-Za-z])([A-Za-z])(?:[^A-Za-z]|$)`)

// Equal compares two formulas as functions of their variables. A formula may be of the language of derivations, with
// sums over data, or simply have variables, which are those that vars declares and, real, all others. A text that is
// not understood is answered with an [*InputError], whose Field is a or b.
func Equal(ctx context.Context, a, b string, vars Variables) (*Comparison, error) {
	s := &space{vars: vars, indexed: signsOfSums.MatchString(a) || signsOfSums.MatchString(b)}
	if s.indexed {
		s.loss = logisticLoss
	}
	free := [2]string{"ijkl", "ijkl"}
	for _, text := range []string{a, b} {
		for at := 0; at < len(text); { // matches may share the letter between them
			m := single.FindStringSubmatchIndex(text[at:])
			if m == nil {
				break
			}
			s.single += text[at+m[2] : at+m[3]]
			at += m[3]
		}
	}
	var formulas [2]*Formula
	for i, text := range []string{a, b} {
		field := string("ab"[i])
		s.free = free[i]
		f, err := parse(text, s)
		if err != nil {
			return nil, &InputError{field, err.Position, err.Message}
		}
		if len(f.sides) != 1 {
			return nil, &InputError{field, strings.Index(text, "="), "write one formula here, without =."}
		}
		formulas[i] = f
	}
	for i, f := range formulas {
		if n := freeRow(f.sides[0]); n != nil && freeRow(formulas[1-i].sides[0]) == nil {
			return nil, &InputError{string("ab"[i]), n.pos, "the index " + n.i.name + " belongs to no sum: write Σ_" + n.i.name + " in front (missing Σ)."}
		}
	}
	c := newComparer(ctx, s).compare(formulas[0].sides[0], formulas[1].sides[0])
	return &Comparison{Verdict: c.verdict, Note: c.note, Counterexample: c.counter, A: formulas[0], B: formulas[1]}, nil
}

// freeRow is a use of the row index i outside sums, or nil.
func freeRow(n *node) (found *node) {
	const slot = slotFree
	n.walk(func(c *node) bool {
		if c.op != opSum && c.op != opScalar && (c.i.slot == slot && c.i.name == "i" || c.k.slot == slot && c.k.name == "i") {
			found = c
		}
		return found == nil
	})
	return found
}

// logisticLoss is the negative log-likelihood −Σ [y_i log h_i + (1 − y_i) log(1 − h_i)].
var logisticLoss = func() *node {
	i := ref{"i", slotLoss}
	y, h := &node{op: opY, i: i}, call(fnSigma, dotRow(i))
	return unary(opNeg, sumOver(i, rows, binary(opAdd,
		binary(opMul, y, call(fnLog, h)),
		binary(opMul, binary(opSub, one, y), call(fnLog, binary(opSub, one, h))))))
}()
