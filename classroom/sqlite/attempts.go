package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"descent/classroom"
)

// attemptColumns are those that readAttempt reads, of the attempt w and its student s; answer is "w.answer", or "NULL" to leave it out.
func attemptColumns(answer string) string {
	return "w.id, w.key, s.id, (SELECT name FROM exercise WHERE n = w.exercise), w.variant, " + answer + ", w.outcome, w.diagnosis, w.score, w.rule, w.hints, w.at, w.settled"
}

var (
	attempts       = "SELECT " + attemptColumns("w.answer") + " FROM attempt w JOIN student s ON s.n = w.student "
	withoutAnswers = "SELECT " + attemptColumns("NULL") + " FROM attempt w JOIN student s ON s.n = w.student "
)

func readAttempt(a *classroom.Attempt) func(*sql.Rows) error {
	return func(r *sql.Rows) error {
		var answer sql.NullString
		var at int64
		err := r.Scan(&a.ID, &a.Key, &a.Student, &a.Exercise, &a.Variant, &answer, &a.Outcome, &a.Diagnosis, &a.Score, &a.Rule, &a.Hints, &at, &a.Settled)
		a.At = instant(at)
		if err == nil && answer.Valid {
			a.Answer, err = fields(answer.String)
		}
		return err
	}
}

// Submit keeps an attempt once.
func (s *Store) Submit(ctx context.Context, a classroom.Attempt) (kept classroom.Attempt, fresh bool, err error) {
	if err := a.Check(); err != nil {
		return classroom.Attempt{}, false, err
	}
	a.Settled = ""
	a.At = instant(millis(a.At))
	answer := a.Answer.Encode()
	err = s.writer.commit(ctx, func(t *tx) error {
		err := get(t.ctx, t, readAttempt(&kept), attempts+"WHERE s.id = ? AND w.key = ?", a.Student, a.Key)
		if !errors.Is(err, classroom.ErrNotFound) {
			return err
		}
		p, err := t.at(a.Student, a.Exercise, a.Variant, a.At)
		if err != nil {
			return err
		}
		if err := get(t.ctx, t, to(&a.ID), `INSERT INTO attempt (student, exercise, key, variant, answer, outcome, diagnosis, score, rule, hints, at, settled)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '') RETURNING id`,
			p.student, p.exercise, a.Key, a.Variant, answer, a.Outcome, a.Diagnosis, a.Score, a.Rule, a.Hints, millis(a.At)); err != nil {
			return err
		}
		kept, fresh = a, true
		p.progress.Add(&a)
		if p.progress.Variant == a.Variant {
			err = p.clearDraft()
		}
		return errors.Join(err, p.save())
	})
	if err != nil {
		return classroom.Attempt{}, false, err
	}
	return kept, fresh, nil
}

// pageOfAttempts is how many Attempts reads at a time, so that a slow taker holds nothing open.
const pageOfAttempts = 500

// Attempts ranges over a classroom's attempts.
func (s *Store) Attempts(ctx context.Context, room string, yield func(classroom.Attempt) bool) error {
	n, err := number(ctx, s.reading, classroomNumber, room)
	if err != nil {
		return s.found(ctx, err)
	}
	for last := int64(0); ; {
		page := make([]classroom.Attempt, 0, pageOfAttempts)
		err := each(ctx, s.reading, appendAttempt(&page), attempts+"WHERE s.classroom = ? AND w.id > ? ORDER BY w.id LIMIT ?", n, last, pageOfAttempts)
		if err != nil {
			return s.found(ctx, err)
		}
		for _, a := range page {
			if !yield(a) {
				return nil
			}
			last = a.ID
		}
		if len(page) < pageOfAttempts {
			return nil
		}
	}
}

func appendAttempt(list *[]classroom.Attempt) func(*sql.Rows) error {
	return func(r *sql.Rows) error {
		var a classroom.Attempt
		err := readAttempt(&a)(r)
		*list = append(*list, a)
		return err
	}
}

const attemptOfClassroom = "WHERE w.id = ? AND s.classroom = (SELECT n FROM classroom WHERE id = ?)"

// Attempt finds one attempt of a classroom.
func (s *Store) Attempt(ctx context.Context, room string, id int64) (a classroom.Attempt, err error) {
	err = s.found(ctx, get(ctx, s.reading, readAttempt(&a), attempts+attemptOfClassroom, id, room))
	if err != nil {
		return classroom.Attempt{}, fmt.Errorf("attempt %d: %w", id, err)
	}
	return a, nil
}

// Settle keeps a lecturer's decision.
func (s *Store) Settle(ctx context.Context, room string, id int64, outcome classroom.Outcome, score float64) error {
	if err := classroom.CheckSettle(outcome, score); err != nil {
		return err
	}
	return s.writer.commit(ctx, func(t *tx) error {
		var a classroom.Attempt
		if err := get(t.ctx, t, readAttempt(&a), attempts+attemptOfClassroom, id, room); err != nil {
			return err
		}
		if a.Outcome != classroom.Undecided {
			return fmt.Errorf("%w: the answer was found %s, there is nothing to settle", classroom.ErrInvalid, a.Outcome)
		}
		if err := t.exec("UPDATE attempt SET settled = ?, score = ? WHERE id = ?", outcome, score, id); err != nil {
			return err
		}
		return t.recount(a.Student, a.Exercise)
	})
}

// Regrade replaces verdicts.
func (s *Store) Regrade(ctx context.Context, room string, changed []classroom.Attempt) error {
	for _, c := range changed {
		if err := classroom.CheckRegrade(c); err != nil {
			return err
		}
	}
	return s.writer.commit(ctx, func(t *tx) error {
		touched := map[[2]string]bool{}
		for _, c := range changed {
			var a classroom.Attempt
			if err := get(t.ctx, t, readAttempt(&a), withoutAnswers+attemptOfClassroom, c.ID, room); err != nil {
				return fmt.Errorf("attempt %d: %w", c.ID, err)
			}
			if c.Outcome != classroom.Undecided {
				a.Settled = ""
			}
			if err := t.exec("UPDATE attempt SET outcome = ?, diagnosis = ?, score = ?, rule = ?, settled = ? WHERE id = ?", c.Outcome, c.Diagnosis, c.Score, c.Rule, a.Settled, c.ID); err != nil {
				return err
			}
			touched[[2]string{a.Student, a.Exercise}] = true
		}
		for place := range touched {
			if err := t.recount(place[0], place[1]); err != nil {
				return err
			}
		}
		return nil
	})
}

// recount forms a work's numbers anew.
func (t *tx) recount(student, exercise string) error {
	p, err := t.at(student, exercise, 0, instant(0))
	if err != nil {
		return err
	}
	var all []classroom.Attempt
	if err := each(t.ctx, t, appendAttempt(&all), withoutAnswers+"WHERE w.student = ? AND w.exercise = ? ORDER BY w.id", p.student, p.exercise); err != nil {
		return err
	}
	p.progress.Recount(all)
	return p.save()
}
