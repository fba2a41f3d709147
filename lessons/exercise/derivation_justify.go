package exercise

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"descent/optim/derive"
	"descent/optim/param"
)

// A JustifyTask shows a derivation and asks for some of its steps which fact justifies it.
type JustifyTask struct {
	Goal  *derive.Task
	Lines []JustifiedLine
}

// A JustifiedLine is a line of a right derivation.
type JustifiedLine struct {
	N        int // from 1
	Text     string
	Formula  *derive.Formula
	facts    []int         // that justify the step to it, any of them; nil: it is not asked for
	feedback map[int]*Text // by the wrong fact that was chosen
}

// A Justification is the detail of a verdict: which of the steps that were asked for are right, by the line's number.
type Justification map[int]bool

// Asked says whether the step to the line is asked for.
func (l *JustifiedLine) Asked() bool { return l.facts != nil }

// Field is the name of the line's field.
func (l *JustifiedLine) Field() string { return "fact-" + strconv.Itoa(l.N) }

func readJustify(r *Reader, task *derive.Task) Task {
	t := &JustifyTask{Goal: task}
	var texts []string
	asked := 0
	for i, item := range r.Each("lines") {
		item.Need("line")
		l := JustifiedLine{N: i + 1, Text: strings.TrimSpace(item.Text("line")), feedback: map[int]*Text{}}
		l.facts = item.facts("fact")
		sub := item.Sub("feedback")
		for _, key := range sub.Keys() {
			fact, err := strconv.Atoi(key)
			if err != nil || fact < NoFact || fact > len(Facts) || slices.Contains(l.facts, fact) || l.facts == nil {
				sub.Problem(key, "must be the number of a fact that is wrong here, or %d for none of them", NoFact)
				continue
			}
			l.feedback[fact] = sub.Markdown(key)
		}
		item.Close()
		f, err := task.Read(l.Text)
		if err != nil {
			item.Problem("line", "%v", err)
			return nil
		}
		if l.Formula = f; l.Asked() {
			asked++
		}
		t.Lines = append(t.Lines, l)
		texts = append(texts, l.Text)
	}
	switch {
	case asked == 0 || len(t.Lines) > 0 && t.Lines[0].Asked():
		r.Problem("lines", "at least one line besides the first must have a fact, and the first none: no step leads to it")
	default:
		if err := follows(task, texts, 0); err != nil {
			r.Problem("lines", "%v", err)
		}
	}
	return t
}

// facts reads a list of numbers of facts; nil where the key is absent.
func (r *Reader) facts(key string) []int {
	if !r.Has(key) {
		return nil
	}
	var list []int
	for _, word := range r.Words(key) {
		n, err := strconv.Atoi(word)
		if err != nil || n < NoFact || n > len(Facts) {
			r.Problem(key, "must be numbers from 1 to %d, or %d for none, not %q", len(Facts), NoFact, word)
			continue
		}
		list = append(list, n)
	}
	return list
}

// Model has for each step the first fact that is accepted.
func (t *JustifyTask) Model(*Variant) url.Values {
	form := url.Values{}
	for i := range t.Lines {
		if l := &t.Lines[i]; l.Asked() {
			form.Set(l.Field(), strconv.Itoa(l.facts[0]))
		}
	}
	return form
}

// Mistakes are the wrong choices that have feedback of their own.
func (t *JustifyTask) Mistakes(v *Variant) []Mistake {
	var list []Mistake
	for i := range t.Lines {
		l := &t.Lines[i]
		for _, fact := range sortedFacts(l.feedback) {
			form := t.Model(v)
			form.Set(l.Field(), strconv.Itoa(fact))
			list = append(list, Mistake{l.diagnosis(fact), form})
		}
	}
	return list
}

func sortedFacts(m map[int]*Text) []int {
	var list []int
	for fact := NoFact; fact <= len(Facts); fact++ {
		if m[fact] != nil {
			list = append(list, fact)
		}
	}
	return list
}

func (l *JustifiedLine) diagnosis(fact int) string {
	return lineID(l.N) + "-fact-" + strconv.Itoa(fact)
}

// Check compares the chosen facts. Every wrong choice gets its words; the diagnosis is the first one's.
func (t *JustifyTask) Check(_ context.Context, v *Variant, form url.Values) (Verdict, error) {
	verdict := Verdict{Outcome: Right}
	steps := Justification{}
	for i := range t.Lines {
		l := &t.Lines[i]
		if !l.Asked() {
			continue
		}
		fact, err := strconv.Atoi(form.Get(l.Field()))
		if err != nil || fact < NoFact || fact > len(Facts) {
			verdict.Errors = append(verdict.Errors, param.FieldError{Field: l.Field(), Message: "choose a fact for the step to line " + strconv.Itoa(l.N), Position: -1})
			continue
		}
		if steps[l.N] = slices.Contains(l.facts, fact); steps[l.N] {
			continue
		}
		if verdict.Outcome = Wrong; verdict.Diagnosis == "" {
			verdict.Diagnosis = l.diagnosis(fact)
		}
		verdict.Feedback = append(verdict.Feedback, l.say(v, fact))
	}
	if len(verdict.Errors) > 0 {
		return Verdict{Errors: verdict.Errors}, nil
	}
	verdict.Detail = steps
	return verdict, nil
}

// say is what is wrong with a fact for the step to a line.
func (l *JustifiedLine) say(v *Variant, fact int) string {
	if own := l.feedback[fact]; own != nil {
		return own.HTML(v.Values)
	}
	step := "The step to line " + strconv.Itoa(l.N)
	if fact == NoFact {
		return Escape(step + " does more than rearrange: compare it with the line before. What is differentiated there that is not any more?")
	}
	return Escape(step + ": fact " + strconv.Itoa(fact) + " is used where " + Facts[fact-1].Use + ". That is not what happens here.")
}
