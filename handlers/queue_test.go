package handlers

import (
	"errors"
	"testing"
)

func admitted(t *ticket) bool {
	select {
	case <-t.ready:
		return true
	default:
		return false
	}
}

func join(t *testing.T, q *queue, take func() bool, front bool) *ticket {
	t.Helper()
	ticket, err := q.join(take, front)
	if err != nil {
		t.Fatal(err)
	}
	return ticket
}

// So many run as there are slots; the others come in the order of the queue and know their places.
func TestQueueOrder(t *testing.T) {
	q := queue{slots: 2, most: 3}
	var all []*ticket
	for range 5 {
		all = append(all, join(t, &q, nil, false))
	}
	if _, err := q.join(nil, false); !errors.Is(err, errQueueFull) {
		t.Errorf("a full queue answers %v", err)
	}
	places := func(want ...int) {
		t.Helper()
		for i, w := range want {
			if got := all[i].place(); got != w || admitted(all[i]) != (w == 0) {
				t.Errorf("ticket %d has place %d, want %d", i, got, w)
			}
		}
	}
	places(0, 0, 1, 2, 3)
	all[3].leave()
	all[3].leave()
	select {
	case <-all[4].moved:
	default:
		t.Error("who moves up is not told")
	}
	all[0].leave()
	if !admitted(all[2]) || all[4].place() != 1 {
		t.Error("the next one is not admitted")
	}
	resumed := join(t, &q, nil, true) // one who holds data goes first
	all[1].leave()
	if !admitted(resumed) || admitted(all[4]) {
		t.Error("who joins at the front is not the next")
	}
	resumed.leave()
	all[2].leave()
	if running, waiting := q.size(); running != 1 || waiting != 0 {
		t.Errorf("%d run and %d wait, want 1 and 0", running, waiting)
	}
}

// The head waits for what it needs, and nobody overtakes it.
func TestQueueNeeds(t *testing.T) {
	q := queue{slots: 2, most: 3}
	room := false
	head, next := join(t, &q, func() bool { return room }, false), join(t, &q, nil, false)
	if admitted(head) || admitted(next) || next.place() != 2 {
		t.Fatal("admitted without room, or out of turn")
	}
	room = true
	q.wake()
	if !admitted(head) || !admitted(next) {
		t.Error("room does not admit them")
	}
}
