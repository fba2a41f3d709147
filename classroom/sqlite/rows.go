package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"net/url"
	"time"

	"descent/classroom"
)

// A querier is what can be read from: the readers' pool, one moment of it (sql.Tx), or the writer's transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// each calls scan for every row.
func each(ctx context.Context, q querier, scan func(*sql.Rows) error, query string, args ...any) error {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// get is each for one row, without which the error is ErrNotFound.
func get(ctx context.Context, q querier, scan func(*sql.Rows) error, query string, args ...any) error {
	n := 0
	err := each(ctx, q, func(r *sql.Rows) error { n++; return scan(r) }, query, args...)
	if err == nil && n == 0 {
		err = classroom.ErrNotFound
	}
	return err
}

// to scans a row's columns into the variables.
func to(variables ...any) func(*sql.Rows) error {
	return func(r *sql.Rows) error { return r.Scan(variables...) }
}

// pointers are where Scan puts the columns of a row, for it to keep them as they are.
func pointers(row []any) []any {
	all := make([]any, len(row))
	for i := range row {
		all[i] = &row[i]
	}
	return all
}

// number finds the number that stands in other tables for an id.
func number(ctx context.Context, q querier, query, id string) (n int64, err error) {
	err = get(ctx, q, to(&n), query, id)
	return n, err
}

// The numbers of rows.
const (
	studentNumber   = "SELECT n FROM student WHERE id = ?"
	classroomNumber = "SELECT n FROM classroom WHERE id = ?"
	exerciseNumber  = "SELECT n FROM exercise WHERE name = ?"
)

// millis is a time as it is kept, 0 for none.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func instant(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// fields reads an answer. That it parses is sure, as [url.Values.Encode] wrote it, unless the file was damaged.
func fields(encoded string) (url.Values, error) {
	v, err := url.ParseQuery(encoded)
	if err != nil {
		err = errors.New("a damaged answer")
	}
	return v, err
}

// snapshot has the readings of do see the same moment.
func (s *Store) snapshot(ctx context.Context, do func(q querier) error) error {
	tx, err := s.reading.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return s.found(ctx, err)
	}
	defer func() { _ = tx.Rollback() }() // it has read only
	return s.found(ctx, do(tx))
}
