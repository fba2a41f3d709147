// Package memo remembers what has been drawn: bytes under a name that says all that they depend on. A [Cache] is
// bounded by the bytes that it holds and drops what was not asked for longest. What several ask for at once is drawn
// once.
//
// Equal names must stand for equal bytes, so that nobody can tell from an answer whether it was remembered. The bytes
// are shared: whoever gets them does not change them. The package knows nothing of figures, and forgets everything when
// the program ends.
package memo

import (
	"container/list"
	"context"
	"fmt"
	"runtime/debug"
	"sync"

	"golang.org/x/sync/singleflight"
)

// overhead is what an entry takes besides its name and its bytes, in bytes: list element, map slot, headers.
const overhead = 256

// A Cache is safe for concurrent use.
type Cache struct {
	limit   int
	flights singleflight.Group

	mu      sync.Mutex
	entries map[string]*list.Element // of *entry
	recent  *list.List               // the one asked for last in front
	stats   Stats
}

type entry struct {
	name    string
	content []byte
}

func (e *entry) size() int { return len(e.name) + cap(e.content) + overhead }

// Stats is what a cache has done since it was made and what it holds now.
type Stats struct {
	Hits    int64 // answered from memory
	Misses  int64 // drawn, or waited for while somebody else drew
	Dropped int64 // entries that had to make room
	Entries int   // held now
	Bytes   int   // that they take, names and overhead included; at most the limit
}

// New makes a cache that holds at most limit bytes, overhead included. What alone is larger than a quarter of that is
// drawn and not kept.
func New(limit int) *Cache {
	return &Cache{limit: limit, entries: map[string]*list.Element{}, recent: list.New()}
}

// Get answers the bytes of a name, from memory or by draw, which is called once however many ask at the same time. Who
// no longer waits gets the error of the context; draw goes on for the others, and for memory. A panic in draw is an
// error for all who wait, and nothing is remembered. draw runs on a goroutine of its own.
func (c *Cache) Get(ctx context.Context, name string, draw func() []byte) ([]byte, error) {
	if content, ok := c.find(name); ok {
		return content, nil
	}
	result := c.flights.DoChan(name, func() (any, error) {
		if content, ok := c.peek(name); ok { // drawn since we looked
			return content, nil
		}
		content, err := recovered(draw)
		if err == nil {
			c.keep(&entry{name, content})
		}
		return content, err
	})
	select {
	case r := <-result:
		content, _ := r.Val.([]byte)
		return content, r.Err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// recovered is draw with its panic as an error. Where it stands, a panic would end the program.
func recovered(draw func() []byte) (content []byte, err error) {
	defer func() {
		if p := recover(); p != nil {
			content, err = nil, fmt.Errorf("panic while drawing: %v\n%s", p, debug.Stack())
		}
	}()
	return draw(), nil
}

// find is peek for a reader, who is counted and makes the entry the most recent.
func (c *Cache) find(name string) ([]byte, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	at := c.entries[name]
	if at == nil {
		c.stats.Misses++
		return nil, false
	}
	c.stats.Hits++
	c.recent.MoveToFront(at)
	return at.Value.(*entry).content, true
}

func (c *Cache) peek(name string) ([]byte, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	at := c.entries[name]
	if at == nil {
		return nil, false
	}
	return at.Value.(*entry).content, true
}

// keep remembers an entry and drops the oldest until all fits.
func (c *Cache) keep(e *entry) {
	if e.size() > c.limit/4 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.entries[e.name] != nil {
		return
	}
	c.entries[e.name] = c.recent.PushFront(e)
	c.stats.Bytes += e.size()
	for c.stats.Bytes > c.limit {
		oldest := c.recent.Remove(c.recent.Back()).(*entry)
		delete(c.entries, oldest.name)
		c.stats.Bytes -= oldest.size()
		c.stats.Dropped++
	}
	c.stats.Entries = len(c.entries)
}

// Stats is a snapshot.
func (c *Cache) Stats() Stats {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.stats
}
