package handlers

import (
	"sync"
	"time"
)

// A bucket allows so many of something at once, and then one more each time that an interval has passed. It is safe for
// concurrent use.
type bucket struct {
	size  int
	every time.Duration // above 0
	mu    sync.Mutex
	full  time.Time // when it is full again, if nothing more is taken
}

// take takes one if there is one; else wait is how long it takes until there is.
func (b *bucket) take(now time.Time) (ok bool, wait time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if wait := b.missing(now, 0); wait > 0 {
		return false, wait
	}
	if b.full.Before(now) {
		b.full = now
	}
	b.full = b.full.Add(b.every)
	return true, 0
}

// wait is how long it takes until more than spare are there; 0: they are.
func (b *bucket) wait(now time.Time, spare int) time.Duration {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.missing(now, spare)
}

func (b *bucket) missing(now time.Time, spare int) time.Duration {
	if b.full.Before(now) {
		return 0
	}
	return max(0, b.full.Sub(now)-time.Duration(b.size-spare-1)*b.every)
}

// buckets are a bucket for each of many names. Full ones are forgotten, so that there are no more of them than were taken
// from lately.
type buckets struct {
	size  int
	every time.Duration
	mu    sync.Mutex
	of    map[string]*bucket
	swept time.Time
}

func newBuckets(size int, every time.Duration) *buckets {
	return &buckets{size: size, every: every, of: map[string]*bucket{}}
}

// named is the bucket of a name.
func (b *buckets) named(name string, now time.Time) *bucket {
	b.mu.Lock()
	defer b.mu.Unlock()
	if now.Sub(b.swept) > time.Duration(b.size)*b.every {
		for name, at := range b.of {
			if at.wait(now, b.size-1) == 0 {
				delete(b.of, name)
			}
		}
		b.swept = now
	}
	if b.of[name] == nil {
		b.of[name] = &bucket{size: b.size, every: b.every}
	}
	return b.of[name]
}
