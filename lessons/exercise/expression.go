package exercise

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"descent/optim/derive"
	"descent/optim/param"
)

var expressionKind = &Kind{
	ID:    "expression",
	Title: "Expression",
	Keys:  []string{"answer", "variables", "form", "label"},
	Read:  readExpression,
}

// ExpressionField is the form's field.
const ExpressionField = "answer"

// MaxExpression is how many characters an answer may have.
const MaxExpression = 300

// An ExpressionTask asks for a formula that equals the author's as a function of its variables, perhaps written
// in a certain way.
//
// An answer that is equal but not in the form asked for is refused at its field and is no try: its mathematics is right, and who
// overlooked a word of the question should not pay for that.
type ExpressionTask struct {
	Label     *Text // before the field; nil: “Your answer”
	answer    *Template
	variables derive.Variables
	forms     []requiredForm
	mistakes  []expressionMistake
}

type expressionMistake struct {
	id       string
	answer   *Template
	feedback *Text
}

func readExpression(r *Reader) Task {
	r.Need("answer", "variables")
	t := &ExpressionTask{Label: r.Markdown("label"), answer: r.Template("answer")}
	var err error
	if t.variables, err = derive.ParseVariables(r.Text("variables")); err != nil {
		var input *derive.InputError
		errors.As(err, &input)
		r.Problem("variables", "%s", input.Message)
	}
	t.forms = readForms(r)
	r.Mistakes(func(m *Reader, id string, feedback *Text) {
		m.Need("answer")
		t.mistakes = append(t.mistakes, expressionMistake{id, m.Template("answer"), feedback})
	})
	return t
}

// Model is the author's formula.
func (t *ExpressionTask) Model(v *Variant) url.Values {
	return url.Values{ExpressionField: {t.answer.Fill(v.Values)}}
}

// Mistakes are the stated ones.
func (t *ExpressionTask) Mistakes(v *Variant) []Mistake {
	var list []Mistake
	for _, m := range t.mistakes {
		list = append(list, Mistake{m.id, url.Values{ExpressionField: {m.answer.Fill(v.Values)}}})
	}
	return list
}

// Echo is a text as it is understood, in MathML; "" if it is not.
func (t *ExpressionTask) Echo(ctx context.Context, text string) string {
	if message, _ := unusable(text); message != "" {
		return ""
	}
	c, err := derive.Equal(ctx, text, text, t.variables)
	if err != nil {
		return ""
	}
	return c.A.MathML()
}

// unusable says why a text is no answer at all, with the character where that is seen.
func unusable(text string) (message string, position int) {
	switch {
	case strings.TrimSpace(text) == "":
		return "Write a formula here.", -1
	case utf8.RuneCountInString(text) > MaxExpression:
		return fmt.Sprintf("This is too long: at most %d characters.", MaxExpression), MaxExpression
	}
	return "", -1
}

func (t *ExpressionTask) refuse(message string, position int) Verdict {
	return Verdict{Errors: param.Errors{{Field: ExpressionField, Message: message, Position: position}}}
}

// Check compares the formulas as functions.
func (t *ExpressionTask) Check(ctx context.Context, v *Variant, form url.Values) (Verdict, error) {
	text := form.Get(ExpressionField)
	if message, position := unusable(text); message != "" {
		return t.refuse(message, position), nil
	}
	model := t.answer.Fill(v.Values)
	c, err := derive.Equal(ctx, model, text, t.variables)
	var input *derive.InputError
	switch {
	case errors.As(err, &input) && input.Field == "b":
		return t.refuse(input.Message, input.Position), nil
	case input != nil:
		return t.otherLanguage(ctx, model, err)
	case err != nil:
		return Verdict{}, fmt.Errorf("%s: %w", model, err)
	}
	if name := t.stranger(c); name != "" {
		return t.refuse(fmt.Sprintf("“%s” is no variable here; %s.", name, sayVariables(t.known(c))), -1), nil
	}
	switch c.Verdict {
	case derive.Same, derive.SameWhereDefined:
		for _, f := range t.forms {
			if message := f.judge(c.B); message != "" {
				return t.refuse(message, -1), nil
			}
		}
		verdict := Verdict{Outcome: Right}
		if c.Verdict == derive.SameWhereDefined {
			verdict.Feedback = []string{Escape("Your formula and the model answer are equal wherever both are defined, which is not everywhere the same.")}
		}
		return verdict, nil
	case derive.Undecided:
		return Verdict{Outcome: Undecided, Feedback: []string{Escape("The program could not find out whether your formula is equal to the model answer everywhere.")}}, nil
	}
	return t.wrong(ctx, v, model, text, c)
}

