package handlers

import (
	"context"
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

// Times of a race's life.
const (
	raceEvery = 150 * time.Millisecond // between two events while something happens
	raceBeat  = 15 * time.Second       // between two signs of life while nothing does
)

// A raceRun is one reader's race from its place in the queue to its end. drive advances it, on the goroutine of the
// request that watches; without a watcher it stands still.
type raceRun struct {
	id     string
	reader reader
	values param.Values
	room   *raceRoom

	mu      sync.Mutex
	paused  bool          // asked for
	stopped bool          // asked for
	changed chan struct{} // has a value when one of them has changed
	ended   bool
	watch   context.CancelFunc // of the request that watches; nil: none
	gone    chan struct{}      // closed when that request has let go
	grace   *time.Timer        // while nobody watches

	// Of the watcher, and before there is one of whoever makes the run.
	ticket *ticket
	lease  *race.Lease
	race   *race.Race
	last   race.State
	events int // that were sent
}

// command is what a reader's buttons say.
func (r *raceRun) command(what string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch what {
	case "pause":
		r.paused = true
	case "continue":
		r.paused = false
	case "stop":
		r.stopped = true
	default:
		return false
	}
	select {
	case r.changed <- struct{}{}:
	default:
	}
	return true
}

func (r *raceRun) asked() (paused, stopped bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.paused, r.stopped
}

// errAway is why drive ends when its watcher has gone: the race may go on when another comes.
var errAway = errors.New("nobody watches")

// drive advances the race until it is over or ctx ends, and sends a state at each change and a few times a second while
// it runs. send's error, which is one of the connection, ends it, too. Between two looks at ctx lie some milliseconds of
// work, or one update over all rows.
func (r *raceRun) drive(ctx context.Context, send func(race.State) error) error {
	defer func() { // the core is for others while nobody watches; a place in the queue is kept
		if r.race != nil && r.ticket != nil {
			r.ticket.leave()
			r.ticket = nil
		}
	}()
	for {
		paused, stopped := r.asked()
		var err error
		switch {
		case ctx.Err() != nil:
			return errAway
		case stopped:
			return r.finish(race.Stopped, send)
		case paused && r.race != nil: // who waits in the queue keeps the place
			err = r.wait(ctx, send)
		case r.ticket == nil || !r.admitted():
			err = r.queued(ctx, send)
		case r.race == nil:
			err = r.draw(ctx, send)
		default:
			var over bool
			if over, err = r.compute(ctx, send); over {
				return r.finish(race.Finished, send)
			}
		}
		if err != nil {
			return err
		}
		if r.last.Phase.Over() {
			return nil
		}
	}
}

func (r *raceRun) admitted() bool {
	select {
	case <-r.ticket.ready:
		return true
	default:
		return false
	}
}

// state is the race as it stands.
func (r *raceRun) state(phase race.Phase) race.State {
	s := race.State{Phase: phase, Remaining: -1}
	if r.race != nil {
		s = r.race.State(phase)
	}
	r.last = s
	return s
}

// queued waits until the race is admitted, or the reader asks for something else.
func (r *raceRun) queued(ctx context.Context, send func(race.State) error) error {
	if r.ticket == nil { // it was admitted before and holds its data
		t, err := r.room.queue.join(nil, true)
		if err != nil {
			return err
		}
		r.ticket = t
	}
	for {
		if r.admitted() {
			return nil
		}
		s := r.state(race.Queued)
		if s.Place = r.ticket.place(); s.Place == 0 {
			continue
		}
		r.last = s
		if err := send(s); err != nil {
			return err
		}
		select {
		case <-r.ticket.ready:
			return nil
		case <-r.ticket.moved:
		case <-time.After(raceBeat):
		case <-r.changed:
			return nil
		case <-ctx.Done():
			return errAway
		}
	}
}

// draw gets the data, and makes the race of them.
func (r *raceRun) draw(ctx context.Context, send func(race.State) error) error {
	drawing, cancel := context.WithCancel(ctx)
	defer cancel()
	var failed error
	begin := time.Now()
	report := func(share float64) {
		s := r.state(race.Drawing)
		s.Progress = share
		if share > 0.05 {
			s.Remaining = time.Duration(float64(time.Since(begin)) * (1 - share) / share)
		}
		r.last = s
		_, stopped := r.asked()
		if failed = send(s); failed != nil || stopped {
			cancel()
		}
	}
	report(0)
	set, err := r.lease.Load(drawing, report)
	switch {
	case failed != nil:
		return failed
	case ctx.Err() != nil:
		return errAway
	case drawing.Err() != nil: // stopped: drive sees to it
		return nil
	case err != nil:
		return err
	}
	r.race, err = race.New(r.values, set)
	return err
}

// compute lets the clocks run until it is time for an event.
func (r *raceRun) compute(ctx context.Context, send func(race.State) error) (over bool, err error) {
	for next := time.Now().Add(raceEvery); time.Now().Before(next); {
		if ctx.Err() != nil {
			return false, errAway
		}
		if paused, stopped := r.asked(); paused || stopped {
			return false, nil
		}
		if r.race.Turn() {
			return true, nil
		}
	}
	return false, send(r.state(race.Running))
}

// wait gives up the core until the reader continues. A race that is paused for too long ends.
func (r *raceRun) wait(ctx context.Context, send func(race.State) error) error {
	if r.ticket != nil {
		r.ticket.leave()
		r.ticket = nil
	}
	patience := time.NewTimer(r.room.patience)
	defer patience.Stop()
	for {
		if err := send(r.state(race.Paused)); err != nil {
			return err
		}
		select {
		case <-time.After(raceBeat):
		case <-r.changed:
			if paused, stopped := r.asked(); !paused || stopped {
				return nil
			}
		case <-patience.C:
			return r.finish(race.Expired, send)
		case <-ctx.Done():
			return errAway
		}
	}
}

// finish measures the losses over all rows and says how it ended.
func (r *raceRun) finish(phase race.Phase, send func(race.State) error) error {
	if r.race != nil {
		r.race.Finish()
	}
	return send(r.state(phase))
}

// end gives back all that the race holds. It may be called again, but not while drive runs.
func (r *raceRun) end() {
	r.mu.Lock()
	if r.ended {
		r.mu.Unlock()
		return
	}
	r.ended = true
	if r.grace != nil {
		r.grace.Stop()
	}
	r.mu.Unlock()
	if r.ticket != nil {
		r.ticket.leave()
	}
	r.race = nil
	if r.lease != nil {
		r.lease.Release()
	}
	r.room.forget(r)
}

// watched makes the request with this ctx the race's watcher, after the one before has let go. done is to be called
// when it has; over says that the race is. It answers false for a race that has ended.
func (r *raceRun) watched(ctx context.Context) (watching context.Context, done func(over bool), ok bool) {
	r.mu.Lock()
	for r.watch != nil { // an old connection that has not noticed its end
		r.watch()
		gone := r.gone
		r.mu.Unlock()
		select {
		case <-gone:
		case <-ctx.Done():
			return nil, nil, false
		}
		r.mu.Lock()
	}
	defer r.mu.Unlock()
	if r.ended || r.grace == nil || !r.grace.Stop() { // the timer has fired: end is under way
		return nil, nil, false
	}
	watching, r.watch = context.WithCancel(ctx)
	r.gone = make(chan struct{})
	return watching, func(over bool) {
		r.mu.Lock()
		r.watch()
		r.watch = nil
		close(r.gone)
		if !over {
			r.grace = time.AfterFunc(r.room.grace, r.end)
		}
		r.mu.Unlock()
		if over {
			r.end()
		}
	}, true
}

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
