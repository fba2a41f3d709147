package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"time"

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
func (c scope) each(ctx context.Context, q querier, scan func(*sql.Rows) error, columns, table string) error {
	query := "SELECT " + columns + " FROM student s CROSS JOIN " + table + " w ON w.student = s.n WHERE " + c.of
	args := []any{c.n}
	if c.exercise != 0 {
		query, args = query+" AND w.exercise = ?", append(args, c.exercise)
	}
	return each(ctx, q, scan, query+" ORDER BY s.id", args...)
}

// progressColumns are those of a progressRow, of the work w. The driver takes longer over a column than SQLite does,
// so small numbers come in pairs: the table of a class has 15,000 rows.
var progressColumns = strings.Join([]string{"w.begun", "w.last", "w.solved", "w.score",
	pair("w.variant", "w.solved_variant"), pair("w.tries", "w.solved_tries"), pair("w.open", "w.hints * 2 + w.gave_up")}, ", ")

// pair puts two numbers below 2³² into one, high and low; halves takes them apart.
func pair(high, low string) string { return "((" + high + ") << 32 | (" + low + "))" }

func halves(both any) (high, low int) {
	return int(both.(int64) >> 32), int(both.(int64) & (1<<32 - 1))
}

func readProgress(p *classroom.Progress) func(*sql.Rows) error {
	return func(r *sql.Rows) error {
		var row progressRow
		if err := r.Scan(row.columns()...); err != nil {
			return err
		}
		*p = row.progress()
		return nil
	}
}

// A progressRow is a row as the driver has it. Scan hands that through to an any, where it would turn it into
// text and back for an int. The tables are STRICT, so that the types are certain.
type progressRow [7]any

func (r *progressRow) columns() []any { return pointers(r[:]) }

func (r *progressRow) progress() (p classroom.Progress) {
	at := func(i int) time.Time { return instant(r[i].(int64)) }
	p.Begun, p.Last, p.Solved, p.Score = at(0), at(1), at(2), r[3].(float64)
	p.Variant, p.SolvedVariant = halves(r[4])
	p.Tries, p.SolvedTries = halves(r[5])
	open, hints := halves(r[6])
	p.Open, p.Hints, p.GaveUp = open, hints/2, hints%2 == 1
	return p
}

// A register has the names for the numbers in a scope's rows, which many rows then share.
type register struct{ students, exercises map[int64]string }

func (c scope) register(ctx context.Context, q querier) (g register, err error) {
	if g.students, err = names(ctx, q, "SELECT s.n, s.id FROM student s WHERE "+c.of, c.n); err != nil {
		return g, err
	}
	if c.exercise == 0 {
		g.exercises, err = names(ctx, q, "SELECT n, name FROM exercise")
	} else {
		g.exercises, err = names(ctx, q, "SELECT n, name FROM exercise WHERE n = ?", c.exercise)
	}
	return g, err
}

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

// of are the names for two columns as the driver has them.
func (g register) of(student, exercise any) (string, string) {
	return g.students[student.(int64)], g.exercises[exercise.(int64)]
}

// mostExpected is for how many works there is room at once; for more it grows.
const mostExpected = 20_000

// progress reads the numbers of a scope, by student's id, then exercise.
func (c scope) progress(ctx context.Context, q querier, g register) ([]classroom.Progress, error) {
	all := make([]classroom.Progress, 0, min(len(g.students)*len(g.exercises), mostExpected))
	var row progressRow
	var place any
	columns := append(row.columns(), &place)
	begin := 0 // of the student's
	err := c.each(ctx, q, func(r *sql.Rows) error {
		if err := r.Scan(columns...); err != nil {
			return err
		}
		p := row.progress()
		student, exercise := halves(place)
		p.Student, p.Exercise = g.students[int64(student)], g.exercises[int64(exercise)]
		if len(all) > 0 && all[begin].Student != p.Student {
			sortByExercise(all[begin:])
			begin = len(all)
		}
		all = append(all, p)
		return nil
	}, progressColumns+", "+pair("w.student", "w.exercise"), "work")
	sortByExercise(all[begin:])
	return all, err
}

// sortByExercise sorts here and not in SQL, which would have to fetch and compare the names.
func sortByExercise(works []classroom.Progress) {
	slices.SortFunc(works, func(a, b classroom.Progress) int { return strings.Compare(a.Exercise, b.Exercise) })
}

// works reads the whole of a scope.
func (c scope) works(ctx context.Context, q querier, answers bool) ([]classroom.Work, error) {
	g, err := c.register(ctx, q)
	if err != nil {
		return nil, err
	}
	all, err := c.progress(ctx, q, g)
	if err != nil {
		return nil, err
	}
	works := make([]classroom.Work, len(all))
	desks := make(map[[2]string]*classroom.Work, len(all))
	for i, p := range all {
		works[i] = classroom.Work{Student: p.Student, Exercise: p.Exercise, Variant: p.Variant, Hints: p.Hints, GaveUp: p.GaveUp, Begun: p.Begun}
		desks[[2]string{p.Student, p.Exercise}] = &works[i]
	}
	answer := "NULL"
	if answers {
		answer = "w.answer"
		if err := c.drafts(ctx, q, g, desks); err != nil {
			return nil, err
		}
	}
	if err := c.attempts(ctx, q, g, desks, answer); err != nil {
		return nil, err
	}
	for i := range works {
		slices.SortFunc(works[i].Attempts, func(a, b classroom.Attempt) int { return cmp.Compare(a.ID, b.ID) })
	}
	return works, nil
}

func (c scope) attempts(ctx context.Context, q querier, g register, desks map[[2]string]*classroom.Work, answer string) error {
	var row attemptRow
	columns := row.columns()
	return c.each(ctx, q, func(r *sql.Rows) error {
		if err := r.Scan(columns...); err != nil {
			return err
		}
		a, err := row.attempt()
		a.Student, a.Exercise = g.of(row[2], row[3])
		w := desks[[2]string{a.Student, a.Exercise}]
		w.Attempts = append(w.Attempts, a)
		return err
	}, attemptColumns("w.student", "w.exercise", answer), "attempt")
}

func (c scope) drafts(ctx context.Context, q querier, g register, desks map[[2]string]*classroom.Work) error {
	var student, exercise any
	var answer string
	return c.each(ctx, q, func(r *sql.Rows) error {
		if err := r.Scan(&student, &exercise, &answer); err != nil {
			return err
		}
		draft, err := fields(answer)
		s, e := g.of(student, exercise)
		desks[[2]string{s, e}].Draft = draft
		return err
	}, "w.student, w.exercise, w.answer", "draft")
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
		if err != nil {
			return err
		}
		g, err := c.register(ctx, q)
		if err == nil {
			all, err = c.progress(ctx, q, g)
		}
		return err
	})
	return all, err
}
