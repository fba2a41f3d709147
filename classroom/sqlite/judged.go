package sqlite

import (
	"context"
	"database/sql"

	"descent/classroom"
)

// Judged counts a classroom's answers by exercise, rule, final outcome and diagnosis.
func (s *Store) Judged(ctx context.Context, room string) (all []classroom.Judged, err error) {
	err = s.snapshot(ctx, func(q querier) error {
		n, err := number(ctx, q, classroomNumber, room)
		if err != nil {
			return err
		}
		return each(ctx, q, func(r *sql.Rows) error {
			var j classroom.Judged
			err := r.Scan(&j.Exercise, &j.Rule, &j.Outcome, &j.Diagnosis, &j.Answers)
			all = append(all, j)
			return err
		}, `SELECT e.name, g.rule, g.final, g.diagnosis, g.answers FROM (
				SELECT w.exercise, w.rule, iif(w.settled = '', w.outcome, w.settled) AS final, w.diagnosis, count(*) AS answers
				FROM student s CROSS JOIN attempt w ON w.student = s.n WHERE s.classroom = ? GROUP BY 1, 2, 3, 4
			) g JOIN exercise e ON e.n = g.exercise ORDER BY 1, 2, 3, 4`, n)
	})
	return all, err
}
