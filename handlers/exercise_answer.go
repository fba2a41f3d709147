package handlers

import (
	"context"
	"net/http"

	"github.com/labstack/echo/v4"

	"descent/classroom"
	"descent/views"
)

// mostTries bounds what one student can have kept of one exercise; only a program comes so far.
const mostTries = 2000

// What is said of a form that nothing comes of.
const (
	tooLongAnswer = "Nothing was saved: an answer has at most 20,000 characters. Shorten it and send it again."
	noSuchVariant = "Nothing was saved: this form is about a version of the exercise that does not exist. The exercise as it is now is below."
	noSuchAction  = "Nothing was saved: this form does not say what is to be done. Use one of the buttons below."
	movedOn       = "Nothing was saved: in another window you went on to other numbers, and this answer was for the ones before. What you typed is still here; the question is the one with the new numbers."
	isClosed      = "The solution has been shown, so this answer was not judged."
	takeAnother   = " Take another one to go on."
	triedEnough   = "Nothing was saved: this exercise has been tried too often."
)

// answerExercise does what a button of an exercise asks for. Without script it then leads to the page that shows it.
func (s *server) answerExercise(c echo.Context) error {
	le, err := s.findExercise(c)
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", privately)
	sent, err := submissionOf(c)
	if err != nil {
		return err
	}
	d := &desk{lessonExercise: le}
	if d.student, err = s.student(c); err != nil {
		return s.nothingSaved(c, &desk{lessonExercise: le}, sent, err)
	}
	if d.student != nil {
		leave, err := s.turns.take(c.Request().Context(), d.student.ID)
		if err != nil {
			return err
		}
		defer leave()
	}
	if err := s.lookUp(c.Request().Context(), d); err != nil {
		return s.nothingSaved(c, &desk{lessonExercise: le}, sent, err)
	}
	if status, words := d.refusal(sent); words != "" {
		return s.refuseAnswer(c, status, d, sent, words)
	}
	switch sent.action {
	case "check":
		return s.check(c, d, sent)
	case "draft":
		return s.saveDraft(c, d, sent)
	case "hint":
		return s.takeHint(c, d, sent)
	case "give-up":
		return s.giveUp(c, d, sent)
	case "another":
		return s.another(c, d, sent)
	}
	return s.refuseAnswer(c, http.StatusUnprocessableEntity, d, sent, noSuchAction)
}

// refusal says what is wrong with a form whatever it asks for; "": nothing.
func (d *desk) refusal(sent *submission) (status int, words string) {
	switch {
	case classroom.CheckAnswer(sent.answer) != nil:
		return http.StatusUnprocessableEntity, tooLongAnswer
	case sent.variant < 0 || sent.variant >= d.Variants:
		return http.StatusUnprocessableEntity, noSuchVariant
	case d.work != nil && sent.variant != d.present() && sent.action != "another" && !d.known(sent):
		return http.StatusConflict, movedOn
	}
	return 0, ""
}

// known reports whether the same submission was kept before.
func (d *desk) known(sent *submission) bool {
	if d.work == nil || sent.key == "" {
		return false
	}
	key := sent.keyOf()
	for i := range d.work.Attempts {
		if d.work.Attempts[i].Key == key {
			return true
		}
	}
	return false
}

// refuseAnswer answers the exercise with a remark and what was typed.
func (s *server) refuseAnswer(c echo.Context, status int, d *desk, sent *submission, words string) error {
	if sent.action == "draft" && wantsHTMX(c) {
		return c.String(status, words)
	}
	return s.renderDesk(c, status, d, func(e *views.Exercise) {
		e.Notice, e.Focus = words, "notice"
		e.KeepTyped(sent.answer)
	})
}

// nothingSaved answers an exercise when the store failed: with what was typed.
func (s *server) nothingSaved(c echo.Context, d *desk, sent *submission, err error) error {
	status, words := s.unsaved(c, err)
	return s.refuseAnswer(c, status, d, sent, words)
}

// begin makes a student of a reader who was nobody yet.
func (s *server) begin(c echo.Context, d *desk) (err error) {
	if d.student == nil {
		d.student, err = s.newcomer(c)
	}
	if err == nil && d.work != nil && d.work.Variant != d.present() { // the exercise has fewer variants than it had
		err = s.store.Move(c.Request().Context(), d.student.ID, d.name(), d.work.Variant, d.present(), now())
	}
	return err
}

