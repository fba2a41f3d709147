package handlers

import (
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"

	"descent/classroom"
)

func TestExercisePage(t *testing.T) {
	s := newSchool(t)
	for _, address := range []string{sumAddress, "/lessons/practice"} {
		w := s.pupil().send(http.MethodGet, address, nil)
		body := w.Body.String()
		for _, want := range []string{"A sum", "Exercise 1.1", `value="check"`, `name="answer"`, "Hint 1 of 2 (−10 %)", "Show the solution", "Another one", "A wrong try costs 10 %.", `name="variant" value="0"`} {
			if !strings.Contains(body, want) {
				t.Errorf("%s lacks %q", address, want)
			}
		}
		for _, not := range []string{"You multiplied", "Count from", "It is more"} {
			if strings.Contains(shownWords(body), not) {
				t.Errorf("%s gives away %q", address, not)
			}
		}
		if len(w.Result().Cookies()) > 0 {
			t.Errorf("%s sets a cookie for who only reads", address)
		}
	}
	v := s.pupil()
	pages := []string{v.read(singleAddress)}
	v.done(singleAddress, "give-up", 0)
	pages = append(pages, v.read(singleAddress), v.press(singleAddress, "check", 0, "answer", "1").Body.String())
	for _, page := range pages {
		if words := strings.ToLower(shownWords(page)); strings.Contains(words, "another one") || strings.Contains(words, "version") {
			t.Errorf("an exercise with one version speaks of another: %s", words)
		}
	}
	if !strings.Contains(s.pupil().read("/lessons/practice?slides=sums"), "Answer it on its page") {
		t.Error("a slide does not lead to the exercise")
	}
	if w := s.pupil().send(http.MethodGet, "/lessons/practice/exercises/sun", nil); w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "“sum”") {
		t.Errorf("a misspelt exercise: %d", w.Code)
	}
}

// A wrong answer, hints, a draft, the right answer: all are there on every page and after a restart.
func TestExerciseIsWorkedOut(t *testing.T) {
	s := newSchool(t)
	v := s.pupil()
	right := s.model(sumAddress, 0).Get("answer")

	v.done(sumAddress, "check", 0, "answer", "0", "key", "k1")
	if got := v.work(sumAddress); len(got.Attempts) != 1 || got.Attempts[0].Outcome != classroom.Wrong || got.Attempts[0].Answer.Encode() != "answer=0" {
		t.Fatalf("kept: %+v", got)
	}
	for _, address := range []string{sumAddress, "/lessons/practice"} {
		if got := shownWords(v.read(address)); !strings.Contains(got, "Not right yet.") || !strings.Contains(got, "worth 90 % now, after one wrong try") {
			t.Errorf("%s after a wrong answer: %s", address, got)
		}
	}
	v.done(sumAddress, "hint", 0, "answer", "1", "hints-shown", "0")
	v.done(sumAddress, "hint", 0, "answer", "12", "hints-shown", "0") // a second press on the same button
	body := v.read(sumAddress)
	if got := shownWords(body); !strings.Contains(got, "Count from") || strings.Contains(got, "It is more") || !strings.Contains(got, "worth 80 % now, after one wrong try and one hint") {
		t.Errorf("after a hint: %s", got)
	}
	if !strings.Contains(body, `value="12"`) || !strings.Contains(body, "About the answer that you sent last") {
		t.Error("what was typed beside the hint is lost, or the verdict passes for one on it")
	}
	v.done(sumAddress, "draft", 0, "answer", "123")
	s.restart()
	if body := v.read("/lessons/practice"); !strings.Contains(body, `value="123"`) || !strings.Contains(shownWords(body), "Saved") {
		t.Error("the draft is lost with the restart")
	}
	v.done(sumAddress, "check", 0, "answer", right)
	work := v.work(sumAddress)
	if last := work.Attempts[len(work.Attempts)-1]; last.Outcome != classroom.Right || last.Score < 0.7999 || last.Score > 0.8001 || last.Hints != 1 || work.Draft != nil {
		t.Errorf("kept: %+v", work)
	}
	body = v.read(sumAddress)
	if got := shownWords(body); !strings.Contains(got, "Right.") || !strings.Contains(got, "One way to do it") || !strings.Contains(got, "Your score: 80 %") || strings.Contains(body, `value="check"`) {
		t.Errorf("once solved: %s", got)
	}
	if got := shownWords(v.read("/")); !strings.Contains(got, "1 of 2 exercises solved") {
		t.Errorf("the contents say: %s", got)
	}
	if got := shownWords(v.read("/work")); !strings.Contains(got, "Solved: 80 %") || !strings.Contains(got, "New") {
		t.Errorf("their work: %s", got)
	}
}

