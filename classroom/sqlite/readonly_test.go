package sqlite

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"descent/classroom"
)

// tryOut is a child that says what it can do with a database: "reads, writes", say.
func tryOut(file string) {
	ctx := context.Background()
	s, err := Open(ctx, file)
	if err != nil {
		fmt.Print("does not open: ", err)
		return
	}
	defer s.Close()
	if w, err := s.Works(ctx, "student-0"); err != nil || len(w) != 1 || w[0].Attempts[0].Key != "key" {
		fmt.Print("does not read: ", err)
		return
	}
	_, _, err = s.Submit(ctx, submission(0, 0, "another", classroom.Wrong))
	switch {
	case err == nil:
		fmt.Print("reads, writes")
	case errors.Is(err, classroom.ErrReadOnly):
		fmt.Print("reads, says that nothing was kept")
	default:
		fmt.Print("reads, and writing fails as ", err)
	}
}

// SQLite's own limit of pages is a disk that is full: nothing of what does not fit is kept, readers read, and when there is room
// again work goes on.
func TestFull(t *testing.T) {
	s := opened(t, filepath.Join(t.TempDir(), "full.db"))
	checkFull(t, s, func() { setPages(t, s, "PRAGMA max_page_count = 60") }, func() { setPages(t, s, "PRAGMA max_page_count = 1000000") })
}

func setPages(t *testing.T, s *Store, pragma string) {
	t.Helper()
	err := s.writer.commit(t.Context(), func(t *tx) error {
		var pages int
		return get(t.ctx, t, to(&pages), pragma)
	})
	if err != nil {
		t.Fatal(err)
	}
}

func checkFull(t *testing.T, s *Store, fill, empty func()) {
	addStudents(t, s, submitters)
	fill()
	const tries = 20
	var refused atomic.Int64
	var kept [submitters][tries]bool
	submit := func(g int) {
		for n := range tries {
			a := sent(g, n)
			a.Answer.Set("long", strings.Repeat("x", 1000))
			_, _, err := s.Submit(t.Context(), a)
			kept[g][n] = err == nil
			if errors.Is(err, classroom.ErrReadOnly) {
				refused.Add(1)
			} else if err != nil {
				t.Error(err)
			}
		}
	}
	eachAtOnce(submitters, submit)
	if refused.Load() == 0 {
		t.Fatal("there was room for all")
	}
	found := keptKeys(t, s)
	for g := range submitters {
		for n := range tries {
			if key := sent(g, n).Key; (found[key] == 1) != kept[g][n] {
				t.Errorf("%s was acknowledged: %v; it is there %d times", key, kept[g][n], found[key])
			}
		}
	}
	if len(found) == 0 {
		t.Error("there was no room at all")
	}
	empty()
	before := refused.Load()
	eachAtOnce(submitters, submit)
	if refused.Load() != before || len(keptKeys(t, s)) != submitters*tries {
		t.Errorf("with room again %d are there, %d were refused", len(keptKeys(t, s)), refused.Load()-before)
	}
}

// Opened for reading alone, beside a store that writes.
func TestReadOnlyMode(t *testing.T) {
	file := filepath.Join(t.TempDir(), "r.db")
	if err := opened(t, file).SetOwnerHash(t.Context(), "hash"); err != nil {
		t.Fatal(err)
	}
	s, err := openMode(t.Context(), file, "ro")
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if hash, err := s.OwnerHash(t.Context()); hash != "hash" || err != nil {
		t.Error(hash, err)
	}
	for range 2 {
		if err := s.SetOwnerHash(t.Context(), "other"); !errors.Is(err, classroom.ErrReadOnly) {
			t.Error(err)
		}
	}
}
