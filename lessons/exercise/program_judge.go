package exercise

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"descent/optim"
)

// How far what two programs compute may be apart: this share of the step's (or the gradient's) length, and this of what
// it is computed from. Another order of the operations changes the last of 16 digits, and where ε stands in Adam's
// quotient the eighth; what a student can get wrong changes more than the sixth.
const (
	programTolerance = 1e-6
	programRounding  = 1e-12
)

// near says whether two results at a step are the same. Neither need be finite.
func (b *programBench) near(got, want, from []float64) bool {
	length := optim.Distance(want, from)
	if b.task.Asks == AsksGradient {
		length = optim.Norm(want)
	}
	most := programTolerance*length + programRounding*(optim.Norm(from)+optim.Norm(want))
	for i := range want {
		d := math.Abs(got[i] - want[i])
		if got[i] != want[i] && !(d <= most) && !(got[i] != got[i] && want[i] != want[i]) {
			return false
		}
	}
	return true
}

// want is what the right program computes at step k of a case.
func (b *programBench) want(run *optim.Run, k int) []float64 {
	if b.task.Asks == AsksGradient {
		return run.Gradient(k)
	}
	return run.Theta(k + 1)
}

// alike says whether two programs compute the same at every step of every case.
func (b *programBench) alike(one, other *programTrial) bool {
	for c, run := range b.cases {
		for k, got := range one.outputs[c] {
			if !b.near(got, other.outputs[c][k], run.Theta(k)) {
				return false
			}
		}
	}
	return true
}

// A programDifference is the first step at which a program computes something else.
type programDifference struct {
	diagnosis string
	words     string // where, and what each computes
	remark    string // what the two have to do with each other; may be ""
}

// difference looks for it: at the start that is shown, then at the hidden ones. It is nil where there is none.
func (b *programBench) difference(trial *programTrial) *programDifference {
	for c, run := range b.cases {
		for k, got := range trial.outputs[c] {
			if want := b.want(run, k); !b.near(got, want, run.Theta(k)) {
				return b.describe(run, k, got, want, c > 0)
			}
		}
	}
	return nil
}

// describe says where a program differs, and how.
func (b *programBench) describe(run *optim.Run, k int, got, want []float64, hidden bool) *programDifference {
	d := &programDifference{}
	var s strings.Builder
	if hidden {
		fmt.Fprintf(&s, "From the start that is shown all is right, but not everywhere. ")
	}
	if b.task.Asks == AsksGradient {
		b.describeGradient(&s, d, run.Theta(k), got, want)
	} else {
		b.describeStep(&s, d, run, k, got, want, hidden)
	}
	d.words = s.String()
	return d
}

func (b *programBench) describeStep(s *strings.Builder, d *programDifference, run *optim.Run, k int, got, want []float64, hidden bool) {
	from := run.Theta(k)
	fmt.Fprintf(s, "From %s with η = %s, step %d (t = %d)", sayVector(run.Theta(0), 4), sayDigits(run.Etas[k], 4), k+1, k)
	if k > 0 {
		fmt.Fprintf(s, " at θ = %s", sayVector(from, 4))
	}
	s.WriteString(": ")
	if !allFinite(got) {
		d.diagnosis = "not-finite"
		fmt.Fprintf(s, "your step gave %s, which is no point. Look for what grows without bound there, for a logarithm or a root of a negative number.", sayVector(got, 4))
		return
	}
	digits := apart(got, want)
	fmt.Fprintf(s, "yours goes to %s, %s goes to %s.", sayVector(got, digits), b.task.Method.Label(), sayVector(want, digits))
	switch {
	case k == 0 && hidden:
		s.WriteString(" Is a number of the question written into your program?")
	case k > 0:
		agree := "The step before agrees"
		if k > 1 {
			agree = fmt.Sprintf("The %d steps before agree", k)
		}
		if fmt.Fprintf(s, " %s", agree); len(b.rule.Memory(len(from))) > 0 {
			s.WriteString(": look at what is kept from step to step")
		}
		s.WriteString(".")
	}
	d.compare(minus(got, from), minus(want, from), "step", "uphill: the method goes down, against the gradient")
}

