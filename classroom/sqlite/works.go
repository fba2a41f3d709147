package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"

	"descent/classroom"
)

// A scope is whose work at what is read.
type scope struct {
	of       string // the condition on the student s
	n        int64  // its number
	exercise int64  // 0: all
}

// classScope is a classroom's. There is nothing in it if the exercise was never begun by anybody.
func classScope(ctx context.Context, q querier, room, exercise string) (scope, error) {
	n, err := number(ctx, q, classroomNumber, room)
	return scope{of: "s.classroom = ?", n: n}.at(ctx, q, exercise, err)
}

func studentScope(ctx context.Context, q querier, student, exercise string) (scope, error) {
	n, err := number(ctx, q, studentNumber, student)
	return scope{of: "s.n = ?", n: n}.at(ctx, q, exercise, err)
}

func (c scope) at(ctx context.Context, q querier, exercise string, err error) (scope, error) {
	if err != nil || exercise == "" {
		return c, err
	}
	c.exercise, err = number(ctx, q, exerciseNumber, exercise)
	if errors.Is(err, classroom.ErrNotFound) {
		c.exercise, err = -1, nil
	}
	return c, err
}

// each reads rows of a table of works, in the order of the students' ids.
func (c scope) each(ctx context.Context, q querier, scan func(*sql.Rows) error, columns, table, order string) error {
	query := "SELECT " + columns + " FROM student s CROSS JOIN " + table + " w ON w.student = s.n WHERE " + c.of
	args := []any{c.n}
	if c.exercise != 0 {
		query, args = query+" AND w.exercise = ?", append(args, c.exercise)
	}
	return each(ctx, q, scan, query+" ORDER BY s.id, "+order, args...)
}

// names maps numbers to the names that others know, which many rows then share.
func names(ctx context.Context, q querier, query string, args ...any) (map[int64]string, error) {
	all := map[int64]string{}
	var n int64
	var name string
	err := each(ctx, q, func(r *sql.Rows) error {
		err := r.Scan(&n, &name)
		all[n] = name
		return err
	}, query, args...)
	return all, err
}

// progressColumns are those that readProgress reads.
const progressColumns = "w.variant, w.hints, w.gave_up, w.begun, w.last, w.tries, w.open, w.solved, w.solved_variant, w.solved_tries, w.score"

func readProgress(p *classroom.Progress) func(*sql.Rows) error {
	columns, finish := scanProgress(p)
	return func(r *sql.Rows) error {
		err := r.Scan(columns...)
		finish()
		return err
	}
}

// scanProgress is where the columns go, and what is to be done afterwards.
func scanProgress(p *classroom.Progress) (columns []any, finish func()) {
	var begun, last, solved int64
	return []any{&p.Variant, &p.Hints, &p.GaveUp, &begun, &last, &p.Tries, &p.Open, &solved, &p.SolvedVariant, &p.SolvedTries, &p.Score},
		func() { p.Begun, p.Last, p.Solved = instant(begun), instant(last), instant(solved) }
}

// progress reads the numbers of a scope, by student's id, then exercise.
func (c scope) progress(ctx context.Context, q querier) ([]classroom.Progress, error) {
	people, err := names(ctx, q, "SELECT s.n, s.id FROM student s WHERE "+c.of, c.n)
	if err != nil {
		return nil, err
	}
	exercises, err := names(ctx, q, "SELECT n, name FROM exercise")
	if err != nil {
		return nil, err
	}
	var all []classroom.Progress
	var p classroom.Progress
	var student, exercise int64
	columns, finish := scanProgress(&p)
	columns = append(columns, &student, &exercise)
	err = c.each(ctx, q, func(r *sql.Rows) error {
		if err := r.Scan(columns...); err != nil {
			return err
		}
		finish()
		p.Student, p.Exercise = people[student], exercises[exercise]
		all = append(all, p)
		return nil
	}, progressColumns+", w.student, w.exercise", "work", "w.exercise")
	slices.SortStableFunc(all, func(a, b classroom.Progress) int {
		if c := strings.Compare(a.Student, b.Student); c != 0 {
			return c
		}
		return strings.Compare(a.Exercise, b.Exercise)
	})
	return all, err
}

