package handlers

import (
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"descent/classroom"
	"descent/classroom/classroomtest"
	"descent/classroom/sqlite"
	"descent/lessons"
	"descent/lessons/cell"
	"descent/lessons/exercise"
)

// TestFillFolder makes a folder with a database of 200 students who have worked at the built-in lessons, to look at the owner's
// pages, and a copy of the lessons, to change an exercise and judge again:
//
//	DESCENT_FILL=/tmp/hall go test ./handlers -run TestFillFolder -v
//	go run ./cmd/web -lessons /tmp/hall/lessons -data /tmp/hall
func TestFillFolder(t *testing.T) {
	folder := os.Getenv("DESCENT_FILL")
	if folder == "" {
		t.Skip("DESCENT_FILL names no folder")
	}
	h := newBuiltInHall(t, 200)
	if err := os.CopyFS(filepath.Join(folder, "lessons"), lessons.Embedded()); err != nil {
		t.Fatal(err)
	}
	if err := sqlite.Backup(t.Context(), h.file, filepath.Join(folder, "descent.db")); err != nil {
		t.Fatal(err)
	}
	t.Logf("the owner's link is /owner/%s, the class /classrooms/%s", h.token, h.class.Classroom.ID)
}

// newBuiltInHall is a class that has worked at the built-in lessons, with the verdicts of the exercises themselves.
func newBuiltInHall(t testing.TB, students int) *hall {
	t.Helper()
	list, err := lessons.Load(lessons.Embedded(), cell.Check)
	if err != nil {
		t.Fatal(err)
	}
	h := emptyHall(t)
	h.list = list
	all := forClass(list)
	byName := map[string]*exercise.Exercise{}
	i := 0
	for _, l := range list {
		for _, e := range l.Exercises() {
			if all[i].Wrong = slices.Concat(stated(e), unstated(t, e)); len(all[i].Wrong) == 0 {
				t.Fatalf("no wrong answer to %s is known", all[i].Name)
			}
			byName[all[i].Name] = e
			i++
		}
	}
	class := classroomtest.Invent(7, students, all, 0.25)
	judgeClass(t, class, byName)
	h.open(class)
	return h
}

// stated are the mistakes that an exercise's author expects.
func stated(e *exercise.Exercise) []classroomtest.Wrong {
	var list []classroomtest.Wrong
	for i, m := range e.Task.Mistakes(e.Variant(0)) {
		list = append(list, classroomtest.Wrong{Diagnosis: m.ID, Answer: func(n int) url.Values {
			all := e.Task.Mistakes(e.Variant(n))
			return all[min(i, len(all)-1)].Answer
		}})
	}
	return list
}

// spoilings make something else of a right text: what a student might write, and what no program decides.
var spoilings = []func(string) string{
	func(s string) string { return s + " + 10^(-30)" },
	func(s string) string {
		begun, last := "", s
		if i := strings.LastIndex(s, "\n"); i >= 0 {
			begun, last = s[:i+1], s[i+1:]
		}
		return begun + last + " + 10^(-30)\n" + last
	},
	func(s string) string { return s + "7" },
	func(s string) string { return "2*(" + s + ")" },
	func(s string) string { return "-" + s },
}

// unstated are wrong answers that no author expects and undecided ones, found by trying: of each outcome and diagnosis one.
func unstated(t testing.TB, e *exercise.Exercise) []classroomtest.Wrong {
	t.Helper()
	answers := []func(n int) url.Values{func(n int) url.Values { return e.Task.Model(e.Variant(n + 1)) }}
	for _, spoil := range spoilings {
		answers = append(answers, func(n int) url.Values {
			form := url.Values{}
			for name, values := range e.Task.Model(e.Variant(n)) {
				form.Set(name, spoil(values[0]))
			}
			return form
		})
	}
	var list []classroomtest.Wrong
	seen := map[string]bool{}
	for _, answer := range answers {
		v, err := e.Task.Check(t.Context(), e.Variant(0), answer(0))
		if err != nil {
			t.Fatalf("%s: %v", e.ID, err)
		}
		key := string(v.Outcome) + v.Diagnosis
		if len(v.Errors) > 0 || v.Outcome == exercise.Right || seen[key] {
			continue
		}
		seen[key] = true
		list = append(list, classroomtest.Wrong{Diagnosis: v.Diagnosis, Undecided: v.Outcome == exercise.Undecided, Answer: answer})
	}
	return list
}

// judgeClass gives what a class has sent the verdicts and scores of the exercises. What is refused goes, and what follows a right answer.
func judgeClass(t testing.TB, c *classroomtest.Class, byName map[string]*exercise.Exercise) {
	t.Helper()
	judged := map[string]exercise.Verdict{}
	for i := range c.Works {
		w := &c.Works[i]
		e := byName[w.Exercise]
		var kept []classroom.Attempt
		for _, a := range w.Attempts {
			key := w.Exercise + "\n" + string(rune(a.Variant)) + a.Answer.Encode()
			v, ok := judged[key]
			if !ok {
				var err error
				if v, err = e.Task.Check(t.Context(), e.Variant(a.Variant), a.Answer); err != nil {
					t.Fatalf("%s: %v", w.Exercise, err)
				}
				judged[key] = v
			}
			if len(v.Errors) > 0 {
				continue
			}
			a.Outcome, a.Diagnosis, a.Score = classroom.Outcome(v.Outcome), v.Diagnosis, 0
			if v.Outcome == exercise.Right {
				a.Score = scoreOf(e, kept, &a)
			}
			kept = append(kept, a)
			if v.Outcome == exercise.Right {
				break
			}
		}
		w.Attempts = kept
	}
}

// The invented class has all that the owner's pages are to show of the built-in lessons.
func TestBuiltInHall(t *testing.T) {
	h := newBuiltInHall(t, 30)
	found := map[classroom.Outcome]int{}
	diagnoses := map[string]bool{}
	for _, w := range h.class.Works {
		for _, a := range w.Attempts {
			found[a.Outcome]++
			diagnoses[a.Diagnosis] = true
		}
	}
	if found[classroom.Right] == 0 || found[classroom.Wrong] == 0 || found[classroom.Undecided] == 0 || len(diagnoses) < 30 {
		t.Errorf("%v, %d diagnoses", found, len(diagnoses))
	}
}