func TestExerciseMistakeHasItsFeedback(t *testing.T) {
	s := newSchool(t)
	v := s.pupil()
	e := s.list[0].Exercises()[0]
	for _, m := range e.Task.Mistakes(e.Variant(0)) {
		v.done(sumAddress, "check", 0, "answer", m.Answer.Get("answer"))
		if !strings.Contains(v.read(sumAddress), "You multiplied.") {
			t.Errorf("%s: no feedback", m.ID)
		}
		if got := v.work(sumAddress).Attempts[0].Diagnosis; got != m.ID {
			t.Errorf("diagnosis %q", got)
		}
	}
}

// Giving up shows the solution and takes the points of this version, another one brings them back; the best counts.
func TestExerciseGivenUpAndAnother(t *testing.T) {
	s := newSchool(t)
	v := s.pupil()
	v.done(sumAddress, "give-up", 0, "answer", "7")
	body := v.read(sumAddress)
	if got := shownWords(body); !strings.Contains(got, "The solution") || !strings.Contains(got, "count nothing any more") || strings.Contains(body, `value="check"`) || !strings.Contains(body, `value="7"`) {
		t.Errorf("after giving up: %s", got)
	}
	if w := v.press(sumAddress, "check", 0, "answer", s.model(sumAddress, 0).Get("answer")); w.Code != http.StatusConflict || !strings.Contains(shownWords(w.Body.String()), "not judged") {
		t.Errorf("the answer that was shown counts: %d", w.Code)
	}
	v.done(sumAddress, "another", 0)
	v.done(sumAddress, "another", 0) // a second press
	if got := v.work(sumAddress); got.Variant != 1 || got.GaveUp || len(got.Attempts) != 0 {
		t.Fatalf("after another one: %+v", got)
	}
	v.done(sumAddress, "check", 1, "answer", "0")
	v.done(sumAddress, "check", 1, "answer", s.model(sumAddress, 1).Get("answer"))
	v.done(sumAddress, "another", 1)
	v.done(sumAddress, "check", 2, "answer", s.model(sumAddress, 2).Get("answer"))
	if got := shownWords(v.read(sumAddress)); !strings.Contains(got, "Your score: 100 %") {
		t.Errorf("the best of all does not count: %s", got)
	}
	v.done(sumAddress, "another", 2)
	if got := shownWords(v.read(sumAddress)); !strings.Contains(got, "Your score: 100 %") || !strings.Contains(got, "A wrong try costs") {
		t.Errorf("a new version: %s", got)
	}
	if got := shownWords(v.read("/work")); !strings.Contains(got, "Solved: 100 %") {
		t.Errorf("their work: %s", got)
	}
}

// Once round all versions, what was shown of the first one is still shown: its solution earns nothing.
func TestExerciseRoundAgain(t *testing.T) {
	s := newSchool(t)
	v := s.pupil()
	v.done(sumAddress, "give-up", 0)
	for n := range s.list[0].Exercises()[0].Variants {
		v.done(sumAddress, "another", n)
	}
	if w := v.press(sumAddress, "check", 0, "answer", s.model(sumAddress, 0).Get("answer")); w.Code != http.StatusConflict {
		t.Errorf("the solution that was shown earns points: %d", w.Code)
	}
	if got := v.work(sumAddress); got.Variant != 0 || !got.GaveUp || len(got.Attempts) != 0 {
		t.Errorf("kept: %+v", got)
	}
}

// The same submission counts once, however often and at once it comes; another answer under its key is another one.
func TestExerciseSentTwice(t *testing.T) {
	s := newSchool(t)
	v := s.pupil()
	v.done(sumAddress, "draft", 0, "answer", "1")
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			twin := s.pupil()
			twin.cookies = map[string]string{"descent-work": v.cookies["descent-work"]}
			if w := twin.press(sumAddress, "check", 0, "answer", "1", "key", "same"); w.Code != http.StatusSeeOther {
				t.Errorf("answers %d", w.Code)
			}
		})
	}
	wait.Wait()
	if n := len(v.work(sumAddress).Attempts); n != 1 {
		t.Errorf("%d attempts are kept", n)
	}
	v.done(sumAddress, "check", 0, "answer", "2", "key", "same")
	v.done(sumAddress, "check", 0, "answer", "1", "key", "same")
	if n := len(v.work(sumAddress).Attempts); n != 2 {
		t.Errorf("%d attempts are kept", n)
	}
	right := s.model(sumAddress, 0).Get("answer")
	v.done(sumAddress, "check", 0, "answer", right, "key", "other")
	v.done(sumAddress, "check", 0, "answer", right, "key", "other")
	v.done(sumAddress, "check", 0, "answer", right)
	if n := len(v.work(sumAddress).Attempts); n != 3 {
		t.Errorf("%d attempts are kept", n)
	}
}