// check judges an answer and keeps it. The reader hears of it only when it is kept.
func (s *server) check(c echo.Context, d *desk, sent *submission) error {
	if d.known(sent) {
		return s.acknowledge(c, d, "verdict")
	}
	tries := d.tries(sent.variant)
	first, ok := solved(tries)
	switch {
	case ok && sameAnswer(first.Answer, sent.answer):
		return s.acknowledge(c, d, "verdict")
	case ok || d.work != nil && d.work.GaveUp:
		return s.renderDesk(c, http.StatusConflict, d, func(e *views.Exercise) {
			if e.Notice, e.Focus = isClosed, "notice"; e.Variant.Variants > 1 {
				e.Notice += takeAnother
			}
		})
	}
	if d.work != nil && len(d.work.Attempts) >= mostTries {
		return s.refuseAnswer(c, http.StatusTooManyRequests, d, sent, triedEnough)
	}
	v := d.Variant(sent.variant)
	ctx, cancel := context.WithTimeout(c.Request().Context(), runLimit)
	defer cancel()
	verdict, err := d.judge(ctx, v, sent.answer)
	if err != nil {
		return err
	}
	if len(verdict.Errors) > 0 {
		return s.renderDesk(c, http.StatusUnprocessableEntity, d, func(e *views.Exercise) {
			e.KeepTyped(sent.answer)
			e.Verdict = &verdict
		})
	}
	if err := s.begin(c, d); err != nil {
		return s.nothingSaved(c, d, sent, err)
	}
	attempt := classroom.Attempt{
		Key: sent.keyOf(), Student: d.student.ID, Exercise: d.name(), Variant: sent.variant, Answer: sent.answer,
		Outcome: classroom.Outcome(verdict.Outcome), Diagnosis: verdict.Diagnosis, Rule: d.Rule, Hints: d.hintsTaken(v), At: now(),
	}
	if attempt.Outcome == classroom.Right {
		attempt.Score = d.Score(wrongTries(tries), v.Hints[:attempt.Hints])
	}
	if _, _, err := s.store.Submit(c.Request().Context(), attempt); err != nil {
		return s.nothingSaved(c, d, sent, err)
	}
	return s.acknowledge(c, d, "verdict")
}

// acknowledge answers what was done and is kept: to htmx the exercise as it is now, else the way to its page.
func (s *server) acknowledge(c echo.Context, d *desk, focus string) error {
	if !wantsHTMX(c) {
		return c.Redirect(http.StatusSeeOther, d.address()+"#exercise-"+d.ID+"-"+focus)
	}
	if err := s.lookUp(c.Request().Context(), d); err != nil {
		return err
	}
	return s.renderDesk(c, http.StatusOK, d, func(e *views.Exercise) { e.Focus = focus })
}

// saveDraft keeps what was typed. A script only needs to know that it is kept.
func (s *server) saveDraft(c echo.Context, d *desk, sent *submission) error {
	if err := s.keepDraft(c, d, sent); err != nil {
		return s.nothingSaved(c, d, sent, err)
	}
	if wantsHTMX(c) {
		c.Response().Header().Set("Descent-Owner", ownerMark(d.student))
		return c.NoContent(http.StatusNoContent)
	}
	return s.acknowledge(c, d, "saved")
}

func (s *server) keepDraft(c echo.Context, d *desk, sent *submission) error {
	if err := s.begin(c, d); err != nil {
		return err
	}
	return s.store.SaveDraft(c.Request().Context(), d.student.ID, d.name(), sent.variant, sent.answer, now())
}

// takeHint shows one more hint than the page had: a second press on the same button shows the same one.
func (s *server) takeHint(c echo.Context, d *desk, sent *submission) error {
	n := d.hintsTaken(d.Variant(sent.variant)) + 1
	if sent.hints >= 0 {
		n = min(n, sent.hints+1)
	}
	n = min(n, len(d.Variant(sent.variant).Hints))
	return s.show(c, d, sent, n, false, "hints")
}

// giveUp shows the solution; this variant then counts nothing, unless it is solved.
func (s *server) giveUp(c echo.Context, d *desk, sent *submission) error {
	return s.show(c, d, sent, d.hintsTaken(d.Variant(sent.variant)), true, "solution")
}

// show keeps what was typed so far and that hints or the solution were shown.
func (s *server) show(c echo.Context, d *desk, sent *submission, hints int, giveUp bool, focus string) error {
	err := s.keepDraft(c, d, sent)
	if err == nil {
		err = s.store.TakeHint(c.Request().Context(), d.student.ID, d.name(), sent.variant, hints, giveUp, now())
	}
	if err != nil {
		return s.nothingSaved(c, d, sent, err)
	}
	return s.acknowledge(c, d, focus)
}

// another goes on to the next variant. A form of a variant that was left already changes nothing.
func (s *server) another(c echo.Context, d *desk, sent *submission) error {
	if err := s.begin(c, d); err != nil {
		return s.nothingSaved(c, d, sent, err)
	}
	if err := s.store.Move(c.Request().Context(), d.student.ID, d.name(), sent.variant, (sent.variant+1)%d.Variants, now()); err != nil {
		return s.nothingSaved(c, d, sent, err)
	}
	return s.acknowledge(c, d, "title")
}