func (b *programBench) describeGradient(s *strings.Builder, d *programDifference, at, got, want []float64) {
	if !allFinite(got) {
		d.diagnosis = "not-finite"
		fmt.Fprintf(s, "At θ = %s your gradient is %s. Look for a logarithm or a root of a negative number, or an exponential that becomes too large.", sayVector(at, 4), sayVector(got, 4))
		return
	}
	digits := apart(got, want)
	fmt.Fprintf(s, "At θ = %s yours is %s, the gradient is %s.", sayVector(at, 4), sayVector(got, digits), sayVector(want, digits))
	d.compare(got, want, "gradient", "its opposite: look at the sign")
	if d.diagnosis != "" || len(got) != 2 {
		return
	}
	for i, j := range []int{1, 0} {
		if math.Abs(got[i]-want[i]) <= programTolerance*math.Abs(want[i]) {
			d.remark = fmt.Sprintf("Entry %d agrees, entry %d does not.", i, j)
		}
	}
}

// compare says what two vectors of one direction have to do with each other.
func (d *programDifference) compare(got, want []float64, what, opposite string) {
	length := optim.Norm(want)
	if length == 0 {
		return
	}
	inner := 0.0
	for i := range got {
		inner += got[i] * want[i]
	}
	factor := inner / length / length
	rest := 0.0
	for i := range got {
		rest = math.Hypot(rest, got[i]-factor*want[i])
	}
	switch {
	case optim.Norm(got) <= programTolerance*length:
		d.diagnosis = "still"
		d.remark = fmt.Sprintf("Yours is no %s at all, but zero.", what)
	case rest > 1e-6*optim.Norm(got):
	case math.Abs(factor+1) < 1e-6:
		d.diagnosis = "opposite"
		d.remark = fmt.Sprintf("Yours is %s.", opposite)
	case factor > 0 && len(got) > 1:
		d.diagnosis = "length"
		d.remark = fmt.Sprintf("The direction is right; your %s is %s times as long.", what, sayDigits(factor, 3))
	}
}

func minus(a, b []float64) []float64 {
	out := make([]float64, len(a))
	for i := range a {
		out[i] = a[i] - b[i]
	}
	return out
}

func allFinite(v []float64) bool {
	for _, x := range v {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return false
		}
	}
	return true
}

// apart is how many digits show that two vectors differ, at least 4.
func apart(a, b []float64) int {
	for digits := 4; digits < 16; digits++ {
		if sayVector(a, digits) != sayVector(b, digits) {
			return digits
		}
	}
	return 16
}

func sayVector(v []float64, digits int) string {
	var parts []string
	for _, x := range v {
		parts = append(parts, sayDigits(x, digits))
	}
	if len(parts) == 1 {
		return parts[0]
	}
	return "(" + strings.Join(parts, ", ") + ")"
}

func sayDigits(x float64, digits int) string {
	switch {
	case math.IsNaN(x):
		return "NaN"
	case math.IsInf(x, 1):
		return "∞"
	case math.IsInf(x, -1):
		return "−∞"
	}
	return strings.ReplaceAll(strconv.FormatFloat(x, 'g', digits, 64), "-", "−")
}

// A ProgramRace is a student's run beside the built-in one, from the start that is shown.
type ProgramRace struct {
	Function *optim.Function
	Window   optim.Window
	Yours    *optim.Run
	Theirs   *optim.Run
	Name     string        // of theirs, in a sentence: "momentum", "the gradient"
	Label    string        // in a picture
	Theory   *optim.Theory // of theirs
}

func (b *programBench) race(trial *programTrial) *ProgramRace {
	r := &ProgramRace{Function: b.function, Window: b.window, Yours: trial.yours, Theirs: b.theirs, Name: b.task.Method.Label(), Label: b.task.Method.Label()}
	r.Theory = optim.TheoryOf(b.function, b.task.Method, b.hyper, b.theirs, b.window)
	if b.task.Asks == AsksGradient {
		r.Name, r.Label = b.task.Method.Label()+" with the gradient", "with ∇J"
	}
	return r
}
