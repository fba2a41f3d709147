package handlers

import (
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"time"

	"descent/lessons/race"
	"descent/optim/dataset"
	"descent/optim/param"
)

// raceTerms are how many races run at once, how long a lost connection may take to come back, and how long a race may be
// paused.
type raceTerms struct {
	slots           int
	grace, patience time.Duration
}

// usualTerms are one race per core, so that pages stay quick.
func usualTerms() raceTerms { return raceTerms{runtime.GOMAXPROCS(0), 3 * time.Second, time.Minute} }

// A raceRoom holds what all races share: the queue, the data, and the list of those that are.
type raceRoom struct {
	raceTerms
	queue   queue
	store   race.Store
	mu      sync.Mutex
	runs    map[string]*raceRun
	closing <-chan struct{} // closed when the server stops; may be nil
}

// Limits of the races at once, running, paused and waiting ones together.
const (
	queueMost    = 64
	racesSession = 2             // of one browser
	racesAddress = queueMost / 2 // from one address, behind which a class may sit
)

func newRaceRoom(terms raceTerms, changed func(bytes int64), closing <-chan struct{}) *raceRoom {
	room := &raceRoom{raceTerms: terms, runs: map[string]*raceRun{}, closing: closing, queue: queue{slots: terms.slots, most: queueMost}}
	room.store.Changed = changed
	room.store.Freed = room.queue.wake
	return room
}

// errTooMany says that this reader has as many races as one may have.
var errTooMany = errors.New("too many races at once")

// enter puts a race into the queue.
func (room *raceRoom) enter(by reader, v param.Values) (*raceRun, error) {
	run := &raceRun{id: randomID(), reader: by, values: v, room: room, changed: make(chan struct{}, 1)}
	room.mu.Lock()
	session, address := 0, 0
	for _, other := range room.runs {
		if other.reader.session == by.session {
			session++
		}
		if other.reader.address == by.address {
			address++
		}
	}
	if session >= racesSession || address >= racesAddress {
		room.mu.Unlock()
		return nil, errTooMany
	}
	room.runs[run.id] = run
	room.mu.Unlock()

	recipe := race.Recipe(v)
	ticket, err := room.queue.join(func() bool { return run.take(recipe) }, false)
	if err != nil {
		room.forget(run)
		return nil, err
	}
	run.ticket = ticket
	run.mu.Lock()
	run.grace = time.AfterFunc(room.grace, run.end)
	run.mu.Unlock()
	return run, nil
}

// take reserves room for the data. The queue calls it; who sees the ticket ready sees the lease.
func (r *raceRun) take(recipe dataset.Recipe) bool {
	r.lease = r.room.store.Reserve(recipe)
	return r.lease != nil
}

func (room *raceRoom) find(id string) *raceRun {
	room.mu.Lock()
	defer room.mu.Unlock()
	return room.runs[id]
}

func (room *raceRoom) forget(r *raceRun) {
	room.mu.Lock()
	defer room.mu.Unlock()
	delete(room.runs, r.id)
}

// metrics are the gauges of heavy computations in Prometheus' text format.
func (room *raceRoom) metrics() string {
	running, waiting := room.queue.size()
	var b strings.Builder
	for _, g := range []struct {
		name, help string
		value      int64
	}{
		{"runs", "Long computations that run.", int64(running)},
		{"waiting", "Long computations that wait in the queue.", int64(waiting)},
		{"data_bytes", "Data for them in memory.", room.store.Bytes()},
	} {
		fmt.Fprintf(&b, "# HELP descent_heavy_%s %s\n# TYPE descent_heavy_%s gauge\ndescent_heavy_%s %d\n", g.name, g.help, g.name, g.name, g.value)
	}
	return b.String()
}
