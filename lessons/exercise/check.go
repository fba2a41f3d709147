package exercise

import (
	"context"
	"fmt"
	"strings"
)

// Check tries the first variants of an exercise (all where there are fewer) and reports what does not hold of one: its
// model answer is right, every stated mistake is wrong and gets its own feedback, and no text has an empty
// hole. Each sort of complaint is reported once, with the values of the first variant that has it.
func Check(ctx context.Context, e *Exercise, variants int) []error {
	c := checking{seen: map[string]bool{}}
	for n := range min(variants, e.Variants) {
		c.variant(ctx, e.Variant(n))
		if ctx.Err() != nil {
			return []error{ctx.Err()}
		}
	}
	return c.problems
}

type checking struct {
	problems []error
	seen     map[string]bool
}

func (c *checking) complain(v *Variant, about, format string, args ...any) {
	if c.seen[about] {
		return
	}
	c.seen[about] = true
	where := fmt.Sprintf(" (variant %d", v.Number)
	if len(v.Values) > 0 {
		where += ": " + say(v.Values)
	}
	c.problems = append(c.problems, fmt.Errorf("%s%s)", fmt.Sprintf(format, args...), where))
}

func (c *checking) variant(ctx context.Context, v *Variant) {
	texts := []string{v.QuestionHTML, v.SolutionHTML}
	for _, h := range v.Hints {
		texts = append(texts, h.HTML)
	}
	for _, text := range texts {
		if strings.Contains(text, "@{") {
			c.complain(v, "hole", "a hole is not filled: %s", text[strings.Index(text, "@{"):])
		}
	}
	c.model(ctx, v)
	for _, m := range v.Task.Mistakes(v) {
		c.mistake(ctx, v, m)
	}
}

func (c *checking) model(ctx context.Context, v *Variant) {
	model := v.Task.Model(v)
	verdict, err := v.Task.Check(ctx, v, model)
	switch {
	case err != nil:
		c.complain(v, "model", "the model answer cannot be judged: %v", err)
	case len(verdict.Errors) > 0:
		c.complain(v, "model", "the model answer %v is refused: %v", model, verdict.Errors)
	case verdict.Outcome != Right:
		c.complain(v, "model", "the model answer %v is judged %s", model, verdict.Outcome)
	}
}

func (c *checking) mistake(ctx context.Context, v *Variant, m Mistake) {
	verdict, err := v.Task.Check(ctx, v, m.Answer)
	switch {
	case err != nil:
		c.complain(v, m.ID, "the mistake %s cannot be judged: %v", m.ID, err)
	case len(verdict.Errors) > 0:
		c.complain(v, m.ID, "the answer %v of the mistake %s is refused: %v", m.Answer, m.ID, verdict.Errors)
	case verdict.Outcome != Wrong:
		c.complain(v, m.ID, "the answer %v of the mistake %s is judged %s; leave the variant out with where, or state another mistake", m.Answer, m.ID, verdict.Outcome)
	case verdict.Diagnosis != m.ID:
		c.complain(v, m.ID, "the answer %v of the mistake %s gets the feedback of %q; leave the variant out with where", m.Answer, m.ID, verdict.Diagnosis)
	case len(verdict.Feedback) == 0 || strings.Contains(strings.Join(verdict.Feedback, ""), "@{"):
		c.complain(v, m.ID, "the feedback of the mistake %s is empty or has an empty hole", m.ID)
	}
}
