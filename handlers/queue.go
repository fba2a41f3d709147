package handlers

import (
	"errors"
	"slices"
	"sync"
)

// errQueueFull says that no more can wait.
var errQueueFull = errors.New("the queue is full")

// A queue admits heavy computations: so many at a time, in the order in which they came. It is safe for concurrent use.
type queue struct {
	slots, most int // how many may run, and how many may wait

	mu      sync.Mutex
	running int
	waiting []*ticket
}

// A ticket is a place in the queue, and then in the room.
type ticket struct {
	queue *queue
	take  func() bool   // what the head of the queue needs besides a slot; nil: nothing
	ready chan struct{} // closed when it is admitted
	moved chan struct{} // has a value when its place may have changed
	in    bool          // admitted
	left  bool
}

// join waits at the end of the queue, or at its front for one who had been admitted and paused: those hold what others
// wait for, so that none may wait behind. take is called with the queue locked, once or more, until it answers true.
func (q *queue) join(take func() bool, front bool) (*ticket, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	t := &ticket{queue: q, take: take, ready: make(chan struct{}), moved: make(chan struct{}, 1)}
	switch {
	case front:
		q.waiting = slices.Insert(q.waiting, 0, t)
	case len(q.waiting) >= q.most:
		return nil, errQueueFull
	default:
		q.waiting = append(q.waiting, t)
	}
	q.advance()
	return t, nil
}

// advance admits whoever may go in and tells the others that they have moved.
func (q *queue) advance() {
	for q.running < q.slots && len(q.waiting) > 0 {
		head := q.waiting[0]
		if head.take != nil && !head.take() {
			break
		}
		q.waiting = q.waiting[1:]
		q.running++
		head.in = true
		close(head.ready)
	}
	for _, t := range q.waiting {
		select {
		case t.moved <- struct{}{}:
		default:
		}
	}
}

// wake looks again whether the head of the queue finds what it needs.
func (q *queue) wake() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.advance()
}

// place is the ticket's place in the queue, from 1; 0 once it is admitted.
func (t *ticket) place() int {
	t.queue.mu.Lock()
	defer t.queue.mu.Unlock()
	return slices.Index(t.queue.waiting, t) + 1
}

// leave gives up the place or the slot. It may be called again.
func (t *ticket) leave() {
	q := t.queue
	q.mu.Lock()
	defer q.mu.Unlock()
	if t.left {
		return
	}
	t.left = true
	if t.in {
		q.running--
	} else if i := slices.Index(q.waiting, t); i >= 0 {
		q.waiting = slices.Delete(q.waiting, i, i+1)
	}
	q.advance()
}

// size is how many run and how many wait.
func (q *queue) size() (running, waiting int) {
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.running, len(q.waiting)
}
