package handlers

import (
	"context"
	"crypto/sha256"
	"net/url"
	"slices"
	"sync"
	"time"

	"descent/lessons/exercise"
)

// What is remembered of verdicts for the pages that show them again.
const (
	slowVerdict   = time.Millisecond // what is judged faster is not remembered
	mostJudged    = 512 << 10        // bytes of the answers whose verdicts are; a report takes some fifty times as many
	judgedBesides = 64               // bytes that an answer counts besides its own
	againLimit    = time.Second      // for judging an answer that was kept
)

// A judgedMemory holds verdicts that took long. The same answer to the same variant always gets the same verdict, whoever sent it. It
// is safe for concurrent use; the verdicts are shared, so that nobody may change them.
type judgedMemory struct {
	mu   sync.Mutex
	by   map[judgedKey]judgedAnswer
	size int // bytes of answers
}

type judgedKey struct {
	exercise string // its name in the store
	answer   [sha256.Size]byte
}

type judgedAnswer struct {
	verdict exercise.Verdict
	size    int
}

func newJudgedMemory() *judgedMemory { return &judgedMemory{by: map[judgedKey]judgedAnswer{}} }

func (m *judgedMemory) find(key judgedKey) (exercise.Verdict, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	found, ok := m.by[key]
	return found.verdict, ok
}

// keep remembers a verdict; any others make room.
func (m *judgedMemory) keep(key judgedKey, v exercise.Verdict, size int) {
	size += judgedBesides
	if size > mostJudged/4 {
		return
	}
	v.Feedback = slices.Clip(v.Feedback) // who adds to it gets a copy
	m.mu.Lock()
	defer m.mu.Unlock()
	m.size += size - m.by[key].size
	m.by[key] = judgedAnswer{v, size}
	for other, at := range m.by {
		if m.size <= mostJudged {
			return
		}
		if other != key {
			delete(m.by, other)
			m.size -= at.size
		}
	}
}

// judge is the exercise's verdict on an answer. One that was found when the context had ended may say less than another time, and is
// not remembered.
func (le *lessonExercise) judge(ctx context.Context, v *exercise.Variant, answer url.Values) (exercise.Verdict, error) {
	key := judgedKey{le.name(), keyOfAnswer(v.Number, answer)}
	if known, ok := le.judged.find(key); ok {
		return known, nil
	}
	start := time.Now()
	verdict, err := v.Task.Check(ctx, v, answer)
	if err == nil && ctx.Err() == nil && time.Since(start) >= slowVerdict {
		le.judged.keep(key, verdict, len(answer.Encode()))
	}
	return verdict, err
}
