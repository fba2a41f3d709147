package handlers

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"regexp"
	"strings"
	"testing"

	"descent/classroom"
	"descent/lessons/exercise"
	"descent/views"
)

var update = flag.Bool("update", false, "write the golden files")

var digestField = regexp.MustCompile(`name="digest" value="([\w-]+)"`)

// An exercise that has changed is marked; its answers are judged again, the difference is shown, and exactly that is applied.
func TestRegrade(t *testing.T) {
	h := newDecidedHall(t, 60, 3)
	name := h.exercises()[0]
	page := h.at("/regrade?exercise=" + name)
	if body := h.owner.read(page); !strings.Contains(body, "There is nothing to do") || digestField.MatchString(body) {
		t.Error("an exercise that has not changed is to be judged again")
	}
	h.teach(curriculum(3, "What is", " + 0")) // other words, the same answers
	if body := h.owner.read(h.at("")); !strings.Contains(body, "changed since") {
		t.Error("the change is not marked")
	}
	if body := h.owner.read(page); !strings.Contains(body, "as before") || !digestField.MatchString(body) || strings.Contains(body, `id="changes-title"`) {
		t.Errorf("the same verdicts are a difference: %s", shownWords(body))
	}

	h.teach(curriculum(3, "How much is", " + 1")) // the model answers of before are wrong now
	rightBefore := h.judged(name, classroom.Right)
	body := h.owner.read(page)
	digest := digestField.FindStringSubmatch(body)
	if digest == nil || !strings.Contains(body, `id="changes-title"`) || !strings.Contains(body, `id="points-title"`) {
		t.Fatalf("no difference is shown: %s", shownWords(body))
	}
	if got := h.judged(name, classroom.Right); got != rightBefore || rightBefore < 30 {
		t.Fatalf("%d right answers before, %d after looking", rightBefore, got)
	}
	if w := h.post("/regrade", "exercise", name, "digest", "x"+digest[1]); w.Code != http.StatusConflict || h.judged(name, classroom.Right) != rightBefore {
		t.Errorf("a wrong digest answers %d", w.Code)
	}
	if w := h.post("/regrade?names=hidden", "exercise", name, "digest", digest[1]); w.Code != http.StatusSeeOther {
		t.Fatalf("applying answers %d: %s", w.Code, shownWords(w.Body.String()))
	}
	works, err := h.store.ClassWorks(t.Context(), h.class.Classroom.ID, name, true)
	if err != nil {
		t.Fatal(err)
	}
	e := h.list[0].Exercises()[0]
	for _, w := range works {
		for _, a := range w.Attempts {
			v := e.Variant(a.Variant)
			verdict, err := e.Task.Check(t.Context(), v, a.Answer)
			if err != nil || a.Rule != e.Rule || string(a.Outcome) != string(verdict.Outcome) || a.Diagnosis != verdict.Diagnosis {
				t.Fatalf("answer %v of variant %d is kept as %s %q, judged %s %q, %v", a.Answer, a.Variant, a.Outcome, a.Diagnosis, verdict.Outcome, verdict.Diagnosis, err)
			}
			if a.Outcome != classroom.Right && a.Score != 0 {
				t.Errorf("a wrong answer is worth %g", a.Score)
			}
		}
	}
	if body := h.owner.read(page); !strings.Contains(body, "There is nothing to do") {
		t.Error("afterwards there is still something to do")
	}
}

// judged counts the answers to an exercise with an outcome, as the store has them.
func (h *hall) judged(exercise string, o classroom.Outcome) int {
	h.tb.Helper()
	judged, err := h.store.Judged(h.tb.Context(), h.class.Classroom.ID)
	if err != nil {
		h.tb.Fatal(err)
	}
	n := 0
	for _, j := range judged {
		if j.Exercise == exercise && j.Outcome == o {
			n += j.Answers
		}
	}
	return n
}

