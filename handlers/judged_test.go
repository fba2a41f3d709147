package handlers

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"descent/lessons/exercise"
)

// A slowTask counts how often it judges.
type slowTask struct {
	exercise.Task
	takes  time.Duration
	judged int
}

func (t *slowTask) Check(ctx context.Context, _ *exercise.Variant, _ url.Values) (exercise.Verdict, error) {
	t.judged++
	select {
	case <-time.After(t.takes):
		return exercise.Verdict{Outcome: exercise.Wrong, Feedback: append(make([]string, 0, 8), "No.")}, nil
	case <-ctx.Done():
		return exercise.Verdict{}, ctx.Err()
	}
}

func TestSlowVerdictsAreRemembered(t *testing.T) {
	l := newSchool(t).list[0]
	le := &lessonExercise{Exercise: l.Exercises()[0], lesson: l, judged: newJudgedMemory()}
	task := &slowTask{takes: 2 * slowVerdict}
	v := &exercise.Variant{Exercise: &exercise.Exercise{Task: task}, Number: 1}
	ask := func(ctx context.Context, text string) (exercise.Verdict, error) {
		return le.judge(ctx, v, url.Values{"a": {text}})
	}
	for range 3 {
		verdict, err := ask(t.Context(), "x")
		if err != nil || verdict.Outcome != exercise.Wrong || len(verdict.Feedback) != 1 {
			t.Fatal(verdict, err)
		}
		_ = append(verdict.Feedback, "of another reader")
	}
	if verdict, _ := ask(t.Context(), "x"); task.judged != 1 || len(verdict.Feedback[:cap(verdict.Feedback)]) != 1 {
		t.Errorf("judged %d times; %q", task.judged, verdict.Feedback[:cap(verdict.Feedback)])
	}
	v.Number = 2
	if _, _ = ask(t.Context(), "x"); task.judged != 2 {
		t.Error("another variant has the verdict of the first")
	}
	over, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := ask(over, "y"); err == nil {
		t.Error("judged after the end")
	}
	for i := range 20 {
		if _, err := ask(t.Context(), fmt.Sprint(i)+strings.Repeat("x", mostJudged/8)); err != nil {
			t.Fatal(err)
		}
	}
	if le.judged.size > mostJudged || len(le.judged.by) < 4 {
		t.Errorf("%d verdicts of %d bytes are remembered", len(le.judged.by), le.judged.size)
	}
}
