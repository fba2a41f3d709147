package sqlite

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"descent/classroom"
	"descent/classroom/storetest"
)

// childVariable makes of this test's program a child, which does one thing with the database that it names.
const childVariable = "DESCENT_TEST_CHILD"

func childCommand(program, task, file string) *exec.Cmd {
	c := exec.Command(program, "-test.run=^$")
	c.Env = append(os.Environ(), childVariable+"="+task+" "+file)
	c.Stderr = os.Stderr
	return c
}

func TestMain(m *testing.M) {
	switch task, file, _ := strings.Cut(os.Getenv(childVariable), " "); task {
	case "submit":
		takeSubmissions(file)
	case "try":
		tryOut(file)
	default:
		goleak.VerifyTestMain(m)
	}
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