// Guesses that come all at once are tries one after the other, and each costs what it costs.
func TestExerciseGuessedAtOnce(t *testing.T) {
	s := newSchool(t)
	v := s.pupil()
	v.done(sumAddress, "draft", 0, "answer", "1")
	right := number(s.model(sumAddress, 0).Get("answer"))
	var wait sync.WaitGroup
	for guess := right - 5; guess <= right+5; guess++ {
		wait.Go(func() {
			twin := s.pupil()
			twin.cookies = map[string]string{"descent-work": v.cookies["descent-work"]}
			twin.press(sumAddress, "check", 0, "answer", strconv.Itoa(guess))
		})
	}
	wait.Wait()
	wrong := 0
	for _, a := range v.work(sumAddress).Attempts {
		if a.Outcome == classroom.Wrong {
			wrong++
			continue
		}
		if want := max(0, 1-0.1*float64(wrong)); math.Abs(a.Score-want) > 1e-9 {
			t.Errorf("right after %d wrong tries is worth %v", wrong, a.Score)
		}
	}
	if got := v.work(sumAddress).Attempts; got[len(got)-1].Outcome != classroom.Right {
		t.Error("an answer was judged after the right one")
	}
}

func TestExerciseRefusals(t *testing.T) {
	s := newSchool(t)
	long := strings.Repeat("x", classroom.MaxAnswer)
	for _, tt := range []struct {
		name   string
		form   url.Values
		status int
		want   string // words
		kept   string // in the page
	}{
		{"no number", url.Values{"action": {"check"}, "variant": {"0"}, "answer": {"<b>five"}}, 422, "", `value="&lt;b&gt;five"`},
		{"empty", url.Values{"action": {"check"}, "variant": {"0"}}, 422, "", ""},
		{"no variant", url.Values{"action": {"check"}, "answer": {"5.5"}}, 422, "a version of the exercise that does not exist", `value="5.5"`},
		{"variant beyond", url.Values{"action": {"check"}, "variant": {"6"}, "answer": {"5.5"}}, 422, "a version of the exercise that does not exist", `value="5.5"`},
		{"variant below", url.Values{"action": {"another"}, "variant": {"-1"}}, 422, "a version of the exercise that does not exist", ""},
		{"variant that is none", url.Values{"action": {"hint"}, "variant": {"99999999999999999999"}}, 422, "a version of the exercise that does not exist", ""},
		{"no action", url.Values{"variant": {"0"}, "answer": {"5.5"}}, 422, "does not say what is to be done", `value="5.5"`},
		{"unknown action", url.Values{"action": {"win"}, "variant": {"0"}}, 422, "does not say what is to be done", ""},
		{"too long", url.Values{"action": {"check"}, "variant": {"0"}, "answer": {long}}, 422, "at most 20,000 characters", ""},
		{"draft too long", url.Values{"action": {"draft"}, "variant": {"0"}, "a": {long}}, 422, "at most 20,000 characters", ""},
		{"far too long", url.Values{"action": {"draft"}, "variant": {"0"}, "a": {strings.Repeat(long, 20)}}, 413, "at most 20,000 characters", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := s.pupil()
			for _, htmx := range []bool{false, true} {
				if htmx {
					v.header.Set("HX-Request", "true")
				}
				w := v.send(http.MethodPost, sumAddress, tt.form)
				body := w.Body.String()
				if w.Code != tt.status || !strings.Contains(shownWords(body), tt.want) {
					t.Errorf("htmx %v: %d without %q: %.400s", htmx, w.Code, tt.want, shownWords(body))
				}
				if !strings.Contains(body, tt.kept) && !(htmx && tt.form.Get("action") == "draft") {
					t.Errorf("htmx %v: %s is not in the page", htmx, tt.kept)
				}
				if tt.name == "no number" && !strings.Contains(body, `aria-invalid="true"`) {
					t.Error("the field is not marked")
				}
			}
			if len(v.cookies) > 0 {
				t.Error("a refused form makes a student")
			}
		})
	}
}

