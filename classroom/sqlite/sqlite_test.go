package sqlite

import (
	"net/url"
	"path/filepath"
	"testing"
	"time"

	"descent/classroom"
)

func TestSmoke(t *testing.T) {
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "a ?#%.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ctx := t.Context()
	if err := s.AddClassroom(ctx, classroom.Classroom{ID: "c", Name: "C", Code: "CODE", Created: time.Now()}); err != nil {
		t.Fatal(err)
	}
	if err := s.AddStudent(ctx, classroom.Student{ID: "a", Classroom: "c", Name: "N"}, "h"); err != nil {
		t.Fatal(err)
	}
	t.Log(s.StudentOfSession(ctx, "h"))
	if err := s.SaveDraft(ctx, "a", "l/e", 2, url.Values{"x": {"1"}}, time.Now()); err != nil {
		t.Fatal(err)
	}
	t.Log(s.Work(ctx, "a", "l/e"))
	a := classroom.Attempt{Key: "k", Student: "a", Exercise: "l/e", Variant: 2, Answer: url.Values{"x": {"1\x00\xff"}}, Outcome: classroom.Undecided, At: time.Now(), Score: 0.5}
	kept, fresh, err := s.Submit(ctx, a)
	t.Log(kept, fresh, err)
	kept, fresh, err = s.Submit(ctx, a)
	t.Log(kept, fresh, err)
	t.Log(s.Settle(ctx, "c", kept.ID, classroom.Right, 1))
	t.Log(s.Regrade(ctx, "c", []classroom.Attempt{{ID: kept.ID, Outcome: classroom.Right, Score: 0.7}}))
	t.Log(s.ClassProgress(ctx, "c", ""))
	t.Log(s.ClassWorks(ctx, "c", "l/e", true))
	t.Log(s.DeleteStudent(ctx, "a"))
	t.Log(s.ClassWorks(ctx, "c", "l/e", true))
}