// otherLanguage answers to signs of the language of sums where the author's formula has none: both are read in one language, and in
// that one it is the author's that is not understood. An author's formula that is never understood is an error.
func (t *ExpressionTask) otherLanguage(ctx context.Context, model string, err error) (Verdict, error) {
	c, alone := derive.Equal(ctx, model, model, t.variables)
	if alone != nil {
		return Verdict{}, fmt.Errorf("%s: %w", model, err)
	}
	return t.refuse("Sums over data and the indices of rows have no place in this answer; "+sayVariables(t.known(c))+".", -1), nil
}

// known are the variables that an answer may have.
func (t *ExpressionTask) known(c *derive.Comparison) []string {
	names := append(t.variables.Names(), c.A.Names()...)
	slices.Sort(names)
	return slices.Compact(names)
}

// stranger is a variable of the answer that is neither declared nor in the author's formula; "" for none.
func (t *ExpressionTask) stranger(c *derive.Comparison) string {
	for _, name := range c.B.Names() {
		if !slices.Contains(c.A.Names(), name) && !slices.Contains(t.variables.Names(), name) {
			return name
		}
	}
	return ""
}

func sayVariables(names []string) string {
	switch len(names) {
	case 0:
		return "the answer has none"
	case 1:
		return "use " + names[0]
	}
	last := len(names) - 1
	return "use " + strings.Join(names[:last], ", ") + " and " + names[last]
}

// wrong says what is wrong with a formula that differs: a stated mistake, a slip that can be shown, and a point
// at which the difference is seen.
func (t *ExpressionTask) wrong(ctx context.Context, v *Variant, model, text string, c *derive.Comparison) (Verdict, error) {
	verdict := Verdict{Outcome: Wrong}
	for _, m := range t.mistakes {
		same, err := t.same(ctx, m.answer.Fill(v.Values), text)
		if err != nil {
			return Verdict{}, fmt.Errorf("mistake %s: %w", m.id, err)
		}
		if same {
			verdict.Diagnosis = m.id
			verdict.Feedback = append(verdict.Feedback, m.feedback.HTML(v.Values))
			break
		}
	}
	for _, s := range slips {
		if verdict.Diagnosis != "" {
			break
		}
		same, err := t.same(ctx, fmt.Sprintf(s.formula, model), text)
		if err != nil {
			return Verdict{}, err
		}
		if same {
			verdict.Diagnosis = s.id
			verdict.Feedback = append(verdict.Feedback, Escape(s.words))
		}
	}
	if c.Counterexample != nil && len(c.Counterexample.Point) > 0 { // without variables its values would be the answer
		verdict.Feedback = append(verdict.Feedback, Escape(sayCounterexample(c.Counterexample)))
	}
	return verdict, nil
}

// same says whether an answer equals a formula. One of another language than the answer's does not.
func (t *ExpressionTask) same(ctx context.Context, formula, text string) (bool, error) {
	c, err := derive.Equal(ctx, formula, text, t.variables)
	if input := (*derive.InputError)(nil); errors.As(err, &input) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("%s: %w", formula, err)
	}
	return c.Verdict == derive.Same || c.Verdict == derive.SameWhereDefined, nil
}

// slips are what can be said of many wrong answers.
var slips = []struct{ id, formula, words string }{
	{"sign", "-(%s)", "Only the sign is wrong: your formula is minus the right one."},
	{"factor-2", "2*(%s)", "A factor is wrong: your formula is twice the right one."},
	{"factor-half", "(%s)/2", "A factor is wrong: your formula is half the right one."},
}
