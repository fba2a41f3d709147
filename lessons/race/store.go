package race

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"descent/optim/dataset"
)

// Budget is how much data may be alive at once, in bytes: two sets of the largest size.
const Budget = 2 * MostRows * (MostCols + 1) * 8

// idle is how long a set is kept that nobody uses.
const idle = time.Minute

// bytesOf is the memory of a recipe's set.
func bytesOf(r dataset.Recipe) int64 { return int64(r.Rows) * int64(r.Cols+1) * 8 }

// A Store draws data sets, has all who want the same one share it, and keeps
// within Budget. It is safe for concurrent use. The zero Store is ready.
type Store struct {
	// Changed, if set, is told how many bytes of data are alive whenever that changes, one call at a time.
	Changed func(bytes int64)
	// Freed, if set, is called when there may be room for what Reserve refused.
	Freed func()

	mu    sync.Mutex
	sets  map[dataset.Recipe]*entry
	bytes int64
}

// An entry is a set that is alive, or that is being drawn.
type entry struct {
	leases  int
	unused  time.Time   // since when there are none
	drop    *time.Timer // for an unused one
	started bool
	stop    context.CancelFunc // of the drawing
	share   atomic.Uint64      // of it that is done, in millionths
	done    chan struct{}      // closed when it has ended
	set     *dataset.Set
	err     error
}

// A Lease keeps a set alive until it is released.
type Lease struct {
	store   *Store
	recipe  dataset.Recipe
	entry   *entry
	release sync.Once
}

// Bytes is how many bytes of data are alive.
func (s *Store) Bytes() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.bytes
}

// Reserve takes room for a recipe's set, dropping sets that nobody uses if need
// be, the longest unused first. It answers nil where there is none. It draws nothing yet.
func (s *Store) Reserve(r dataset.Recipe) *Lease {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.sets[r]
	if e == nil {
		if !s.makeRoom(bytesOf(r)) {
			return nil
		}
		e = &entry{done: make(chan struct{})}
		if s.sets == nil {
			s.sets = map[dataset.Recipe]*entry{}
		}
		s.sets[r] = e
		s.grow(bytesOf(r))
	}
	e.leases++
	if e.drop != nil {
		e.drop.Stop()
		e.drop = nil
	}
	return &Lease{store: s, recipe: r, entry: e}
}

func (s *Store) makeRoom(need int64) bool {
	for s.bytes+need > Budget {
		var oldest dataset.Recipe
		var found *entry
		for r, e := range s.sets {
			if e.leases == 0 && (found == nil || e.unused.Before(found.unused)) {
				oldest, found = r, e
			}
		}
		if found == nil {
			return false
		}
		s.forget(oldest, found)
	}
	return true
}

// forget drops an unused set.
func (s *Store) forget(r dataset.Recipe, e *entry) {
	if e.drop != nil {
		e.drop.Stop()
	}
	delete(s.sets, r)
	s.grow(-bytesOf(r))
}

func (s *Store) grow(by int64) {
	s.bytes += by
	if s.Changed != nil {
		s.Changed(s.bytes)
	}
}

// Load is the set, drawn by whoever asks first and waited for by the others. report is told the share that is done,
// 0 to 1, about ten times a second. The error is ctx's.
func (l *Lease) Load(ctx context.Context, report func(share float64)) (*dataset.Set, error) {
	s, e := l.store, l.entry
	s.mu.Lock()
	if !e.started {
		e.started = true
		var drawing context.Context
		drawing, e.stop = context.WithCancel(context.Background())
		go s.draw(drawing, l.recipe, e)
	}
	s.mu.Unlock()
	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-e.done:
			return e.set, e.err
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-tick.C:
			report(float64(e.share.Load()) / 1e6)
		}
	}
}

func (s *Store) draw(ctx context.Context, r dataset.Recipe, e *entry) {
	set, err := generate(ctx, r, func(share float64) { e.share.Store(uint64(share * 1e6)) })
	s.mu.Lock()
	e.set, e.err = set, err
	e.stop()
	abandoned := s.sets[r] != e
	if abandoned {
		e.set, e.err = nil, context.Canceled
		s.grow(-bytesOf(r))
	}
	close(e.done)
	s.mu.Unlock()
	if abandoned && s.Freed != nil {
		s.Freed()
	}
}

// retire keeps an unused set for a while.
func (s *Store) retire(r dataset.Recipe, e *entry) {
	e.unused = time.Now()
	e.drop = time.AfterFunc(idle, func() {
		s.mu.Lock()
		gone := e.leases == 0 && s.sets[r] == e
		if gone {
			s.forget(r, e)
		}
		s.mu.Unlock()
	})
}

// Release gives the set back. A drawing that nobody waits for any more stops.
// It may be called again.
func (l *Lease) Release() {
	l.release.Do(func() {
		s, e := l.store, l.entry
		s.mu.Lock()
		e.leases--
		if e.leases == 0 {
			select {
			case <-e.done:
				if e.err == nil {
					s.retire(l.recipe, e)
				} else {
					s.forget(l.recipe, e)
				}
			default:
				if e.started { // its memory counts until draw has ended
					e.stop()
					delete(s.sets, l.recipe)
				} else {
					s.forget(l.recipe, e)
				}
			}
		}
		free := e.leases == 0
		s.mu.Unlock()
		if free && s.Freed != nil {
			s.Freed()
		}
	})
}

// generate is a variable for tests.
var generate = dataset.GenerateContext
