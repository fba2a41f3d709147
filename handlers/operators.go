package handlers

import (
	"fmt"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
)

func (s *server) registerOperators(e *echo.Echo) {
	ok := func(c echo.Context) error { return c.String(http.StatusOK, "ok\n") }
	serve(e, "/healthz", ok)
	serve(e, "/readyz", ok) // lessons are loaded before the server listens
	serve(e, "/metrics", func(c echo.Context) error {
		return c.Blob(http.StatusOK, "text/plain; version=0.0.4; charset=utf-8", []byte(s.metrics.text()))
	})
}

// metrics counts requests by route and status in Prometheus' text format.
type metrics struct {
	mu      sync.Mutex
	started time.Time
	series  map[string]*series // by labels
}

type series struct {
	count   int64
	seconds float64
}

func newMetrics() *metrics { return &metrics{started: time.Now(), series: map[string]*series{}} }

// count notes one request. The route is the pattern, not the address, so that
// the number of series is bounded.
func (m *metrics) count(route string, status int, took time.Duration) {
	labels := fmt.Sprintf("{route=%q,status=\"%d\"}", route, status)
	m.mu.Lock()
	defer m.mu.Unlock()
	s := m.series[labels]
	if s == nil {
		s = &series{}
		m.series[labels] = s
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
	labels := make([]string, 0, len(m.series))
	for l := range m.series {
		labels = append(labels, l)
	}
	slices.Sort(labels)
	b.WriteString("# HELP descent_requests_total Requests answered.\n# TYPE descent_requests_total counter\n")
	for _, l := range labels {
		fmt.Fprintf(&b, "descent_requests_total%s %d\n", l, m.series[l].count)
	}
	b.WriteString("# HELP descent_request_seconds_total Time spent answering.\n# TYPE descent_request_seconds_total counter\n")
	for _, l := range labels {
		fmt.Fprintf(&b, "descent_request_seconds_total%s %g\n", l, m.series[l].seconds)
	}
	fmt.Fprintf(&b, "# HELP descent_uptime_seconds Time since the start.\n# TYPE descent_uptime_seconds gauge\ndescent_uptime_seconds %g\n", time.Since(m.started).Seconds())
	fmt.Fprintf(&b, "# HELP descent_heap_bytes Heap in use.\n# TYPE descent_heap_bytes gauge\ndescent_heap_bytes %d\n", mem.HeapAlloc)
	fmt.Fprintf(&b, "# HELP descent_goroutines Goroutines.\n# TYPE descent_goroutines gauge\ndescent_goroutines %d\n", runtime.NumGoroutine())
	return b.String()
}
