package memo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func get(t *testing.T, c *Cache, name string, draw func() []byte) string {
	t.Helper()
	content, err := c.Get(t.Context(), name, draw)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func text(s string) func() []byte { return func() []byte { return []byte(s) } }

func TestRemembersByName(t *testing.T) {
	c := New(1 << 20)
	for range 2 {
		for _, name := range []string{"a", "b", "ab", ""} {
			if got := get(t, c, name, text("drawn "+name)); got != "drawn "+name {
				t.Errorf("%q answers %q", name, got)
			}
		}
	}
	if got := get(t, c, "a", text("drawn again")); got != "drawn a" {
		t.Errorf("a was not remembered: %q", got)
	}
	if s := c.Stats(); s.Hits != 5 || s.Misses != 4 || s.Entries != 4 || s.Dropped != 0 {
		t.Errorf("stats %+v", s)
	}
}

func TestIsBoundedAndDropsTheOldest(t *testing.T) {
	const limit, size = 100_000, 5_000
	c := New(limit)
	draw := func() []byte { return make([]byte, size) }
	for i := range 200 {
		get(t, c, "kept", draw) // asked for all the time
		get(t, c, fmt.Sprint(i), draw)
		if s := c.Stats(); s.Bytes > limit || s.Bytes < s.Entries*size {
			t.Fatalf("after %d: %+v", i, s)
		}
	}
	s := c.Stats()
	if want := limit / (size + overhead + 4); s.Entries < want-1 || s.Entries > want+1 {
		t.Errorf("%d entries, want about %d", s.Entries, want)
	}
	for _, look := range []struct {
		name string
		held bool
	}{{"kept", true}, {"199", true}, {"0", false}, {"150", false}} {
		if _, held := c.peek(look.name); held != look.held {
			t.Errorf("%s is held: %t", look.name, held)
		}
	}
	if len(c.entries) != c.recent.Len() || c.Stats().Entries != len(c.entries) {
		t.Errorf("%d names, %d in order, %d counted", len(c.entries), c.recent.Len(), s.Entries)
	}
}

func TestWhatIsTooLargeIsNotKept(t *testing.T) {
	c := New(10_000)
	get(t, c, "small", text("small"))
	if got := get(t, c, "large", func() []byte { return make([]byte, 9_000) }); len(got) != 9_000 {
		t.Errorf("%d bytes", len(got))
	}
	if s := c.Stats(); s.Entries != 1 || s.Dropped != 0 {
		t.Errorf("stats %+v", s)
	}
}

// A hundred readers ask at once and one drawing serves them all.
func TestDrawsOnceForAll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := New(1 << 20)
		var drawn atomic.Int32
		for range 100 {
			go func() {
				content, err := c.Get(t.Context(), "name", func() []byte {
					drawn.Add(1)
					time.Sleep(time.Second)
					return []byte("content")
				})
				if err != nil || string(content) != "content" {
					t.Errorf("%q, %v", content, err)
				}
			}()
		}
		synctest.Wait()
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if drawn.Load() != 1 {
			t.Errorf("drawn %d times", drawn.Load())
		}
	})
}

// The reader who asked first goes away; the others get what he began.
func TestWhoGoesAwayDisturbsNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := New(1 << 20)
		ctx, cancel := context.WithCancel(t.Context())
		slow := func() []byte { time.Sleep(time.Second); return []byte("content") }
		go func() {
			if _, err := c.Get(ctx, "name", slow); !errors.Is(err, context.Canceled) {
				t.Errorf("the one who went away got %v", err)
			}
		}()
		synctest.Wait()
		go func() {
			if content, err := c.Get(t.Context(), "name", text("drawn twice")); err != nil || string(content) != "content" {
				t.Errorf("the one who stayed got %q, %v", content, err)
			}
		}()
		synctest.Wait()
		cancel()
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if got := get(t, c, "name", text("drawn twice")); got != "content" {
			t.Errorf("remembered is %q", got)
		}
	})
}

func TestPanicIsAnErrorAndNotRemembered(t *testing.T) {
	c := New(1 << 20)
	_, err := c.Get(t.Context(), "name", func() []byte { panic("out of ink") })
	if err == nil || !strings.Contains(err.Error(), "out of ink") || !strings.Contains(err.Error(), "memo_test.go") {
		t.Errorf("the error is %v", err)
	}
	if got := get(t, c, "name", text("content")); got != "content" {
		t.Errorf("after the panic: %q", got)
	}
}

// Many readers of many names in a small cache, for the race detector.
func TestManyReaders(t *testing.T) {
	c := New(40_000)
	var wait sync.WaitGroup
	for reader := range 8 {
		wait.Go(func() {
			for i := range 500 {
				name := fmt.Sprint((i * (reader + 1)) % 97)
				want := bytes.Repeat([]byte(name), 300)
				content, err := c.Get(t.Context(), name, func() []byte { return bytes.Clone(want) })
				if err != nil || !bytes.Equal(content, want) {
					t.Errorf("%s: %d bytes, %v", name, len(content), err)
				}
			}
		})
	}
	wait.Wait()
	if s := c.Stats(); s.Hits+s.Misses != 4000 || s.Bytes > 40_000 {
		t.Errorf("stats %+v", s)
	}
}

func BenchmarkHit(b *testing.B) {
	c := New(1 << 20)
	draw := func() []byte { return make([]byte, 1000) }
	b.ReportAllocs()
	for b.Loop() {
		_, _ = c.Get(b.Context(), "name", draw)
	}
}
