package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"descent/classroom"
)

// AddStudent keeps a student with a session.
func (s *Store) AddStudent(ctx context.Context, st classroom.Student, session string) error {
	if err := valid(st.Check(), classroom.CheckToken(session)); err != nil {
		return err
	}
	return s.writer.commit(ctx, func(t *tx) error {
		room, err := t.room(st.Classroom)
		if err != nil {
			return err
		}
		if err := t.exec("INSERT INTO student (id, classroom, name, created) VALUES (?, ?, ?, ?)", st.ID, room, st.Name, millis(st.Created)); err != nil {
			return err
		}
		return t.one("INSERT INTO session (hash, student) SELECT ?, n FROM student WHERE id = ?", session, st.ID)
	})
}

// room is a classroom's number, NULL for none.
func (t *tx) room(id string) (sql.NullInt64, error) {
	if id == "" {
		return sql.NullInt64{}, nil
	}
	n, err := number(t.ctx, t, classroomNumber, id)
	return sql.NullInt64{Int64: n, Valid: true}, err
}

const students = "SELECT s.id, coalesce(c.id, ''), s.name, s.created FROM student s LEFT JOIN classroom c ON c.n = s.classroom "

func readStudent(st *classroom.Student) func(*sql.Rows) error {
	return func(r *sql.Rows) error {
		var created int64
		err := r.Scan(&st.ID, &st.Classroom, &st.Name, &created)
		st.Created = instant(created)
		return err
	}
}

func (s *Store) student(ctx context.Context, what, where, key string) (st classroom.Student, err error) {
	err = s.found(ctx, get(ctx, s.reading, readStudent(&st), students+where, key))
	if err != nil {
		return classroom.Student{}, fmt.Errorf("student of the %s: %w", what, err)
	}
	return st, nil
}

// Student finds a student by id.
func (s *Store) Student(ctx context.Context, id string) (classroom.Student, error) {
	return s.student(ctx, "id", "WHERE s.id = ?", id)
}

// StudentOfSession finds the student of a browser.
func (s *Store) StudentOfSession(ctx context.Context, hash string) (classroom.Student, error) {
	return s.student(ctx, "session", "WHERE s.n = (SELECT student FROM session WHERE hash = ?)", hash)
}

// StudentOfLink finds the student of a personal link.
func (s *Store) StudentOfLink(ctx context.Context, hash string) (classroom.Student, error) {
	return s.student(ctx, "link", "WHERE s.link = ?", hash)
}

// AddSession lets a further browser act as the student.
func (s *Store) AddSession(ctx context.Context, student, hash string) error {
	if err := classroom.CheckToken(hash); err != nil {
		return err
	}
	return s.writer.commit(ctx, func(t *tx) error {
		return t.one("INSERT INTO session (hash, student) SELECT ?, n FROM student WHERE id = ?", hash, student)
	})
}

// EndSession forgets a browser.
func (s *Store) EndSession(ctx context.Context, hash string) error {
	return s.writer.commit(ctx, func(t *tx) error { return t.exec("DELETE FROM session WHERE hash = ?", hash) })
}

// SetLink gives a student a personal link in place of the one before.
func (s *Store) SetLink(ctx context.Context, student, hash string) error {
	if err := classroom.CheckToken(hash); err != nil {
		return err
	}
	return s.writer.commit(ctx, func(t *tx) error {
		return t.one("UPDATE student SET link = ? WHERE id = ?", hash, student)
	})
}

// Join puts a student into a classroom, or out of it.
func (s *Store) Join(ctx context.Context, student, room, name string) error {
	if room == "" {
		name = ""
	} else if err := classroom.CheckName(name); err != nil {
		return err
	}
	return s.writer.commit(ctx, func(t *tx) error {
		n, err := t.room(room)
		if err != nil {
			return err
		}
		return t.one("UPDATE student SET classroom = ?, name = ? WHERE id = ?", n, name, student)
	})
}

// DeleteStudent removes a student and everything of theirs. SQLite overwrites it in the file
// (secure_delete); what its log still holds is gone when that is used again, or at Close.
func (s *Store) DeleteStudent(ctx context.Context, id string) error {
	return s.writer.commit(ctx, func(t *tx) error { return t.one("DELETE FROM student WHERE id = ?", id) })
}

// valid is the first of the errors.
func valid(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
