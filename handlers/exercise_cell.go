package handlers

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"

	"descent/lessons/cell"
	"descent/lessons/exercise"
	"descent/optim/param"
	"descent/views"
)

// The instrument of an exercise is a cell whose form is the exercise's. A tweak is drawn by a GET to an address below the
// exercise's, which keeps nothing:
//
//	/lessons/{slug}/exercises/{id}/cell?…
const exerciseCellPattern = exercisePattern + "/cell"

// exerciseCell draws the instrument with the values of the address: to htmx what changes of it, else the exercise's page.
func (s *server) exerciseCell(c echo.Context) error {
	le, err := s.findExercise(c)
	if err != nil {
		return err
	}
	if _, ok := le.Task.(exercise.Pictured); !ok {
		return notFound("This exercise has no picture.", views.Link{Address: le.address(), Text: le.Title})
	}
	answer := answerOf(c.QueryParams())
	if !wantsHTMX(c) {
		return s.showDesk(c, le, func(e *views.Exercise) { e.KeepTyped(answer) })
	}
	n := number(c.QueryParam(fieldVariant))
	if n < 0 || n >= le.Variants {
		n = 0
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), runLimit)
	defer cancel()
	e := &views.Exercise{ID: "exercise-" + le.ID, Address: le.address(), Variant: le.Variant(n), Answer: answer}
	d, err := s.openDesk(c, le)
	if err == nil && n == d.present() { // the picture of a closed exercise goes on showing what is right
		_, e.Solved = solved(d.tries(n))
		e.GaveUp = d.work != nil && d.work.GaveUp
	}
	if err := d.equip(ctx, e); err != nil {
		return err
	}
	if len(e.Cell.Errors) > 0 {
		return render(c, http.StatusUnprocessableEntity, views.CellRefusal(e.Cell))
	}
	shown := c.Request().Header
	return render(c, http.StatusOK, views.CellAnswer(e.Cell, shown.Get("Descent-Backdrops"), shown.Get("Descent-Tables")))
}

// equip gives an exercise that has one its instrument, with the answer that its fields show.
func (d *desk) equip(ctx context.Context, e *views.Exercise) error {
	task, ok := e.Variant.Task.(exercise.Pictured)
	if !ok {
		return nil
	}
	in := task.Instrument()
	base, err := in.Values(e.Variant)
	if err != nil {
		return err
	}
	v := &views.Cell{
		ID: e.DOM("cell"), Kind: in.Kind, Title: e.Variant.Title, Address: e.Address + "/cell", Show: in.Show,
		Base: base, Typed: e.Answer, Exercise: true,
	}
	v.Values, v.Errors = in.Turned(base, e.Answer)
	if in.Ask != "" {
		var wrong param.Errors
		v.Predict, wrong = in.Predict(e.Answer)
		v.Errors = append(v.Errors, wrong...)
		v.Tried = in.Starts && judged(e) && len(wrong) == 0
		if v.Tried {
			v.Values = in.From(base, v.Predict)
		}
	}
	if v.Result, err = in.Run(ctx, v.Values); err != nil {
		var errs param.Errors
		if !errors.As(err, &errs) {
			return err
		}
		v.Errors, v.Values = append(v.Errors, errs...), base
		if v.Result, err = in.Run(ctx, base); err != nil {
			return err
		}
	}
	if e.Verdict != nil && len(v.Errors) == 0 {
		v.Errors = e.Verdict.Errors
	}
	if e.Closed() && !(in.Starts && e.Solved) { // any start whose run does it is right
		reveal(ctx, in, task.Model(e.Variant), v)
	}
	v.Draw(figuresOf(in, v))
	e.Cell = v
	return ctx.Err()
}

// judged reports whether the verdict is about what the fields show.
func judged(e *views.Exercise) bool {
	return e.Verdict != nil && e.Verdict.Outcome != "" && !e.Stale
}

// reveal shows in the picture of a closed exercise what the right guess is.
func reveal(ctx context.Context, in *exercise.Instrument, model url.Values, v *views.Cell) {
	switch in.Ask {
	case "":
	case cell.AskPoint, cell.AskLine:
		right, _ := in.Predict(model)
		v.Right = right.Point(v.Result)
	default:
		v.Predict.Show()
		v.Predict.Compared = v.Predict.Compare(ctx, v.Result)
	}
}

// figuresOf are the pictures that the block chooses, else those that the kind shows unasked; a question has one picture.
func figuresOf(in *exercise.Instrument, v *views.Cell) []string {
	switch {
	case v.Asking():
		return nil
	case len(in.Figures) > 0:
		return in.Figures
	case in.Ask != "":
		return in.Kind.Figures[:1]
	}
	return in.Kind.Shown
}

// answerOf are the fields of an answer among those of a form.
func answerOf(form url.Values) url.Values {
	answer := url.Values{}
	for name, values := range form {
		if !slices.Contains([]string{fieldAction, fieldVariant, fieldKey, fieldHints}, name) {
			answer[name] = values
		}
	}
	return answer
}
