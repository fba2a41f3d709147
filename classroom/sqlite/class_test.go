package sqlite_test

import (
	"cmp"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"descent/classroom"
	"descent/classroom/classroomtest"
	"descent/classroom/sqlite"
)

func openClass(t testing.TB, class *classroomtest.Class) *sqlite.Store {
	t.Helper()
	store, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "class.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	if err := classroomtest.Fill(t.Context(), store, class); err != nil {
		t.Fatal(err)
	}
	return store
}

// What the store counts of a class is what counting its attempts gives, also after a lecturer has settled some.
func TestClass(t *testing.T) {
	class := classroomtest.Invent(2, 60, classroomtest.Exercises(12), 0.25)
	store := openClass(t, class)
	settled := 0
	for i := range class.Works {
		for j := range class.Works[i].Attempts {
			a := &class.Works[i].Attempts[j]
			if a.Outcome != classroom.Undecided || settled == 20 {
				continue
			}
			settled++
			a.Settled = []classroom.Outcome{classroom.Right, classroom.Wrong}[settled%2]
			if a.Settled == classroom.Right {
				a.Score = 0.9
			}
			if err := store.Settle(t.Context(), class.Classroom.ID, a.ID, a.Settled, a.Score); err != nil {
				t.Fatal(err)
			}
		}
	}
	wantProgress, wantJudged := class.Summary()
	slices.SortFunc(wantProgress, func(a, b classroom.Progress) int {
		return cmp.Or(cmp.Compare(a.Student, b.Student), cmp.Compare(a.Exercise, b.Exercise))
	})
	slices.SortFunc(wantJudged, func(a, b classroom.Judged) int {
		return cmp.Or(cmp.Compare(a.Exercise, b.Exercise), cmp.Compare(a.Rule, b.Rule), cmp.Compare(a.Outcome, b.Outcome), cmp.Compare(a.Diagnosis, b.Diagnosis))
	})
	progress, err := store.ClassProgress(t.Context(), class.Classroom.ID, "")
	if err != nil || !reflect.DeepEqual(progress, wantProgress) {
		t.Errorf("progress differs, or %v", err)
	}
	judged, err := store.Judged(t.Context(), class.Classroom.ID)
	if err != nil || !reflect.DeepEqual(judged, wantJudged) {
		t.Errorf("judged %v, want %v, %v", judged, wantJudged, err)
	}
}
