package sqlite

import (
	"bytes"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"descent/classroom"
)

// altered runs a statement in a database that nobody has open.
func altered(t *testing.T, file, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", source(file, "rwc"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}

func TestNewerDatabase(t *testing.T) {
	file := filepath.Join(t.TempDir(), "newer.db")
	if err := opened(t, file).Close(); err != nil {
		t.Fatal(err)
	}
	altered(t, file, "PRAGMA user_version = 99")
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	all, err := steps()
	if err != nil {
		t.Fatal(err)
	}
	_, err = Open(t.Context(), file)
	if !errors.Is(err, classroom.ErrNewer) {
		t.Fatalf("the error is %v", err)
	}
	for _, part := range []string{file, "version 99", "up to " + string(rune('0'+len(all)))} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("the message %q does not say %q", err, part)
		}
	}
	if after, err := os.ReadFile(file); err != nil || !bytes.Equal(before, after) {
		t.Error("the newer database was changed", err)
	}
}

func TestForeignFiles(t *testing.T) {
	folder := t.TempDir()
	altered(t, filepath.Join(folder, "other.db"), "CREATE TABLE bookmark (url TEXT)")
	if err := os.WriteFile(filepath.Join(folder, "text.db"), []byte(strings.Repeat("no database\n", 1000)), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"other.db": "another program", "text.db": "not a database", "none/none.db": "none.db", "": "unable to open"} {
		if s, err := Open(t.Context(), filepath.Join(folder, name)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want an error that says %q", name, err, want)
			if err == nil {
				s.Close()
			}
		}
	}
}

// Several programs that start at once with a new database make its tables once.
func TestOpenedAtOnce(t *testing.T) {
	file := filepath.Join(t.TempDir(), "once.db")
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			s, err := Open(t.Context(), file)
			if err != nil {
				t.Error(err)
				return
			}
			if err := errors.Join(s.SetOwnerHash(t.Context(), "hash"), s.Close()); err != nil {
				t.Error(err)
			}
		})
	}
	wait.Wait()
}

// The file is for its owner alone, and so are those beside it.
func TestRights(t *testing.T) {
	folder := t.TempDir()
	s := opened(t, filepath.Join(folder, "r.db"))
	addStudents(t, s, 1)
	if err := s.Backup(t.Context(), filepath.Join(folder, "copy.db")); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) < 3 {
		t.Fatal(entries, err)
	}
	for _, e := range entries {
		if info, err := e.Info(); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", e.Name(), info.Mode(), err)
		}
	}
}

// Of who was deleted the file holds no byte any more once it is closed.
func TestDeletedBytes(t *testing.T) {
	file := filepath.Join(t.TempDir(), "d.db")
	s := opened(t, file)
	addStudents(t, s, 3)
	secret := submission(1, 1, "key", classroom.Wrong)
	secret.Answer.Set("x", strings.Repeat("unmistakable", 1000))
	if err := s.Join(t.Context(), "student-1", "c", "Unmistakable Name"); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Submit(t.Context(), secret); err != nil {
		t.Fatal(err)
	}
	if err := s.SaveDraft(t.Context(), "student-1", secret.Exercise, 3, secret.Answer, secret.At); err != nil {
		t.Fatal(err)
	}
	holds := func() bool {
		t.Helper()
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		return bytes.Contains(bytes.ToLower(text), []byte("unmistakable"))
	}
	if !holds() {
		t.Fatal("the test looks for the wrong bytes")
	}
	s = opened(t, file)
	if err := s.DeleteStudent(t.Context(), "student-1"); err != nil {
		t.Fatal(err)
	}
	if holds() {
		t.Error("the file still holds what was deleted")
	}
}
