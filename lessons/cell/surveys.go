package cell

import (
	"context"
	"slices"
	"sync"
)

// A point that is dragged over a map asks for the same survey many times a
// second. A survey is hundreds of runs and depends on all values but the point,
// so those asked for last are kept, and one that several ask for at once is made
// once.

// mostSurveys bounds the memory: a map takes some hundred kilobytes.
const mostSurveys = 64

var (
	surveys      = memory[Survey]{most: mostSurveys}
	batchSurveys = memory[BatchSurvey]{most: mostSurveys}
)

// A memory keeps surveys of one type by key.
type memory[T any] struct {
	most int

	mu      sync.Mutex
	entries []*remembered[T] // the one asked for last in front
}

type remembered[T any] struct {
	key    string
	made   chan struct{} // closed when survey is there, or nil because it failed
	survey *T
}

// get answers the survey of a key. Who makes it does so under its own context;
// when that ends, one of those who wait makes it instead.
func (m *memory[T]) get(ctx context.Context, key string, make func(context.Context) (*T, error)) (*T, error) {
	for {
		e, mine := m.entry(key)
		if mine {
			return m.fill(ctx, e, make)
		}
		select {
		case <-e.made:
			if e.survey != nil {
				return e.survey, nil
			}
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// entry finds or begins an entry and puts it in front.
func (m *memory[T]) entry(key string) (e *remembered[T], mine bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if i := slices.IndexFunc(m.entries, func(e *remembered[T]) bool { return e.key == key }); i >= 0 {
		e = m.entries[i]
		copy(m.entries[1:i+1], m.entries[:i])
		m.entries[0] = e
		return e, false
	}
	e = &remembered[T]{key: key, made: make(chan struct{})}
	m.entries = slices.Insert(m.entries, 0, e)
	if len(m.entries) > m.most {
		m.entries = slices.Delete(m.entries, m.most, len(m.entries))
	}
	return e, true
}

// fill makes the survey of an entry; one that fails is forgotten.
func (m *memory[T]) fill(ctx context.Context, e *remembered[T], make func(context.Context) (*T, error)) (s *T, err error) {
	defer func() { // after a panic, too
		if err == nil {
			e.survey = s
		}
		if e.survey == nil {
			m.mu.Lock()
			m.entries = slices.DeleteFunc(m.entries, func(other *remembered[T]) bool { return other == e })
			m.mu.Unlock()
		}
		close(e.made)
	}()
	s, err = make(ctx)
	return s, err
}

// has reports whether the survey of a key is made.
func (m *memory[T]) has(key string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	i := slices.IndexFunc(m.entries, func(e *remembered[T]) bool { return e.key == key })
	if i < 0 {
		return false
	}
	select {
	case <-m.entries[i].made:
		return true // one that failed is forgotten
	default:
		return false
	}
}
