// Package sqlite keeps students' work in one file with SQLite, in Go without cgo.
//
// # Writers and readers
//
// One goroutine writes, on one connection: it collects the writes that wait into one
// transaction, each under a savepoint of its own, and answers them when the whole is committed
// (writer.go). So a disk that needs milliseconds to keep something for good is asked once for
// many students. Readers have connections of their own and never wait for the writer (write-ahead
// log, https://sqlite.org/wal.html). Commits reach the disk (synchronous FULL). Other processes may read the file, make a backup of it
// or write to it meanwhile.
//
// # What it does not do
//
// It does not judge, and it does not cache. Whoever holds the file can read the work in it, but no token.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"time"

	_ "modernc.org/sqlite" // the driver "sqlite"

	"descent/classroom"
)

const (
	readers    = 4
	cacheKB    = 1024             // of pages, for each connection
	busyMillis = 5000             // how long one waits for another process
	openLimit  = 30 * time.Second // for opening and migrating
)

// A Store is a [classroom.Store] in a file.
type Store struct {
	file    string
	reading *sql.DB
	writing *sql.DB
	writer  *writer
}

var _ classroom.Store = (*Store)(nil)

// Open opens the database, makes it where there is none, and brings an older one up to date; its folder must be there.
// A database of a newer program is [classroom.ErrNewer]. One that cannot be written is opened all the same if it is up to date: then each
// write is [classroom.ErrReadOnly].
func Open(ctx context.Context, file string) (*Store, error) {
	s, err := open(ctx, file)
	if err != nil {
		return nil, fmt.Errorf("database %s: %w", file, err)
	}
	return s, nil
}

func open(ctx context.Context, file string) (*Store, error) {
	ctx, cancel := context.WithTimeout(ctx, openLimit)
	defer cancel()
	file, err := filepath.Abs(file)
	if err != nil {
		return nil, err
	}
	claim(file)
	s, first := openMode(ctx, file, "rw")
	if first == nil || !unwritable(first) {
		return s, first
	}
	if s, err = openMode(ctx, file, "ro"); err == nil {
		return s, nil
	}
	if hasLog(file) { // whose commits an immutable file would lack
		return nil, written(first)
	}
	if s, err = openMode(ctx, file, "ro&immutable=1"); err == nil {
		return s, nil
	}
	return nil, written(first)
}

// hasLog says whether there are commits beside the file.
func hasLog(file string) bool {
	info, err := os.Stat(file + "-wal")
	return err == nil && info.Size() > 0
}

// claim makes an empty file that only its owner may read. Where it cannot, opening says why.
func claim(file string) {
	if f, err := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600); err == nil {
		f.Close()
	}
}

func openMode(ctx context.Context, file, mode string) (*Store, error) {
	s := &Store{file: file}
	var err error
	if s.writing, err = sql.Open("sqlite", source(file, mode, "secure_delete(1)")); err != nil {
		return nil, err
	}
	s.writing.SetMaxOpenConns(1)
	if err := migrate(ctx, s.writing); err != nil {
		return nil, errors.Join(err, s.writing.Close())
	}
	if s.reading, err = sql.Open("sqlite", source(file, mode, "query_only(1)")); err != nil {
		return nil, errors.Join(err, s.writing.Close())
	}
	s.reading.SetMaxOpenConns(readers)
	s.reading.SetMaxIdleConns(readers)
	conn, err := s.writing.Conn(ctx)
	if err != nil {
		return nil, errors.Join(err, s.reading.Close(), s.writing.Close())
	}
	s.writer = startWriter(conn)
	return s, nil
}

// source names the file for the driver, with the settings of each connection.
func source(file, mode string, pragmas ...string) string {
	q := url.Values{"_txlock": {"immediate"}, "_pragma": {
		fmt.Sprintf("busy_timeout(%d)", busyMillis), "foreign_keys(1)", "synchronous(FULL)", fmt.Sprintf("cache_size(-%d)", cacheKB), "temp_store(MEMORY)"}}
	q["_pragma"] = append(q["_pragma"], pragmas...)
	return "file:" + (&url.URL{Path: filepath.ToSlash(file)}).EscapedPath() + "?mode=" + mode + "&" + q.Encode()
}

// Close waits for the writes under way, then closes the file.
func (s *Store) Close() error {
	if !s.writer.stop() {
		return nil
	}
	return errors.Join(s.reading.Close(), s.writing.Close())
}
