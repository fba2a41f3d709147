package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// Backup copies the database of the store into a new file, as it is at one moment, while reading and
// writing go on. A file that is there is not overwritten: the error then is [os.ErrExist].
func (s *Store) Backup(ctx context.Context, file string) error { return Backup(ctx, s.file, file) }

// Backup copies a database into a new file, also while other processes use it, and of whatever version it
// is. The copy needs no log beside it. Only once it is whole and on the disk does it have its name; before, there is an empty file.
func Backup(ctx context.Context, from, to string) error {
	if err := backup(ctx, from, to); err != nil {
		return fmt.Errorf("backup of %s: %w", from, err)
	}
	return nil
}

func backup(ctx context.Context, from, to string) (err error) {
	if from, err = filepath.Abs(from); err != nil {
		return err
	}
	db, err := openCopied(ctx, from)
	if err != nil {
		return err
	}
	defer db.Close()
	reserved, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	reserved.Close()
	defer func() {
		if err != nil {
			os.Remove(to)
		}
	}()
	return vacuumInto(ctx, db, to)
}

// openCopied opens a database that must be there and be one of this program.
func openCopied(ctx context.Context, file string) (*sql.DB, error) {
	if _, err := os.Stat(file); err != nil {
		return nil, err
	}
	var first error
	for _, mode := range []string{"rw", "ro", "ro&immutable=1"} {
		if mode == "ro&immutable=1" && hasLog(file) {
			break // whose commits would be missed
		}
		db, err := sql.Open("sqlite", source(file, mode))
		if err != nil {
			return nil, err
		}
		version, err := versionOf(ctx, db)
		if err == nil && version == 0 {
			err = errors.New("there is nothing in it")
		}
		if err == nil {
			return db, nil
		}
		db.Close()
		if first == nil {
			first = err
		}
		if !unwritable(err) {
			break
		}
	}
	return nil, first
}

// vacuumInto writes the copy beside its name, then puts it there (https://sqlite.org/lang_vacuum.html#vacuuminto).
func vacuumInto(ctx context.Context, db *sql.DB, to string) error {
	folder, err := os.MkdirTemp(filepath.Dir(to), ".descent-backup-*") // 0700, as the copy is born readable
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	part := filepath.Join(folder, "part.db")
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", part); err != nil {
		return err
	}
	if err := os.Chmod(part, 0o600); err != nil {
		return err
	}
	if err := flush(part); err != nil { // SQLite does not for a copy
		return err
	}
	if err := os.Rename(part, to); err != nil {
		return err
	}
	return flush(filepath.Dir(to))
}

// flush waits until a file, or a folder's list of names, is on the disk.
func flush(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync()
}