// works reads the whole of a scope.
func (c scope) works(ctx context.Context, q querier, answers bool) ([]classroom.Work, error) {
	all, err := c.progress(ctx, q)
	if err != nil {
		return nil, err
	}
	works := make([]classroom.Work, len(all))
	index := make(map[[2]string]*classroom.Work, len(all))
	for i, p := range all {
		works[i] = classroom.Work{Student: p.Student, Exercise: p.Exercise, Variant: p.Variant, Hints: p.Hints, GaveUp: p.GaveUp, Begun: p.Begun}
		index[[2]string{p.Student, p.Exercise}] = &works[i]
	}
	answer := "NULL"
	if answers {
		answer = "w.answer"
		if err := c.drafts(ctx, q, index); err != nil {
			return nil, err
		}
	}
	return works, c.each(ctx, q, func(r *sql.Rows) error {
		var a classroom.Attempt
		if err := readAttempt(&a)(r); err != nil {
			return err
		}
		w := index[[2]string{a.Student, a.Exercise}]
		w.Attempts = append(w.Attempts, a)
		return nil
	}, attemptColumns(answer), "attempt", "w.id")
}

func (c scope) drafts(ctx context.Context, q querier, index map[[2]string]*classroom.Work) error {
	var student, exercise, answer string
	return c.each(ctx, q, func(r *sql.Rows) (err error) {
		if err := r.Scan(&student, &exercise, &answer); err != nil {
			return err
		}
		index[[2]string{student, exercise}].Draft, err = fields(answer)
		return err
	}, "s.id, (SELECT name FROM exercise WHERE n = w.exercise), w.answer", "draft", "w.exercise")
}

// Work is a student's work at one exercise, nil for none.
func (s *Store) Work(ctx context.Context, student, exercise string) (*classroom.Work, error) {
	if exercise == "" {
		return nil, classroom.CheckPlace(exercise, 0)
	}
	all, err := s.works(ctx, func(q querier) (scope, error) { return studentScope(ctx, q, student, exercise) }, true)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return &all[0], nil
}

// Works is a student's work at all exercises.
func (s *Store) Works(ctx context.Context, student string) ([]classroom.Work, error) {
	return s.works(ctx, func(q querier) (scope, error) { return studentScope(ctx, q, student, "") }, true)
}

// ClassWorks is a classroom's work.
func (s *Store) ClassWorks(ctx context.Context, room, exercise string, answers bool) ([]classroom.Work, error) {
	return s.works(ctx, func(q querier) (scope, error) { return classScope(ctx, q, room, exercise) }, answers)
}

func (s *Store) works(ctx context.Context, of func(q querier) (scope, error), answers bool) (all []classroom.Work, err error) {
	err = s.snapshot(ctx, func(q querier) error {
		c, err := of(q)
		if err == nil {
			all, err = c.works(ctx, q, answers)
		}
		return err
	})
	return all, err
}

// Progress is a student's work in numbers.
func (s *Store) Progress(ctx context.Context, student string) ([]classroom.Progress, error) {
	return s.progress(ctx, func(q querier) (scope, error) { return studentScope(ctx, q, student, "") })
}

// ClassProgress is a classroom's work in numbers.
func (s *Store) ClassProgress(ctx context.Context, room, exercise string) ([]classroom.Progress, error) {
	return s.progress(ctx, func(q querier) (scope, error) { return classScope(ctx, q, room, exercise) })
}

func (s *Store) progress(ctx context.Context, of func(q querier) (scope, error)) (all []classroom.Progress, err error) {
	err = s.snapshot(ctx, func(q querier) error {
		c, err := of(q)
		if err == nil {
			all, err = c.progress(ctx, q)
		}
		return err
	})
	return all, err
}
