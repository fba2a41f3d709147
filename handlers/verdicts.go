package handlers

import (
	"context"
	"crypto/sha256"
	"sync"

	"descent/classroom"
	"descent/lessons/exercise"
)

// A verdict is what an exercise says of an answer, as far as it is kept.
type verdict struct {
	misfit    bool // the exercise cannot read the answer
	outcome   classroom.Outcome
	diagnosis string
}

// mostVerdicts bounds what is remembered between the requests of a regrading: about 10 MB.
const mostVerdicts = 100_000

// regradings remembers the verdicts of the exercise that is being regraded, so that a further request goes on where the one before
// ended, and so that what is applied need not be judged a second time. The same answer to the same variant always gets the same verdict.
type regradings struct {
	mu  sync.Mutex
	now *verdicts
}

// of are the verdicts of an exercise; those of another one are forgotten.
func (r *regradings) of(le *lessonExercise) *verdicts {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.now == nil || r.now.name != le.name() || r.now.rule != le.Rule {
		r.now = &verdicts{name: le.name(), rule: le.Rule, by: map[[sha256.Size]byte]verdict{}}
	}
	return r.now
}

// verdicts are those of one exercise.
type verdicts struct {
	name, rule string
	mu         sync.Mutex
	by         map[[sha256.Size]byte]verdict
}

// judge is the exercise's verdict on an attempt. The context's end is an error.
func (v *verdicts) judge(ctx context.Context, e *exercise.Exercise, a *classroom.Attempt) (verdict, error) {
	if err := ctx.Err(); err != nil {
		return verdict{}, err
	}
	key := keyOfAnswer(a.Variant, a.Answer)
	v.mu.Lock()
	known, ok := v.by[key]
	v.mu.Unlock()
	if ok {
		return known, nil
	}
	found, err := reread(ctx, e, a.Variant, a.Answer)
	if err != nil {
		return verdict{}, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if len(v.by) >= mostVerdicts {
		clear(v.by)
	}
	v.by[key] = found
	return found, nil
}
