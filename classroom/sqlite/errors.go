package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"modernc.org/sqlite"
	lib "modernc.org/sqlite/lib"

	"descent/classroom"
)

// unwritable says that the file cannot be written now: no right to, no room, a broken disk.
func unwritable(err error) bool {
	switch code(err) & 0xff {
	case lib.SQLITE_READONLY, lib.SQLITE_FULL, lib.SQLITE_IOERR, lib.SQLITE_CANTOPEN, lib.SQLITE_PERM:
		return true
	}
	return false
}

// code is SQLite's extended result code (https://sqlite.org/rescode.html); 0: not an error of SQLite.
func code(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

// written is the error of a write as the contract has it.
func written(err error) error {
	switch c := code(err); {
	case err == nil:
		return nil
	case unwritable(err):
		return fmt.Errorf("%w: %w", classroom.ErrReadOnly, err)
	case c == lib.SQLITE_CONSTRAINT_UNIQUE, c == lib.SQLITE_CONSTRAINT_PRIMARYKEY:
		return fmt.Errorf("%w: %w", classroom.ErrTaken, err)
	}
	return err
}

// found is the error of a reading as the contract has it.
func (s *Store) found(ctx context.Context, err error) error {
	switch {
	case err == nil:
		return nil
	case s.writer.stopped():
		return classroom.ErrClosed
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return missing(err)
}

// missing makes of a row that is not there the contract's error.
func missing(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return classroom.ErrNotFound
	}
	return err
}
