package handlers

import (
	"fmt"
	"maps"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"descent/views"
)

func (s *server) registerOperators(e *echo.Echo) {
	ok := func(c echo.Context) error { return c.String(http.StatusOK, "ok\n") }
	serve(e, "/healthz", ok)
	serve(e, "/readyz", ok) // lessons are loaded before the server listens
	serve(e, "/metrics", func(c echo.Context) error {
		return c.Blob(http.StatusOK, "text/plain; version=0.0.4; charset=utf-8", []byte(s.metrics.text()+s.races.metrics()))
	})
}

// metrics counts requests by route and status in Prometheus' text format.
type metrics struct {
	mu      sync.Mutex
	started time.Time
	series  map[seriesKey]*series
}

type seriesKey struct {
	route  string
	status int
}

func (k seriesKey) labels() string { return fmt.Sprintf("{route=%q,status=\"%d\"}", k.route, k.status) }

type series struct {
	count   int64
	seconds float64
}

func newMetrics() *metrics { return &metrics{started: time.Now(), series: map[seriesKey]*series{}} }

// count notes one request. The route is the pattern, not the address, so that
// the number of series is bounded.
func (m *metrics) count(route string, status int, took time.Duration) {
	key := seriesKey{route, status}
	m.mu.Lock()
	defer m.mu.Unlock()
	s := m.series[key]
	if s == nil {
		s = &series{}
		m.series[key] = s
	}
	s.count++
	s.seconds += took.Seconds()
}

func (m *metrics) text() string {
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	m.mu.Lock()
	defer m.mu.Unlock()
	var b strings.Builder
	keys := slices.SortedFunc(maps.Keys(m.series), func(a, b seriesKey) int { return strings.Compare(a.labels(), b.labels()) })
	b.WriteString("# HELP descent_requests_total Requests answered.\n# TYPE descent_requests_total counter\n")
	for _, k := range keys {
		fmt.Fprintf(&b, "descent_requests_total%s %d\n", k.labels(), m.series[k].count)
	}
	b.WriteString("# HELP descent_request_seconds_total Time spent answering.\n# TYPE descent_request_seconds_total counter\n")
	for _, k := range keys {
		fmt.Fprintf(&b, "descent_request_seconds_total%s %g\n", k.labels(), m.series[k].seconds)
	}
	fmt.Fprintf(&b, "# HELP descent_uptime_seconds Time since the start.\n# TYPE descent_uptime_seconds gauge\ndescent_uptime_seconds %g\n", time.Since(m.started).Seconds())
	fmt.Fprintf(&b, "# HELP descent_heap_bytes Heap in use.\n# TYPE descent_heap_bytes gauge\ndescent_heap_bytes %d\n", mem.HeapAlloc)
	fmt.Fprintf(&b, "# HELP descent_goroutines Goroutines.\n# TYPE descent_goroutines gauge\ndescent_goroutines %d\n", runtime.NumGoroutine())
	kept := views.Backdrops.Stats()
	for _, v := range []struct {
		name, sort, help string
		value            int64
	}{
		{"hits_total", "counter", "Backdrops answered from memory.", kept.Hits},
		{"misses_total", "counter", "Backdrops that were drawn, or waited for while they were.", kept.Misses},
		{"dropped_total", "counter", "Backdrops that made room for others.", kept.Dropped},
		{"entries", "gauge", "Backdrops in memory.", int64(kept.Entries)},
		{"bytes", "gauge", "Memory that they take.", int64(kept.Bytes)},
	} {
		fmt.Fprintf(&b, "# HELP descent_backdrops_%s %s\n# TYPE descent_backdrops_%s %s\ndescent_backdrops_%s %d\n", v.name, v.help, v.name, v.sort, v.name, v.value)
	}
	return b.String()
}