// Back to the first rule everything is as it was in the beginning, scores too: they follow from the answers alone.
func TestRegradeAndBack(t *testing.T) {
	h := newDecidedHall(t, 60, 3)
	name := h.exercises()[0]
	before := h.owner.read(h.at("/gradebook.csv"))
	for _, tweak := range []string{" + 1", ""} {
		h.teach(curriculum(3, "How much is", tweak))
		digest := digestField.FindStringSubmatch(h.owner.read(h.at("/regrade?exercise=" + name)))
		if w := h.post("/regrade", "exercise", name, "digest", digest[1]); w.Code != http.StatusSeeOther {
			t.Fatalf("applying answers %d", w.Code)
		}
		if same := h.owner.read(h.at("/gradebook.csv")) == before; same != (tweak == "") {
			t.Errorf("with the answer%s the points are as in the beginning: %v", tweak, same)
		}
	}
}

// A difference that was shown is not applied when answers came, or one was settled, or the rule changed meanwhile; and the lecturer's verdicts stay.
func TestRegradeMeanwhile(t *testing.T) {
	h := newHall(t, 60, 3, 1)
	name := h.exercises()[0]
	h.teach(curriculum(3, "How much is", " + 1"))
	page := h.at("/regrade?exercise=" + name)
	shown := func() string { return digestField.FindStringSubmatch(h.owner.read(page))[1] }
	refused := func(what, digest string) {
		t.Helper()
		w := h.post("/regrade", "exercise", name, "digest", digest)
		if w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "Nothing was applied") {
			t.Errorf("%s: applying answers %d", what, w.Code)
		}
	}

	digest := shown()
	a := classroom.Attempt{Key: classroom.NewToken(), Student: h.class.Students[0].ID, Exercise: name, Answer: map[string][]string{"answer": {"1"}}, Outcome: classroom.Wrong, Rule: "older", At: now()}
	if _, _, err := h.store.Submit(t.Context(), a); err != nil {
		t.Fatal(err)
	}
	refused("an answer came", digest)

	digest = shown()
	var open classroom.Attempt
	for _, w := range h.class.Works {
		for _, a := range w.Attempts {
			if a.Exercise == name && a.Outcome == classroom.Undecided {
				open = a
			}
		}
	}
	if err := h.store.Settle(t.Context(), h.class.Classroom.ID, open.ID, classroom.Right, 0.7); err != nil {
		t.Fatal(err)
	}
	refused("an answer was settled", digest)

	digest = shown()
	h.teach(curriculum(3, "How much is", " + 2"))
	refused("the rule changed", digest)
	if w := h.post("/regrade", "exercise", name, "digest", ""); w.Code != http.StatusConflict {
		t.Errorf("without a digest: %d", w.Code)
	}
	if w := h.post("/regrade", "exercise", "no/such", "digest", digest); w.Code != http.StatusNotFound {
		t.Errorf("an unknown exercise: %d", w.Code)
	}
	if w := h.post("/regrade", "exercise", name, "digest", shown()); w.Code != http.StatusSeeOther {
		t.Fatalf("what was shown last: %d", w.Code)
	}
	kept, err := h.store.Attempt(t.Context(), h.class.Classroom.ID, open.ID)
	if err != nil || kept.Settled != classroom.Right || kept.Score != 0.7 || kept.Rule != h.list[0].Exercises()[0].Rule {
		t.Errorf("the settled answer is %+v, %v", kept, err)
	}
}

// A countingTask counts how often it judges, and is through with its time after some answers.
type countingTask struct {
	exercise.Task
	judged, patience int
}

func (c *countingTask) Check(ctx context.Context, v *exercise.Variant, answer url.Values) (exercise.Verdict, error) {
	if c.judged == c.patience {
		return exercise.Verdict{}, context.DeadlineExceeded
	}
	c.judged++
	return c.Task.Check(ctx, v, answer)
}

