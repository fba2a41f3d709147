package cell

import (
	"fmt"
	"math"
	"strings"

	"descent/optim"
)

// A Taylor is the Taylor polynomial at a point, beside the function on a patch
// around it.
type Taylor struct {
	*optim.Taylor
	Patch     optim.Window     // within the picture's window
	Remainder *optim.Remainder // the largest on the patch; nil where J has no value there
}

// taylor is the polynomial that was asked for; nil where there is none, or no part
// of its patch lies in the window.
func (f *Function) taylor(degree int, share float64) *Taylor {
	polynomial := f.Local.Taylor(degree)
	patch, ok := f.Window.Around(f.Local.Theta, share)
	if polynomial == nil || !ok {
		return nil
	}
	return &Taylor{polynomial, patch, polynomial.Remainder(f.Function, patch)}
}

// Name is the polynomial's symbol.
func (t *Taylor) Name() string { return [...]string{1: "T₁", 2: "T₂"}[t.Degree] }

// what it is in words, and what it leaves out.
func (t *Taylor) words() (is, leavesOut string) {
	line := len(t.Theta) == 1
	switch {
	case t.Degree == 1 && line:
		return "the tangent T₁ = " + t.text(), "the curvature"
	case t.Degree == 1:
		return "T₁, a plane,", "the curvature"
	case line:
		return "the parabola T₂ = " + t.text(), "the third and higher derivatives"
	}
	return "T₂, which has J’s curvature,", "the third and higher derivatives"
}

// text writes a polynomial of one variable in powers of d = θ − θ₀.
func (t *Taylor) text() string {
	var b strings.Builder
	b.WriteString(say(t.Value))
	term := func(v float64, power string) {
		sign := " + "
		if v < 0 {
			sign = " − "
		}
		if v != 0 {
			b.WriteString(sign + say(math.Abs(v)) + "·" + power)
		}
	}
	term(t.Gradient[0], "d")
	if t.Hessian != nil {
		term(t.Hessian[0]/2, "d²")
	}
	return b.String()
}

// sentences say how good the polynomial is on its patch.
func (t *Taylor) sentences() []string {
	is, leavesOut := t.words()
	if len(t.Theta) == 1 {
		is += fmt.Sprintf(", with d the distance from %s,", say(t.Theta[0]))
	}
	r := t.Remainder
	if r == nil {
		return []string{"On the patch J has no value to compare " + t.Name() + " with."}
	}
	var list []string
	if r.Size() <= 1e-10*(1+math.Abs(r.Value)) {
		list = append(list, fmt.Sprintf("On the patch, %s is J itself: nothing is left out.", is))
	} else {
		list = append(list, fmt.Sprintf("On the patch, %s is off by at most %s, at %s: it says %s, J is %s. What it leaves out is %s.",
			is, say(r.Size()), sayPoint(r.Theta), say(r.Approximate), say(r.Value), leavesOut))
	}
	if r.Undefined {
		list = append(list, "J is not defined everywhere on the patch.")
	}
	return list
}

// taylorJSON is a polynomial in the public JSON: T(θ) = constant + gradient·d +
// ½·dᵀ·hessian·d with d = θ − at.
type taylorJSON struct {
	Degree    int            `json:"degree"`
	At        []Float        `json:"at"`
	Constant  Float          `json:"constant"`
	Gradient  []Float        `json:"gradient"`
	Hessian   [][]Float      `json:"hessian,omitempty"`
	Patch     []Float        `json:"patch"` // xmin, xmax and, of two variables, ymin, ymax
	Remainder *remainderJSON `json:"largest_remainder"`
}

type remainderJSON struct {
	At          []Float `json:"at"`
	Value       Float   `json:"value"`
	Approximate Float   `json:"taylor"`
}

func (t *Taylor) json() *taylorJSON {
	if t == nil {
		return nil
	}
	n := len(t.Theta)
	j := &taylorJSON{Degree: t.Degree, At: floats(t.Theta), Constant: Float(t.Value), Gradient: floats(t.Gradient)}
	j.Patch = floats([]float64{t.Patch.XMin, t.Patch.XMax, t.Patch.YMin, t.Patch.YMax}[:2*n])
	for i := 0; i < len(t.Hessian); i += n {
		j.Hessian = append(j.Hessian, floats(t.Hessian[i:i+n]))
	}
	if r := t.Remainder; r != nil {
		j.Remainder = &remainderJSON{floats(r.Theta), Float(r.Value), Float(r.Approximate)}
	}
	return j
}
