package exercise

import (
	"context"
	"net/url"
	"slices"

	"descent/optim/param"
)

var numberKind = &Kind{
	ID:    "number",
	Title: "Number",
	Keys:  []string{"answer", "tolerance", "unit", "ask_unit", "label", "parts"},
	Read:  readNumber,
}

// A NumberTask asks for one number or for several, each in a field of its own.
type NumberTask struct {
	Parts    []NumberPart // at least one; the only one is named [NumberField] if the block has no parts
	mistakes []numberMistake
}

// A NumberPart is one number that is asked for.
type NumberPart struct {
	Name      string // of its field
	Label     *Text  // nil: the field needs none but “Your answer”
	Unit      string // "": a plain number
	AskUnit   bool   // the unit is to be typed; else it stands after the field, and may be typed as well
	answer    *Formula
	tolerance tolerance
}

// A numberMistake is a wrong answer that the author expects; parts that it does not name may be anything.
type numberMistake struct {
	id       string
	answers  map[string]*Formula
	feedback *Text
}

// NumberField is the form's field of the only number.
const NumberField = "answer"

const maxParts = 6

// reservedFields are those of every exercise's form.
var reservedFields = []string{"action", "variant", "key"}

func readNumber(r *Reader) Task {
	t := &NumberTask{}
	if !r.Has("parts") {
		r.Need("answer")
		t.Parts = []NumberPart{readPart(r, NumberField)}
	} else {
		for _, key := range []string{"answer", "tolerance", "unit", "ask_unit", "label"} {
			if r.Has(key) {
				r.Problem(key, "stands in each of the parts")
			}
		}
		for _, p := range r.Each("parts") {
			p.Need("name", "answer", "label")
			name := p.Text("name")
			switch {
			case !valueName.MatchString(name) || slices.Contains(reservedFields, name):
				p.Problem("name", "%q cannot name a field: letters, digits and _, a letter first, and not one of %v", name, reservedFields)
			case t.part(name) != nil:
				p.Problem("name", "two parts are named %q", name)
			}
			t.Parts = append(t.Parts, readPart(p, name))
			p.Close()
		}
		if n := len(t.Parts); n == 0 || n > maxParts {
			r.Problem("parts", "there must be 1 to %d parts", maxParts)
		}
	}
	r.Mistakes(func(m *Reader, id string, feedback *Text) {
		t.mistakes = append(t.mistakes, numberMistake{id, t.readAnswers(m), feedback})
	})
	return t
}

func readPart(r *Reader, name string) NumberPart {
	p := NumberPart{Name: name, Label: r.Markdown("label"), Unit: r.Text("unit"), AskUnit: r.Flag("ask_unit"), answer: r.Formula("answer"), tolerance: readTolerance(r)}
	if p.Unit != "" && len(units(p.Unit)) == 0 {
		r.Problem("unit", "%q cannot be a unit: at most %d characters, and no digit first", p.Unit, maxUnit)
	}
	if p.AskUnit && p.Unit == "" {
		r.Problem("ask_unit", "there is no unit to ask for")
	}
	return p
}

// readAnswers reads what a mistake answers: one number, or some of the parts.
func (t *NumberTask) readAnswers(m *Reader) map[string]*Formula {
	answers := map[string]*Formula{}
	if len(t.Parts) == 1 && !m.Has("answers") {
		m.Need("answer")
		answers[t.Parts[0].Name] = m.Formula("answer")
		return answers
	}
	sub := m.Sub("answers")
	for _, name := range sub.Keys() {
		if t.part(name) == nil {
			sub.Problem(name, "there is no such part")
			continue
		}
		answers[name] = sub.Formula(name)
	}
	if len(answers) == 0 {
		m.Problem("answers", "names no part; write answers: {%s: …}", t.Parts[0].Name)
	}
	return answers
}

func (t *NumberTask) part(name string) *NumberPart {
	i := slices.IndexFunc(t.Parts, func(p NumberPart) bool { return p.Name == name })
	if i < 0 {
		return nil
	}
	return &t.Parts[i]
}

// Model is the right numbers, in full, with their units.
func (t *NumberTask) Model(v *Variant) url.Values {
	form := url.Values{}
	for i := range t.Parts {
		right, err := t.Parts[i].answer.Value(v.Values)
		if err == nil { // else Check says so
			form.Set(t.Parts[i].Name, t.Parts[i].write(right))
		}
	}
	return form
}

// Mistakes are the stated ones; parts that one does not name are right.
func (t *NumberTask) Mistakes(v *Variant) []Mistake {
	var list []Mistake
	for _, m := range t.mistakes {
		form := t.Model(v)
		for name, f := range m.answers {
			wrong, err := f.Value(v.Values)
			form.Del(name)
			if err == nil {
				form.Set(name, t.part(name).write(wrong))
			}
		}
		list = append(list, Mistake{m.id, form})
	}
	return list
}

func (p *NumberPart) write(value float64) string {
	text := plainNumber(value)
	if p.Unit != "" {
		text += " " + p.Unit
	}
	return text
}

// Check compares each number with the right one. Where one is wrong and the answers fit a stated mistake, its
// feedback is all that is said; else what can be said of each wrong number in general.
func (t *NumberTask) Check(_ context.Context, v *Variant, form url.Values) (Verdict, error) {
	wanted, given := make([]float64, len(t.Parts)), make([]quantity, len(t.Parts))
	var errors param.Errors
	for i := range t.Parts {
		p := &t.Parts[i]
		var err error
		if wanted[i], err = p.answer.Value(v.Values); err != nil {
			return Verdict{}, err
		}
		var message string
		var position int
		if given[i], message, position = p.read(form.Get(p.Name)); message != "" {
			errors = append(errors, param.FieldError{Field: p.Name, Message: message, Position: position})
		}
	}
	if len(errors) > 0 {
		return Verdict{Errors: errors}, nil
	}
	right := true
	var general []remark
	for i := range t.Parts {
		if remark := t.Parts[i].judge(given[i], wanted[i]); remark.diagnosis != "" {
			right = false
			remark.part = &t.Parts[i]
			general = append(general, remark)
		}
	}
	if right {
		return Verdict{Outcome: Right}, nil
	}
	for _, m := range t.mistakes {
		fits, err := t.fits(m, v, given)
		if err != nil {
			return Verdict{}, err
		}
		if fits {
			return Verdict{Outcome: Wrong, Diagnosis: m.id, Feedback: []string{m.feedback.HTML(v.Values)}}, nil
		}
	}
	return t.say(v, general), nil
}

// fits says whether the numbers are those of a stated mistake.
func (t *NumberTask) fits(m numberMistake, v *Variant, given []quantity) (bool, error) {
	for i := range t.Parts {
		p := &t.Parts[i]
		f := m.answers[p.Name]
		if f == nil {
			continue
		}
		wrong, err := f.Value(v.Values)
		if err != nil {
			return false, err
		}
		if !p.tolerance.near(given[i].value, wrong) {
			return false, nil
		}
	}
	return true, nil
}
