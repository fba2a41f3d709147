package handlers

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"descent/views"
)

// connections is how many readers the load comes from.
const connections = 50

// tweak is the address of a lesson's cell with a start and a rate drawn by the
// generator, over a window that stands still: what a reader asks for who drags a
// slider.
func tweak(r *rand.Rand) string {
	return fmt.Sprintf("/lessons/steepest-descent/cells/valley?f=(1-x)^2%%2B100*(y-x^2)^2&eta=%.6f&x=%.3f&y=%.3f&steps=200&xmin=-2&xmax=2&ymin=-1&ymax=3",
		0.0002+0.001*r.Float64(), -2+4*r.Float64(), -1+4*r.Float64())
}

// otherTweak is a tweak whose window nobody has asked for.
func otherTweak(r *rand.Rand) string {
	return strings.Replace(tweak(r), "ymax=3", fmt.Sprintf("ymax=%.6f", 3+r.Float64()), 1)
}

var backdropNames = regexp.MustCompile(`data-backdrop="([^"]+)"`)

// Tweaks over HTTP from 50 connections, compressed, with generator and server on
// the same processors: of the overlay alone, with the same backdrop, and with a
// backdrop that has to be drawn. See docs/load.md.
func BenchmarkHTTP(b *testing.B) {
	shown := backdropNames.FindStringSubmatch(get(b, tweak(rand.New(rand.NewPCG(1, 1))), "HX-Request", "true").Body.String())[1]
	for _, bench := range []struct {
		name, shown string
		address     func(*rand.Rand) string
	}{{"overlay", shown, tweak}, {"backdrop", "", tweak}, {"newbackdrop", "", otherTweak}} {
		b.Run(bench.name, func(b *testing.B) {
			server := httptest.NewServer(newSite(b))
			defer server.Close()
			transport := &http.Transport{MaxIdleConnsPerHost: connections, DisableCompression: true}
			defer transport.CloseIdleConnections()
			var mu sync.Mutex
			var times []time.Duration
			var bytes int64
			b.SetParallelism(connections / runtime.GOMAXPROCS(0))
			b.RunParallel(func(pb *testing.PB) {
				mu.Lock()
				random := rand.New(rand.NewPCG(uint64(len(times)), 2))
				mu.Unlock()
				var own []time.Duration
				var size int64
				for pb.Next() {
					start := time.Now()
					n, err := send(transport, server.URL+bench.address(random), bench.shown)
					if err != nil {
						b.Error(err)
						return
					}
					own = append(own, time.Since(start))
					size += n
				}
				mu.Lock()
				defer mu.Unlock()
				times = append(times, own...)
				bytes += size
			})
			slices.Sort(times)
			b.ReportMetric(float64(len(times))/b.Elapsed().Seconds(), "requests/s")
			b.ReportMetric(times[len(times)*99/100].Seconds()*1e3, "ms-p99")
			b.ReportMetric(float64(bytes)/float64(len(times)), "bytes")
		})
	}
}

// send asks for one tweak and reads the answer, compressed as it is; it answers the
// number of bytes.
func send(transport *http.Transport, address, shown string) (int64, error) {
	r, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return 0, err
	}
	r.Header.Set("Accept-Encoding", "gzip")
	r.Header.Set("HX-Request", "true")
	r.Header.Set("Descent-Backdrops", shown)
	answer, err := transport.RoundTrip(r)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("%s answers %s", address, answer.Status)
	}
	return io.Copy(io.Discard, answer.Body)
}

