package sqlite

import (
	"path/filepath"
	"testing"

	"go.uber.org/goleak"

	"descent/classroom"
	"descent/classroom/storetest"
)

func TestMain(m *testing.M) {
	if childFile() != "" {
		child()
		return
	}
	goleak.VerifyTestMain(m)
}

// A name that a DSN would misread: a store has to escape it.
const awkwardName = "a ?#%20&mode=ro.db"

func opened(t testing.TB, file string) *Store {
	t.Helper()
	s, err := Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func TestStore(t *testing.T) {
	storetest.Run(t, func(t *testing.T) classroom.Store { return opened(t, filepath.Join(t.TempDir(), awkwardName)) })
}
