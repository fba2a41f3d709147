package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"descent/classroom"
)

// attemptColumns are those of an attemptRow, of the attempt w: student and exercise as they are to be named, and the answer,
// which is "NULL" to leave it out.
func attemptColumns(student, exercise, answer string) string {
	return "w.id, w.key, " + student + ", " + exercise + ", w.variant, " + answer + ", w.outcome, w.diagnosis, w.score, w.rule, w.hints, w.at, w.settled"
}

// CROSS JOIN has SQLite begin with the attempts, so that those of a page need no sorting.
var (
	attempts       = "SELECT " + attemptColumns("s.id", "e.name", "w.answer") + attemptTables
	withoutAnswers = "SELECT " + attemptColumns("s.id", "e.name", "NULL") + attemptTables
)

const attemptTables = " FROM attempt w CROSS JOIN student s ON s.n = w.student CROSS JOIN exercise e ON e.n = w.exercise "

func readAttempt(a *classroom.Attempt) func(*sql.Rows) error {
	return func(r *sql.Rows) (err error) {
		var row attemptRow
		if err := r.Scan(row.columns()...); err != nil {
			return err
		}
		*a, err = row.attempt()
		a.Student, a.Exercise = row[2].(string), row[3].(string)
		return err
	}
}

// An attemptRow is a row as the driver has it; see progressRow.
type attemptRow [13]any

func (r *attemptRow) columns() []any { return pointers(r[:]) }

// attempt is the row but for the names of student and exercise.
func (r *attemptRow) attempt() (a classroom.Attempt, err error) {
	number := func(i int) int64 { return r[i].(int64) }
	text := func(i int) string { return r[i].(string) }
	a = classroom.Attempt{ID: number(0), Key: text(1), Variant: int(number(4)),
		Outcome: classroom.Outcome(text(6)), Diagnosis: text(7), Score: r[8].(float64), Rule: text(9), Hints: int(number(10)),
		At: instant(number(11)), Settled: classroom.Outcome(text(12))}
	if answer, ok := r[5].(string); ok { // else it was left out
		a.Answer, err = fields(answer)
	}
	return a, err
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
		err := get(t.ctx, t, readAttempt(&kept), attempts+"WHERE w.student = (SELECT n FROM student WHERE id = ?) AND w.key = ?", a.Student, a.Key)
		if !errors.Is(err, classroom.ErrNotFound) {
			return err
		}
		p, err := t.at(a.Student, a.Exercise, a.Variant, a.At)
		if err != nil {
			return err
		}
		verdict, err := t.verdict(p.exercise, &a)
		if err != nil {
			return err
		}
		if err := get(t.ctx, t, to(&a.ID), `INSERT INTO attempt (student, exercise, key, variant, answer, outcome, diagnosis, score, rule, hints, at, settled, verdict)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?) RETURNING id`,
			p.student, p.exercise, a.Key, a.Variant, answer, a.Outcome, a.Diagnosis, a.Score, a.Rule, a.Hints, millis(a.At), verdict); err != nil {
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
		a.Settled, a.Score = outcome, score
		if err := t.judge(&a); err != nil {
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
			a.Outcome, a.Diagnosis, a.Score, a.Rule = c.Outcome, c.Diagnosis, c.Score, c.Rule
			if err := t.judge(&a); err != nil {
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
