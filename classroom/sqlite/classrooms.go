package sqlite

import (
	"context"
	"database/sql"
	"fmt"

	"descent/classroom"
)

// AddClassroom opens a classroom.
func (s *Store) AddClassroom(ctx context.Context, c classroom.Classroom) error {
	if err := c.Check(); err != nil {
		return err
	}
	return s.writer.commit(ctx, func(t *tx) error {
		return t.exec("INSERT INTO classroom (id, name, code, created) VALUES (?, ?, ?, ?)", c.ID, c.Name, c.Code, millis(c.Created))
	})
}

const classrooms = "SELECT id, name, code, created FROM classroom "

func readClassroom(c *classroom.Classroom) func(*sql.Rows) error {
	return func(r *sql.Rows) error {
		var created int64
		err := r.Scan(&c.ID, &c.Name, &c.Code, &created)
		c.Created = instant(created)
		return err
	}
}

func (s *Store) classroom(ctx context.Context, what, where, key string) (c classroom.Classroom, err error) {
	err = s.found(ctx, get(ctx, s.reading, readClassroom(&c), classrooms+where, key))
	if err != nil {
		return classroom.Classroom{}, fmt.Errorf("classroom of the %s: %w", what, err)
	}
	return c, nil
}

// Classroom finds a classroom by id.
func (s *Store) Classroom(ctx context.Context, id string) (classroom.Classroom, error) {
	return s.classroom(ctx, "id", "WHERE id = ?", id)
}

// ClassroomOfCode finds a classroom by its code.
func (s *Store) ClassroomOfCode(ctx context.Context, code string) (classroom.Classroom, error) {
	return s.classroom(ctx, "code", "WHERE code = ?", code)
}

// Classrooms lists all, the newest first.
func (s *Store) Classrooms(ctx context.Context) (all []classroom.Classroom, err error) {
	err = each(ctx, s.reading, func(r *sql.Rows) error {
		var c classroom.Classroom
		err := readClassroom(&c)(r)
		all = append(all, c)
		return err
	}, classrooms+"ORDER BY created DESC, id")
	return all, s.found(ctx, err)
}

// RenameClassroom changes name and code.
func (s *Store) RenameClassroom(ctx context.Context, id, name, code string) error {
	if err := (classroom.Classroom{ID: id, Name: name, Code: code}).Check(); err != nil {
		return err
	}
	return s.writer.commit(ctx, func(t *tx) error {
		return t.one("UPDATE classroom SET name = ?, code = ? WHERE id = ?", name, code, id)
	})
}

// DeleteClassroom removes a classroom with its students and their work.
func (s *Store) DeleteClassroom(ctx context.Context, id string) error {
	return s.writer.commit(ctx, func(t *tx) error { return t.one("DELETE FROM classroom WHERE id = ?", id) })
}

// Students lists a classroom's people by name, then id.
func (s *Store) Students(ctx context.Context, room string) (all []classroom.Student, err error) {
	err = s.snapshot(ctx, func(q querier) error {
		n, err := number(ctx, q, classroomNumber, room)
		if err != nil {
			return err
		}
		return each(ctx, q, func(r *sql.Rows) error {
			var st classroom.Student
			err := readStudent(&st)(r)
			all = append(all, st)
			return err
		}, students+"WHERE s.classroom = ? ORDER BY s.name, s.id", n)
	})
	return all, err
}

// OwnerHash is the hash of the owner's token, "" for none.
func (s *Store) OwnerHash(ctx context.Context) (hash string, err error) {
	err = each(ctx, s.reading, to(&hash), "SELECT hash FROM owner")
	return hash, s.found(ctx, err)
}

// SetOwnerHash keeps a new owner's token in place of the one before.
func (s *Store) SetOwnerHash(ctx context.Context, hash string) error {
	if err := classroom.CheckToken(hash); err != nil {
		return err
	}
	return s.writer.commit(ctx, func(t *tx) error {
		return t.exec("INSERT INTO owner (one, hash) VALUES (1, ?) ON CONFLICT (one) DO UPDATE SET hash = excluded.hash", hash)
	})
}
