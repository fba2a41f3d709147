package sqlite

import (
	"bufio"
	"cmp"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"descent/classroom"
)

// eachSubmits is how many submissions each of the 32 submitters has: 1,280 together.
const eachSubmits = 40

// sent is a submission of the child, and as the parent sends it again.
func sent(submitter, n int) classroom.Attempt {
	return submission(submitter, n%5, fmt.Sprintf("%d-%d", submitter, n), classroom.Wrong)
}

// takeSubmissions takes submissions and writes the key of each once it is acknowledged. It does not end by itself, unless the parent does.
func takeSubmissions(file string) {
	ctx := context.Background()
	s, err := Open(ctx, file)
	if err != nil {
		panic(err)
	}
	eachAtOnce(submitters, func(g int) {
		if err := s.AddStudent(ctx, classroom.Student{ID: fmt.Sprint("student-", g)}, fmt.Sprint("session-", g)); err != nil {
			panic(err)
		}
	})
	for g := range submitters {
		go func() {
			for n := range eachSubmits {
				a, fresh, err := s.Submit(ctx, sent(g, n))
				if err != nil || !fresh {
					panic(fmt.Sprint(fresh, err))
				}
				fmt.Println(a.Key) // one write to the pipe, so lines stay whole
			}
		}()
	}
	_, _ = io.Copy(io.Discard, os.Stdin)
}

// The program is killed in the middle of 1,280 submissions, again and again: what was acknowledged is there, once, and
// sending all of it again makes each be there once.
func TestKilled(t *testing.T) {
	rounds := 20
	if testing.Short() || raceDetector { // which makes SQLite in Go ten times as slow
		rounds = 4
	}
	random := rand.New(rand.NewPCG(5, 2026))
	acknowledged := 0
	for round := range rounds {
		file := filepath.Join(t.TempDir(), "killed.db")
		after := 1 + random.IntN(submitters*eachSubmits)
		if round%5 == 4 {
			after = 0 // perhaps in the middle of opening
		}
		acks := killed(t, file, after, time.Duration(random.IntN(60))*time.Millisecond)
		if len(acks) < after {
			t.Fatalf("round %d: the child ended after %d of %d acknowledgements", round, len(acks), after)
		}
		acknowledged += len(acks)
		checkKept(t, file, acks)
	}
	t.Logf("%d acknowledged submissions survived %d kills", acknowledged, rounds)
}

// killed runs the child until it has acknowledged so many submissions, or for the time if there are to be none, kills it
// and returns the keys that it acknowledged.
func killed(t *testing.T, file string, after int, patience time.Duration) map[string]bool {
	t.Helper()
	c := childCommand(os.Args[0], "submit", file)
	stdin, err := c.StdinPipe()
	out, err2 := c.StdoutPipe()
	if err := cmp.Or(err, err2, c.Start()); err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	if after == 0 {
		time.AfterFunc(patience, func() { _ = c.Process.Kill() })
	}
	acks := map[string]bool{}
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		acks[lines.Text()] = true
		if len(acks) == after {
			if err := c.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	_ = c.Wait() // "signal: killed"
	return acks
}

// checkKept opens what the killed child has left.
func checkKept(t *testing.T, file string, acks map[string]bool) {
	t.Helper()
	s, err := Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var verdict string
	if err := get(t.Context(), s.reading, to(&verdict), "PRAGMA integrity_check"); err != nil || verdict != "ok" {
		t.Fatal(verdict, err)
	}
	kept := keptKeys(t, s)
	for key := range acks {
		if kept[key] == 0 {
			t.Errorf("%s was acknowledged and is lost", key)
		}
	}
	eachAtOnce(submitters, func(g int) {
		id := fmt.Sprint("student-", g)
		if _, err := s.Student(t.Context(), id); err != nil { // the child did not come so far
			if err := s.AddStudent(t.Context(), classroom.Student{ID: id}, "again-"+id); err != nil {
				t.Error(err)
			}
		}
		for n := range eachSubmits {
			a := sent(g, n)
			if _, fresh, err := s.Submit(t.Context(), a); err != nil || fresh != (kept[a.Key] == 0) {
				t.Errorf("%s again: fresh %v, %v", a.Key, fresh, err)
			}
		}
	})
	all := keptKeys(t, s)
	for key, times := range all {
		if times != 1 {
			t.Errorf("%s is there %d times", key, times)
		}
	}
	if len(all) != submitters*eachSubmits {
		t.Errorf("%d submissions are there, want %d", len(all), submitters*eachSubmits)
	}
}

// keptKeys counts the attempts of each key, and has the numbers agree with them.
func keptKeys(t *testing.T, s *Store) map[string]int {
	t.Helper()
	kept := map[string]int{}
	for g := range submitters {
		works, err := s.Works(t.Context(), fmt.Sprint("student-", g))
		if err != nil {
			continue // the child did not come so far
		}
		numbers, err := s.Progress(t.Context(), fmt.Sprint("student-", g))
		if err != nil {
			t.Fatal(err)
		}
		for i, w := range works {
			if numbers[i].Tries != len(w.Attempts) {
				t.Errorf("%d attempts are counted as %d", len(w.Attempts), numbers[i].Tries)
			}
			for _, a := range w.Attempts {
				kept[a.Key]++
			}
		}
	}
	return kept
}
