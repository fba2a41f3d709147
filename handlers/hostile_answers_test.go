package handlers

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"descent/lessons"
	"descent/lessons/cell"
)

// hostileTexts are what somebody may send in any field of an exercise.
var hostileTexts = []string{
	"", " ", "\x00", "\xff\xfe", "NaN", "-inf", "1e400", "-0", strings.Repeat("9", 9000), strings.Repeat("(", 9000), strings.Repeat("-", 300),
	strings.Repeat("1/(1+", 60) + "x", "9^9^9^9^9", "1/0", "x_i", "sum(i,1,m,x_i)", "Σ_i Σ_j Σ_k x_ij", "D(x, D(x, D(x, x^x^x)))", "theta = theta = theta", "dot(x, x)",
	strings.Repeat("x + 1\n", 1500), "<script>alert(1)</script>", "\u202e\u0000",
	"def step(*a):\n  return step(*a)\n", "while True: pass", "x = [0]*10**9", "[[0]*10000 for i in range(10000)]", "def gradient(*a):\n  return \"a\"*10**9\n", "print('x'*100000)",
	strings.Repeat("[", 5000), "load('x', 'y')", "def f(" + strings.Repeat("a,", 3000) + "): pass",
}

// Whatever is sent to any field of an exercise of the notebook, one of each kind, gets an answer in time, and never that the server broke.
func TestHostileAnswers(t *testing.T) {
	s := newSchool(t)
	var err error
	if s.list, err = lessons.Load(lessons.Embedded(), cell.Check); err != nil {
		t.Fatal(err)
	}
	s.serve(s.store, s.log)
	seen := map[string]bool{}
	for _, l := range s.list {
		for _, e := range l.Exercises() {
			kind := fmt.Sprintf("%T", e.Task)
			if seen[kind] {
				continue
			}
			seen[kind] = true
			v, address := s.pupil(), "/lessons/"+l.Slug+"/exercises/"+e.ID
			first := e.Variant(0)
			for field := range first.Task.Model(first) {
				for i, text := range hostileTexts {
					form := first.Task.Model(first)
					form[field] = []string{text}
					if i%2 == 0 {
						form[field] = append(form[field], "1")
					}
					form.Set("action", "check")
					form.Set("variant", "0")
					start := time.Now()
					w := v.send(http.MethodPost, address, form)
					if w.Code >= 500 {
						t.Errorf("%s answers %d to %s=%.40q", address, w.Code, field, text)
					}
					if took := time.Since(start); took > runLimit+time.Second {
						t.Errorf("%s takes %v for %s=%.40q", address, took, field, text)
					}
					if w.Code == http.StatusConflict { // it is solved
						v = s.pupil()
					}
				}
			}
			if w := v.send(http.MethodGet, address, nil); w.Code != http.StatusOK {
				t.Errorf("%s is answered with %d afterwards", address, w.Code)
			}
		}
	}
}
