package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"descent/classroom"
	"descent/classroom/sqlite"
)

// started runs the server until it is ready, stops it and returns what it said.
func started(t *testing.T, args ...string) (string, error) {
	t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	out, in := io.Pipe()
	done := make(chan error, 1)
	go func() {
		done <- run(ctx, append([]string{"-addr", "localhost:0"}, args...), noEnvironment, in, io.Discard)
		in.Close()
	}()
	var said strings.Builder
	for lines := bufio.NewScanner(out); lines.Scan(); stop() {
		said.WriteString(lines.Text() + "\n")
	}
	return said.String(), <-done
}

var ownerLink = regexp.MustCompile(`http://localhost:\d+/owner/([A-Za-z0-9_-]{22})\n`)

// token is the one of the owner's link that the server printed; it opens with the hash that is kept.
func token(t *testing.T, said, folder string) string {
	t.Helper()
	link := ownerLink.FindStringSubmatch(said)
	if link == nil {
		t.Fatalf("no owner's link is printed:\n%s", said)
	}
	s, err := sqlite.Open(t.Context(), filepath.Join(folder, databaseName))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if hash, err := s.OwnerHash(t.Context()); err != nil || hash != classroom.OwnerHash(link[1]) {
		t.Errorf("the link's token does not have the hash that is kept, %v", err)
	}
	return link[1]
}

func TestOwnersLink(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "made", "here")
	said, err := started(t, "-data", folder)
	if err != nil {
		t.Fatal(err)
	}
	first := token(t, said, folder)
	if info, err := os.Stat(folder); err != nil || info.Mode().Perm() != 0o700 {
		t.Error("the folder is not for its owner alone:", info.Mode(), err)
	}
	if strings.Contains(said, "only until") {
		t.Errorf("work is kept, and the server says\n%s", said)
	}

	said, err = started(t, "-data", folder)
	if err != nil || ownerLink.MatchString(said) || !strings.Contains(said, "-new-owner-link") {
		t.Errorf("at the second start the server says\n%s%v", said, err)
	}
	said, err = started(t, "-data", folder, "-new-owner-link")
	if err != nil {
		t.Fatal(err)
	}
	if token(t, said, folder) == first {
		t.Error("the new link is the old one")
	}
}

// Without -data nothing is left when the server has stopped.
func TestTemporaryDatabase(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	said, err := started(t)
	if err != nil || !ownerLink.MatchString(said) || !strings.Contains(said, "only until this server stops") {
		t.Errorf("the server says\n%s%v", said, err)
	}
	if left, err := os.ReadDir(os.Getenv("TMPDIR")); err != nil || len(left) > 0 {
		t.Error("something is left:", left, err)
	}
}

func TestBackupFlag(t *testing.T) {
	folder := t.TempDir()
	d, err := openDesk(t.Context(), folder, false) // serves meanwhile
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.AddClassroom(t.Context(), classroom.Classroom{ID: "c", Name: "Course", Code: "CODE"}); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(folder, "copy.db")
	if err := run(t.Context(), []string{"-data", folder, "-backup", file}, noEnvironment, io.Discard, io.Discard); err != nil {
		t.Fatal(err)
	}
	s, err := sqlite.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if c, err := s.ClassroomOfCode(t.Context(), "CODE"); err != nil || c.Name != "Course" {
		t.Error(c, err)
	}
	if err := run(t.Context(), []string{"-data", folder, "-backup", file}, noEnvironment, io.Discard, io.Discard); !errors.Is(err, os.ErrExist) {
		t.Errorf("a second backup into the same file: %v", err)
	}
	if err := run(t.Context(), []string{"-backup", file + "2"}, noEnvironment, io.Discard, io.Discard); err == nil || !strings.Contains(err.Error(), "-data") {
		t.Errorf("a backup without -data: %v", err)
	}
	if err := run(t.Context(), []string{"-data", filepath.Join(folder, "none"), "-backup", file + "2"}, noEnvironment, io.Discard, io.Discard); err == nil {
		t.Error("a backup of nothing succeeds")
	}
	if _, err := os.Stat(filepath.Join(folder, "none")); err == nil {
		t.Error("a backup makes the folder that it is to copy")
	}
}

// A folder that cannot be used stops the start with a message that names it.
func TestImpossibleData(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if said, err := started(t, "-data", file); err == nil || !strings.Contains(err.Error(), file) {
		t.Errorf("%s%v", said, err)
	}
}