// A regrading that takes too long for one request goes on in the next, where it ended, and judges the same answer once.
func TestRegradeInSeveralRequests(t *testing.T) {
	h := newDecidedHall(t, 60, 3)
	h.teach(curriculum(3, "How much is", " + 1"))
	s := h.prepared(h.store)
	le := s.course()[0]
	e := *le.Exercise
	task := &countingTask{Task: e.Task}
	e.Task = task
	le.Exercise = &e
	judge := func(patience int) *difference {
		t.Helper()
		task.patience = patience
		d, err := s.regrade(t.Context(), h.class.Classroom.ID, le)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	first := judge(4)
	second := judge(8)
	if first.judged == 0 || second.judged <= first.judged || second.judged >= second.all || task.judged != 8 {
		t.Errorf("judged %d, then %d of %d, with %d checks", first.judged, second.judged, second.all, task.judged)
	}
	different := map[string]bool{}
	for _, w := range h.class.Works {
		for _, a := range w.Attempts {
			if a.Exercise == le.name() {
				different[fmt.Sprint(a.Variant, a.Answer.Encode())] = true
			}
		}
	}
	if last := judge(10_000); last.judged != last.all || task.judged != len(different) {
		t.Errorf("at last %d of %d are judged, with %d checks of %d different answers", last.judged, last.all, task.judged, len(different))
	}
	var p views.RegradePage
	p.Judged, p.All = first.judged, first.all
	if p.Complete() {
		t.Error("the first request is said to be through")
	}
}

// The gradebook of a small class, byte for byte.
func TestGradebook(t *testing.T) {
	h := newHall(t, 20, 3, 0.2)
	w := h.owner.send(http.MethodGet, h.at("/gradebook.csv"), nil)
	if got := w.Header().Get("Content-Disposition"); got != `attachment; filename="Optimization, winter term gradebook.csv"; filename*=UTF-8''Optimization%2C%20winter%20term%20gradebook.csv` {
		t.Errorf("Content-Disposition is %s", got)
	}
	got := w.Body.Bytes()
	const file = "testdata/gradebook.golden.csv"
	if *update {
		if err := os.WriteFile(file, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("the gradebook is\n%s\nwant\n%s", got, want)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(got, []byte("\ufeff")))).ReadAll()
	if err != nil || len(rows) != 21 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for _, row := range rows {
		for _, cell := range row {
			if strings.ContainsAny(cell[:min(1, len(cell))], "=+-@\t\r") {
				t.Errorf("a spreadsheet takes %q for a formula", cell)
			}
		}
	}
}

func TestHarmless(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "Ada": "Ada", "a=b": "a=b", "1": "1", "=1+1": "'=1+1", "+1": "'+1", "-1": "'-1", "@a": "'@a", "\t=1": "'\t=1", "\r=1": "'\r=1", "  =1": "'  =1", "\u00a0=1": "'\u00a0=1",
		"＝1": "'＝1", "'=1": "'=1", "−1": "−1", "   ": "   ",
	} {
		if got := harmless(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

// The file of all answers has each once, in order, as it was sent.
func TestAllAttempts(t *testing.T) {
	h := newHall(t, 100, 9, 1)
	want := map[int64]classroom.Attempt{}
	for _, w := range h.class.Works {
		for _, a := range w.Attempts {
			want[a.ID] = a
		}
	}
	w := h.owner.send(http.MethodGet, h.at("/attempts.jsonl"), nil)
	lines := strings.Split(strings.TrimSuffix(w.Body.String(), "\n"), "\n")
	if len(lines) != len(want) || len(lines) < 2*linesAtOnce {
		t.Fatalf("%d lines for %d answers", len(lines), len(want))
	}
	last := int64(0)
	for _, line := range lines {
		var l attemptLine
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		a := want[l.ID]
		if l.ID <= last || l.Student != a.Student || l.Exercise != a.Exercise || l.Answer.Encode() != a.Answer.Encode() || l.Outcome != a.Outcome || l.Diagnosis != a.Diagnosis || !l.At.Equal(a.At) || l.Variant != a.Variant+1 {
			t.Fatalf("%s is of %+v", line, a)
		}
		last = l.ID
	}
}
