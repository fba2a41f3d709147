package exercise

import (
	"context"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"net/url"
	"slices"
	"strconv"

	"descent/optim/param"
)

var choiceKind = &Kind{
	ID:    "choice",
	Title: "Choice",
	Keys:  []string{"options", "several", "shuffle"},
	Read:  readChoice,
}

// ChoiceField is the form's field; with several options it occurs several times. Its values are those of [Option].
const ChoiceField = "choice"

// A ChoiceTask asks which of some statements hold: one of them, or all that do.
type ChoiceTask struct {
	Several bool // any number may hold, at least one; else exactly one
	shuffle bool
	options []option
}

// An option is one statement.
type option struct {
	id       string
	text     *Text
	right    *Formula // nil: always holds as always says
	always   bool
	feedback *Text // when it is chosen; nil: nothing
	missed   *Text // when it holds and is not chosen; nil: general words
}

// An Option is one statement of a variant.
type Option struct {
	Value string // of the field: the place in the block, from 1, whatever the order on the page
	HTML  string // a line of text
}

const maxOptions = 12

func readChoice(r *Reader) Task {
	t := &ChoiceTask{Several: r.Flag("several"), shuffle: r.Flag("shuffle")}
	r.Need("options")
	ids := map[string]bool{}
	for i, o := range r.Each("options") {
		option := t.readOption(o, i+1)
		if ids[option.id] {
			o.Problem("id", "two options are named %q", option.id)
		}
		ids[option.id] = true
		t.options = append(t.options, option)
	}
	if n := len(t.options); n < 2 || n > maxOptions {
		r.Problem("options", "there must be 2 to %d options", maxOptions)
	}
	if r.Has("mistakes") {
		r.Problem("mistakes", "have no meaning here: each option has its own feedback")
	}
	return t
}

func (t *ChoiceTask) readOption(r *Reader, place int) option {
	r.Need("text")
	o := option{id: "option-" + strconv.Itoa(place), text: r.Markdown("text"), feedback: r.Markdown("feedback"), missed: r.Markdown("missed")}
	r.Text("text") // what an option says decides what its number means
	if r.Has("id") {
		if o.id = r.Text("id"); !idForm.MatchString(o.id) {
			r.Problem("id", "%q is not in kebab case, such as wrong-sign", o.id)
		}
	}
	switch {
	case !r.Has("right") || r.Prose("right") == "false":
		r.note("right", "false")
	case r.Prose("right") == "true":
		o.always = true
		r.note("right", "true")
	default:
		o.right = r.Formula("right")
	}
	if !o.always && o.feedback == nil {
		r.Problem("feedback", "an option that can be wrong says why: feedback is missing")
	}
	if o.missed != nil && !t.Several {
		r.Problem("missed", "has a meaning only with several: true")
	}
	r.Close()
	return o
}

// Options are the statements in the order of a variant's page.
func (t *ChoiceTask) Options(v *Variant) []Option {
	list := make([]Option, len(t.options))
	for i, o := range t.options {
		list[i] = Option{strconv.Itoa(i + 1), o.text.Inline(v.Values)}
	}
	if t.shuffle {
		h := fnv.New64a()
		h.Write([]byte(v.ID))
		random := rand.New(rand.NewPCG(h.Sum64(), uint64(v.Number)+2))
		random.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	}
	return list
}

// holding says which options hold. The error is that of a formula, or that not the right number of them does.
func (t *ChoiceTask) holding(v *Variant) ([]bool, error) {
	holds := make([]bool, len(t.options))
	count := 0
	for i, o := range t.options {
		holds[i] = o.always
		if o.right != nil {
			var err error
			if holds[i], err = o.right.True(v.Values); err != nil {
				return nil, err
			}
		}
		if holds[i] {
			count++
		}
	}
	if count == 0 || !t.Several && count > 1 {
		return nil, fmt.Errorf("%d of the options are right", count)
	}
	return holds, nil
}

// Model chooses what holds.
func (t *ChoiceTask) Model(v *Variant) url.Values {
	holds, _ := t.holding(v) // Check says what is wrong
	return chosen(holds)
}

func chosen(options []bool) url.Values {
	form := url.Values{}
	for i, in := range options {
		if in {
			form.Add(ChoiceField, strconv.Itoa(i+1))
		}
	}
	return form
}

// Mistakes are all choices that differ from the right one by one option.
func (t *ChoiceTask) Mistakes(v *Variant) []Mistake {
	holds, err := t.holding(v)
	if err != nil {
		return nil
	}
	var list []Mistake
	for i, o := range t.options {
		choice := slices.Clone(holds)
		id := o.id
		switch {
		case holds[i] && !t.Several:
			continue
		case holds[i]:
			id = "missed-" + o.id
		case !t.Several:
			clear(choice)
		}
		choice[i] = !holds[i]
		if slices.Contains(choice, true) {
			list = append(list, Mistake{id, chosen(choice)})
		}
	}
	return list
}

// Check says of each option that is chosen wrongly why it does not hold. A missed option is not named unless its author
// has words for it, since that would give it away.
func (t *ChoiceTask) Check(_ context.Context, v *Variant, form url.Values) (Verdict, error) {
	holds, err := t.holding(v)
	if err != nil {
		return Verdict{}, err
	}
	choice, message := t.read(form[ChoiceField])
	if message != "" {
		return Verdict{Errors: param.Errors{{Field: ChoiceField, Message: message, Position: -1}}}, nil
	}
	verdict := Verdict{Outcome: Right}
	var slips []string
	missed := false
	for i, o := range t.options {
		switch {
		case choice[i] && o.feedback != nil && (!holds[i] || !t.Several):
			verdict.Feedback = append(verdict.Feedback, o.feedback.HTML(v.Values))
		case holds[i] && !choice[i] && o.missed != nil:
			verdict.Feedback = append(verdict.Feedback, o.missed.HTML(v.Values))
		case holds[i] && !choice[i]:
			missed = true
		}
		switch {
		case choice[i] && !holds[i]:
			slips = append(slips, o.id)
		case t.Several && holds[i] && !choice[i]:
			slips = append(slips, "missed-"+o.id)
		}
	}
	if len(slips) == 0 {
		return verdict, nil
	}
	verdict.Outcome = Wrong
	if len(slips) == 1 {
		verdict.Diagnosis = slips[0]
	}
	if t.Several && missed {
		verdict.Feedback = append(verdict.Feedback, Escape("Something that holds is not chosen yet."))
	}
	return verdict, nil
}

// read is which options a form chooses, or a message.
func (t *ChoiceTask) read(values []string) ([]bool, string) {
	choice := make([]bool, len(t.options))
	for _, value := range values {
		n, err := strconv.Atoi(value)
		if err != nil || n < 1 || n > len(t.options) {
			return nil, "This is none of the options."
		}
		choice[n-1] = true
	}
	switch {
	case len(values) == 0 && t.Several:
		return nil, "Choose what holds; at least one does."
	case len(values) == 0:
		return nil, "Choose one."
	case len(values) > 1 && !t.Several:
		return nil, "Choose only one."
	}
	return choice, ""
}
