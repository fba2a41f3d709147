package derive

import (
	"context"
	"slices"
	"strings"
)

// MaxLines is how many lines a derivation may have, besides empty ones.
const MaxLines = 100

// A LineVerdict says how a line of a derivation does.
type LineVerdict string

// The verdicts on a line.
const (
	Start               LineVerdict = "start"
	Follows             LineVerdict = "follows"
	FollowsWhereDefined LineVerdict = "follows where defined"
	Breaks              LineVerdict = "breaks"
	LineUndecided       LineVerdict = "undecided"
	NotUnderstood       LineVerdict = "not understood"
)

// A Line is what is said of a line of a derivation.
type Line struct {
	N              int      // its number in the text, from 1
	Text           string   // as typed
	Formula        *Formula // as understood; nil: not
	Verdict        LineVerdict
	Note           string // in words; may be empty
	Diagnosis      string // the id of a mistake, see [Mistakes]; may be empty
	Also           []string
	Counterexample *Counterexample
	Position       int    // of what was not understood, in characters from the start of the line; −1: none
	Mark           [2]int // the smallest part of the line that changed wrongly, in characters; both zero: none
}

// A Report is what is said of a derivation.
type Report struct {
	Lines      []Line
	FirstBreak int      // number of the first line that breaks or is not understood; 0: none
	Reached    bool     // the last line is the goal in its form, whatever stands before it
	Complete   bool     // every line follows, and the goal is reached
	Missing    []string // milestones that do not occur
}

// A checker walks along a derivation.
type checker struct {
	*comparer
	task      *Task
	made      *made
	at        int   // the section that is being derived
	last      *node // what was derived last; nil: nothing yet
	diagnosed int
	begun     bool // a line was read, if not understood
}

// Check judges a derivation. The error is an [*InputError] for a text beyond the limits, or
// [context.Canceled]; past the deadline of ctx, steps are undecided.
func Check(ctx context.Context, task *Task, text string) (*Report, error) {
	lines, err := split(text)
	if err != nil {
		return nil, err
	}
	c := checker{comparer: newComparer(ctx, task.read()), task: task, made: task.made()}
	report := &Report{}
	for i, line := range lines {
		if strings.TrimSpace(line) == "" {
			continue
		}
		if err := ctx.Err(); err == context.Canceled {
			return nil, err
		}
		report.Lines = append(report.Lines, c.line(i+1, line))
	}
	c.sum(report)
	return report, nil
}

// line judges a line and goes on from it.
func (c *checker) line(n int, text string) Line {
	line := Line{N: n, Text: text, Position: -1}
	f, err := parse(text, c.space)
	if err != nil {
		line.Verdict, line.Note, line.Position, line.Diagnosis = NotUnderstood, err.Message, err.Position, err.Mistake
		c.begun = true
		return line
	}
	line.Formula = f
	if c.last == nil && c.begun && c.section(f.sides[0]) < 0 {
		c.last = c.made.sections[0].start // the first line was not understood: that is one break, and enough
	}
	for i, side := range f.sides {
		switch {
		case i == 0 && (c.last == nil || c.restarts(side)):
			c.start(&line, side)
		case i == 0 && len(f.sides) > 1 && c.section(side) == c.at && !c.isLast(side):
			// The task again on the left, after a break: what stands on the right follows from the student's own line, or is right.
			if next := f.sides[1]; !c.equal(c.last, next) && c.equal(side, next) {
				c.last = side
			}
			line.Verdict = Follows
			continue
		default:
			c.step(&line, c.last, side)
		}
		c.last = side
	}
	return line
}

func (c *checker) equal(a, b *node) bool {
	v := c.compare(a, b).verdict
	return v == Same || v == SameWhereDefined
}

// isLast reports whether a side is equal to what was derived last.
func (c *checker) isLast(side *node) bool { return c.equal(c.last, side) }

// start judges the first line, which must be the task.
func (c *checker) start(line *Line, side *node) {
	if at := c.section(side); at >= 0 {
		c.at = at
		line.Verdict = Start
		return
	}
	line.Verdict = Breaks
	line.Note = "the first line is the task itself: " + c.task.Statement
	if d := bareDerivative(side); d != nil {
		line.Note = join(line.Note, "here the derivative reaches over "+d.b.String()+" only: put brackets around what is differentiated")
		return
	}
	for at, section := range c.made.sections {
		if side.op != opD || section.start.op != opD || keyOf(side.a) != keyOf(section.start.a) {
			continue
		}
		c.at = at
		r := c.compare(section.start, side)
		line.Counterexample = r.counter
		if r.verdict == Different {
			c.explain(line, section.start, side, &r)
			line.Note = join("the first line is not the task, "+c.task.Statement, line.Note)
		}
		return
	}
	for _, section := range c.made.sections {
		if section.start.op == opD && c.compare(section.start.b, side).verdict == Same {
			line.Note = join(line.Note, "write "+operator(section.start.a)+" in front")
			return
		}
	}
	if r := c.compare(c.made.sections[0].start, side); r.verdict == Same || r.verdict == SameWhereDefined {
		line.Note = "this is right, but the first line must be the task itself: " + c.task.Statement
	} else {
		line.Counterexample = r.counter
	}
}

