package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"descent/classroom"
	"descent/classroom/sqlite"
)

// databaseName is the file in the folder that -data names.
const databaseName = "descent.db"

// A desk is the store of students' work, and what is to be said of it at the start.
type desk struct {
	*sqlite.Store
	folder string   // to be removed at the end; "": the work is kept
	token  string   // a new owner's, "": none
	notes  []string // for the operator
}

// openDesk opens the database in the folder, which is made where it is missing, or one for this run alone if none is named. With renew,
// and where no owner's link was made yet, there is a new one.
func openDesk(ctx context.Context, folder string, renew bool) (*desk, error) {
	ctx = context.WithoutCancel(ctx) // who stops the server now has it start and stop in order
	d := &desk{}
	if folder == "" {
		var err error
		if d.folder, err = os.MkdirTemp("", "descent-*"); err != nil {
			return nil, err
		}
		folder = d.folder
		d.note("Students' work is kept only until this server stops. To keep it, start with -data and a folder.")
	} else if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("-data: %w", err)
	}
	var err error
	if d.Store, err = sqlite.Open(ctx, filepath.Join(folder, databaseName)); err != nil {
		return nil, errors.Join(err, d.clear())
	}
	if err := d.makeOwner(ctx, renew); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

func (d *desk) note(text string) { d.notes = append(d.notes, text) }

// makeOwner sets d.token when there is to be a new one. A database that cannot be written stops only who asked for one.
func (d *desk) makeOwner(ctx context.Context, renew bool) error {
	hash, err := d.OwnerHash(ctx)
	if err != nil {
		return err
	}
	if hash != "" && !renew {
		d.note("The owner's link was shown when it was made. For a new one, which voids it, start with -new-owner-link.")
		return nil
	}
	token := classroom.NewToken()
	err = d.SetOwnerHash(ctx, classroom.OwnerHash(token))
	if errors.Is(err, classroom.ErrReadOnly) && !renew {
		d.note("There is no owner's link, as the database cannot be written.")
		return nil
	}
	if err != nil {
		return fmt.Errorf("a new owner's link: %w", err)
	}
	d.token = token
	return nil
}

// greeting is what the start says: the first line with the address, and what there is to know of the work.
func (d *desk) greeting(host string) string {
	lines := []string{"Descent is ready: http://" + host}
	if d.token != "" {
		lines = append(lines, "Owner's link, to open classrooms and see students' work: http://"+host+"/owner/"+d.token)
	}
	return strings.Join(append(lines, d.notes...), "\n") + "\n"
}

// Close closes the store, and removes it if it was for this run alone.
func (d *desk) Close() error { return errors.Join(d.Store.Close(), d.clear()) }

func (d *desk) clear() error {
	if d.folder == "" {
		return nil
	}
	return os.RemoveAll(d.folder)
}

// backup copies the database in the folder into the file.
func backup(ctx context.Context, folder, file string) error {
	if folder == "" {
		return errors.New("-backup: -data is to say where the database is")
	}
	return sqlite.Backup(ctx, filepath.Join(folder, databaseName), file)
}
