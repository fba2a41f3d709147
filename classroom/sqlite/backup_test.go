package sqlite

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"descent/classroom"
)

// A backup is one moment of the work, whole, made while others submit.
func TestBackup(t *testing.T) {
	folder := t.TempDir()
	file, copied := filepath.Join(folder, awkwardName), filepath.Join(folder, "copy of "+awkwardName)
	s := opened(t, file)
	addStudents(t, s, submitters)
	stop := make(chan struct{})
	begun := make(chan struct{}, submitters)
	var wait sync.WaitGroup
	for g := range submitters {
		wait.Go(func() {
			for n := 0; ; n++ {
				if _, _, err := s.Submit(t.Context(), sent(g, n)); err != nil {
					t.Error(err)
				}
				if n == 0 {
					begun <- struct{}{}
				}
				select {
				case <-stop:
					return
				default:
				}
			}
		})
	}
	for range submitters {
		<-begun
	}
	err := Backup(t.Context(), file, copied) // as the command does, with a connection of its own
	close(stop)
	wait.Wait()
	if err != nil {
		t.Fatal(err)
	}
	b := opened(t, copied)
	for g := range submitters {
		works, err := b.Works(t.Context(), fmt.Sprint("student-", g))
		if err != nil || len(works) == 0 {
			t.Errorf("of student %d the backup has %d works, %v", g, len(works), err)
		}
	}
	keptKeys(t, b) // compares attempts and numbers
	if _, _, err := b.Submit(t.Context(), sent(0, 1_000_000)); err != nil {
		t.Error("a backup can be worked with:", err)
	}

	before, err := os.ReadFile(copied)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Backup(t.Context(), copied); !errors.Is(err, os.ErrExist) {
		t.Errorf("over a file that is there: %v", err)
	}
	if after, err := os.ReadFile(copied); err != nil || len(after) != len(before) {
		t.Error("the file that was there has changed", err)
	}
}

// What cannot be copied leaves nothing behind.
func TestBackupInVain(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "empty.db"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	altered(t, filepath.Join(folder, "other.db"), "CREATE TABLE bookmark (url TEXT)")
	to := filepath.Join(folder, "to.db")
	for _, name := range []string{"none.db", "empty.db", "other.db"} {
		if err := Backup(t.Context(), filepath.Join(folder, name), to); err == nil {
			t.Errorf("%s is copied", name)
		}
		if _, err := os.Stat(to); err == nil {
			t.Errorf("a copy of %s is there", name)
		}
	}
	if _, err := os.Stat(filepath.Join(folder, "none.db")); err == nil {
		t.Error("a backup makes the database that it is to copy")
	}
	s := opened(t, filepath.Join(folder, "s.db"))
	if err := s.Backup(t.Context(), filepath.Join(folder, "none", "to.db")); err == nil {
		t.Error("a backup makes folders")
	}
}

// A backup comes before an update: a database of another version is copied as it is.
func TestBackupOfOtherVersion(t *testing.T) {
	folder := t.TempDir()
	file, to := filepath.Join(folder, "newer.db"), filepath.Join(folder, "to.db")
	if err := opened(t, file).Close(); err != nil {
		t.Fatal(err)
	}
	altered(t, file, "PRAGMA user_version = 99")
	if err := Backup(t.Context(), file, to); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(t.Context(), to); !errors.Is(err, classroom.ErrNewer) {
		t.Errorf("the copy opens with %v", err)
	}
}
