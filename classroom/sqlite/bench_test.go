package sqlite

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"descent/classroom"
)

const submitters = 32

func submission(student, exercise int, key string, outcome classroom.Outcome) classroom.Attempt {
	return classroom.Attempt{Key: key, Student: fmt.Sprint("student-", student), Exercise: fmt.Sprint("lesson/exercise-", exercise), Variant: 3,
		Answer: url.Values{"lines": {"D(theta_j, NLL)\n= -sum_i (y_i - sigma(theta^T x_i)) x_ij"}}, Outcome: outcome, Diagnosis: "forgot-the-chain-rule", Score: 0.9, Rule: "0123456789abcdef", At: time.Now()}
}

func addStudents(t testing.TB, s *Store, n int) {
	t.Helper()
	if err := s.AddClassroom(t.Context(), classroom.Classroom{ID: "c", Name: "Course", Code: "CODE"}); err != nil {
		t.Fatal(err)
	}
	eachAtOnce(n, func(i int) {
		if err := s.AddStudent(t.Context(), classroom.Student{ID: fmt.Sprint("student-", i), Classroom: "c", Name: fmt.Sprint("Student ", i)}, fmt.Sprint("session-", i)); err != nil {
			t.Error(err)
		}
	})
}

// eachAtOnce calls do for 0 … n − 1, in as many goroutines as there are submitters.
func eachAtOnce(n int, do func(i int)) {
	turns := make(chan int)
	var wait sync.WaitGroup
	for range submitters {
		wait.Go(func() {
			for i := range turns {
				do(i)
			}
		})
	}
	for i := range n {
		turns <- i
	}
	close(turns)
	wait.Wait()
}

// Submissions of 32 submitters, each acknowledged after its commit. "fsyncs/s" is how often the same disk keeps a page
// written behind the last when nothing else is done, "per-fsync" the ratio.
func BenchmarkSubmit(b *testing.B) {
	s := opened(b, filepath.Join(b.TempDir(), "b.db"))
	addStudents(b, s, submitters)
	turns := make(chan int)
	took := make([][]time.Duration, submitters)
	var wait sync.WaitGroup
	for g := range submitters {
		wait.Go(func() {
			for i := range turns {
				begun := time.Now()
				if _, fresh, err := s.Submit(b.Context(), submission(g, i%30, fmt.Sprint("key-", i), classroom.Wrong)); err != nil || !fresh {
					b.Error(fresh, err)
				}
				took[g] = append(took[g], time.Since(begun))
			}
		})
	}
	b.ReportAllocs()
	begun, n := time.Now(), 0
	for b.Loop() {
		turns <- n
		n++
	}
	close(turns)
	wait.Wait()
	rate := float64(n) / time.Since(begun).Seconds()
	all := slices.Concat(took...)
	slices.Sort(all)
	disk := fsyncs(b)
	b.ReportMetric(rate, "submissions/s")
	b.ReportMetric(float64(all[len(all)*99/100].Microseconds())/1000, "p99-ms")
	b.ReportMetric(disk, "fsyncs/s")
	b.ReportMetric(rate/disk, "per-fsync")
}

// fsyncs is how many a second the disk does.
func fsyncs(b *testing.B) float64 {
	f, err := os.Create(filepath.Join(b.TempDir(), "bare"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	page := make([]byte, 4096)
	begun, n := time.Now(), 0
	for ; time.Since(begun) < 300*time.Millisecond; n++ {
		if _, err := f.Write(page); err != nil {
			b.Fatal(err)
		}
		if err := f.Sync(); err != nil {
			b.Fatal(err)
		}
	}
	return float64(n) / time.Since(begun).Seconds()
}

// A classroom of 500 students at 30 exercises, three attempts at each.
func fullClass(b *testing.B) *Store {
	const people, exercises, tries = 500, 30, 3
	s := opened(b, filepath.Join(b.TempDir(), "b.db"))
	addStudents(b, s, people)
	eachAtOnce(people*exercises*tries, func(i int) {
		outcome := classroom.Wrong
		if i%tries == tries-1 {
			outcome = classroom.Right
		}
		if _, _, err := s.Submit(b.Context(), submission(i/tries%people, i/tries/people, fmt.Sprint("key-", i), outcome)); err != nil {
			b.Error(err)
		}
	})
	return s
}

// Reading from that classroom.
func BenchmarkRead(b *testing.B) {
	s := fullClass(b)
	ctx := b.Context()
	for _, bb := range []struct {
		name string
		want int
		read func() (int, error)
	}{
		{"ClassProgress", 15_000, func() (int, error) { p, err := s.ClassProgress(ctx, "c", ""); return len(p), err }},
		{"ClassProgressOfExercise", 500, func() (int, error) { p, err := s.ClassProgress(ctx, "c", "lesson/exercise-7"); return len(p), err }},
		{"ClassWorksOfExercise", 500, func() (int, error) { w, err := s.ClassWorks(ctx, "c", "lesson/exercise-7", true); return len(w), err }},
		{"ClassWorks", 15_000, func() (int, error) { w, err := s.ClassWorks(ctx, "c", "", false); return len(w), err }},
		{"Judged", 60, func() (int, error) { j, err := s.Judged(ctx, "c"); return len(j), err }},
		{"Students", 500, func() (int, error) { p, err := s.Students(ctx, "c"); return len(p), err }},
		{"Attempts", 45_000, func() (n int, err error) {
			err = s.Attempts(ctx, "c", func(classroom.Attempt) bool { n++; return true })
			return n, err
		}},
		{"Works", 30, func() (int, error) { w, err := s.Works(ctx, "student-7"); return len(w), err }},
		{"Progress", 30, func() (int, error) { p, err := s.Progress(ctx, "student-7"); return len(p), err }},
		{"Work", 3, func() (int, error) {
			w, err := s.Work(ctx, "student-7", "lesson/exercise-7")
			return len(w.Attempts), err
		}},
		{"StudentOfSession", 1, func() (int, error) { _, err := s.StudentOfSession(ctx, "session-7"); return 1, err }},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if n, err := bb.read(); err != nil || n != bb.want {
					b.Fatal(n, err)
				}
			}
		})
	}
}
