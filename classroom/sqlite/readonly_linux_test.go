package sqlite

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"descent/classroom"
)

// A folder without the right to write: who reads goes on reading.
func TestReadOnlyFolder(t *testing.T) {
	const readsOnly = "reads, says that nothing was kept"
	for _, tt := range []struct {
		name string
		open bool // by another process that serves
		want string
	}{
		{"of a server that has stopped", false, readsOnly},
		{"of a server that runs", true, readsOnly},
	} {
		t.Run(tt.name, func(t *testing.T) {
			folder := openFolder(t)
			s := opened(t, filepath.Join(folder, "r.db"))
			addStudents(t, s, 1)
			if _, _, err := s.Submit(t.Context(), submission(0, 0, "key", classroom.Wrong)); err != nil {
				t.Fatal(err)
			}
			if !tt.open {
				if err := s.Close(); err != nil {
					t.Fatal(err)
				}
			}
			if got := asReader(t, folder, filepath.Join(folder, "r.db")); got != tt.want {
				t.Errorf("the program %s", got)
			}
		})
	}
	t.Run("without a database", func(t *testing.T) {
		folder := openFolder(t)
		if got := asReader(t, folder, filepath.Join(folder, "r.db")); !strings.Contains(got, "does not open") || !strings.Contains(got, "r.db") {
			t.Errorf("the program %s", got)
		}
	})
}

// openFolder is a folder that everybody may go through.
func openFolder(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("", "descent-test-*")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.Chmod(folder, 0o700); _ = os.RemoveAll(folder) })
	if err := os.Chmod(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	return folder
}

// asReader tries the database out in a process that has no right to write it; root has every right, so that it becomes another user.
func asReader(t *testing.T, folder, file string) string {
	t.Helper()
	program := filepath.Join(openFolder(t), "program")
	text, err := os.ReadFile(os.Args[0])
	if err := errors.Join(err, os.WriteFile(program, text, 0o755)); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(file + "*")
	for _, f := range files {
		err = errors.Join(err, os.Chmod(f, 0o444))
	}
	if err := errors.Join(err, os.Chmod(folder, 0o555)); err != nil {
		t.Fatal(err)
	}
	c := childCommand(program, "try", file)
	if os.Getuid() == 0 {
		c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	out, err := c.Output()
	if errors.Is(err, syscall.EPERM) {
		t.Skip("root may not become another user here")
	}
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

// A file system that is full, but for 300 kB.
func TestFullDisk(t *testing.T) {
	folder := t.TempDir()
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=8m"); err != nil {
		t.Skip("no small file system can be made here:", err)
	}
	t.Cleanup(func() {
		if err := syscall.Unmount(folder, 0); err != nil {
			t.Error(err)
		}
	})
	s := opened(t, filepath.Join(folder, "full.db"))
	ballast := filepath.Join(folder, "ballast")
	checkFull(t, s, func() {
		err := os.WriteFile(ballast, make([]byte, 8<<20), 0o600)
		if !errors.Is(err, syscall.ENOSPC) {
			t.Fatal("it is not full:", err)
		}
		info, err := os.Stat(ballast)
		if err := errors.Join(err, os.Truncate(ballast, info.Size()-300_000)); err != nil {
			t.Fatal(err)
		}
	}, func() {
		if err := os.Remove(ballast); err != nil {
			t.Fatal(err)
		}
	})
}