// Another window went on: the answer to the old numbers is not judged, and is not lost.
func TestExerciseFromAnOldPage(t *testing.T) {
	s := newSchool(t)
	v := s.pupil()
	v.done(sumAddress, "give-up", 0)
	v.done(sumAddress, "another", 0)
	w := v.press(sumAddress, "check", 0, "answer", "12.5")
	if body := w.Body.String(); w.Code != http.StatusConflict || !strings.Contains(shownWords(body), "went on to other numbers") || !strings.Contains(body, `value="12.5"`) || !strings.Contains(body, `name="variant" value="1"`) {
		t.Errorf("an answer from an old page: %d", w.Code)
	}
	v.header.Set("HX-Request", "true")
	if w := v.press(sumAddress, "draft", 0, "answer", "12.5"); w.Code != http.StatusConflict {
		t.Errorf("a draft from an old page: %d", w.Code)
	}
	if got := v.work(sumAddress); len(got.Attempts) != 0 || got.Draft != nil || got.Variant != 1 {
		t.Errorf("kept: %+v", got)
	}
}

// A student sees the same version again, not the one of everybody, and the one of the first page if that was answered first.
func TestExerciseVariants(t *testing.T) {
	s := newSchool(t)
	seen := map[string]bool{}
	for range 30 {
		v := s.pupil()
		v.done(singleAddress, "draft", 0, "answer", "1")
		first := variantOf(t, v.read(sumAddress))
		if again := variantOf(t, v.read("/lessons/practice")); again != first {
			t.Fatalf("first %s, then %s", first, again)
		}
		seen[first] = true
	}
	if len(seen) < 4 {
		t.Errorf("30 students see only the versions %v", seen)
	}
	v := s.pupil()
	v.done(singleAddress, "draft", 0, "answer", "1")
	v.done(sumAddress, "draft", 3, "answer", "1") // of a page from before
	if got := variantOf(t, v.read(sumAddress)); got != "3" {
		t.Errorf("the answered version is not kept: %s", got)
	}
}

func variantOf(t *testing.T, body string) string {
	t.Helper()
	at := strings.Index(body, `form="exercise-sum-form" name="variant" value="`)
	if at < 0 {
		t.Fatal("the page has no variant")
	}
	_, rest, _ := strings.Cut(body[at:], `value="`)
	value, _, _ := strings.Cut(rest, `"`)
	return value
}

func TestExerciseFragment(t *testing.T) {
	s := newSchool(t)
	v := s.pupil()
	v.header.Set("HX-Request", "true")
	w := v.press(sumAddress, "check", 0, "answer", "1")
	if body := w.Body.String(); w.Code != http.StatusOK || strings.Contains(body, "<html") || !strings.HasPrefix(body, "<section") || !strings.Contains(body, "Not right yet.") || strings.Count(body, " autofocus") != 1 {
		t.Errorf("check: %d %.200s", w.Code, body)
	}
	if w := v.press(sumAddress, "draft", 0, "answer", "12"); w.Code != http.StatusNoContent || w.Body.Len() > 0 {
		t.Errorf("draft: %d", w.Code)
	}
	if w := v.press(sumAddress, "hint", 0, "answer", "12"); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "Count from") {
		t.Errorf("hint: %d", w.Code)
	}
	if w := v.press(sumAddress, "another", 0); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), `name="variant" value="1"`) {
		t.Errorf("another: %d", w.Code)
	}
	if body := v.read(sumAddress); strings.Contains(body, "<html") {
		t.Error("GET answers a page to htmx")
	}
	for _, address := range []string{sumAddress, "/lessons/practice", "/", "/work", "/work.json"} {
		if got := v.send(http.MethodGet, address, nil).Header().Get("Cache-Control"); got != privately {
			t.Errorf("%s of a student has Cache-Control %q", address, got)
		}
		if got := s.pupil().send(http.MethodGet, address, nil); got.Code == http.StatusOK && got.Header().Get("Cache-Control") != "no-cache" {
			t.Errorf("%s of nobody has Cache-Control %q", address, got.Header().Get("Cache-Control"))
		}
	}
}

// Pages of readers whose work is not kept are the same for all, so that browsers may keep them.
func TestLessonOfNobodyIsTheSameForAll(t *testing.T) {
	s := newSchool(t)
	first := s.pupil().send(http.MethodGet, "/lessons/practice", nil)
	v := s.pupil()
	v.header.Set("If-None-Match", first.Header().Get("ETag"))
	if w := v.send(http.MethodGet, "/lessons/practice", nil); w.Code != http.StatusNotModified {
		t.Errorf("again it answers %d", w.Code)
	}
}
