package handlers

import (
	"context"
	"sync"
)

// turns let one student's forms pass one after the other: what an answer is worth depends on those before, and on whether the solution
// was shown. Others do not wait. It is safe for concurrent use; the zero value is ready.
type turns struct {
	mu sync.Mutex
	of map[string]*turn
}

type turn struct {
	free chan struct{} // has a value while nobody is in
	many int           // in or waiting
}

// take waits until it is the turn, or the context ends. Leave lets the next one pass.
func (t *turns) take(ctx context.Context, student string) (leave func(), err error) {
	t.mu.Lock()
	at := t.of[student]
	if at == nil {
		if t.of == nil {
			t.of = map[string]*turn{}
		}
		at = &turn{free: make(chan struct{}, 1)}
		at.free <- struct{}{}
		t.of[student] = at
	}
	at.many++
	t.mu.Unlock()
	select {
	case <-at.free:
		return func() {
			at.free <- struct{}{}
			t.forget(student, at)
		}, nil
	case <-ctx.Done():
		t.forget(student, at)
		return nil, ctx.Err()
	}
}

func (t *turns) forget(student string, at *turn) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if at.many--; at.many == 0 {
		delete(t.of, student)
	}
}