// bareDerivative is a derivative of numbers alone, which nobody means, or nil.
func bareDerivative(n *node) (found *node) {
	n.walk(func(c *node) bool {
		if c.op == opD && !c.b.contains(func(d *node) bool { return d.a == nil && d.op != opNumber && d.op != opConstant }) {
			found = c
		}
		return found == nil
	})
	return found
}

// operator is the sign for the derivative by wrt.
func operator(wrt *node) string {
	switch {
	case wrt.op == opThetaAt && wrt.i.name == "j":
		return "∂/∂θⱼ"
	case wrt.op == opScalar && greekLetter[wrt.text] != "":
		return "∂/∂" + greekLetter[wrt.text]
	case wrt.op == opScalar:
		return "d/d" + wrt.text
	}
	return "D(" + wrt.String() + ", …)"
}

// section is the part of the task that a line starts, or −1.
func (c *checker) section(side *node) int {
	for at, s := range c.made.sections {
		if s.start.op != opD {
			if keyOf(c.space.lowered(side)) == keyOf(s.start) {
				return at
			}
			continue
		}
		if side.op == opCall && side.fn == fnSigmaPrime && side.a.op == opScalar && s.start.a.op == opScalar && !c.task.indexed {
			return at
		}
		if side.op == opD && keyOf(side.a) == keyOf(s.start.a) && !side.b.contains(func(n *node) bool { return n.op == opD }) {
			if c.compare(s.start.b, side.b).verdict == Same {
				return at
			}
		}
	}
	return -1
}

// restarts reports whether a line starts another part of the task.
func (c *checker) restarts(side *node) bool {
	if len(c.made.sections) < 2 || side.op != opD {
		return false
	}
	at := c.section(side)
	return at >= 0 && at != c.at
}

// step judges what follows from another, in the worst light that was seen on this line.
func (c *checker) step(line *Line, from, to *node) {
	r := c.compare(from, to)
	verdict := map[Verdict]LineVerdict{Same: Follows, SameWhereDefined: FollowsWhereDefined, Different: Breaks, Undecided: LineUndecided}[r.verdict]
	if rank(verdict) < rank(line.Verdict) {
		return
	}
	if (verdict == Follows || verdict == FollowsWhereDefined && line.Verdict == Start) && line.Verdict != "" {
		line.Note = join(line.Note, r.note)
		return
	}
	if rank(verdict) == rank(line.Verdict) {
		if line.Verdict != Breaks {
			line.Note = join(line.Note, r.note)
		}
		return
	}
	line.Verdict, line.Note, line.Counterexample = verdict, r.note, r.counter
	if verdict == Breaks {
		c.explain(line, from, to, &r)
	}
}

func rank(v LineVerdict) int {
	return slices.Index([]LineVerdict{"", Follows, Start, FollowsWhereDefined, LineUndecided, Breaks}, v)
}

// sum sums up a derivation.
func (c *checker) sum(report *Report) {
	follows := len(report.Lines) > 0
	for i := range report.Lines {
		switch line := &report.Lines[i]; line.Verdict {
		case Breaks, NotUnderstood:
			if report.FirstBreak == 0 {
				report.FirstBreak = line.N
			}
			follows = false
		case LineUndecided:
			follows = false
		}
	}
	report.Reached = c.reached()
	report.Complete = follows && report.Reached
	met := func(met func(*node) bool) bool {
		return slices.ContainsFunc(report.Lines, func(l Line) bool {
			return l.Formula != nil && slices.ContainsFunc(l.Formula.sides, met)
		})
	}
	report.Missing = []string{}
	for _, s := range c.task.steps {
		if !met(s.met) {
			report.Missing = append(report.Missing, s.name)
		}
	}
	if len(c.made.sections) > 1 {
		for at, s := range c.made.sections {
			if !met(func(n *node) bool { return n.op == opD && c.section(n) == at }) {
				report.Missing = append(report.Missing, s.name)
			}
		}
	}
}

// reached reports whether what was derived last is the goal in its form: without derivatives, where the goal has σ with σ.
func (c *checker) reached() bool {
	if c.last == nil || c.last.contains(func(n *node) bool { return n.op == opD || n.op == opCall && n.fn == fnSigmaPrime }) {
		return false
	}
	s := c.made.sections[c.at]
	if s.start.op != opD && (!c.last.contains(isSigma) || c.last.contains(func(n *node) bool { return n.op == opDiv })) {
		return false
	}
	r := c.compare(s.goal, c.last)
	return r.verdict == Same || r.verdict == SameWhereDefined
}
