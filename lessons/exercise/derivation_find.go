package exercise

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"descent/optim/derive"
	"descent/optim/param"
)

// A FindTask shows a derivation with one wrong step and asks for the line. Each variant is another derivation.
type FindTask struct {
	Goal        *derive.Task
	Derivations []WrongDerivation
}

// A WrongDerivation has exactly one line that does not follow from the one before.
type WrongDerivation struct {
	Lines    []string
	Formulas []*derive.Formula // of Lines
	wrong    int               // number of the wrong line, from 1
	right    string            // what that line could be
	solution *Text
	feedback map[int]*Text // by the number of another line that was chosen
}

// Fields of the answer.
const (
	WrongLineField  = "line"
	CorrectionField = "correction"
)

const badCorrection = "correction" // diagnosis: the line was found, and its correction is wrong for no known reason

func readFind(r *Reader, task *derive.Task) Task {
	t := &FindTask{Goal: task}
	for _, item := range r.Each("derivations") {
		if d := readWrongDerivation(item, task); d != nil {
			t.Derivations = append(t.Derivations, *d)
		}
		item.Close()
	}
	if len(t.Derivations) == 0 {
		r.Problem("derivations", "there must be at least one")
	}
	for _, key := range []string{"vary", "variants"} {
		if r.Has(key) {
			r.Problem(key, "the derivations are the variants")
		}
	}
	return t
}

func readWrongDerivation(r *Reader, task *derive.Task) *WrongDerivation {
	r.Need("lines", "wrong", "right", "solution")
	d := &WrongDerivation{Lines: linesOf(r.Text("lines")), right: strings.TrimSpace(r.Text("right")), solution: r.Markdown("solution"), feedback: map[int]*Text{}}
	d.wrong = r.Whole("wrong", 2, derive.MaxLines, 2)
	mistake := r.Text("mistake")
	if r.in.failed {
		return nil
	}
	for _, line := range d.Lines {
		f, err := task.Read(line)
		if err != nil {
			r.Problem("lines", "%s: %v", line, err)
			return nil
		}
		d.Formulas = append(d.Formulas, f)
	}
	if d.wrong > len(d.Lines) {
		r.Problem("wrong", "there are only %d lines", len(d.Lines))
		return nil
	}
	if err := follows(task, d.Lines, d.wrong); err != nil {
		r.Problem("lines", "%v", err)
		return nil
	}
	if err := follows(task, append(d.Lines[:d.wrong-1:d.wrong-1], d.right), 0); err != nil {
		r.Problem("right", "%v", err)
	}
	if found := d.mistake(task); r.Has("mistake") && mistake != found {
		r.Problem("mistake", "the wrong line is diagnosed as %q, not %q", found, mistake)
	}
	sub := r.Sub("feedback")
	for _, key := range sub.Keys() {
		n, err := strconv.Atoi(key)
		if err != nil || n < 1 || n > len(d.Lines) || n == d.wrong {
			sub.Problem(key, "must be the number of a line that is not the wrong one")
			continue
		}
		d.feedback[n] = sub.Markdown(key)
	}
	return d
}

// mistake is the diagnosis of the wrong line.
func (d *WrongDerivation) mistake(task *derive.Task) string {
	r, err := derive.Check(context.Background(), task, strings.Join(d.Lines, "\n"))
	if err != nil {
		return ""
	}
	return r.Lines[d.wrong-1].Diagnosis
}

// Derivation is the one of a variant.
func (t *FindTask) Derivation(v *Variant) *WrongDerivation {
	return &t.Derivations[v.Number%len(t.Derivations)]
}

// cases and solution make each derivation a variant, with a solution of its own.
func (t *FindTask) cases() int           { return len(t.Derivations) }
func (t *FindTask) solution(n int) *Text { return t.Derivations[n%len(t.Derivations)].solution }

// Model is the wrong line with a correction.
func (t *FindTask) Model(v *Variant) url.Values {
	d := t.Derivation(v)
	return url.Values{WrongLineField: {strconv.Itoa(d.wrong)}, CorrectionField: {d.right}}
}

// Mistakes are the other lines that have feedback of their own.
func (t *FindTask) Mistakes(v *Variant) []Mistake {
	d := t.Derivation(v)
	var list []Mistake
	for n := range len(d.Lines) + 1 {
		if d.feedback[n] != nil {
			list = append(list, Mistake{lineID(n), url.Values{WrongLineField: {strconv.Itoa(n)}}})
		}
	}
	return list
}

// Check compares the chosen line and, if one is written, checks the correction against the line before. Then the detail
// is the *[derive.Report] of the lines so far with the correction.
func (t *FindTask) Check(ctx context.Context, v *Variant, form url.Values) (Verdict, error) {
	d := t.Derivation(v)
	n, err := strconv.Atoi(form.Get(WrongLineField))
	if err != nil || n < 1 || n > len(d.Lines) {
		return Verdict{Errors: param.Errorf(WrongLineField, "choose the line that does not follow from the one before")}, nil
	}
	if n != d.wrong {
		return Verdict{Outcome: Wrong, Diagnosis: lineID(n), Feedback: []string{d.say(v, n)}}, nil
	}
	correction := strings.TrimSpace(form.Get(CorrectionField))
	if correction == "" {
		return Verdict{Outcome: Right}, nil
	}
	if strings.ContainsAny(correction, "\r\n") {
		return Verdict{Errors: param.Errorf(CorrectionField, "write one line")}, nil
	}
	r, refused, err := report(ctx, t.Goal, CorrectionField, strings.Join(append(d.Lines[:n-1:n-1], correction), "\n"))
	if err != nil || refused != nil {
		return Verdict{Errors: refused}, err
	}
	return d.judge(r.Lines[len(r.Lines)-1], r), nil
}

// judge says whether a correction follows from the line before.
func (d *WrongDerivation) judge(l derive.Line, r *derive.Report) Verdict {
	n := strconv.Itoa(d.wrong)
	switch l.Verdict {
	case derive.NotUnderstood:
		return Verdict{Errors: param.Errors{{Field: CorrectionField, Message: l.Note, Position: l.Position}}}
	case derive.Breaks:
		id := l.Diagnosis
		if id == "" {
			id = badCorrection
		}
		return Verdict{Outcome: Wrong, Diagnosis: id, Detail: r, Feedback: []string{Escape("Line " + n + " is the wrong one, yes. But what you write in its place does not follow from the line before either.")}}
	case derive.LineUndecided:
		return Verdict{Outcome: Undecided, Detail: r, Feedback: []string{Escape("Line " + n + " is the wrong one, yes. Whether your correction follows, the program cannot decide.")}}
	}
	return Verdict{Outcome: Right, Detail: r}
}

// say is what is said of a line that is not the wrong one.
func (d *WrongDerivation) say(v *Variant, n int) string {
	if own := d.feedback[n]; own != nil {
		return own.HTML(v.Values)
	}
	line := "Line " + strconv.Itoa(n)
	switch {
	case n == 1:
		return Escape(line + " is the task itself: no step leads to it.")
	case n > d.wrong:
		return Escape(line + " follows from the line above it, as that stands there. It is not the goal, because something went wrong before: look further up.")
	}
	return Escape(line + " follows from the line above it. Everything up to here is right: look further down.")
}
