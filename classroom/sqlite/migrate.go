package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"descent/classroom"
)

// The steps from one version of the tables to the next, in order of their names; the nth leads to version n. One that was
// released is never changed. SQLite counts them itself (user_version), so that a migration tool, with its
// table and its modules, would add nothing.
//
//go:embed migrations/*.sql
var migrations embed.FS

// application marks our files: "Desc" (https://sqlite.org/pragma.html#pragma_application_id).
const application = 0x44657363

func steps() ([]string, error) {
	names, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return nil, err
	}
	var all []string
	for _, name := range names {
		text, err := fs.ReadFile(migrations, name)
		if err != nil {
			return nil, err
		}
		all = append(all, string(text))
	}
	return all, nil
}

// migrate brings the tables up to date, all steps or none. The error wraps [classroom.ErrNewer] if they are of a newer program.
func migrate(ctx context.Context, db *sql.DB) error {
	all, err := steps()
	if err != nil {
		return err
	}
	version, err := versionOf(ctx, db)
	if err != nil {
		return err
	}
	switch {
	case version > len(all):
		return fmt.Errorf("%w: it has version %d, this program knows versions up to %d", classroom.ErrNewer, version, len(all))
	case version == len(all):
		return nil
	}
	if _, err := db.ExecContext(ctx, "PRAGMA journal_mode = WAL"); err != nil {
		return err
	}
	return apply(ctx, db, all)
}

// versionOf is the version of the tables, 0 in an empty file.
func versionOf(ctx context.Context, db querier) (int, error) {
	var version, id, tables int
	err := get(ctx, db, to(&version, &id, &tables),
		"SELECT user_version, application_id, (SELECT count(*) FROM sqlite_schema) FROM pragma_user_version, pragma_application_id")
	if err == nil && id != application && (tables > 0 || version != 0) {
		err = errors.New("it is a database of another program")
	}
	return version, err
}

func apply(ctx context.Context, db *sql.DB, all []string) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after a commit it does nothing
	version, err := versionOf(ctx, tx)   // another process may have been faster
	for n := version; err == nil && n < len(all); n++ {
		_, err = tx.ExecContext(ctx, all[n])
	}
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA user_version = %d; PRAGMA application_id = %d", max(version, len(all)), application)); err != nil {
		return err
	}
	return tx.Commit()
}
