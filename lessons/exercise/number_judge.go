package exercise

import (
	"math"
	"strconv"
)

// A tolerance says how far from the right number an answer may be.
type tolerance struct {
	absolute float64 // so far
	relative float64 // and this share of the right number
	digits   int     // not 0: half a unit of its nth significant digit instead
}

// rounding allows for the last bits of the arithmetic on either side, as a share of the right number.
const rounding = 1e-9

// readTolerance reads {absolute: t}, {relative: t} or {digits: n}; left out, an answer may be off by 1e-6 of the right number.
func readTolerance(r *Reader) tolerance {
	if !r.Has("tolerance") {
		return tolerance{absolute: 1e-12, relative: 1e-6}
	}
	s := r.Sub("tolerance")
	t := tolerance{absolute: s.Number("absolute", 0, 1e9, 0), relative: s.Number("relative", 0, 0.5, 0)}
	if s.Has("digits") {
		t.digits = s.Whole("digits", 1, 12, 3)
	}
	if len(s.Keys()) != 1 {
		r.Problem("tolerance", "is one of {absolute: 0.01}, {relative: 0.01} and {digits: 3}")
	}
	s.Close()
	return t
}

// around is how far from a number an answer may be.
func (t tolerance) around(want float64) float64 {
	size := math.Abs(want)
	if t.digits > 0 && size > 0 {
		return 0.5 * math.Pow(10, math.Floor(math.Log10(size))+1-float64(t.digits))
	}
	return t.absolute + t.relative*size
}

// near says whether a number is within the tolerance of another one.
func (t tolerance) near(given, want float64) bool { return t.within(given, want, 1) }

// within is near with so many times the tolerance.
func (t tolerance) within(given, want, factor float64) bool {
	return math.Abs(given-want) <= factor*t.around(want)+rounding*math.Abs(want)
}

// A remark is what is wrong with one number in general.
type remark struct {
	diagnosis string // "": nothing
	part      *NumberPart
	text      string // plain
}

// judge compares a number with the right one and says what can be said if it is another one. A remark is made
// only where it is true and where it leads on.
func (p *NumberPart) judge(given quantity, want float64) remark {
	near := p.tolerance.near
	unit := "the unit " + p.Unit
	switch g := given.value; {
	case near(g, want) && given.unit == unitRight:
		return remark{}
	case near(g, want) && given.unit == unitMissing:
		return remark{diagnosis: "unit-missing", text: "The number is right, but " + unit + " is missing."}
	case near(g, want):
		return remark{diagnosis: "unit-wrong", text: "The number is right, but its unit is not: it is asked for in " + p.Unit + "."}
	case want != 0 && near(-g, want):
		return remark{diagnosis: "sign", text: "The size is right, the sign is not."}
	case p.tolerance.within(g, want, 10) && (want == 0 || math.Abs(g-want) < 0.1*math.Abs(want)):
		return remark{diagnosis: "rounded", text: "That is close, but not close enough. If you rounded on the way, keep more digits until the last step."}
	default:
		if power := p.powerOfTen(g, want); power != 0 {
			return remark{diagnosis: "power-of-ten", text: "The digits are right, but the decimal point is not: you are off by a factor of " + tenTo(power) + "." + separators(power)}
		}
		return remark{diagnosis: "different"}
	}
}

// powerOfTen is the k ≠ 0, at most 6 in size, for which the number is 10^k times the right one; 0 if there is none.
func (p *NumberPart) powerOfTen(given, want float64) int {
	if given == 0 || want == 0 || math.Signbit(given) != math.Signbit(want) {
		return 0
	}
	k := int(math.Round(math.Log10(given / want)))
	moved := given / math.Pow(10, float64(k))
	if k < -6 || k > 6 || !p.tolerance.near(moved, want) || math.Abs(moved-want) > 0.01*math.Abs(want) {
		return 0
	}
	return k
}

// separators says how thousands are written, where an answer is as much too small as if a sign between them had been
// read as the decimal one.
func separators(power int) string {
	if power >= 0 || power%3 != 0 {
		return ""
	}
	return " Write thousands without a comma or a point: both are read as the decimal sign."
}

func tenTo(k int) string {
	if k < 0 {
		return "1/" + tenTo(-k)
	}
	return strconv.Itoa(int(math.Pow(10, float64(k))))
}

// say makes one verdict of the remarks on the wrong numbers.
func (t *NumberTask) say(v *Variant, remarks []remark) Verdict {
	verdict := Verdict{Outcome: Wrong}
	if len(remarks) == 1 || sameDiagnosis(remarks) {
		verdict.Diagnosis = remarks[0].diagnosis
	}
	if verdict.Diagnosis == "different" {
		verdict.Diagnosis = ""
	}
	for _, r := range remarks {
		if len(t.Parts) == 1 {
			if r.text != "" {
				verdict.Feedback = append(verdict.Feedback, Escape(r.text))
			}
			continue
		}
		text := r.text
		if text == "" {
			text = "This number is not right."
		}
		verdict.Feedback = append(verdict.Feedback, "<p>"+r.part.Label.Inline(v.Values)+": "+escape(text)+"</p>\n")
	}
	return verdict
}

func sameDiagnosis(remarks []remark) bool {
	for _, r := range remarks {
		if r.diagnosis != remarks[0].diagnosis {
			return false
		}
	}
	return true
}