// A backdrop is drawn for the first who asks and remembered for the page, for the
// file and for other instruments; the operators see it.
func TestBackdropsAreDrawnOnce(t *testing.T) {
	const values = "?f=x^2%2B3y^2&xmin=-1.7&xmax=2.3&ymin=-1.9&ymax=1.3&steps=5"
	before := views.Backdrops.Stats()
	page := get(t, "/lab/descent"+values, "HX-Request", "true").Body.String()
	contours := regexp.MustCompile(`data-backdrop="path:[^"]*"`).FindString(page)
	drawn := int64(strings.Count(page, `data-backdrop="`))
	if now := views.Backdrops.Stats(); contours == "" || now.Misses != before.Misses+drawn || now.Bytes <= before.Bytes {
		t.Errorf("the first request, with %d backdrops: %+v, before %+v", drawn, now, before)
	}
	for _, address := range []string{"/lab/descent" + values + "&eta=0.01", "/lab/descent.svg" + values, "/lab/compare" + values} {
		misses, hits := views.Backdrops.Stats().Misses, views.Backdrops.Stats().Hits
		if w := get(t, address, "HX-Request", "true"); w.Code != http.StatusOK {
			t.Fatalf("%s answers %d", address, w.Code)
		}
		if s := views.Backdrops.Stats(); s.Misses != misses || s.Hits <= hits {
			t.Errorf("%s: %+v after %d hits and %d misses", address, s, hits, misses)
		}
	}
	if again := get(t, "/lab/descent"+values, "HX-Request", "true").Body.String(); again != page {
		t.Error("the same request is answered with other bytes")
	}
	metrics := get(t, "/metrics").Body.String()
	for _, name := range []string{"hits_total", "misses_total", "dropped_total", "entries", "bytes"} {
		if !regexp.MustCompile(`(?m)^descent_backdrops_` + name + ` \d+$`).MatchString(metrics) {
			t.Errorf("/metrics has no descent_backdrops_%s", name)
		}
	}
}

// One whole 2-D tweak: typed Rosenbrock, 200 steps, 100×100 contour, overlay,
// loss curve, HTML; and the same while the page shows the backdrop already.
func BenchmarkTweak(b *testing.B) {
	address := tweak(rand.New(rand.NewPCG(1, 1)))
	h := newSite(b)
	key := backdropNames.FindStringSubmatch(get(b, address, "HX-Request", "true").Body.String())[1]
	for _, bench := range []struct{ name, shown string }{{"whole", ""}, {"overlay", key}} {
		b.Run(bench.name, func(b *testing.B) {
			r := httptest.NewRequest(http.MethodGet, address, nil)
			r.Header.Set("HX-Request", "true")
			r.Header.Set("Descent-Backdrops", bench.shown)
			b.ReportAllocs()
			size := 0
			for b.Loop() {
				w := httptest.NewRecorder()
				h.ServeHTTP(w, r)
				size = w.Body.Len()
			}
			b.ReportMetric(float64(size), "bytes")
		})
	}
}

// A point that is dragged over a map of 64×48 runs.
func BenchmarkDragOverMap(b *testing.B) {
	const address = "/lab/sweep?over=plane&method=momentum&f=0.5*x^2%2B5*y^2&x=4&y=2"
	shown := ""
	for _, m := range backdropNames.FindAllStringSubmatch(get(b, address, "HX-Request", "true").Body.String(), -1) {
		shown += " " + m[1]
	}
	h := newSite(b)
	r := httptest.NewRequest(http.MethodGet, address+"&eta=0.05&momentum=0.7", nil)
	r.Header.Set("HX-Request", "true")
	r.Header.Set("Descent-Backdrops", shown)
	b.ReportAllocs()
	for b.Loop() {
		h.ServeHTTP(httptest.NewRecorder(), r)
	}
}

// A reader points from flower to flower: each answer has the pull in two pictures and the words; the backdrops and the run
// are there.
func BenchmarkPoint(b *testing.B) {
	const address = "/lessons/logistic-regression/cells/pulls?point="
	h := newSite(b)
	var shown []string
	for _, m := range backdropNames.FindAllStringSubmatch(get(b, address+"1", "HX-Request", "true").Body.String(), -1) {
		shown = append(shown, m[1])
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		r := httptest.NewRequest(http.MethodGet, address+strconv.Itoa(1+i%100), nil)
		r.Header.Set("HX-Request", "true")
		r.Header.Set("Descent-Backdrops", strings.Join(shown, " "))
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != http.StatusOK || w.Body.Len() > 20_000 {
			b.Fatalf("%d, %d bytes", w.Code, w.Body.Len())
		}
	}
}
