package handlers

import (
	"context"
	"errors"
	"sync"
	"time"

	"descent/lessons/race"
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
